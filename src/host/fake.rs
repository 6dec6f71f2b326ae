//! A value for native tests that behaves as a JavaScript value does: objects and lists are shared, not copied, so a
//! test notices when core changes something in place. Everything is leaked, so that a value can be copied as freely as
//! a handle; a test process is short.

use std::cell::RefCell;
use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
use serde_json::Value as Json;

use crate::core::failure::{FAULTS, Failure, Fault};
use crate::core::names::{NAMES, Name};
use crate::core::value::{Kind, Text, UrlPart, Value};

/// See the module.
#[derive(Clone, Copy, Debug)]
pub enum Fake {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(&'static str),
    /// An array.
    List(&'static RefCell<Vec<Fake>>),
    /// An object, its properties in the order in which they were set.
    Object(&'static RefCell<Vec<(&'static str, Fake)>>),
    /// A function of the app, by a name that tests know.
    Function(&'static str),
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn text_of(name: Name) -> &'static str {
    static TEXTS: LazyLock<Vec<&str>> = LazyLock::new(|| NAMES.split('\t').collect());
    TEXTS[name as usize]
}

fn fill(template: &str, parts: &[Fake]) -> Fake {
    let mut parts = parts.iter();
    let mut filled = String::new();
    let mut pieces = template.split("{}");
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        filled.push_str(&parts.next().map(|part| part.display()).unwrap_or_default());
        filled.push_str(piece);
    }
    Fake::from(filled.as_str())
}

impl From<&str> for Fake {
    fn from(text: &str) -> Self {
        Fake::Text(leak(text))
    }
}

impl From<Json> for Fake {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Fake::Null,
            Json::Bool(value) => Fake::Bool(value),
            Json::Number(value) => Fake::Number(value.as_f64().unwrap_or(f64::NAN)),
            Json::String(value) => Fake::Text(leak(&value)),
            Json::Array(values) => Fake::new_list(values.into_iter().map(Fake::from).collect()),
            Json::Object(fields) => {
                Fake::new_object(fields.into_iter().map(|(key, value)| (leak(&key), Fake::from(value))).collect())
            }
        }
    }
}

impl Fake {
    fn new_list(values: Vec<Fake>) -> Fake {
        Fake::List(Box::leak(Box::new(RefCell::new(values))))
    }

