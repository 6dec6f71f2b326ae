//! Browser tests of the boundary, run by wasm-pack: values that are handles, errors that are thrown, callbacks that
//! call back.

use js_sys::{Function, JSON, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::Sdk;
use super::value::Handle;
use crate::core::failure::FAULTS;
use crate::core::method::Method;
use crate::core::names::{NAMES, Name};
use crate::core::value::Value;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/src/js/boundary.js")]
extern "C" {
    fn learn(names: &str, faults: &str);
    fn pin(value: &JsValue) -> i32;
    fn attach(page: &JsValue, memory: &JsValue) -> i32;
    /// Runs a turn; gives what its handle stood for, or throws.
    #[wasm_bindgen(catch)]
    fn turn(run: &mut dyn FnMut(Function) -> i32) -> Result<JsValue, JsValue>;
}

fn learned() {
    learn(NAMES, FAULTS);
}

fn parse(text: &str) -> Handle {
    Handle(pin(&JSON::parse(text).expect("the tests are written in JSON")))
}

/// What a handle stands for, through a turn of its own.
fn seen(handle: Handle) -> JsValue {
    turn(&mut |_| handle.0).expect("reading throws nothing")
}

fn json(handle: Handle) -> String {
    JSON::stringify(&seen(handle)).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A page that writes down what is asked of it, and calls `on_notify` when the app is to be told something.
fn page(on_notify: &Closure<dyn FnMut(JsValue, JsValue)>) -> (i32, js_sys::Array) {
    let log = js_sys::Array::new();
    let page = Object::new();
    let names = "settle emit send wait endWait steerPopup closePopup warn openPopup popupClosed focused origin randomId callback";
    for name in names.split(' ') {
        let log = log.clone();
        let note = Closure::<dyn FnMut(JsValue, JsValue, JsValue)>::new(move |a: JsValue, b: JsValue, c: JsValue| {
            log.push(&js_sys::Array::of4(&name.into(), &a, &b, &c));
        });
        Reflect::set(&page, &name.into(), note.as_ref()).expect("a plain object takes properties");
        // It must live as long as the page; a test's page lives until the end of the test run.
        note.forget();
    }
    Reflect::set(&page, &"notify".into(), on_notify.as_ref()).expect("a plain object takes properties");
    (attach(&page, &Object::new()), log)
}

fn call(sdk: &Sdk, method: Method, arguments: &str) -> Result<JsValue, JsValue> {
    let arguments = parse(arguments);
    turn(&mut |_| sdk.call(method as u8, 1, arguments.0))
}

#[wasm_bindgen_test]
fn a_handle_does_what_every_value_must() {
    learned();
    crate::host::contract::holds(parse, json);
}

#[wasm_bindgen_test]
fn a_turn_leaves_nothing_in_the_table() {
    learned();
    let before = pin(&JsValue::UNDEFINED);
    for _ in 0..1_000 {
        turn(&mut |_| Handle::object().with(Name::id, Handle::number(1.0)).0).expect("nothing is thrown");
    }
    assert_eq!(pin(&JsValue::UNDEFINED), before + 1);
}

#[wasm_bindgen_test]
fn errors_are_thrown_and_the_object_stays_usable() {
    learned();
    let silent = Closure::new(|_, _| {});
    let place = page(&silent).0;
    let sdk = Sdk::new(place, place);
    for _ in 0..3 {
        let error = call(&sdk, Method::GetIntegrationConfig, r#"["slack"]"#).expect_err("nobody is logged in");
        let code = Reflect::get(&error, &"code".into()).ok().and_then(|code| code.as_string());
        assert_eq!(code.as_deref(), Some("USER_NOT_AUTHENTICATED"));
        let user = call(&sdk, Method::GetUser, "[]").expect("getUser never fails");
        assert_eq!(JSON::stringify(&user).ok(), Some(r#"{"authenticated":false}"#.into()));
    }
    assert_eq!(sdk.call(u8::MAX, 0, 0), 0, "an unknown method is nothing");
}

#[wasm_bindgen_test]
fn a_callback_may_call_the_sdk_again() {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    learned();
    let shared: Rc<RefCell<Option<Rc<Sdk>>>> = Rc::default();
    let told = Rc::new(Cell::new(0));
    let on_notify = {
        let (shared, told) = (shared.clone(), told.clone());
        Closure::new(move |_, _| {
            let sdk = shared.borrow().clone().expect("the test has set it");
            let user = call(&sdk, Method::GetUser, "[]").expect("getUser never fails");
            assert_eq!(JSON::stringify(&user).ok(), Some(r#"{"authenticated":false}"#.into()));
            told.set(told.get() + 1);
        })
    };
    let (page, log) = page(&on_notify);
    let sdk = Rc::new(Sdk::new(page, page));
    *shared.borrow_mut() = Some(sdk.clone());
    call(&sdk, Method::SetHeadless, "[true]").expect("setHeadless never fails");
    let arguments = Object::new();
    Reflect::set(&arguments, &"onError".into(), &Function::new_no_args("")).expect("a plain object takes properties");
    let arguments = pin(&js_sys::Array::of2(&"slack".into(), &arguments));
    turn(&mut |_| sdk.call(Method::FlowStart as u8, 0, arguments)).expect("errors go to onError");
    assert_eq!(told.get(), 1);
    assert_eq!(log.length(), 0);
}

#[wasm_bindgen_test]
fn hostile_values_are_refused_and_leave_the_object_usable() {
    learned();
    let silent = Closure::new(|_, _| {});
    let place = page(&silent).0;
    let sdk = Sdk::new(place, place);
    let hostile = js_sys::Array::new();
    for code in [
        "const a = {}; a.a = a; return a",
        "return Symbol('x')",
        "return 10n",
        "return Object.create(null)",
        "return () => { throw 1 }",
        "return new Proxy({}, { ownKeys() { throw new Error('trap') } })",
        "return new Proxy({}, { get(_, key) { return key } })",
        "return { get host() { throw new Error('getter') } }",
        "return new Uint8Array(4)",
        "const b = new ArrayBuffer(8); structuredClone(b, { transfer: [b] }); return b",
        "return 'x'.repeat(1_000_000)",
    ] {
        hostile.push(&Function::new_no_args(code).call0(&JsValue::NULL).expect("making it throws nothing"));
    }
    for method in Method::ALL {
        for value in hostile.iter() {
            let arguments = pin(&js_sys::Array::of3(&value, &value, &value));
            // Some are refused, some are taken as options that say nothing; none may stop the object.
            let _ = turn(&mut |_| sdk.call(*method as u8, 1, arguments));
        }
        assert!(call(&sdk, Method::GetUser, "[]").is_ok_and(|user| user.is_object()), "after {method:?}");
    }
    let _: &JsValue = hostile.unchecked_ref();
}
