//! The task history: runs and their steps, for the app's server.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::auth::Server;
use crate::clock::iso;
use crate::http::ApiError;
use crate::store::execution::{self, Execution, Filter, Listed, Status};
use crate::store::person;
use crate::store::step_execution::{self, StepExecution};
use crate::workflow;

/// Runs in one answer.
const PAGE: i64 = 100;

/// A call of the app's server, in a project whose plan includes the history.
pub struct History;

impl FromRequestParts<Arc<App>> for History {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        Server::from_request_parts(parts, app).await?;
        app.require_feature("th-api").map(|()| Self)
    }
}

/// Query of `GET workflow-executions`.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    user_id: Option<String>,
    workflow_id: Option<Uuid>,
    integration: Option<String>,
    status: Option<Status>,
    /// ISO 8601, a date or a date with a time.
    before_date: Option<String>,
    /// The same.
    after_date: Option<String>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    #[param(required = false, value_type = i64, minimum = 0, maximum = 4294967295i64)]
    offset: u32,
    #[param(inline)]
    sort_by: Option<Order>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Order {
    Asc,
    Desc,
}

/// Runs of workflows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WorkflowExecutions)]
pub struct Runs {
    workflow_executions: Vec<Run>,
    /// Address of the next page.
    next_link: Option<String>,
    total: i64,
}

/// A run that has just begun.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewWorkflowExecution)]
pub struct Begun {
    id: Uuid,
    user_id: String,
    workflow_id: Uuid,
    status: Status,
    date_started: String,
    /// The run that it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    replay_of: Option<Uuid>,
}

/// A run.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WorkflowExecution)]
pub struct Run {
    #[serde(flatten)]
    begun: Begun,
    task_count: i64,
    /// Milliseconds.
    run_duration: Option<i64>,
    date_ended: Option<String>,
}

/// A run with its steps.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WorkflowExecutionWithSteps)]
pub struct WithSteps {
    #[serde(flatten)]
    run: Run,
    step_executions: Vec<Step>,
}

/// A step of a run.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StepExecution)]
pub struct Step {
    id: Uuid,
    step_id: Uuid,
    workflow_execution_id: Uuid,
    status: Status,
    /// Such as `ACTION/REQUEST`.
    #[serde(rename = "type")]
    kind: String,
    start: String,
    end: Option<String>,
    next: Vec<Uuid>,
    prev: Option<Uuid>,
    /// Bytes.
    input_size: String,
    /// Bytes.
    output_size: String,
    /// Its place, such as `3[0]/4`.
    step: String,
    attempts: i64,
    retry_at: Option<String>,
}

/// What went into a step, and what came out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepData {
    is_large_input: bool,
    is_large_output: bool,
    input: Value,
    output: Value,
}

/// A page of runs, the newest first.
#[utoipa::path(
    get, path = "/task-history/workflow-executions", tag = "Task history", operation_id = "listExecutions", params(Wanted),
    responses((status = 200, body = Runs)), security(("apiKey" = []))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: History,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
    OriginalUri(address): OriginalUri,
) -> Result<axum::Json<Runs>, ApiError> {
    let Query(wanted) = wanted.map_err(|refused| ApiError::bad("query_invalid", refused.body_text()))?;
    let integration_id = match &wanted.integration {
        Some(name) => Some(app.id_of(app.integration(name)?)),
        None => None,
    };
    let filter = Filter {
        user_id: wanted.user_id,
        workflow_id: wanted.workflow_id,
        integration_id,
        status: wanted.status,
        before: wanted.before_date.as_deref().map(date).transpose()?,
        after: wanted.after_date.as_deref().map(date).transpose()?,
        ascending: wanted.sort_by == Some(Order::Asc),
        offset: wanted.offset.into(),
        limit: PAGE,
    };
    let (found, total) = app.store.read(move |db| execution::list(db, &filter)).await?;
    let next = i64::from(wanted.offset) + PAGE;
    let link = (next < total).then(|| next_link(&app, address.path(), address.query(), next));
    Ok(axum::Json(Runs { workflow_executions: found.iter().map(listed).collect(), next_link: link, total }))
}

fn next_link(app: &App, path: &str, query: Option<&str>, offset: i64) -> String {
    let others = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).filter(|(name, _)| name != "offset");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(others)
        .append_pair("offset", &offset.to_string())
        .finish();
    format!("{}{path}?{query}", app.addresses.base)
}

/// A date, or a date with a time, in ISO 8601; without an offset it is UTC.
fn date(text: &str) -> Result<i64, ApiError> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.timestamp_millis())
        .ok()
        .or_else(|| {
            Some(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?.and_utc().timestamp_millis())
        })
        .or_else(|| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
        })
        .ok_or_else(|| {
            ApiError::bad(
                "date_invalid",
                format!("\"{text}\" is no ISO 8601 date, such as 2024-02-22 or 2024-02-22T09:00:00Z."),
            )
        })
}

