//! Parameters of OAuth requests: each at most once, empty ones as if left out (RFC 6749, section 3.1).

use std::collections::HashMap;

use serde_json::Value;

/// Name to value.
#[derive(Default)]
pub struct Params(HashMap<String, String>);

impl Params {
    /// From a query string or a form.
    pub fn parse(encoded: &[u8]) -> Result<Self, String> {
        let mut map = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(encoded) {
            if map.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(format!("The parameter \"{name}\" is there more than once."));
            }
        }
        Ok(Self(map))
    }

    /// From a JSON object of texts.
    pub fn from_json(body: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => members
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(text) => Ok((name, text)),
                    _ => Err(format!("The member \"{name}\" must be a text.")),
                })
                .collect::<Result<_, _>>()
                .map(Self),
            _ => Err("The body is not a JSON object.".to_owned()),
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub fn need(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("The parameter \"{name}\" is missing."))
    }
}
