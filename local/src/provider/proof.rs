//! What is added to a request so that the provider knows the account.

use axum::http::{HeaderName, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::Url;

use super::incomplete;
use crate::config::{Authorization, Integration, template};
use crate::http::ApiError;

/// Headers and parameters that carry the account's secret.
#[derive(Clone, Default)]
pub struct Proof {
    headers: Vec<(HeaderName, HeaderValue)>,
    query: Vec<(String, String)>,
}

impl Proof {
    /// The proof of an account.
    pub fn new(integration: &Integration, context: &Value) -> Result<Self, ApiError> {
        Self::of(&integration.authorization, &integration.name, |text| {
            template::text(text, context).map_err(|missing| incomplete(integration, "authorization", &missing))
        })
    }

    /// The proof that `authorization` describes, for `owner`; `fill` fills its templates in.
    pub fn of(
        authorization: &Authorization,
        owner: &str,
        fill: impl Fn(&str) -> Result<String, ApiError>,
    ) -> Result<Self, ApiError> {
        let mut proof = Self::default();
        match authorization {
            Authorization::Bearer { token } => {
                proof.header(owner, "authorization", &format!("Bearer {}", fill(token)?))?;
            }
            Authorization::Basic { username, password } => {
                let pair = STANDARD.encode(format!("{}:{}", fill(username)?, fill(password)?));
                proof.header(owner, "authorization", &format!("Basic {pair}"))?;
            }
            Authorization::Header { name, value } => proof.header(owner, name, &fill(value)?)?,
            Authorization::Query { name, value } => proof.query.push((name.clone(), fill(value)?)),
        }
        Ok(proof)
    }

    fn header(&mut self, owner: &str, name: &str, value: &str) -> Result<(), ApiError> {
        let (Ok(name), Ok(mut value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            return Err(ApiError::bad(
                "key_unusable",
                format!(
                    "The key of this {owner} account holds characters that cannot be sent. Enter it again, without line breaks."
                ),
            ));
        };
        value.set_sensitive(true);
        self.headers.push((name, value));
        Ok(())
    }

    /// The values that carry it, for what must not show them.
    pub fn secrets(&self) -> Vec<String> {
        let headers = self.headers.iter().filter_map(|(_, value)| value.to_str().ok());
        let bare = headers.flat_map(|value| [value, value.split_once(' ').map_or(value, |(_, token)| token)]);
        bare.chain(self.query.iter().map(|(_, value)| value.as_str())).map(str::to_owned).collect()
    }

    /// Adds the proof to a request. What the app sent under the same names is replaced.
    pub fn apply(&self, url: &mut Url, headers: &mut axum::http::HeaderMap) {
        headers.remove(header::AUTHORIZATION);
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        for (name, value) in &self.query {
            let others: Vec<(String, String)> =
                url.query_pairs().into_owned().filter(|(other, _)| other != name).collect();
            if others.len() != url.query_pairs().count() {
                url.query_pairs_mut().clear().extend_pairs(others);
            }
            url.query_pairs_mut().append_pair(name, value);
        }
    }
}
