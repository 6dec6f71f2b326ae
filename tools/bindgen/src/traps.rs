//! A panic of the shipped module is a trap that says nothing (`src/shipped.rs`), but the standard library's precompiled
//! parts write its text first. Functions that do only that become the trap itself; what they alone needed falls away.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// All end in a panic whatever they are given, or serve its text only: core formats nothing (numbers become texts in
/// JavaScript). The names are those of rustc 1.95.
const ENDS: [&str; 4] = ["panicking9panic_fmt", "5alloc18handle_alloc_error", "7raw_vec12handle_error", "7Display3fmt"];

pub fn shorten(module: &mut Module) {
    for end in ENDS {
        let found: Vec<FunctionId> = module
            .funcs
            .iter()
            .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
            .filter(|function| function.name.as_deref().is_some_and(|name| name.contains(end)))
            .map(|function| function.id())
            .collect();
        if found.is_empty() {
            eprintln!(
                "No function is named {end}: see what this rustc calls it, or take it off the list. The module works without."
            );
        }
        for id in found {
            trap(module, id);
        }
    }
}

fn trap(module: &mut Module, id: FunctionId) {
    let (parameters, results) = module.types.params_results(module.funcs.get(id).ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    let arguments = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}
