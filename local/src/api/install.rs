//! How an account that has proved itself is stored: as a new one, or in place of one that is there.

use std::sync::Arc;

use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::select;
use crate::app::App;
use crate::auth::permissions::{About, Act};
use crate::config::{Input, Integration};
use crate::http::{ApiError, nullable};
use crate::oauth::client;
use crate::provider;
use crate::store::configuration::{self, Configuration};
use crate::store::credential::{self, Credential, Secrets, Status};
use crate::store::ids;
use crate::store::person::Person;

/// The app's wishes for an installation (`installOptions`). What the platform does not know is the SDK's own matter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// A further account beside those that are there.
    #[serde(deserialize_with = "nullable")]
    pub allow_multiple_credentials: bool,
    /// Connect this account again.
    pub selected_credential_id: Option<String>,
    /// The app's name for a new account.
    pub external_id: Option<String>,
    /// No post options.
    #[serde(rename = "bypassPostOAuthPrompt", deserialize_with = "nullable")]
    pub bypass_post_oauth_prompt: bool,
    /// The chosen account type; a list means that its first is chosen.
    pub account_type: Option<Value>,
}

impl Options {
    /// The account type that is named.
    pub fn account_type(&self) -> Option<&str> {
        match self.account_type.as_ref()? {
            Value::String(id) => Some(id),
            Value::Array(ids) if ids.len() == 1 => ids[0].as_str(),
            _ => None,
        }
    }
}

/// Refuses wishes that contradict each other, the user's accounts, or what the user may do, before a provider is asked.
pub async fn check(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
    options: &mut Options,
) -> Result<(), ApiError> {
    let all = select::of_integration(app, person, integration).await?;
    let existing = target(&all, options)?.map(|one| one.id.to_string());
    let about = About { integration: &integration.key(), credential: existing.as_deref(), configuration: None };
    person.permissions.require(Act::Write, about)?;
    if !person.permissions.are_unlimited() {
        // What this token does not reach is not to be replaced when the account is stored, which no token does.
        match existing {
            Some(id) => options.selected_credential_id = Some(id),
            None => options.allow_multiple_credentials = true,
        }
    }
    limit(app, person, integration).await
}

/// Refuses a further user where only so many may connect.
async fn limit(app: &Arc<App>, person: &Person, integration: &Integration) -> Result<(), ApiError> {
    let Some(limit) = integration.connected_user_limit else {
        return Ok(());
    };
    let id = app.id_of(integration);
    let users = app.store.read(move |db| credential::users_of(db, id)).await?;
    if users.contains(&person.id) || users.len() < limit as usize {
        return Ok(());
    }
    Err(ApiError::bad(
        "connected_user_limit",
        format!(
            "{limit} users have connected {}, and connectedUserLimit of the project file allows no more. Disconnect one, or raise it.",
            integration.name
        ),
    ))
}

/// Which stored account the new proof belongs to; `None` for a new one.
fn target<'a>(all: &'a [Credential], options: &Options) -> Result<Option<&'a Credential>, ApiError> {
    if let Some(name) = options.selected_credential_id.as_deref().map(str::trim) {
        if options.external_id.is_some() {
            return Err(ApiError::bad(
                "external_id_refused",
                "externalId names a new account and selectedCredentialId an existing one. Give only one of them.",
            ));
        }
        let external = name.strip_prefix("ext:").unwrap_or(name);
        let found = all
            .iter()
            .find(|one| one.id.to_string().eq_ignore_ascii_case(name) || one.external_id.as_deref() == Some(external));
        return found.map(Some).ok_or_else(|| {
            ApiError::not_found(
                "credential_unknown",
                format!("selectedCredentialId \"{name}\" is no account of this user at this integration."),
            )
        });
    }
    if let Some(external) = &options.external_id {
        if external.trim().is_empty() {
            return Err(ApiError::bad("external_id_refused", "externalId is empty. Leave it away, or give a name."));
        }
        if all.iter().any(|one| one.external_id.as_ref() == Some(external)) {
            return Err(ApiError::bad(
                "external_id_taken",
                format!("externalId \"{external}\" is in use for this integration. Choose another one."),
            ));
        }
        return Ok(None);
    }
    Ok(if options.allow_multiple_credentials { None } else { select::current(all.iter()) })
}

