//! Values for native tests; the scripted host itself is in `tests/native`. The browser's host is `src/js/instance.js`
//! together with `ffi`.

#[cfg(test)]
pub(crate) mod contract;
#[cfg(not(target_arch = "wasm32"))]
pub mod fake;
