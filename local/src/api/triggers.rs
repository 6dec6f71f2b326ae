//! Runs that a call starts: by the app (Request trigger) or by a provider (custom webhook).

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::select;
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::clock::iso;
use crate::config::{Integration, Step, Trigger, Workflow};
use crate::http::ApiError;
use crate::store::credential::{self, Credential, Status};
use crate::store::execution::{self, Execution, Status as RunStatus};
use crate::store::person;
use crate::workflow::{self, Start};

/// A Response step must be reached within this.
const ANSWER_WITHIN_MS: i64 = 55_000;
/// A waiting call looks again at least so often, should it have missed that its run went on.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// `POST triggers/<workflow id>`: 202 at once, or what the Response step says.
pub async fn request(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let (integration, workflow) = by_id(&app, &id)?;
    if workflow.trigger != Some(Trigger::Request {}) {
        return Err(ApiError::bad(
            "trigger_other",
            format!(
                "The workflow \"{}\" is not started by a request. Give it trigger = {{ kind = \"request\" }} in the project file.",
                workflow.key
            ),
        ));
    }
    if !workflow::is_permitted(workflow, &person.meta) {
        return Err(super::workflows::not_permitted(workflow));
    }
    let account = select::credential_for(&app, &person, integration, &headers).await?;
    let settings = select::configuration_of(&account, &headers)?;
    select::require(&app, &person, Act::Use, &account, Some(&settings))?;
    let output = workflow::request_output(&headers, query.as_deref(), &body);
    start(&app, integration, workflow, &account, settings.id, output).await
}

/// Query of a webhook.
#[derive(Deserialize)]
pub struct Account {
    id: Option<Uuid>,
}

/// `/triggers/connect/<project>/<integration>/custom-triggers/<id>?id=<credential id>`: called by a provider, with no
/// token but the account's id, which nobody else knows.
pub async fn webhook(
    State(app): State<Arc<App>>,
    Path((project, integration, id)): Path<(String, Uuid, Uuid)>,
    Query(account): Query<Account>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let unknown = || ApiError::not_found("webhook_unknown", "There is no such webhook. Read settings.webhookURL anew.");
    if !project.eq_ignore_ascii_case(&app.project.id.to_string()) {
        return Err(unknown());
    }
    let integration = app.integration_by_id(integration).map_err(|_| unknown())?;
    let found = integration.workflows.iter().find(|one| workflow::webhook_id(&app, integration, one) == Some(id));
    let (Some(workflow), Some(account_id)) = (found, account.id) else {
        return Err(unknown());
    };
    let read = app.store.read(move |db| {
        let account = credential::by_id(db, account_id)?;
        let person = account.as_ref().map(|one| person::by_id(db, one.person_id)).transpose()?.flatten();
        Ok(account.zip(person))
    });
    let (account, person) = read.await?.ok_or_else(unknown)?;
    if account.integration_id != app.id_of(integration) {
        return Err(unknown());
    }
    if !workflow::is_permitted(workflow, &person.meta) {
        return Err(super::workflows::not_permitted(workflow));
    }
    let key = integration.workflow_id(app.project.id, &workflow.key).to_string();
    let on = account.configurations.iter().find(|one| workflow::is_on(one, &key)).map(|one| one.id);
    let settings = on.ok_or_else(|| off(workflow))?;
    let output = workflow::request_output(&headers, query.as_deref(), &body);
    start(&app, integration, workflow, &account, settings, output).await
}

async fn start(
    app: &Arc<App>,
    integration: &Integration,
    workflow: &Workflow,
    account: &Credential,
    settings: Uuid,
    output: Value,
) -> Result<Response, ApiError> {
    if account.status != Status::Valid {
        return Err(select::not_enabled(integration));
    }
    let key = integration.workflow_id(app.project.id, &workflow.key).to_string();
    if !account.configurations.iter().any(|one| one.id == settings && workflow::is_on(one, &key)) {
        return Err(off(workflow));
    }
    let start = Start::new(app, integration, workflow, (account.person_id, account.id, settings), output);
    let run = app.store.write(move |db| workflow::enqueue(db, start)).await?;
    app.workflows.changed.notify_one();
    if !workflow.steps.iter().any(Step::answers) {
        return Ok((StatusCode::ACCEPTED, axum::Json(json!({"workflowExecutionId": run.id}))).into_response());
    }
    answer(app, &run).await
}

/// Waits for the Response step.
async fn answer(app: &Arc<App>, run: &Execution) -> Result<Response, ApiError> {
    let id = run.id;
    loop {
        let mut progressed = std::pin::pin!(app.workflows.progressed.notified());
        // Listening begins before the look, so that nothing is missed in between.
        progressed.as_mut().enable();
        let now = app.store.read(move |db| execution::find(db, id)).await?;
        let Some(now) = now else {
            return Err(ApiError::internal("a run vanished while it was waited for"));
        };
        if let Some(response) = now.response {
            let status = response["status"].as_u64().and_then(|code| StatusCode::from_u16(code as u16).ok());
            return Ok((status.unwrap_or(StatusCode::OK), axum::Json(response["body"].clone())).into_response());
        }
        let ended = matches!(now.status, RunStatus::Succeeded | RunStatus::Failed);
        if ended || app.clock.now_ms() - run.started >= ANSWER_WITHIN_MS {
            let message = if ended {
                "The workflow ended without reaching its Response step. The task history says why."
            } else {
                "The workflow did not reach its Response step within 55 seconds. It goes on."
            };
            let body = json!({
                "message": message, "dateSubmitted": iso(run.started), "projectId": app.project.id,
                "workflowId": run.workflow_id, "executionId": run.id,
            });
            return Ok((workflow::not_answered(), axum::Json(body)).into_response());
        }
        tokio::select! {
            () = progressed => {}
            () = app.clock.sleep_until(run.started + ANSWER_WITHIN_MS) => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

fn by_id<'a>(app: &'a App, id: &str) -> Result<(&'a Integration, &'a Workflow), ApiError> {
    Uuid::parse_str(id)
        .ok()
        .and_then(|id| workflow::find(app, id))
        .ok_or_else(|| ApiError::not_found("workflow_unknown", format!("There is no workflow {id} in this project.")))
}

fn off(workflow: &Workflow) -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "workflow_off",
        format!("The workflow \"{}\" is not enabled for this user. Enable it first.", workflow.description),
    )
}