/// Stores an account that has proved itself; asks the provider whose it is first.
pub async fn store(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
    secrets: Secrets,
    options: Options,
    skip_post_options: bool,
) -> Result<Credential, ApiError> {
    let (provider_id, provider_data) = provider::account(app, integration, &secrets).await?;
    let now = app.clock.now_ms();
    let chosen = secrets.account_type.as_deref().and_then(|id| integration.account_type(id));
    let questions: Vec<Input> =
        if skip_post_options || options.bypass_post_oauth_prompt || chosen.is_some_and(|one| one.skip_post_options) {
            Vec::new()
        } else {
            integration.post_options.clone()
        };
    let on_from_start: Map<String, Value> = integration
        .workflows
        .iter()
        .filter(|one| one.default_enabled)
        .map(|one| {
            let id = integration.workflow_id(app.project.id, &one.key).to_string();
            (id, json!({"enabled": true, "settings": {}}))
        })
        .collect();
    let (person, integration_id) = (person.id, app.id_of(integration));
    let valid_until = client::lifetime(&secrets.token).map(|seconds| now + seconds as i64 * 1000);
    let stored = app
        .store
        .write(move |db| {
            let mut all = credential::of_person(db, person)?;
            all.retain(|one| one.integration_id == integration_id);
            // Decided inside the transaction: two installations at once cannot both take the same name.
            let existing = match target(&all, &options) {
                Ok(existing) => existing,
                Err(error) => return Ok(Err(error)),
            };
            let mut inputs = existing.map(|one| one.secrets.inputs.clone()).unwrap_or_default();
            inputs.extend(secrets.inputs);
            let answered = questions.iter().all(|input| inputs.contains_key(&input.id) || !input.is_required());
            // Connecting again keeps the answers; they are asked anew only if there are none.
            let complete = questions.is_empty() || (existing.is_some() && answered);
            let one = Credential {
                id: existing.map_or_else(|| ids::next(db), |one| Ok(one.id))?,
                person_id: person,
                integration_id,
                status: if complete { Status::Valid } else { Status::Pending },
                provider_id,
                provider_data,
                external_id: existing.map_or(options.external_id, |one| one.external_id.clone()),
                secrets: Secrets { inputs, ..secrets },
                created: existing.map_or(now, |one| one.created),
                updated: now,
                refreshed: existing.map_or(now, |one| now.max(one.refreshed + 1)),
                valid_until,
                refresh_failures: 0,
                configurations: Vec::new(),
            };
            save(db, &one, existing.is_none(), on_from_start, now)?;
            credential::find(db, person, one.id).map(|saved| Ok(saved.unwrap_or(one)))
        })
        .await?;
    app.workflows.changed.notify_one();
    stored
}

fn save(
    db: &Transaction<'_>,
    one: &Credential,
    is_new: bool,
    on_from_start: Map<String, Value>,
    now: i64,
) -> rusqlite::Result<()> {
    credential::save(db, one)?;
    if is_new {
        let mut settings = Configuration::new(db, one.id, true, None, now)?;
        settings.workflow_settings = on_from_start;
        configuration::save(db, &settings)?;
    }
    Ok(())
}

/// Refuses answers that lack a required one.
pub fn require(inputs: &[Input], values: &Map<String, Value>) -> Result<(), ApiError> {
    let missing: Vec<(String, String)> = inputs
        .iter()
        .filter(|input| input.is_required())
        .filter(|input| match values.get(&input.id) {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(_) => false,
        })
        .map(|input| (input.id.clone(), format!("{} is required", input.title)))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(ApiError::validation(missing)) }
}
