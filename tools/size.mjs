// The size budget: what the SDK adds to an app's bundle, and what of it weighs how much. What it may weigh stands in
// `weights.json`; `UPDATE_SIZE=1 npm test -- size` writes that anew (and the commit says what the bytes are for).

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { functionsOf } from "./module.mjs";
import { root, say, Trouble } from "./process.mjs";

const WEIGHTS = join(root, "tools", "weights.json");
const STAGE = join(root, "target", "pkg");

// The whole may grow by so much before somebody has to say why.
const TOLERANCE = 0.02;

// The official package's bundle, made the same way; and of that, what ours may never be more than.
const OFFICIAL = 55_800;
const AT_MOST = 0.8;

// Functions below are not recorded one by one: compilers move code between them.
const SMALL = 250;

const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

async function bundle() {
  const { build } = await import("esbuild");
  const app = 'import { paragon } from "paragon-connect"; globalThis.paragon = paragon;';
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return outputFiles[0].contents;
}

// Bytes: the bundle as servers send it, and what it is made of, before anything compresses that.
export async function weigh() {
  const whole = await bundle();
  const functions = functionsOf(readFileSync(join(STAGE, "named.wasm")));
  const files = JSON.parse(readFileSync(join(STAGE, "files.json"), "utf8"));
  return {
    gzip: gzip(whole),
    brotli: brotliCompressSync(whole).length,
    files: { ...files, ...byFile(functions) },
    functions: Object.fromEntries(Object.entries(functions).filter(([, bytes]) => bytes >= SMALL)),
  };
}

// The files of core that functions come from; what other crates and the compiler bring is one entry.
function byFile(functions) {
  const files = {};
  for (const [name, bytes] of Object.entries(functions)) {
    const [, room, file] = /^<?(core|ffi)::(?:(\w+)::)?/.exec(name) ?? [];
    const isOurs = file && existsSync(join(root, "src", room, `${file}.rs`));
    const key = isOurs ? `src/${room}/${file}.rs` : "the rest of the module";
    files[key] = (files[key] ?? 0) + bytes;
  }
  return files;
}

export async function checkSize() {
  const now = await weigh();
  const share = (now.gzip / OFFICIAL).toFixed(2);
  say(`An app's bundle with the SDK: ${now.gzip} bytes gzip (${share} of the official one), ${now.brotli} brotli.`);
  if (process.env.UPDATE_SIZE) {
    writeFileSync(WEIGHTS, `${JSON.stringify(sorted(now), null, 2)}\n`);
    return;
  }
  say(compared(JSON.parse(readFileSync(WEIGHTS, "utf8")), now));
}

// One line if the bundle weighs what it may. Otherwise an error that says what has grown.
export function compared(known, now) {
  const limit = Math.floor(Math.min(known.gzip * (1 + TOLERANCE), OFFICIAL * AT_MOST));
  if (now.gzip <= limit) return `It was ${known.gzip} when it was last looked at, and may be ${limit}.`;
  const lines = ["files", "functions"].flatMap((part) => [
    `What has grown among the ${part} (bytes, before compression):`,
    ...grown(known[part], now[part]).map(([name, before, after]) => `  +${after - before}  ${name}: ${before} → ${after}`),
  ]);
  throw new Trouble(
    `${lines.join("\n")}\nThe SDK is over its size budget: ${now.gzip} bytes gzip of ${limit}. Make it smaller; or, if what it can do now is worth that, run UPDATE_SIZE=1 npm test -- size.`,
  );
}

// The ten that have grown most.
function grown(before, after) {
  return Object.entries(after)
    .map(([name, bytes]) => [name, before[name] ?? 0, bytes])
    .filter(([, was, is]) => is > was)
    .sort((a, b) => b[2] - b[1] - (a[2] - a[1]))
    .slice(0, 10);
}

const sorted = (weights) => {
  const byWeight = (all) => Object.fromEntries(Object.entries(all).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
  return { ...weights, files: byWeight(weights.files), functions: byWeight(weights.functions) };
};
