//! The user: what is connected, and what the app stored about the user.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{resources, select, wire};
use crate::app::App;
use crate::auth::User;
use crate::http::{ApiError, Json};
use crate::store::credential::{self, Credential};
use crate::store::person::{self, Person};
use crate::workflow;

/// The user, with all integrations and accounts.
#[utoipa::path(get, path = "/sdk/me", tag = "Users", operation_id = "getUser", responses((status = 200, body = wire::User)))]
pub async fn read(State(app): State<Arc<App>>, User(person): User) -> Result<axum::Json<wire::User>, ApiError> {
    answer(&app, &person).await
}

/// Body of `PATCH me`.
#[derive(Deserialize, ToSchema)]
#[schema(as = UserChange)]
pub struct Update {
    /// Merged into what is there; a null removes a key.
    #[serde(default)]
    #[schema(value_type = Object, required = false)]
    meta: Map<String, Value>,
}

/// Stores what the app knows of the user.
#[utoipa::path(
    patch, path = "/sdk/me", tag = "Users", operation_id = "setUserMetadata", request_body = Option<Update>,
    responses((status = 200, body = wire::User))
)]
pub async fn update(
    State(app): State<Arc<App>>,
    User(person): User,
    Json(update): Json<Update>,
) -> Result<axum::Json<wire::User>, ApiError> {
    if !update.meta.is_empty() {
        app.require_feature("user-metadata")?;
    }
    let now = app.clock.now_ms();
    let inside = app.clone();
    let (id, permissions) = (person.id, person.permissions);
    let write = app.store.write(move |db| {
        let person = person::merge_meta(db, id, update.meta, now)?;
        workflow::switch_off_refused(&inside, db, &person, now)?;
        Ok(person)
    });
    let person = Person { permissions, ..write.await? };
    app.workflows.changed.notify_one();
    answer(&app, &person).await
}

async fn answer(app: &Arc<App>, person: &Person) -> Result<axum::Json<wire::User>, ApiError> {
    let id = person.id;
    let credentials = app.store.read(move |db| credential::of_person(db, id)).await?;
    let credentials = select::visible(app, person, credentials);
    let integrations: Map<String, Value> = app
        .config
        .integrations
        .iter()
        .map(|integration| {
            let id = app.id_of(integration);
            let own: Vec<&Credential> = credentials.iter().filter(|one| one.integration_id == id).collect();
            (integration.key(), json!(wire::state(app, &own)))
        })
        .collect();
    Ok(axum::Json(wire::User {
        authenticated: true,
        user_id: person.user_id.clone(),
        meta: person.meta.clone(),
        resources: resources::state(app, &credentials),
        project: wire::Project {
            id: app.project.id,
            billing_plan: app.config.project.billing_plan.clone(),
            accessible_features: app.config.project.features.clone(),
        },
        integrations,
    }))
}
