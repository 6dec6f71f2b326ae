//! Triggers of integrations: what happens at a provider starts runs.
//!
//! For each set of settings with which such a workflow is on there is an entry in the database. [`look`] compares the two and
//! says what has to be done: ask the provider, tell it where to call, tell it to call no more. The engine does that, each in
//! a task of its own. What starts runs and what is remembered of it is one transaction, so that an event starts one run.

mod deliver;
mod poll;
mod register;

use std::sync::Arc;

use rusqlite::{Connection, Transaction};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::queue::{self, Start};
use super::{is_on, is_permitted, settings};
use crate::app::App;
use crate::config::{Integration, Trigger, TriggerType, Workflow};
use crate::store::Error;
use crate::store::configuration::Configuration;
use crate::store::credential::{self, Credential, Status};
use crate::store::person::{self, Person};
use crate::store::watch::{self, Entry, Memory};

pub use deliver::{Refused, deliver};
pub use register::end;

/// Events that are remembered: one that comes again after so many others starts another run.
const REMEMBERED: usize = 5_000;

/// Something to do for one set of settings.
#[derive(Clone, Debug)]
pub struct Job {
    /// The workflow.
    pub workflow: Uuid,
    /// What is known, and of which settings.
    pub entry: Entry,
    /// What to do.
    pub task: Task,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Ask the provider.
    Poll,
    /// Tell the provider where to call.
    Register,
    /// Tell it to call no more, and forget it.
    Unregister,
}

impl Job {
    /// What no two tasks do at the same time.
    pub fn key(&self) -> (Uuid, Uuid) {
        (self.entry.settings, self.workflow)
    }
}

/// Compares what is on with what is known of the provider: what has to be done now, or is waited for.
pub async fn look(app: &Arc<App>, workflow: Uuid, now: i64) -> Result<Vec<Job>, Error> {
    let read = app.clone();
    let looked = app.store.write(move |db| {
        let Some(listens) = Listens::find(&read, workflow) else { return Ok(Vec::new()) };
        let mut known = watch::entries(db, workflow)?;
        let mut jobs = Vec::new();
        let mut job = |entry: Entry, task| jobs.push(Job { workflow, entry, task });
        for (settings, account) in watch::switched_on(db, read.id_of(listens.integration), workflow)? {
            let Some((rule, _)) = listens.rule(&read, db, account, settings)? else { continue };
            let at = known.iter().position(|one| one.settings == settings && one.rule == rule);
            let entry = match at {
                Some(at) => known.swap_remove(at),
                None if known.iter().any(|one| one.settings == settings && listens.is_registered(one)) => continue,
                None => {
                    let entry = Entry { settings, rule, next: Some(now), memory: Memory::default() };
                    known.retain(|one| one.settings != settings);
                    watch::keep(db, workflow, &entry)?;
                    entry
                }
            };
            job(entry, if listens.trigger.webhook.is_some() { Task::Register } else { Task::Poll });
        }
        // What is left is off, or was asked for in another way.
        for entry in known {
            if listens.is_registered(&entry) {
                job(Entry { next: Some(now), ..entry }, Task::Unregister);
            } else {
                watch::forget(db, entry.settings, workflow)?;
            }
        }
        Ok(jobs)
    });
    looked.await
}

/// Does it. Whatever goes wrong at the provider is tried again later.
pub async fn perform(app: Arc<App>, job: Job) {
    let outcome = match job.task {
        Task::Poll => poll::poll(&app, &job).await,
        Task::Register => register::register(&app, &job).await,
        Task::Unregister => register::unregister(&app, &job).await,
    };
    if let Err(error) = outcome {
        tracing::error!(%error, workflow = %job.workflow, "a trigger cannot be remembered");
        // A pause keeps a broken disk from being asked without end.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    app.workflows.changed.notify_one();
}

/// A workflow that starts by a trigger of its integration.
struct Listens<'a> {
    integration: &'a Integration,
    workflow: &'a Workflow,
    id: Uuid,
    trigger: &'a TriggerType,
    parameters: Value,
}

impl<'a> Listens<'a> {
    fn find(app: &'a App, id: Uuid) -> Option<Self> {
        let (integration, workflow) = super::find(app, id)?;
        let Some(Trigger::Integration { trigger, parameters }) = &workflow.trigger else { return None };
        Some(Self { integration, workflow, id, trigger: integration.trigger(trigger)?, parameters: json!(parameters) })
    }

    fn is_registered(&self, entry: &Entry) -> bool {
        self.trigger.webhook.is_some() && entry.memory.ready
    }

