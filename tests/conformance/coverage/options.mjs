// Every option of every method is passed in some scenario.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../../tools/process.mjs";
import { misplaced, OPTIONS_ELSEWHERE } from "./elsewhere.mjs";

// What the type declarations say.
async function declarations() {
  const entry = join(root, "tests/e2e/support/declarations.ts");
  const folder = mkdtempSync(join(tmpdir(), "paragon-declarations-"));
  const outfile = join(folder, "declarations.mjs");
  try {
    const define = { "import.meta.url": JSON.stringify(pathToFileURL(entry).href) };
    await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile, define });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const keysIn = (value) =>
  typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, member]) => [key, ...keysIn(member)]) : [];

// `called`: the scenarios' calls.
export async function optionsWithout(called) {
  const { optionsIn, optionsOf, optionTypes, signaturesOf } = await declarations();
  const passed = new Set();
  for (const { method, args } of called) {
    const owner = method.startsWith("picker.") ? "ExternalFilePicker" : method;
    for (const key of keysIn(args)) for (const name of [key, `${owner}.${key}`]) passed.add(name);
  }
  // Functions beside the SDK's object are not the official package's.
  const others = ["README", "createParagon", "getConnectSDKError", "paginate"];
  const methods = readdirSync(join(root, "docs/api")).map((file) => file.replace(/\.md$/, "")).filter((name) => !others.includes(name));
  const wanted = new Set();
  for (const method of methods) {
    // What is after the parameters is what comes back.
    const parameters = signaturesOf(method).map((signature) => signature.slice(0, signature.lastIndexOf("):")));
    for (const option of optionsIn(parameters)) wanted.add(`${method}.${option}`);
  }
  // Those that are nested in others; FieldOptions are a result.
  for (const type of optionTypes()) if (type !== "FieldOptions") for (const option of optionsOf(type)) wanted.add(option);
  const elsewhere = Object.keys(OPTIONS_ELSEWHERE);
  return [
    ...[...wanted].filter((name) => !passed.has(name) && !elsewhere.includes(name)).map((name) => `No scenario passes the option ${name}.`),
    ...elsewhere.filter((name) => passed.has(name) || !wanted.has(name)).map((name) => `The option ${name} need not be in the list of those that are tested elsewhere.`),
    ...misplaced(OPTIONS_ELSEWHERE, (name) => name.split(".").at(-1)),
  ];
}
