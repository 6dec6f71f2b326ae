//! What core asks of the browser: the functions of `src/js/boundary.js` that end in the face (`src/js/instance.js`).

use wasm_bindgen::prelude::*;

use super::value::Handle;
use crate::core::Id;
use crate::core::effect::{Effect, Host};
use crate::core::method::Method;
use crate::core::value::Value;

#[wasm_bindgen(module = "/src/js/boundary.js")]
extern "C" {
    fn settle(page: u32, call: u32, good: bool, value: u32);
    fn notify(page: u32, callback: u32, arguments: u32);
    fn ask(page: u32, id: u32, callback: u32, arguments: u32);
    fn emit(page: u32, event: u32, payload: u32);
    #[allow(clippy::too_many_arguments)]
    fn send(page: u32, id: u32, method: u32, url: u32, headers: u32, body: u32, options: u32, timeout: f64);
    fn wait(page: u32, id: u32, ms: f64, signal: u32);
    #[wasm_bindgen(js_name = endWait)]
    fn end_wait(page: u32, id: u32);
    #[wasm_bindgen(js_name = openPopup)]
    fn open_popup(page: u32, id: u32, url: u32, tab: bool) -> bool;
    #[wasm_bindgen(js_name = steerPopup)]
    fn steer_popup(page: u32, id: u32, url: u32);
    #[wasm_bindgen(js_name = closePopup)]
    fn close_popup(page: u32, id: u32);
    fn leave(page: u32, id: u32, url: u32, attempt: u32, install: u32) -> bool;
    #[wasm_bindgen(js_name = postForm)]
    fn post_form(page: u32, id: u32, url: u32, token: u32);
    fn listen(page: u32, id: u32, port: u32);
    #[wasm_bindgen(js_name = postToPort)]
    fn post_to_port(port: u32, message: u32);
    #[wasm_bindgen(js_name = loadPicker)]
    fn load_picker(page: u32, id: u32, vendor: u32, settings: u32);
    #[wasm_bindgen(js_name = showPicker)]
    fn show_picker(page: u32, id: u32, widget: u32) -> bool;
    #[wasm_bindgen(js_name = popupClosed)]
    fn popup_closed(page: u32, id: u32) -> bool;
    #[wasm_bindgen(js_name = pageFocused)]
    fn page_focused(page: u32) -> bool;
    #[wasm_bindgen(js_name = pageOrigin)]
    fn page_origin(page: u32) -> u32;
    #[wasm_bindgen(js_name = returnAddress)]
    fn return_address(page: u32, word: u32) -> u32;
    #[wasm_bindgen(js_name = randomId)]
    fn random_id(page: u32) -> u32;
    fn drop(page: u32, call: u32);
    fn portal(page: u32, url: u32);
    fn post(page: u32, message: u32);
    fn style(page: u32, shown: bool, locked: bool);
    fn callback(page: u32, method: u8, id: u32) -> u32;
    fn warn(page: u32, error: u32);
    fn now() -> f64;
    fn random() -> f64;
}

/// The page of one SDK object, by the number that the face gave it.
#[derive(Clone, Copy)]
pub struct Page(pub u32);

impl Page {
    /// Carries an effect out. Tells whether a popup or a picker that was asked for has opened, or the page goes.
    pub fn perform(self, effect: Effect<Handle>) -> Option<bool> {
        let page = self.0;
        match effect {
            Effect::Settle { call, result: Ok(value) } => settle(page, call, true, value.0),
            Effect::Settle { call, result: Err(failure) } => settle(page, call, false, Handle::failure(failure).0),
            Effect::Notify { callback, arguments } => notify(page, callback.0, arguments.0),
            Effect::Ask { id, callback, arguments } => ask(page, id, callback.0, arguments.0),
            Effect::Emit { event, payload } => emit(page, Handle::name(event).0, payload.0),
            Effect::Send { id, request } => send(
                page,
                id,
                request.method.0,
                request.url.0,
                request.headers.0,
                request.body.0,
                request.options.0,
                request.timeout,
            ),
            Effect::Wait { id, ms, signal } => wait(page, id, ms, signal.0),
            Effect::EndWait { id } => end_wait(page, id),
            Effect::OpenPopup { id, url, tab } => return Some(open_popup(page, id, url.0, tab)),
            Effect::SteerPopup { id, url } => steer_popup(page, id, url.0),
            Effect::ClosePopup { id } => close_popup(page, id),
            Effect::Leave { id, url, attempt, install } => {
                return Some(leave(page, id, url.0, attempt.0, install.0));
            }
            Effect::Drop { call } => drop(page, call),
            Effect::Portal { url } => portal(page, url.0),
            Effect::Post { message } => post(page, message.0),
            Effect::Style { shown, locked } => style(page, shown, locked),
            Effect::PostForm { id, url, token } => post_form(page, id, url.0, token.0),
            Effect::Listen { id, port } => listen(page, id, port.0),
            Effect::PostToPort { port, message } => post_to_port(port.0, message.0),
            Effect::LoadPicker { id, vendor, settings } => load_picker(page, id, vendor.0, settings.0),
            Effect::ShowPicker { id, widget } => return Some(show_picker(page, id, widget.0)),
            Effect::Warn { failure } => warn(page, Handle::failure(failure).0),
        }
        None
    }
}

impl Host<Handle> for Page {
    fn now(&self) -> f64 {
        now()
    }

    fn random(&self) -> f64 {
        random()
    }

    fn random_id(&self) -> Option<Handle> {
        let id = Handle(random_id(self.0));
        id.is_text().then_some(id)
    }

    fn page_origin(&self) -> Handle {
        Handle(page_origin(self.0))
    }

    fn return_address(&self, word: Handle) -> Handle {
        Handle(return_address(self.0, word.0))
    }

    fn look_at_popup(&self, id: Id) -> (bool, bool) {
        (popup_closed(self.0, id), page_focused(self.0))
    }

    fn callback(&self, method: Method, id: Id) -> Handle {
        Handle(callback(self.0, method as u8, id))
    }
}
