//! Workflows: what starts a run, how it goes through its steps, and what is kept of it.
//!
//! A run is a row of the queue in the database. [`engine`] takes those that are due, and [`run`] walks through the steps
//! from the first one: what a step gave before is read, not done again, so a run goes on where it stood after a crash or a
//! wait. All times are the platform's clock's.

mod conditional;
pub mod engine;
pub mod listen;
mod queue;
mod redact;
pub(crate) mod request;
mod resources;
mod run;
mod schedule;
mod settings;
pub(crate) mod values;

use axum::http::{HeaderMap, StatusCode};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};
use tokio::sync::{Mutex, MutexGuard, Notify};
use uuid::Uuid;

use crate::app::App;
use crate::config::{Integration, Trigger, Workflow};
use crate::store::person::Person;
use crate::store::{configuration, credential};

pub use queue::{Start, enqueue, replay};
pub use schedule::check as check_schedule;
pub use settings::is_on;

/// What wakes those who wait for workflows.
#[derive(Debug, Default)]
pub struct Signals {
    /// The engine should look: a run was added, or settings changed.
    pub changed: Notify,
    /// A run ended or has answered.
    pub progressed: Notify,
    /// The engine should end what is under way, and let [`Self::running`] go.
    still: Notify,
    /// Held while anything runs.
    running: Mutex<()>,
}

impl Signals {
    /// Ends what is under way. Nothing runs until the guard is dropped; then the engine begins anew with what is stored.
    pub async fn stand_still(&self) -> MutexGuard<'_, ()> {
        // In line first, then the word: the engine takes the lock again as soon as it has let it go.
        let (guard, ()) = tokio::join!(biased; self.running.lock(), async { self.still.notify_one() });
        guard
    }
}

/// A workflow by its id, with its integration.
pub fn find(app: &App, id: Uuid) -> Option<(&Integration, &Workflow)> {
    app.config.integrations.iter().filter(|one| one.active).find_map(|integration| {
        let found = integration.workflows.iter().find(|one| integration.workflow_id(app.project.id, &one.key) == id);
        found.map(|workflow| (integration, workflow))
    })
}

/// All workflows of active integrations.
pub fn all(app: &App) -> impl Iterator<Item = (&Integration, &Workflow)> {
    let active = app.config.integrations.iter().filter(|one| one.active);
    active.flat_map(|integration| integration.workflows.iter().map(move |workflow| (integration, workflow)))
}

/// True if a user with this metadata may have a workflow.
pub fn is_permitted(workflow: &Workflow, meta: &Map<String, Value>) -> bool {
    workflow.permissions.as_ref().is_none_or(|conditions| {
        let mut scope = values::Scope::default();
        scope.set("userMetadata", Value::Object(meta.clone()));
        conditional::holds(conditions, &scope)
    })
}

/// Switches off what a user may no longer have.
pub fn switch_off_refused(app: &App, db: &Transaction<'_>, person: &Person, now: i64) -> rusqlite::Result<()> {
    let refused: Vec<String> = all(app)
        .filter(|(_, workflow)| !is_permitted(workflow, &person.meta))
        .map(|(integration, workflow)| integration.workflow_id(app.project.id, &workflow.key).to_string())
        .collect();
    for account in credential::of_person(db, person.id)? {
        for mut one in account.configurations {
            let on: Vec<&String> = refused.iter().filter(|id| is_on(&one, id)).collect();
            if on.is_empty() {
                continue;
            }
            for id in on {
                one.workflow_settings[id]["enabled"] = false.into();
            }
            one.updated = now;
            configuration::save(db, &one)?;
        }
    }
    Ok(())
}

/// The id under which a provider calls a workflow, if it is one that providers call.
pub fn webhook_id(app: &App, integration: &Integration, workflow: &Workflow) -> Option<Uuid> {
    let id = integration.workflow_id(app.project.id, &workflow.key);
    matches!(workflow.trigger, Some(Trigger::Webhook {})).then(|| Uuid::new_v5(&id, b"custom-webhook"))
}

/// Where a provider calls the workflow of an account.
pub fn webhook_url(app: &App, integration: &Integration, workflow: &Workflow, credential: Uuid) -> Option<String> {
    let id = webhook_id(app, integration, workflow)?;
    let (base, project) = (&app.addresses.base, app.project.id);
    let integration = app.id_of(integration);
    Some(format!("{base}/triggers/connect/{project}/{integration}/custom-triggers/{id}?id={credential}"))
}

/// What a Request trigger or a webhook gives to the steps: `{request: {body, query, headers}}`.
pub fn request_output(headers: &HeaderMap, query: Option<&str>, body: &[u8]) -> Value {
    let private = ["authorization", "cookie", "proxy-authorization"];
    let shown: Map<String, Value> = headers
        .iter()
        .filter(|(name, _)| !private.contains(&name.as_str()))
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.into())))
        .collect();
    let query: Map<String, Value> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
        .collect();
    json!({"request": {"body": read_body(headers, body), "query": query, "headers": shown}})
}

fn read_body(headers: &HeaderMap, body: &[u8]) -> Value {
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(body);
        return pairs
            .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
            .collect::<Map<_, _>>()
            .into();
    }
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned().into())
}

/// The cloud's status for a run that has not answered in time.
pub fn not_answered() -> StatusCode {
    StatusCode::from_u16(542).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
