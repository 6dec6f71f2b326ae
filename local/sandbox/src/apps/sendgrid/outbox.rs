//! The mails that were "sent", newest first. Whatever they contain is shown as text.

use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;
use serde_json::Value;

use super::{APP, MAILS};
use crate::{
    fault::Fault,
    pages::{self, masthead},
    state::AppState,
};

const SHOWN: usize = 100;

pub async fn page(State(state): State<AppState>) -> Result<Response, Fault> {
    let mails = state.db().with(|tx| MAILS.all(tx))?;
    let content = html! {
        main class="wide" {
            (masthead(&APP, None))
            nav class="tabs" { a href="/sendgrid/keys" { "API keys" } a href="/sendgrid/outbox" aria-current="page" { "Outbox" } }
            section class="panel" {
                h2 { "Outbox" }
                @if mails.is_empty() { p class="quiet" { "Nothing was sent yet." } }
                div {
                    @for stored in mails.iter().rev().take(SHOWN) {
                        details {
                            summary {
                                span { strong { (subject(&stored["mail"])) } " to " (receivers(&stored["mail"])) }
                                span class="quiet" { (pages::readable_time(text(&stored["sent"]))) }
                            }
                            p class="quiet" { "From " (text(&stored["mail"]["from"]["email"])) }
                            @for part in stored["mail"]["content"].as_array().into_iter().flatten() {
                                pre { (text(&part["value"])) }
                            }
                        }
                    }
                }
                @if mails.len() > SHOWN { p class="quiet" { "Older mails are not shown." } }
            }
        }
    };
    Ok(pages::document(StatusCode::OK, Some(&APP), "Outbox", content))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn subject(mail: &Value) -> &str {
    mail["subject"].as_str().or(mail["personalizations"][0]["subject"].as_str()).unwrap_or_default()
}

fn receivers(mail: &Value) -> String {
    let all = mail["personalizations"].as_array().into_iter().flatten();
    let each = all.flat_map(|one| one["to"].as_array().into_iter().flatten());
    each.map(|receiver| text(&receiver["email"])).collect::<Vec<_>>().join(", ")
}
