//! `paragon-bindgen IN.wasm OUT_DIR`: the bindings of the module, by wasm-bindgen as a library. So the generator is the
//! very version that the lock file names, and there is no tool to install. Beside them, what
//! core and the face know by number: methods and texts. Functions keep their names, so that one can see what weighs.

mod numbers;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use paragon_connect::core::{failure::FAULTS, method::METHODS, names::NAMES};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output] = arguments.as_slice() else { bail!("usage: paragon-bindgen IN.wasm OUT_DIR") };
    let name = input.file_stem().and_then(|name| name.to_str()).context("the module has no name")?;
    let module = walrus::Module::from_file(input).with_context(|| format!("{} is no module", input.display()))?;
    Bindgen::new()
        .input_module(name, module)
        .bundler(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_producers_section(true)
        .generate(output)
        .with_context(|| format!("no bindings for {}", input.display()))?;
    numbers::only(&output.join(format!("{name}_bg")))?;
    fs::write(output.join("methods.js"), methods()).context("methods.js cannot be written")?;
    fs::write(output.join("texts.js"), texts()).context("texts.js cannot be written")
}

/// The numbers of core's methods, a constant each, so that a bundler writes them where their names stand.
fn methods() -> String {
    METHODS.lines().enumerate().map(|(number, name)| format!("export const {name} = {number};\n")).collect()
}

/// Core's texts. It never reads one, so the module need not hold them. (Rust and JavaScript escape alike.)
fn texts() -> String {
    format!("export const NAMES = {NAMES:?};\nexport const FAULTS = {FAULTS:?};\n")
}
