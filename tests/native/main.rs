//! Native tests of the SDK's core, against a scripted host with a virtual clock.
#![cfg(not(target_arch = "wasm32"))]
#![allow(bindings_with_variant_name)]

mod attempt;
mod authenticate;
mod codes;
mod configure;
mod driver;
mod errors_page;
mod faults;
mod flow;
mod hostile;
mod in_page;
mod install;
mod options;
mod pickers;
mod portal;
mod project;
mod requests;
mod retries;
mod settings;
mod sources;
mod state;
mod take_up;
mod tokens;
mod warm;
mod world;
