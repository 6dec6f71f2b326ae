// The size check fails when the bundle has grown, and says where.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { functionsOf } from "../../tools/module.mjs";
import { compared } from "../../tools/size.mjs";

const KNOWN = { gzip: 1000, files: { "a.js": 10, "b.js": 50 }, functions: { "core::a": 300, "core::b": 400 } };

test("what stays within two percent is fine, whatever else has moved", () => {
  assert.match(compared(KNOWN, { ...KNOWN, gzip: 1020, files: { "a.js": 90 } }), /may be 1020/);
});

test("what is over fails, and the files and functions that have grown are named, the largest growth first", () => {
  const now = { gzip: 1021, files: { "a.js": 12, "b.js": 40, "c.js": 9 }, functions: { "core::a": 300, "core::b": 450 } };
  assert.throws(
    () => compared(KNOWN, now),
    ({ message }) => {
      assert.match(message, /\+9 {2}c\.js: 0 → 9\n {2}\+2 {2}a\.js: 10 → 12\n/);
      assert.match(message, /\+50 {2}core::b: 400 → 450/);
      assert.doesNotMatch(message, /b\.js|core::a/);
      return /1021 bytes gzip of 1020/.test(message);
    },
  );
});

test("functions are weighed by the names in the module", () => {
  const folder = mkdtempSync(join(tmpdir(), "module-"));
  try {
    const body = "(drop (i32.const 1))".repeat(100);
    writeFileSync(join(folder, "m.wat"), `(module (import "m" "f" (func $imported)) (func $large ${body}) (func $small (call $imported)))`);
    const assembler = createRequire(import.meta.url).resolve("binaryen/bin/wasm-as");
    execFileSync(process.execPath, [assembler, "-g", join(folder, "m.wat"), "-o", join(folder, "m.wasm")]);
    // 100 times: i32.const 1, drop. Then no locals, and the end.
    assert.deepEqual(functionsOf(readFileSync(join(folder, "m.wasm"))), { large: 302, small: 4 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
