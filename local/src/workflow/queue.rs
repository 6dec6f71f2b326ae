//! Runs come into the queue here, inside of the transaction that writes what caused them.

use rusqlite::Transaction;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::config::{Integration, Workflow};
use crate::store::execution::{self, Execution, Status};
use crate::store::ids;
use crate::store::step_execution::{self, StepExecution};

/// Everything that a new run begins with.
#[derive(Debug)]
pub struct Start {
    /// The run, but for its id, which the queue gives.
    execution: Execution,
    steps: String,
    step_type: String,
    output: Value,
}

impl Start {
    /// A run of a workflow, begun now. `output` is what its trigger gives to the steps.
    pub fn new(
        app: &App,
        integration: &Integration,
        workflow: &Workflow,
        (person, credential, settings): (Uuid, Uuid, Uuid),
        output: Value,
    ) -> Self {
        let now = app.clock.now_ms();
        let workflow_id = integration.workflow_id(app.project.id, &workflow.key);
        let steps = serde_json::to_string(&workflow.steps).unwrap_or_default();
        let execution = Execution {
            id: Uuid::nil(),
            workflow_id,
            version_id: Uuid::new_v5(&workflow_id, steps.as_bytes()),
            integration_id: app.id_of(integration),
            person_id: person,
            credential_id: credential,
            configuration_id: settings,
            status: Status::Executing,
            due: now,
            response: None,
            replay_of: None,
            started: now,
            ended: None,
        };
        let step_type = workflow.trigger.as_ref().map_or("TRIGGER", |trigger| trigger.step_type());
        Self { execution, steps, step_type: step_type.into(), output }
    }
}

/// Id of a step: the same in all runs.
pub fn step_id(workflow: Uuid, number: usize) -> Uuid {
    Uuid::new_v5(&workflow, format!("step/{number}").as_bytes())
}

/// Id of a step of a run, by its place. What runs at the same time gets the same ids in whichever order it comes.
pub fn step_execution_id(execution: Uuid, place: &str) -> Uuid {
    Uuid::new_v5(&execution, place.as_bytes())
}

fn trigger_step(execution: &Execution, step_type: String, output: Value) -> StepExecution {
    StepExecution {
        id: step_execution_id(execution.id, "1"),
        execution_id: execution.id,
        place: "1".into(),
        step_id: step_id(execution.workflow_id, 1),
        step_type,
        status: Status::Succeeded,
        prev: None,
        attempts: 0,
        due: None,
        input: json!({}),
        output: output.clone(),
        exact: Some(output),
        started: execution.started,
        ended: Some(execution.started),
    }
}

/// Adds a run to the queue, and answers it. Tell the engine after the transaction.
pub fn enqueue(db: &Transaction<'_>, start: Start) -> rusqlite::Result<Execution> {
    let Start { execution, steps, step_type, output } = start;
    let execution = Execution { id: ids::next_run(db)?, ..execution };
    execution::keep_version(db, execution.version_id, &steps)?;
    execution::add(db, &execution)?;
    step_execution::save(db, &trigger_step(&execution, step_type, output))?;
    Ok(execution)
}

/// Adds a run that repeats another one: the same trigger, the same version of the steps.
pub fn replay(db: &Transaction<'_>, id: Uuid, now: i64) -> rusqlite::Result<Option<Execution>> {
    let Some(original) = execution::find(db, id)? else {
        return Ok(None);
    };
    let trigger = step_execution::of_execution(db, id)?.into_iter().find(|step| step.place == "1");
    let (step_type, output) = trigger.map_or_else(|| ("TRIGGER".into(), None), |step| (step.step_type, step.exact));
    let again = Execution {
        id: ids::next_run(db)?,
        status: Status::Executing,
        due: now,
        response: None,
        replay_of: Some(id),
        started: now,
        ended: None,
        ..original
    };
    execution::add(db, &again)?;
    step_execution::save(db, &trigger_step(&again, step_type, output.unwrap_or_default()))?;
    Ok(Some(again))
}
