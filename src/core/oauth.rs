//! The OAuth popup: carries out what `attempt.rs` decides.

use super::api::Api;
use super::attempt::{Attempt, Effect as Step, Event, Outcome as End, TICK_MS};
use super::effect::{Effect, Id, PopupEvent};
use super::failure::{Failure, Fault, message_of};
use super::flow;
use super::hosts::is_safe;
use super::install::Install;
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Outcome};

/// The attempt under way: its machine, and what the machine's events were about.
pub struct Popup<V> {
    id: Id,
    machine: Attempt,
    /// The random id by which the platform knows this attempt.
    key: V,
    address: V,
    credential: V,
    failure: Option<Failure<V>>,
}

impl<V: Value> Core<V> {
    /// Opens the popup, in the turn of whoever called.
    pub(super) fn begin_attempt(&mut self, install_id: Id) {
        let Some(key) = self.host.random_id() else {
            let failure = Failure::plain(Fault::NO_RANDOM_SOURCE);
            return self.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
        };
        let id = self.fresh_id();
        let Some(install) = self.install.as_mut() else { return };
        let (machine, first) = Attempt::begin();
        install.popup = Some(Popup {
            id,
            machine,
            key,
            address: V::undefined(),
            credential: V::undefined(),
            failure: None,
        });
        let timeout = install.options.get(N::oauthTimeout).as_number();
        if timeout > 0.0 {
            self.wait(timeout, Box::new(move |core, _| core.attempt(id, Event::TimedOut)));
        }
        self.take_step(id, first);
    }

    /// Ends the attempt under way, if there is one.
    pub(super) fn abandon_attempt(&mut self) {
        if let Some(id) = self.popup().map(|popup| popup.id) {
            self.attempt(id, Event::Abandoned);
        }
    }

