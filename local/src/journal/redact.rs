//! Takes secrets out of what the journal shows: by the names of headers, parameters and members, by known values, by shape.

use std::borrow::Cow;
use std::collections::HashSet;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::{Value, json};
use url::form_urlencoded;

/// What stands in a secret's place.
pub const GONE: &str = "[redacted]";

/// Whole names.
const NAMES: [&str; 8] = ["authorization", "cookie", "set-cookie", "code", "state", "sessionid", "pin", "pem"];
/// Parts of names; letters and digits only, lower case.
const PARTS: [&str; 11] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "apikey",
    "accesskey",
    "privatekey",
    "signingkey",
    "verifier",
    "oauthmetakeyid",
];
/// Names that have such a part and hold no secret.
const HARMLESS: [&str; 5] = ["tokentype", "tokenurl", "pagetoken", "nextpagetoken", "exposeaccounttoken"];

/// Names of members and parameters that are secret in a project, beside the usual ones.
#[derive(Clone, Debug, Default)]
pub struct Hidden(HashSet<String>);

impl Hidden {
    /// These names: of inputs that are passwords, of parameters and headers that carry an account's proof.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(names.into_iter().map(plain).collect())
    }

    fn hides(&self, name: &str) -> bool {
        let name = plain(name);
        if HARMLESS.contains(&name.as_str()) {
            return false;
        }
        NAMES.iter().any(|one| plain(one) == name)
            || PARTS.iter().any(|part| name.contains(part))
            || self.0.contains(&name)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The value of a header.
pub fn header(name: &HeaderName, value: &HeaderValue, hidden: &Hidden) -> String {
    if value.is_sensitive() || hidden.hides(name.as_str()) {
        return GONE.into();
    }
    let text = String::from_utf8_lossy(value.as_bytes());
    match name {
        &header::LOCATION | &header::REFERER => address(&text, hidden).into_owned(),
        _ => shapes(&text).into_owned(),
    }
}

/// What stands behind these in a path names an attempt, which is a secret of the app's.
const ATTEMPTS: [&str; 2] = ["/actions/session-id/", "/actions/oauth-next/"];

/// An address: its parameters, and the names of attempts in its path.
pub fn address<'a>(address: &'a str, hidden: &Hidden) -> Cow<'a, str> {
    if let Some((start, rest)) =
        ATTEMPTS.iter().find_map(|one| address.split_once(one).map(|(start, rest)| (format!("{start}{one}"), rest)))
    {
        let query =
            rest.split_once('?').map(|(_, query)| format!("?{}", parameters(query, hidden))).unwrap_or_default();
        return Cow::Owned(format!("{start}{GONE}{query}"));
    }
    let Some((path, query)) = address.split_once('?') else {
        return shapes(address);
    };
    let (query, fragment) = query.split_once('#').map_or((query, None), |(query, rest)| (query, Some(rest)));
    // OAuth answers may stand behind the "#".
    let rest = fragment.map(|rest| format!("#{}", parameters(rest, hidden))).unwrap_or_default();
    Cow::Owned(shapes(&format!("{path}?{}{rest}", parameters(query, hidden))).into_owned())
}

/// The secret values of an address, decoded: an answer may repeat them.
pub fn secrets_of(address: &str, hidden: &Hidden) -> Vec<String> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let attempt = ATTEMPTS.iter().find_map(|one| path.split_once(one)).map(|(_, key)| key.to_owned());
    let named = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| hidden.hides(name));
    named.map(|(_, value)| value.into_owned()).chain(attempt).collect()
}

/// `a=b&c=d`; only what is secret changes, everything else stays as it was written.
fn parameters(text: &str, hidden: &Hidden) -> String {
    let one = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = form_urlencoded::parse(name.as_bytes()).next().map(|(name, _)| name.into_owned());
        if !value.is_empty() && hidden.hides(&decoded.unwrap_or_default()) {
            format!("{name}={GONE}")
        } else {
            pair.to_owned()
        }
    };
    text.split('&').map(one).collect::<Vec<_>>().join("&")
}

/// A body: parsed JSON, the fields of a form, a text, or how many bytes it had.
pub fn body(headers: &HeaderMap, start: &[u8], whole: bool, hidden: &Hidden) -> Value {
    if start.is_empty() {
        return Value::Null;
    }
    let coded = headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding.as_bytes() != b"identity");
    // A cut may stand in the middle of a letter.
    let text = match std::str::from_utf8(start) {
        _ if coded => None,
        Ok(text) => Some(text),
        Err(error) if !whole && error.valid_up_to() + 4 > start.len() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    let Some(text) = text else {
        return json!({ "binary": true });
    };
    if whole && let Ok(mut value) = serde_json::from_str::<Value>(text) {
        members(&mut value, hidden);
        return value;
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        return parameters(text, hidden).into();
    }
    shapes(&quoted(text, hidden)).into_owned().into()
}

