//! How an account that arrives, changes or goes is worked into the user's state.
//!
//! Stored values are never changed in place: each function gives a new one, so a copy that the app holds stays as it is.

use super::Core;
use super::names::Name as N;
use super::value::Value;

/// The fields of an integration's state that follow its current account and configuration.
const FROM_CREDENTIAL: [N; 2] = [N::providerId, N::providerData];

impl<V: Value> Core<V> {
    /// The user's state of one integration; `undefined` when there is none.
    pub(super) fn integration_state(&self, name: V) -> V {
        self.remembered(N::user).get(N::integrations).lookup(name)
    }

    fn set_integration_state(&mut self, name: V, state: V) {
        let user = self.remembered(N::user);
        if !user.present() {
            return;
        }
        let integrations = user.get(N::integrations).copy();
        integrations.put(name, state);
        self.memory.set(N::user, user.with(N::integrations, integrations));
    }

    /// A credential that the platform sent: it replaces the one with its id, or joins.
    pub(super) fn store_credential(&mut self, name: V, credential: V) {
        let state = self.integration_state(name);
        self.set_integration_state(name, with_credential(state, credential));
    }

    /// A credential is gone.
    pub(super) fn drop_credential(&mut self, name: V, id: V) {
        let state = self.integration_state(name);
        self.set_integration_state(name, without_credential(state, id));
    }
}

/// The state with `allConfigurations`: those of all accounts.
pub(super) fn with_all_configurations<V: Value>(state: V) -> V {
    let all = V::list();
    for credential in state.get(N::allCredentials).items() {
        for configuration in credential.get(N::configurations).items() {
            all.push(configuration);
        }
    }
    state.with(N::allConfigurations, all)
}

fn with_credential<V: Value>(state: V, credential: V) -> V {
    let id = credential.get(N::id);
    let credentials = V::list();
    let mut known = false;
    for old in state.get(N::allCredentials).items() {
        let same = old.get(N::id).same(id);
        known |= same;
        credentials.push(if same { credential } else { old });
    }
    if !known {
        credentials.push(credential);
    }
    let next = if state.is_object() { state.copy() } else { V::object() };
    next.set(N::allCredentials, credentials);
    let current = state.get(N::credentialId);
    // A new account that still waits for its setup must not switch off the one that works.
    let waits_beside_a_valid_one =
        !known && !credential.get(N::status).is(N::VALID) && state.get(N::enabled).truthy() && current.present();
    let next = if (known && !current.same(id)) || waits_beside_a_valid_one {
        next
    } else {
        following(next, credential, state.get(N::credentialConfigId))
    };
    with_all_configurations(next)
}

fn without_credential<V: Value>(state: V, id: V) -> V {
    let left = V::list();
    for credential in state.get(N::allCredentials).items() {
        if !credential.get(N::id).same(id) {
            left.push(credential);
        }
    }
    let empty = V::object();
    empty.set(N::enabled, V::bool(false));
    empty.set(N::workflowSettings, V::object());
    empty.set(N::allCredentials, left);
    let next = if left.length() == 0 {
        empty
    } else if state.get(N::credentialId).same(id) {
        following(empty, left.at(0), V::undefined())
    } else {
        state.with(N::allCredentials, left)
    };
    with_all_configurations(next)
}

/// The state with this account as its current one. It keeps to the configuration it had, if that is this account's.
fn following<V: Value>(state: V, credential: V, configuration_id: V) -> V {
    let next = state.copy();
    let status = credential.get(N::status);
    next.set(N::credentialStatus, status);
    next.set(N::enabled, V::bool(status.is(N::VALID)));
    next.set(N::credentialId, credential.get(N::id));
    for key in FROM_CREDENTIAL {
        next.set(key, credential.get(key));
    }
    let configurations = credential.get(N::configurations);
    let kept = configurations.find(N::id, configuration_id);
    let configuration = kept.or(default_configuration(credential));
    next.set(N::credentialConfigId, configuration.get(N::id));
    next.set(N::externalId, configuration.get(N::externalId));
    for key in [N::configMeta, N::sharedSettings, N::workflowSettings] {
        let value = configuration.get(key);
        if value.present() {
            next.set(key, value);
        }
    }
    next.set(N::configuredWorkflows, configuration.get(N::workflowSettings).or(V::object()));
    next
}

/// The configuration that every account has.
pub(super) fn default_configuration<V: Value>(credential: V) -> V {
    let configurations = credential.get(N::configurations);
    configurations.find(N::isDefault, V::bool(true)).or(configurations.at(0))
}
