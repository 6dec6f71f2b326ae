//! The SDK's decisions: what to send, what to keep, what comes next. No browser here; it builds and runs anywhere.
//!
//! [`Core::call`] takes the app's calls, [`Core::input`] what the host has to tell, and [`Core::effects`] hands over
//! what has to be done. Everything that must outlive a crash of the module lies in `memory`, an object that the face
//! owns.

pub mod account;
pub mod api;
pub mod attempt;
pub mod callbacks;
pub mod catalog;
pub mod effect;
pub mod failure;
pub mod flow;
pub mod frame;
pub mod hosts;
pub mod install;
pub mod loaders;
pub mod method;
pub mod names;
pub mod oauth;
pub mod options;
pub mod picker;
mod picker_page;
mod picker_port;
pub mod portal;
pub mod portal_install;
pub mod portal_sources;
pub mod preparation;
pub mod proxy;
pub mod reads;
pub mod retry;
pub mod session;
pub mod settings;
pub mod sources;
pub mod stages;
pub mod state;
mod take_up;
pub mod token;
pub mod value;
mod warm;
pub mod workflows;

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use effect::{Answer, Effect, Host, Input, Request};
use failure::Failure;
use names::Name as N;
use value::Value;

/// The result of a call: at once, or (for calls that return a promise) `undefined` now and an [`Effect::Settle`] later.
pub type Outcome<V> = Result<V, Failure<V>>;

/// A number by which an effect and its later inputs find each other. Never used twice in one core.
pub type Id = u32;

/// What is kept for whoever takes an answer: a number (the call, the flow or the popup that asked), and a value.
#[derive(Clone, Copy)]
pub struct Kept<V> {
    pub(crate) id: Id,
    pub(crate) value: V,
}

/// What happens when an answer arrives. Plain functions, not closures: what they need lies in [`Kept`].
enum Then<V: Value> {
    /// A time that was waited for.
    Time(fn(&mut Core<V>, Id)),
    /// Takes the answer as it is.
    Raw(fn(&mut Core<V>, Kept<V>, Answer<V>)),
    /// Takes what an API answer means, if the user is still the one who asked.
    Api(u32, fn(&mut Core<V>, Kept<V>, Outcome<V>)),
    /// Takes what an API answer means, whoever the user is.
    ApiForAnyone(fn(&mut Core<V>, Kept<V>, Outcome<V>)),
}

/// Somebody who waits for the answer to the request or timer `sent`.
struct Pending<V: Value> {
    id: Id,
    sent: Id,
    tag: Id,
    then: Then<V>,
}

/// One SDK object: its settings, its user, and everything that is under way.
///
/// All values that outlive a turn lie in `memory`, a JavaScript object; in between there are only numbers and pure
/// state machines here. So a value in Rust is a handle that is good until the end of the turn, needs no freeing, and
/// costs nothing to copy.
pub struct Core<V: Value> {
    host: Box<dyn Host<V>>,
    memory: V,
    effects: Vec<Effect<V>>,
    pending: Vec<Pending<V>>,
    next_id: Id,
    /// Counts users: an answer that was asked for by an earlier one changes nothing.
    session: u32,
    login: Option<session::Login>,
    install: Option<install::Install>,
    portal: portal::Portal,
    /// The call that is being answered is one of the portal's page; only within one turn.
    for_portal: bool,
    /// Why the step of the install flow that is being taken failed; only within one turn.
    failure: Option<Failure<V>>,
}

impl<V: Value> Core<V> {
    /// A core that keeps its settings and its user in `memory`: a new object, or the one of a core that crashed.
    pub fn new(host: Box<dyn Host<V>>, memory: V) -> Self {
        memory.set(N::kept, V::object());
        // A portal that was open when the module crashed is gone with its frame.
        memory.set(N::portal, V::undefined());
        memory.set(N::pickers, V::object());
        Core {
            host,
            memory,
            effects: vec![],
            pending: vec![],
            next_id: 0,
            session: 0,
            login: None,
            install: None,
            portal: portal::Portal::default(),
            for_portal: false,
            failure: None,
        }
    }

    /// What has to be done now, in this order.
    pub fn effects(&mut self) -> Vec<Effect<V>> {
        self.tell_portal();
        core::mem::take(&mut self.effects)
    }

