//! Browser SDK for embedded integrations.
//!
//! `core` decides, `host` names what core needs from its surroundings, `ffi` is the WebAssembly boundary. The face that
//! apps import is JavaScript, in `src/js`. Front ends in Rust use `web`.

// Without std and its panic texts the module that ships is smaller; see `shipped.rs`.
#![cfg_attr(feature = "shipped", no_std)]
// `Name` has a variant for nearly every word; variants are always written `N::word`, so bindings may be called the same.
#![allow(bindings_with_variant_name)]

extern crate alloc;

pub mod core;
#[cfg(all(target_arch = "wasm32", not(feature = "web")))]
mod ffi;
#[cfg(not(feature = "shipped"))]
pub mod host;
#[cfg(feature = "shipped")]
mod shipped;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod web;
