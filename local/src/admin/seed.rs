//! Users and connected accounts for the beginning of a test, without a popup.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Named;
use crate::api::{install, setup};
use crate::app::App;
use crate::config::{Integration, Scheme};
use crate::http::{ApiError, Json};
use crate::oauth::{attempt, client};
use crate::projects::Projects;
use crate::provider::context;
use crate::serve::Error;
use crate::snapshot::{SEED, Snapshot};
use crate::store::credential::{Credential, Secrets};
use crate::store::person;

/// A seed file, and the body of `POST seed`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seed {
    users: Vec<User>,
}

/// A user of the app.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    /// The app's id.
    id: String,
    /// What the app stored about the user.
    #[serde(default)]
    meta: Map<String, Value>,
    /// What is connected.
    #[serde(default)]
    accounts: Vec<Account>,
}

/// A connected account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Account {
    /// Name of the integration.
    integration: String,
    /// Whose it is at the sandbox provider: `ada`, `grace` or `alan`. For integrations that are connected by OAuth.
    #[serde(rename = "as", default = "ada")]
    person: String,
    /// What the user enters: keys, a shop's name.
    #[serde(default)]
    inputs: Map<String, Value>,
    /// The app's wishes, as in the SDK: `externalId`, `allowMultipleCredentials`, `accountType`.
    #[serde(default)]
    options: install::Options,
}

fn ada() -> String {
    "ada".into()
}

/// `POST seed`: `{users: [{id, credentialIds}]}`.
pub(super) async fn plant(
    State(_): State<Arc<Projects>>,
    Named(app): Named,
    Json(seed): Json<Seed>,
) -> Result<axum::Json<Value>, ApiError> {
    Ok(axum::Json(json!({"users": sow(&app, seed).await?})))
}

/// Makes a seed file what a reset goes to. A project that has nothing yet begins with it.
pub async fn from_file(app: &Arc<App>, file: &Path) -> Result<(), Error> {
    let wrong = |what: String| Error::Seed { path: file.into(), what };
    let text = std::fs::read_to_string(file).map_err(|source| Error::Io { path: file.into(), source })?;
    let seed: Seed = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let before = Arc::new(Snapshot::take(app).await?);
    let is_new = app.store.read(|db| Ok(person::all(db)?.is_empty())).await?;
    let failed = |error: ApiError| wrong(error.message_text());
    Snapshot::of_new_project(app).await?.put(app).await?;
    let sown = sow(app, seed).await;
    if sown.is_ok() {
        let snapshot = Arc::new(Snapshot::take(app).await?);
        app.snapshots.keep(SEED, snapshot).map_err(|error| wrong(error.to_string()))?;
    }
    if sown.is_err() || !is_new {
        before.put(app).await?;
    }
    sown.map(drop).map_err(failed)
}

async fn sow(app: &Arc<App>, seed: Seed) -> Result<Vec<Value>, ApiError> {
    let mut sown = Vec::new();
    for user in seed.users {
        if user.id.is_empty() {
            return Err(ApiError::bad("seed_invalid", "A user of the seed has an empty id."));
        }
        let (id, meta, now) = (user.id.clone(), user.meta, app.clock.now_ms());
        let person = app
            .store
            .write(move |db| {
                let person = person::find_or_add(db, &id, now)?;
                person::merge_meta(db, person.id, meta, now)
            })
            .await?;
        let mut credentials = Vec::new();
        for account in user.accounts {
            credentials.push(connect(app, &person, account).await?.id);
        }
        sown.push(json!({"id": user.id, "credentialIds": credentials}));
    }
    Ok(sown)
}

async fn connect(app: &Arc<App>, person: &person::Person, mut account: Account) -> Result<Credential, ApiError> {
    // Nobody is there to answer further questions; what is known of the answers stands in the inputs.
    account.options.bypass_post_oauth_prompt = true;
    let integration = app.integration(&account.integration)?;
    let chosen = match account.options.account_type() {
        Some(id) => integration.account_type(id),
        None => integration.account_types.first(),
    };
    if integration.scheme_of(chosen) != Scheme::Oauth {
        return setup::by_key(app, person, integration, account.inputs, account.options).await;
    }
    install::check(app, person, integration, &mut account.options).await?;
    install::require(integration.pre_options(chosen), &account.inputs)?;
    let mut secrets = Secrets { inputs: account.inputs, ..attempt::beginning(chosen) };
    secrets.token = allowed(app, integration, &secrets, &account.person).await?;
    install::store(app, person, integration, secrets, account.options, false).await
}

/// What the token endpoint gives when a person of the sandbox has allowed the connection.
async fn allowed(
    app: &Arc<App>,
    integration: &Integration,
    secrets: &Secrets,
    person: &str,
) -> Result<Map<String, Value>, ApiError> {
    let oauth = integration.oauth.as_ref().ok_or_else(|| {
        ApiError::bad("oauth_missing", format!("{} has no OAuth server in the project file.", integration.name))
    })?;
    let context = context(app, secrets);
    let redirect_uri = format!("{}/oauth/callback", app.addresses.base);
    let start = client::start(integration, oauth, &context, &redirect_uri)?;
    let code = app.sandbox.allow(&start.url, person).map_err(|why| {
        ApiError::bad("seed_impossible", format!("{} cannot be connected by a seed: {why}", integration.name))
    })?;
    client::exchange(app, integration, oauth, &context, code, start.verifier, &redirect_uri)
        .await
        .map_err(|failure| failure.into_error(integration))
}
