//! The object that apps in JavaScript use.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/rust.js")]
extern "C" {
    /// `paragon`.
    #[derive(Clone, Debug)]
    pub type Sdk;

    /// `paragon.installFlow`.
    #[derive(Clone, Debug)]
    pub type Flow;

    #[wasm_bindgen(thread_local_v2, js_name = paragon)]
    pub static PARAGON: Sdk;

    #[wasm_bindgen(js_name = createParagon)]
    pub fn create_paragon() -> Sdk;

    #[wasm_bindgen(method)]
    pub fn dispose(this: &Sdk);

    #[wasm_bindgen(method, catch, js_name = configureGlobal)]
    pub fn configure_global(this: &Sdk, options: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = setHeadless)]
    pub fn set_headless(this: &Sdk, headless: bool);

    #[wasm_bindgen(method, catch)]
    pub async fn authenticate(this: &Sdk, project_id: &str, token: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    pub fn logout(this: &Sdk);

    #[wasm_bindgen(method, catch, js_name = getUser)]
    pub fn get_user(this: &Sdk) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getIntegrationMetadata)]
    pub fn get_integration_metadata(this: &Sdk) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub async fn request(this: &Sdk, integration: &str, path: &str, init: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = uninstallIntegration)]
    pub async fn uninstall_integration(this: &Sdk, integration: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = updateIntegrationUserSettings)]
    pub async fn update_integration_user_settings(
        this: &Sdk,
        integration: &str,
        settings: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = enableWorkflow)]
    pub async fn enable_workflow(this: &Sdk, id: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = disableWorkflow)]
    pub async fn disable_workflow(this: &Sdk, id: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub async fn event(this: &Sdk, name: &str, payload: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn subscribe(this: &Sdk, event: &str, handler: &JsValue) -> Result<js_sys::Function, JsValue>;

    #[wasm_bindgen(method, catch, js_name = onStateChange)]
    pub fn on_state_change(this: &Sdk, listener: &JsValue) -> Result<js_sys::Function, JsValue>;

    #[wasm_bindgen(method, getter, js_name = installFlow)]
    pub fn install_flow(this: &Sdk) -> Flow;

    #[wasm_bindgen(method, catch)]
    pub fn run(this: &Flow, integration: &str, options: &JsValue) -> Result<js_sys::AsyncIterator, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setAccountType)]
    pub fn set_account_type(this: &Flow, id: &str) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setPreOptions)]
    pub fn set_pre_options(this: &Flow, values: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setPostOptions)]
    pub fn set_post_options(this: &Flow, values: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn retry(this: &Flow, options: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn cancel(this: &Flow) -> Result<js_sys::Promise, JsValue>;
}