fn members(value: &mut Value, hidden: &Hidden) {
    match value {
        Value::Object(all) => {
            for (name, value) in all.iter_mut() {
                // A secret name hides everything below it, except an object that only describes it.
                if hidden.hides(name) && !value.is_null() && !value.is_boolean() && !value.is_object() {
                    *value = GONE.into();
                } else {
                    members(value, hidden);
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| members(value, hidden)),
        Value::String(text) => {
            let shown = if text.contains("://") { address(text, hidden) } else { shapes(text) };
            if shown != text.as_str() {
                *text = shown.into_owned();
            }
        }
        _ => {}
    }
}

/// Text that looks like JSON but does not parse, because it is cut or broken: `"name" : "value"` with a secret name.
fn quoted(text: &str, hidden: &Hidden) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        let Some(close) = end_of_string(&rest[open + 1..]).map(|end| open + 1 + end) else { break };
        let name = &rest[open + 1..close];
        let after = rest[close + 1..].trim_start();
        shown.push_str(&rest[..=close]);
        rest = &rest[close + 1..];
        let Some(value) = after.strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"')) else {
            continue;
        };
        if hidden.hides(name) {
            shown.push_str(&format!(": \"{GONE}\""));
            rest = end_of_string(value).map_or("", |end| &value[end + 1..]);
        }
    }
    shown.push_str(rest);
    shown
}

fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// What has the shape of a JWT is one, wherever it stands.
fn shapes(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    let in_token = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let mut from = 0;
    while let Some(start) = shown[from..].find("eyJ").map(|at| from + at) {
        let length = shown[start..].find(|letter| !in_token(letter)).unwrap_or(shown.len() - start);
        let dots = shown[start..start + length].matches('.').count();
        from = start + length;
        if dots >= 2 {
            shown.to_mut().replace_range(start..start + length, GONE);
            from = start + GONE.len();
        }
    }
    shown
}

/// Known values, wherever they stand. Short ones would tear holes into everything.
pub fn values(shown: &mut Value, secrets: &[String]) {
    match shown {
        Value::String(text) => {
            for secret in secrets.iter().filter(|secret| secret.len() >= 6) {
                if text.contains(secret.as_str()) {
                    *text = text.replace(secret.as_str(), GONE);
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| values(value, secrets)),
        Value::Object(all) => all.values_mut().for_each(|value| values(value, secrets)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, whole: bool) -> Value {
        body(&HeaderMap::new(), text.as_bytes(), whole, &Hidden::new(["shopKey"]))
    }

    #[test]
    fn members_are_hidden_by_name_and_the_rest_stays() {
        let shown = text(
            r#"{"access_token":"a","refreshToken":["r"],"apiKey":"k","shop_key":"s","list":[{"client_secret":1}],
               "token_type":"Bearer","nextPageToken":"n","name":"Ada","secret":null,"code":"c","zipcode":"z"}"#,
            true,
        );
        assert_eq!(
            shown,
            json!({"access_token": GONE, "refreshToken": GONE, "apiKey": GONE, "shop_key": GONE, "list": [{"client_secret": GONE}],
                   "token_type": "Bearer", "nextPageToken": "n", "name": "Ada", "secret": null, "code": GONE, "zipcode": "z"})
        );
    }

    #[test]
    fn a_cut_body_keeps_no_secret() {
        let shown = text(r#"{"user":"ada", "password" : "a\"b", "x":[1, {"api_key":"kkkkkk"#, false);
        assert_eq!(shown, json!(format!(r#"{{"user":"ada", "password": "{GONE}", "x":[1, {{"api_key": "{GONE}""#)));
    }

    #[test]
    fn addresses_and_forms_keep_what_is_no_secret() {
        let hidden = Hidden::default();
        assert_eq!(
            address("/cb?code=abc&state=x&a=%20b#access_token=t&y=1", &hidden),
            format!("/cb?code={GONE}&state={GONE}&a=%20b#access_token={GONE}&y=1")
        );
        assert_eq!(secrets_of("/cb?code=a%20c&x=1&userToken=t", &hidden), ["a c", "t"]);
        assert_eq!(secrets_of("/p/actions/oauth-next/key?x=1", &hidden), ["key"]);
        assert_eq!(address("/plain", &hidden), "/plain");
        assert_eq!(
            address("/p/actions/session-id/key?wait=5", &hidden),
            format!("/p/actions/session-id/{GONE}?wait=5")
        );
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let shown = body(&headers, b"grant_type=refresh_token&refresh_token=abc&client%5Fsecret=s", true, &hidden);
        assert_eq!(shown, json!(format!("grant_type=refresh_token&refresh_token={GONE}&client%5Fsecret={GONE}")));
    }

    #[test]
    fn tokens_are_known_by_their_shape_and_values_by_themselves() {
        assert_eq!(shapes("x eyJh.eyJz.sig-1_ y eyJno"), format!("x {GONE} y eyJno"));
        let mut shown = json!({"a": ["my hunter22 here"], "b": "short"});
        values(&mut shown, &["hunter22".into(), "short".into()]);
        assert_eq!(shown, json!({"a": [format!("my {GONE} here")], "b": "short"}));
    }

    #[test]
    fn what_is_no_text_is_not_shown() {
        assert_eq!(body(&HeaderMap::new(), &[0xff, 0xfe], true, &Hidden::default()), json!({"binary": true}));
        // Half a letter at a cut is left away.
        assert_eq!(
            body(&HeaderMap::new(), "aü".as_bytes().split_last().unwrap().1, false, &Hidden::default()),
            json!("a")
        );
    }
}
