//! App events.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::auth::User;
use crate::http::{ApiError, Json};
use crate::store::event;

/// Body of `POST events/trigger`.
#[derive(Deserialize)]
pub struct Trigger {
    name: String,
    #[serde(default)]
    payload: Map<String, Value>,
}

/// `POST events/trigger`: recorded, 201.
pub async fn trigger(
    State(app): State<Arc<App>>,
    User(person): User,
    Json(body): Json<Trigger>,
) -> Result<(StatusCode, axum::Json<Value>), ApiError> {
    if body.name.trim().is_empty() {
        return Err(ApiError::bad("event_name_missing", "An event needs a name, such as \"Task Created\"."));
    }
    let now = app.clock.now_ms();
    let id = app.store.write(move |db| event::add(db, person.id, &body.name, &body.payload, now)).await?;
    Ok((StatusCode::CREATED, axum::Json(json!({"id": id}))))
}
