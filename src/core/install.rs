//! Installing an integration: carries out what `flow.rs` decides, for `installFlow` and for `installIntegration`.

use alloc::vec;
use alloc::vec::Vec;

use super::Id;
use super::api::Api;
use super::effect::Effect;
use super::failure::{Failure, Fault};
use super::flow::{self, Event, Flow, Stage};
use super::names::Name as N;
use super::oauth::Popup;
use super::portal_install::install_values;
use super::preparation::chosen_account_type;
use super::stages;
use super::value::{Text, Value};
use super::{Core, Kept, Outcome};

/// An install flow that is under way, or has just ended. Its values lie in `memory.install`: `name`, `integration`,
/// `options`, `installOptions`, `accountType`, `preOptions`, `postOptions`, `credential`.
pub struct Install {
    pub(super) id: Id,
    pub(super) flow: Flow,
    pub(super) popup: Option<Popup>,
    /// Set for `installIntegration`: its promise. It asks the user nothing but the provider's consent.
    direct: Option<Id>,
    /// The portal shows what comes of it.
    portal: bool,
    /// Calls such as `setPreOptions` whose work is not done yet.
    waiting: Vec<Id>,
}

/// What an install is begun for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `installFlow`.
    Flow,
    /// `installIntegration`, whose promise this is.
    Direct(Id),
    /// Nothing yet: what can be asked ahead is asked.
    Prepare,
}

impl<V: Value> Core<V> {
    /// `installFlow.start(name, options)`. What is wrong goes to `onError`.
    pub(super) fn start_flow(&mut self, name: V, options: V) -> Outcome<V> {
        let begun = self.try_start(name, options, Purpose::Flow);
        self.begun(options, begun)
    }

    /// What hinders a flow from beginning goes to `onError`.
    pub(super) fn begun(&mut self, options: V, begun: Outcome<V>) -> Outcome<V> {
        if let Err(failure) = begun {
            let callback = options.get(N::onError);
            if !callback.is_function() {
                return Err(failure);
            }
            self.notify(callback, &[V::failure(failure), V::null()]);
        }
        Ok(V::undefined())
    }

    /// `installIntegration(name, options)`: resolves with the install event.
    pub(super) fn install_integration(&mut self, call: Id, name: V, options: V) -> Outcome<V> {
        self.try_start(name, options, Purpose::Direct(call))
    }

    pub(super) fn try_start(&mut self, name: V, options: V, purpose: Purpose) -> Outcome<V> {
        let direct = if let Purpose::Direct(call) = purpose { Some(call) } else { None };
        if !self.remembered(N::headless).truthy() {
            return match direct {
                Some(call) => self.install_in_portal(call, name, options),
                None => Err(Failure::plain(Fault::HEADLESS_MODE_NOT_ENABLED)),
            };
        }
        let method = if direct.is_some() { N::installIntegration } else { N::installFlow };
        let integration = self.installable(name, method)?;
        let selected = self.check_install(name, options)?;
        let (account_type, offered) = chosen_account_type(integration, name, options)?;
        let wants_account_type = !account_type.present() && stages::account_types(integration).length() > 0;
        let mut needs = stages::needs(name, integration, account_type);
        if direct.is_some() {
            // Nobody is there to follow an instruction or to answer.
            needs.instruction = false;
            needs.post_options &= !options.get(N::bypassPostOAuthPrompt).truthy();
            let stage = match () {
                () if wants_account_type => Some(Stage::AccountType),
                () if needs.pre_options || !needs.oauth => Some(Stage::PreOptions),
                () if needs.post_options => Some(Stage::PostOptions),
                () => None,
            };
            if let Some(stage) = stage {
                let stage = V::name(stages::stage_name(stage));
                return Err(Failure::new(Fault::INSTALL_NEEDS_INPUT, [name, stage]).with(N::stage, stage));
            }
            // `onError` is told by the flow. Of the two for success only one is called.
            let done = if options.get(N::onInstall).is_function() { N::onInstall } else { N::onSuccess };
            let keys = [done, N::onUninstall, N::onWorkflowChange];
            self.keep_callbacks(name, options, &keys);
        }
        let values = install_values(name, offered, options, account_type, selected, direct.is_some());
        if purpose == Purpose::Prepare {
            if needs.oauth && !needs.pre_options && !wants_account_type {
                self.ask_ahead(values);
            }
            return Ok(V::undefined());
        }
        self.begin_install(values, Flow::new(wants_account_type, needs), direct, false);
        Ok(V::undefined())
    }

    /// The integration, if there is a user who may connect it from the app's own pages.
    pub(super) fn installable(&self, name: V, method: N) -> Outcome<V> {
        self.user()?;
        let integration = self.integration(name)?;
        self.require_feature(method, N::HEADLESS_FEATURE)?;
        Ok(integration)
    }

