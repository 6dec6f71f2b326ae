//! Faults: to add, to look at, to take away.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Named;
use crate::fault::Rule;
use crate::http::{ApiError, Json};
use crate::projects::Projects;

/// `GET faults`.
pub async fn list(State(_): State<Arc<Projects>>, Named(app): Named) -> axum::Json<Value> {
    axum::Json(json!(app.faults.list()))
}

/// `POST faults`.
pub async fn add(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Json(rule): Json<Rule>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    rule.check().map_err(|what| ApiError::bad("fault_invalid", format!("This fault cannot be made: {what}.")))?;
    let added = app.faults.add(rule).ok_or_else(|| {
        ApiError::new(
            StatusCode::CONFLICT,
            "faults_full",
            "There are too many faults. Take away those that are done with.",
        )
    })?;
    Ok((StatusCode::CREATED, axum::Json(json!(added))))
}

/// `DELETE faults/<id>`.
pub async fn remove(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, u64)>,
) -> Result<StatusCode, ApiError> {
    if app.faults.remove(id) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(ApiError::not_found(
        "fault_unknown",
        format!("There is no fault {id}; it may have been taken away by a reset."),
    ))
}

/// `DELETE faults`.
pub async fn clear(State(_): State<Arc<Projects>>, Named(app): Named) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}
