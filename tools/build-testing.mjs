// Builds `paragon-connect/testing`, the helper for test suites: for Node, for both module systems.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export async function buildTesting(root, folder) {
  const source = join(root, "src/testing");
  for (const [format, file, types] of [["esm", "index.js", "index.d.ts"], ["cjs", "index.cjs", "index.d.cts"]]) {
    await build({
      entryPoints: [join(source, "index.js")],
      outfile: join(folder, file),
      bundle: true,
      format,
      platform: "node",
      target: "node20",
    });
    copyFileSync(join(source, "index.d.ts"), join(folder, types));
  }
}