fn listed(one: &Listed) -> Run {
    Run {
        begun: short(&one.execution, &one.user_id),
        task_count: one.tasks,
        run_duration: one.execution.ended.map(|ended| ended - one.execution.started),
        date_ended: one.execution.ended.map(iso),
    }
}

fn short(one: &Execution, user_id: &str) -> Begun {
    Begun {
        id: one.id,
        user_id: user_id.into(),
        workflow_id: one.workflow_id,
        status: one.status,
        date_started: iso(one.started),
        replay_of: one.replay_of,
    }
}

/// A run with its steps.
#[utoipa::path(
    get, path = "/task-history/workflow-executions/{id}", tag = "Task history", operation_id = "getExecution",
    params(("id" = Uuid, Path, description = "The run's id")), responses((status = 200, body = WithSteps)),
    security(("apiKey" = []))
)]
pub async fn read(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<WithSteps>, ApiError> {
    let wanted = parse(&id)?;
    let found = app.store.read(move |db| {
        let Some(one) = execution::find(db, wanted)? else {
            return Ok(None);
        };
        let user = person::by_id(db, one.person_id)?.map(|person| person.user_id).unwrap_or_default();
        Ok(Some((one, user, step_execution::of_execution(db, wanted)?)))
    });
    let (execution, user_id, steps) = found.await?.ok_or_else(|| unknown(&id))?;
    let tasks = steps.iter().filter(|step| step.place != "1").count() as i64;
    Ok(axum::Json(WithSteps {
        run: listed(&Listed { execution, user_id, tasks }),
        step_executions: steps.iter().map(|step| shown(step, &steps)).collect(),
    }))
}

fn shown(step: &StepExecution, all: &[StepExecution]) -> Step {
    Step {
        id: step.id,
        step_id: step.step_id,
        workflow_execution_id: step.execution_id,
        status: step.status,
        kind: step.step_type.clone(),
        start: iso(step.started),
        end: step.ended.map(iso),
        next: all.iter().filter(|other| other.prev == Some(step.id)).map(|other| other.id).collect(),
        prev: step.prev,
        input_size: step.input.to_string().len().to_string(),
        output_size: step.output.to_string().len().to_string(),
        step: step.place.clone(),
        attempts: step.attempts,
        retry_at: step.due.map(iso),
    }
}

/// What went into a step, and what came out.
#[utoipa::path(
    get, path = "/task-history/workflow-executions/{id}/step-executions/{step}", tag = "Task history",
    operation_id = "getStepExecution",
    params(("id" = Uuid, Path, description = "The run's id"), ("step" = Uuid, Path, description = "The step execution's id")),
    responses((status = 200, body = StepData)), security(("apiKey" = []))
)]
pub async fn step(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id, step)): Path<(String, String, String)>,
) -> Result<axum::Json<StepData>, ApiError> {
    let wanted = parse(&id)?;
    let steps = app.store.read(move |db| step_execution::of_execution(db, wanted)).await?;
    let found = steps.into_iter().find(|one| one.id.to_string().eq_ignore_ascii_case(&step)).ok_or_else(|| {
        ApiError::not_found("step_execution_unknown", format!("The run {id} has no step execution {step}."))
    })?;
    let large = |value: &Value| value["truncated"] == true;
    Ok(axum::Json(StepData {
        is_large_input: large(&found.input),
        is_large_output: large(&found.output),
        input: found.input,
        output: found.output,
    }))
}

/// Begins a new run with the same trigger and the same version of the steps.
#[utoipa::path(
    post, path = "/task-history/workflow-executions/{id}/replay", tag = "Task history", operation_id = "replayExecution",
    params(("id" = Uuid, Path, description = "The run's id")), responses((status = 201, body = Begun)),
    security(("apiKey" = []))
)]
pub async fn replay(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id)): Path<(String, String)>,
) -> Result<(StatusCode, axum::Json<Begun>), ApiError> {
    let (again, user_id) = repeat(&app, &id).await?;
    Ok((StatusCode::CREATED, axum::Json(short(&again, &user_id))))
}

/// The same, for whoever may: the new run, and the app's id of its user.
pub async fn repeat(app: &App, id: &str) -> Result<(Execution, String), ApiError> {
    let (wanted, now) = (parse(id)?, app.clock.now_ms());
    let write = app.store.write(move |db| {
        let Some(again) = workflow::replay(db, wanted, now)? else {
            return Ok(None);
        };
        let user = person::by_id(db, again.person_id)?.map(|person| person.user_id).unwrap_or_default();
        Ok(Some((again, user)))
    });
    let found = write.await?.ok_or_else(|| unknown(id))?;
    app.workflows.changed.notify_one();
    Ok(found)
}

/// A run's id.
pub fn parse(id: &str) -> Result<Uuid, ApiError> {
    Uuid::parse_str(id).map_err(|_| unknown(id))
}

/// There is no such run.
pub fn unknown(id: &str) -> ApiError {
    ApiError::not_found("execution_unknown", format!("There is no workflow execution {id} in this project."))
}
