// The ways to put a package to use: bundled into a page, served by a tool's own server, as it is, or loaded by a test
// runner. Each makes a row's `run`, which gets `{ folder, context, platform, name }` and rejects if anything is not right.

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { session, use } from "./browser.mjs";
import { launchOptions } from "../../tools/chromium.mjs";
import { run } from "./folder.mjs";
import { serveBy, serveFiles } from "./server.mjs";

/** A program that builds a page into `dist`. `brings`: what it does not take there itself. */
export const bundled =
  ({ from, program, args, part = "page", brings = [], check = use }) =>
  async ({ folder, context, platform, name }) => {
    const app = await folder.app(name, part);
    await run(app, process.execPath, [folder.program(from, program), ...args], { NODE_ENV: "production" });
    for (const file of brings) await cp(join(app, file), join(app, "dist", file));
    await serveFiles(join(app, "dist"), (address) => check(context, address, platform));
  };

/** A tool's own server. `build`: what comes before it. */
export const served =
  ({ from, program, build, args, part, check = use }) =>
  async ({ folder, context, platform, name }) => {
    const app = await folder.app(name, part);
    const path = folder.program(from, program);
    if (build) await run(app, process.execPath, [path, ...build], { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
    await serveBy(app, [path, ...args], (address) => check(context, address, platform));
  };

/** Files as they are; `taken` are those of the package. */
export const asIs =
  ({ parts, taken, check = use }) =>
  async ({ folder, context, platform, name }) => {
    const app = await folder.app(name, ...parts);
    for (const file of taken) await cp(join(folder.package, "pkg", file), join(app, file));
    await serveFiles(app, (address) => check(context, address, platform));
  };

/** A program for Node that signs in, with the session of its environment, and fails otherwise. */
export const executed =
  ({ from, program, flags = [], args, part }) =>
  async ({ folder, platform, name }) => {
    const app = await folder.app(name, part);
    const SESSION = JSON.stringify(await session(platform));
    const env = { SESSION, VITE_SESSION: SESSION, CI: "1", CHROMIUM: launchOptions.executablePath };
    await run(app, process.execPath, [...flags, ...(from ? [folder.program(from, program)] : []), ...args], env);
  };
