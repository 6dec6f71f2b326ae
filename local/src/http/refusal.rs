//! What the framework refuses by itself (an address or a query that does not parse, a verb that is not there) gets the form of
//! all other errors.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::ApiError;

/// The framework's own texts are short.
const LIMIT: usize = 4096;

/// The layer around everything that answers errors as JSON. Answers of providers go through as they are.
pub async fn shape(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
    let plain = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    let provider = response.headers().contains_key("x-paragon-integration-response");
    let status = response.status();
    if !status.is_client_error() || !plain || provider || method == axum::http::Method::HEAD {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let text =
        to_bytes(body, LIMIT).await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let (code, message) = match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            ("method_unknown", format!("This address does not take {method}. \"Allow\" says what it takes."))
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("body_unreadable", format!("The body is too long: {text}.")),
        _ => ("request_invalid", format!("The call cannot be understood: {}.", text.trim_end_matches('.'))),
    };
    let mut answer = ApiError::new(status, code, message).into_response();
    // Headers such as Allow belong to the refusal; those about the body do not.
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    answer.headers_mut().extend(parts.headers);
    answer
}
