//! Further sets of settings beside an account's default one.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{select, settings, wire};
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::{About, Act};
use crate::config::Integration;
use crate::http::{ApiError, Json};
use crate::store::configuration::{self, Configuration};
use crate::workflow::listen;

/// Body of `POST configurations`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewConfiguration)]
pub struct Create {
    /// The app's name for it.
    external_id: Option<String>,
}

/// Adds a set of settings; the answer is the account with all of them.
#[utoipa::path(
    post, path = "/sdk/credentials/{id}/configurations", tag = "Configurations", operation_id = "createConfiguration",
    params(("id" = Uuid, Path, description = "The account's id")), request_body = Option<Create>,
    responses((status = 200, body = wire::Credential))
)]
pub async fn create(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    Json(body): Json<Create>,
) -> Result<axum::Json<wire::Credential>, ApiError> {
    let credential = select::by_id(&app, &person, &id).await?;
    let external = body.external_id.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let id_text = credential.id.to_string();
    let integration = app.provider_by_id(credential.integration_id).map(Integration::key).unwrap_or_default();
    let configuration = Some(external.as_deref());
    let about = About { integration: &integration, credential: Some(&id_text), configuration };
    person.permissions.require(Act::Write, about)?;
    let (credential_id, now) = (credential.id, app.clock.now_ms());
    let added = app
        .store
        .write(move |db| {
            let all = configuration::of_credential(db, credential_id)?;
            if external.is_some() && all.iter().any(|one| one.external_id == external) {
                return Ok(Err(external.unwrap_or_default()));
            }
            configuration::save(db, &Configuration::new(db, credential_id, false, external, now)?).map(Ok)
        })
        .await?;
    if let Err(external) = added {
        return Err(ApiError::bad(
            "external_id_taken",
            format!("This account has a configuration \"{external}\" already. Choose another externalId."),
        ));
    }
    Ok(axum::Json(wire::credential(&app, &select::by_id(&app, &person, &id).await?)))
}

/// Body of `PATCH configurations`.
#[derive(Deserialize, ToSchema)]
#[schema(as = ConfigurationChange)]
pub struct Update {
    /// What the app notes about it; merged into what is there.
    #[serde(default)]
    #[schema(value_type = Object, required = false)]
    meta: Map<String, Value>,
}

/// Notes something about a set of settings.
#[utoipa::path(
    patch, path = "/sdk/credentials/{id}/configurations", tag = "Configurations", operation_id = "updateConfiguration",
    params(("id" = Uuid, Path, description = "The account's id"), select::NamedSettings), request_body = Option<Update>,
    responses((status = 200, body = wire::Credential))
)]
pub async fn update(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(body): Json<Update>,
) -> Result<axum::Json<wire::Credential>, ApiError> {
    let credential = select::by_id(&app, &person, &id).await?;
    let chosen = select::configuration_of(&credential, &headers)?;
    select::require(&app, &person, Act::Write, &credential, Some(&chosen))?;
    let now = app.clock.now_ms();
    let saved = settings::change(&app, &credential, chosen.id, move |settings| {
        settings.meta.extend(body.meta);
        settings.updated = now;
    })
    .await?;
    Ok(axum::Json(wire::credential(&app, &select::shown(&app, &person, saved))))
}

/// Removes a set of settings that is not the default one.
#[utoipa::path(
    delete, path = "/sdk/credentials/{id}/configurations", tag = "Configurations", operation_id = "destroyConfiguration",
    params(("id" = Uuid, Path, description = "The account's id"), select::NamedSettings),
    responses((status = 200, body = wire::Credential))
)]
pub async fn remove(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<wire::Credential>, ApiError> {
    let credential = select::by_id(&app, &person, &id).await?;
    let chosen = select::configuration_of(&credential, &headers)?;
    select::require(&app, &person, Act::Write, &credential, Some(&chosen))?;
    if chosen.is_default {
        return Err(ApiError::bad(
            "configuration_default",
            "The default configuration of an account cannot be removed. Name another one, or disconnect the account.",
        ));
    }
    listen::end(&app, &credential, &[chosen.id]).await?;
    app.store.write(move |db| configuration::remove(db, chosen.id)).await?;
    Ok(axum::Json(wire::credential(&app, &select::by_id(&app, &person, &id).await?)))
}
