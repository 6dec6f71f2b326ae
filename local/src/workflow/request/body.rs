//! Bodies of requests.

use futures_util::TryStreamExt;
use reqwest::multipart::{Form, Part};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::{file, xml};
use crate::config::step::RequestBody;
use crate::config::template;
use crate::http::ApiError;
use crate::workflow::values::{Scope, as_text};

/// A body, ready to be sent.
#[derive(Default)]
pub struct Built {
    /// Its bytes; `None` for no body.
    pub bytes: Option<Vec<u8>>,
    /// Its content type.
    pub content_type: Option<String>,
    /// The content type is the body's alone, whatever the step's headers say.
    pub fixed_type: bool,
    /// For the history.
    pub shown: Value,
}

impl Built {
    fn json(value: Value) -> Self {
        let bytes = serde_json::to_vec(&value).unwrap_or_default();
        Self { bytes: Some(bytes), content_type: Some("application/json".into()), shown: value, ..Self::default() }
    }
}

/// Builds a body; `encoding` is that of files that name none.
pub async fn build(wanted: &RequestBody, scope: &Scope<'_>, encoding: Option<&str>) -> Result<Built, ApiError> {
    match wanted {
        RequestBody::Json { content } => Ok(Built::json(scope.json(content))),
        RequestBody::Multipart { fields } => multipart(fields, scope, encoding).await,
        RequestBody::Urlencoded { fields } => {
            let pairs = super::send::pairs(fields, scope);
            let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            Ok(Built {
                bytes: Some(text.into_bytes()),
                content_type: Some("application/x-www-form-urlencoded".into()),
                shown: scope.json(&Value::Object(fields.clone())),
                fixed_type: false,
            })
        }
        RequestBody::Graphql { query, variables, operation_name } => {
            let mut request = json!({"query": query, "variables": scope.json(&Value::Object(variables.clone()))});
            if let Some(name) = operation_name {
                request["operationName"] = json!(name);
            }
            Ok(Built::json(request))
        }
        RequestBody::Xml { text } => markup(text, "application/xml", scope),
        RequestBody::Raw { text, content_type } => raw(text, content_type.as_deref(), scope, encoding),
    }
}

async fn multipart(fields: &Map<String, Value>, scope: &Scope<'_>, encoding: Option<&str>) -> Result<Built, ApiError> {
    let mut form = Form::new();
    let filled = scope.json(&Value::Object(fields.clone()));
    let mut shown = Map::new();
    for (name, value) in filled.as_object().into_iter().flatten() {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            if let Some(file) = file::read(item, encoding)? {
                shown.insert(name.clone(), json!({"file": file.name, "mimeType": file.mime, "size": file.bytes.len()}));
                let mime = file.mime.as_deref().unwrap_or("application/octet-stream");
                let part = Part::bytes(file.bytes)
                    .file_name(in_head(&file.name.unwrap_or_else(|| "file".into())))
                    .mime_str(mime)
                    .map_err(|_| ApiError::bad("file_invalid", format!("\"{mime}\" is no content type of a file.")))?;
                form = form.part(name.clone(), part);
            } else if let Some(text) = as_text(item) {
                shown.insert(name.clone(), item.clone());
                form = form.text(name.clone(), text);
            }
        }
    }
    let content_type = format!("multipart/form-data; boundary={}", form.boundary());
    let pieces: Vec<_> = form.into_stream().try_collect().await.map_err(ApiError::internal)?;
    let bytes = pieces.concat();
    Ok(Built { bytes: Some(bytes), content_type: Some(content_type), fixed_type: true, shown: shown.into() })
}

