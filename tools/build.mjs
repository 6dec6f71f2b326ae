// Builds the npm package into pkg/: the module, the face around it, and the types. `npm run build`.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildReact } from "./build-react.mjs";
import { buildTesting } from "./build-testing.mjs";
import { toLetters } from "./letters.mjs";
import { writeScript } from "./no-wasm.mjs";
import { weigh } from "./size.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stage = join(root, "target", "pkg");
const pkg = join(root, "pkg");
const target = "wasm32-unknown-unknown";
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });

// 1. Rust to WebAssembly, 2. its bindings, 3. smaller.
// As a cdylib alone: beside an rlib, rustc does not optimise it as a whole (`lto`).
const shipped = ["--profile", "dist", "--target", target, "--package", "paragon-connect", "--features", "shipped"];
run("cargo", "rustc", "--quiet", ...shipped, "--crate-type", "cdylib", "--", "-C", "llvm-args=-inline-threshold=40");
const raw = join(root, "target", target, "dist", "paragon_connect.wasm");
run("cargo", "run", "--quiet", "--package", "paragon-bindgen", "--", raw, stage);
const wasmOpt = createRequire(import.meta.url).resolve("binaryen/bin/wasm-opt");
const bound = join(stage, "paragon_connect_bg.wasm");
const named = join(stage, "named.wasm");
const small = join(stage, "small.wasm");
// The lowest addresses belong to the end of the stack: nothing is ever there.
run(process.execPath, wasmOpt, bound, "-o", named, "-g", "-Oz", "--low-memory-unused", "--converge");
run(process.execPath, wasmOpt, named, "-o", small, "--strip-debug", "--strip-producers", "--strip-target-features");

writeScript(small, stage, run);

// 4. One file per module system, the module inside.
const wasm = readFileSync(small);
const written = Object.entries(toLetters(wasm)).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
const embed = (withWasm) => ({
  name: "embed-module",
  setup(bundle) {
    bundle.onResolve({ filter: /^wasm:/ }, ({ path }) =>
      path === "wasm:letters" ? { path, namespace: "wasm" } : { path: join(stage, `${path.slice("wasm:".length)}.js`) },
    );
    // The bindings import a copy of our half of the boundary; there must be only one.
    bundle.onResolve({ filter: /boundary\.js$/ }, () => ({ path: join(root, "src/js/boundary.js") }));
    bundle.onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: withWasm ? written.join("") : "" }));
    if (withWasm) return;
    bundle.onResolve({ filter: /\/loader\.js$/ }, () => ({ path: join(root, "src/js/loader-no-wasm.js") }));
  },
});
// For `size.mjs`: what each file of the face weighs in the bundle. The module's own are counted there.
const bytesOf = ({ inputs, outputs }) => {
  const [{ inputs: used }] = Object.values(outputs);
  const files = Object.keys(inputs).filter((file) => !file.startsWith("wasm:"));
  return Object.fromEntries(files.map((file) => [file, used[file]?.bytesInOutput ?? 0]));
};
rmSync(pkg, { recursive: true, force: true });
for (const [format, entry, file, withWasm = true] of [
  ["esm", "index.js", "index.js"],
  ["cjs", "index.js", "index.cjs"],
  // For the crate's `web`, whose users' tools copy one file.
  ["esm", "rust.js", "rust.js"],
  // For a script tag: sets `window.paragon`.
  ["iife", "script.js", "paragon.js"],
  ["esm", "index.js", "no-wasm.js", false],
  ["cjs", "index.js", "no-wasm.cjs", false],
]) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`src/js/${entry}`],
    outfile: join(pkg, file),
    bundle: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    // The marks by which bundlers know what an app can do without are comments.
    minifyWhitespace: format !== "esm",
    format,
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    legalComments: "eof",
    plugins: [embed(withWasm)],
    metafile: true,
  });
  if (format === "iife") writeFileSync(join(stage, "files.json"), JSON.stringify(bytesOf(metafile)));
}
// The subpath `./ConnectSDK` is the same code, so that there is one module and one `paragon` whichever is imported.
const names = ["default", "ConnectSDK", "ExternalFilePicker", "InstallFlow", "PARAGON_OVERFLOW_EMPTY_VALUE"];
writeFileSync(join(pkg, "ConnectSDK.js"), `export { ${names.join(", ")} } from "./index.js";\n`);
// Name by name, as tools that look for a module's names without running it want it.
const assignments = names.map((name) => `exports.${name} = all.${name};\n`).join("");
writeFileSync(
  join(pkg, "ConnectSDK.cjs"),
  `Object.defineProperty(exports, "__esModule", { value: true });\nconst all = require("./index.cjs");\n${assignments}`,
);

// 5. Types, for both module systems: the same text, each under the extension that its system reads.
const types = join(pkg, "types");
mkdirSync(types, { recursive: true });
for (const name of readdirSync(join(root, "src/js/types"))) {
  const text = readFileSync(join(root, "src/js/types", name), "utf8");
  writeFileSync(join(types, name), text);
  writeFileSync(join(types, name.replace(/ts$/, "cts")), text.replace(/(from "\.\/[\w-]+)\.js"/g, '$1.cjs"'));
}

// 6. Hooks and components.
await buildReact(root, pkg);

// 7. The helper for test suites.
await buildTesting(root, join(pkg, "testing"));

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const { gzip, brotli } = await weigh();
const script = gzipSync(readFileSync(join(pkg, "paragon.js")), { level: 9 }).length;
console.log(`An app's bundle with paragon: gzip ${kb(gzip)}, brotli ${kb(brotli)}; pkg/paragon.js: gzip ${kb(script)}; module alone ${kb(wasm.length)}`);
