//! The SDK's decisions: what to send, what to keep, what comes next. No browser here; it builds and runs anywhere.
//!
//! [`Core::call`] takes the app's calls, [`Core::input`] what the host has to tell, and [`Core::effects`] hands over
//! what has to be done. Everything that must outlive a crash of the module lies in `memory`, an object that the face
//! owns.

pub mod account;
pub mod api;
pub mod attempt;
pub mod catalog;
pub mod effect;
pub mod failure;
pub mod flow;
pub mod hosts;
pub mod install;
pub mod method;
pub mod names;
pub mod oauth;
pub mod options;
pub mod proxy;
pub mod session;
pub mod stages;
pub mod state;
pub mod token;
pub mod value;

use effect::{Answer, Effect, Host, Id, Input, Request};
use failure::Failure;
use names::Name as N;
use value::Value;

/// What happens when an answer arrives.
type Then<V> = Box<dyn FnOnce(&mut Core<V>, Answer<V>)>;

/// The result of a call: at once, or (for calls that return a promise) `undefined` now and an [`Effect::Settle`] later.
pub type Outcome<V> = Result<V, Failure<V>>;

/// One SDK object: its settings, its user, and everything that is under way.
pub struct Core<V: Value> {
    host: Box<dyn Host<V>>,
    memory: V,
    effects: Vec<Effect<V>>,
    pending: Vec<(Id, Then<V>)>,
    reads: Vec<api::Read<V>>,
    next_id: Id,
    /// Counts users: an answer that was asked for by an earlier one changes nothing.
    session: u32,
    login: Option<session::Login<V>>,
    install: Option<install::Install<V>>,
    /// Why the step of the install flow that is being taken failed.
    failure: Option<Failure<V>>,
}

impl<V: Value> Core<V> {
    /// A core that keeps its settings and its user in `memory`: a new object, or the one of a core that crashed.
    pub fn new(host: Box<dyn Host<V>>, memory: V) -> Self {
        Core {
            host,
            memory,
            effects: vec![],
            pending: vec![],
            reads: vec![],
            next_id: 1,
            session: 0,
            login: None,
            install: None,
            failure: None,
        }
    }

    /// What has to be done now, in this order.
    pub fn effects(&mut self) -> Vec<Effect<V>> {
        core::mem::take(&mut self.effects)
    }

    /// Takes what the host has to tell. Answers to questions that nobody asks any more are dropped.
    pub fn input(&mut self, input: Input<V>) {
        match input {
            Input::Answer(id, answer) => self.answered(id, answer),
            Input::Time(id) => {
                self.answered(id, Answer { status: 0, body: V::undefined(), request_id: V::undefined() });
            }
            Input::Popup(id, event) => self.popup_event(id, event),
        }
    }

    /// How many answers are awaited; nothing should be left when nothing is under way.
    pub fn awaited(&self) -> usize {
        self.pending.len()
    }

    fn answered(&mut self, id: Id, answer: Answer<V>) {
        if let Some(index) = self.pending.iter().position(|(pending, _)| *pending == id) {
            let (_, then) = self.pending.swap_remove(index);
            then(self, answer);
        }
    }

    fn fresh_id(&mut self) -> Id {
        self.next_id += 1;
        self.next_id
    }

    fn effect(&mut self, effect: Effect<V>) {
        self.effects.push(effect);
    }

    fn send(&mut self, request: Request<V>, then: Then<V>) {
        let id = self.fresh_id();
        self.pending.push((id, then));
        self.effect(Effect::Send { id, request });
    }

    fn wait(&mut self, ms: f64, then: Then<V>) {
        let id = self.fresh_id();
        self.pending.push((id, then));
        self.effect(Effect::Wait { id, ms });
    }

    fn settle(&mut self, call: Id, result: Outcome<V>) {
        self.effect(Effect::Settle { call, result });
    }

    /// Calls a function of the app, if it gave one.
    fn notify(&mut self, callback: &V, arguments: &[&V]) {
        if !callback.is_function() {
            return;
        }
        let list = V::list();
        for argument in arguments {
            list.push(argument);
        }
        self.effect(Effect::Notify { callback: callback.clone(), arguments: list });
    }

    fn remembered(&self, key: N) -> V {
        self.memory.get(key)
    }
}