    /// Where the provider calls for these settings.
    fn address(&self, app: &App, settings: Uuid) -> String {
        let (base, project, integration) = (&app.addresses.base, app.project.id, app.id_of(self.integration));
        format!("{base}/triggers/connect/{project}/{integration}/events/{}?id={settings}", self.id)
    }

    /// The rule of these settings and the values of the trigger's parameters; `None` while one is missing, or if the user may
    /// not have the workflow.
    fn rule(
        &self,
        app: &App,
        db: &Connection,
        account: Uuid,
        settings: Uuid,
    ) -> rusqlite::Result<Option<(String, Value)>> {
        let Some((account, person, chosen)) = whose(db, account, settings)? else { return Ok(None) };
        let scope = settings::scope(app, self.integration, self.workflow, &person, &account, &chosen);
        let values = scope.json(&self.parameters);
        let empty = |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        let missing = self.trigger.parameters.iter().any(|one| one.is_required() && empty(&values[&one.id]));
        if missing || !is_permitted(self.workflow, &person.meta) {
            return Ok(None);
        }
        let mut rule = json!({"type": self.trigger.kind, "parameters": values});
        if let Some(webhook) = &self.trigger.webhook {
            // A platform at another address has to be told to the provider again.
            rule["register"] = json!([self.address(app, settings), webhook.register]);
        }
        Ok(Some((rule.to_string(), values)))
    }

    /// Starts a run for each event that is new, and remembers what is known now; nothing if that was asked for in a way that
    /// has changed meanwhile. How many runs were started.
    fn start(
        &self,
        app: &App,
        db: &Transaction<'_>,
        entry: &Entry,
        events: Vec<(String, Value)>,
        silent: bool,
    ) -> rusqlite::Result<Option<usize>> {
        let stored = watch::entry(db, entry.settings, self.id)?.filter(|stored| stored.rule == entry.rule);
        let account = credential::of_configuration(db, entry.settings)?.filter(|one| one.status == Status::Valid);
        let (Some(mut stored), Some(account)) = (stored, account) else { return Ok(None) };
        let on = |one: &Configuration| one.id == entry.settings && is_on(one, &self.id.to_string());
        let permitted =
            person::by_id(db, account.person_id)?.is_some_and(|person| is_permitted(self.workflow, &person.meta));
        if !permitted || !account.configurations.iter().any(on) {
            return Ok(None);
        }
        let (mut ids, mut started) = (Vec::new(), 0);
        for (id, event) in events {
            if ids.contains(&id) {
                continue;
            }
            if !silent && !stored.memory.seen.contains(&id) {
                let whose = (account.person_id, account.id, entry.settings);
                queue::enqueue(db, Start::new(app, self.integration, self.workflow, whose, json!({"event": event})))?;
                started += 1;
            }
            ids.push(id);
        }
        stored.memory.seen.retain(|one| !ids.contains(one));
        ids.append(&mut stored.memory.seen);
        ids.truncate(REMEMBERED);
        stored.memory = Memory { seen: ids, ..entry.memory.clone() };
        watch::keep(db, self.id, &Entry { memory: stored.memory, ..entry.clone() })?;
        Ok(Some(started))
    }
}

/// The account, its user and the settings.
fn whose(
    db: &Connection,
    account: Uuid,
    settings: Uuid,
) -> rusqlite::Result<Option<(Credential, Person, Configuration)>> {
    let Some(account) = credential::by_id(db, account)? else { return Ok(None) };
    let person = person::by_id(db, account.person_id)?;
    let chosen = account.configurations.iter().find(|one| one.id == settings).cloned();
    Ok(person.zip(chosen).map(|(person, chosen)| (account, person, chosen)))
}

/// Everything that a job needs of the database: the workflow's account, and the values of the parameters.
async fn read(app: &Arc<App>, job: &Job) -> Result<Option<(Credential, Value)>, Error> {
    let (read, workflow, settings) = (app.clone(), job.workflow, job.entry.settings);
    let found = app.store.read(move |db| {
        let Some(listens) = Listens::find(&read, workflow) else { return Ok(None) };
        let Some(account) = credential::of_configuration(db, settings)? else { return Ok(None) };
        let rule = listens.rule(&read, db, account.id, settings)?;
        Ok(Some((account, rule.map_or(Value::Null, |(_, values)| values))))
    });
    found.await
}

/// What the requests of a trigger can name beside the account's values.
fn extra(parameters: Value, more: &[(&str, Value)]) -> Map<String, Value> {
    let mut extra: Map<String, Value> = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    extra.insert("parameters".into(), parameters);
    extra
}
