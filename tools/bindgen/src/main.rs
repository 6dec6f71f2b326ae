//! `paragon-bindgen IN.wasm OUT_DIR`: the bindings of the module, by wasm-bindgen as a library. So the generator is the
//! very version that the lock file names, and there is no tool to install. With KEEP_NAMES set the functions keep their
//! names, to see what weighs.

mod numbers;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output] = arguments.as_slice() else { bail!("usage: paragon-bindgen IN.wasm OUT_DIR") };
    let named = std::env::var_os("KEEP_NAMES").is_some();
    let name = input.file_stem().and_then(|name| name.to_str()).context("the module has no name")?;
    let module = walrus::Module::from_file(input).with_context(|| format!("{} is no module", input.display()))?;
    Bindgen::new()
        .input_module(name, module)
        .bundler(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(!named)
        .remove_producers_section(true)
        .generate(output)
        .with_context(|| format!("no bindings for {}", input.display()))?;
    numbers::only(&output.join(format!("{name}_bg")))
}
