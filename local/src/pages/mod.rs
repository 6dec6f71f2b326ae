//! The few pages that the platform shows itself. Text goes in as text; scripts are fixed and named by their hash.

mod reference;
mod script;

pub use reference::reference;

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use crate::app::App;

/// A page of the popup: text for a person, and a message for the page that opened it.
#[derive(Default)]
pub struct Tell<'a> {
    /// Heading.
    pub title: &'a str,
    /// One or two sentences.
    pub text: &'a str,
    /// The message, and the only origin that may read it.
    pub message: Option<(&'a Value, &'a str)>,
    /// The window has done its work.
    pub close: bool,
    /// Where a window that has nobody to tell asks where to go on.
    pub next: Option<String>,
}

/// Shows a page of the popup.
pub fn tell(page: &Tell<'_>) -> Response {
    let body = html! {
        main data-message=[page.message.map(|(message, _)| message.to_string())]
             data-origin=[page.message.map(|(_, origin)| origin)]
             data-close=[page.close.then_some("yes")]
             data-next=[page.next.as_deref()] {
            h1 { (page.title) }
            p { (page.text) }
        }
        script { (PreEscaped(script::TELL)) }
    };
    document(StatusCode::OK, page.title, body, true)
}

/// Something cannot go on.
pub fn failure(title: &str, text: &str) -> Response {
    let body = html! { main { h1 { (title) } p { (text) } } };
    document(StatusCode::BAD_REQUEST, title, body, false)
}

/// Asks whether a connection that did not come from the app's page is wanted.
pub fn confirm(integration: &str, app_origin: &str, values: &Value) -> Response {
    let body = html! {
        main {
            h1 { "Connect " (integration) "?" }
            p { "The app at " b { (app_origin) } " asks to connect an account of " (integration) ". Go on only if you have started this in the app yourself, just now." }
            form method="post" {
                @for (name, value) in values.as_object().into_iter().flatten() {
                    @if let Some(text) = value.as_str() { input type="hidden" name=(name) value=(text); }
                }
                button { "Connect " (integration) }
            }
        }
    };
    document(StatusCode::OK, "Connect", body, false)
}

/// What is here, for a person who opens the platform's address.
pub fn home(app: &App) -> Response {
    let addresses = &app.addresses;
    let body = html! {
        main {
            h1 { "paragon-local" }
            p { "A local platform for embedded integrations. It runs on this machine only; its accounts, keys and tokens are worth nothing anywhere else." }
            ul {
                li { a href=(addresses.demo) { "The demo app" } ": connect something, send requests, look at the events" }
                li { a href="/console" { "The console" } ": calls as they happen, users, runs of workflows, faults, time" }
                li { a href=(addresses.sandbox) { "The sandbox providers" } ": small apps to connect to" }
                li { a href="/reference" { "The calls" } ", also as " a href="/openapi.json" { "OpenAPI" } }
                li { a href="/.well-known/paragon-local" { "/.well-known/paragon-local" } ": addresses for the SDK" }
            }
            h2 { "Project " code { (app.project.id) } }
            p { "Integrations, from the project file:" }
            ul class="integrations" {
                @for one in &app.config.integrations {
                    li {
                        img src={ "/integrations/" (one.key()) ".svg" } alt="" width="24" height="24";
                        span { (one.name) " " code { (one.key()) } @if !one.active { " (not active)" } }
                    }
                }
            }
        }
    };
    document(StatusCode::OK, "paragon-local", body, false)
}

fn document(status: StatusCode, title: &str, body: Markup, scripted: bool) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/images/icons/byo-placeholder.svg";
                title { (title) }
                style { (PreEscaped(script::STYLE)) }
            }
            body { (body) }
        }
    };
    let scripts = if scripted { source_hash(script::TELL) } else { "'none'".into() };
    let connect = if scripted { "'self'" } else { "'none'" };
    let policy = format!(
        "default-src 'none'; script-src {scripts}; connect-src {connect}; style-src {}; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        source_hash(script::STYLE)
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store".to_owned()),
        // The form of the confirmation must still name its origin.
        (REFERRER_POLICY, "same-origin".to_owned()),
    ];
    (status, headers, page.into_string()).into_response()
}

fn source_hash(source: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, source.as_bytes());
    format!("'sha256-{}'", STANDARD.encode(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn text(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn what_a_provider_says_is_shown_as_text() {
        let evil = "<script>alert(1)</script>\"'><img src=x>";
        let message = serde_json::json!({"error": evil});
        let page = text(tell(&Tell {
            title: "x",
            text: evil,
            message: Some((&message, "http://localhost:1")),
            close: true,
            next: None,
        }))
        .await;
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
    }

    #[test]
    fn scripts_never_speak_to_everybody() {
        assert!(!script::TELL.contains("'*'") && !script::TELL.contains("\"*\""));
    }
}