    /// Takes what the host has to tell. Answers to questions that nobody asks any more are dropped.
    pub fn input(&mut self, input: Input<V>) {
        match input {
            Input::Answer(id, answer) => self.answered(id, answer),
            Input::Time(id) => {
                self.answered(id, Answer::none(0, V::undefined()));
            }
            Input::Popup(id, event) => match self.picker_at(id) {
                picker if picker.present() => self.picker_event(id, picker, event),
                _ => self.popup_event(id, event),
            },
            Input::Picker(id, data) => self.picker_said(id, data),
            Input::FrameLoaded => self.portal_loaded(),
            Input::FrameLost => self.portal_lost(),
        }
    }

    /// How many answers are awaited; nothing should be left when nothing is under way.
    pub fn awaited(&self) -> usize {
        self.pending.len()
    }

    fn answered(&mut self, sent: Id, answer: Answer<V>) {
        let waiting: Vec<_> = self.pending.extract_if(.., |pending| pending.sent == sent).collect();
        let frames = self.remembered(N::kept);
        for Pending { id, tag, then, .. } in waiting {
            let key = V::number(f64::from(id));
            let frame = frames.lookup(key);
            frames.put(key, V::undefined());
            let kept = Kept { id: tag, value: frame.get(N::value) };
            match then {
                Then::Time(then) => then(self, tag),
                Then::Raw(then) => then(self, kept, answer),
                Then::ApiForAnyone(then) => then(self, kept, api::read(answer, frame.get(N::url))),
                Then::Api(session, then) => {
                    let outcome = self.for_session(session, api::read(answer, frame.get(N::url)));
                    then(self, kept, outcome);
                }
            }
        }
    }

    fn fresh_id(&mut self) -> Id {
        self.next_id += 1;
        self.next_id
    }

    fn effect(&mut self, effect: Effect<V>) {
        self.effects.push(effect);
    }

    /// Remembers who waits for the answer to `sent` (or, with 0, to the request that is sent now).
    fn await_answer(&mut self, sent: Id, tag: Id, url: V, headers: V, value: V, then: Then<V>) -> Id {
        let id = self.fresh_id();
        let frame = V::object();
        frame.set(N::url, url);
        frame.set(N::headers, headers);
        frame.set(N::value, value);
        self.remembered(N::kept).put(V::number(f64::from(id)), frame);
        self.pending.push(Pending { id, sent: if sent == 0 { id } else { sent }, tag, then });
        id
    }

    fn send(&mut self, request: Request<V>, tag: Id, value: V, then: Then<V>) {
        let id = self.await_answer(0, tag, request.url, request.headers, value, then);
        self.effect(Effect::Send { id, request });
    }

    fn wait(&mut self, ms: f64, tag: Id, then: fn(&mut Core<V>, Id)) {
        let none = V::undefined();
        let id = self.await_answer(0, tag, none, none, none, Then::Time(then));
        self.effect(Effect::Wait { id, ms, signal: none });
    }

    /// Goes on with `value` after so many milliseconds, or as soon as `signal` is aborted.
    fn pause(&mut self, ms: f64, signal: V, tag: Id, value: V, then: fn(&mut Core<V>, Kept<V>, Answer<V>)) {
        let none = V::undefined();
        let id = self.await_answer(0, tag, none, none, value, Then::Raw(then));
        self.effect(Effect::Wait { id, ms, signal });
    }

    /// Ends all waiting for times that is about `tag`.
    fn end_waits(&mut self, tag: Id) {
        let over = |pending: &mut Pending<V>| pending.tag == tag && matches!(pending.then, Then::Time(_));
        let ended: Vec<_> = self.pending.extract_if(.., over).map(|pending| pending.id).collect();
        for id in ended {
            self.remembered(N::kept).put(V::number(f64::from(id)), V::undefined());
            self.effect(Effect::EndWait { id });
        }
    }

    fn settle(&mut self, call: Id, result: Outcome<V>) {
        self.effect(Effect::Settle { call, result });
    }

    /// Calls a function of the app, if it gave one.
    fn notify(&mut self, callback: V, arguments: &[V]) {
        if !callback.is_function() {
            return;
        }
        let list = V::list();
        for argument in arguments {
            list.push(*argument);
        }
        self.effect(Effect::Notify { callback, arguments: list });
    }

    fn remembered(&self, key: N) -> V {
        self.memory.get(key)
    }
}
