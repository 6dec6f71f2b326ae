//! Before an install begins: whether it may, and what its options mean.

use super::account::find_credential;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Text, Value};
use super::{Core, Outcome, stages};

impl<V: Value> Core<V> {
    /// May this install begin? Gives the account that it renews, or `undefined`.
    pub(super) fn check_install(&self, name: V, options: V) -> Outcome<V> {
        let selected = self.check_selection(name, options)?;
        let connected = self.integration_state(name).get(N::enabled).truthy();
        if !selected.present() && connected && !options.get(N::allowMultipleCredentials).truthy() {
            return Err(Failure::new(Fault::INTEGRATION_ALREADY_INSTALLED, [name, V::undefined()]).about(name));
        }
        Ok(selected)
    }

    /// Do the options name an account that is there, or a new one that is not? Gives the first, or `undefined`.
    pub(super) fn check_selection(&self, name: V, options: V) -> Outcome<V> {
        let external = options.get(N::externalId);
        let selected = options.get(N::selectedCredentialId);
        let all = self.integration_state(name).get(N::allCredentials);
        if external.present() {
            if !external.has_text() {
                return Err(Failure::plain(Fault::EXTERNAL_ID_EMPTY));
            }
            if selected.present() {
                return Err(Failure::plain(Fault::EXTERNAL_ID_AND_CREDENTIAL));
            }
            if all.find(N::externalId, external.text(Text::Trim)).present() {
                return Err(Failure::new(Fault::EXTERNAL_ID_TAKEN, [external, name]).about(name));
            }
        }
        if selected.has_text() {
            let credential = find_credential(all, selected);
            if !credential.present() {
                return Err(Failure::new(Fault::CREDENTIAL_UNKNOWN, [name, selected]).about(name));
            }
            return Ok(credential.get(N::id));
        }
        Ok(V::undefined())
    }
}

/// The account type that the options name, and the integration with only those on offer: `accountType` may be an id,
/// or a list of ids of which the user chooses.
pub(super) fn chosen_account_type<V: Value>(integration: V, name: V, options: V) -> Result<(V, V), Failure<V>> {
    let wanted = options.get(N::accountType);
    if wanted.is_text() {
        return Ok((stages::account_type(integration, name, wanted)?, integration));
    }
    if wanted.kind() != Kind::List || wanted.length() == 0 {
        return Ok((V::undefined(), integration));
    }
    let offered = V::list();
    for id in wanted.items() {
        offered.push(stages::account_type(integration, name, id)?);
    }
    let config = integration.get(N::sdkIntegrationConfig).with(N::accountTypes, offered);
    let narrowed = integration.with(N::sdkIntegrationConfig, config);
    let chosen = if offered.length() == 1 { offered.at(0) } else { V::undefined() };
    Ok((chosen, narrowed))
}

/// What the platform is told about the install: the app's options, with the renewed account by its id.
/// `direct`: for `installIntegration`.
pub(super) fn install_options<V: Value>(options: V, selected: V, direct: bool) -> V {
    let result = V::object();
    result.set(N::allowMultipleCredentials, V::bool(options.get(N::allowMultipleCredentials).truthy()));
    for key in [N::overrideRedirectUrl, N::externalId] {
        let value = options.get(key);
        if value.present() {
            result.set(key, value);
        }
    }
    if direct {
        result.set(N::isApiInstallation, V::bool(true));
        for key in [N::bypassPostOAuthPrompt, N::showPortalAfterInstall] {
            result.set(key, V::bool(options.get(key).truthy()));
        }
        let configuration = options.get(N::selectedConfigurationId);
        if configuration.present() {
            result.set(N::selectedConfigurationId, configuration);
        }
    }
    if selected.present() {
        result.set(N::selectedCredentialId, selected);
    }
    result
}
