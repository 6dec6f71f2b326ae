//! One run: from its first step to its end, to a wait, or to a failure.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::Mutex as AsyncMutex;
use uuid::Uuid;

use super::queue::{step_execution_id, step_id};
use super::redact::Redactor;
use super::request::{self, Outcome};
use super::values::Scope;
use super::{conditional, resources, settings};
use crate::app::App;
use crate::config::step::{RequestStep, size};
use crate::config::{Integration, Step};
use crate::oauth::renew;
use crate::store::credential::{self, Credential, Status as CredentialStatus};
use crate::store::execution::{self, Execution, Status};
use crate::store::step_execution::{self, StepExecution};
use crate::store::{Error, person};

/// Items of one Fan Out that are under way at the same time.
const ITEMS_AT_ONCE: usize = 4;
/// What the history shows of a longer output is its beginning.
const SHOWN: usize = 256 * 1024;

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
    let now = app.clock.now_ms();
    app.store.write(move |db| execution::end(db, id, status, now)).await
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

    async fn conditional(
        &self,
        at: &At<'_>,
        conditions: &crate::config::condition::Conditions,
        then: &[Step],
        r#else: &[Step],
        before: &str,
        scope: &mut Scope<'_>,
    ) -> Flow {
        let taken = match self.known(&at.place) {
            // The way that was taken stays, even if what it was decided by has changed.
            Some(step) => step,
            None => {
                let holds = conditional::holds(conditions, scope);
                let seen: Vec<Value> = conditions
                    .iter()
                    .flatten()
                    .map(|one| {
                        json!({"variable": scope.value(&one.variable), "operator": one.operator,
                            "argument": one.argument.as_ref().and_then(|argument| scope.value(argument))})
                    })
                    .collect();
                match self.finish(at, json!({"conditions": seen}), json!({"result": holds})).await {
                    Ok(step) => step,
                    Err(error) => return Flow::Broken(error),
                }
            }
        };
        let output = taken.exact.unwrap_or_default();
        let holds = output["result"] == true;
        at.name(scope, output);
        let (steps, first) = if holds { (then, at.number + 1) } else { (r#else, at.number + 1 + size(then)) };
        self.row(steps, before.to_owned(), first, Some(taken.id), scope).await
    }

    async fn fan_out(&self, at: &At<'_>, over: &str, steps: &[Step], scope: &mut Scope<'_>) -> Flow {
        let taken = match self.known(&at.place) {
            Some(step) => step,
            None => {
                let list = scope.value(&over.into()).unwrap_or_default();
                let Value::Array(items) = list else {
                    let output =
                        json!({"error": format!("{over} is not a list, so there is nothing to fan out over.")});
                    return match self.fail(at, json!({"over": list}), output).await {
                        Ok(_) => Flow::Fail,
                        Err(error) => Flow::Broken(error),
                    };
                };
                let output = json!({"count": items.len(), "items": items});
                match self.finish(at, json!({"over": over}), output).await {
                    Ok(step) => step,
                    Err(error) => return Flow::Broken(error),
                }
            }
        };
        let output = taken.exact.unwrap_or_default();
        let items = output["items"].as_array().cloned().unwrap_or_default();
        let flows: Vec<Flow> = {
            let around = &*scope;
            let walks = items.into_iter().enumerate().map(|(index, item)| {
                let before = format!("{}[{index}]/", at.place);
                async move {
                    let mut inner = Scope::inside(around);
                    at.name(&mut inner, json!({"instance": item, "index": index}));
                    self.row(steps, before, at.number + 1, Some(taken.id), &mut inner).await
                }
            });
            stream::iter(walks).buffered(ITEMS_AT_ONCE).collect().await
        };
        at.name(scope, json!({"count": output["count"]}));
        // Items that wait are waited for; one that failed does not hold the others up.
        let mut wait: Option<i64> = None;
        for flow in flows {
            match flow {
                Flow::Wait(due) => wait = wait.into_iter().chain([due]).min(),
                Flow::Broken(error) => return Flow::Broken(error),
                Flow::Fail => self.item_failed.store(true, Ordering::Relaxed),
                Flow::Next(_) => {}
            }
        }
        wait.map_or(Flow::Next(Some(taken.id)), Flow::Wait)
    }

    async fn respond(&self, at: &At<'_>, status: u16, body: &Value, scope: &mut Scope<'_>) -> Flow {
        let step = match self.known(&at.place) {
            Some(step) => step,
            None => {
                let response = json!({"status": status, "body": scope.json(body)});
                let step = self.make(at, json!({}), response.clone(), Status::Succeeded);
                let (stored, id) = (step.clone(), self.execution.id);
                let written = self.app.store.write(move |db| {
                    execution::respond(db, id, &response)?;
                    step_execution::save(db, &stored)
                });
                if let Err(error) = written.await {
                    return Flow::Broken(error);
                }
                self.remember(step.clone());
                self.app.workflows.progressed.notify_waiters();
                step
            }
        };
        at.name(scope, step.exact.unwrap_or_default());
        Flow::Next(Some(step.id))
    }

    async fn request(&self, at: &At<'_>, request: &RequestStep, scope: &mut Scope<'_>) -> Flow {
        let known = self.known(&at.place);
        let mut step = match known {
            Some(step) if step.status == Status::Succeeded || step.status == Status::Failed => {
                let goes_on = step.status == Status::Succeeded || request.continue_on_failure;
                at.name(scope, step.exact.unwrap_or_default());
                return if goes_on { Flow::Next(Some(step.id)) } else { Flow::Fail };
            }
            Some(step) => step,
            None => self.make(at, json!({}), Value::Null, Status::Executing),
        };
        if let Some(due) = step.due.filter(|due| *due > self.app.clock.now_ms()) {
            return Flow::Wait(due);
        }
        // It is written before it is sent, so that the history shows what a run is at.
        (step.status, step.due) = (Status::Executing, None);
        if let Err(error) = self.save(&step).await {
            return Flow::Broken(error);
        }
        let job = request::Job {
            app: self.app,
            integration: self.integration,
            account: &self.account,
            redactor: &self.redactor,
            step: request,
        };
        let sent = request::perform(&job, scope, step.exact.take()).await;
        step.input = self.shown(&sent.input);
        let flow = match sent.outcome {
            Outcome::Done(output) => {
                step.status = Status::Succeeded;
                self.close(&mut step, output);
                Flow::Next(Some(step.id))
            }
            Outcome::Failed { output, retry, progress } => {
                let wait = retry.filter(|_| request.auto_retry).and_then(|asked| request::pause(step.attempts, asked));
                step.attempts += 1;
                match wait {
                    Some(milliseconds) => {
                        let due = self.app.clock.now_ms() + milliseconds;
                        (step.status, step.due, step.exact) = (Status::Delayed, Some(due), progress);
                        step.output = self.shown(&output);
                        Flow::Wait(due)
                    }
                    None => {
                        let partial = progress.and_then(|progress| request::partial(progress, &output));
                        let goes_on = partial.is_some() || request.continue_on_failure;
                        step.status = if partial.is_some() { Status::Succeeded } else { Status::Failed };
                        self.close(&mut step, partial.unwrap_or(output));
                        if goes_on { Flow::Next(Some(step.id)) } else { Flow::Fail }
                    }
                }
            }
        };
        if let Err(error) = self.save(&step).await {
            return Flow::Broken(error);
        }
        at.name(scope, step.exact.unwrap_or_default());
        flow
    }

    fn known(&self, place: &str) -> Option<StepExecution> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).get(place).cloned()
    }

    fn remember(&self, step: StepExecution) {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(step.place.clone(), step);
    }

    async fn finish(&self, at: &At<'_>, input: Value, output: Value) -> Result<StepExecution, Error> {
        let step = self.make(at, input, output, Status::Succeeded);
        self.save(&step).await.map(|()| step)
    }

    async fn fail(&self, at: &At<'_>, input: Value, output: Value) -> Result<StepExecution, Error> {
        let step = self.make(at, input, output, Status::Failed);
        self.save(&step).await.map(|()| step)
    }

    fn make(&self, at: &At<'_>, input: Value, output: Value, status: Status) -> StepExecution {
        let now = self.app.clock.now_ms();
        let ended = matches!(status, Status::Succeeded | Status::Failed);
        StepExecution {
            id: step_execution_id(self.execution.id, &at.place),
            execution_id: self.execution.id,
            place: at.place.clone(),
            step_id: step_id(self.execution.workflow_id, at.number),
            step_type: at.step.step_type().into(),
            status,
            prev: at.prev,
            attempts: 0,
            due: None,
            input: self.shown(&input),
            output: self.shown(&output),
            exact: ended.then_some(output),
            started: now,
            ended: ended.then_some(now),
        }
    }

    fn close(&self, step: &mut StepExecution, output: Value) {
        step.output = self.shown(&output);
        step.exact = Some(output);
        step.ended = Some(self.app.clock.now_ms());
    }

    /// What the history keeps of a value: without secrets, and not without end.
    fn shown(&self, value: &Value) -> Value {
        let cleaned = self.redactor.clean(value);
        let text = cleaned.to_string();
        if text.len() <= SHOWN {
            return cleaned;
        }
        let end = text.floor_char_boundary(SHOWN);
        json!({"truncated": true, "size": text.len(), "beginning": &text[..end]})
    }

    async fn save(&self, step: &StepExecution) -> Result<(), Error> {
        let stored = step.clone();
        self.app.store.write(move |db| step_execution::save(db, &stored)).await?;
        self.remember(step.clone());
        Ok(())
    }
}

/// A step and where it stands.
struct At<'a> {
    step: &'a Step,
    number: usize,
    place: String,
    prev: Option<Uuid>,
}

impl At<'_> {
    /// Gives an output to the steps that follow, by number and by name.
    fn name(&self, scope: &mut Scope<'_>, output: Value) {
        if let Some(name) = self.step.name() {
            scope.set(name, output.clone());
        }
        scope.set(self.number.to_string(), output);
    }
}
