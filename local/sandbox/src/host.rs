//! Only requests that name this server as their host are served, so that a foreign name that resolves to loopback
//! (DNS rebinding) reaches nothing.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::state::AppState;

pub async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let host = match request.headers().get(header::HOST) {
        Some(value) => value.to_str().unwrap_or_default().to_owned(),
        None => request.uri().authority().map(ToString::to_string).unwrap_or_default(),
    };
    if is_ours(&state, &host) {
        return next.run(request).await;
    }
    let text = format!(
        "The sandbox serves {} and loopback names with its port; the request was for another host. Use that address.\n",
        state.base()
    );
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

fn is_ours(state: &AppState, host: &str) -> bool {
    let port = format!(":{}", state.port());
    host.eq_ignore_ascii_case(state.authority())
        || host
            .strip_suffix(&port)
            .is_some_and(|name| ["127.0.0.1", "[::1]"].contains(&name) || name.eq_ignore_ascii_case("localhost"))
}
