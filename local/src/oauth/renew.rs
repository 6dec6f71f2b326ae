//! Renewal of access tokens: before they end, and once when the provider refuses one. One at a time for each account.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::Value;

use super::client;
use super::transport::Failure;
use crate::app::App;
use crate::config::{Integration, OAuth, Scheme};
use crate::http::ApiError;
use crate::provider::context;
use crate::store::credential::{self, Credential, Status};

/// A token is renewed when it has less than this left.
const MARGIN_MS: i64 = 60_000;

/// The account with a token that lasts for the next request.
pub async fn fresh(app: &Arc<App>, integration: &Integration, credential: Credential) -> Result<Credential, ApiError> {
    let needed = oauth_of(integration, &credential).is_some()
        && ends_soon(app, &credential)
        && can_renew(integration, &credential);
    if !needed {
        return Ok(credential);
    }
    let (app, key) = (app.clone(), integration.key());
    to_the_end(async move {
        let integration = provider_of(&app, &key)?;
        let lock = app.renewal_lock(credential.id);
        let _held = lock.lock().await;
        // Another call may have renewed it while this one waited.
        let current = reread(&app, integration, &credential).await?;
        if !ends_soon(&app, &current) || current.refreshed != credential.refreshed {
            return Ok(current);
        }
        renew(&app, integration, current).await
    })
    .await
}

/// The account with another token than the one that the provider has just refused; `None` if there is no way to get one.
pub async fn after_refusal(
    app: &Arc<App>,
    integration: &Integration,
    credential: &Credential,
) -> Result<Option<Credential>, ApiError> {
    if oauth_of(integration, credential).is_none() {
        return Ok(None);
    }
    let (app, key, credential) = (app.clone(), integration.key(), credential.clone());
    to_the_end(async move {
        let integration = provider_of(&app, &key)?;
        let lock = app.renewal_lock(credential.id);
        let _held = lock.lock().await;
        let current = reread(&app, integration, &credential).await?;
        if current.refreshed != credential.refreshed {
            return Ok(Some(current));
        }
        if !can_renew(integration, &current) {
            invalidate(&app, &current).await?;
            return Ok(None);
        }
        renew(&app, integration, current).await.map(Some)
    })
    .await
}

fn provider_of<'a>(app: &'a App, key: &str) -> Result<&'a Integration, ApiError> {
    app.config.provider(key).ok_or_else(|| ApiError::internal(format!("{key} is not in the project file any more")))
}

/// Runs to the end even if the caller goes away: a rotated refresh token that is not stored is an account lost.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(work).await.map_err(ApiError::internal)?
}

fn ends_soon(app: &App, credential: &Credential) -> bool {
    credential.valid_until.is_some_and(|until| until - app.clock.now_ms() < MARGIN_MS)
}

fn oauth_of<'a>(integration: &'a Integration, credential: &Credential) -> Option<&'a OAuth> {
    let chosen = credential.secrets.account_type.as_deref().and_then(|id| integration.account_type(id));
    integration.oauth.as_ref().filter(|_| integration.scheme_of(chosen) != Scheme::Basic)
}

fn is_client_credential(integration: &Integration, credential: &Credential) -> bool {
    let chosen = credential.secrets.account_type.as_deref().and_then(|id| integration.account_type(id));
    integration.scheme_of(chosen) == Scheme::OauthClientCredential
}

fn can_renew(integration: &Integration, credential: &Credential) -> bool {
    credential.secrets.token_text("refresh_token").is_some() || is_client_credential(integration, credential)
}

async fn reread(app: &App, integration: &Integration, credential: &Credential) -> Result<Credential, ApiError> {
    let (person, id) = (credential.person_id, credential.id);
    let found = app.store.read(move |db| credential::find(db, person, id)).await?;
    match found {
        Some(current) if current.status != Status::Invalid => Ok(current),
        _ => Err(gone(integration)),
    }
}

async fn renew(app: &App, integration: &Integration, mut current: Credential) -> Result<Credential, ApiError> {
    let Some(oauth) = oauth_of(integration, &current) else {
        return Ok(current);
    };
    let context = context(app, &current.secrets);
    let renewed = match current.secrets.token_text("refresh_token") {
        _ if is_client_credential(integration, &current) => {
            client::client_credentials(app, integration, oauth, &context).await
        }
        Some(token) => client::refresh(app, integration, oauth, &context, token).await,
        None => return Err(gone(integration)),
    };
    match renewed {
        Ok(token) => {
            // Members that only the first answer had (an instance's address, a refresh token that does not rotate) stay.
            let now = app.clock.now_ms();
            current.secrets.token.remove("expires_in");
            current.secrets.token.extend(token);
            current.valid_until = client::lifetime(&current.secrets.token).map(|seconds| now + seconds as i64 * 1000);
            // Two renewals within one millisecond must still differ.
            current.refreshed = now.max(current.refreshed + 1);
            let (id, token, until, at) =
                (current.id, current.secrets.token.clone(), current.valid_until, current.refreshed);
            let kept = app.store.write(move |db| credential::renew(db, id, &token, until, at)).await?;
            if kept == 0 {
                return Err(gone(integration));
            }
            Ok(current)
        }
        Err(failure) if failure.is_final() => {
            invalidate(app, &current).await?;
            Err(gone(integration))
        }
        Err(failure) => Err(describe(failure, integration)),
    }
}

fn describe(failure: Failure, integration: &Integration) -> ApiError {
    match failure {
        Failure::Refused { error, description } => ApiError::new(
            StatusCode::BAD_GATEWAY,
            "renewal_refused",
            format!(
                "{} refused to renew the access token ({error}). {description} This is no fault of the account: check the client id and secret in the project file.",
                integration.name
            ),
        )
        .from_integration()
        .with_meta("oauthError", Value::String(error)),
        other => other.into_error(integration),
    }
}

async fn invalidate(app: &App, credential: &Credential) -> Result<(), ApiError> {
    let (id, refreshed, now) = (credential.id, credential.refreshed, app.clock.now_ms());
    app.store.write(move |db| credential::mark_invalid(db, id, refreshed, now)).await?;
    tracing::info!(credential = %id, "the provider ended this account's permission; it is INVALID now");
    Ok(())
}

fn gone(integration: &Integration) -> ApiError {
    ApiError::unauthorized(
        "credential_invalid",
        format!("{} no longer accepts this account. Ask the user to connect it again.", integration.name),
    )
    .from_integration()
}
