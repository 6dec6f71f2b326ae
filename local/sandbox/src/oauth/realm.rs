//! A realm is what a token is good for: one app, and for some apps one host or one shop of it.

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use crate::{apps, pages, people::Person, state::AppState};

/// A permission, and how the consent page puts it.
pub struct Scope {
    pub name: &'static str,
    pub words: &'static str,
    /// Granted when a client asks for nothing in particular.
    pub default: bool,
}

/// When an app gives out refresh tokens.
pub enum Refresh {
    Always,
    /// With one of these scopes.
    WithScope(&'static [&'static str]),
    /// With `access_type=offline`.
    WhenOffline,
}

/// What the OAuth server and the pages need to know of an app.
pub struct App {
    /// The first part of its paths, and its style class.
    pub key: &'static str,
    pub name: &'static str,
    /// The product whose integration type it serves.
    pub stands_for: &'static str,
    pub about: &'static str,
    /// An SVG drawing.
    pub drawing: &'static str,
    pub scopes: &'static [Scope],
    pub refresh: Refresh,
    /// The `audience` that authorize requests must name.
    pub audience: Option<&'static str>,
    /// What access tokens begin with.
    pub token_prefix: &'static str,
    /// Members added to token answers.
    pub token_extras: fn(&AppState, &Realm, &Person) -> Map<String, Value>,
}

/// Chosen by the request's path.
#[derive(Clone)]
pub struct Realm {
    pub app: &'static App,
    /// What tokens are stored under: `slack`, `salesforce-test`, `shopify/tea-house`.
    pub key: String,
    /// Shown beside the app's name: the shop, or which host.
    pub detail: Option<String>,
}

impl FromRequestParts<AppState> for Realm {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        // The path as it came: routes inside a nested router see only its end.
        let OriginalUri(uri) =
            OriginalUri::from_request_parts(parts, state).await.unwrap_or_else(|never| match never {});
        apps::realm(uri.path()).map_err(|unknown| {
            let wants_page = uri.path().ends_with("/authorize");
            if wants_page {
                pages::error::page(StatusCode::NOT_FOUND, Some(unknown.app), &unknown.title, &unknown.advice)
            } else {
                let body = serde_json::json!({ "errors": unknown.title, "advice": unknown.advice });
                (StatusCode::NOT_FOUND, axum::Json(body)).into_response()
            }
        })
    }
}

/// A path that belongs to an app but names a place in it that does not exist.
pub struct Unknown {
    pub app: &'static App,
    pub title: String,
    pub advice: String,
}
