//! Workflows on and off.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::Value;

use super::{select, settings, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::Integration;
use crate::http::ApiError;
use crate::store::credential::Status;

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
    let integration = owner_of(&app, &id)?;
    let credential = select::credential_for(&app, &person, integration, &headers).await?;
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
    let chosen = select::configuration_of(&credential, &headers)?;
    let now = app.clock.now_ms();
    let saved = settings::change(&app, &credential, chosen.id, move |settings| {
        let workflow = settings.workflow_settings.entry(id.to_ascii_lowercase()).or_insert_with(settings::off);
        workflow["enabled"] = on.into();
        settings.updated = now;
    })
    .await?;
    Ok(axum::Json(wire::credential(&app, &saved)))
}

fn owner_of<'a>(app: &'a App, workflow: &str) -> Result<&'a Integration, ApiError> {
    let has = |integration: &&Integration| {
        integration
            .workflows
            .iter()
            .any(|one| integration.workflow_id(app.project.id, &one.key).to_string().eq_ignore_ascii_case(workflow))
    };
    app.config.integrations.iter().filter(|one| one.active).find(has).ok_or_else(|| {
        ApiError::not_found("workflow_unknown", format!("There is no workflow {workflow} in this project."))
    })
}
