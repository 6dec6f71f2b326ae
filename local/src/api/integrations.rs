//! What can be connected.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{select, wire};
use crate::app::App;
use crate::auth::User;
use crate::config::Integration;
use crate::http::ApiError;
use crate::store::credential;

/// All integrations of the project; the app shows the active ones.
#[utoipa::path(
    get, path = "/sdk/integrations", tag = "Integrations", operation_id = "listIntegrations",
    responses((status = 200, body = Vec<wire::Integration>))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    User(person): User,
) -> Result<axum::Json<Vec<wire::Integration>>, ApiError> {
    let id = person.id;
    // Counting goes through all accounts of all users.
    let limited = app.config.integrations.iter().any(|one| one.connected_user_limit.is_some());
    let read = app.store.read(move |db| {
        let users = if limited { credential::user_counts(db)? } else { HashMap::new() };
        Ok((credential::of_person(db, id)?, users))
    });
    let (credentials, users) = read.await?;
    let credentials = select::visible(&app, &person, credentials);
    let all = app
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
    Ok(axum::Json(all))
}

/// How an integration is shown.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Name in calls.
    #[serde(rename = "type")]
    kind: String,
    name: String,
    brand_color: String,
    /// Address of its icon.
    icon: String,
}

/// Name, colour and icon of the active integrations.
#[utoipa::path(
    get, path = "/sdk/metadata", tag = "Integrations", operation_id = "listMetadata",
    responses((status = 200, body = Vec<Metadata>))
)]
pub async fn metadata(State(app): State<Arc<App>>, User(_): User) -> axum::Json<Vec<Metadata>> {
    let all = app
        .config
        .integrations
        .iter()
        .filter(|one| one.active)
        .map(|one| Metadata {
            kind: one.key(),
            name: one.name.clone(),
            brand_color: one.brand_color.clone(),
            icon: icon(&app, one),
        })
        .collect();
    axum::Json(all)
}

fn icon(app: &App, one: &Integration) -> String {
    let base = &app.addresses.base;
    if one.is_custom() {
        return one.icon.clone().unwrap_or_else(|| format!("{base}/images/icons/byo-placeholder.svg"));
    }
    let key = one.key();
    format!("{base}/integrations/{}.svg", key.strip_suffix(".com").unwrap_or(&key))
}
