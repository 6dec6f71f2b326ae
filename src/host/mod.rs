//! Values for native tests; the scripted host itself is in `tests/native`. The browser's host is `src/js/instance.js`
//! together with `ffi`.

pub mod fake;
