//! Takes secrets out of what the history keeps.

use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};
use url::form_urlencoded::byte_serialize;

use crate::app::App;
use crate::config::{Authorization, Integration, template};
use crate::store::credential::Secrets;

/// What stands in place of a secret.
pub const HIDDEN: &str = "[redacted]";
/// Shorter values are only found where they stand alone: inside of other texts they would be found by chance.
const SHORTEST_INSIDE: usize = 6;
/// Members whose value is a secret, whatever it is; compared without case, `-` and `_`.
const NAMES: [&str; 12] = [
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "clientsecret",
    "password",
    "authorization",
    "proxyauthorization",
    "cookie",
    "setcookie",
    "apikey",
    "xapikey",
    "xauthtoken",
];

/// The secrets of a run.
#[derive(Default)]
pub struct Redactor(Mutex<Vec<String>>);

impl Redactor {
    /// Knows the project's secrets and those of an account.
    pub fn new(app: &App, integration: &Integration, secrets: &Secrets) -> Self {
        let redactor = Self::default();
        for secret in app.config.project.secrets.values() {
            redactor.add(&secret.value());
        }
        redactor.add_account(integration, secrets);
        redactor
    }

    /// Adds the secrets of an account: its tokens, the inputs that prove it, and what was entered as a password.
    pub fn add_account(&self, integration: &Integration, secrets: &Secrets) {
        for name in ["access_token", "refresh_token", "id_token"] {
            self.add(secrets.token_text(name).unwrap_or_default());
        }
        let texts = match &integration.authorization {
            Authorization::Bearer { token } => vec![token],
            Authorization::Basic { username: _, password } => vec![password],
            Authorization::Header { value, .. } | Authorization::Query { value, .. } => vec![value],
        };
        let proving: Vec<&str> = texts
            .iter()
            .flat_map(|text| template::variables(text))
            .filter_map(|path| path.strip_prefix("inputs."))
            .collect();
        let types = integration.account_types.iter().filter_map(|one| one.pre_options.as_ref()).flatten();
        let passwords: Vec<&str> = integration
            .pre_options
            .iter()
            .chain(&integration.post_options)
            .chain(types)
            .filter(|input| input.kind == "PASSWORD")
            .map(|input| input.id.as_str())
            .collect();
        for (id, value) in &secrets.inputs {
            if proving.contains(&id.as_str()) || passwords.contains(&id.as_str()) || id == "clientSecret" {
                self.add(value.as_str().unwrap_or_default());
            }
        }
    }

    /// Adds one secret, in the forms in which it travels.
    pub fn add(&self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        let encoded: String = byte_serialize(secret.as_bytes()).collect();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let in_address = utf8_percent_encode(secret, template::COMPONENT).to_string();
        for form in [secret.to_owned(), encoded, in_address, STANDARD.encode(secret)] {
            if !all.contains(&form) {
                all.push(form);
            }
        }
        // A secret that holds another one goes first, so that nothing of it is left over.
        all.sort_by_key(|form| std::cmp::Reverse(form.len()));
    }

    /// All that it knows, in all forms.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The value without secrets.
    pub fn clean(&self, value: &Value) -> Value {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clean(value, &all)
    }

    /// The text without secrets.
    pub fn clean_text(&self, text: &str) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clean_text(text, &all)
    }
}

fn clean(value: &Value, secrets: &[String]) -> Value {
    match value {
        Value::String(text) => clean_text(text, secrets).into(),
        Value::Array(items) => items.iter().map(|item| clean(item, secrets)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let hidden = is_secret(name) && !value.is_null();
                (clean_text(name, secrets), if hidden { HIDDEN.into() } else { clean(value, secrets) })
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Number(number) if secrets.contains(&number.to_string()) => HIDDEN.into(),
        other => other.clone(),
    }
}

fn clean_text(text: &str, secrets: &[String]) -> String {
    if secrets.iter().any(|secret| secret == text) {
        return HIDDEN.into();
    }
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_INSIDE) {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), HIDDEN);
        }
    }
    text
}

fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>().to_ascii_lowercase();
    NAMES.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_taken_out_in_every_form() {
        let redactor = Redactor::default();
        redactor.add("s3cr&t value");
        redactor.add("s3cr&t value and more");
        redactor.add("abc");
        let cleaned = redactor.clean(&json!({
            "a": "Bearer s3cr&t value!", "b": ["s3cr%26t+value", "czNjciZ0IHZhbHVl", "s3cr&t value and more"], "c": "abc",
            "d": "abcd", "Set-Cookie": "x=1", "access_token": "t", "n": 1, "s3cr&t value": true,
        }));
        assert_eq!(
            cleaned,
            json!({"a": "Bearer [redacted]!", "b": [HIDDEN, HIDDEN, HIDDEN], "c": HIDDEN, "d": "abcd",
                "Set-Cookie": HIDDEN, "access_token": HIDDEN, "n": 1, "[redacted]": true})
        );
    }
}
