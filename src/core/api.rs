//! Calls of the platform's API: one way to build them, and one place that reads their errors.

use super::effect::{Answer, Id, Request};
use super::failure::{Failure, Fault, message_of};
use super::names::Name as N;
use super::value::{Text, Value};
use super::{Core, Outcome};

/// Reads that are under way: the same GET asked twice is sent once.
pub struct Read<V: Value> {
    id: Id,
    url: V,
    headers: V,
    waiting: Vec<Done<V>>,
}

/// What happens with the answer of an API call.
pub type Done<V> = Box<dyn FnOnce(&mut Core<V>, Outcome<V>)>;

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
    pub(super) fn project_path(&self, template: N, part: &V, other: &V) -> V {
        V::fill(template, [&self.remembered(N::projectId).text(Text::Encode), part, other])
    }

    /// The headers that every call carries.
    pub(super) fn headers(&self, token: &V) -> V {
        let headers = V::object();
        headers.set(N::H_ACCEPT, &V::name(N::JSON_TYPE));
        headers.set(N::H_CONTENT_TYPE, &V::name(N::JSON_TYPE));
        headers.set(N::H_VERSION, &V::name(N::SDK_VERSION));
        headers.set(N::H_AUTHORIZATION, &V::fill(N::T_BEARER, [token, &V::undefined(), &V::undefined()]));
        headers
    }

    /// Calls the API for the user of now. If that user is gone when the answer comes, the answer is dropped and the
    /// call fails.
    pub(super) fn api(&mut self, api: Api<V>, done: Done<V>) {
        let session = self.session;
        let headers = self.headers(&self.remembered(N::token));
        for (name, value) in [(N::H_CREDENTIAL, &api.credential), (N::H_CONFIGURATION, &api.configuration)] {
            if value.present() {
                headers.set(name, value);
            }
        }
        let url = V::fill(N::T_JOIN, [&self.service(api.service), &api.path, &V::undefined()]);
        self.exchange(
            api.method,
            url,
            headers,
            api.body,
            Box::new(move |core, outcome| {
                if core.session != session {
                    return done(core, Err(Failure::plain(Fault::SESSION_REPLACED)));
                }
                if let Err(failure) = &outcome
                    && failure.0.get(N::name).is(N::UserNotAuthenticatedError)
                {
                    core.end_session();
                }
                done(core, outcome);
            }),
        );
    }

    /// Sends one API request and reads its answer, whoever the user is.
    pub(super) fn exchange(&mut self, method: N, url: V, headers: V, body: V, done: Done<V>) {
        let asked = request(method, url.clone(), headers.clone(), body);
        if method != N::GET {
            return self.send(asked, Box::new(move |core, answer| done(core, Self::read(&answer, &url))));
        }
        if let Some(read) = self.reads.iter_mut().find(|read| read.url.same(&url) && read.headers.alike(&headers)) {
            return read.waiting.push(done);
        }
        let id = self.fresh_id();
        self.reads.push(Read { id, url: url.clone(), headers, waiting: vec![done] });
        self.send(
            asked,
            Box::new(move |core, answer| {
                let Some(index) = core.reads.iter().position(|read| read.id == id) else { return };
                for done in core.reads.swap_remove(index).waiting {
                    done(core, Self::read(&answer, &url));
                }
            }),
        );
    }

    /// What an answer means.
    fn read(answer: &Answer<V>, url: &V) -> Outcome<V> {
        match answer.status {
            0 => Err(Failure::no_answer(url, &answer.body)),
            200..=299 => Ok(answer.body.clone()),
            status => {
                let message = message_of(&answer.body);
                let meta = answer.body.get(N::meta);
                let code = answer.body.get(N::code).text(Text::Json);
                let about_the_call = meta.get(N::isIntegrationError).truthy()
                    || [N::CODE_PERMISSION, N::CODE_VERIFICATION, N::CODE_PROFILE].iter().any(|known| code.is(*known));
                let fault =
                    if matches!(status, 401 | 403) && !about_the_call { Fault::SESSION_REJECTED } else { Fault::API_ERROR };
                Err(Failure::from_answer(fault, answer, &message))
            }
        }
    }
}

/// A request with nothing of the app's in it.
pub(super) fn request<V: Value>(method: N, url: V, headers: V, body: V) -> Request<V> {
    Request { method: V::name(method), url, headers, extra_headers: V::undefined(), body, signal: V::undefined() }
}
