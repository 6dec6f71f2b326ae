//! A host for native tests. The browser's is `src/js/host.js` together with `ffi`.

pub mod fake;
