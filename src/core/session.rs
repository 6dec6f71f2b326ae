//! Who the user is: authenticate, log out, metadata.

use super::api::Api;
use super::effect::Id;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Text, Value};
use super::{Core, Outcome, token};

/// An `authenticate()` that is under way. Nothing of it is visible before both of its answers are there.
pub struct Login<V> {
    id: Id,
    project: V,
    token: V,
    user_id: V,
    metadata: V,
    calls: Vec<Id>,
    me: Option<V>,
    integrations: Option<V>,
}

impl<V: Value> Core<V> {
    /// `authenticate(projectId, token, {metadata})`.
    pub(super) fn authenticate(&mut self, call: Id, project: &V, token: &V, options: &V) -> Outcome<V> {
        if !project.has_text() {
            return Err(Failure::plain(Fault::PROJECT_ID_MISSING));
        }
        let user_id = token::user_of(token, self.host.now())?;
        let metadata = match options.get(N::metadata) {
            given if given.present() => normalized(&given)?,
            _ => V::undefined(),
        };
        if let Some(login) = &mut self.login
            && login.project.same(project)
            && login.token.same(token)
            && login.metadata.alike(&metadata)
        {
            login.calls.push(call);
            return Ok(V::undefined());
        }
        self.abandon_login(Fault::SESSION_REPLACED);
        let id = self.fresh_id();
        self.login = Some(Login {
            id,
            project: project.clone(),
            token: token.clone(),
            user_id,
            metadata,
            calls: vec![call],
            me: None,
            integrations: None,
        });
        // Both at the same time; no more than these two are needed.
        self.read_for_login(id, N::P_ME, |login, body| login.me = Some(body));
        self.read_for_login(id, N::P_INTEGRATIONS, |login, body| login.integrations = Some(body));
        Ok(V::undefined())
    }

    fn read_for_login(&mut self, id: Id, path: N, keep: fn(&mut Login<V>, V)) {
        let Some(login) = &self.login else { return };
        let none = V::undefined();
        let path = V::fill(path, [&login.project.text(Text::Encode), &none, &none]);
        let url = V::fill(N::T_JOIN, [&self.service(N::ZEUS_PUBLIC_URL), &path, &none]);
        let headers = self.headers(&login.token);
        let asked = url.clone();
        self.exchange(
            N::GET,
            url,
            headers,
            none,
            Box::new(move |core, outcome| {
                let Some(login) = core.login.as_mut().filter(|login| login.id == id) else { return };
                let outcome = outcome.and_then(|body| match body.kind() {
                    Kind::Object | Kind::List => Ok(body),
                    _ => Err(Failure::new(Fault::ANSWER_INVALID, [&asked, &V::undefined()])),
                });
                match outcome {
                    Ok(body) => {
                        keep(login, body);
                        core.log_in(asked);
                    }
                    Err(failure) => core.fail_login(failure),
                }
            }),
        );
    }

    /// Once both answers are there, they become the state, all at once.
    fn log_in(&mut self, asked: V) {
        let Some(login) = self.login.take_if(|login| login.me.is_some() && login.integrations.is_some()) else { return };
        let me = login.me.clone().unwrap_or_else(V::undefined);
        let integrations = login.integrations.clone().unwrap_or_else(V::undefined);
        if !me.is_object() || !me.get(N::integrations).is_object() || integrations.kind() != Kind::List {
            self.login = Some(login);
            return self.fail_login(Failure::new(Fault::ANSWER_INVALID, [&asked, &V::undefined()]));
        }
        let known = self.remembered(N::projectId).same(&login.project)
            && self.remembered(N::user).get(N::userId).same(&login.user_id);
        if !known {
            self.end_session();
        }
        self.memory.set(N::projectId, &login.project);
        self.memory.set(N::token, &login.token);
        self.remember_catalog(&integrations);
        self.remember_user(&me, &login.user_id);
        let stored = self.remembered(N::user).get(N::meta);
        if !login.metadata.present() || merged(&stored, &login.metadata).alike(&stored) {
            return self.settle_all(login.calls, || Ok(V::undefined()));
        }
        let calls = login.calls;
        self.save_metadata(
            &login.metadata,
            Box::new(move |core, outcome| {
                if let Err(failure) = outcome {
                    core.end_session();
                    return core.settle_all(calls, || Err(failure.clone()));
                }
                core.settle_all(calls, || Ok(V::undefined()));
            }),
        );
    }

    fn fail_login(&mut self, failure: Failure<V>) {
        let calls = self.login.take().map(|login| login.calls).unwrap_or_default();
        self.end_session();
        self.settle_all(calls, || Err(failure.clone()));
    }

