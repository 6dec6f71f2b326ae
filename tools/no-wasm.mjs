// The module as JavaScript, for `paragon-connect/no-wasm`: pages whose policy lets no WebAssembly in. By binaryen's wasm2js.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

// What wasm2js does not know, becomes what it knows.
const OLDER = [
  "--enable-nontrapping-float-to-int",
  "--llvm-nontrapping-fptoint-lowering",
  "--enable-sign-ext",
  "--signext-lowering",
  "--enable-bulk-memory",
  "--llvm-memory-copy-fill-lowering",
  "--enable-mutable-globals",
];

// Its result makes an instance as soon as it is imported. What stands between these two makes one when it is asked to.
const START = "import * as _ from '_';\n";
const END = "\nvar retasmFunc = asmFunc(";

// Writes `script.js` beside the module: `instantiate(imports)` gives its exports.
export function writeScript(module, stage, run) {
  const older = join(stage, "older.wasm");
  const made = join(stage, "made.js");
  run(process.execPath, require.resolve("binaryen/bin/wasm-opt"), module, "-o", older, "-Oz", ...OLDER);
  run(process.execPath, require.resolve("binaryen/bin/wasm2js"), older, "-o", made, "-Oz");
  const text = readFileSync(made, "utf8");
  const end = text.indexOf(END);
  if (!text.startsWith(START) || end < 0) throw new Error("wasm2js writes something else than before: see tools/no-wasm.mjs.");
  writeFileSync(join(stage, "script.js"), `${text.slice(START.length, end)}\nexport const instantiate = asmFunc;\n`);
}
