//! The page where people make and end API keys. A key is shown once; only its hash is stored.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use rusqlite::{OptionalExtension, params};

use super::{super::input, APP};
use crate::{
    db::rfc3339,
    fault::Fault,
    pages::{self, masthead, session::Session},
    secret,
    state::AppState,
};

/// Works always, so that a first try needs no page. Its text says that it is worth nothing elsewhere.
pub const LOCAL_KEY: &str = "SG.local-only.paragon-sandbox-mailer-key";

const NAME_LIMIT: usize = 100;

struct Key {
    id: i64,
    name: String,
    hint: String,
    created: i64,
}

pub fn is_known(state: &AppState, key: &str) -> rusqlite::Result<bool> {
    if secret::equal(key, LOCAL_KEY) {
        return Ok(true);
    }
    let found: Option<i64> = state.db().with(|tx| {
        tx.query_row("SELECT id FROM api_keys WHERE hash = ?1", [secret::hash(key)], |row| row.get(0)).optional()
    })?;
    Ok(found.is_some())
}

pub async fn page(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    show(&state, &headers, None)
}

pub async fn create(State(state): State<AppState>, headers: HeaderMap, body: String) -> Result<Response, Fault> {
    let form = match checked(&state, &headers, &body)? {
        Ok(form) => form,
        Err(refusal) => return Ok(*refusal),
    };
    let name: String = input::text(&form, "name").unwrap_or("Key without a name").chars().take(NAME_LIMIT).collect();
    let key = format!("SG.{}.{}", &secret::random()[..22], secret::random());
    let hint = key.chars().skip(key.len() - 4).collect::<String>();
    state.db().with(|tx| {
        tx.execute(
            "INSERT INTO api_keys (hash, name, hint, created) VALUES (?1, ?2, ?3, ?4)",
            params![secret::hash(&key), name, hint, state.now()],
        )
    })?;
    show(&state, &headers, Some(&key))
}

pub async fn delete(State(state): State<AppState>, headers: HeaderMap, body: String) -> Result<Response, Fault> {
    let form = match checked(&state, &headers, &body)? {
        Ok(form) => form,
        Err(refusal) => return Ok(*refusal),
    };
    if let Some(id) = input::text(&form, "id").and_then(|id| id.parse::<i64>().ok()) {
        state.db().with(|tx| tx.execute("DELETE FROM api_keys WHERE id = ?1", [id]))?;
    }
    Ok(Redirect::to("/sendgrid/keys").into_response())
}

type Form = serde_json::Map<String, serde_json::Value>;

/// The form's fields, if it was made for this browser.
fn checked(state: &AppState, headers: &HeaderMap, body: &str) -> Result<Result<Form, Box<Response>>, Fault> {
    let form = input::query(Some(body));
    let own = Session::read(state, headers)?.is_some_and(|session| {
        input::text(&form, "csrf").is_some_and(|given| secret::equal(given, &session.form_token("keys")))
    });
    Ok(if own {
        Ok(form)
    } else {
        let advice =
            "The form does not belong to this browser, or cookies are blocked. Open the page of API keys again.";
        Err(Box::new(pages::error::page(StatusCode::FORBIDDEN, Some(&APP), "This page is out of date", advice)))
    })
}

fn show(state: &AppState, headers: &HeaderMap, fresh: Option<&str>) -> Result<Response, Fault> {
    let session = Session::read_or_begin(state, headers)?;
    let csrf = session.form_token("keys");
    let keys: Vec<Key> = state.db().with(|tx| {
        tx.prepare("SELECT id, name, hint, created FROM api_keys ORDER BY id DESC")?
            .query_map([], |row| {
                Ok(Key { id: row.get(0)?, name: row.get(1)?, hint: row.get(2)?, created: row.get(3)? })
            })?
            .collect()
    })?;
    let content = html! {
        main class="wide" {
            (masthead(&APP, None))
            nav class="tabs" { a href="/sendgrid/keys" aria-current="page" { "API keys" } a href="/sendgrid/outbox" { "Outbox" } }
            @if let Some(key) = fresh {
                section class="panel fresh" {
                    h2 { "Your new key" }
                    p { "Copy it now: it is not shown again." }
                    div class="row" {
                        label { "API key" input id="new-key" class="key" type="text" readonly value=(key); }
                        button type="button" class="primary" data-copy="new-key" { "Copy" }
                    }
                }
            }
            section class="panel" {
                h2 { "Create a key" }
                form class="row" method="post" action="/sendgrid/keys" {
                    input type="hidden" name="csrf" value=(csrf);
                    label { "Name" input type="text" name="name" required maxlength=(NAME_LIMIT) placeholder="What is it for?"; }
                    button type="submit" class="primary" name="create" { "Create key" }
                }
            }
            section class="panel" {
                h2 { "Keys" }
                ul class="list" {
                    @for key in &keys {
                        li {
                            div { strong { (key.name) } span class="quiet" { "ends in " (key.hint) ", made " (pages::readable_time(&rfc3339(key.created))) } }
                            form method="post" action="/sendgrid/keys/delete" {
                                input type="hidden" name="csrf" value=(csrf);
                                input type="hidden" name="id" value=(key.id);
                                button type="submit" class="secondary" { "Delete" }
                            }
                        }
                    }
                    li {
                        div { strong { "Local key" } span class="quiet" { "Works in this sandbox only, always: " } code { (LOCAL_KEY) } }
                    }
                }
            }
        }
        script src="/_assets/copy.js" {}
    };
    Ok(session.attach(pages::document(StatusCode::OK, Some(&APP), "API keys", content)))
}
