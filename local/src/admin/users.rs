//! Users and their credentials, for people who look on; and what can happen to a credential at its provider.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Asked, Named};
use crate::api::{uninstall, wire};
use crate::app::App;
use crate::config::Integration;
use crate::http::ApiError;
use crate::oauth::client;
use crate::projects::Projects;
use crate::provider::context;
use crate::store::credential::{self, Credential};
use crate::store::person;

/// The most users of one answer.
const PAGE: u32 = 200;

/// Query of `GET users`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
    /// A part of the app's id, in any case.
    #[serde(default)]
    search: String,
    /// How many to leave out at the beginning.
    #[serde(default)]
    offset: u32,
}

/// `GET users`: `{users, total}`, the newest first.
pub async fn list(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Asked(wanted): Asked<Wanted>,
) -> Result<axum::Json<Value>, ApiError> {
    let read = app.store.read(move |db| person::list(db, &wanted.search, wanted.offset, PAGE));
    let (found, total) = read.await?;
    Ok(axum::Json(json!({"users": found, "total": total})))
}

/// `GET users/<the platform's id>`: the user with all credentials.
pub async fn show(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<Value>, ApiError> {
    let unknown = || ApiError::not_found("user_unknown", format!("There is no user {id} in this project."));
    let wanted = Uuid::parse_str(&id).map_err(|_| unknown())?;
    let read = app.store.read(move |db| Ok((person::by_id(db, wanted)?, credential::of_person(db, wanted)?)));
    let (found, credentials) = read.await?;
    let found = found.ok_or_else(unknown)?;
    let credentials: Vec<Value> = credentials.iter().map(|one| shown(&app, one)).collect();
    Ok(axum::Json(json!({"id": found.user_id, "personaId": found.id, "meta": found.meta, "credentials": credentials})))
}

/// As the SDK is told, and what only people want to know.
fn shown(app: &App, one: &Credential) -> Value {
    let mut shown = json!(wire::credential(app, one));
    let provider = app.provider_by_id(one.integration_id);
    shown["integration"] = provider.map(|provider| json!({"key": provider.key(), "name": provider.name})).into();
    shown["accountType"] = json!(one.secrets.account_type);
    shown["canExpire"] = one.valid_until.is_some().into();
    shown["canRevoke"] = provider.is_some_and(|provider| revocation(provider, one).is_some()).into();
    shown
}

/// `POST credentials/<id>/expire`: its access token has ended, so that the next call renews it.
pub async fn expire(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (one, integration) = find(&app, &id).await?;
    let lock = app.renewal_lock(one.id);
    let _held = lock.lock().await;
    let now = app.clock.now_ms();
    if app.store.write(move |db| credential::expire(db, one.id, now)).await? == 0 {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "token_lasting",
            format!("This credential of {} has no access token that ends.", integration.name),
        ));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `POST credentials/<id>/revoke`: its user has ended the permission at the provider; the platform does not know yet.
pub async fn revoke(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (one, integration) = find(&app, &id).await?;
    let lock = app.renewal_lock(one.id);
    let _held = lock.lock().await;
    // A renewal may just have given it other tokens.
    let (current, _) = find(&app, &id).await?;
    let Some((oauth, token)) = revocation(integration, &current) else {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "revocation_missing",
            format!(
                "{} offers no revocation of this credential. The fault \"revoked-token\" does the same.",
                integration.name
            ),
        ));
    };
    client::revoke(&app, integration, oauth, &context(&app, &current.secrets), token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE credentials/<id>`: disconnects it, as the SDK's `uninstallIntegration` does.
pub async fn remove(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (one, integration) = find(&app, &id).await?;
    uninstall::disconnect(&app, integration, &one).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find<'a>(app: &'a App, id: &str) -> Result<(Credential, &'a Integration), ApiError> {
    let unknown = || ApiError::not_found("credential_unknown", format!("There is no credential {id} in this project."));
    let wanted = Uuid::parse_str(id).map_err(|_| unknown())?;
    let found = app.store.read(move |db| credential::by_id(db, wanted)).await?.ok_or_else(unknown)?;
    let integration = app.provider_by_id(found.integration_id).ok_or_else(|| {
        ApiError::not_found(
            "integration_unknown",
            "The integration of this credential is no longer in the project file.",
        )
    })?;
    Ok((found, integration))
}

/// Where, and by which token, the permission of a credential can be ended.
fn revocation<'a>(integration: &'a Integration, one: &'a Credential) -> Option<(&'a crate::config::OAuth, &'a str)> {
    let oauth = integration.oauth.as_ref().filter(|oauth| oauth.revoke_url.is_some())?;
    Some((oauth, client::lasting_token(&one.secrets)?))
}