/// A file's name as browsers write it into a part's head: it adds no line, and ends where it ends, whatever a receiver takes
/// for an escape.
fn in_head(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

fn raw(text: &str, content_type: Option<&str>, scope: &Scope<'_>, encoding: Option<&str>) -> Result<Built, ApiError> {
    let typed = |bytes: Vec<u8>, kind: String, shown: Value| Built {
        bytes: Some(bytes),
        content_type: Some(kind),
        fixed_type: false,
        shown,
    };
    // A body that is one variable may be a file, or the text of one.
    if template::whole_variable(text).is_some() {
        let value = scope.json(&text.into());
        if let Some(file) = file::read(&value, encoding)? {
            let kind =
                content_type.map(str::to_owned).or(file.mime).unwrap_or_else(|| "application/octet-stream".into());
            let shown = json!({"file": file.name, "size": file.bytes.len()});
            return Ok(typed(file.bytes, kind, shown));
        }
        if let (Some(encoding), Some(data)) = (encoding, value.as_str()) {
            let bytes = file::decode(data, encoding)?;
            let shown = json!({"file": null, "size": bytes.len()});
            return Ok(typed(bytes, content_type.unwrap_or("application/octet-stream").into(), shown));
        }
    }
    if is_json(content_type) {
        let parsed = json_template(text)
            .map_err(|why| ApiError::bad("json_invalid", format!("The raw body is not JSON: {why}.")))?;
        let mut built = Built::json(scope.json(&parsed));
        built.content_type = content_type.map(str::to_owned).or(built.content_type);
        return Ok(built);
    }
    if let Some(kind) = content_type.filter(|kind| is_xml(kind))
        && template::whole_variable(text).is_none()
    {
        return markup(text, kind, scope);
    }
    let filled = scope.text(text);
    let bytes = match encoding {
        Some(encoding) => file::decode(&filled, encoding)?,
        None => filled.clone().into_bytes(),
    };
    Ok(typed(bytes, content_type.unwrap_or("text/plain; charset=utf-8").into(), filled.into()))
}

fn markup(text: &str, kind: &str, scope: &Scope<'_>) -> Result<Built, ApiError> {
    let bytes = xml::fill(text, scope)
        .map_err(|why| ApiError::bad("xml_invalid", format!("The XML body cannot be built: {why}.")))?;
    Ok(Built {
        shown: String::from_utf8_lossy(&bytes).into_owned().into(),
        bytes: Some(bytes),
        content_type: Some(kind.into()),
        fixed_type: false,
    })
}

/// True if a raw body of this content type is JSON; without one it is.
pub fn is_json(content_type: Option<&str>) -> bool {
    let Some(mime) = content_type.map(essence) else { return true };
    mime == "application/json" || mime.ends_with("+json")
}

/// True if a raw body of this content type is XML.
pub fn is_xml(content_type: &str) -> bool {
    let mime = essence(content_type);
    mime == "application/xml" || mime == "text/xml" || mime.ends_with("+xml")
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Reads JSON that is written by hand with variables in it: inside of strings, or in place of a value.
pub fn json_template(text: &str) -> Result<Value, String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut in_string) = (text, false);
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("{{")
            && let Some(end) = rest.find("}}").filter(|end| is_path(&rest[2..*end]))
        {
            let variable = &rest[..end + 2];
            if in_string {
                out.push_str(variable);
            } else {
                out.push_str(&Value::from(variable).to_string());
            }
            rest = &rest[end + 2..];
            continue;
        }
        match c {
            '"' => in_string = !in_string,
            // An escaped character is never the end of a string.
            '\\' if in_string => {
                let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    serde_json::from_str(&out).map_err(|error| error.to_string())
}

/// Two braces may also be two objects that begin: then there is no path between them.
fn is_path(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.contains(['"', '{', '}', ':', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_by_hand_keeps_types_and_cannot_be_broken_out_of() {
        let mut scope = Scope::default();
        scope.set("v", json!({"n": 3, "s": "\", \"admin\": true, \"x\": \"{{v.n}}\\", "o": {"a": [null]}}));
        let text = r#"{"n": {{v.n}}, "s": {{ v.s }}, "t": "a \"{{v.s}}\" b", "o": {{v.o}}, "e": {"f": {"g": 1}}, "m": {{v.x}}}"#;
        let filled = scope.json(&json_template(text).unwrap());
        let s = "\", \"admin\": true, \"x\": \"{{v.n}}\\";
        assert_eq!(
            filled,
            json!({"n": 3, "s": s, "t": format!("a \"{s}\" b"), "o": {"a": [null]}, "e": {"f": {"g": 1}}, "m": null})
        );
        assert!(json_template("{\"a\": {{v.n}}").is_err());
        assert!(json_template("[{\"a\":{\"b\":{}}}]").is_ok());
    }
}
