//! [`Value`] in the browser: a number, under which `src/js/boundary.js` keeps the JavaScript value until the turn ends.

use wasm_bindgen::prelude::*;

use crate::core::failure::{Failure, Fault};
use crate::core::names::Name;
use crate::core::value::{Kind, Text, UrlPart, Value};

#[wasm_bindgen(module = "/src/js/boundary.js")]
extern "C" {
    fn number(value: f64) -> u32;
    fn fill(template: u32, a: u32, b: u32, c: u32) -> u32;
    fn fault(index: u32, a: u32, b: u32) -> u32;
    fn failure(fields: u32) -> u32;
    fn object() -> u32;
    fn list() -> u32;
    fn kind(value: u32) -> u32;
    fn truthy(value: u32) -> bool;
    #[wasm_bindgen(js_name = asNumber)]
    fn as_number(value: u32) -> f64;
    fn contains(value: u32, name: u32) -> bool;
    fn begins(value: u32, with: u32) -> bool;
    fn replaced(value: u32, from: u32, to: u32) -> u32;
    fn same(a: u32, b: u32) -> bool;
    fn alike(a: u32, b: u32) -> bool;
    fn get(value: u32, key: u32) -> u32;
    fn header(value: u32, name: u32) -> u32;
    fn lookup(value: u32, key: u32) -> u32;
    fn set(value: u32, key: u32, to: u32);
    fn put(value: u32, key: u32, to: u32);
    fn push(value: u32, entry: u32);
    fn at(value: u32, index: u32) -> u32;
    fn length(value: u32) -> u32;
    fn keys(value: u32) -> u32;
    fn copy(value: u32) -> u32;
    #[wasm_bindgen(js_name = deepCopy)]
    fn deep_copy(value: u32) -> u32;
    fn text(value: u32, operation: u8) -> u32;
    fn url(value: u32, part: u8) -> u32;
}

/// The place of the first fixed string; see `src/js/boundary.js`.
const NAMES_AT: u32 = 260;

const fn place(name: Name) -> u32 {
    NAMES_AT + name as u32
}

/// A handle of a JavaScript value, good until the end of the turn.
#[derive(Clone, Copy, Debug)]
pub struct Handle(pub u32);

impl Value for Handle {
    fn undefined() -> Self {
        Handle(0)
    }
    fn null() -> Self {
        Handle(1)
    }
    fn bool(value: bool) -> Self {
        Handle(2 + u32::from(value))
    }
    fn number(value: f64) -> Self {
        Handle(number(value))
    }
    fn name(name: Name) -> Self {
        Handle(place(name))
    }
    fn fill(template: Name, [a, b, c]: [Self; 3]) -> Self {
        Handle(fill(place(template), a.0, b.0, c.0))
    }
    fn fault(of: Fault, [a, b]: [Self; 2]) -> Self {
        Handle(fault(of as u32, a.0, b.0))
    }
    fn failure(of: Failure<Self>) -> Self {
        Handle(failure(of.0.0))
    }
    fn object() -> Self {
        Handle(object())
    }
    fn list() -> Self {
        Handle(list())
    }
    fn kind(self) -> Kind {
        match kind(self.0) {
            0 => Kind::Nothing,
            1 => Kind::Bool,
            2 => Kind::Number,
            3 => Kind::Text,
            4 => Kind::Function,
            5 => Kind::List,
            _ => Kind::Object,
        }
    }
    fn truthy(self) -> bool {
        truthy(self.0)
    }
    fn as_number(self) -> f64 {
        as_number(self.0)
    }
    fn is(self, name: Name) -> bool {
        same(self.0, place(name))
    }
    fn contains(self, name: Name) -> bool {
        contains(self.0, place(name))
    }
    fn begins(self, with: Self) -> bool {
        begins(self.0, with.0)
    }
    fn replaced(self, from: Name, to: Name) -> Self {
        Handle(replaced(self.0, place(from), place(to)))
    }
    fn same(self, other: Self) -> bool {
        same(self.0, other.0)
    }
    fn alike(self, other: Self) -> bool {
        alike(self.0, other.0)
    }
    fn get(self, key: Name) -> Self {
        Handle(get(self.0, place(key)))
    }
    fn header(self, name: Name) -> Self {
        Handle(header(self.0, place(name)))
    }
    fn lookup(self, key: Self) -> Self {
        Handle(lookup(self.0, key.0))
    }
    fn set(self, key: Name, value: Self) {
        set(self.0, place(key), value.0);
    }
    fn put(self, key: Self, value: Self) {
        put(self.0, key.0, value.0);
    }
    fn push(self, value: Self) {
        push(self.0, value.0);
    }
    fn at(self, index: u32) -> Self {
        Handle(at(self.0, index))
    }
    fn length(self) -> u32 {
        length(self.0)
    }
    fn keys(self) -> Self {
        Handle(keys(self.0))
    }
    fn copy(self) -> Self {
        Handle(copy(self.0))
    }
    fn deep_copy(self) -> Self {
        Handle(deep_copy(self.0))
    }
    fn text(self, operation: Text) -> Self {
        Handle(text(self.0, operation as u8))
    }
    fn url(self, part: UrlPart) -> Self {
        Handle(url(self.0, part as u8))
    }
}
