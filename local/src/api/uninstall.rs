//! Disconnecting an account.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use uuid::Uuid;

use super::select;
use super::wire::Done;
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::config::Integration;
use crate::http::ApiError;
use crate::oauth::client;
use crate::provider::context;
use crate::store::credential::{self, Credential};
use crate::workflow::listen;

/// Forgets an account, and ends its permission at the provider where that is possible.
#[utoipa::path(
    delete, path = "/sdk/integrations/{id}", tag = "Credentials", operation_id = "uninstallIntegration",
    params(("id" = Uuid, Path, description = "The integration's id, or that of a resource"), select::NamedAccount),
    responses((status = 200, body = Done))
)]
pub async fn uninstall(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<Done>, ApiError> {
    let unknown =
        || ApiError::not_found("integration_unknown", format!("There is no integration {id} in this project."));
    let id = Uuid::parse_str(&id).map_err(|_| unknown())?;
    // An account of a resource is disconnected by the same call.
    let found = app.config.integration_by_id(app.project.id, id).or_else(|| app.provider_by_id(id));
    let integration = found.ok_or_else(unknown)?;
    let chosen = select::credential_for(&app, &person, integration, &headers).await?;
    select::require(&app, &person, Act::Write, &chosen, None)?;
    disconnect(&app, integration, &chosen).await?;
    Ok(axum::Json(Done {}))
}

/// Does it, for whoever may.
pub async fn disconnect(app: &Arc<App>, integration: &Integration, chosen: &Credential) -> Result<(), ApiError> {
    let settings: Vec<Uuid> = chosen.configurations.iter().map(|one| one.id).collect();
    listen::end(app, chosen, &settings).await?;
    // A renewal that is under way would bring a token back to life after the revocation.
    let lock = app.renewal_lock(chosen.id);
    let _held = lock.lock().await;
    let (person, id) = (chosen.person_id, chosen.id);
    let found = app.store.read(move |db| credential::find(db, person, id)).await?;
    let chosen = found.ok_or_else(|| select::unknown(&id.to_string()))?;
    app.store.write(move |db| credential::remove(db, id)).await?;
    if let (Some(oauth), Some(token)) = (&integration.oauth, client::lasting_token(&chosen.secrets))
        && let Err(error) = client::revoke(app, integration, oauth, &context(app, &chosen.secrets), token).await
    {
        // The user wanted it gone, and here it is gone; the provider's list may still name it.
        tracing::warn!(integration = integration.key(), reason = error.message_text(), "revocation failed");
    }
    Ok(())
}
