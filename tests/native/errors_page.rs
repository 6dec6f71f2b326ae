//! The errors page of the docs is the table of `failure.rs`, and the few errors that the face makes itself; the type
//! `ParagonErrorName` has their names.
//! `UPDATE_DOCS=1 cargo test -p paragon-connect --test native errors_page` writes it anew.

use std::fmt::Write;
use std::path::Path;

use paragon_connect::core::failure::FAULTS;

/// Errors that come before the module, or instead of it: `[name, code, message]`, held against `src/js`.
const OF_THE_FACE: [[&str; 3]; 9] = [
    ["DisposedError", "DISPOSED", "The SDK object was disposed of. Make another with `createParagon()`."],
    [
        "InvalidArgumentError",
        "EVENT_UNKNOWN",
        "`subscribe()` was called with a name that is no event. The message lists them.",
    ],
    [
        "InvalidArgumentError",
        "HANDLER_NOT_A_FUNCTION",
        "`subscribe()` or `onStateChange()` was called without a function.",
    ],
    [
        "InternalError",
        "INTERNAL_ERROR",
        "The module met a state that it cannot handle and has restarted itself. Settings and user are kept, what was under way is lost. Repeat the call.",
    ],
    [
        "NotReadyError",
        "NOT_READY",
        "An old browser compiles WebAssembly only in the background and has not finished. Await `authenticate()` before calls that answer at once.",
    ],
    [
        "InvalidArgumentError",
        "PAGINATION_INVALID",
        "`paginate()` was not told how the provider turns its pages, or found no list where `items` says.",
    ],
    [
        "InvalidArgumentError",
        "PAGINATION_LOOP",
        "The provider named a page as the next one that was read already, so `paginate()` would never end. Check `next`.",
    ],
    [
        "InternalError",
        "TOO_MANY_OBJECTS",
        "There are too many SDK objects in the page. Dispose of those that are not needed any more.",
    ],
    [
        "WebAssemblyError",
        "WASM_REFUSED",
        "The page cannot compile WebAssembly. If it has a Content-Security-Policy, add `'wasm-unsafe-eval'` to its `script-src`, or import `paragon-connect/no-wasm`.",
    ],
];

/// What the scripts of the face have in quotes.
fn quoted_in_the_face() -> Vec<String> {
    let face = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/js");
    let files =
        std::fs::read_dir(face).expect("the face is there").map(|entry| entry.expect("it can be listed").path());
    // These two hold nothing but words that look like codes.
    let only_words = |path: &std::path::PathBuf| path.ends_with("enums.js") || path.ends_with("constants.js");
    let scripts = files.filter(|path| path.extension().is_some_and(|end| end == "js") && !only_words(path));
    scripts.flat_map(|path| quoted(&std::fs::read_to_string(path).expect("it can be read"))).collect()
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn page() -> String {
    let mut page = String::from(
        "# Errors\n\n\
         Everything that the SDK throws, rejects with or hands to `onError` is a `ParagonError` (but for an aborted\n\
         `request()`, which rejects with what `fetch` does). Tell errors apart by `code`, which does not change, or by\n\
         `name`, which groups them; never by the text. Where they apply there are also `status` (HTTP), `retryable`,\n\
         `stage` (of the install flow), `meta`, `response` (the parsed body of a refusal), `platformCode`,\n\
         `requestId` and `cause`. Which of them a method can fail with is on [its page](api/README.md).\n\n\
         `{}` stands for what a message names.\n\n| code | name | message |\n| --- | --- | --- |\n",
    );
    let of_core = FAULTS.lines().map(|line| {
        let mut parts = line.split('\t');
        [(); 3].map(|()| parts.next().unwrap_or_default())
    });
    let mut all: Vec<[&str; 3]> = of_core.chain(OF_THE_FACE).collect();
    all.sort_by_key(|[_, code, _]| *code);
    for [name, code, text] in all {
        let text = text.replace('|', "\\|");
        writeln!(page, "| `{code}` | `{name}` | {text} |").expect("writing to a string never fails");
    }
    page
}

#[test]
fn the_page_lists_every_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).expect("docs/errors.md can be written");
    }
    let written = std::fs::read_to_string(&path).expect("docs/errors.md can be read");
    assert_eq!(written, page(), "docs/errors.md is not current: run the tests with UPDATE_DOCS=1");
}

#[test]
fn the_faces_own_errors_are_all_listed() {
    let is_code = |text: &String| text.len() > 6 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let mut found: Vec<String> = quoted_in_the_face().into_iter().filter(is_code).collect();
    // Some of core's are told apart in the face; and what the portal's page is told is no error's code.
    found.retain(|code| !FAULTS.contains(&format!("\t{code}\t")) && !code.starts_with("SDK_FUNCTION_"));
    found.sort();
    found.dedup();
    assert_eq!(found, OF_THE_FACE.map(|[_, code, _]| code).to_vec());
}

#[test]
fn the_type_has_every_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/js/types/errors.d.ts");
    let types = std::fs::read_to_string(path).expect("the types can be read");
    let (_, after) = types.split_once("type ParagonErrorName =").expect("the type is there");
    let mut declared = quoted(after.split_once(";\n").expect("it ends").0);
    declared.sort();
    let is_name = |text: &String| text.ends_with("Error") && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let of_core = FAULTS.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned());
    let listed = OF_THE_FACE.map(|[name, ..]| name.to_owned());
    let mut made: Vec<String> = of_core.chain(listed).chain(quoted_in_the_face().into_iter().filter(is_name)).collect();
    made.sort();
    made.dedup();
    assert_eq!(declared, made);
}
