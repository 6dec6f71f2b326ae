//! The journal: to look at, to wait for a call, to empty.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Named};
use crate::http::{ApiError, Json};
use crate::journal::Filter;
use crate::projects::Projects;

/// The longest wait, in milliseconds.
const LONGEST: u64 = 60_000;

/// `GET journal`: `{calls}`, oldest first.
pub async fn find(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Asked(filter): Asked<Filter>,
) -> Result<axum::Json<Value>, ApiError> {
    Ok(axum::Json(json!({"calls": app.journal.find(&filter)})))
}

/// `GET journal/<number>`: one call, with its bodies.
pub async fn read(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, u64)>,
) -> Result<axum::Json<Value>, ApiError> {
    app.journal.read(id).map(axum::Json).ok_or_else(|| {
        ApiError::not_found("call_unknown", format!("The journal does not hold a call {id} any more, or not yet."))
    })
}

/// Body of `POST journal/wait`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wait {
    /// Which calls.
    #[serde(default)]
    filter: Filter,
    /// How many of them.
    #[serde(default = "one")]
    count: usize,
    /// Milliseconds at most.
    #[serde(default)]
    timeout_ms: u64,
}

fn one() -> usize {
    1
}

/// `POST journal/wait`: `{met, calls}` as soon as there are enough, or when the time is over.
pub async fn wait(State(_): State<Arc<Projects>>, Named(app): Named, Json(wait): Json<Wait>) -> axum::Json<Value> {
    let longest = Duration::from_millis(wait.timeout_ms.min(LONGEST));
    let calls = app.journal.wait(&wait.filter, wait.count, longest).await;
    axum::Json(json!({"met": calls.len() >= wait.count, "calls": calls}))
}

/// `DELETE journal`.
pub async fn clear(State(_): State<Arc<Projects>>, Named(app): Named) -> StatusCode {
    app.journal.clear();
    StatusCode::NO_CONTENT
}
