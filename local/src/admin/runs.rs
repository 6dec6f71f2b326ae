//! Runs of workflows, for people who look on: what can be called, what was run, and each step of a run beside what was declared.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Asked, Named};
use crate::api::history;
use crate::app::App;
use crate::clock::iso;
use crate::config::Step;
use crate::config::step::size;
use crate::http::ApiError;
use crate::projects::Projects;
use crate::store::execution::{self, Execution, Filter, Listed, Status};
use crate::store::step_execution::{self, StepExecution};
use crate::store::{credential, person};
use crate::workflow;

/// The most runs of one answer.
const PAGE: i64 = 100;

/// `GET catalog`: `{integrations}`, what the project file declares, with its workflows.
pub async fn catalog(State(_): State<Arc<Projects>>, Named(app): Named) -> Result<axum::Json<Value>, ApiError> {
    let counts = app.store.read(credential::user_counts).await?;
    let all: Vec<Value> = app
        .config
        .integrations
        .iter()
        .map(|one| {
            let id = app.id_of(one);
            let workflows: Vec<Value> = one
                .workflows
                .iter()
                .map(|workflow| {
                    json!({
                        "id": one.workflow_id(app.project.id, &workflow.key),
                        "key": workflow.key,
                        "description": workflow.description,
                        "trigger": workflow.trigger,
                    })
                })
                .collect();
            json!({
                "id": id, "key": one.key(), "name": one.name, "active": one.active,
                "users": counts.get(&id).copied().unwrap_or_default(), "workflows": workflows,
            })
        })
        .collect();
    Ok(axum::Json(json!({"integrations": all})))
}

/// Query of `GET runs`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
    /// The app's id.
    user: Option<String>,
    workflow: Option<Uuid>,
    status: Option<Status>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    offset: u32,
}

/// `GET runs`: `{runs, total}`, the newest first.
pub async fn list(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Asked(wanted): Asked<Wanted>,
) -> Result<axum::Json<Value>, ApiError> {
    let filter = Filter {
        user_id: wanted.user,
        workflow_id: wanted.workflow,
        status: wanted.status,
        offset: wanted.offset.into(),
        limit: PAGE,
        ..Filter::default()
    };
    let (found, total) = app.store.read(move |db| execution::list(db, &filter)).await?;
    let runs: Vec<Value> =
        found.iter().map(|Listed { execution, user_id, tasks }| line(&app, execution, user_id, *tasks)).collect();
    Ok(axum::Json(json!({"runs": runs, "total": total})))
}

/// `GET runs/<id>`: the run with its `steps` as they went, and its `outline` as they were declared when it began.
pub async fn show(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
    let wanted = history::parse(&id)?;
    let read = app.store.read(move |db| {
        let Some(one) = execution::find(db, wanted)? else {
            return Ok(None);
        };
        let user = person::by_id(db, one.person_id)?.map(|person| person.user_id).unwrap_or_default();
        let declared = execution::version(db, one.version_id)?;
        Ok(Some((one, user, declared, step_execution::of_execution(db, wanted)?)))
    });
    let (one, user, declared, steps) = read.await?.ok_or_else(|| history::unknown(&id))?;
    let tasks = steps.iter().filter(|step| step.place != "1").count();
    let mut shown = line(&app, &one, &user, tasks as i64);
    shown["steps"] = steps.iter().map(step).collect();
    let declared: Vec<Step> = serde_json::from_str(&declared).unwrap_or_default();
    shown["outline"] = outline(&app, &declared, 2);
    Ok(axum::Json(shown))
}

/// `POST runs/<id>/replay`: `{id}` of a new run with the same trigger and the same steps.
pub async fn replay(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    let (again, _) = history::repeat(&app, &id).await?;
    Ok((StatusCode::CREATED, axum::Json(json!({"id": again.id}))))
}

fn line(app: &App, one: &Execution, user: &str, tasks: i64) -> Value {
    let found = workflow::find(app, one.workflow_id);
    let provider = app.provider_by_id(one.integration_id);
    json!({
        "id": one.id,
        "user": user,
        "personaId": one.person_id,
        "integration": provider.map(|one| json!({"key": one.key(), "name": one.name})),
        "workflow": one.workflow_id,
        "description": found.map(|(_, workflow)| &workflow.description),
        "trigger": found.map(|(_, workflow)| &workflow.trigger),
        "status": one.status,
        "started": iso(one.started),
        "ended": one.ended.map(iso),
        "due": (one.status == Status::Delayed).then(|| iso(one.due)),
        "durationMs": one.ended.map(|ended| ended - one.started),
        "tasks": tasks,
        "replayOf": one.replay_of,
    })
}

fn step(one: &StepExecution) -> Value {
    json!({
        "id": one.id,
        "place": one.place,
        "type": one.step_type,
        "status": one.status,
        "attempts": one.attempts,
        "due": one.due.map(iso),
        "started": iso(one.started),
        "startedMs": one.started,
        "ended": one.ended.map(iso),
        "endedMs": one.ended,
        "input": one.input,
        "output": one.output,
    })
}

/// What steps are and how they hang together, without what they send: that may hold the project's secrets.
fn outline(app: &App, steps: &[Step], first: usize) -> Value {
    let mut number = first;
    let one = |step: &Step| {
        let inside = number + 1;
        let mut shown = json!({"number": number, "name": step.name(), "type": step.step_type()});
        match step {
            Step::Request(request) => {
                shown["method"] = json!(request.method);
                shown["url"] = app.journal.address(&request.url).into();
            }
            Step::Conditional { then, r#else, .. } => {
                shown["then"] = outline(app, then, inside);
                shown["else"] = outline(app, r#else, inside + size(then));
            }
            Step::FanOut { over, steps, .. } => {
                shown["over"] = over.as_str().into();
                shown["steps"] = outline(app, steps, inside);
            }
            Step::Response { status, .. } => shown["status"] = (*status).into(),
        }
        number += step.size();
        shown
    };
    steps.iter().map(one).collect()
}
