// `npm run docs`: builds the documentation site into target/site/out. `npm run docs -- serve` also serves it, with a local
// platform for its live page, until Ctrl-C.

import { main, root, run, say, since } from "./process.mjs";
import { join } from "node:path";
import { checkToolchains, installPackages, installSitePackages, installWasmTarget } from "./setup.mjs";
import { buildPlatform, buildSdk, platformBinary } from "./builds.mjs";

export const SITE = join(root, "target/site/out");

/** Installs what the site is made with, and builds it. The SDK has to be built. */
export async function buildSite() {
  await installSitePackages();
  const { copyPages } = await import("../site/pages.mjs");
  const start = Date.now();
  copyPages();
  await run(process.execPath, ["site/node_modules/vitepress/bin/vitepress.js", "build", "site"], { quiet: true });
  say(`The site is in target/site/out (${since(start)}).`);
}

async function command() {
  checkToolchains();
  await installPackages();
  await installWasmTarget();
  await buildSdk();
  await buildSite();
  if (process.argv[2] !== "serve") return;
  await buildPlatform();
  const { serveSite } = await import("../site/serve.mjs");
  const served = await serveSite({ folder: SITE, binary: platformBinary, port: Number(process.argv[3] ?? 9300) });
  say(`Ready. Ctrl-C ends it. Open ${served.address}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void served.stop());
}

if (process.argv[1] === import.meta.filename) await main(command);
