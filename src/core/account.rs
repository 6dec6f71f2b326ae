//! The user's connected accounts: choosing one, and disconnecting.

use super::Id;
use super::api::Api;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::state::default_configuration;
use super::value::{Text, Value};
use super::{Core, Kept, Outcome};

/// An account, and one of its configurations.
pub struct Selection<V> {
    /// The credential.
    pub credential: V,
    /// The configuration; `undefined` if the account has none.
    pub configuration: V,
}

impl<V: Value> Core<V> {
    /// The account and configuration that `selectedCredentialId` and `selectedConfigurationId` in `options` mean; the
    /// current ones without them.
    pub(super) fn select(&self, name: V, options: V) -> Result<Selection<V>, Failure<V>> {
        let state = self.integration_state(name);
        let wanted = self.wanted_credential(name, options);
        let configuration_wanted = options.get(N::selectedConfigurationId);
        let all = state.get(N::allCredentials);
        let credential = if wanted.has_text() {
            let found = find_credential(all, wanted);
            if !found.present() {
                return Err(Failure::new(Fault::CREDENTIAL_UNKNOWN, [name, wanted]).about(name));
            }
            found
        } else {
            all.find(N::id, state.get(N::credentialId)).or(all.at(0))
        };
        if !configuration_wanted.has_text() {
            if !credential.present() {
                return Err(Failure::new(Fault::INTEGRATION_NOT_INSTALLED, [name, V::undefined()]).about(name));
            }
            let current = credential.get(N::configurations).find(N::id, state.get(N::credentialConfigId));
            let configuration = current.or(default_configuration(credential));
            return Ok(Selection { credential, configuration });
        }
        let configuration = find_configuration(state.get(N::allConfigurations), configuration_wanted);
        if !configuration.present() {
            return Err(Failure::new(Fault::CONFIGURATION_UNKNOWN, [name, configuration_wanted]).about(name));
        }
        let owner = all.find(N::id, configuration.get(N::connectCredentialId));
        if wanted.has_text() && !owner.same(credential) {
            let fault = Fault::CONFIGURATION_OF_OTHER_CREDENTIAL;
            return Err(Failure::new(fault, [configuration_wanted, wanted]).about(name));
        }
        Ok(Selection { credential: owner, configuration })
    }

    /// The account that the options name; while the portal is open for one, that one.
    fn wanted_credential(&self, name: V, options: V) -> V {
        let named = options.get(N::selectedCredentialId);
        let configuration = options.get(N::selectedConfigurationId);
        if named.has_text() || configuration.has_text() || !self.portal_name().same(name) {
            return named;
        }
        let open_for = self.remembered(N::portal).get(N::selectedCredentialId);
        let there = self.integration_state(name).get(N::allCredentials).find(N::id, open_for).present();
        if there { open_for } else { named }
    }

    /// The id of the account that a call about an integration is for: the one selected, else the current one, else
    /// `undefined`.
    pub(super) fn credential_id(&self, name: V, options: V) -> Outcome<V> {
        if self.wanted_credential(name, options).has_text() {
            return self.select(name, options).map(|selection| selection.credential.get(N::id));
        }
        Ok(self.integration_state(name).get(N::credentialId))
    }

    /// The account and configuration that options mean when no integration is named: both ids, or `undefined`.
    pub(super) fn select_anywhere(&self, options: V) -> Result<(V, V), Failure<V>> {
        let given = |key| options.get(key).has_text();
        if !given(N::selectedCredentialId) && !given(N::selectedConfigurationId) {
            return Ok((V::undefined(), V::undefined()));
        }
        let mut refusal = None;
        for name in self.remembered(N::user).get(N::integrations).keys().items() {
            match self.select(name, options) {
                Ok(found) => return Ok((found.credential.get(N::id), found.configuration.get(N::id))),
                Err(failure) => refusal = Some(failure),
            }
        }
        Err(refusal.unwrap_or_else(|| Failure::plain(Fault::USER_NOT_AUTHENTICATED)))
    }

    /// `uninstallIntegration(name, {selectedCredentialId})`.
    pub(super) fn uninstall(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        self.require_feature(N::uninstallIntegration, N::HEADLESS_FEATURE)?;
        let credential = self.select(name, options)?.credential.get(N::id);
        self.remove_credential(call, name, integration.get(N::id), credential, |core, kept, outcome| {
            core.removed(kept.value, outcome.is_ok());
            core.settle(kept.id, outcome.map(|_| V::undefined()));
        });
        Ok(V::undefined())
    }

    /// Disconnects an account at the platform; `then` has to tell [`Core::removed`].
    pub(super) fn remove_credential(
        &mut self,
        tag: Id,
        name: V,
        integration_id: V,
        id: V,
        then: fn(&mut Core<V>, Kept<V>, Outcome<V>),
    ) {
        let path = self.project_path(N::P_INTEGRATION, integration_id.text(Text::Encode), V::undefined());
        let what = install_event(integration_id, name);
        what.set(N::credentialId, id);
        self.api(Api::new(N::DELETE, path).credential(id), tag, what, then);
    }

    /// The account that an answer was about is gone: here too, and the subscribers hear of it.
    pub(super) fn removed(&mut self, what: V, gone: bool) {
        if gone {
            let name = what.get(N::integrationType);
            self.drop_credential(name, what.get(N::credentialId));
            self.announce(N::onIntegrationUninstall, name);
        }
    }
}

/// What install and uninstall events carry.
pub(super) fn install_event<V: Value>(integration_id: V, name: V) -> V {
    let event = V::object();
    event.set(N::integrationId, integration_id);
    event.set(N::integrationType, name);
    event
}

/// A credential by its UUID, by `ext:<external id>`, or by a bare external id.
pub(super) fn find_credential<V: Value>(all: V, wanted: V) -> V {
    let wanted = wanted.text(Text::Trim);
    let external = wanted.text(Text::AfterExt);
    if external.present() {
        return all.find(N::externalId, external);
    }
    let key = if wanted.text(Text::Uuid).present() { N::id } else { N::externalId };
    all.find(key, wanted)
}

/// A configuration by its UUID or by `ext:<external id>`.
fn find_configuration<V: Value>(all: V, wanted: V) -> V {
    let wanted = wanted.text(Text::Trim);
    let external = wanted.text(Text::AfterExt);
    if external.present() { all.find(N::externalId, external) } else { all.find(N::id, wanted) }
}
