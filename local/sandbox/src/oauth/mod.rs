//! The OAuth 2.0 authorization server that all apps share: authorization code with PKCE (S256 only), rotating refresh
//! tokens, revocation. Why it is our own: `docs/decisions/oauth-server.md`.

mod authorize;
pub mod bearer;
mod client;
mod grants;
mod params;
pub mod realm;
pub mod request;
mod revoke;
mod token;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

pub use authorize::allow;
pub use grants::{revoke_all, revoke_grant};

use crate::{pages::marketplace, state::AppState};

/// The three addresses of an app's OAuth server.
pub struct Endpoints {
    pub authorize: &'static str,
    pub token: &'static str,
    pub revoke: &'static str,
}

pub fn routes(endpoints: &Endpoints) -> Router<AppState> {
    Router::new()
        .route(endpoints.authorize, get(authorize::ask).post(authorize::decide))
        .route(endpoints.token, post(token::issue))
        .route(endpoints.revoke, post(revoke::revoke))
}

/// The app's marketplace: a page of what can be installed, and the install itself.
pub fn marketplace(path: &str) -> Router<AppState> {
    Router::new()
        .route(path, get(marketplace::page))
        .route(&format!("{path}/install"), get(authorize::ask_install).post(authorize::decide))
}

/// Marks an answer that holds secrets.
fn no_store(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}
