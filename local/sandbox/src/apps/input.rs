//! Reading what API calls carry: query, form or JSON.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

/// The parameters of a query string; of repeated ones the last counts.
pub fn query(encoded: Option<&str>) -> Map<String, Value> {
    url::form_urlencoded::parse(encoded.unwrap_or_default().as_bytes())
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect()
}

/// A JSON object.
pub fn object(body: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err("The body must be a JSON object.".to_owned()),
        Err(error) => Err(format!("The body is not JSON: {error}.")),
    }
}

/// The body by its content type: JSON object, or form.
pub fn body(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, String> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    if media_type(headers) == "application/json" {
        return object(body);
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(query(Some(text))),
        Err(_) => Err("The body is not text.".to_owned()),
    }
}

/// The content type without its parameters, in lower case; empty if there is none.
pub fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A text that is there and not empty.
pub fn text<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m str> {
    members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A whole number, written as number or text; `default` if it is not there, `None` if it is not a number within `range`.
pub fn number(
    members: &Map<String, Value>,
    name: &str,
    default: usize,
    range: std::ops::RangeInclusive<usize>,
) -> Option<usize> {
    let number = match members.get(name) {
        None | Some(Value::Null) => default,
        Some(Value::String(text)) if text.is_empty() => default,
        Some(Value::String(text)) => text.parse().ok()?,
        Some(value) => usize::try_from(value.as_u64()?).ok()?,
    };
    range.contains(&number).then_some(number)
}
