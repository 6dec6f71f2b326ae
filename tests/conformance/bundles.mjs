// The scripts of the conformance tests: both SDKs, each as text for a realm of its own, and what drives them.

import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;

async function bundle(entry) {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    write: false,
    // Asked for only where there is a process.
    external: ["util", "timers", "timers/promises"],
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
  return outputFiles[0].text;
}

// In the realm `sdk` is what apps import, `whole` has what only the class has, `anotherSdk` puts a further object in
// their place, `endSdk` ends the one that is there.
const sdk = (name, whole, another, end) =>
  bundle({
    stdin: {
      contents: `import * as all from "${name}";
        Object.assign(globalThis, { exported: all, sdk: all.paragon, whole: ${whole}, anotherSdk() { ${another} }, endSdk() { ${end} } });`,
      resolveDir: here,
    },
  });

export async function bundles() {
  const [official, ours, harness] = await Promise.all([
    sdk("@useparagon/connect", "all.connectSingleton", "sdk = whole = new all.default();", ""),
    sdk("paragon-connect", "all.paragon", "sdk = whole = all.createParagon();", "sdk.dispose?.();"),
    bundle({ entryPoints: [join(here, "page/main.ts")] }),
  ]);
  return { scripts: { official, ours }, harness };
}