    /// Starts a flow in the place of the one before.
    pub(super) fn begin_install(&mut self, values: V, flow: Flow, direct: Option<Id>, portal: bool) {
        self.leave_install();
        let id = self.fresh_id();
        self.memory.set(N::install, values);
        self.install = Some(Install { id, flow, popup: None, direct, portal, waiting: vec![] });
        self.drive(id, Event::Start);
    }

    /// `setAccountType(id)`.
    pub(super) fn set_account_type(&mut self, call: Id, id: V) -> Outcome<V> {
        self.active_install()?;
        let (name, integration) = (self.installing(N::name), self.installing(N::integration));
        match stages::account_type(integration, name, id) {
            Ok(chosen) => {
                let needs = stages::needs(name, integration, chosen);
                self.act(call, Event::AccountTypeChosen(needs), N::accountType, chosen)
            }
            Err(failure) => {
                self.report(Stage::AccountType, failure);
                self.settle(call, Ok(V::undefined()));
                Ok(V::undefined())
            }
        }
    }

    /// `setPreOptions(values)`.
    pub(super) fn set_pre_options(&mut self, call: Id, values: V) -> Outcome<V> {
        let values = checked_values(values, N::setPreOptions)?;
        self.act(call, Event::PreOptionsGiven, N::preOptions, values)
    }

    /// `setPostOptions(values)`.
    pub(super) fn set_post_options(&mut self, call: Id, values: V) -> Outcome<V> {
        let values = checked_values(values, N::setPostOptions)?;
        self.act(call, Event::PostOptionsGiven, N::postOptions, values)
    }

    /// The instruction's finish button was clicked; a button of an earlier flow does nothing.
    pub(super) fn instruction_finished(&mut self, id: V) -> Outcome<V> {
        let id = id.as_number() as Id;
        self.drive(id, Event::InstructionFinished);
        Ok(V::undefined())
    }

    /// `installFlow.retry(options)`: the popup again, after it was blocked, closed, denied or timed out; perhaps as a tab, or
    /// in the page itself.
    pub(super) fn retry(&mut self, call: Id, options: V) -> Outcome<V> {
        let options = self.installing(N::options).merged(options);
        self.act(call, Event::Retry, N::options, options)
    }

    /// `installFlow.cancel()`. Without a flow there is nothing to do.
    pub(super) fn cancel(&mut self, call: Id) -> Outcome<V> {
        match self.active_install() {
            Ok(_) => {
                self.tell_cancelled();
                self.act(call, Event::Cancel, N::kept, V::undefined())
            }
            Err(_) => {
                self.settle(call, Ok(V::undefined()));
                Ok(V::undefined())
            }
        }
    }

    /// `installFlow.next()`.
    pub(super) fn next_stage(&mut self) -> Outcome<V> {
        let install = self.known_install()?;
        Ok(self.stage_value(install.id, install.flow.stage()))
    }

    /// What was given so far: the account type's id, or the values of a stage; `null` when nothing was.
    pub(super) fn given(&self, what: N) -> V {
        if self.known_install().is_err() {
            return V::null();
        }
        let given = self.installing(what);
        if what == N::accountType { given.get(N::id) } else { given.deep_copy() }.or(V::null())
    }

    /// One of the values of the flow under way.
    pub(super) fn installing(&self, key: N) -> V {
        self.remembered(N::install).get(key)
    }

    /// May the page itself go to the provider? Not if somebody waits for a promise, or for the portal.
    pub(super) fn may_leave(&self) -> bool {
        self.install.as_ref().is_some_and(|install| install.direct.is_none() && !install.portal)
    }

    /// Is the flow under way the popup of `startOAuthFlow`?
    pub(super) fn is_popup_alone(&self) -> bool {
        let api = self.installing(N::installOptions).get(N::isApiInstallation).truthy();
        !api && self.install.as_ref().is_some_and(|install| install.portal)
    }

    /// Ends the flow that is under way without a word to anybody but its own promises.
    pub(super) fn leave_install(&mut self) {
        if let Some(id) = self.install.as_ref().map(|install| install.id) {
            self.tell_cancelled();
            self.drive(id, Event::Superseded);
            self.settle_install(Err(Failure::plain(Fault::SESSION_REPLACED)));
        }
    }

    /// Tells the app that the flow under way will not come to its end.
    fn tell_cancelled(&mut self) {
        if self.active_install().is_ok() {
            self.notify(self.installing(N::options).get(N::onCancel), &[]);
        }
    }

