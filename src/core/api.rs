//! Calls of the platform's API: one way to build them, and one place that reads their errors.

use super::Id;
use super::effect::{Answer, Request};
use super::failure::{Failure, Fault, message_of};
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Kept, Outcome, Then, retry};

/// How long a call of the platform's API may take, in milliseconds. Nothing of it streams or is large.
const TIMEOUT: f64 = 60_000.0;

/// A call of the platform's API.
pub struct Api<V> {
    pub(super) method: N,
    pub(super) service: N,
    pub(super) path: V,
    pub(super) body: V,
    pub(super) credential: V,
    pub(super) configuration: V,
}

impl<V: Value> Api<V> {
    /// A call without a body, to the API's own host.
    pub fn new(method: N, path: V) -> Self {
        Api {
            method,
            service: N::ZEUS_PUBLIC_URL,
            path,
            body: V::undefined(),
            credential: V::undefined(),
            configuration: V::undefined(),
        }
    }

    /// With a JSON body.
    pub fn body(self, body: V) -> Self {
        Api { body, ..self }
    }

    /// For one of the user's accounts.
    pub fn credential(self, credential: V) -> Self {
        Api { credential, ..self }
    }
}

impl<V: Value> Core<V> {
    /// `/projects/<id>` and what follows it, filled in.
    pub(super) fn project_path(&self, template: N, part: V, other: V) -> V {
        V::fill(template, [self.remembered(N::projectId).text(Text::Encode), part, other])
    }

    /// The API has answered what nobody asked for.
    pub(super) fn invalid_answer(&self) -> Failure<V> {
        Failure::new(Fault::ANSWER_INVALID, [self.service(N::ZEUS_PUBLIC_URL), V::undefined()])
    }

    /// The headers that every call carries.
    pub(super) fn headers(&self, token: V) -> V {
        let headers = V::object();
        headers.set(N::H_ACCEPT, V::name(N::JSON_TYPE));
        headers.set(N::H_CONTENT_TYPE, V::name(N::JSON_TYPE));
        headers.set(N::H_VERSION, V::name(N::SDK_VERSION));
        headers.set(N::H_AUTHORIZATION, V::fill(N::T_BEARER, [token, V::undefined(), V::undefined()]));
        headers
    }

    /// Calls the API for the user of now. If that user is gone when the answer comes, `then` gets a failure instead.
    pub(super) fn api(&mut self, api: Api<V>, tag: Id, value: V, then: fn(&mut Core<V>, Kept<V>, Outcome<V>)) {
        let headers = self.headers(self.remembered(N::token));
        for (name, value) in [(N::H_CREDENTIAL, api.credential), (N::H_CONFIGURATION, api.configuration)] {
            if value.present() {
                headers.set(name, value);
            }
        }
        let url = self.address(api.service, api.path);
        let then = Then::Api(self.session, then);
        self.exchange(request(api.method, url, headers, api.body), tag, value, then);
    }

    /// Sends an API request. A GET that is under way already is not sent again: both get its answer.
    pub(super) fn exchange(&mut self, request: Request<V>, tag: Id, value: V, then: Then<V>) {
        if request.method.is(N::GET) {
            let kept = self.remembered(N::kept);
            let under_way = self.pending.iter().find(|pending| {
                let frame = kept.lookup(V::number(f64::from(pending.id)));
                matches!(pending.then, Then::Api(..) | Then::ApiForAnyone(_))
                    && frame.get(N::url).same(request.url)
                    && frame.get(N::headers).alike(request.headers)
            });
            if let Some(sent) = under_way.map(|pending| pending.sent) {
                self.await_answer(sent, tag, request.url, request.headers, value, then);
                return;
            }
        }
        self.send(request, tag, value, then);
    }

    /// An answer that was asked for in the session `session`. One that says that the user token is not accepted ends
    /// the session.
    pub(super) fn for_session(&mut self, session: u32, outcome: Outcome<V>) -> Outcome<V> {
        if self.session != session {
            return Err(Failure::plain(Fault::SESSION_REPLACED));
        }
        if let Err(failure) = outcome
            && failure.0.get(N::name).is(N::UserNotAuthenticatedError)
        {
            self.fail_install(failure);
            self.end_session();
        }
        outcome
    }
}

/// What an API answer means.
pub(super) fn read<V: Value>(answer: Answer<V>, url: V) -> Outcome<V> {
    match answer.status {
        0..=3 => Err(unanswered(answer, url)),
        200..=299 => Ok(answer.body),
        status => {
            let message = message_of(answer.body);
            let meta = answer.body.get(N::meta);
            let code = answer.body.get(N::code).text(Text::Trim);
            let about_the_call = meta.get(N::isIntegrationError).truthy()
                || [N::CODE_PERMISSION, N::CODE_VERIFICATION, N::CODE_PROFILE].iter().any(|known| code.is(*known));
            let fault =
                if matches!(status, 401 | 403) && !about_the_call { Fault::SESSION_REJECTED } else { Fault::API_ERROR };
            Err(refusal(fault, answer, message))
        }
    }
}

/// Why there is no answer: see [`Answer::status`].
pub(super) fn unanswered<V: Value>(answer: Answer<V>, url: V) -> Failure<V> {
    match answer.status {
        // Aborted by the app: it gets what every `fetch` gives.
        2 => Failure(answer.body),
        3 => {
            let origin = url.url(UrlPart::Origin);
            Failure::new(Fault::REQUEST_TIMEOUT, [origin, V::undefined()])
                .with(N::cause, answer.body)
                .with(N::retryable, V::bool(true))
        }
        1 => {
            let why = answer.body.get(N::message);
            Failure::new(Fault::REQUEST_INVALID, [why, V::undefined()]).with(N::cause, answer.body)
        }
        _ => Failure::no_answer(url, answer.body),
    }
}

/// What an error answer says, as a failure. `fault` decides the class.
pub(super) fn refusal<V: Value>(fault: Fault, answer: Answer<V>, message: V) -> Failure<V> {
    let status = V::number(f64::from(answer.status));
    let parts = if fault == Fault::API_ERROR { [status, message] } else { [message, status] };
    let retryable = retry::passes(answer.status);
    let failure = Failure::new(fault, parts)
        .with(N::status, status)
        .with(N::meta, answer.body.get(N::meta))
        .with(N::response, answer.body)
        .with(N::retryable, V::bool(retryable))
        .with(N::platformCode, answer.body.get(N::code));
    let failure = if answer.request_id.present() { failure.with(N::requestId, answer.request_id) } else { failure };
    if answer.retry_after.is_nan() { failure } else { failure.with(N::retryAfter, V::number(answer.retry_after)) }
}

/// A request with nothing of the app's in it.
pub(super) fn request<V: Value>(method: N, url: V, headers: V, body: V) -> Request<V> {
    Request { method: V::name(method), url, headers, body, options: V::undefined(), timeout: TIMEOUT }
}

/// Settles the call with what came, and keeps nothing of it: for calls that resolve to nothing.
pub(super) fn settle_empty<V: Value>(core: &mut Core<V>, kept: Kept<V>, outcome: Outcome<V>) {
    core.settle(kept.id, outcome.map(|_| V::undefined()));
}
