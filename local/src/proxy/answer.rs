//! The provider's answer, for the app: as it is, or wrapped as `{output}`.

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::headers;
use crate::app::App;
use crate::config::Integration;
use crate::http::ApiError;
use crate::provider::whole;

/// Marks a raw answer as the provider's own, so that its 401 is not taken for one of the platform's.
const FROM_PROVIDER: HeaderName = HeaderName::from_static("x-paragon-integration-response");

/// Status, headers and bytes as the provider sent them, streamed.
pub(super) fn raw(response: reqwest::Response) -> Response {
    let (status, mut headers) = (response.status(), headers::incoming(response.headers()));
    headers.insert(FROM_PROVIDER, HeaderValue::from_static("true"));
    let mut answer = Response::new(Body::from_stream(response.bytes_stream()));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    answer
}

/// `{output}`; for a failure, an error with the provider's status and answer.
pub(super) async fn wrapped(
    app: &App,
    integration: &Integration,
    response: reqwest::Response,
) -> Result<Response, ApiError> {
    let status = response.status();
    let bytes = whole(app, &integration.name, response).await?;
    let output = if bytes.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned().into())
    };
    if status.is_client_error() || status.is_server_error() {
        return Err(ApiError::new(
            status,
            "provider_failed",
            format!("{} answered {status}. Its answer is in \"output\".", integration.name),
        )
        .from_integration()
        .with_output(output));
    }
    // 204 and its like carry no body, and the wrapper is one.
    let status = if status.is_success() && status != StatusCode::NO_CONTENT && status != StatusCode::RESET_CONTENT {
        status
    } else {
        StatusCode::OK
    };
    Ok((status, Json(json!({"output": output}))).into_response())
}
