//! What is kept of the steps of a run: to go on from, and for the history.

use std::sync::PoisonError;

use serde_json::{Value, json};
use uuid::Uuid;

use super::Run;
use crate::config::Step;
use crate::store::Error;
use crate::store::execution::Status;
use crate::store::step_execution::{self, StepExecution};
use crate::workflow::queue::{step_execution_id, step_id};
use crate::workflow::values::Scope;

/// What the history shows of a longer output is its beginning.
const SHOWN: usize = 256 * 1024;

impl Run<'_> {
    pub(super) fn known(&self, place: &str) -> Option<StepExecution> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).get(place).cloned()
    }

    pub(super) fn remember(&self, step: StepExecution) {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(step.place.clone(), step);
    }

    pub(super) async fn finish(&self, at: &At<'_>, input: Value, output: Value) -> Result<StepExecution, Error> {
        let step = self.make(at, input, output, Status::Succeeded);
        self.save(&step).await.map(|()| step)
    }

    pub(super) async fn fail(&self, at: &At<'_>, input: Value, output: Value) -> Result<StepExecution, Error> {
        let step = self.make(at, input, output, Status::Failed);
        self.save(&step).await.map(|()| step)
    }

    pub(super) fn make(&self, at: &At<'_>, input: Value, output: Value, status: Status) -> StepExecution {
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

    pub(super) fn close(&self, step: &mut StepExecution, output: Value) {
        step.output = self.shown(&output);
        step.exact = Some(output);
        step.ended = Some(self.app.clock.now_ms());
    }

    /// What the history keeps of a value: without secrets, and not without end.
    pub(super) fn shown(&self, value: &Value) -> Value {
        let cleaned = self.redactor.clean(value);
        let text = cleaned.to_string();
        if text.len() <= SHOWN {
            return cleaned;
        }
        let end = text.floor_char_boundary(SHOWN);
        json!({"truncated": true, "size": text.len(), "beginning": &text[..end]})
    }

    pub(super) async fn save(&self, step: &StepExecution) -> Result<(), Error> {
        let stored = step.clone();
        self.app.store.write(move |db| step_execution::save(db, &stored)).await?;
        self.remember(step.clone());
        Ok(())
    }
}

/// A step and where it stands.
pub(super) struct At<'a> {
    pub(super) step: &'a Step,
    pub(super) number: usize,
    pub(super) place: String,
    pub(super) prev: Option<Uuid>,
}

impl At<'_> {
    /// Gives an output to the steps that follow, by number and by name.
    pub(super) fn name(&self, scope: &mut Scope<'_>, output: Value) {
        if let Some(name) = self.step.name() {
            scope.set(name, output.clone());
        }
        scope.set(self.number.to_string(), output);
    }
}
