//! Workflows on and off.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use uuid::Uuid;

use super::{select, settings, wire};
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::config::Workflow;
use crate::http::ApiError;
use crate::store::credential::Status;
use crate::workflow;

/// `POST workflows/<id>`.
pub async fn enable(
    state: State<Arc<App>>,
    user: User,
    path: Path<(String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<Value>, ApiError> {
    switch(state, user, path, headers, true).await
}

/// `DELETE workflows/<id>`.
pub async fn disable(
    state: State<Arc<App>>,
    user: User,
    path: Path<(String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<Value>, ApiError> {
    switch(state, user, path, headers, false).await
}

async fn switch(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    on: bool,
) -> Result<axum::Json<Value>, ApiError> {
    let found = Uuid::parse_str(&id).ok().and_then(|id| workflow::find(&app, id));
    let (integration, workflow) = found.ok_or_else(|| {
        ApiError::not_found("workflow_unknown", format!("There is no workflow {id} in this project."))
    })?;
    if on && !workflow::is_permitted(workflow, &person.meta) {
        return Err(not_permitted(workflow));
    }
    let credential = select::credential_for(&app, &person, integration, &headers).await?;
    let chosen = select::configuration_of(&credential, &headers)?;
    select::require(&app, &person, Act::Write, &credential, Some(&chosen))?;
    if on && credential.status != Status::Valid {
        return Err(ApiError::bad(
            "credential_not_valid",
            format!(
                "A workflow needs a valid account, and this {} account is {}. Finish its setup, or connect it again.",
                integration.name,
                credential.status.name()
            ),
        ));
    }
    let now = app.clock.now_ms();
    let saved = settings::change(&app, &credential, chosen.id, move |settings| {
        let workflow = settings.workflow_settings.entry(id.to_ascii_lowercase()).or_insert_with(settings::off);
        workflow["enabled"] = on.into();
        settings.updated = now;
    })
    .await?;
    Ok(axum::Json(wire::credential(&app, &select::shown(&app, &person, saved))))
}

/// The user's metadata does not meet the workflow's conditions.
pub(super) fn not_permitted(workflow: &Workflow) -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "workflow_not_permitted",
        format!(
            "This user may not have the workflow \"{}\": the user's metadata does not meet its permissions.",
            workflow.description
        ),
    )
}
