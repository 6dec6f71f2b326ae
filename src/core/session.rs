//! Who the user is: authenticate, log out, metadata.

use alloc::vec;
use alloc::vec::Vec;

use super::Id;
use super::api::{Api, request};
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Text, Value};
use super::{Core, Kept, Outcome, Then, token};

/// An `authenticate()` that is under way, and the calls that wait for it. Its values lie in `memory.login`; nothing of
/// it is visible before both of its answers are there.
pub struct Login {
    id: Id,
    calls: Vec<Id>,
    /// The calls resolve to the user, not to nothing.
    tells_user: bool,
}

impl<V: Value> Core<V> {
    /// `authenticate(projectId, token, {metadata, persist})`. Functions that give tokens, and storage, are the face's.
    pub(super) fn authenticate(&mut self, call: Id, project: V, token: V, options: V) -> Outcome<V> {
        if !project.has_text() {
            return Err(Failure::plain(Fault::PROJECT_ID_MISSING));
        }
        let user_id = token::user_of(token, self.host.now()).map_err(|fault| {
            // Whoever was signed in is not who the app means now.
            if matches!(fault, Fault::TOKEN_EXPIRED | Fault::TOKEN_WITHOUT_EXPIRY) {
                self.end_session();
            }
            Failure::plain(fault)
        })?;
        let persist = options.get(N::persist);
        if persist.present() && !persist.is(N::session) && !persist.is(N::local) {
            return Err(Failure::argument(N::authenticate, N::persist));
        }
        let metadata = match options.get(N::metadata) {
            given if given.present() => normalized(given)?,
            none => none,
        };
        let under_way = self.remembered(N::login);
        if let Some(login) = &mut self.login
            && under_way.get(N::projectId).same(project)
            && under_way.get(N::token).same(token)
            && under_way.get(N::metadata).alike(metadata)
        {
            login.calls.push(call);
            return Ok(V::undefined());
        }
        self.abandon_login(Fault::SESSION_REPLACED);
        let login = V::object();
        login.set(N::projectId, project);
        login.set(N::token, token);
        login.set(N::userId, user_id);
        login.set(N::metadata, metadata);
        self.begin_login(login, call, false);
        Ok(V::undefined())
    }

    /// Another token for the user of now.
    pub(super) fn renew_token(&mut self, token: V) -> Outcome<V> {
        let user_id = token::user_of(token, self.host.now()).map_err(Failure::plain)?;
        if !self.user()?.get(N::userId).same(user_id) {
            self.end_session();
            return Err(Failure::plain(Fault::SESSION_REPLACED));
        }
        self.memory.set(N::token, token);
        Ok(V::undefined())
    }

    /// Reads the user and the integrations, both at the same time; no more than these two are needed.
    fn begin_login(&mut self, login: V, call: Id, tells_user: bool) {
        let id = self.fresh_id();
        self.login = Some(Login { id, calls: vec![call], tells_user });
        self.memory.set(N::login, login);
        let token = login.get(N::token);
        for (path, key) in [(N::P_ME, N::user), (N::P_INTEGRATIONS, N::integrations)] {
            let none = V::undefined();
            let path = V::fill(path, [login.get(N::projectId).text(Text::Encode), none, none]);
            let url = self.address(N::ZEUS_PUBLIC_URL, path);
            let headers = self.headers(token);
            let request = request(N::GET, url, headers, none);
            self.exchange(request, id, V::name(key), Then::ApiForAnyone(Self::read_for_login));
        }
    }

    fn read_for_login(&mut self, kept: Kept<V>, outcome: Outcome<V>) {
        if self.login.as_ref().is_none_or(|login| login.id != kept.id) {
            return;
        }
        let login = self.remembered(N::login);
        match outcome {
            Ok(body) => {
                login.put(kept.value, if body.present() { body } else { V::null() });
                self.log_in(login);
            }
            Err(failure) => self.fail_login(failure),
        }
    }

    /// Once both answers are there, they become the state, all at once.
    fn log_in(&mut self, login: V) {
        let (me, integrations) = (login.get(N::user), login.get(N::integrations));
        let answered = login.keys();
        if ![N::user, N::integrations].iter().all(|key| answered.items().any(|known| known.is(*key))) {
            return;
        }
        if !me.is_object() || !me.get(N::integrations).is_object() || integrations.kind() != Kind::List {
            return self.fail_login(self.invalid_answer());
        }
        let (calls, tells_user) = self.login.take().map(|login| (login.calls, login.tells_user)).unwrap_or_default();
        self.memory.set(N::login, V::undefined());
        let user_id = login.get(N::userId);
        let known = self.remembered(N::projectId).same(login.get(N::projectId))
            && self.remembered(N::user).get(N::userId).same(user_id);
        if !known {
            self.end_session();
        }
        self.memory.set(N::projectId, login.get(N::projectId));
        self.memory.set(N::token, login.get(N::token));
        self.remember_catalog(integrations);
        self.remember_user(me, user_id);
        if !self.remembered(N::headless).truthy() {
            self.need_portal();
        }
        let stored = self.remembered(N::user).get(N::meta);
        let metadata = login.get(N::metadata);
        if !metadata.present() || stored.merged(metadata).alike(stored) {
            let value = if tells_user { self.user_copy() } else { V::undefined() };
            return self.settle_all(calls, Ok(value));
        }
        // The calls wait as a login without requests of its own.
        let id = self.fresh_id();
        self.login = Some(Login { id, calls, tells_user });
        self.save_metadata(id, metadata, |core, kept, outcome| {
            let Some(login) = core.login.take_if(|login| login.id == kept.id) else { return };
            let outcome = core.metadata_saved(kept, outcome);
            if outcome.is_err() {
                core.end_session();
            }
            core.settle_all(login.calls, outcome.map(|_| V::undefined()));
        });
    }

