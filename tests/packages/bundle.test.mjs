// What of the package ends up in an app's bundle: what the app imports, and nothing of the other names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "./installed.mjs";

async function bundle(app) {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0].text;
}

// A piece of each: enums, constants, error classes, the class ConnectSDK.
const OTHERS = [
  "KLAVIYO_API_KEY",
  "$stringContains",
  "accessTokenPath",
  "There is no such integration in this project.",
  '"useparagon.com"',
];

test("an app that imports paragon pays for nothing else", async () => {
  const text = await bundle('import { paragon } from "paragon-connect"; console.log(paragon);');
  assert.deepEqual(OTHERS.filter((piece) => text.includes(piece)), []);
});

test("an app that imports everything has everything", async () => {
  const text = await bundle('import * as all from "paragon-connect"; console.log(all);');
  assert.deepEqual(OTHERS.filter((piece) => !text.includes(piece)), []);
});

test("an app that imports only an enum does not carry the module", async () => {
  const text = await bundle('import { Operator } from "paragon-connect"; console.log(Operator);');
  assert.ok(text.includes("$stringContains"));
  assert.ok(text.length < 20_000, `it is ${text.length} bytes`);
});
