//! One run: from its first step to its end, to a wait, or to a failure.

mod branch;
mod record;
mod send;

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::Mutex as AsyncMutex;
use uuid::Uuid;

use super::redact::Redactor;
use super::values::Scope;
use super::{resources, settings};
use crate::app::App;
use crate::config::{Integration, Step};
use crate::oauth::renew;
use crate::store::credential::{self, Credential, Status as CredentialStatus};
use crate::store::execution::{self, Execution, Status};
use crate::store::step_execution::{self, StepExecution};
use crate::store::{Error, event, person};

use record::At;

/// How a step, or a row of steps, came out.
enum Flow {
    /// The next one follows. Holds the last step that was taken.
    Next(Option<Uuid>),
    /// It waits until then.
    Wait(i64),
    /// The run has failed.
    Fail,
    /// The database failed: everything stays as it is in the queue.
    Broken(Error),
}

/// Lets a run go on as far as it can.
pub async fn advance(app: Arc<App>, id: Uuid) {
    if let Err(error) = try_advance(&app, id).await {
        // It stays in the queue; a pause keeps a broken disk from being asked without end.
        tracing::error!(%error, run = %id, "a workflow run cannot go on");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    app.workflows.progressed.notify_waiters();
}

async fn try_advance(app: &Arc<App>, id: Uuid) -> Result<(), Error> {
    let read = app.store.write(move |db| {
        let Some(execution) = execution::find(db, id)? else {
            return Ok(None);
        };
        execution::resume(db, id)?;
        let steps = execution::version(db, execution.version_id)?;
        let done = step_execution::of_execution(db, id)?;
        let person = person::by_id(db, execution.person_id)?;
        let account = credential::of_configuration(db, execution.configuration_id)?;
        let all = credential::of_person(db, execution.person_id)?;
        Ok(Some((execution, steps, done, person, account, all)))
    });
    let Some((execution, steps, done, person, account, all)) = read.await? else {
        return Ok(());
    };
    let steps: Option<Vec<Step>> = serde_json::from_str(&steps).ok();
    let found = super::find(app, execution.workflow_id);
    let account = account.filter(|one| one.status == CredentialStatus::Valid);
    let (Some(steps), Some((integration, workflow)), Some(person), Some(mut account)) = (steps, found, person, account)
    else {
        // The account was disconnected, or the workflow is no longer in the project file.
        return end(app, id, Status::Failed).await;
    };
    let Some(chosen) = account.configurations.iter().find(|one| one.id == execution.configuration_id).cloned() else {
        return end(app, id, Status::Failed).await;
    };
    let names_token = serde_json::to_string(&steps).is_ok_and(|text| text.contains("settings.oauthAccessToken"));
    if names_token && let Ok(fresh) = renew::fresh(app, integration, account.clone()).await {
        account = fresh;
    }
    let mut scope = settings::scope(app, integration, workflow, &person, &account, &chosen);
    let redactor = Redactor::new(app, integration, &account.secrets);
    scope.set("resources", resources::values(app, &all, &redactor));
    let trigger = done.iter().find(|step| step.place == "1").cloned();
    if let Some(trigger) = &trigger {
        scope.set("1", trigger.exact.clone().unwrap_or_default());
    }
    let run = Run {
        app,
        redactor,
        integration,
        execution: &execution,
        account: AsyncMutex::new(account),
        done: Mutex::new(done.into_iter().map(|step| (step.place.clone(), step)).collect()),
        item_failed: AtomicBool::new(false),
    };
    match run.row(&steps, String::new(), 2, trigger.map(|step| step.id), &mut scope).await {
        Flow::Next(_) => {
            let failed = run.item_failed.load(Ordering::Relaxed);
            end(app, id, if failed { Status::Failed } else { Status::Succeeded }).await
        }
        Flow::Fail => end(app, id, Status::Failed).await,
        Flow::Wait(due) => app.store.write(move |db| execution::delay(db, id, due)).await,
        Flow::Broken(error) => Err(error),
    }
}

async fn end(app: &App, id: Uuid, status: Status) -> Result<(), Error> {
    let (now, keep) = (app.clock.now_ms(), app.config.project.keep_runs);
    let write = app.store.write(move |db| {
        execution::end(db, id, status, now)?;
        execution::forget_old(db, keep)?;
        event::forget_old(db, keep)
    });
    write.await
}

struct Run<'a> {
    app: &'a Arc<App>,
    integration: &'a Integration,
    execution: &'a Execution,
    account: AsyncMutex<Credential>,
    redactor: Redactor,
    /// Steps by their place.
    done: Mutex<HashMap<String, StepExecution>>,
    /// An item of a Fan Out has failed: the others and the steps after it are taken, and the run counts as failed.
    item_failed: AtomicBool,
}

type Walk<'w> = Pin<Box<dyn Future<Output = Flow> + Send + 'w>>;

impl Run<'_> {
    /// Takes steps one after the other; `first` is the number of the first one.
    fn row<'w>(
        &'w self,
        steps: &'w [Step],
        before: String,
        first: usize,
        mut prev: Option<Uuid>,
        scope: &'w mut Scope<'_>,
    ) -> Walk<'w> {
        Box::pin(async move {
            let mut number = first;
            for step in steps {
                let at = At { step, number, place: format!("{before}{number}"), prev };
                let flow = match step {
                    Step::Request(request) => self.request(&at, request, scope).await,
                    Step::Conditional { r#if, then, r#else, .. } => {
                        self.conditional(&at, r#if, then, r#else, &before, scope).await
                    }
                    Step::FanOut { over, steps, .. } => self.fan_out(&at, over, steps, scope).await,
                    Step::Response { status, body, .. } => self.respond(&at, *status, body, scope).await,
                };
                match flow {
                    Flow::Next(last) => prev = last,
                    other => return other,
                }
                number += step.size();
            }
            Flow::Next(prev)
        })
    }
}
