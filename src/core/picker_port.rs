//! What Microsoft's picker page says over its port, and what it is answered: each command is acknowledged, then gets
//! its result.

use super::Id;
use super::effect::Effect;
use super::names::Name as N;
use super::picker::token_of;
use super::value::Value;
use super::{Core, Kept, Outcome};

impl<V: Value> Core<V> {
    /// The page offers its port; after a sign-in in between it may do so again.
    pub(super) fn begin_port(&mut self, id: Id, picker: V, port: V) {
        picker.set(N::port, port);
        self.effect(Effect::Listen { id, port });
        self.post(port, message(N::activate, V::undefined()));
    }

    /// Notifications need no answer.
    pub(super) fn port_said(&mut self, id: Id, picker: V, said: V) {
        if !said.get(N::r#type).is(N::command) {
            return;
        }
        let (port, command_id, data) = (picker.get(N::port), said.get(N::id), said.get(N::data));
        let command = data.get(N::command);
        self.post(port, message(N::acknowledge, command_id));
        match () {
            () if command.is(N::authenticate) => self.picker_token(id, picker, command_id),
            () if command.is(N::pick) => {
                self.answer_port(port, command_id, outcome(N::success));
                self.end_picker(id, Some(data.get(N::items)));
            }
            () if command.is(N::close) => {
                self.answer_port(port, command_id, outcome(N::success));
                self.end_picker(id, None);
            }
            () => self.answer_port(port, command_id, refusal(N::unsupportedCommand, command)),
        }
    }

    /// The token of `init` may have run out since; the platform renews it.
    fn picker_token(&mut self, id: Id, picker: V, command_id: V) {
        let ready = picker.get(N::ready);
        let asked = V::object();
        asked.set(N::port, picker.get(N::port));
        asked.set(N::id, command_id);
        match self.account(picker.get(N::r#type), true, ready.get(N::config)) {
            Ok(api) => self.api(api, id, asked, Self::picker_token_read),
            Err(failure) => self.picker_token_read(Kept { id, value: asked }, Err(failure)),
        }
    }

    fn picker_token_read(&mut self, kept: Kept<V>, read: Outcome<V>) {
        let picker = self.picker_at(kept.id);
        if !picker.present() {
            return;
        }
        let result = match read.and_then(|account| token_of(account, picker.get(N::r#type))) {
            Ok(token) => {
                picker.get(N::ready).set(N::token, token);
                outcome::<V>(N::token).with(N::token, token)
            }
            Err(failure) => refusal(N::unableToObtainToken, failure.0.get(N::message)),
        };
        self.answer_port(kept.value.get(N::port), kept.value.get(N::id), result);
    }

    fn answer_port(&mut self, port: V, command_id: V, data: V) {
        self.post(port, message(N::result, command_id).with(N::data, data));
    }

    fn post(&mut self, port: V, message: V) {
        self.effect(Effect::PostToPort { port, message });
    }
}

fn message<V: Value>(kind: N, id: V) -> V {
    let message = V::object();
    message.set(N::r#type, V::name(kind));
    if id.present() {
        message.set(N::id, id);
    }
    message
}

fn outcome<V: Value>(result: N) -> V {
    let outcome = V::object();
    outcome.set(N::result, V::name(result));
    outcome
}

fn refusal<V: Value>(code: N, message: V) -> V {
    let error = V::object();
    error.set(N::code, V::name(code));
    error.set(N::message, message);
    outcome::<V>(N::error).with(N::error, error)
}
