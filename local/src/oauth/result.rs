//! How an attempt ended, for an app that cannot be told by the popup.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::User;
use crate::http::ApiError;
use crate::store::attempt;

/// The longest wait for a result.
const LONGEST_WAIT: f64 = 25.0;

/// Query of `GET session-id`.
#[derive(Deserialize)]
pub struct Wait {
    #[serde(default)]
    wait: f64,
}

/// `GET session-id/<key>`: `{connectCredentialId}` or `{error}`, or `{}` while there is no result. `wait` seconds at most.
pub async fn read(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, key)): Path<(String, String)>,
    Query(Wait { wait }): Query<Wait>,
) -> Result<axum::Json<Value>, ApiError> {
    let seconds = if wait.is_finite() { wait.clamp(0.0, LONGEST_WAIT) } else { 0.0 };
    let until = tokio::time::Instant::now() + Duration::from_secs_f64(seconds);
    loop {
        let mut ended = std::pin::pin!(app.attempt_changed.notified());
        // Listening begins before looking, so that a result in between is not missed.
        ended.as_mut().enable();
        let (owner, wanted) = (person.id, key.clone());
        let found = app.store.read(move |db| attempt::by_key(db, owner, &wanted)).await?;
        if let Some(id) = found.as_ref().and_then(|one| one.credential_id) {
            return Ok(axum::Json(json!({"connectCredentialId": id})));
        }
        if let Some(failure) = found.and_then(|one| one.failure) {
            return Ok(axum::Json(json!({"error": failure})));
        }
        if tokio::time::timeout_at(until, ended).await.is_err() {
            return Ok(axum::Json(json!({})));
        }
    }
}

/// `DELETE session-id/<key>`.
pub async fn forget(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, key)): Path<(String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
    app.store.write(move |db| attempt::remove(db, person.id, &key)).await?;
    Ok(axum::Json(json!({})))
}
