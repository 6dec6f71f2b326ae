// Where the package is put to use: one entry for each row of docs/packaging.md, in its order. `how` is what a developer
// types or writes, `shows` what the row's test sees.

import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { askWorker, launchWith, rendered, use } from "./browser.mjs";
import { root, run } from "./folder.mjs";
import { asIs, bundled, executed, served } from "./kinds.mjs";

const PAGE = "page";
const SERVER = "server, page";
const WORKER = "worker";
const TEST = "test";

const html = ["index.html"];
const esbuild = ["main.js", "--bundle", "--minify", "--format=esm", "--outdir=dist"];
const next = (...flags) =>
  served({ from: "next", build: ["build", ...flags], args: ["start", "--port", "0"], part: "next", check: rendered });
const jest = (file, environment, ...flags) =>
  executed({ from: "jest", flags, args: ["--rootDir", ".", "--env", environment, file], part: "jest" });
const vitest = (environment, ...flags) =>
  executed({ from: "vitest", args: ["run", "--environment", environment, ...flags], part: "vitest" });

// The id that Chromium gives to an extension that it loads from a folder.
const idOf = (path) => {
  const digest = createHash("sha256").update(realpathSync(path)).digest("hex").slice(0, 32);
  return digest.replace(/./g, (digit) => "abcdefghijklmnop"[parseInt(digit, 16)]);
};

// The built-in project, which pages of this origin may use.
const projectFor = async (origin) => {
  const file = await readFile(join(root, "local/src/config/default.toml"), "utf8");
  return file.replace("allowedOrigins = []", `allowedOrigins = ["${origin}"]`);
};

// An extension's pages are not served by anybody.
async function extensionPage({ folder, platform, name }) {
  const app = await folder.app(name, "page", "extension");
  await run(app, process.execPath, [folder.program("esbuild"), ...esbuild]);
  for (const file of ["index.html", "manifest.json"]) await cp(join(app, file), join(app, "dist", file));
  const origin = `chrome-extension://${idOf(join(app, "dist"))}`;
  const project = await platform.createProject({ projectFile: await projectFor(origin) });
  const context = await launchWith(join(app, "dist"));
  try {
    await use(context, `${origin}/index.html`, project, { asked: true });
  } finally {
    await context.close();
  }
}

export const CASES = [
  { tool: "vite", how: "`vite build`", where: PAGE, run: bundled({ from: "vite", args: ["build"] }) },
  { tool: "vite", how: "`vite`, the development server", where: PAGE, run: served({ from: "vite", args: ["--port", "0"], part: "page" }) },
  { tool: "vite", how: "`vite build`, `new Worker(new URL(…))`", where: WORKER, run: bundled({ from: "vite", args: ["build"], part: "worker", check: askWorker }) },
  { tool: "vite7", how: "`vite build`", where: PAGE, run: bundled({ from: "vite7", program: "vite", args: ["build"] }) },
  { tool: "vite7", how: "`vite`, the development server", where: PAGE, run: served({ from: "vite7", program: "vite", args: ["--port", "0"], part: "page" }) },
  { tool: "webpack", how: "`webpack build ./main.js --mode production`", where: PAGE, run: bundled({ from: "webpack-cli", args: ["build", "./main.js", "--mode", "production"], brings: html }) },
  { tool: "webpack", how: "the same, `new Worker(new URL(…))`", where: WORKER, run: bundled({ from: "webpack-cli", args: ["build", "./main.js", "--mode", "production"], brings: html, part: "worker", check: askWorker }) },
  { tool: "@rspack/core", how: "`rspack build --entry ./main.js --mode production`", where: PAGE, run: bundled({ from: "@rspack/cli", program: "rspack", args: ["build", "--entry", "./main.js", "--mode", "production"], brings: html }) },
  { tool: "rollup", how: "`rollup main.js --dir dist --plugin node-resolve`", where: PAGE, run: bundled({ from: "rollup", args: ["main.js", "--dir", "dist", "--plugin", "node-resolve"], brings: html }) },
  { tool: "esbuild", how: "`esbuild main.js --bundle --minify --format=esm`", where: PAGE, run: bundled({ from: "esbuild", args: esbuild, brings: html }) },
  { tool: "parcel", how: "`parcel build index.html`", where: PAGE, run: bundled({ from: "parcel", args: ["build", "index.html", "--no-cache"] }) },
  { tool: "next", how: "`next build`, `next start` (Turbopack)", where: SERVER, run: next() },
  { tool: "next", how: "`next build --webpack`, `next start`", where: SERVER, run: next("--webpack") },
  { tool: "@sveltejs/kit", how: "`vite build`, `vite preview`", where: SERVER, run: served({ from: "vite", build: ["build"], args: ["preview", "--port", "0"], part: "sveltekit", check: rendered }) },
  { how: '`<script type="module">`, an import map', where: PAGE, run: asIs({ parts: ["page", "modules"], taken: ["index.js"] }) },
  { how: '`<script src="paragon.js">`, `window.paragon`', where: PAGE, run: asIs({ parts: ["tag"], taken: ["paragon.js"] }) },
  { how: '`importScripts("paragon.js")`', where: WORKER, run: asIs({ parts: ["worker", "classic-worker"], taken: ["paragon.js"], check: askWorker }) },
  { tool: "esbuild", how: "an extension's page, Manifest V3, with `'wasm-unsafe-eval'` in its policy", where: PAGE, run: extensionPage },
  { how: "Node, `import`", where: TEST, run: executed({ args: ["sign-in.mjs"], part: "node" }) },
  { how: "Node, `require`", where: TEST, run: executed({ args: ["sign-in.cjs"], part: "node" }) },
  { tool: "vitest", how: "`vitest --environment node`", where: TEST, run: vitest("node") },
  { tool: "vitest", how: "`vitest --environment jsdom`", where: TEST, run: vitest("jsdom") },
  { tool: "vitest", how: "browser mode, Chromium", where: TEST, run: vitest("node", "--config", "browser.config.js") },
  { tool: "jest", how: "`jest --env node`, `require`", where: TEST, run: jest("sign-in.test.cjs", "node") },
  { tool: "jest", how: "`jest --env node`, `import` (`--experimental-vm-modules`)", where: TEST, run: jest("sign-in.test.mjs", "node", "--experimental-vm-modules") },
  { tool: "jest", how: "`jest --env jsdom`, `require`; the test brings `fetch`", where: TEST, run: jest("no-fetch.test.cjs", "jsdom") },
];
