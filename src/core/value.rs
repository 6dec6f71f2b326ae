//! What core knows of a JavaScript value.
//!
//! Server answers and app arguments stay where they are: in the browser a value is a `JsValue`, in native tests a
//! small look-alike (`host::fake`). Core reads them through this trait, so unknown fields reach the app untouched and
//! nothing is copied into WebAssembly memory. Values that belong to the state are never changed in place once they are
//! stored: `copy` first, then `set`.

use super::failure::{Failure, Fault};
use super::names::Name;

/// The type of a value, as far as core tells types apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// `undefined` or `null`: core treats both as "not given".
    Nothing = 0,
    /// A boolean.
    Bool = 1,
    /// A number, `NaN` included.
    Number = 2,
    /// A string.
    Text = 3,
    /// Anything that can be called.
    Function = 4,
    /// An array.
    List = 5,
    /// Every other object.
    Object = 6,
}

/// A JavaScript value, or what stands for one in a native test.
pub trait Value: Copy + 'static {
    /// `undefined`.
    fn undefined() -> Self;
    /// `null`.
    fn null() -> Self;
    /// A boolean.
    fn bool(value: bool) -> Self;
    /// A number.
    fn number(value: f64) -> Self;
    /// The string that `name` stands for.
    fn name(name: Name) -> Self;
    /// `template` with each `{}` replaced by the next of `parts`, as text.
    fn fill(template: Name, parts: [Self; 3]) -> Self;
    /// An error as a plain object: `{name, code, message, meta: null, retryable: false}`.
    fn fault(fault: Fault, parts: [Self; 2]) -> Self;
    /// What the app gets for a failure: in the browser an `Error`.
    fn failure(failure: Failure<Self>) -> Self;
    /// A new, empty object.
    fn object() -> Self;
    /// A new, empty array.
    fn list() -> Self;

    /// What the value is.
    fn kind(self) -> Kind;
    /// JavaScript's truth.
    fn truthy(self) -> bool;
    /// The number, or `NaN` when it is none.
    fn as_number(self) -> f64;
    /// Is it this very string?
    fn is(self, name: Name) -> bool;
    /// A string with this in it?
    fn contains(self, name: Name) -> bool;
    /// A string that begins with this one?
    fn begins(self, with: Self) -> bool;
    /// A string with the first `from` in it replaced; anything else as it is.
    fn replaced(self, from: Name, to: Name) -> Self;
    /// Strict equality (`===`).
    fn same(self, other: Self) -> bool;
    /// Equal as JSON: same keys and same values, in any order of keys.
    fn alike(self, other: Self) -> bool;

    /// A property; `undefined` when there is none, or when this is no object.
    fn get(self, key: Name) -> Self;
    /// A header, of headers in any form that `fetch` takes; `undefined` when it is not there.
    fn header(self, name: Name) -> Self;
    /// A property of its own whose name is only known at run time; prototypes are not looked at.
    fn lookup(self, key: Self) -> Self;
    /// Sets a property. Only on values that core has made or copied itself.
    fn set(self, key: Name, value: Self);
    /// Sets (or, with `undefined`, removes) a property whose name is only known at run time. `__proto__` is ignored.
    fn put(self, key: Self, value: Self);
    /// Appends to an array that core has made itself.
    fn push(self, value: Self);
    /// The entry of an array; `undefined` outside of it.
    fn at(self, index: u32) -> Self;
    /// The length of an array; 0 for everything else.
    fn length(self) -> u32;
    /// The names of an object's own properties, as an array of strings.
    fn keys(self) -> Self;
    /// A copy one level deep.
    fn copy(self) -> Self;
    /// A copy of everything that is JSON: what the app gets, so that it can change nothing of ours.
    fn deep_copy(self) -> Self;

    /// Text operations that are cheaper on the other side of the boundary. `undefined` for what is no string.
    fn text(self, operation: Text) -> Self;
    /// A URL's part; `undefined` when it is not a URL.
    fn url(self, part: UrlPart) -> Self;

    /// Neither `undefined` nor `null`.
    fn present(self) -> bool {
        self.kind() != Kind::Nothing
    }
    /// A string.
    fn is_text(self) -> bool {
        self.kind() == Kind::Text
    }
    /// Something that can be called.
    fn is_function(self) -> bool {
        self.kind() == Kind::Function
    }
    /// A plain object (or any object that is neither an array nor a function).
    fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }
    /// A string with something in it other than white space.
    fn has_text(self) -> bool {
        self.is_text() && self.text(Text::Trim).truthy()
    }
    /// A property of its own; `None` when there is none, or when this is no object.
    fn get_own(self, key: Name) -> Option<Self> {
        let own = self.lookup(Self::name(key));
        (!own.same(Self::undefined())).then_some(own)
    }
    /// This, or `other` where this is `undefined` or `null`.
    fn or(self, other: Self) -> Self {
        if self.present() { self } else { other }
    }
    /// The entries of an array.
    fn items(self) -> Items<Self> {
        Items { list: self, index: 0, length: self.length() }
    }
    /// The first entry of an array whose `key` is `wanted`; `undefined` when there is none.
    fn find(self, key: Name, wanted: Self) -> Self {
        self.items().find(|item| item.get(key).same(wanted)).unwrap_or_else(Self::undefined)
    }
    /// A copy with all properties of `update` over its own; those alone, if this is no object.
    fn merged(self, update: Self) -> Self {
        let result = if self.is_object() { self.copy() } else { Self::object() };
        for key in update.keys().items() {
            result.put(key, update.lookup(key));
        }
        result
    }
    /// A new object with those properties in `keys` that are given.
    fn picked(self, keys: &[Name]) -> Self {
        let result = Self::object();
        for key in keys {
            let value = self.get(*key);
            if value.present() {
                result.set(*key, value);
            }
        }
        result
    }
    /// A copy with one property changed; an object with that one alone, if this is none.
    fn with(self, key: Name, value: Self) -> Self {
        let copy = self.merged(Self::undefined());
        copy.set(key, value);
        copy
    }
}

