// Builds the npm package into pkg/: the module, the face around it, and the types. `npm run build`.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync, brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { buildReact } from "./build-react.mjs";
import { buildTesting } from "./build-testing.mjs";
import { toLetters } from "./letters.mjs";
import { bundleSize } from "./size.mjs";

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
const small = join(stage, "small.wasm");
// The lowest addresses belong to the end of the stack: nothing is ever there.
const smaller = ["-Oz", "--low-memory-unused", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];
run(process.execPath, wasmOpt, bound, "-o", small, ...smaller);

// 4. One file per module system, the module inside.
const wasm = readFileSync(small);
const written = Object.entries(toLetters(wasm)).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
const embed = {
  name: "embed-module",
  setup(bundle) {
    bundle.onResolve({ filter: /^wasm:/ }, ({ path }) =>
      path === "wasm:bindings" ? { path: join(stage, "bindings.js") } : { path, namespace: "wasm" },
    );
    // The bindings import a copy of our half of the boundary; there must be only one.
    bundle.onResolve({ filter: /boundary\.js$/ }, () => ({ path: join(root, "src/js/boundary.js") }));
    bundle.onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: written.join("") }));
  },
};
rmSync(pkg, { recursive: true, force: true });
for (const [format, entry, file] of [
  ["esm", "index.js", "index.js"],
  ["cjs", "index.js", "index.cjs"],
  // For a script tag: sets `window.paragon`.
  ["iife", "script.js", "paragon.js"],
]) {
  await build({
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
    plugins: [embed],
  });
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
const script = readFileSync(join(pkg, "paragon.js"));
const brotli = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(`An app's bundle with paragon: gzip ${kb(await bundleSize())}; pkg/paragon.js: gzip ${kb(gzipSync(script, { level: 9 }).length)}, brotli ${kb(brotli)}; module alone ${kb(wasm.length)}`);
