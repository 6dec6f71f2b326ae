//! What calls fail with.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A `ParagonError`. Tell them apart by `code`: `docs/errors.md` lists them all.
#[derive(Clone, Debug)]
pub struct Error {
    /// Stable; empty for what is no error of the SDK's, such as one that a token function has thrown.
    pub code: String,
    /// The group of errors that it belongs to.
    pub name: String,
    /// What happened, what it means, what to do.
    pub message: String,
    /// HTTP status, if a server has answered.
    pub status: Option<u16>,
    /// The same call may succeed later.
    pub retryable: bool,
    /// The stage of an install that has failed.
    pub stage: Option<String>,
    /// The server's name for the request.
    pub request_id: Option<String>,
    /// What was thrown, with all that is in it (`meta`, `response`, `cause`).
    pub thrown: JsValue,
}

impl Error {
    /// The answer is not what the app's type says.
    pub(super) fn of_another_shape(error: &serde_wasm_bindgen::Error) -> Self {
        let thrown = JsValue::from(js_sys::Error::new(&error.to_string()));
        Error { code: "ANSWER_INVALID".into(), ..Error::from(thrown) }
    }
}

impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        let field = |name: &str| Reflect::get(&thrown, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let text = |name: &str| field(name).as_string();
        Error {
            code: text("code").unwrap_or_default(),
            name: text("name").unwrap_or_default(),
            message: text("message").or_else(|| thrown.as_string()).unwrap_or_default(),
            status: field("status").as_f64().map(|status| status as u16),
            retryable: field("retryable").is_truthy(),
            stage: text("stage"),
            request_id: text("requestId"),
            thrown: thrown.clone(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", if self.code.is_empty() { &self.name } else { &self.code }, self.message)
    }
}

impl std::error::Error for Error {}
