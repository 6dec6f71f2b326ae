//! The OAuth popup, or the page's own way to the provider: carries out what `attempt.rs` decides.

use super::Id;
use super::api::Api;
use super::attempt::{Attempt, Effect as Step, Event, Outcome as End, TICK_MS};
use super::effect::{Effect, PopupEvent};
use super::failure::{Failure, Fault, message_of};
use super::flow;
use super::hosts::is_safe;
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Kept, Outcome};

/// The attempt under way. What its events were about lies in `memory.popup`: `key` (the random id by which the
/// platform knows the attempt), `address`, `credential`, `error`; `word` and `returnUrl` if the page itself goes.
pub struct Popup {
    id: Id,
    machine: Attempt,
}

impl<V: Value> Core<V> {
    /// Opens the popup, in the turn of whoever called; or lets the page itself go, or takes up what it went for.
    pub(super) fn begin_attempt(&mut self, install_id: Id) {
        let departure = self.installing(N::departure);
        self.remembered(N::install).set(N::departure, V::undefined());
        let in_page = !departure.present() && self.may_leave() && self.installing(N::options).get(N::inPage).truthy();
        if in_page && !self.is_local() {
            let failure = Failure::plain(Fault::OAUTH_IN_PAGE_UNAVAILABLE);
            return self.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
        }
        let prepared = if in_page { V::undefined() } else { self.take_prepared() };
        let known = departure.get(N::key).or(prepared.get(N::key));
        let Some(key) = (if known.present() { Some(known) } else { self.host.random_id() }) else {
            let failure = Failure::plain(Fault::NO_RANDOM_SOURCE);
            return self.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
        };
        let id = self.fresh_id();
        let Some(install) = self.install.as_mut() else { return };
        let (machine, first) = if departure.present() { Attempt::returned() } else { Attempt::begin(in_page) };
        install.popup = Some(Popup { id, machine });
        let values = V::object();
        values.set(N::key, key);
        values.set(N::prepared, prepared);
        if in_page {
            let word = self.host.random_id().unwrap_or_else(V::undefined);
            values.set(N::word, word);
            values.set(N::returnUrl, self.host.return_address(word));
        }
        self.memory.set(N::popup, values);
        let timeout = self.installing(N::options).get(N::oauthTimeout).as_number();
        if timeout > 0.0 {
            self.wait(timeout, id, |core, id| core.attempt(id, Event::TimedOut));
        }
        self.take_step(id, first);
        if departure.present() {
            let none = V::undefined();
            self.effect(Effect::Leave { id, url: none, attempt: none, install: none });
        }
    }

    /// Ends the attempt under way, if there is one.
    pub(super) fn abandon_attempt(&mut self) {
        if let Some(id) = self.popup().map(|popup| popup.id) {
            self.attempt(id, Event::Abandoned);
        }
    }

