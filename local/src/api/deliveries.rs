//! Calls of providers about what has happened: triggers of integrations.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::http::ApiError;
use crate::workflow::listen::{self, Refused};

/// Query of such a call.
#[derive(Deserialize)]
pub struct Settings {
    id: Uuid,
}

/// `/triggers/connect/<project>/<integration>/events/<workflow>?id=<configuration>`: called by a provider that was told to,
/// which proves itself by a signature.
pub async fn take(
    State(app): State<Arc<App>>,
    Path((_, _, workflow)): Path<(String, String, Uuid)>,
    Query(settings): Query<Settings>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let started = listen::deliver(&app, workflow, settings.id, &headers, &body).await.map_err(|error| match error {
        Refused::Unknown => ApiError::new(
            StatusCode::GONE,
            "webhook_gone",
            "Nobody listens here any more: the workflow is off, or the account was disconnected. Remove this webhook.",
        ),
        Refused::Signature => ApiError::unauthorized("signature_invalid", error.to_string()),
        Refused::Body => ApiError::bad("body_invalid", error.to_string()),
        Refused::Store(error) => error.into(),
    })?;
    Ok(Json(json!({"runs": started})))
}
