// Brings the module to life. It travels inside this file as a string (see `letters.js`), and is compiled at the
// first call: no second request, no setting of any bundler, and `window.open` still happens in the click's own turn.

import { Sdk, imports } from "wasm:bindings";
import { learn } from "./boundary.js";
import { letters, order, size } from "wasm:letters";
import { FAULTS, NAMES } from "wasm:texts";
import { ParagonError } from "./errors.js";
import { toBytes } from "./letters.js";

let compiled;
let later;
let running;

// Chromium before 115 compiles no more than 4 KB synchronously on the main thread; it says so by a RangeError.
const mustWait = (error) => error instanceof RangeError;

const refused = (cause) =>
  new ParagonError({
    name: "WebAssemblyError",
    code: "WASM_REFUSED",
    message:
      "This page cannot compile WebAssembly. If it has a Content-Security-Policy, add 'wasm-unsafe-eval' to its script-src, or import paragon-connect/no-wasm; otherwise the browser has WebAssembly switched off.",
    cause,
  });

// WebKit compiles what the page's policy forbids, and refuses it here.
function create(module) {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (cause) {
    throw refused(cause);
  }
}

// A fresh instance, as a function that makes an `Sdk` of it.
function instantiate(module) {
  const { exports } = create(module);
  learn(NAMES, FAULTS, (fields) => new ParagonError(fields));
  return (page) => new Sdk(exports, page, page);
}

// What makes an `Sdk`, now; `undefined` if the browser will only compile later (see `ready`).
export function load() {
  if (!compiled) {
    if (later) return undefined;
    try {
      compiled = new WebAssembly.Module(toBytes({ letters, order, size }));
    } catch (error) {
      if (!mustWait(error)) throw refused(error);
      later = WebAssembly.compile(toBytes({ letters, order, size })).then(
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
