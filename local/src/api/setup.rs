//! New accounts by key or by code, and the end of a setup that had further questions.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{install, select, wire};
use crate::app::App;
use crate::auth::User;
use crate::auth::permissions::Act;
use crate::config::{Integration, Scheme};
use crate::http::{ApiError, Json, nullable};
use crate::oauth::client;
use crate::provider::context;
use crate::store::credential::{self, Credential, Secrets, Status};
use crate::store::person::Person;

/// Body of `POST credentials`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Create {
    integration_id: Uuid,
    #[serde(default, deserialize_with = "nullable")]
    payload: Map<String, Value>,
    #[serde(default, deserialize_with = "nullable")]
    install_options: install::Options,
    /// Installations that began at the provider.
    code: Option<String>,
    redirect_url: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    integration_options: IntegrationOptions,
}

/// Where the install options stand in installations by code.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct IntegrationOptions {
    #[serde(deserialize_with = "nullable")]
    install_options: install::Options,
}

/// `POST credentials`.
pub async fn create(
    State(app): State<Arc<App>>,
    User(person): User,
    Json(mut body): Json<Create>,
) -> Result<axum::Json<Value>, ApiError> {
    let integration = app.integration_by_id(body.integration_id)?;
    let credential = if let Some(code) = body.code.take() {
        by_code(&app, &person, integration, code, body).await?
    } else if let Some(id) = body.payload.get("connectCredentialId").and_then(Value::as_str) {
        // What the callback page told an app that saves what it was told: it is stored already.
        select::by_id(&app, &person, id).await?
    } else {
        by_key(&app, &person, integration, body.payload, body.install_options).await?
    };
    Ok(axum::Json(wire::credential(&app, &select::shown(&app, &person, credential))))
}

/// Stores an account that proves itself by what the user entered.
pub async fn by_key(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
    mut inputs: Map<String, Value>,
    mut options: install::Options,
) -> Result<Credential, ApiError> {
    let skip = take_skip(&mut inputs);
    let chosen = match options.account_type() {
        Some(id) => integration.account_type(id),
        // The cloud's protocol does not name the type of a key; the entered values do.
        None => integration.account_types.iter().find(|one| {
            one.scheme != Scheme::Oauth && install::require(integration.pre_options(Some(one)), &inputs).is_ok()
        }),
    };
    let scheme = integration.scheme_of(chosen);
    if scheme == Scheme::Oauth {
        return Err(ApiError::bad(
            "oauth_needed",
            format!(
                "{} is connected by OAuth, not by a key. Start the OAuth step of the install flow.",
                integration.name
            ),
        ));
    }
    install::check(app, person, integration, &mut options).await?;
    install::require(integration.pre_options(chosen), &inputs)?;
    let mut secrets = Secrets { inputs, account_type: chosen.map(|one| one.id.clone()), ..Secrets::default() };
    if let (Scheme::OauthClientCredential, Some(oauth)) = (scheme, &integration.oauth) {
        secrets.token = client::client_credentials(app, integration, oauth, &context(app, &secrets))
            .await
            .map_err(|failure| failure.into_error(integration))?;
    }
    install::store(app, person, integration, secrets, options, skip).await
}

async fn by_code(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
    code: String,
    body: Create,
) -> Result<Credential, ApiError> {
    let Some(oauth) = &integration.oauth else {
        return Err(ApiError::bad(
            "oauth_missing",
            format!(
                "{} has no OAuth server in the project file, so there is nothing to exchange a code with.",
                integration.name
            ),
        ));
    };
    let mut options = body.integration_options.install_options;
    install::check(app, person, integration, &mut options).await?;
    let mut secrets = Secrets { inputs: body.payload, ..Secrets::default() };
    let redirect = body.redirect_url.unwrap_or_else(|| format!("{}/oauth/callback", app.addresses.base));
    secrets.token = client::exchange(app, integration, oauth, &context(app, &secrets), code, None, &redirect)
        .await
        .map_err(|failure| failure.into_error(integration))?;
    install::store(app, person, integration, secrets, options, false).await
}

/// Body of `POST credentials/<id>/complete-setup`.
#[derive(Deserialize)]
pub struct Complete {
    #[serde(default, deserialize_with = "nullable")]
    payload: Map<String, Value>,
}

/// `POST credentials/<id>/complete-setup`.
pub async fn complete(
    State(app): State<Arc<App>>,
    User(person): User,
    Path((_, id)): Path<(String, String)>,
    Json(body): Json<Complete>,
) -> Result<axum::Json<Value>, ApiError> {
    let current = select::by_id(&app, &person, &id).await?;
    select::require(&app, &person, Act::Write, &current, None)?;
    let integration = app.integration_by_id(current.integration_id)?;
    if current.status == Status::Invalid {
        return Err(ApiError::bad(
            "credential_invalid",
            format!("{} no longer accepts this account, so its setup cannot end. Connect it again.", integration.name),
        ));
    }
    let mut answers = body.payload;
    if !take_skip(&mut answers) {
        install::require(&integration.post_options, &answers)?;
    }
    let (owner, credential_id, now) = (person.id, current.id, app.clock.now_ms());
    let saved = app
        .store
        .write(move |db| {
            let Some(mut one) = credential::find(db, owner, credential_id)? else {
                return Ok(None);
            };
            one.secrets.inputs.extend(answers);
            if one.status == Status::Pending {
                one.status = Status::Valid;
            }
            one.updated = now;
            credential::save(db, &one)?;
            Ok(Some(one))
        })
        .await?;
    app.workflows.changed.notify_one();
    let saved = saved.ok_or_else(|| select::not_enabled(integration))?;
    Ok(axum::Json(wire::credential(&app, &select::shown(&app, &person, saved))))
}

fn take_skip(payload: &mut Map<String, Value>) -> bool {
    payload.remove("skipPostOAuthInputs").is_some_and(|value| value == Value::Bool(true))
}
