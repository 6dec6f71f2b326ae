//! Asking a provider what is new.

use std::sync::Arc;

use serde_json::Value;

use super::{Job, Listens, extra, read};
use crate::app::App;
use crate::clock::iso;
use crate::config::Poll;
use crate::http::ApiError;
use crate::oauth::hash;
use crate::provider;
use crate::store::Error;
use crate::store::credential::Credential;
use crate::store::watch::Entry;

/// Pages that are read at one time.
const PAGES: usize = 50;

/// Asks once, and starts a run for everything that is new. What is there at the first time starts nothing.
pub async fn poll(app: &Arc<App>, job: &Job) -> Result<(), Error> {
    let Some(listens) = Listens::find(app, job.workflow) else { return Ok(()) };
    let Some(poll) = &listens.trigger.poll else { return Ok(()) };
    let next = app.clock.now_ms() + i64::from(poll.interval_seconds) * 1000;
    let mut entry = Entry { next: Some(next), ..job.entry.clone() };
    if entry.memory.since.is_null() {
        entry.memory.since = iso(app.clock.now_ms()).into();
    }
    let Some((account, parameters)) = read(app, job).await? else { return Ok(()) };
    let (items, silent) = match items(app, &listens, poll, account, parameters, &entry).await {
        Ok(items) => {
            if let Some(expression) = &poll.since {
                let since = provider::search(expression, &Value::Array(items.clone()));
                entry.memory.since = if since.is_null() { entry.memory.since } else { since };
            }
            let first = !std::mem::replace(&mut entry.memory.ready, true);
            (items, first)
        }
        Err(error) => {
            tracing::warn!(
                integration = listens.integration.key(),
                trigger = listens.trigger.kind,
                reason = error.message_text(),
                "a poll failed; the next one comes at its time"
            );
            (Vec::new(), true)
        }
    };
    let events = items.into_iter().map(|item| (id(poll, &item), item)).collect();
    let (write, workflow) = (app.clone(), job.workflow);
    let stored = app.store.write(move |db| match Listens::find(&write, workflow) {
        Some(listens) => listens.start(&write, db, &entry, events, silent),
        None => Ok(None),
    });
    stored.await.map(drop)
}

async fn items(
    app: &Arc<App>,
    listens: &Listens<'_>,
    poll: &Poll,
    mut account: Credential,
    parameters: Value,
    entry: &Entry,
) -> Result<Vec<Value>, ApiError> {
    let mut extra = extra(parameters, &[("since", entry.memory.since.clone())]);
    let mut items = Vec::new();
    for _ in 0..PAGES {
        let page =
            provider::page(app, listens.integration, &mut account, &poll.list, extra.clone(), "what is new").await?;
        items.extend(page.records);
        let ended = page.next.is_null() || extra.get("cursor") == Some(&page.next);
        if ended {
            return Ok(items);
        }
        extra.insert("cursor".into(), page.next);
    }
    tracing::warn!(integration = listens.integration.key(), pages = PAGES, "a poll has more pages than are read");
    Ok(items)
}

/// What tells an item from others: its id, or else everything in it.
fn id(poll: &Poll, item: &Value) -> String {
    match provider::search(&poll.id, item) {
        Value::String(id) => id,
        Value::Null => hash(&item.to_string()),
        other => other.to_string(),
    }
}
