//! Error answers: `{message, code, status, meta}`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An error as the app sees it. The message says what happened and what to do; it never holds a token or a key.
#[derive(Clone, Debug)]
pub struct ApiError(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    code: String,
    message: Value,
    meta: Map<String, Value>,
    output: Option<Value>,
}

impl ApiError {
    /// Any error.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            status,
            code: code.into(),
            message: Value::String(message.into()),
            meta: Map::new(),
            output: None,
        }))
    }

    /// 400: the call cannot work as it is.
    pub fn bad(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 401: the user token is missing or wrong. Nothing else may answer 401 without [`Self::from_integration`].
    pub fn unauthorized(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    /// 404.
    pub fn not_found(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    /// 500, with the reason for the log only.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "internal error");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The platform failed. Its log on the terminal says why; this is a fault of the platform, not of the call.",
        )
    }

    /// 400 with a list of what is wrong with each input.
    pub fn validation(problems: Vec<(String, String)>) -> Self {
        let list = problems
            .into_iter()
            .map(|(input, text)| json!({"property": input, "constraints": {"isDefined": text}, "children": []}))
            .collect();
        let mut error = Self::bad("validation", "");
        error.0.message = Value::Array(list);
        error
    }

    /// Marks the error as one that came from the provider, so that it does not end the user's session.
    #[must_use]
    pub fn from_integration(self) -> Self {
        self.with_meta("isIntegrationError", Value::Bool(true))
    }

    /// Adds to `meta`.
    #[must_use]
    pub fn with_meta(mut self, key: &str, value: Value) -> Self {
        self.0.meta.insert(key.into(), value);
        self
    }

    /// Adds the provider's own answer.
    #[must_use]
    pub fn with_output(mut self, output: Value) -> Self {
        self.0.output = Some(output);
        self
    }

    /// Stable name of the error.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The body of the answer.
    pub fn to_json(&self) -> Value {
        let Inner { status, code, message, meta, output } = &*self.0;
        let mut body = json!({"message": message, "code": code, "status": status.as_u16(), "meta": meta});
        if let (Some(output), Some(members)) = (output, body.as_object_mut()) {
            members.insert("output".into(), output.clone());
        }
        body
    }

    /// The message as one text.
    pub fn message_text(&self) -> String {
        match &self.0.message {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.0.status, axum::Json(self.to_json())).into_response()
    }
}

impl From<crate::store::Error> for ApiError {
    fn from(error: crate::store::Error) -> Self {
        Self::internal(error)
    }
}