    /// The popup has something to tell. A message counts only from the page that may send it, and for this attempt.
    pub(super) fn popup_event(&mut self, id: Id, event: PopupEvent<V>) {
        let Some(key) = self.popup().filter(|popup| popup.id == id).map(|popup| popup.key.clone()) else { return };
        let (origin, data) = match event {
            PopupEvent::Opened => return self.attempt(id, Event::Opened),
            PopupEvent::Blocked => return self.attempt(id, Event::Blocked),
            PopupEvent::Message { origin, data } => (origin, data),
        };
        let kind = data.get(N::r#type);
        let bound = data.get(N::oauthMetaKeyId);
        if bound.present() && !bound.same(&key) {
            return;
        }
        let from = |services: &[N]| services.iter().any(|s| self.service(*s).url(UrlPart::Origin).same(&origin));
        if kind.is(N::OAUTH_NONCE_LOADED) && from(&[N::ZEUS_PUBLIC_URL]) {
            return self.attempt(id, Event::NonceLoaded);
        }
        if !from(&[N::PASSPORT_PUBLIC_URL, N::PASSPORT_PRODUCTION_URL]) {
            return;
        }
        let is_error = kind.is(N::OAUTH_ERROR_CALLBACK);
        let Some(popup) = self.popup_mut(id) else { return };
        if kind.is(N::OAUTH_SUCCESS_CALLBACK) && data.get(N::credential).get(N::id).has_text() {
            popup.credential = data.get(N::credential);
            self.attempt(id, Event::MessageSuccess);
        } else if is_error {
            popup.failure = Some(denied(&data));
            self.attempt(id, Event::MessageError);
        }
    }

    fn popup(&self) -> Option<&Popup<V>> {
        self.install.as_ref()?.popup.as_ref()
    }

    fn popup_mut(&mut self, id: Id) -> Option<&mut Popup<V>> {
        self.install.as_mut()?.popup.as_mut().filter(|popup| popup.id == id)
    }

    /// Gives an event to the attempt with this id, if it is still the one.
    fn attempt(&mut self, id: Id, event: Event) {
        let Some(popup) = self.popup_mut(id) else { return };
        for step in popup.machine.step(event) {
            self.take_step(id, step);
        }
    }

    fn take_step(&mut self, id: Id, step: Step) {
        let Some(install) = &self.install else { return };
        let Some(popup) = &install.popup else { return };
        match step {
            Step::Open => {
                let url = self.nonce_address(install, &popup.key);
                self.effect(Effect::OpenPopup { id, url });
            }
            Step::Build => self.build(id),
            Step::Steer => {
                let url = popup.address.clone();
                self.effect(Effect::SteerPopup { id, url });
            }
            Step::Poll => self.poll(id),
            Step::Wait => self.wait(
                TICK_MS,
                Box::new(move |core, _| {
                    if core.popup().is_some_and(|popup| popup.id == id && !popup.machine.ended()) {
                        let (closed, focused) = core.host.look_at_popup(id);
                        core.attempt(id, Event::Tick { closed, focused });
                    }
                }),
            ),
            Step::End(outcome) => self.end_attempt(id, outcome),
        }
    }

    fn nonce_address(&self, install: &Install<V>, key: &V) -> V {
        let query = V::object();
        query.set(N::action, &action_of(install));
        query.set(N::integrationId, &install.integration.get(N::id));
        query.set(N::originForPostMessage, &self.host.page_origin());
        query.set(N::oauthMetaKeyId, key);
        query.set(N::userToken, &self.token_for_address());
        let path = self.project_path(N::P_NONCE, &as_query(&query), &V::undefined());
        V::fill(N::T_JOIN, [&self.service(N::ZEUS_PUBLIC_URL), &path, &V::undefined()])
    }

    /// The user token, for platforms that want it in these two addresses. A local platform takes it from a header.
    fn token_for_address(&self) -> V {
        if self.remembered(N::environments).get(N::local).truthy() { V::undefined() } else { self.remembered(N::token) }
    }

    /// Asks for the provider's address.
    fn build(&mut self, id: Id) {
        let Some(install) = &self.install else { return };
        let Some(popup) = &install.popup else { return };
        let parameters = V::object();
        for parameter in install.account_type.get(N::oauthParameters).items() {
            let source = parameter.get(N::source);
            if source.get(N::r#type).is(N::VALUE) {
                parameters.put(&parameter.get(N::key), &source.get(N::value));
            }
        }
        let values = if install.pre.is_object() { install.pre.clone() } else { V::object() };
        let query = V::object();
        query.set(N::action, &action_of(install));
        query.set(N::endUserSuppliedValues, &values.text(Text::Json));
        query.set(N::parameters, &parameters.text(Text::Json));
        query.set(N::userToken, &self.token_for_address());
        query.set(N::integrationId, &install.integration.get(N::id));
        query.set(N::redirectUrl, &install.options.get(N::overrideRedirectUrl));
        query.set(N::originForPostMessage, &self.host.page_origin());
        query.set(N::isPreviewMode, &V::bool(false));
        query.set(N::installOptions, &install.install_options.text(Text::Json));
        query.set(N::oauthMetaKeyId, &popup.key);
        let path = self.project_path(N::P_BUILD_OAUTH, &as_query(&query), &V::undefined());
        self.api(
            Api::new(N::GET, path),
            Box::new(move |core, outcome| {
                let outcome = outcome.and_then(|answer| {
                    let address = answer.get(N::redirectUrl);
                    // Never `javascript:` or the like, whoever says so.
                    if is_safe(&address) { Ok(address) } else { Err(Failure::plain(Fault::OAUTH_ADDRESS_UNSAFE)) }
                });
                let Some(popup) = core.popup_mut(id) else { return };
                match outcome {
                    Ok(address) => {
                        popup.address = address;
                        core.attempt(id, Event::Built);
                    }
                    Err(failure) => {
                        popup.failure = Some(failure);
                        core.attempt(id, Event::BuildFailed);
                    }
                }
            }),
        );
    }

    /// Asks the platform how the attempt went.
    fn poll(&mut self, id: Id) {
        let path = self.session_path();
        self.api(
            Api::new(N::GET, path),
            Box::new(move |core, outcome| {
                let Some(popup) = core.popup_mut(id) else { return };
                let event = match outcome {
                    Ok(answer) if answer.get(N::connectCredentialId).has_text() => {
                        let credential = V::object();
                        credential.set(N::id, &answer.get(N::connectCredentialId));
                        popup.credential = credential;
                        Event::PollFound
                    }
                    Ok(answer) if answer.get(N::error).present() => {
                        popup.failure = Some(denied(&answer));
                        Event::PollError
                    }
                    Ok(_) => Event::PollEmpty,
                    Err(_) => Event::PollBroken,
                };
                core.attempt(id, event);
            }),
        );
    }

    fn session_path(&self) -> V {
        let key = self.popup().map_or_else(V::undefined, |popup| popup.key.text(Text::Encode));
        self.project_path(N::P_SESSION_ID, &key, &V::undefined())
    }

    fn end_attempt(&mut self, id: Id, outcome: End) {
        self.effect(Effect::ClosePopup { id });
        let session_path = self.session_path();
        let Some(install) = &mut self.install else { return };
        let install_id = install.id;
        let Some(popup) = install.popup.take() else { return };
        let fault = match outcome {
            End::Success => return self.authorized(install_id, popup.credential, session_path),
            End::Abandoned => return,
            End::Blocked => Fault::OAUTH_BLOCKED,
            End::Closed => Fault::OAUTH_POPUP_CLOSED,
            End::TimedOut => Fault::OAUTH_TIMEOUT,
            End::Refused | End::BuildFailed => Fault::OAUTH_DENIED,
        };
        let failure = popup.failure.unwrap_or_else(|| Failure::plain(fault));
        self.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
    }

    /// The attempt made a credential: read it unless it came whole, then go on with the flow.
    fn authorized(&mut self, install_id: Id, credential: V, session_path: V) {
        self.api(Api::new(N::DELETE, session_path), Box::new(|_, _| {}));
        if credential.get(N::status).is(N::VALID) && credential.get(N::configurations).len() > 0 {
            return self.gained_credential(install_id, &credential, flow::Event::Authorized);
        }
        let id = credential.get(N::id);
        let path = self.project_path(N::P_CREDENTIAL, &id.text(Text::Encode), &V::undefined());
        let asked = path.clone();
        self.api(
            Api::new(N::GET, path).credential(id),
            Box::new(move |core, outcome: Outcome<V>| match outcome {
                Ok(credential) if credential.get(N::id).has_text() => {
                    core.gained_credential(install_id, &credential, flow::Event::Authorized);
                }
                Ok(_) => {
                    let failure = Failure::new(Fault::ANSWER_INVALID, [&asked, &V::undefined()]);
                    core.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure);
                }
                Err(failure) => core.attempt_failed(install_id, flow::Event::AuthorizationFailed, failure),
            }),
        );
    }
}

/// What the provider or the platform gave as its reason.
fn denied<V: Value>(data: &V) -> Failure<V> {
    let error = data.get(N::error);
    let text = if error.is_text() { error.clone() } else { message_of(&error) };
    let meta = V::object();
    meta.set(N::error, &error);
    meta.set(N::errorResponse, &data.get(N::errorResponse));
    Failure::new(Fault::OAUTH_DENIED, [&text, &V::undefined()]).with(N::meta, &meta)
}

/// The integration's type, as these addresses name it.
fn action_of<V: Value>(install: &Install<V>) -> V {
    install.integration.get(N::r#type)
}

/// An object as a query string; what is `undefined` or `null` is left out.
fn as_query<V: Value>(parameters: &V) -> V {
    let mut query = V::name(N::EMPTY);
    let mut template = N::T_FIRST_PAIR;
    for key in parameters.keys().items() {
        let value = parameters.lookup(&key);
        if value.present() {
            query = V::fill(template, [&query, &key, &value.text(Text::Encode)]);
            template = N::T_PAIR;
        }
    }
    query
}
