//! Icons: simple drawings of our own.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/icons"]
struct Icons;

/// `GET /integrations/<type>.svg`; a type without a drawing gets the general one.
pub async fn integration(Path(file): Path<String>) -> Response {
    svg(&file).unwrap_or_else(placeholder)
}

/// `GET /images/icons/byo-placeholder.svg`.
pub async fn byo_placeholder() -> Response {
    placeholder()
}

fn placeholder() -> Response {
    svg("byo-placeholder.svg").unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn svg(file: &str) -> Option<Response> {
    let found = Icons::get(file)?;
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "public, max-age=3600"),
        // An SVG that is opened as a page of its own can do nothing.
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    Some((headers, found.data).into_response())
}
