//! The task history: runs and their steps, for the app's server.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;
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
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    user_id: Option<String>,
    workflow_id: Option<Uuid>,
    integration: Option<String>,
    status: Option<Status>,
    before_date: Option<String>,
    after_date: Option<String>,
    #[serde(default)]
    offset: u32,
    sort_by: Option<Order>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
enum Order {
    Asc,
    Desc,
}

/// `GET workflow-executions`: a page of runs, and the address of the next one.
pub async fn list(
    State(app): State<Arc<App>>,
    _: History,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
    OriginalUri(address): OriginalUri,
) -> Result<axum::Json<Value>, ApiError> {
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
    Ok(axum::Json(json!({
        "workflowExecutions": found.iter().map(listed).collect::<Vec<_>>(),
        "nextLink": link,
        "total": total,
    })))
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

fn listed(one: &Listed) -> Value {
    let mut value = short(&one.execution, &one.user_id);
    value["taskCount"] = one.tasks.into();
    value["runDuration"] = one.execution.ended.map(|ended| ended - one.execution.started).into();
    value["dateEnded"] = one.execution.ended.map(iso).into();
    value
}

fn short(one: &Execution, user_id: &str) -> Value {
    let mut value = json!({
        "id": one.id,
        "userId": user_id,
        "workflowId": one.workflow_id,
        "status": one.status.name(),
        "dateStarted": iso(one.started),
    });
    if let Some(original) = one.replay_of {
        value["replayOf"] = json!(original);
    }
    value
}

/// `GET workflow-executions/<id>`: a run with its steps.
pub async fn read(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
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
    let mut value = listed(&Listed { execution, user_id, tasks });
    value["stepExecutions"] = steps.iter().map(|step| shown(step, &steps)).collect();
    Ok(axum::Json(value))
}

fn shown(step: &StepExecution, all: &[StepExecution]) -> Value {
    let next: Vec<Uuid> = all.iter().filter(|other| other.prev == Some(step.id)).map(|other| other.id).collect();
    json!({
        "id": step.id,
        "stepId": step.step_id,
        "workflowExecutionId": step.execution_id,
        "status": step.status.name(),
        "type": step.step_type,
        "start": iso(step.started),
        "end": step.ended.map(iso),
        "next": next,
        "prev": step.prev,
        "inputSize": step.input.to_string().len().to_string(),
        "outputSize": step.output.to_string().len().to_string(),
        "step": step.place,
        "attempts": step.attempts,
        "retryAt": step.due.map(iso),
    })
}

/// `GET workflow-executions/<id>/step-executions/<id>`: what went into a step, and what came out.
pub async fn step(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id, step)): Path<(String, String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
    let wanted = parse(&id)?;
    let steps = app.store.read(move |db| step_execution::of_execution(db, wanted)).await?;
    let found = steps.into_iter().find(|one| one.id.to_string().eq_ignore_ascii_case(&step)).ok_or_else(|| {
        ApiError::not_found("step_execution_unknown", format!("The run {id} has no step execution {step}."))
    })?;
    let large = |value: &Value| value["truncated"] == true;
    Ok(axum::Json(json!({
        "isLargeInput": large(&found.input),
        "isLargeOutput": large(&found.output),
        "input": found.input,
        "output": found.output,
    })))
}

/// `POST workflow-executions/<id>/replay`: a new run with the same trigger and the same version of the steps.
pub async fn replay(
    State(app): State<Arc<App>>,
    _: History,
    Path((_, id)): Path<(String, String)>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    let (wanted, now) = (parse(&id)?, app.clock.now_ms());
    let write = app.store.write(move |db| {
        let Some(again) = workflow::replay(db, wanted, now)? else {
            return Ok(None);
        };
        let user = person::by_id(db, again.person_id)?.map(|person| person.user_id).unwrap_or_default();
        Ok(Some((again, user)))
    });
    let (again, user_id) = write.await?.ok_or_else(|| unknown(&id))?;
    app.workflows.changed.notify_one();
    Ok((StatusCode::CREATED, axum::Json(short(&again, &user_id))))
}

fn parse(id: &str) -> Result<Uuid, ApiError> {
    Uuid::parse_str(id).map_err(|_| unknown(id))
}

fn unknown(id: &str) -> ApiError {
    ApiError::not_found("execution_unknown", format!("There is no workflow execution {id} in this project."))
}
