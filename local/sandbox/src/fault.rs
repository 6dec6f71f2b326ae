//! A failure of the sandbox itself (its database), as an answer.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Not the caller's fault. The details go to the log only.
#[derive(Debug)]
pub struct Fault(rusqlite::Error);

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "the sandbox's database failed");
        let body = json!({
            "error": "server_error",
            "error_description": "The sandbox could not read or write its database. Its log says why; the request was not carried out.",
        });
        (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
    }
}
