//! A provider calls: who it is, and which runs that starts.

use std::sync::Arc;

use aws_lc_rs::hmac;
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Listens;
use crate::app::App;
use crate::config::{Encoding, Signature, Webhook, template};
use crate::oauth::hash;
use crate::provider;
use crate::store::Error;
use crate::store::watch::{self, Entry};

/// A call whose time is further away than this is refused, in milliseconds.
const FRESH_MS: u64 = 5 * 60 * 1000;

/// Why a call starts nothing.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nobody was told to call there.
    #[error("There is no such webhook.")]
    Unknown,
    /// The signature does not fit.
    #[error("The signature does not fit to what was sent, or the call is old.")]
    Signature,
    /// The body is no JSON.
    #[error("The body is no JSON.")]
    Body,
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Takes a call of a provider: how many runs it has started.
pub async fn deliver(
    app: &Arc<App>,
    workflow: Uuid,
    settings: Uuid,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<usize, Refused> {
    let listens = Listens::find(app, workflow).ok_or(Refused::Unknown)?;
    let webhook = listens.trigger.webhook.as_ref().ok_or(Refused::Unknown)?;
    let entry = app.store.read(move |db| watch::entry(db, settings, workflow)).await?;
    let entry = entry.filter(|one| !one.memory.secret.is_empty()).ok_or(Refused::Unknown)?;
    if !is_signed(app, &webhook.signature, &entry, headers, body) {
        return Err(Refused::Signature);
    }
    let sent: Value = serde_json::from_slice(body).map_err(|_| Refused::Body)?;
    let events = events(webhook, headers, sent);
    let (write, given) = (app.clone(), entry.clone());
    let started = app.store.write(move |db| {
        let Some(listens) = Listens::find(&write, workflow) else { return Ok(None) };
        // What was answered to the registration may have come meanwhile.
        let Some(now) = watch::entry(db, settings, workflow)? else { return Ok(None) };
        if now.memory.secret != given.memory.secret {
            return Ok(None);
        }
        listens.start(&write, db, &now, events, false)
    });
    let started = started.await?.ok_or(Refused::Unknown)?;
    app.workflows.changed.notify_one();
    Ok(started)
}

/// The events of a call, with what tells each from others.
fn events(webhook: &Webhook, headers: &HeaderMap, sent: Value) -> Vec<(String, Value)> {
    let delivery = webhook.delivery.as_ref().and_then(|name| headers.get(name)?.to_str().ok()).map(str::to_owned);
    let delivery = delivery.unwrap_or_else(|| hash(&sent.to_string()));
    let events = match webhook.events.as_ref().map_or(sent.clone(), |one| provider::search(one, &sent)) {
        Value::Null => Vec::new(),
        Value::Array(events) => events,
        event => vec![event],
    };
    events.into_iter().enumerate().map(|(at, event)| (format!("{delivery}/{at}"), event)).collect()
}

fn is_signed(app: &App, signature: &Signature, entry: &Entry, headers: &HeaderMap, body: &[u8]) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let time = signature.timestamp.as_ref().map(|name| text(name).unwrap_or_default());
    if let Some(time) = time {
        let Ok(seconds) = time.parse::<i64>() else { return false };
        if seconds.saturating_mul(1000).abs_diff(app.clock.now_ms()) > FRESH_MS {
            return false;
        }
    }
    let given = text(&signature.header).and_then(|value| value.strip_prefix(signature.prefix.as_str()));
    let given = given.and_then(|value| match signature.encoding {
        Encoding::Hex => hex::decode(value).ok(),
        Encoding::Base64 => STANDARD.decode(value).ok(),
    });
    let values = json!({
        "webhook": {"secret": entry.memory.secret}, "secrets": app.config.project.secret_values(), "timestamp": time,
    });
    let (Some(given), Ok(key)) = (given, template::text(&signature.secret, &values)) else { return false };
    let (before, after) = around_body(&signature.payload);
    let (Ok(before), Ok(after)) = (template::text(before, &values), template::text(after, &values)) else {
        return false;
    };
    let signed = [before.as_bytes(), body, after.as_bytes()].concat();
    !key.is_empty() && hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), &signed, &given).is_ok()
}

/// What stands before and after `{{body}}`.
fn around_body(payload: &str) -> (&str, &str) {
    payload.split_once("{{body}}").unwrap_or((payload, ""))
}
