//! Snapshots and the reset.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Named;
use crate::http::ApiError;
use crate::projects::Projects;
use crate::snapshot::{self, Refused, Snapshot, Trouble};

type Name = Path<(String, String)>;

/// `GET snapshots`.
pub async fn list(State(_): State<Arc<Projects>>, Named(app): Named) -> axum::Json<Value> {
    axum::Json(json!(app.snapshots.list()))
}

/// `PUT snapshots/<name>`: keeps what is stored now.
pub async fn save(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, name)): Name,
) -> Result<StatusCode, ApiError> {
    snapshot::check_name(&name)?;
    app.snapshots.keep(&name, Arc::new(Snapshot::take(&app).await?))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST snapshots/<name>/load`.
pub async fn load(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, name)): Name,
) -> Result<StatusCode, ApiError> {
    app.snapshots.get(&name)?.put(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST reset`.
pub async fn reset(State(_): State<Arc<Projects>>, Named(app): Named) -> Result<StatusCode, ApiError> {
    app.snapshots.seed(&app).await?.put(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE snapshots/<name>`.
pub async fn remove(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, name)): Name,
) -> Result<StatusCode, ApiError> {
    app.snapshots.remove(&name)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET snapshots/<name>/file`: the whole snapshot as JSON.
pub async fn export(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, name)): Name,
) -> Result<Response, ApiError> {
    let snapshot = app.snapshots.get(&name)?;
    let written = tokio::task::spawn_blocking(move || snapshot::export(&app, &snapshot));
    let document = written.await.map_err(ApiError::internal)?.map_err(ApiError::internal)?;
    let file = format!("attachment; filename=\"{name}.json\"");
    Ok(([(CONTENT_DISPOSITION, file)], axum::Json(document)).into_response())
}

/// `PUT snapshots/<name>/file`: takes in what `GET` gave, here or elsewhere. What is stored now stays until it is loaded.
pub async fn import(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, name)): Name,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiError> {
    snapshot::check_name(&name)?;
    let body = body.map_err(|refused| ApiError::new(refused.status(), "snapshot_refused", refused.body_text()))?;
    let taken = app.clone();
    let read = tokio::task::spawn_blocking(move || snapshot::import(&taken, &body));
    let snapshot = read.await.map_err(ApiError::internal)??;
    app.snapshots.keep(&name, Arc::new(snapshot))?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Trouble> for ApiError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Name(_) => Self::bad("snapshot_name", trouble.to_string()),
            Trouble::Unknown { .. } => Self::not_found("snapshot_unknown", trouble.to_string()),
            Trouble::Io { .. } | Trouble::Store(_) => Self::internal(trouble),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Form(_) | Refused::Content(_) => Self::bad("snapshot_refused", refused.to_string()),
            Refused::Store(error) => Self::internal(error),
        }
    }
}
