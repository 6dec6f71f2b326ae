// Brings the module to life. It travels inside this file as a string with one letter a byte, and is compiled at the
// first call: no second request, no setting of any bundler, and `window.open` still happens in the click's own turn.

import * as glue from "wasm:glue";
import * as boundary from "./boundary.js";
import { letters } from "wasm:letters";
import { ParagonError } from "./errors.js";

let compiled;
let later;
let running;

function bytes() {
  const all = new Uint8Array(letters.length);
  for (let i = 0; i < all.length; i++) all[i] = letters.charCodeAt(i);
  return all;
}

// Chromium before 115 compiles no more than 4 KB synchronously on the main thread; it says so by a RangeError.
const mustWait = (error) => error instanceof RangeError;

const refused = (cause) =>
  new ParagonError({
    name: "WebAssemblyError",
    code: "WASM_REFUSED",
    message:
      "This page cannot compile WebAssembly. If it has a Content-Security-Policy, add 'wasm-unsafe-eval' to its script-src; otherwise the browser has WebAssembly switched off.",
    cause,
  });

// A fresh instance. The bindings belong to one at a time.
function instantiate(module) {
  // Two modules are imported: the bindings that were generated for it, and our half of the boundary.
  const imports = {};
  for (const { module: name } of WebAssembly.Module.imports(module)) {
    imports[name] = name.endsWith("boundary.js") ? boundary : glue;
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const strings = (which) =>
    new TextDecoder().decode(new Uint8Array(exports.memory.buffer, glue.table_start(which), glue.table_length(which)));
  boundary.learn(strings(0), strings(2), (fields) => new ParagonError(fields));
  return { Sdk: glue.Sdk, methods: strings(1).split("\n") };
}

// The module's functions, now; `undefined` if the browser will only compile later (see `ready`).
export function load() {
  if (!compiled) {
    if (later) return undefined;
    try {
      compiled = new WebAssembly.Module(bytes());
    } catch (error) {
      if (!mustWait(error)) throw refused(error);
      later = WebAssembly.compile(bytes()).then(
        (module) => {
          compiled = module;
        },
        (cause) => Promise.reject(refused(cause)),
      );
      return undefined;
    }
  }
  return (running ??= instantiate(compiled));
}

// After a crash: the next `load` starts anew. Everything that was made before is lost.
export function forget() {
  running = undefined;
}

// Settles once `load` can answer; only after it answered `undefined`.
export const ready = () => later;
