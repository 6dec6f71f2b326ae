//! The WebAssembly boundary: takes calls in, carries effects out, and decides nothing.
//!
//! `Core` lies in a `RefCell` that is never borrowed while anything of the app's may run: effects are taken out first,
//! and carried out when the borrow is over. So a callback may call the SDK again.

mod browser;
mod value;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::core::Core;
use crate::core::effect::{Answer, Effect, Input, PopupEvent};
use crate::core::failure::FAULTS;
use crate::core::method::{METHODS, Method};
use crate::core::names::NAMES;
use crate::core::value::Value;
use browser::{Browser, Face, Popups};

/// The strings that both sides know by number: names (each ended by a tab), methods and errors (one a line).
#[wasm_bindgen]
pub fn tables(which: u8) -> String {
    match which {
        0 => NAMES,
        1 => METHODS,
        _ => FAULTS,
    }
    .to_owned()
}

/// One SDK object, as the face holds it.
#[wasm_bindgen]
pub struct Sdk {
    core: RefCell<Core<JsValue>>,
    face: Face,
    popups: Popups,
}

#[wasm_bindgen]
impl Sdk {
    /// `memory` is the face's: it outlives this object if the module crashes.
    #[wasm_bindgen(constructor)]
    pub fn new(face: &Face, memory: &JsValue) -> Sdk {
        let popups = Popups::default();
        let browser = Browser::new(face.clone(), popups.clone());
        Sdk { core: RefCell::new(Core::new(Box::new(browser), memory.clone())), face: face.clone(), popups }
    }

    /// A call of the app; see `Core::call`. Throws a `ParagonError`.
    pub fn call(&self, method: u8, call: u32, arguments: &JsValue) -> Result<JsValue, JsValue> {
        let Some(method) = Method::ALL.get(usize::from(method)) else { return Ok(JsValue::UNDEFINED) };
        let outcome = self.core.borrow_mut().call(*method, call, arguments);
        self.carry_out();
        outcome.map_err(|failure| JsValue::failure(&failure))
    }

    /// The answer to a request; `status` 0 when there was none.
    pub fn answer(&self, id: u32, status: u32, body: &JsValue, request_id: &JsValue) {
        let answer = Answer { status, body: body.clone(), request_id: request_id.clone() };
        self.input(Input::Answer(id, answer));
    }

    /// The time of a `wait` has come.
    pub fn time(&self, id: u32) {
        self.input(Input::Time(id));
    }

    /// The popup's window sent a message.
    pub fn message(&self, id: u32, origin: &JsValue, data: &JsValue) {
        self.input(Input::Popup(id, PopupEvent::Message { origin: origin.clone(), data: data.clone() }));
    }

    fn input(&self, input: Input<JsValue>) {
        self.core.borrow_mut().input(input);
        self.carry_out();
    }

    fn carry_out(&self) {
        let effects = self.core.borrow_mut().effects();
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&self, effect: Effect<JsValue>) {
        match effect {
            Effect::Settle { call, result: Ok(value) } => self.face.settle(call, true, &value),
            Effect::Settle { call, result: Err(failure) } => self.face.settle(call, false, &JsValue::failure(&failure)),
            Effect::Notify { callback, arguments } => self.face.notify(&callback, &arguments),
            Effect::Emit { event, payload } => self.face.emit(&JsValue::name(event), &payload),
            Effect::Send { id, request } => self.face.send(
                id,
                &request.method,
                &request.url,
                &request.headers,
                &request.extra_headers,
                &request.body,
                &request.signal,
            ),
            Effect::Wait { id, ms } => self.face.wait(id, ms),
            Effect::OpenPopup { id, url } => {
                let opened = self.popups.open(id, &url);
                if let Some(window) = &opened {
                    self.face.listen(id, window);
                }
                let event = if opened.is_some() { PopupEvent::Opened } else { PopupEvent::Blocked };
                self.input(Input::Popup(id, event));
            }
            Effect::SteerPopup { id, url } => self.popups.steer(id, &url),
            Effect::ClosePopup { id } => {
                self.face.unlisten(id);
                self.popups.close(id);
            }
            Effect::Warn { failure } => self.face.warn(&JsValue::failure(&failure)),
        }
    }
}
