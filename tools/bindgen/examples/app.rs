//! `cargo run --package paragon-bindgen --example app -- IN.wasm OUT_DIR`: the bindings of an app in Rust, for a page without a
//! bundler. What Trunk does for an app, without a tool to install.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output] = arguments.as_slice() else { bail!("usage: app IN.wasm OUT_DIR") };
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .omit_default_module_path(false)
        .typescript(false)
        .generate(output)
        .with_context(|| format!("no bindings for {}", input.display()))
}
