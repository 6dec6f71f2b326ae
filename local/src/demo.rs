//! The demo's origin: its built pages, and the small back end of the demo app, which signs user tokens as a product's server would.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::http::ApiError;
use crate::pages;

#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
struct Pages;

/// Seconds that a token of the demo lasts unless asked otherwise.
const TOKEN_SECONDS: i64 = 3600;

/// The demo's router.
pub fn router(app: Arc<App>) -> Router {
    Router::new().route("/api/session", get(session)).fallback(get(page)).with_state(app)
}

/// Query of the session.
#[derive(Deserialize)]
struct Wanted {
    user: Option<String>,
    expires: Option<i64>,
}

/// `GET /api/session`: a fresh user token, for the demo's own pages only.
async fn session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    let origin = headers.get("origin").map(|value| value.as_bytes());
    let host = headers.get("host").map(|value| value.as_bytes()).unwrap_or_default();
    let own = matches!(site, None | Some(b"same-origin" | b"none"))
        && origin.is_none_or(|origin| origin.strip_prefix(b"http://") == Some(host));
    if !own {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "origin_refused",
            "Only the demo's own pages get a token here.",
        ));
    }
    let user = wanted.user.filter(|user| !user.trim().is_empty()).unwrap_or_else(|| "demo-user".into());
    let token = app.tokens.sign(&user, app.clock.now_ms(), wanted.expires.unwrap_or(TOKEN_SECONDS))?;
    let body: Value = json!({
        "projectId": app.project.id, "token": token, "userId": user, "host": app.addresses.base,
    });
    Ok(([(CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}

/// A file of the demo; every other address is the application's own matter and gets its page.
async fn page(State(app): State<Arc<App>>, headers: HeaderMap, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if path.is_empty() || !is_file { "index.html" } else { path };
    built(name, &headers, policy(&app.addresses.base))
}

/// A built file, with this policy.
pub(crate) fn built(name: &str, headers: &HeaderMap, policy: String) -> Response {
    let Some(file) = Pages::get(name) else {
        if name.ends_with(".html") {
            return pages::failure(
                "This page is not built yet",
                "Run \"npm start\" in the project's folder: it builds the SDK and the pages, and starts everything. The platform itself is running.",
            );
        }
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()));
    // Vite puts a hash of the content into these names.
    let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let shared = [(ETAG, etag.clone()), (CACHE_CONTROL, caching.to_owned())];
    if headers.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let own = [
        (CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (REFERRER_POLICY, "strict-origin-when-cross-origin".to_owned()),
    ];
    (shared, own, file.data).into_response()
}

fn policy(platform: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {platform}; img-src 'self' data: {platform}; \
         frame-src {platform}; style-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
}