    fn fail_login(&mut self, failure: Failure<V>) {
        let Some(login) = self.login.take() else { return };
        self.memory.set(N::login, V::undefined());
        // Who was only read again stays who they are, unless the platform does not accept them any more.
        if !login.tells_user || failure.0.get(N::name).is(N::UserNotAuthenticatedError) {
            self.end_session();
        }
        self.settle_all(login.calls, Err(failure));
    }

    fn abandon_login(&mut self, fault: Fault) {
        let calls = self.login.take().map(|login| login.calls).unwrap_or_default();
        self.memory.set(N::login, V::undefined());
        self.settle_all(calls, Err(Failure::plain(fault)));
    }

    fn settle_all(&mut self, calls: Vec<Id>, result: Outcome<V>) {
        for call in calls {
            self.settle(call, result);
        }
    }

    /// What `/sdk/me` says becomes the user.
    pub(super) fn remember_user(&mut self, me: V, user_id: V) {
        let user = V::object();
        user.set(N::authenticated, V::bool(true));
        user.set(N::userId, user_id);
        user.set(N::meta, me.get(N::meta).or(V::object()));
        user.set(N::resources, me.get(N::resources).or(V::list()));
        let integrations = V::object();
        let given = me.get(N::integrations);
        for key in given.keys().items() {
            let state = given.lookup(key);
            integrations.put(key, super::state::with_all_configurations(state));
        }
        user.set(N::integrations, integrations);
        self.memory.set(N::user, user);
        self.memory.set(N::project, me.get(N::project));
    }

    /// Forgets the user, and ends everything that was under way for them.
    pub(super) fn end_session(&mut self) {
        self.remove_portal();
        self.session += 1;
        self.memory.set(N::session, V::number(f64::from(self.session)));
        self.abandon_login(Fault::SESSION_REPLACED);
        self.leave_install();
        self.end_pickers();
        for key in [N::token, N::user, N::project, N::catalog, N::metadata, N::prepared] {
            self.memory.set(key, V::undefined());
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
                nobody.set(N::authenticated, V::bool(false));
                nobody
            },
            |user| user.deep_copy(),
        )
    }

    /// `setUserMetadata(meta)`.
    pub(super) fn set_user_metadata(&mut self, call: Id, meta: V) -> Outcome<V> {
        self.user()?;
        let meta = normalized(meta)?;
        self.save_metadata(call, meta, |core, kept, outcome| {
            match core.metadata_saved(kept, outcome) {
                // What the user may see and do can depend on it: workflows have conditions on metadata.
                Ok(_) if core.login.is_none() => {
                    let login = V::object();
                    login.set(N::projectId, core.remembered(N::projectId));
                    login.set(N::token, core.remembered(N::token));
                    login.set(N::userId, core.remembered(N::user).get(N::userId));
                    core.begin_login(login, kept.id, true);
                }
                outcome => core.settle(kept.id, outcome),
            }
        });
        Ok(V::undefined())
    }

    fn save_metadata(&mut self, tag: Id, meta: V, then: fn(&mut Core<V>, Kept<V>, Outcome<V>)) {
        let body = V::object();
        body.set(N::meta, meta);
        let none = V::undefined();
        let path = self.project_path(N::P_ME, none, none);
        self.api(Api::new(N::PATCH, path).body(body), tag, meta, then);
    }

    /// The platform has taken the metadata in `kept`: the user has it from now on.
    fn metadata_saved(&mut self, kept: Kept<V>, outcome: Outcome<V>) -> Outcome<V> {
        let told = outcome?.get(N::meta);
        let user = self.user()?;
        let now = if told.is_object() { told } else { user.get(N::meta).merged(kept.value) };
        self.memory.set(N::user, user.with(N::meta, now));
        Ok(self.user_copy())
    }

    /// Reads `/sdk/me` again, then fails the call with what it failed with; the answer itself is reported nowhere.
    pub(super) fn refresh_user(&mut self, call: Id, failure: Failure<V>) {
        let none = V::undefined();
        let path = self.project_path(N::P_ME, none, none);
        self.api(Api::new(N::GET, path), call, failure.0, |core, kept, outcome| {
            if let (Ok(me), Ok(user)) = (outcome, core.user())
                && me.get(N::integrations).is_object()
            {
                core.remember_user(me, user.get(N::userId));
            }
            core.settle(kept.id, Err(Failure(kept.value)));
        });
    }
}

/// Metadata with its keys as the platform wants them: `Name`, `Email`, the others trimmed.
fn normalized<V: Value>(meta: V) -> Outcome<V> {
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
        // The app may go on with its own object.
        result.put(name, meta.lookup(key).deep_copy());
    }
    Ok(result)
}