    /// Tells the flow under way why it ends: the platform does not accept the user any more.
    pub(super) fn fail_install(&mut self, failure: Failure<V>) {
        if let Ok(stage) = self.active_install().map(|install| install.flow.stage()) {
            self.report(stage, failure.with(N::stage, V::name(stages::stage_name(stage))));
        }
    }

    /// The account that the flow under way for this integration is setting up.
    pub(super) fn installing_credential(&self, name: V) -> Option<V> {
        self.active_install().ok()?;
        let id = self.installing(N::credential).get(N::id);
        (self.installing(N::name).same(name) && id.present()).then_some(id)
    }

    /// The flow under way, or the one that has come to its good end.
    fn known_install(&self) -> Result<&Install, Failure<V>> {
        let known = self.install.as_ref().filter(|install| !install.flow.ended() || install.flow.finished());
        known.ok_or_else(|| Failure::plain(Fault::NO_ACTIVE_INSTALL_FLOW))
    }

    fn active_install(&self) -> Result<&Install, Failure<V>> {
        let active = self.install.as_ref().filter(|install| !install.flow.ended());
        active.ok_or_else(|| Failure::plain(Fault::NO_ACTIVE_INSTALL_FLOW))
    }

    /// A call of the app on the active flow. What it brought is kept under `key`, if the flow takes it.
    fn act(&mut self, call: Id, event: Event, key: N, value: V) -> Outcome<V> {
        let id = self.active_install()?.id;
        if let Some(install) = &mut self.install {
            install.waiting.push(call);
            let effects = install.flow.step(event);
            if !matches!(effects.first(), Some(flow::Effect::Refuse(_))) {
                self.remembered(N::install).set(key, value);
                if key == N::accountType {
                    // Another account type asks for other values.
                    self.remembered(N::install).set(N::preOptions, V::undefined());
                }
            }
            self.carry_out(id, effects);
        }
        Ok(V::undefined())
    }

    /// Gives an event to the flow with this id, if it is still the one.
    pub(super) fn drive(&mut self, id: Id, event: Event) {
        if let Some(install) = self.install.as_mut().filter(|install| install.id == id) {
            let effects = install.flow.step(event);
            self.carry_out(id, effects);
        }
    }

    fn carry_out(&mut self, id: Id, effects: Vec<flow::Effect>) {
        let working = effects
            .iter()
            .any(|effect| matches!(effect, flow::Effect::Save | flow::Effect::Complete | flow::Effect::OpenPopup));
        for effect in effects {
            if self.install.as_ref().is_none_or(|install| install.id != id) {
                return;
            }
            match effect {
                flow::Effect::Show(stage) => {
                    let value = self.stage_value(id, stage);
                    self.notify(self.installing(N::options).get(N::onNext), &[value]);
                }
                flow::Effect::OpenPopup => self.begin_attempt(id),
                flow::Effect::AbandonPopup => self.abandon_attempt(),
                flow::Effect::Save => self.save(id),
                flow::Effect::Complete => self.complete(id),
                flow::Effect::Fail(stage) | flow::Effect::Refuse(stage) => {
                    let failure = self.take_failure(stage, matches!(effect, flow::Effect::Refuse(_)));
                    self.report(stage, failure);
                }
                flow::Effect::Finish => self.finish(),
                flow::Effect::Discard => self.discard(),
            }
        }
        if !working && let Some(install) = self.install.as_mut().filter(|install| install.id == id) {
            for call in core::mem::take(&mut install.waiting) {
                self.settle(call, Ok(V::undefined()));
            }
        }
    }

    fn stage_value(&self, id: Id, stage: Stage) -> V {
        let of = |key| self.installing(key);
        stages::stage_value(self, stage, of(N::name), of(N::integration), of(N::accountType), id)
    }

    /// Saves the credential from the inputs.
    fn save(&mut self, id: Id) {
        let none = V::undefined();
        let path = self.project_path(N::P_CREDENTIALS, none, none);
        let api = Api::new(N::POST, path).body(self.credential_body(self.installing(N::preOptions)));
        self.api(api, id, path, |core, kept, outcome| {
            core.gained_credential(kept, outcome, Event::Saved, Event::SaveFailed);
        });
    }

    /// Completes the setup of the credential with the inputs that came after it.
    fn complete(&mut self, id: Id) {
        let credential = self.installing(N::credential).get(N::id).text(Text::Encode);
        let path = self.project_path(N::P_COMPLETE, credential, V::undefined());
        let api = Api::new(N::POST, path).body(self.credential_body(self.installing(N::postOptions)));
        self.api(api, id, path, |core, kept, outcome| {
            core.gained_credential(kept, outcome, Event::Completed, Event::CompletionFailed);
        });
    }

