//! Nothing but numbers crosses our boundary, so what wasm-bindgen generates around each function does nothing: it makes
//! unsigned what is small, and a bool of what is used as one. Here the module gets `boundary.js` directly, its imports get
//! names of a letter or two instead of long ones with hashes, and what is left of the bindings is a few lines
//! (`bindings.js`). That a generated function really does nothing is checked; if one does, the build ends.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use walrus::{ExportItem, Module, passes};

/// wasm-bindgen's own, for what we do not do: values that are not numbers, panics that it should tell of.
const UNUSED: [&str; 4] = ["__wbindgen_start", "__wbindgen_externrefs", "__abort_handler", "__instance_terminated"];

/// Rewrites the module at `path` (that it shares with its bindings, but for the extension), and writes `bindings.js`
/// beside it.
pub fn only(path: &Path) -> Result<()> {
    let glue = fs::read_to_string(path.with_extension("js"))?;
    let path = path.with_extension("wasm");
    let mut module = Module::from_file(&path).context("what wasm-bindgen wrote is no module")?;
    for name in UNUSED {
        // It may be gone already.
        let _ = module.exports.remove(name);
    }
    passes::gc::run(&mut module);
    let bindings = shortened(&mut module, &glue)? + &class(&module)?;
    module.emit_wasm_file(&path)?;
    fs::write(path.with_file_name("bindings.js"), bindings).context("bindings.js cannot be written")
}

/// Gives imports short names, and says what each of them is.
fn shortened(module: &mut Module, glue: &str) -> Result<String> {
    let (mut used, mut given) = (BTreeSet::new(), String::new());
    for (number, import) in module.imports.iter_mut().enumerate() {
        let function = match import.name.strip_prefix("__wbg_") {
            _ if import.module.ends_with("boundary.js") => import.name.clone(),
            // `__wbg_<function>_<hash>`
            Some(rest) => match rest.rsplit_once('_') {
                Some((function, _)) => function.to_owned(),
                None => bail!("{} has no hash", import.name),
            },
            None => bail!("{} is neither ours nor one of wasm-bindgen's wrappers", import.name),
        };
        import.module = "_".to_owned();
        let short = letters(number);
        if function == "__wbindgen_throw" {
            write!(given, "{short}() {{ throw Error(\"borrowed\"); }}, ")?;
        } else {
            if import.name.starts_with("__wbg_") {
                ensure!(does_nothing(glue, &import.name, &function), "{function} takes or gives more than numbers");
            }
            write!(given, "{short}: {function}, ")?;
            used.insert(function);
        }
        import.name = short;
    }
    let used = used.into_iter().collect::<Vec<_>>().join(", ");
    Ok(format!("import {{ {used} }} from \"./boundary.js\";\nexport const imports = {{ _: {{ {given} }} }};\n"))
}

/// `a` to `z`, `aa` to `az` and so on.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// Does the generated function only hand its arguments on?
fn does_nothing(glue: &str, name: &str, function: &str) -> bool {
    let Some((_, rest)) = glue.split_once(&format!("export function {name}(")) else { return false };
    let Some((_, body)) = rest.split_once("{\n") else { return false };
    let Some((body, _)) = body.split_once("\n}") else { return false };
    let mut lines = body.lines().map(str::trim);
    let Some(call) = lines.next() else { return false };
    let call = call.strip_prefix("const ret = ").unwrap_or(call);
    let Some(arguments) = call.strip_prefix(function).and_then(|rest| rest.strip_prefix('(')?.strip_suffix(");"))
    else {
        return false;
    };
    let plain = |argument: &str| {
        let number = argument.trim_start_matches("arg");
        let number = number.strip_suffix(" >>> 0").or(number.strip_suffix(" !== 0")).unwrap_or(number);
        number.parse::<usize>().is_ok()
    };
    (arguments.is_empty() || arguments.split(", ").all(plain)) && lines.all(|line| line == "return ret;")
}

/// The class around the module's `sdk_…` functions, and the functions that are on their own.
fn class(module: &Module) -> Result<String> {
    let mut methods = String::new();
    for export in module.exports.iter() {
        let ExportItem::Function(id) = export.item else { continue };
        let Some(method) = export.name.strip_prefix("sdk_") else { continue };
        let arguments = module.types.params(module.funcs.get(id).ty()).len();
        let names: String = (1..arguments).map(|number| format!(", {}", letters(number))).collect();
        let taken = names.trim_start_matches(", ");
        match method {
            "new" => {}
            _ => writeln!(methods, "  {method}({taken}) {{ return this.wasm.sdk_{method}(this.at{names}); }}")?,
        }
    }
    methods += "  constructor(wasm, page, memory) { this.wasm = wasm; this.at = wasm.sdk_new(page, memory); }\n";
    methods += "  free() { this.wasm.__wbg_sdk_free(this.at, 0); }\n";
    Ok(format!("export class Sdk {{\n{methods}}}\n"))
}
