// Builds paragon-connect/react into pkg/react: hooks, components, styles and types. Part of `npm run build`.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

// The peers stay outside; the package itself is the one beside, so that there is one SDK in a bundle.
const PEERS = ["react", "react-dom", "react-dom/client", "react-aria-components"];
const outside = (extension) => ({
  name: "outside",
  setup(bundle) {
    bundle.onResolve({ filter: /^paragon-connect$/ }, () => ({ path: `../index.${extension}`, external: true }));
  },
});

const shared = (root) => ({
  absWorkingDir: root,
  bundle: true,
  minifySyntax: true,
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["import"],
  target: "es2022",
  legalComments: "eof",
  // Classic elements: react/jsx-runtime is not there for every version, nor for every module system.
  tsconfigRaw: { compilerOptions: { jsx: "react", jsxFactory: "createElement", jsxFragmentFactory: "Fragment" } },
  inject: [join(root, "src/react/elements.ts")],
  logLevel: "warning",
});

/** Into `pkg/react`. The types of the package itself have to be there already. */
export async function buildReact(root, pkg) {
  const folder = join(pkg, "react");
  for (const [format, extension] of [["esm", "js"], ["cjs", "cjs"]]) {
    for (const entry of ["hooks", "index"]) {
      await build({
        ...shared(root),
        entryPoints: [`src/react/${entry}.ts`],
        outfile: join(folder, `${entry}.${extension}`),
        format,
        external: PEERS,
        plugins: [outside(extension), ...(entry === "index" ? [throughHooks(root, extension)] : [])],
        // Frameworks with server components keep these in the browser's half.
        banner: { js: '"use client";' },
      });
    }
  }
  await build({ absWorkingDir: root, entryPoints: ["src/react/styles/index.css"], outfile: join(folder, "styles.css"), bundle: true, logLevel: "warning" });
  // The element for pages without a framework: everything inside, but for the SDK.
  await build({
    ...shared(root),
    entryPoints: ["src/react/element.ts"],
    outfile: join(pkg, "element.js"),
    format: "esm",
    platform: "browser",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [sdkBeside, styleText(folder)],
  });
  types(root, folder);
}

const sdkBeside = {
  name: "sdk-beside",
  setup: (bundle) => bundle.onResolve({ filter: /^paragon-connect$/ }, () => ({ path: "./index.js", external: true })),
};

// The style sheet that was built just before, as text.
const styleText = (folder) => ({
  name: "style-text",
  setup(bundle) {
    bundle.onLoad({ filter: /styles\/index\.css$/ }, () => ({ contents: readFileSync(join(folder, "styles.css"), "utf8"), loader: "text" }));
  },
});

// Everything that hooks.ts re-exports comes from hooks.js, whoever imports it: one context, one store for both files.
function throughHooks(root, extension) {
  const text = readFileSync(join(root, "src/react/hooks.ts"), "utf8");
  const own = new Set([...text.matchAll(/from "(\.\/[^"]+)"/g)].map(([, path]) => join(root, "src/react", path)));
  return {
    name: "through-hooks",
    setup(bundle) {
      bundle.onResolve({ filter: /^\./ }, ({ path, resolveDir, importer }) => {
        const full = join(resolveDir, path);
        const isHooks = own.has(full) || full === join(root, "src/react/hooks.js");
        const isWithin = own.has(importer.replace(/\.tsx?$/, ".js"));
        return isHooks && !isWithin ? { path: `./hooks.${extension}`, external: true } : undefined;
      });
    },
  };
}

function types(root, folder) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "src/react/tsconfig.json")], { cwd: root, stdio: "inherit" });
  for (const file of walk(join(folder, "types"))) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file.replace(/\.ts$/, ".cts"), text.replace(/(from "\.[^"]*|import\("\.[^"]*)\.js"/g, '$1.cjs"'));
  }
}

function* walk(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else if (name.endsWith(".d.ts")) yield path;
  }
}
