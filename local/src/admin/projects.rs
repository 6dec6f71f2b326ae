//! Projects: to make, to look at, to throw away; and user tokens, as the app's server would sign them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Named;
use crate::app::App;
use crate::auth::permissions::Permissions;
use crate::http::{ApiError, Json};
use crate::projects::Projects;

/// `GET projects`.
pub async fn list(State(projects): State<Arc<Projects>>) -> axum::Json<Value> {
    axum::Json(projects.list().iter().map(|app| summary(app)).collect())
}

/// Body of `POST projects`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// All ids follow from this text.
    ids: Option<String>,
    /// Text of a project file; without one, the first project's.
    project_file: Option<String>,
}

/// `POST projects`: the new project, with its key.
pub async fn create(
    State(projects): State<Arc<Projects>>,
    Json(create): Json<Create>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    let app = projects.create(create.ids.as_deref(), create.project_file.as_deref()).await?;
    Ok((StatusCode::CREATED, axum::Json(whole(&app))))
}

/// `GET projects/<id>`: the project with its key, for an app's server that signs its tokens itself.
pub async fn show(State(_): State<Arc<Projects>>, Named(app): Named) -> axum::Json<Value> {
    axum::Json(whole(&app))
}

/// `DELETE projects/<id>`.
pub async fn remove(
    State(projects): State<Arc<Projects>>,
    Path(project): Path<String>,
) -> Result<StatusCode, ApiError> {
    projects.remove(&project).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Body of `POST token`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Token {
    /// The app's id of the user.
    user: String,
    /// Seconds that it lasts, by the project's clock; one that has ended already if negative.
    #[serde(default = "an_hour")]
    seconds: i64,
    /// What the token may do; everything if it is missing.
    permissions: Option<Value>,
}

fn an_hour() -> i64 {
    3600
}

/// `POST token`.
pub async fn token(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Json(wanted): Json<Token>,
) -> Result<axum::Json<Value>, ApiError> {
    if wanted.user.is_empty() || wanted.seconds.unsigned_abs() > 10_000_000_000 {
        return Err(ApiError::bad(
            "token_impossible",
            "\"user\" must not be empty, and \"seconds\" at most 10000000000.",
        ));
    }
    if let Some(claim) = &wanted.permissions {
        Permissions::read(claim)
            .map_err(|why| ApiError::bad("token_impossible", format!("\"permissions\" cannot be used: {why}.")))?;
    }
    let now = app.clock.now_ms();
    let token = app.tokens.sign_with(&wanted.user, now, wanted.seconds, wanted.permissions.as_ref())?;
    Ok(axum::Json(json!({"token": token})))
}

fn summary(app: &App) -> Value {
    json!({"id": app.project.id, "address": app.addresses.base, "sandbox": app.addresses.sandbox})
}

fn whole(app: &App) -> Value {
    let mut shown = summary(app);
    shown["signingKey"] = app.project.private_pem.clone().into();
    shown["apiKey"] = app.project.api_key.clone().into();
    shown["notice"] =
        "The signing key signs user tokens of this project, and the API key opens its task history, on this machine only."
            .into();
    shown
}