    fn new_object(fields: Vec<(&'static str, Fake)>) -> Fake {
        Fake::Object(Box::leak(Box::new(RefCell::new(fields))))
    }

    /// A function of the app.
    pub fn function(name: &str) -> Self {
        Fake::Function(leak(name))
    }

    /// What `JSON.stringify` and `JSON.parse` would make of it; functions become their name in angle brackets.
    pub fn json(self) -> Json {
        match self {
            Fake::Undefined | Fake::Null => Json::Null,
            Fake::Bool(value) => value.into(),
            // As JSON.stringify writes them: without a fraction where there is none.
            Fake::Number(value) if value.fract() == 0.0 => (value as i64).into(),
            Fake::Number(value) => value.into(),
            Fake::Text(value) => value.into(),
            Fake::List(values) => values.borrow().iter().map(|value| value.json()).collect(),
            Fake::Object(fields) => fields
                .borrow()
                .iter()
                .filter(|(_, value)| !matches!(value, Fake::Undefined))
                .map(|(key, value)| (key.to_string(), value.json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            Fake::Function(name) => format!("<{name}>").into(),
        }
    }

    /// As text, the way messages and addresses show it.
    pub fn display(self) -> String {
        match self {
            Fake::Undefined | Fake::Null => String::new(),
            Fake::Bool(value) => value.to_string(),
            Fake::Number(value) => value.to_string(),
            Fake::Text(value) => value.to_string(),
            Fake::List(values) => values.borrow().iter().map(|value| value.display()).collect::<Vec<_>>().join(", "),
            Fake::Object(_) => "[object Object]".to_owned(),
            Fake::Function(name) => format!("<{name}>"),
        }
    }

    fn property(self, key: &str) -> Fake {
        let Fake::Object(fields) = self else { return Fake::Undefined };
        let fields = fields.borrow();
        fields.iter().find(|(name, _)| *name == key).map_or(Fake::Undefined, |(_, value)| *value)
    }

    fn store(self, key: &str, value: Fake) {
        let Fake::Object(fields) = self else { panic!("core set {key} on {self:?}, which is no object") };
        let mut fields = fields.borrow_mut();
        match fields.iter_mut().find(|(name, _)| *name == key) {
            Some(field) => field.1 = value,
            None => fields.push((leak(key), value)),
        }
    }

    fn token_part(self, index: usize) -> Fake {
        let Fake::Text(token) = self else { return Fake::Undefined };
        let parts: Vec<&str> = token.split('.').collect();
        if parts.len() != 3 {
            return Fake::Undefined;
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(parts[index]).or_else(|_| BASE64_URL_SAFE.decode(parts[index]));
        let json = bytes.ok().and_then(|bytes| serde_json::from_slice::<Json>(&bytes).ok());
        json.map_or(Fake::Undefined, Fake::from)
    }
}

impl Value for Fake {
    fn undefined() -> Self {
        Fake::Undefined
    }
    fn null() -> Self {
        Fake::Null
    }
    fn bool(value: bool) -> Self {
        Fake::Bool(value)
    }
    fn number(value: f64) -> Self {
        Fake::Number(value)
    }
    fn name(name: Name) -> Self {
        Fake::from(text_of(name))
    }
    fn fill(template: Name, parts: [Self; 3]) -> Self {
        fill(text_of(template), &parts)
    }
    fn fault(fault: Fault, parts: [Self; 2]) -> Self {
        let line: Vec<&str> = FAULTS.lines().nth(fault as usize).unwrap_or_default().split('\t').collect();
        let fields = Fake::from(serde_json::json!({
            "name": line[0], "code": line[1], "message": "", "meta": null, "retryable": false
        }));
        fields.store("message", fill(line[2], &parts));
        fields
    }
    fn failure(failure: Failure<Self>) -> Self {
        failure.0
    }
    fn object() -> Self {
        Fake::new_object(vec![])
    }
    fn list() -> Self {
        Fake::new_list(vec![])
    }
    fn kind(self) -> Kind {
        match self {
            Fake::Undefined | Fake::Null => Kind::Nothing,
            Fake::Bool(_) => Kind::Bool,
            Fake::Number(_) => Kind::Number,
            Fake::Text(_) => Kind::Text,
            Fake::List(_) => Kind::List,
            Fake::Object(_) => Kind::Object,
            Fake::Function(_) => Kind::Function,
        }
    }
    fn truthy(self) -> bool {
        match self {
            Fake::Undefined | Fake::Null => false,
            Fake::Bool(value) => value,
            Fake::Number(value) => value != 0.0 && !value.is_nan(),
            Fake::Text(value) => !value.is_empty(),
            Fake::List(_) | Fake::Object(_) | Fake::Function(_) => true,
        }
    }
    fn as_number(self) -> f64 {
        if let Fake::Number(value) = self { value } else { f64::NAN }
    }
    fn is(self, name: Name) -> bool {
        matches!(self, Fake::Text(text) if text == text_of(name))
    }
    fn contains(self, name: Name) -> bool {
        matches!(self, Fake::Text(text) if text.contains(text_of(name)))
    }
    fn begins(self, with: Self) -> bool {
        matches!((self, with), (Fake::Text(text), Fake::Text(with)) if text.starts_with(with))
    }
    fn replaced(self, from: Name, to: Name) -> Self {
        let Fake::Text(text) = self else { return self };
        text.replacen(text_of(from), text_of(to), 1).as_str().into()
    }
    fn same(self, other: Self) -> bool {
        match (self, other) {
            (Fake::Undefined, Fake::Undefined) | (Fake::Null, Fake::Null) => true,
            (Fake::Bool(a), Fake::Bool(b)) => a == b,
            (Fake::Number(a), Fake::Number(b)) => a == b,
            (Fake::Text(a), Fake::Text(b)) | (Fake::Function(a), Fake::Function(b)) => a == b,
            (Fake::List(a), Fake::List(b)) => std::ptr::eq(a, b),
            (Fake::Object(a), Fake::Object(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
    fn alike(self, other: Self) -> bool {
        self.kind() == other.kind() && self.json() == other.json()
    }
    fn get(self, key: Name) -> Self {
        self.property(text_of(key))
    }
    fn header(self, name: Name) -> Self {
        let Fake::Object(fields) = self else { return Fake::Undefined };
        let fields = fields.borrow();
        let found = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(text_of(name)));
        found.map_or(Fake::Undefined, |(_, value)| *value)
    }
    fn lookup(self, key: Self) -> Self {
        match key {
            Fake::Text(key) => self.property(key),
            Fake::Number(_) => self.property(&key.display()),
            _ => Fake::Undefined,
        }
    }
    fn set(self, key: Name, value: Self) {
        self.store(text_of(key), value);
    }
    fn put(self, key: Self, value: Self) {
        let key = key.display();
        match (self, value) {
            (Fake::Object(fields), Fake::Undefined) => fields.borrow_mut().retain(|(name, _)| *name != key),
            _ if key == "__proto__" => {}
            _ => self.store(&key, value),
        }
    }
    fn push(self, value: Self) {
        let Fake::List(values) = self else { panic!("core pushed to {self:?}, which is no list") };
        values.borrow_mut().push(value);
    }
    fn at(self, index: u32) -> Self {
        let Fake::List(values) = self else { return Fake::Undefined };
        values.borrow().get(index as usize).copied().unwrap_or(Fake::Undefined)
    }
    fn length(self) -> u32 {
        if let Fake::List(values) = self { values.borrow().len() as u32 } else { 0 }
    }
    fn keys(self) -> Self {
        let keys = Fake::list();
        if let Fake::Object(fields) = self {
            for (key, value) in fields.borrow().iter() {
                if !matches!(value, Fake::Undefined) {
                    keys.push(Fake::Text(key));
                }
            }
        }
        keys
    }
    fn copy(self) -> Self {
        match self {
            Fake::List(values) => Fake::new_list(values.borrow().clone()),
            Fake::Object(fields) => Fake::new_object(fields.borrow().clone()),
            other => other,
        }
    }
    fn deep_copy(self) -> Self {
        match self {
            Fake::List(values) => Fake::new_list(values.borrow().iter().map(|value| value.deep_copy()).collect()),
            Fake::Object(fields) => {
                Fake::new_object(fields.borrow().iter().map(|(key, value)| (*key, value.deep_copy())).collect())
            }
            other => other,
        }
    }
    fn text(self, operation: Text) -> Self {
        if operation == Text::Json {
            return Fake::from(self.json().to_string().as_str());
        }
        let text = match self {
            Fake::Text(_) | Fake::Number(_) | Fake::Bool(_) => self.display(),
            _ => return Fake::Undefined,
        };
        let text = text.as_str();
        match operation {
            Text::Trim => text.trim().into(),
            Text::Lower => text.to_lowercase().as_str().into(),
            Text::Slug => {
                let slug: String = text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
                slug.as_str().into()
            }
            Text::AfterExt => text.strip_prefix("ext:").map_or(Fake::Undefined, Fake::from),
            Text::Uuid => uuid::Uuid::try_parse(text).map_or(Fake::Undefined, |_| text.into()),
            Text::UpToSvg => match text.find(".svg") {
                Some(end) => text[..end + 4].into(),
                None => text.into(),
            },
            Text::Encode => url::form_urlencoded::byte_serialize(text.as_bytes())
                .collect::<String>()
                .replace('+', "%20")
                .as_str()
                .into(),
            Text::Claims => self.token_part(1),
            Text::JoseHeader => self.token_part(0),
            Text::Pem => Fake::Bool(text.trim_start().starts_with("-----BEGIN")),
            Text::Unslash => text.trim_start_matches('/').into(),
            Text::Unslashed => text.trim_end_matches('/').into(),
            Text::Stem => text.rsplit_once('.').map_or(text, |(stem, _)| stem).into(),
            Text::Json => unreachable!("answered above"),
        }
    }
    fn url(self, part: UrlPart) -> Self {
        let Ok(url) = url::Url::parse(&self.display()) else { return Fake::Undefined };
        match part {
            UrlPart::Origin => url.origin().ascii_serialization().as_str().into(),
            UrlPart::Hostname => url.host_str().unwrap_or_default().into(),
            UrlPart::Protocol => format!("{}:", url.scheme()).as_str().into(),
            UrlPart::Host => url[url::Position::BeforeHost..url::Position::AfterPort].into(),
            UrlPart::Path => url[url::Position::BeforePath..].into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fake_does_what_every_value_must() {
        let parse =
            |text: &str| Fake::from(serde_json::from_str::<Json>(text).expect("the checks are written in JSON"));
        crate::host::contract::holds(parse, |value| value.json().to_string());
    }
}
