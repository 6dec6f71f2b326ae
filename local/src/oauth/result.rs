//! How an attempt ended, for an app that cannot be told by the popup.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::wire::Done;
use crate::app::App;
use crate::auth::User;
use crate::http::ApiError;
use crate::store::attempt;

/// The longest wait for a result.
const LONGEST_WAIT: f64 = 25.0;

/// Query of `GET session-id`.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wait {
    /// Seconds to wait for a result, 25 at most.
    #[serde(default)]
    #[param(required = false)]
    wait: f64,
}

/// How an attempt ended; nothing while it has not.
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OAuthResult)]
pub struct Outcome {
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    connect_credential_id: Option<Uuid>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// How an attempt to connect by OAuth ended.
#[utoipa::path(
    get, path = "/sdk/actions/session-id/{key}", tag = "OAuth", operation_id = "getOAuthResult",
    params(("key" = String, Path, description = "oauthMetaKeyId of the attempt"), Wait),
    responses((status = 200, body = Outcome))
)]
pub async fn read(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, key)): Path<(String, String)>,
    Query(Wait { wait }): Query<Wait>,
) -> Result<axum::Json<Outcome>, ApiError> {
    let seconds = if wait.is_finite() { wait.clamp(0.0, LONGEST_WAIT) } else { 0.0 };
    let until = tokio::time::Instant::now() + Duration::from_secs_f64(seconds);
    loop {
        let mut ended = std::pin::pin!(app.attempt_changed.notified());
        // Listening begins before looking, so that a result in between is not missed.
        ended.as_mut().enable();
        let (owner, wanted) = (person.id, key.clone());
        let found = app.store.read(move |db| attempt::by_key(db, owner, &wanted)).await?;
        if let Some(id) = found.as_ref().and_then(|one| one.credential_id) {
            return Ok(axum::Json(Outcome { connect_credential_id: Some(id), error: None }));
        }
        if let Some(failure) = found.and_then(|one| one.failure) {
            return Ok(axum::Json(Outcome { connect_credential_id: None, error: Some(json!(failure)) }));
        }
        if tokio::time::timeout_at(until, ended).await.is_err() {
            return Ok(axum::Json(Outcome::default()));
        }
    }
}

/// Forgets an attempt.
#[utoipa::path(
    delete, path = "/sdk/actions/session-id/{key}", tag = "OAuth", operation_id = "forgetOAuthResult",
    params(("key" = String, Path, description = "oauthMetaKeyId of the attempt")), responses((status = 200, body = Done))
)]
pub async fn forget(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, key)): Path<(String, String)>,
) -> Result<axum::Json<Done>, ApiError> {
    app.store.write(move |db| attempt::remove(db, person.id, &key)).await?;
    Ok(axum::Json(Done {}))
}
