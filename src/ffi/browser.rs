//! The host in the browser: windows through web-sys; what waits for an answer (requests, timers, messages) is the
//! face's, because a closure that crosses the boundary costs more than the JavaScript it stands for.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::Window;

use crate::core::effect::{Host, Id};
use crate::core::method::Method;

#[wasm_bindgen]
extern "C" {
    /// What the face (`src/js/instance.js`) does for core.
    #[derive(Clone)]
    pub type Face;

    #[wasm_bindgen(method)]
    pub fn settle(this: &Face, call: u32, good: bool, value: &JsValue);
    #[wasm_bindgen(method)]
    pub fn notify(this: &Face, callback: &JsValue, arguments: &JsValue);
    #[wasm_bindgen(method)]
    pub fn emit(this: &Face, event: &JsValue, payload: &JsValue);
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments)]
    pub fn send(
        this: &Face,
        id: u32,
        method: &JsValue,
        url: &JsValue,
        headers: &JsValue,
        extra: &JsValue,
        body: &JsValue,
        signal: &JsValue,
    );
    #[wasm_bindgen(method)]
    pub fn wait(this: &Face, id: u32, ms: f64);
    #[wasm_bindgen(method)]
    pub fn listen(this: &Face, id: u32, window: &Window);
    #[wasm_bindgen(method)]
    pub fn unlisten(this: &Face, id: u32);
    #[wasm_bindgen(method)]
    pub fn warn(this: &Face, error: &JsValue);
    #[wasm_bindgen(method)]
    pub fn callback(this: &Face, method: u8, id: u32) -> JsValue;
    #[wasm_bindgen(method, js_name = randomId)]
    pub fn random_id(this: &Face) -> JsValue;
}

/// The popups that are open, by their number.
#[derive(Clone, Default)]
pub struct Popups(Rc<RefCell<Vec<(Id, Window)>>>);

/// Size of the popup in CSS pixels: what consent pages are made for.
const POPUP_FEATURES: &str = "popup,width=600,height=720";

impl Popups {
    /// Opens one; `None` when the browser blocks it.
    pub fn open(&self, id: Id, url: &JsValue) -> Option<Window> {
        let url = url.as_string()?;
        let opened = web_sys::window()?.open_with_url_and_target_and_features(&url, "_blank", POPUP_FEATURES);
        let window = opened.ok()??;
        self.0.borrow_mut().push((id, window.clone()));
        Some(window)
    }

    /// Sends it elsewhere. A window that is gone, or that severed itself from us, cannot be sent.
    pub fn steer(&self, id: Id, url: &JsValue) {
        if let (Some(window), Some(url)) = (self.find(id), url.as_string()) {
            let _ = window.location().replace(&url);
        }
    }

    /// Closes it, if it still can be reached.
    pub fn close(&self, id: Id) {
        if let Some(window) = self.find(id) {
            let _ = window.close();
        }
        self.0.borrow_mut().retain(|(known, _)| *known != id);
    }

    fn find(&self, id: Id) -> Option<Window> {
        self.0.borrow().iter().find(|(known, _)| *known == id).map(|(_, window)| window.clone())
    }
}

/// See [`Host`].
pub struct Browser {
    face: Face,
    popups: Popups,
}

impl Browser {
    /// The popups are shared with whoever carries the effects out.
    pub fn new(face: Face, popups: Popups) -> Self {
        Browser { face, popups }
    }
}

impl Host<JsValue> for Browser {
    fn now(&self) -> f64 {
        js_sys::Date::now()
    }

    fn random_id(&self) -> Option<JsValue> {
        let id = self.face.random_id();
        id.is_string().then_some(id)
    }

    fn page_origin(&self) -> JsValue {
        js_sys::Reflect::get(&js_sys::global(), &"origin".into()).unwrap_or_default()
    }

    fn look_at_popup(&self, id: Id) -> (bool, bool) {
        let closed = self.popups.find(id).is_none_or(|window| window.closed().unwrap_or(true));
        let document = web_sys::window().and_then(|window| window.document());
        let focused = document.is_none_or(|document| document.has_focus().unwrap_or(true));
        (closed, focused)
    }

    fn callback(&self, method: Method, id: Id) -> JsValue {
        self.face.callback(method as u8, id)
    }
}