    /// The popup has something to tell. A message counts only from the page that may send it, and for this attempt.
    pub(super) fn popup_event(&mut self, id: Id, event: PopupEvent<V>) {
        let (origin, data) = match event {
            PopupEvent::Opened => return self.attempt(id, Event::Opened),
            PopupEvent::Blocked => return self.attempt(id, Event::Blocked),
            PopupEvent::Message { origin, data, .. } => (origin, data),
        };
        let kind = data.get(N::r#type);
        let bound = data.get(N::oauthMetaKeyId);
        if bound.present() && !bound.same(self.remembered(N::popup).get(N::key)) {
            return;
        }
        let from = |services: &[N]| services.iter().any(|s| self.service(*s).url(UrlPart::Origin).same(origin));
        if kind.is(N::OAUTH_NONCE_LOADED) && from(&[N::ZEUS_PUBLIC_URL]) {
            return self.attempt(id, Event::NonceLoaded);
        }
        if !from(&[N::PASSPORT_PUBLIC_URL, N::PASSPORT_PRODUCTION_URL]) {
            return;
        }
        if kind.is(N::OAUTH_SUCCESS_CALLBACK) && data.get(N::credential).get(N::id).has_text() {
            // Beside the account stands what an app that saves it would have to send; that is no part of it.
            let credential = data.get(N::credential).copy();
            credential.put(V::name(N::payload), V::undefined());
            self.told(id, N::credential, credential, Event::MessageSuccess);
        } else if kind.is(N::OAUTH_ERROR_CALLBACK) {
            self.told(id, N::error, denied(data).0, Event::MessageError);
        }
    }

    /// Keeps what an event is about, then gives it to the attempt.
    fn told(&mut self, id: Id, key: N, value: V, event: Event) {
        if self.popup().is_some_and(|popup| popup.id == id) {
            self.remembered(N::popup).set(key, value);
            self.attempt(id, event);
        }
    }

    fn popup(&self) -> Option<&Popup> {
        self.install.as_ref()?.popup.as_ref()
    }

    /// Gives an event to the attempt with this id, if it is still the one.
    fn attempt(&mut self, id: Id, event: Event) {
        let popup = self.install.as_mut().and_then(|install| install.popup.as_mut());
        let Some(popup) = popup.filter(|popup| popup.id == id) else { return };
        for step in popup.machine.step(event) {
            self.take_step(id, step);
        }
    }

    fn take_step(&mut self, id: Id, step: Step) {
        match step {
            Step::Open => {
                let url = self.nonce_address();
                let tab = self.installing(N::options).get(N::inTab).truthy();
                self.effect(Effect::OpenPopup { id, url, tab });
            }
            Step::Leave => {
                let url = self.nonce_address();
                let [attempt, install] = [self.remembered(N::popup), self.remembered(N::install)];
                self.effect(Effect::Leave { id, url, attempt, install });
            }
            Step::Build => self.build(id),
            Step::Steer => {
                let url = self.remembered(N::popup).get(N::address);
                self.effect(Effect::SteerPopup { id, url });
            }
            Step::Poll => self.poll(id),
            Step::Wait => self.wait(TICK_MS, id, |core, id| {
                let (closed, focused) = core.host.look_at_popup(id);
                core.attempt(id, Event::Tick { closed, focused });
            }),
            Step::End(outcome) => self.end_attempt(id, outcome),
        }
    }

    fn nonce_address(&self) -> V {
        let query = self.query_about_attempt(self.remembered(N::install), self.remembered(N::popup).get(N::key));
        let path = self.project_path(N::P_NONCE, as_query(query), V::undefined());
        self.address(N::ZEUS_PUBLIC_URL, path)
    }

    /// What both addresses of an attempt name.
    fn query_about_attempt(&self, install: V, key: V) -> V {
        let integration = install.get(N::integration);
        // Platforms take the user token from these two addresses; a local one takes it from a header instead.
        let local = self.is_local();
        let query = V::object();
        query.set(N::action, integration.get(N::r#type));
        query.set(N::integrationId, integration.get(N::id));
        query.set(N::originForPostMessage, self.host.page_origin());
        query.set(N::oauthMetaKeyId, key);
        query.set(N::userToken, if local { V::undefined() } else { self.remembered(N::token) });
        query
    }

    /// Where the provider's address is asked for; `install` is what lies in `memory.install`.
    pub(super) fn build_path(&self, install: V, key: V) -> V {
        let parameters = V::object();
        for parameter in install.get(N::accountType).get(N::oauthParameters).items() {
            let source = parameter.get(N::source);
            if source.get(N::r#type).is(N::VALUE) {
                parameters.put(parameter.get(N::key), source.get(N::value));
            }
        }
        let query = self.query_about_attempt(install, key);
        query.set(N::endUserSuppliedValues, install.get(N::preOptions).or(V::object()).text(Text::Json));
        query.set(N::parameters, parameters.text(Text::Json));
        query.set(N::redirectUrl, install.get(N::options).get(N::overrideRedirectUrl));
        query.set(N::returnUrl, self.remembered(N::popup).get(N::returnUrl));
        query.set(N::isPreviewMode, V::bool(false));
        let options = install.get(N::installOptions).copy();
        options.set(N::accountType, install.get(N::accountType).get(N::id));
        // Those of `startOAuthFlow` go as they were given.
        let alone = install.same(self.remembered(N::install)) && self.is_popup_alone();
        if !alone {
            if !options.get(N::isApiInstallation).truthy() {
                let own = V::object();
                own.set(N::overrideRedirectUrl, options.get(N::overrideRedirectUrl));
                options.set(N::userProvidedIntegrationConfig, own);
            }
            // It stands elsewhere in this call.
            options.set(N::overrideRedirectUrl, V::undefined());
        }
        options.set(N::endUserSuppliedValues, install.get(N::preOptions));
        query.set(N::installOptions, options.text(Text::Json));
        self.project_path(N::P_BUILD_OAUTH, as_query(query), V::undefined())
    }

    /// Asks for the provider's address, unless that was done ahead.
    fn build(&mut self, id: Id) {
        let popup = self.remembered(N::popup);
        let known = popup.get(N::prepared).get(N::address);
        if known.present() {
            return self.told(id, N::address, known, Event::Built);
        }
        let path = self.build_path(self.remembered(N::install), popup.get(N::key));
        self.api(Api::new(N::GET, path), id, V::undefined(), |core, kept, outcome| {
            let address = outcome.and_then(|answer| {
                let address = answer.get(N::redirectUrl);
                // Never `javascript:` or the like, whoever says so.
                if is_safe(address) { Ok(address) } else { Err(Failure::plain(Fault::OAUTH_ADDRESS_UNSAFE)) }
            });
            match address {
                Ok(address) => core.told(kept.id, N::address, address, Event::Built),
                Err(failure) => core.told(kept.id, N::error, failure.0, Event::BuildFailed),
            }
        });
    }

    /// Asks the platform how the attempt went.
    fn poll(&mut self, id: Id) {
        let path = self.session_path();
        self.api(Api::new(N::GET, path), id, V::undefined(), |core, kept, outcome| match outcome {
            Ok(answer) if answer.get(N::connectCredentialId).has_text() => {
                let credential = V::object();
                credential.set(N::id, answer.get(N::connectCredentialId));
                core.told(kept.id, N::credential, credential, Event::PollFound);
            }
            Ok(answer) if answer.get(N::error).present() => {
                core.told(kept.id, N::error, denied(answer).0, Event::PollError);
            }
            Ok(_) => core.attempt(kept.id, Event::PollEmpty),
            Err(_) => core.attempt(kept.id, Event::PollBroken),
        });
    }

    fn session_path(&self) -> V {
        let key = self.remembered(N::popup).get(N::key).text(Text::Encode);
        self.project_path(N::P_SESSION_ID, key, V::undefined())
    }

    fn end_attempt(&mut self, id: Id, outcome: End) {
        self.effect(Effect::ClosePopup { id });
        self.end_waits(id);
        let session_path = self.session_path();
        let values = self.remembered(N::popup);
        self.memory.set(N::popup, V::undefined());
        let Some(install) = &mut self.install else { return };
        install.popup = None;
        let install_id = install.id;
        if matches!(outcome, End::Success | End::TimedOut) {
            // Nobody asks for it any more.
            self.api(Api::new(N::DELETE, session_path), 0, V::undefined(), |_, _, _| {});
        }
        let fault = match outcome {
            End::Success => return self.authorized(install_id, values.get(N::credential)),
            End::Abandoned => return,
            End::Blocked if values.get(N::word).present() => Fault::OAUTH_IN_PAGE_UNAVAILABLE,
            End::Blocked => Fault::OAUTH_BLOCKED,
            End::Closed => Fault::OAUTH_POPUP_CLOSED,
            End::TimedOut => Fault::OAUTH_TIMEOUT,
            End::Refused | End::BuildFailed => Fault::OAUTH_DENIED,
        };
        let told = values.get(N::error);
        let failure = match outcome {
            End::Refused | End::BuildFailed if told.present() => Failure(told),
            _ => Failure::plain(fault),
        };
        self.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
    }

    /// The attempt made a credential: read it unless it came whole, then go on with the flow.
    fn authorized(&mut self, install_id: Id, credential: V) {
        let none = V::undefined();
        let take: fn(&mut Self, Kept<V>, Outcome<V>) = |core, kept, outcome| {
            core.gained_credential(kept, outcome, flow::Event::Authorized, flow::Event::AuthorizationFailed);
        };
        if credential.get(N::status).is(N::VALID) && credential.get(N::configurations).length() > 0 {
            return take(self, Kept { id: install_id, value: none }, Ok(credential));
        }
        let id = credential.get(N::id);
        let path = self.project_path(N::P_CREDENTIAL, id.text(Text::Encode), none);
        self.api(Api::new(N::GET, path).credential(id), install_id, path, take);
    }
}

/// What the provider or the platform gave as its reason.
pub(super) fn denied<V: Value>(data: V) -> Failure<V> {
    let error = data.get(N::error);
    let text = if error.is_text() { error } else { message_of(error) };
    let meta = V::object();
    meta.set(N::error, error);
    meta.set(N::errorResponse, data.get(N::errorResponse));
    Failure::new(Fault::OAUTH_DENIED, [text, V::undefined()]).with(N::meta, meta)
}

/// An object as a query string; what is `undefined` or `null` is left out.
pub(super) fn as_query<V: Value>(parameters: V) -> V {
    let mut query = V::name(N::EMPTY);
    let mut template = N::T_FIRST_PAIR;
    for key in parameters.keys().items() {
        let value = parameters.lookup(key);
        if value.present() {
            query = V::fill(template, [query, key, value.text(Text::Encode)]);
            template = N::T_PAIR;
        }
    }
    query
}
