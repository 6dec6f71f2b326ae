//! Callbacks that an app gives to one call (`connect`, `installIntegration`), and the events that they and the
//! subscribers hear. A callback runs once, and before the subscribers.

use super::account::install_event;
use super::effect::Effect;
use super::failure::Failure;
use super::names::Name as N;
use super::value::Value;
use super::{Core, Outcome};

/// All callbacks of a call.
pub(super) const CALLBACKS: [N; 7] =
    [N::onSuccess, N::onInstall, N::onError, N::onUninstall, N::onWorkflowChange, N::onOpen, N::onClose];

/// Which callbacks hear of an event.
fn callbacks_of(event: N) -> &'static [N] {
    match event {
        N::onIntegrationInstall => &[N::onSuccess, N::onInstall],
        N::onIntegrationUninstall => &[N::onUninstall],
        N::onWorkflowChange => &[N::onWorkflowChange],
        N::onPortalOpen => &[N::onOpen],
        _ => &[N::onClose],
    }
}

impl<V: Value> Core<V> {
    /// Keeps those of the app's callbacks that are in `keys`, in the place of an earlier call's.
    pub(super) fn keep_callbacks(&mut self, name: V, options: V, keys: &[N]) {
        self.keep_for(N::callbacks, name, options.picked(keys));
    }

    /// Keeps something of one integration under `key`; see there what.
    pub(super) fn keep_for(&mut self, key: N, name: V, value: V) {
        let all = self.remembered(key).merged(V::undefined());
        all.put(name, value);
        self.memory.set(key, all);
    }

    /// Calls a callback and forgets it.
    pub(super) fn call_back(&mut self, key: N, name: V, arguments: &[V]) {
        let callbacks = self.remembered(N::callbacks).lookup(name);
        let callback = callbacks.get(key);
        if callback.is_function() {
            self.keep_for(N::callbacks, name, callbacks.with(key, V::undefined()));
            self.notify(callback, arguments);
        }
    }

    /// Tells the integration's callbacks, then the subscribers, of an event about the integration `name`.
    pub(super) fn announce(&mut self, event: N, name: V) {
        let integration = self.remembered(N::catalog).lookup(name);
        let payload = install_event(integration.get(N::id), name);
        self.announce_with(event, name, payload);
    }

    /// The same, with what they are told.
    fn announce_with(&mut self, event: N, name: V, payload: V) {
        let user = self.user_copy();
        for key in callbacks_of(event) {
            self.call_back(*key, name, &[payload, user]);
        }
        self.effect(Effect::Emit { event, payload });
    }

    /// What the caller of an install is told of its account.
    pub(super) fn whole_install_event(&self, name: V, credential: V) -> V {
        let integration = self.remembered(N::catalog).lookup(name);
        let told = install_event(integration.get(N::id), name);
        told.set(N::credentialId, credential.get(N::id));
        told.set(N::credential, credential.deep_copy());
        told
    }

    /// An account has come and nothing is left to ask: whoever waits for it hears of it. Gives what they are told. The
    /// subscribers only hear of an account that can be used; while `connect` or `installIntegration` (`direct`) waits for
    /// it, they are told the same.
    pub(super) fn installed(&mut self, name: V, credential: V, direct: bool) -> V {
        let told = self.whole_install_event(name, credential);
        let awaited = direct || self.portal.call.is_some() && self.portal_name().same(name);
        let payload = if awaited { told } else { install_event(told.get(N::integrationId), name) };
        let user = self.user_copy();
        for key in callbacks_of(N::onIntegrationInstall) {
            self.call_back(*key, name, &[told, user]);
        }
        if credential.get(N::status).is(N::VALID) {
            self.effect(Effect::Emit { event: N::onIntegrationInstall, payload });
        }
        if self.portal_name().same(name) {
            if let Some(call) = self.portal.call.take() {
                self.settle(call, Ok(told));
            }
            let options = self.portal_state().get(N::apiInstallationOptions);
            if options.get(N::showPortalAfterInstall).truthy() {
                self.portal_with(N::shouldShowPortalAfterInstall, V::bool(true));
            } else if options.get(N::isApiInstallation).truthy() {
                self.close_portal(false);
            }
        }
        told
    }

    /// Connecting has failed: the callback hears of it, the promise of the call rejects, and the portal shows it.
    pub(super) fn install_failed(&mut self, name: V, failure: Failure<V>) {
        self.call_back(N::onError, name, &[V::failure(failure)]);
        if !self.portal_name().same(name) {
            return;
        }
        if let Some(call) = self.portal.call.take() {
            self.settle(call, Err(failure));
        }
        let meta = failure.0.get(N::meta);
        let response = meta.get(N::errorResponse);
        let keys = &[N::message, N::code, N::status, N::meta];
        self.portal_with(N::connectionError, failure.0.picked(keys).merged(response.picked(keys)));
    }

    /// `triggerSDKEvent({type, integrationId, integrationType, …})`, of the portal's page.
    pub(super) fn trigger_event(&mut self, info: V) -> Outcome<V> {
        const EVENTS: &[N] = &[
            N::onIntegrationInstall,
            N::onIntegrationUninstall,
            N::onWorkflowChange,
            N::onPortalOpen,
            N::onPortalClose,
        ];
        let kind = info.get(N::r#type);
        let Some(&event) = EVENTS.iter().find(|event| kind.is(**event)) else {
            return Err(Failure::argument(N::triggerSDKEvent, N::r#type));
        };
        let name = info.get(N::integrationType);
        let state = self.integration_state(name);
        let current = state.get(N::allCredentials).find(N::id, state.get(N::credentialId));
        if event == N::onIntegrationInstall && current.get(N::status).is(N::VALID) {
            self.installed(name, current, false);
            return Ok(V::undefined());
        }
        let keys: &[N] = if event == N::onWorkflowChange {
            &[N::integrationId, N::workflowId, N::workflowStateChange]
        } else {
            &[N::integrationId, N::integrationType]
        };
        self.announce_with(event, name, info.picked(keys));
        Ok(V::undefined())
    }
}
