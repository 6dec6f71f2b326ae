//! Steps that reach out: Request, with its retries, and Response.

use serde_json::{Value, json};

use super::{At, Flow, Run};
use crate::config::step::RequestStep;
use crate::store::execution::{self, Status};
use crate::store::step_execution;
use crate::workflow::request::{self, Outcome};
use crate::workflow::values::Scope;

impl Run<'_> {
    pub(super) async fn respond(&self, at: &At<'_>, status: u16, body: &Value, scope: &mut Scope<'_>) -> Flow {
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

    pub(super) async fn request(&self, at: &At<'_>, request: &RequestStep, scope: &mut Scope<'_>) -> Flow {
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
}
