//! The clock: to look at, to stop, to move.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::Named;
use crate::app::App;
use crate::clock::{from_iso, iso};
use crate::http::{ApiError, Json};
use crate::projects::Projects;
use crate::store::setting;

/// A time.
#[derive(Deserialize)]
#[serde(untagged)]
enum Time {
    Ms(i64),
    Iso(String),
}

/// Body of `PATCH clock`; done in this order.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Change {
    /// Back to the machine's time, running.
    #[serde(default)]
    reset: bool,
    /// ISO 8601, or milliseconds since 1970.
    set: Option<Time>,
    /// Milliseconds, also negative ones.
    #[serde(default)]
    advance_ms: i64,
    /// Stands, or runs.
    frozen: Option<bool>,
}

/// `GET clock`.
pub async fn show(State(_): State<Arc<Projects>>, Named(app): Named) -> axum::Json<Value> {
    axum::Json(answer(&app))
}

/// `PATCH clock`.
pub async fn change(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Json(change): Json<Change>,
) -> Result<axum::Json<Value>, ApiError> {
    let set = match change.set {
        None => None,
        Some(Time::Ms(ms)) => Some(ms),
        Some(Time::Iso(text)) => Some(from_iso(&text).ok_or_else(|| {
            ApiError::bad(
                "time_invalid",
                "\"set\" must be a time from 1970 to 9999 in ISO 8601, such as \"2030-01-01T12:00:00Z\", or milliseconds since 1970.",
            )
        })?),
    };
    let _alone = app.changing.lock().await;
    if change.reset {
        app.clock.restore(Default::default());
    }
    // First, so that a clock that is set and stopped at once stands at that very time.
    match change.frozen {
        Some(true) => app.clock.freeze(),
        Some(false) => app.clock.resume(),
        None => {}
    }
    if let Some(ms) = set {
        app.clock.set_ms(ms);
    }
    if change.advance_ms != 0 {
        app.clock.advance_ms(change.advance_ms);
    }
    let setting = app.clock.setting();
    app.store.write(move |db| setting::set(db, setting::CLOCK, &setting)).await?;
    Ok(axum::Json(answer(&app)))
}

/// How it runs: `offsetMs` is how far it is ahead of the machine's clock while it runs, `frozenAt` where it stands.
pub fn setting(app: &App) -> Value {
    json!(app.clock.setting())
}

fn answer(app: &App) -> Value {
    let (now, setting) = (app.clock.now_ms(), app.clock.setting());
    json!({"now": iso(now), "ms": now, "frozen": setting.frozen_at.is_some()})
}
