//! Calls that go through the platform to somewhere else: the provider (`request`) and the workflows (`event`).

use super::Id;
use super::api::{Api, refusal, settle_empty, unanswered};
use super::effect::{Answer, Request};
use super::failure::{Failure, Fault, message_of};
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Kept, Outcome, Then, retry};

impl<V: Value> Core<V> {
    /// `request(integration, path, {method, body, headers, responseType, selectedCredentialId, signal, timeout, retries,
    /// onUploadProgress, onDownloadProgress})`: the provider's API, with the user's account. Every call gets its own
    /// answer; the body goes to the browser's `fetch` as it is.
    pub(super) fn request(&mut self, call: Id, name: V, path: V, options: V) -> Outcome<V> {
        self.user()?;
        self.integration(name)?;
        if !path.is_text() {
            return Err(Failure::argument(N::request, N::path));
        }
        let response_type = options.get(N::responseType);
        let is_chosen = response_type.present();
        let known = [N::json, N::text, N::blob, N::arrayBuffer, N::stream, N::response];
        if is_chosen && !known.iter().any(|one| response_type.is(*one)) {
            return Err(Failure::argument(N::request, N::responseType));
        }
        let headers = self.headers(self.remembered(N::token));
        // Only parsed JSON can be wrapped: whoever wants the provider's own bytes gets them unwrapped.
        let unwrapped = is_chosen && !response_type.is(N::json);
        if unwrapped {
            headers.set(N::H_RAW, V::name(N::ONE));
        }
        headers.set(N::H_CONTENT_TYPE, V::name(N::auto));
        if options.get(N::selectedCredentialId).has_text() {
            headers.set(N::H_CREDENTIAL, self.select(name, options)?.credential.get(N::id));
        }
        let none = V::undefined();
        let proxied = self.project_path(N::P_PROXY, name.text(Text::Encode), none);
        let path = V::fill(N::T_JOIN, [proxied, path.text(Text::Unslash), none]);
        let url = self.address(N::WORKER_PROXY_PUBLIC_URL, path);
        // The browser resolves `..`, which would lead the token to other calls of the platform.
        if !url.url(UrlPart::Path).begins(proxied) {
            return Err(Failure::argument(N::request, N::path));
        }
        let timeout = options.get(N::timeout);
        if timeout.present() && (timeout.as_number().is_nan() || timeout.as_number() <= 0.0) {
            return Err(Failure::argument(N::request, N::timeout));
        }
        let sending = V::object();
        sending.set(N::options, options);
        sending.set(N::url, url);
        sending.set(N::headers, headers);
        sending.set(N::user, V::number(f64::from(self.session)));
        sending.set(N::since, V::number(self.host.now()));
        let raw = unwrapped || options.get(N::headers).header(N::H_RAW).truthy();
        sending.set(N::output, V::bool(!raw));
        self.send_to_provider(call, sending);
        Ok(V::undefined())
    }

    /// Sends what `request()` has put together, for the first time or once more.
    fn send_to_provider(&mut self, call: Id, sending: V) {
        let options = sending.get(N::options);
        let timeout = options.get(N::timeout).as_number();
        // At least one millisecond: 0 means no limit.
        let left = |timeout: f64| (timeout - (self.host.now() - sending.get(N::since).as_number())).max(1.0);
        let request = Request {
            method: options.get(N::method).or(V::name(N::GET)),
            url: sending.get(N::url),
            headers: sending.get(N::headers),
            body: options.get(N::body),
            options,
            timeout: if timeout.is_nan() { 0.0 } else { left(timeout) },
        };
        self.send(request, call, sending, Then::Raw(Core::provider_answered));
    }

    fn provider_answered(&mut self, kept: Kept<V>, answer: Answer<V>) {
        let sending = kept.value;
        let same_user = sending.get(N::user).as_number() == f64::from(self.session);
        if same_user && let Some(pause) = retry::pause(&*self.host, sending, answer) {
            sending.set(N::attempt, V::number(retry::attempt(sending) + 1.0));
            self.pause(pause, sending.get(N::options).get(N::signal), kept.id, sending, |core, kept, _| {
                // The headers hold the token of a user who may have left meanwhile.
                if kept.value.get(N::user).as_number() == f64::from(core.session) {
                    core.send_to_provider(kept.id, kept.value);
                } else {
                    core.settle(kept.id, Err(Failure::plain(Fault::SESSION_REPLACED)));
                }
            });
            return;
        }
        // The proxy wraps what it has parsed; the app gets what was wrapped.
        let wrapped = sending.get(N::output).truthy();
        let outcome = read(answer, sending.get(N::url));
        let outcome = outcome.map(|body| if wrapped { body.get_own(N::output).unwrap_or(body) } else { body });
        match outcome {
            // The account may have become invalid. When the app hears of the refusal, getUser() shows it.
            Err(failure) if same_user && matches!(answer.status, 401 | 403) => self.refresh_user(kept.id, failure),
            outcome => self.settle(kept.id, outcome),
        }
    }

    /// `event(name, payload, {selectedCredentialId, selectedConfigurationId})`: an App Event.
    /// The two ids go along as headers when the options name an account or a configuration.
    pub(super) fn event(&mut self, call: Id, name: V, payload: V, options: V) -> Outcome<V> {
        self.user()?;
        if !name.has_text() {
            return Err(Failure::argument(N::event, N::name));
        }
        let (credential, configuration) = self.select_anywhere(options)?;
        let names_configuration = options.get(N::selectedConfigurationId).has_text();
        let configuration = if names_configuration { configuration } else { V::undefined() };
        let body = V::object();
        body.set(N::name, name);
        body.set(N::payload, payload);
        let none = V::undefined();
        let path = self.project_path(N::P_EVENTS, none, none);
        let api = Api::new(N::POST, path).body(body);
        self.api(Api { service: N::HERMES_PUBLIC_URL, credential, configuration, ..api }, call, none, settle_empty);
        Ok(V::undefined())
    }
}

/// What a proxy answer means. A failure carries the parsed body, without the provider's headers, as `response`.
pub(super) fn read<V: Value>(answer: Answer<V>, url: V) -> Outcome<V> {
    match answer.status {
        0..=3 => Err(unanswered(answer, url)),
        200..=299 => Ok(answer.body),
        _ => {
            let response = if answer.body.is_object() { answer.body.copy() } else { answer.body };
            if response.is_object() {
                response.put(V::name(N::headers), V::undefined());
            }
            let message = message_of(answer.body);
            Err(refusal(Fault::PROXY_ERROR, answer, message).with(N::response, response))
        }
    }
}