    /// What saves or completes a credential with the `given` values.
    fn credential_body(&self, given: V) -> V {
        let payload = if given.is_object() { given.copy() } else { V::object() };
        let skip = self.installing(N::accountType).get(N::skipPostOAuthInputs).truthy();
        payload.set(N::skipPostOAuthInputs, V::bool(skip));
        let body = V::object();
        body.set(N::integrationId, self.installing(N::integration).get(N::id));
        body.set(N::config, V::object());
        body.set(N::payload, payload);
        body.set(N::installOptions, self.installing(N::installOptions));
        body
    }

    /// The platform's answer with a credential, for the flow `kept.id`; `kept.value` is what was asked. The credential
    /// belongs to the user even if the flow does not want it any more.
    pub(super) fn gained_credential(&mut self, kept: Kept<V>, outcome: Outcome<V>, good: Event, bad: Event) {
        if self.install.as_ref().is_none_or(|install| install.id != kept.id) {
            return;
        }
        match outcome {
            Ok(credential) if credential.get(N::id).has_text() => {
                self.remembered(N::install).set(N::credential, credential);
                self.store_credential(self.installing(N::name), credential);
                self.drive(kept.id, good);
            }
            Ok(_) => {
                let failure = self.invalid_answer();
                self.attempt_failed(kept.id, bad, failure);
            }
            Err(failure) => self.attempt_failed(kept.id, bad, failure),
        }
    }

    /// Something failed for the flow `id`; remembers why, for the `Fail` that follows.
    pub(super) fn attempt_failed(&mut self, id: Id, event: Event, failure: Failure<V>) {
        self.failure = Some(failure);
        self.drive(id, event);
        self.failure = None;
    }

    fn take_failure(&mut self, stage: Stage, refused: bool) -> Failure<V> {
        let stage = V::name(stages::stage_name(stage));
        match self.failure.take() {
            Some(failure) if !refused => failure.with(N::stage, stage),
            _ => Failure::new(Fault::STAGE_MISMATCH, [V::name(N::THIS_CALL), stage]).with(N::stage, stage),
        }
    }

    /// Tells the app that a stage failed. For `installIntegration` that is its end.
    fn report(&mut self, stage: Stage, failure: Failure<V>) {
        let Some(install) = &self.install else { return };
        let context = V::object();
        context.set(N::stage, V::name(stages::stage_name(stage)));
        let (id, direct, portal) = (install.id, install.direct, install.portal);
        if portal {
            self.install_failed(self.installing(N::name), failure);
        }
        let callback = self.installing(N::options).get(N::onError);
        if callback.is_function() {
            let arguments = [V::failure(failure), context];
            // Only flows have stages.
            self.notify(callback, if direct.is_some() || portal { &arguments[..1] } else { &arguments });
        } else if direct.is_none() && !self.portal_name().present() {
            self.effect(Effect::Warn { failure });
        }
        if direct.is_some() {
            self.settle_install(Err(failure));
            self.drive(id, Event::Superseded);
        }
    }

    fn finish(&mut self) {
        let options = self.installing(N::options);
        let credential = self.installing(N::credential);
        let Some(&Install { direct, portal, .. }) = self.install.as_ref() else { return };
        let direct = direct.is_some();
        // In the portal an account that waits for its setup is not the end, unless the app wants it to be.
        let waits = portal && !credential.get(N::status).is(N::VALID);
        if waits && !options.get(N::bypassPostOAuthPrompt).truthy() {
            return;
        }
        // Callbacks of `installIntegration` run before the subscribers, `onComplete` of a flow after them.
        let told = self.installed(self.installing(N::name), credential, direct);
        self.notify(options.get(if portal { N::onSuccess } else { N::onComplete }), &[told]);
        self.settle_install(Ok(told));
    }

    /// Removes the credential that a cancelled flow has made; one that was there before is not the flow's own.
    fn discard(&mut self) {
        let credential = self.installing(N::credential).get(N::id);
        let renewed = self.installing(N::installOptions).get(N::selectedCredentialId);
        if credential.present() && !renewed.same(credential) {
            let (name, integration) = (self.installing(N::name), self.installing(N::integration).get(N::id));
            self.remove_credential(0, name, integration, credential, |core, kept, outcome| {
                core.removed(kept.value, outcome.is_ok());
            });
        }
    }

    fn settle_install(&mut self, result: Outcome<V>) {
        if let Some(install) = &mut self.install {
            for call in core::mem::take(&mut install.waiting) {
                self.effects.push(Effect::Settle { call, result: Ok(V::undefined()) });
            }
            if let Some(call) = install.direct.take() {
                self.settle(call, result);
            }
        }
    }
}

fn checked_values<V: Value>(values: V, method: N) -> Outcome<V> {
    if values.is_object() { Ok(values.copy()) } else { Err(Failure::argument(method, N::values)) }
}
