//! What core asks of the browser: the functions of `src/js/boundary.js` that end in the face (`src/js/instance.js`).

use wasm_bindgen::prelude::*;

use super::value::Handle;
use crate::core::Id;
use crate::core::effect::{Effect, Host};
use crate::core::method::Method;
use crate::core::value::Value;

#[wasm_bindgen(module = "/src/js/boundary.js")]
extern "C" {
    fn settle(page: i32, call: i32, good: i32, value: i32);
    fn notify(page: i32, callback: i32, arguments: i32);
    fn ask(page: i32, id: i32, callback: i32, arguments: i32);
    fn emit(page: i32, event: i32, payload: i32);
    #[allow(clippy::too_many_arguments)]
    fn send(page: i32, id: i32, method: i32, url: i32, headers: i32, body: i32, options: i32, timeout: f64);
    fn wait(page: i32, id: i32, ms: f64, signal: i32);
    #[wasm_bindgen(js_name = endWait)]
    fn end_wait(page: i32, id: i32);
    #[wasm_bindgen(js_name = openPopup)]
    fn open_popup(page: i32, id: i32, url: i32, tab: i32) -> bool;
    #[wasm_bindgen(js_name = steerPopup)]
    fn steer_popup(page: i32, id: i32, url: i32);
    #[wasm_bindgen(js_name = closePopup)]
    fn close_popup(page: i32, id: i32);
    #[wasm_bindgen(js_name = postForm)]
    fn post_form(page: i32, id: i32, url: i32, token: i32);
    fn listen(page: i32, id: i32, port: i32);
    #[wasm_bindgen(js_name = postToPort)]
    fn post_to_port(port: i32, message: i32);
    #[wasm_bindgen(js_name = loadPicker)]
    fn load_picker(page: i32, id: i32, vendor: i32, settings: i32);
    #[wasm_bindgen(js_name = showPicker)]
    fn show_picker(page: i32, id: i32, widget: i32) -> bool;
    #[wasm_bindgen(js_name = popupClosed)]
    fn popup_closed(page: i32, id: i32) -> bool;
    #[wasm_bindgen(js_name = pageFocused)]
    fn page_focused(page: i32) -> bool;
    #[wasm_bindgen(js_name = pageOrigin)]
    fn page_origin(page: i32) -> i32;
    #[wasm_bindgen(js_name = randomId)]
    fn random_id(page: i32) -> i32;
    fn drop(page: i32, call: i32);
    fn portal(page: i32, url: i32);
    fn post(page: i32, message: i32);
    fn style(page: i32, shown: bool, locked: bool);
    fn callback(page: i32, method: u8, id: i32) -> i32;
    fn warn(page: i32, error: i32);
    fn now() -> f64;
    fn random() -> f64;
}

/// The page of one SDK object, by the number that the face gave it.
#[derive(Clone, Copy)]
pub struct Page(pub i32);

impl Page {
    /// Carries an effect out. Tells whether a popup or a picker that was asked for has opened.
    pub fn perform(self, effect: Effect<Handle>) -> Option<bool> {
        let page = self.0;
        match effect {
            Effect::Settle { call, result: Ok(value) } => settle(page, call as i32, 1, value.0),
            Effect::Settle { call, result: Err(failure) } => settle(page, call as i32, 0, Handle::failure(failure).0),
            Effect::Notify { callback, arguments } => notify(page, callback.0, arguments.0),
            Effect::Ask { id, callback, arguments } => ask(page, id as i32, callback.0, arguments.0),
            Effect::Emit { event, payload } => emit(page, Handle::name(event).0, payload.0),
            Effect::Send { id, request } => send(
                page,
                id as i32,
                request.method.0,
                request.url.0,
                request.headers.0,
                request.body.0,
                request.options.0,
                request.timeout,
            ),
            Effect::Wait { id, ms, signal } => wait(page, id as i32, ms, signal.0),
            Effect::EndWait { id } => end_wait(page, id as i32),
            Effect::OpenPopup { id, url, tab } => return Some(open_popup(page, id as i32, url.0, tab.into())),
            Effect::SteerPopup { id, url } => steer_popup(page, id as i32, url.0),
            Effect::ClosePopup { id } => close_popup(page, id as i32),
            Effect::Drop { call } => drop(page, call as i32),
            Effect::Portal { url } => portal(page, url.0),
            Effect::Post { message } => post(page, message.0),
            Effect::Style { shown, locked } => style(page, shown, locked),
            Effect::PostForm { id, url, token } => post_form(page, id as i32, url.0, token.0),
            Effect::Listen { id, port } => listen(page, id as i32, port.0),
            Effect::PostToPort { port, message } => post_to_port(port.0, message.0),
            Effect::LoadPicker { id, vendor, settings } => load_picker(page, id as i32, vendor.0, settings.0),
            Effect::ShowPicker { id, widget } => return Some(show_picker(page, id as i32, widget.0)),
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

    fn look_at_popup(&self, id: Id) -> (bool, bool) {
        (popup_closed(self.0, id as i32), page_focused(self.0))
    }

    fn callback(&self, method: Method, id: Id) -> Handle {
        Handle(callback(self.0, method as u8, id as i32))
    }
}
