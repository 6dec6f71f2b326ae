//! `paragon-bindgen IN.wasm OUT_DIR`: the bindings of the module, by wasm-bindgen as a library. So the generator is the
//! very version that the lock file names, and there is no tool to install. With KEEP_NAMES set the functions keep their
//! names, to see what weighs (`npm run size`).

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output] = arguments.as_slice() else { bail!("usage: paragon-bindgen IN.wasm OUT_DIR") };
    Bindgen::new()
        .input_path(input)
        .bundler(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(std::env::var_os("KEEP_NAMES").is_none())
        .remove_producers_section(true)
        .generate(output)
        .with_context(|| format!("no bindings for {}", input.display()))
}
