//! Telling a provider where to call, and that it should call no more.

use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Job, Listens, Task, extra, read};
use crate::app::App;
use crate::oauth::random_text;
use crate::provider;
use crate::store::Error;
use crate::store::credential::Credential;
use crate::store::watch::{self, Entry, Memory};

/// A provider that could not be told is told again after this, in milliseconds.
const AGAIN_MS: i64 = 60_000;

/// Tells the provider where to call.
pub async fn register(app: &Arc<App>, job: &Job) -> Result<(), Error> {
    let Some(listens) = Listens::find(app, job.workflow) else { return Ok(()) };
    let Some(webhook) = &listens.trigger.webhook else { return Ok(()) };
    let mut entry = job.entry.clone();
    entry.next = Some(app.clock.now_ms() + AGAIN_MS);
    if entry.memory.secret.is_empty() {
        entry.memory.secret = random_text().unwrap_or_default();
    }
    // The provider may call before it has answered.
    if !keep(app, job.workflow, entry.clone()).await? {
        return Ok(());
    }
    let Some((mut account, parameters)) = read(app, job).await? else { return Ok(()) };
    let extra = extra(parameters, &[("webhook", values(app, &listens, &entry))]);
    let told = provider::ask(app, listens.integration, &mut account, &webhook.register, &extra, "a webhook").await;
    match told {
        Ok(answer) => {
            let id = webhook.id.as_ref().map(|expression| provider::search(expression, &answer.body));
            (entry.next, entry.memory.ready, entry.memory.registration) = (None, true, id.unwrap_or_default());
            if !keep(app, job.workflow, entry.clone()).await? {
                // Nobody wants it any more.
                tell_end(app, &Job { entry, ..job.clone() }, account).await;
            }
            Ok(())
        }
        Err(error) => {
            tracing::warn!(
                integration = listens.integration.key(),
                trigger = listens.trigger.kind,
                reason = error.message_text(),
                "a webhook could not be registered; it is tried again in a minute"
            );
            Ok(())
        }
    }
}

/// Stores an entry, with the events that it has seen meanwhile; false if it is not wanted any more.
async fn keep(app: &App, workflow: Uuid, entry: Entry) -> Result<bool, Error> {
    let write = app.store.write(move |db| {
        let stored = watch::entry(db, entry.settings, workflow)?.filter(|stored| stored.rule == entry.rule);
        let Some(stored) = stored else { return Ok(false) };
        let memory = Memory { seen: stored.memory.seen, ..entry.memory };
        watch::keep(db, workflow, &Entry { memory, ..entry })?;
        Ok(true)
    });
    write.await
}

/// Tells the provider to call no more, as far as it still listens, and forgets the entry.
pub async fn unregister(app: &Arc<App>, job: &Job) -> Result<(), Error> {
    if let Some((account, _)) = read(app, job).await? {
        tell_end(app, job, account).await;
    }
    let (settings, workflow) = job.key();
    app.store.write(move |db| watch::forget(db, settings, workflow)).await
}

async fn tell_end(app: &Arc<App>, job: &Job, mut account: Credential) {
    let Some(listens) = Listens::find(app, job.workflow) else { return };
    let Some(request) = listens.trigger.webhook.as_ref().and_then(|one| one.unregister.as_ref()) else { return };
    // With the values that it was registered with, which the settings may no longer have.
    let rule: Value = serde_json::from_str(&job.entry.rule).unwrap_or_default();
    let extra = extra(rule["parameters"].clone(), &[("webhook", values(app, &listens, &job.entry))]);
    if let Err(error) =
        provider::ask(app, listens.integration, &mut account, request, &extra, "the end of a webhook").await
    {
        // What it sends from now on is refused.
        tracing::warn!(
            integration = listens.integration.key(),
            reason = error.message_text(),
            "a webhook could not be taken back"
        );
    }
}

/// `{{webhook.…}}`.
fn values(app: &App, listens: &Listens<'_>, entry: &Entry) -> Value {
    json!({
        "url": listens.address(app, entry.settings), "secret": entry.memory.secret, "id": entry.memory.registration,
    })
}

/// Ends everything that providers were told for these settings, which are about to be removed.
pub async fn end(app: &Arc<App>, account: &Credential, settings: &[Uuid]) -> Result<(), Error> {
    let workflows: Vec<Uuid> =
        super::super::all(app).map(|(integration, one)| integration.workflow_id(app.project.id, &one.key)).collect();
    for workflow in workflows {
        let Some(listens) = Listens::find(app, workflow) else { continue };
        if app.id_of(listens.integration) != account.integration_id || listens.trigger.webhook.is_none() {
            continue;
        }
        let entries = app.store.read(move |db| watch::entries(db, workflow)).await?;
        for entry in entries.into_iter().filter(|one| one.memory.ready && settings.contains(&one.settings)) {
            tell_end(app, &Job { workflow, entry, task: Task::Unregister }, account.clone()).await;
        }
    }
    Ok(())
}
