// In the place of `loader.js` in `paragon-connect/no-wasm`: the module as JavaScript, which nothing has to compile first.

import { Sdk, imports } from "wasm:bindings";
import { instantiate } from "wasm:script";
import { FAULTS, NAMES } from "wasm:texts";
import { learn } from "./boundary.js";
import { ParagonError } from "./errors.js";

let running;

export function load() {
  if (!running) {
    const exports = instantiate(imports);
    learn(NAMES, FAULTS, (fields) => new ParagonError(fields));
    running = (page) => new Sdk(exports, page, page);
  }
  return running;
}

export function forget() {
  running = undefined;
}

export const ready = () => Promise.resolve();
