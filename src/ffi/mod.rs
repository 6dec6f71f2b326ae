//! The WebAssembly boundary: takes calls in, carries effects out, and decides nothing.
//!
//! Only numbers cross it: a JavaScript value is the number of its place in a table (see `value.rs`). `Core` lies in a
//! `RefCell` that is never borrowed while anything of the app's may run: effects are taken out first, and carried out
//! when the borrow is over. So a callback may call the SDK again.

mod page;
#[cfg(test)]
mod tests;
mod value;

use alloc::boxed::Box;
use core::cell::{RefCell, RefMut};

use wasm_bindgen::prelude::*;

use crate::core::Core;
use crate::core::effect::{Answer, Effect, Input, PopupEvent};
use crate::core::method::Method;
use crate::core::value::Value;
use page::Page;
use value::Handle;

#[wasm_bindgen(module = "/src/js/boundary.js")]
extern "C" {
    /// What the call fails with. The face throws it when Rust has returned, so that nothing here stays borrowed.
    fn fail(error: u32);
}

/// One SDK object, as the face holds it.
#[wasm_bindgen]
pub struct Sdk {
    core: RefCell<Core<Handle>>,
    page: Page,
}

#[wasm_bindgen]
impl Sdk {
    /// `page` is the number of what the face does for this object; `memory` is a place in the table that stays, and
    /// outlives this object if the module crashes.
    #[wasm_bindgen(constructor)]
    pub fn new(page: u32, memory: u32) -> Sdk {
        let page = Page(page);
        Sdk { core: RefCell::new(Core::new(Box::new(page), Handle(memory))), page }
    }

    /// A call of the app; see `Core::call`. What it fails with goes to `fail`.
    pub fn call(&self, method: u8, call: u32, arguments: u32) -> u32 {
        let Some(method) = Method::ALL.get(usize::from(method)) else { return 0 };
        let outcome = self.core().call(*method, call, Handle(arguments));
        self.carry_out();
        match outcome {
            Ok(value) => value.0,
            Err(failure) => {
                fail(Handle::failure(failure).0);
                0
            }
        }
    }

    /// The answer to a request; `status` 0 to 3 when there was none.
    pub fn answer(&self, id: u32, status: u32, body: u32, request_id: u32, retry_after: f64) {
        let answer = Answer { status, body: Handle(body), request_id: Handle(request_id), retry_after };
        self.input(Input::Answer(id, answer));
    }

    /// The time of a `wait` has come.
    pub fn time(&self, id: u32) {
        self.input(Input::Time(id));
    }

    /// The popup's window sent a message, and perhaps a port with it.
    pub fn message(&self, id: u32, origin: u32, data: u32, port: u32) {
        let event = PopupEvent::Message { origin: Handle(origin), data: Handle(data), port: Handle(port) };
        self.input(Input::Popup(id, event));
    }

    /// A file picker says something.
    pub fn said(&self, id: u32, data: u32) {
        self.input(Input::Picker(id, Handle(data)));
    }

    /// The portal's frame sent a message; see `Core::frame_message`. `method` is the number of what it calls.
    pub fn frame_message(&self, call: u32, method: u8, origin: u32, data: u32) {
        let method = Method::ALL.get(usize::from(method)).copied();
        self.core().frame_message(call, method, Handle(origin), Handle(data));
        self.carry_out();
    }

    /// The portal's page has loaded.
    pub fn frame_loaded(&self) {
        self.input(Input::FrameLoaded);
    }

    /// The portal's frame was taken out of the page by others.
    pub fn frame_lost(&self) {
        self.input(Input::FrameLost);
    }

    /// Never borrowed twice, see above; `borrow_mut` would bring the formatting of its panic into the module.
    fn core(&self) -> RefMut<'_, Core<Handle>> {
        self.core.try_borrow_mut().unwrap_or_else(|_| unreachable!())
    }

    fn input(&self, input: Input<Handle>) {
        self.core().input(input);
        self.carry_out();
    }

    fn carry_out(&self) {
        let effects = self.core().effects();
        // Told only when everything is done: the app hears of the stage before it hears that its popup was blocked.
        let mut popup = None;
        for effect in effects {
            let id = match effect {
                Effect::OpenPopup { id, .. } | Effect::ShowPicker { id, .. } | Effect::Leave { id, .. } => id,
                _ => 0,
            };
            popup = self.page.perform(effect).map(|opened| (id, opened)).or(popup);
        }
        if let Some((id, opened)) = popup {
            let event = if opened { PopupEvent::Opened } else { PopupEvent::Blocked };
            self.input(Input::Popup(id, event));
        }
    }
}
