//! [`Value`] for `JsValue`: each operation is one call of a small function in `src/js/primitives.js`.

use wasm_bindgen::prelude::*;

use crate::core::failure::{Failure, Fault};
use crate::core::names::Name;
use crate::core::value::{Kind, Text, UrlPart, Value};

#[wasm_bindgen(raw_module = "./primitives.js")]
extern "C" {
    fn named(name: u32) -> JsValue;
    fn fill(template: u32, a: &JsValue, b: &JsValue, c: &JsValue) -> JsValue;
    fn fault(code: u32, a: &JsValue, b: &JsValue) -> JsValue;
    fn failure(fields: &JsValue) -> JsValue;
    fn object() -> JsValue;
    fn list() -> JsValue;
    fn kind(value: &JsValue) -> u8;
    fn is(value: &JsValue, name: u32) -> bool;
    fn contains(value: &JsValue, name: u32) -> bool;
    fn same(a: &JsValue, b: &JsValue) -> bool;
    fn alike(a: &JsValue, b: &JsValue) -> bool;
    fn get(value: &JsValue, key: u32) -> JsValue;
    fn lookup(value: &JsValue, key: &JsValue) -> JsValue;
    fn set(value: &JsValue, key: u32, to: &JsValue);
    fn put(value: &JsValue, key: &JsValue, to: &JsValue);
    fn push(value: &JsValue, entry: &JsValue);
    fn at(value: &JsValue, index: u32) -> JsValue;
    fn len(value: &JsValue) -> u32;
    fn keys(value: &JsValue) -> JsValue;
    fn copy(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = deepCopy)]
    fn deep_copy(value: &JsValue) -> JsValue;
    fn text(value: &JsValue, operation: u8) -> JsValue;
    fn url(value: &JsValue, part: u8) -> JsValue;
}

impl Value for JsValue {
    fn undefined() -> Self {
        JsValue::UNDEFINED
    }
    fn null() -> Self {
        JsValue::NULL
    }
    fn bool(value: bool) -> Self {
        JsValue::from_bool(value)
    }
    fn number(value: f64) -> Self {
        JsValue::from_f64(value)
    }
    fn name(name: Name) -> Self {
        named(name as u32)
    }
    fn fill(template: Name, [a, b, c]: [&Self; 3]) -> Self {
        fill(template as u32, a, b, c)
    }
    fn fault(code: Fault, [a, b]: [&Self; 2]) -> Self {
        fault(code as u32, a, b)
    }
    fn failure(of: &Failure<Self>) -> Self {
        failure(&of.0)
    }
    fn object() -> Self {
        object()
    }
    fn list() -> Self {
        list()
    }
    fn kind(&self) -> Kind {
        match kind(self) {
            0 => Kind::Nothing,
            1 => Kind::Bool,
            2 => Kind::Number,
            3 => Kind::Text,
            4 => Kind::Function,
            5 => Kind::List,
            _ => Kind::Object,
        }
    }
    fn truthy(&self) -> bool {
        self.is_truthy()
    }
    fn as_number(&self) -> f64 {
        self.as_f64().unwrap_or(f64::NAN)
    }
    fn is(&self, name: Name) -> bool {
        is(self, name as u32)
    }
    fn contains(&self, name: Name) -> bool {
        contains(self, name as u32)
    }
    fn same(&self, other: &Self) -> bool {
        same(self, other)
    }
    fn alike(&self, other: &Self) -> bool {
        alike(self, other)
    }
    fn get(&self, key: Name) -> Self {
        get(self, key as u32)
    }
    fn lookup(&self, key: &Self) -> Self {
        lookup(self, key)
    }
    fn set(&self, key: Name, value: &Self) {
        set(self, key as u32, value);
    }
    fn put(&self, key: &Self, value: &Self) {
        put(self, key, value);
    }
    fn push(&self, value: &Self) {
        push(self, value);
    }
    fn at(&self, index: u32) -> Self {
        at(self, index)
    }
    fn len(&self) -> u32 {
        len(self)
    }
    fn keys(&self) -> Self {
        keys(self)
    }
    fn copy(&self) -> Self {
        copy(self)
    }
    fn deep_copy(&self) -> Self {
        deep_copy(self)
    }
    fn text(&self, operation: Text) -> Self {
        text(self, operation as u8)
    }
    fn url(&self, part: UrlPart) -> Self {
        url(self, part as u8)
    }
}