    fn abandon_login(&mut self, fault: Fault) {
        let calls = self.login.take().map(|login| login.calls).unwrap_or_default();
        self.settle_all(calls, || Err(Failure::plain(fault)));
    }

    fn settle_all(&mut self, calls: Vec<Id>, result: impl Fn() -> Outcome<V>) {
        for call in calls {
            self.settle(call, result());
        }
    }

    /// What `/sdk/me` says becomes the user.
    pub(super) fn remember_user(&mut self, me: &V, user_id: &V) {
        let user = V::object();
        user.set(N::authenticated, &V::bool(true));
        user.set(N::userId, user_id);
        user.set(N::meta, &me.get(N::meta).or(&V::object()));
        user.set(N::resources, &me.get(N::resources).or(&V::list()));
        let integrations = V::object();
        let given = me.get(N::integrations);
        for key in given.keys().items() {
            let state = given.lookup(&key);
            integrations.put(&key, &super::state::with_all_configurations(&state));
        }
        user.set(N::integrations, &integrations);
        self.memory.set(N::user, &user);
        self.memory.set(N::project, &me.get(N::project));
    }

    /// Forgets the user, and ends everything that was under way for them.
    pub(super) fn end_session(&mut self) {
        self.session += 1;
        self.abandon_login(Fault::SESSION_REPLACED);
        self.leave_install();
        for key in [N::token, N::user, N::project, N::catalog] {
            self.memory.set(key, &V::undefined());
        }
    }

    /// The user, or the error of not having one.
    pub(super) fn user(&self) -> Outcome<V> {
        let user = self.remembered(N::user);
        if user.present() { Ok(user) } else { Err(Failure::plain(Fault::USER_NOT_AUTHENTICATED)) }
    }

    /// `getUser()`: a copy that is the app's to change.
    pub(super) fn user_copy(&self) -> V {
        self.user().map_or_else(
            |_| {
                let nobody = V::object();
                nobody.set(N::authenticated, &V::bool(false));
                nobody
            },
            |user| user.deep_copy(),
        )
    }

    /// `setUserMetadata(meta)`.
    pub(super) fn set_user_metadata(&mut self, call: Id, meta: &V) -> Outcome<V> {
        self.user()?;
        let meta = normalized(meta)?;
        self.save_metadata(&meta, Box::new(move |core, outcome| core.settle(call, outcome)));
        Ok(V::undefined())
    }

    fn save_metadata(&mut self, meta: &V, done: super::api::Done<V>) {
        let body = V::object();
        body.set(N::meta, meta);
        let meta = meta.clone();
        let none = V::undefined();
        let path = self.project_path(N::P_ME, &none, &none);
        self.api(
            Api::new(N::PATCH, path).body(body),
            Box::new(move |core, outcome| {
                let outcome = outcome.and_then(|answer| {
                    let user = core.user()?;
                    let told = answer.get(N::meta);
                    let now = if told.is_object() { told } else { merged(&user.get(N::meta), &meta) };
                    core.memory.set(N::user, &user.with(N::meta, &now));
                    Ok(core.user_copy())
                });
                done(core, outcome);
            }),
        );
    }

    /// Reads `/sdk/me` again; whatever it answers, nothing is reported.
    pub(super) fn refresh_user(&mut self) {
        let none = V::undefined();
        let path = self.project_path(N::P_ME, &none, &none);
        self.api(
            Api::new(N::GET, path),
            Box::new(|core, outcome| {
                if let (Ok(me), Ok(user)) = (outcome, core.user())
                    && me.get(N::integrations).is_object()
                {
                    core.remember_user(&me, &user.get(N::userId));
                }
            }),
        );
    }
}

/// Metadata with its keys as the platform wants them: `Name`, `Email`, the others trimmed.
fn normalized<V: Value>(meta: &V) -> Outcome<V> {
    if !meta.is_object() {
        return Err(Failure::plain(Fault::METADATA_INVALID));
    }
    let result = V::object();
    for key in meta.keys().items() {
        let trimmed = key.text(Text::Trim);
        let lower = trimmed.text(Text::Lower);
        let name = match () {
            () if lower.is(N::name) => V::name(N::Name),
            () if lower.is(N::email) => V::name(N::Email),
            () => trimmed,
        };
        result.put(&name, &meta.lookup(&key));
    }
    Ok(result)
}

fn merged<V: Value>(stored: &V, given: &V) -> V {
    let result = if stored.is_object() { stored.copy() } else { V::object() };
    for key in given.keys().items() {
        result.put(&key, &given.lookup(&key));
    }
    result
}
