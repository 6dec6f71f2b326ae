//! What can be connected.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};

use super::{select, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::Integration;
use crate::http::ApiError;
use crate::store::credential;

/// `GET integrations`: all of the project; the app shows the active ones.
pub async fn list(State(app): State<Arc<App>>, User(person): User) -> Result<axum::Json<Value>, ApiError> {
    let id = person.id;
    let read = app.store.read(move |db| Ok((credential::of_person(db, id)?, credential::user_counts(db)?)));
    let (credentials, users) = read.await?;
    let credentials = select::visible(&app, &person, credentials);
    let all: Vec<Value> = app
        .config
        .integrations
        .iter()
        .map(|one| {
            let id = app.id_of(one);
            let has_account = credentials.iter().any(|credential| credential.integration_id == id);
            let users = users.get(&id).copied().unwrap_or_default();
            wire::integration(&app, one, &person, has_account, users)
        })
        .collect();
    Ok(axum::Json(all.into()))
}

/// `GET metadata`: name, colour and icon of the active ones.
pub async fn metadata(State(app): State<Arc<App>>, User(_): User) -> axum::Json<Value> {
    let all: Vec<Value> = app
        .config
        .integrations
        .iter()
        .filter(|one| one.active)
        .map(|one| json!({"type": one.key(), "name": one.name, "brandColor": one.brand_color, "icon": icon(&app, one)}))
        .collect();
    axum::Json(all.into())
}

fn icon(app: &App, one: &Integration) -> String {
    let base = &app.addresses.base;
    if one.is_custom() {
        return one.icon.clone().unwrap_or_else(|| format!("{base}/images/icons/byo-placeholder.svg"));
    }
    let key = one.key();
    format!("{base}/integrations/{}.svg", key.strip_suffix(".com").unwrap_or(&key))
}
