//! Which account and which of its settings a call means.

use std::sync::Arc;

use axum::http::HeaderMap;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::auth::permissions::{About, Act};
use crate::config::Integration;
use crate::http::ApiError;
use crate::store::configuration::Configuration;
use crate::store::credential::{self, Credential, Status};
use crate::store::person::Person;

/// Header that names an account.
pub const CREDENTIAL: &str = "x-paragon-credential";
/// Header that names one set of its settings.
pub const CONFIGURATION: &str = "x-paragon-configuration-id";

/// Which account a call means; the current one of the integration unless it is given.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "it only describes what `header` reads")]
pub struct NamedAccount {
    /// Id, `ext:<external id>` or external id of an account.
    #[param(rename = "X-Paragon-Credential", required = false)]
    credential: String,
}

/// Which of its settings; the default ones unless they are given.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "it only describes what `header` reads")]
pub struct NamedSettings {
    /// Id, `ext:<external id>` or external id of a configuration.
    #[param(rename = "X-Paragon-Configuration-Id", required = false)]
    configuration: String,
}

/// The account that stands for an integration when none is named: the oldest valid one, else the newest.
pub fn current<'a>(all: impl DoubleEndedIterator<Item = &'a Credential> + Clone) -> Option<&'a Credential> {
    all.clone().find(|one| one.status == Status::Valid).or_else(|| all.last())
}

/// The accounts of a user at an integration.
pub async fn of_integration(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
) -> Result<Vec<Credential>, ApiError> {
    let (id, owner) = (app.id_of(integration), person.id);
    let all = app.store.glance(move |db| credential::of_integration(db, owner, id)).await?;
    Ok(visible(app, person, all))
}

/// What the user's token lets see: accounts, and settings of them.
pub fn visible(app: &App, person: &Person, all: Vec<Credential>) -> Vec<Credential> {
    if person.permissions.are_unlimited() {
        return all;
    }
    all.into_iter()
        .filter(|one| may(app, person, Act::See, one, None))
        .map(|one| Credential {
            configurations: one
                .configurations
                .iter()
                .filter(|settings| may(app, person, Act::See, &one, Some(settings)))
                .cloned()
                .collect(),
            ..one.clone()
        })
        .collect()
}

/// The same for one account that the call may see.
pub fn shown(app: &App, person: &Person, one: Credential) -> Credential {
    visible(app, person, vec![one.clone()]).pop().unwrap_or(Credential { configurations: Vec::new(), ..one })
}

/// True if the user's token allows an act.
pub fn may(app: &App, person: &Person, act: Act, one: &Credential, settings: Option<&Configuration>) -> bool {
    person.permissions.are_unlimited() || require(app, person, act, one, settings).is_ok()
}

/// Refuses an act that the user's token does not allow.
pub fn require(
    app: &App,
    person: &Person,
    act: Act,
    one: &Credential,
    settings: Option<&Configuration>,
) -> Result<(), ApiError> {
    let integration = app.provider_by_id(one.integration_id).map(Integration::key).unwrap_or_default();
    person.permissions.require(
        act,
        About {
            integration: &integration,
            credential: Some(&one.id.to_string()),
            configuration: settings.map(|settings| settings.external_id.as_deref()),
        },
    )
}

/// Refuses to speak to a provider, or to start a workflow, with settings that the user's token does not reach.
pub fn require_use(app: &App, person: &Person, one: &Credential, headers: &HeaderMap) -> Result<(), ApiError> {
    if person.permissions.are_unlimited() {
        return Ok(());
    }
    require(app, person, Act::Use, one, Some(&configuration_of(one, headers)?))
}

/// The account that the headers name, or the current one of the integration.
pub async fn credential_for(
    app: &Arc<App>,
    person: &Person,
    integration: &Integration,
    headers: &HeaderMap,
) -> Result<Credential, ApiError> {
    let all = of_integration(app, person, integration).await?;
    let Some(name) = header(headers, CREDENTIAL) else {
        return current(all.iter()).cloned().ok_or_else(|| not_enabled(integration));
    };
    let found = match Uuid::parse_str(name) {
        Ok(id) => all.into_iter().find(|one| one.id == id),
        Err(_) => {
            let external = name.strip_prefix("ext:").unwrap_or(name);
            all.into_iter().find(|one| one.external_id.as_deref() == Some(external))
        }
    };
    found.ok_or_else(|| unknown(name))
}

/// An account of the user by the id in the address.
pub async fn by_id(app: &Arc<App>, person: &Person, id: &str) -> Result<Credential, ApiError> {
    let parsed = Uuid::parse_str(id).map_err(|_| unknown(id))?;
    let owner = person.id;
    let found = app.store.glance(move |db| credential::find(db, owner, parsed)).await?;
    found.and_then(|one| visible(app, person, vec![one]).pop()).ok_or_else(|| unknown(id))
}

/// The settings that the headers name, or the default ones.
pub fn configuration_of(credential: &Credential, headers: &HeaderMap) -> Result<Configuration, ApiError> {
    let found = match header(headers, CONFIGURATION) {
        None => credential.configurations.first(),
        Some(name) => match Uuid::parse_str(name) {
            Ok(id) => credential.configurations.iter().find(|one| one.id == id),
            Err(_) => {
                let external = name.strip_prefix("ext:").unwrap_or(name);
                credential.configurations.iter().find(|one| one.external_id.as_deref() == Some(external))
            }
        },
    };
    found.cloned().ok_or_else(|| {
        ApiError::not_found(
            "configuration_unknown",
            format!(
                "The account {} has no such configuration. Read the user again, and choose one of its own.",
                credential.id
            ),
        )
    })
}

/// The user has no account at this integration.
pub fn not_enabled(integration: &Integration) -> ApiError {
    ApiError::bad(
        "integration_not_enabled",
        format!("The integration \"{}\" is not enabled for this user. Connect an account first.", integration.key()),
    )
}

/// There is no such account.
pub fn unknown(name: &str) -> ApiError {
    ApiError::not_found(
        "credential_unknown",
        format!("This user has no connected account \"{name}\". It may have been disconnected; read the user again."),
    )
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}
