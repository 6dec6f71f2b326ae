//! `/_control`: how a test changes the providers' behaviour. The header makes it unreachable for other pages.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{apps, fault::Fault, oauth, state::AppState};

/// What is in force. Not stored: a new process starts well behaved.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub down: bool,
    /// Seconds.
    pub access_token_lifetime: u32,
    pub coop: bool,
    pub fail_refresh: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { down: false, access_token_lifetime: 3600, coop: false, fail_refresh: false }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Change {
    down: Option<bool>,
    access_token_lifetime: Option<u32>,
    coop: Option<bool>,
    fail_refresh: Option<bool>,
    #[serde(default)]
    revoke_all: bool,
    #[serde(default)]
    reset: bool,
}

pub fn routes() -> Router<AppState> {
    Router::new().route("/_control", get(show).post(change))
}

async fn show(State(state): State<AppState>, headers: HeaderMap) -> Response {
    refuse(&headers).unwrap_or_else(|| Json(state.settings().clone()).into_response())
}

async fn change(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    if let Some(refusal) = refuse(&headers) {
        return Ok(refusal);
    }
    let change: Change = match serde_json::from_slice(&body) {
        Ok(change) => change,
        Err(error) => {
            let message = format!(
                "The body must be a JSON object with members among down, accessTokenLifetime, revokeAll, coop, failRefresh, reset: {error}. Nothing was changed."
            );
            return Ok((StatusCode::BAD_REQUEST, Json(json!({ "message": message }))).into_response());
        }
    };
    if change.reset {
        state.db().clear()?;
        apps::seed(state.db())?;
        *state.settings() = Settings::default();
    }
    if change.revoke_all {
        oauth::revoke_all(state.db())?;
    }
    let mut settings = state.settings();
    settings.down = change.down.unwrap_or(settings.down);
    settings.access_token_lifetime = change.access_token_lifetime.unwrap_or(settings.access_token_lifetime);
    settings.coop = change.coop.unwrap_or(settings.coop);
    settings.fail_refresh = change.fail_refresh.unwrap_or(settings.fail_refresh);
    Ok(Json(settings.clone()).into_response())
}

fn refuse(headers: &HeaderMap) -> Option<Response> {
    if headers.get("x-sandbox-control").is_some_and(|value| value == "1") {
        return None;
    }
    let message =
        "The control address needs the header x-sandbox-control: 1. Pages of other origins cannot send it; a test can.";
    Some((StatusCode::FORBIDDEN, Json(json!({ "message": message }))).into_response())
}

/// The layer behind `down`.
pub async fn refuse_when_down(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !state.settings().down {
        return next.run(request).await;
    }
    let text = "503: this app is down for now. A test switched it off with POST /_control {\"down\": true}; {\"down\": false} brings it back.\n";
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], text).into_response()
}
