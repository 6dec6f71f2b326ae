//! Mailer (`sendgrid`): no OAuth; people make API keys on a page. Lists, sending, and an outbox to look at.

mod api;
mod keys;
mod outbox;

use axum::{
    Router,
    routing::{get, post},
};
use rusqlite::Transaction;
use serde_json::{Map, json};

use super::names;
use crate::{
    documents::Collection,
    oauth::realm::{App, Refresh},
    state::AppState,
};

const LISTS: Collection<'static> = Collection { store: "sendgrid", kind: "list" };
const MAILS: Collection<'static> = Collection { store: "sendgrid", kind: "mail" };

pub static APP: App = App {
    key: "sendgrid",
    name: "Mailer",
    stands_for: "SendGrid",
    about: "Mailing lists and sending, with an API key. Nothing is really sent; look in the outbox.",
    drawing: include_str!("../../../assets/drawings/mailer.svg"),
    scopes: &[],
    refresh: Refresh::Always,
    audience: None,
    token_prefix: "SG.",
    token_extras: |_, _, _| Map::new(),
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sendgrid/keys", get(keys::page).post(keys::create))
        .route("/sendgrid/keys/delete", post(keys::delete))
        .route("/sendgrid/outbox", get(outbox::page))
        .route("/sendgrid/v3/marketing/lists", get(api::lists))
        .route("/sendgrid/v3/marketing/lists/{id}", get(api::list))
        .route("/sendgrid/v3/mail/send", post(api::send))
        .route("/sendgrid/v3/user/profile", get(api::profile))
        .route("/sendgrid/v3/scopes", get(api::scopes))
}

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    for n in 0..12 {
        let id = format!("6e1c0000-0000-4000-8000-{:012}", n + 1);
        let list =
            json!({ "id": id, "name": format!("Friends of the {}", names::title(n)), "contact_count": 40 + n * 17 });
        LISTS.put(tx, &id, &list)?;
    }
    Ok(())
}
