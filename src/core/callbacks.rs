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
        let kept = V::object();
        for key in keys {
            if options.get(*key).is_function() {
                kept.set(*key, options.get(*key));
            }
        }
        let all = self.remembered(N::callbacks).merged(V::undefined());
        all.put(name, kept);
        self.memory.set(N::callbacks, all);
    }

    /// Calls a callback and forgets it.
    pub(super) fn call_back(&mut self, key: N, name: V, arguments: &[V]) {
        let all = self.remembered(N::callbacks);
        let callbacks = all.lookup(name);
        let callback = callbacks.get(key);
        if callback.is_function() {
            let all = all.copy();
            all.put(name, callbacks.with(key, V::undefined()));
            self.memory.set(N::callbacks, all);
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

    /// An account has come and nothing is left to ask: whoever waits for it hears of it. Gives what they are told. The
    /// subscribers only hear of an account that can be used.
    pub(super) fn installed(&mut self, name: V, credential: V) -> V {
        let integration = self.remembered(N::catalog).lookup(name);
        let payload = install_event(integration.get(N::id), name);
        let told = payload.copy();
        told.set(N::credentialId, credential.get(N::id));
        told.set(N::credential, credential.deep_copy());
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
                self.close_portal();
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
        let error = V::object();
        for key in [N::message, N::code, N::status, N::meta] {
            error.set(key, response.get(key).or(failure.0.get(key)));
        }
        self.portal_with(N::connectionError, error);
    }

    /// `triggerSDKEvent({type, integrationId, integrationType, …})`, of the portal's page.
    pub(super) fn trigger_event(&mut self, info: V) -> Outcome<V> {
        const EVENTS: [N; 5] = [
            N::onIntegrationInstall,
            N::onIntegrationUninstall,
            N::onWorkflowChange,
            N::onPortalOpen,
            N::onPortalClose,
        ];
        let kind = info.get(N::r#type);
        let event = EVENTS.into_iter().find(|event| kind.is(*event));
        let event = event.ok_or_else(|| Failure::argument(N::triggerSDKEvent, N::r#type))?;
        let payload = V::object();
        let keys: &[N] = if event == N::onWorkflowChange {
            &[N::integrationId, N::workflowId, N::workflowStateChange]
        } else {
            &[N::integrationId, N::integrationType]
        };
        for key in keys {
            payload.set(*key, info.get(*key));
        }
        self.announce_with(event, info.get(N::integrationType), payload);
        Ok(V::undefined())
    }
}
