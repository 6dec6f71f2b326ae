//! JSON bodies of calls, with errors in the platform's own shape.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use super::ApiError;

/// A member whose null means the same as its absence.
pub fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// A member that is an object; `serde` would take a list of its members in order too.
pub fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<T, D::Error> {
    let members = Map::<String, Value>::deserialize(from)?;
    serde_json::from_value(Value::Object(members)).map_err(de::Error::custom)
}

/// The same, whose null means the same as its absence.
pub fn nullable_object<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(from: D) -> Result<T, D::Error> {
    let members = Option::<Map<String, Value>>::deserialize(from)?.unwrap_or_default();
    serde_json::from_value(Value::Object(members)).map_err(de::Error::custom)
}

/// The JSON body of a call, whatever its `Content-Type` says.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            ApiError::new(
                rejection.status(),
                "body_unreadable",
                format!("The body could not be read: {}.", rejection.body_text()),
            )
        })?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        if text.trim_ascii_start().first() != Some(&b'{') {
            return Err(ApiError::bad(
                "body_invalid",
                "The body is not what this call takes: it must be a JSON object.",
            ));
        }
        serde_json::from_slice(text)
            .map(Self)
            .map_err(|error| ApiError::bad("body_invalid", format!("The body is not what this call takes: {error}.")))
    }
}
