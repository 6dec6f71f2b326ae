// The size budget: what the SDK adds to an app's bundle.

import { gzipSync } from "node:zlib";
import { root, say, Trouble } from "./process.mjs";

// The official package: 55,800. What the parts weigh is in docs/decisions/size.md.
const BUDGET = 45_400;

// Bytes, gzip.
export async function bundleSize() {
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
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

export async function checkSize() {
  const bytes = await bundleSize();
  say(`An app's bundle with the SDK: ${bytes} bytes gzip; the budget is ${BUDGET}.`);
  if (bytes >= BUDGET) throw new Trouble("The SDK is over its size budget. Find what has grown, or give a reason in docs/decisions.");
}
