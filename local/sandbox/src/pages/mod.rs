//! What people see: server-rendered pages with one style sheet. Stored data is always escaped, and no page runs inline script.

pub mod consent;
pub mod error;
mod index;
pub mod marketplace;
pub mod session;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{oauth::realm::App, state::AppState};

const STYLE: &str = include_str!("../../assets/style.css");
const COPY_SCRIPT: &str = include_str!("../../assets/copy.js");

// No form-action: browsers apply it to the redirects that follow a form too, and where a client sends people after its
// callback is not ours to know. frame-ancestors keeps the pages out of frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(index::page))
        .route("/_assets/style.css", get(async || asset("text/css; charset=utf-8", STYLE)))
        .route("/_assets/copy.js", get(async || asset("text/javascript; charset=utf-8", COPY_SCRIPT)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
}

fn asset(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}

/// A whole page. `app` gives it its accent colour.
pub fn document(status: StatusCode, app: Option<&App>, title: &str, content: Markup) -> Response {
    let style = app.map_or("plain", |app| app.key);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/_assets/style.css";
            }
            body class={ "app-" (style) } { (content) }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, page.into_string()).into_response()
}

/// An app's drawing on a tile of its colour.
pub fn tile(app: &App) -> Markup {
    html! { span class={ "tile app-" (app.key) } aria-hidden="true" { (PreEscaped(app.drawing)) } }
}

/// The line at the top of an app's pages.
pub fn masthead(app: &App, detail: Option<&str>) -> Markup {
    html! {
        header class="masthead" {
            (tile(app))
            div {
                strong { (app.name) }
                @if let Some(detail) = detail { span class="detail" { (detail) } }
            }
            span class="badge" { "Sandbox" }
        }
    }
}

/// An RFC 3339 time in UTC, as people read it.
pub fn readable_time(rfc3339: &str) -> String {
    rfc3339.replacen('T', " ", 1).replacen('Z', " UTC", 1)
}

pub async fn not_found() -> Response {
    error::page(
        StatusCode::NOT_FOUND,
        None,
        "Nothing is at this address",
        "The list of apps and addresses is on the sandbox's first page.",
    )
}
