//! Calls that go through the platform to somewhere else: the provider (`request`) and the workflows (`event`).

use super::Id;
use super::api::{Api, refusal, settle_empty, unanswered};
use super::effect::{Answer, Request};
use super::failure::{Failure, Fault, message_of};
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Outcome, Then};

impl<V: Value> Core<V> {
    /// `request(integration, path, {method, body, headers, signal, responseType, selectedCredentialId})`: the provider's
    /// API, with the user's account. Every call gets its own answer; the body goes to the browser's `fetch` as it is.
    pub(super) fn request(&mut self, call: Id, name: V, path: V, options: V) -> Outcome<V> {
        self.user()?;
        self.integration(name)?;
        if !path.is_text() {
            return Err(Failure::argument(N::request, N::path));
        }
        let response_type = options.get(N::responseType);
        let known = [N::json, N::text, N::blob, N::arrayBuffer, N::stream, N::response];
        if response_type.present() && !known.iter().any(|one| response_type.is(*one)) {
            return Err(Failure::argument(N::request, N::responseType));
        }
        let headers = self.headers(self.remembered(N::token));
        // Only parsed JSON can be wrapped: whoever wants the provider's own bytes gets them unwrapped.
        let unwrapped = response_type.present() && !response_type.is(N::json);
        if unwrapped {
            headers.set(N::H_RAW, V::name(N::ONE));
        }
        headers.set(N::H_CONTENT_TYPE, V::name(N::auto));
        if options.get(N::selectedCredentialId).has_text() {
            headers.set(N::H_CREDENTIAL, self.select(name, options)?.credential.get(N::id));
        }
        let path = self.project_path(N::P_PROXY, name.text(Text::Encode), path.text(Text::Unslash));
        let url = self.address(N::WORKER_PROXY_PUBLIC_URL, path);
        // The browser resolves `..`, which would lead the token to other calls of the platform.
        let proxied = self.project_path(N::P_PROXY, name.text(Text::Encode), V::name(N::EMPTY));
        if !url.url(UrlPart::Path).begins(proxied) {
            return Err(Failure::argument(N::request, N::path));
        }
        let request = Request {
            method: options.get(N::method).or(V::name(N::GET)),
            url,
            headers,
            extra_headers: options.get(N::headers),
            body: options.get(N::body),
            signal: options.get(N::signal),
            response_type,
        };
        let kept = V::object();
        kept.set(N::url, url);
        kept.set(N::user, V::number(f64::from(self.session)));
        let raw = unwrapped || options.get(N::headers).header(N::H_RAW).truthy();
        kept.set(N::output, V::bool(!raw));
        self.send(
            request,
            call,
            kept,
            Then::Raw(|core, kept, answer| {
                let body = read(answer, kept.value.get(N::url));
                // The proxy wraps what it has parsed; the app gets what was wrapped.
                let wrapped = kept.value.get(N::output).truthy();
                let outcome = body.map(|body| if wrapped { body.get_own(N::output).unwrap_or(body) } else { body });
                let same_user = kept.value.get(N::user).as_number() == f64::from(core.session);
                match outcome {
                    // The account may have become invalid. When the app hears of the refusal, getUser() shows it.
                    Err(failure) if same_user && matches!(answer.status, 401 | 403) => {
                        core.refresh_user(kept.id, failure);
                    }
                    outcome => core.settle(kept.id, outcome),
                }
            }),
        );
        Ok(V::undefined())
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
        0..=2 => Err(unanswered(answer, url)),
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
