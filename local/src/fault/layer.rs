//! Faults of calls that come in: to the platform, and to the sandbox providers' pages.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{BAD_JSON, Call, Cut, Effect, Verdict};
use crate::app::App;
use crate::http::ApiError;
use crate::http::connection::Peer;
use crate::journal::{self, Kind};

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The layer around a project's calls.
pub async fn calls(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match Kind::of_path(request.uri().path()) {
        Some(kind) => break_it(&app, kind, request, next).await,
        None => next.run(request).await,
    }
}

/// The layer around a project's sandbox providers.
pub async fn pages(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    // What steers the providers is not one of them.
    if request.uri().path() == "/_control" {
        return next.run(request).await;
    }
    break_it(&app, Kind::Page, request, next).await
}

async fn break_it(app: &Arc<App>, kind: Kind, request: Request, next: Next) -> Response {
    let verdict = decide(app, kind, &request);
    if let (Some(entry), Some(name)) = (journal::current(), &verdict.name) {
        entry.rest().fault = Some(name.clone());
    }
    if !verdict.wait.is_zero() {
        tokio::time::sleep(verdict.wait).await;
    }
    let Some(effect) = verdict.effect else {
        return next.run(request).await;
    };
    match effect {
        Effect::Status { status, retry_after, body } => refusal(status, retry_after, body),
        Effect::Reset {} => {
            if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<Peer>>() {
                peer.cut_off();
            }
            // Never sent: writing it finds the connection broken.
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Effect::HalfBody {} => next.run(request).await.map(|body| Body::new(Cut::half(body))),
        Effect::BadJson {} => {
            let mut response = next.run(request).await.map(|_| Body::from(BAD_JSON));
            response.headers_mut().remove(CONTENT_LENGTH);
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Effect::Coop {} => {
            let mut response = next.run(request).await;
            response.headers_mut().insert(COOP, HeaderValue::from_static("same-origin"));
            response
        }
        Effect::Slow { .. } | Effect::RevokedToken {} | Effect::FailingRefresh {} => next.run(request).await,
    }
}

fn decide(app: &App, kind: Kind, request: &Request) -> Verdict {
    // A preflight is the browser's own matter; a fault is for the call that it asks for.
    if app.faults.is_empty() || request.method() == axum::http::Method::OPTIONS {
        return Verdict::default();
    }
    let path = request.uri().path();
    let integration = path.split_once("/sdk/proxy/").and_then(|(_, rest)| rest.split('/').next());
    let bearer = request.headers().get("authorization").and_then(|value| value.to_str().ok()?.split_once(' '));
    let claims = bearer.and_then(|(_, token)| app.tokens.check(token.trim(), app.clock.now_ms()).ok());
    app.faults.decide(&Call {
        kind,
        method: request.method().as_str(),
        path,
        integration,
        user: claims.as_ref().map(|claims| claims.sub.as_str()),
        purpose: None,
    })
}

fn refusal(status: u16, retry_after: Option<u32>, body: Option<serde_json::Value>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut response = match body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => {
            ApiError::new(status, "fault", "A test asked for this fault; the call was not carried out.").into_response()
        }
    };
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}
