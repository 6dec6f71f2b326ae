//! The page for what cannot be done: what happened, and what to do.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::{document, masthead};
use crate::oauth::realm::App;

pub fn page(status: StatusCode, app: Option<&App>, title: &str, advice: &str) -> Response {
    let content = html! {
        main class="sheet" {
            @if let Some(app) = app { (masthead(app, None)) }
            section class="notice" {
                h1 { (title) }
                p { (advice) }
                p class="quiet" { "You can close this window." }
            }
        }
    };
    document(status, app, title, content)
}