/// See [`Value::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Text {
    /// Without white space at both ends.
    Trim = 0,
    /// In lower case.
    Lower = 1,
    /// Lower case, letters and digits only: how a custom integration's name becomes its slug.
    Slug = 2,
    /// What follows `ext:`; `undefined` without that prefix.
    AfterExt = 3,
    /// The string itself if it is a UUID, else `undefined`.
    Uuid = 4,
    /// Cut after the first `.svg`.
    UpToSvg = 5,
    /// Percent-encoded, to stand in an address as one part of a path or of a query.
    Encode = 6,
    /// The claims of a JSON Web Token, read without checking its signature; `undefined` when it is none.
    Claims = 7,
    /// The header of a JSON Web Token; `undefined` when it is none.
    JoseHeader = 8,
    /// `true` if it begins as a PEM block does.
    Pem = 9,
    /// Without leading slashes.
    Unslash = 10,
    /// Without slashes at its end.
    Unslashed = 13,
    /// The value as JSON text, whatever it is.
    Json = 11,
    /// Everything before the last `.`; used for the two service icons that drop their domain.
    Stem = 12,
}

/// See [`Value::url`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum UrlPart {
    /// Scheme, host and port.
    Origin = 0,
    /// The host without its port.
    Hostname = 1,
    /// `https:` and the like.
    Protocol = 2,
    /// Everything from the path on, without the scheme and the host.
    Path = 3,
    /// The host with its port.
    Host = 4,
}

/// Iterator over an array; see [`Value::items`].
pub struct Items<V> {
    list: V,
    index: u32,
    length: u32,
}

impl<V: Value> Iterator for Items<V> {
    type Item = V;
    fn next(&mut self) -> Option<V> {
        if self.index >= self.length {
            return None;
        }
        self.index += 1;
        Some(self.list.at(self.index - 1))
    }
}
