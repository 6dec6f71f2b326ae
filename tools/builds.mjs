// The builds that stand behind `npm start` and `npm test`, each done only if something that it is made from has changed.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { read, root, run, say, since } from "./process.mjs";

const IGNORED = new Set(["node_modules", "dist", "target"]);

export const buildSdk = () =>
  unlessCurrent({
    name: "sdk",
    title: "Building the SDK",
    firstTime: "about a minute",
    from: ["Cargo.toml", "Cargo.lock", "package-lock.json", "src", "tools/build.mjs", "tools/build-react.mjs", "tools/letters.mjs", "tools/no-wasm.mjs", "tools/bindgen"],
    makes: ["target/pkg/named.wasm", "target/pkg/files.json", "pkg/index.js", "pkg/index.cjs", "pkg/no-wasm.js", "pkg/paragon.js", "pkg/rust.js", "pkg/types/index.d.ts", "pkg/react/index.js", "pkg/react/styles.css"],
    build: () => run(process.execPath, ["tools/build.mjs"]),
  });

export const buildDemo = () =>
  unlessCurrent({
    name: "demo",
    title: "Building the demo",
    firstTime: "some seconds",
    from: ["package-lock.json", "pkg", "www"],
    makes: ["www/dist/index.html", "www/dist/console/index.html", "www/dist/portal/index.html"],
    build: () => run("npm", ["run", "build", "--workspace", "www", "--silent"]),
  });

// The example in Rust, as a page without a bundler loads it.
export const buildRustApp = () =>
  unlessCurrent({
    name: "rust-app",
    title: "Building the example in Rust",
    firstTime: "a minute or two",
    from: ["Cargo.toml", "Cargo.lock", "pkg/rust.js", "src", "examples", "tools/bindgen/examples"],
    makes: ["target/examples/yew/paragon-example-yew.js", "target/examples/yew/paragon-example-yew_bg.wasm"],
    async build() {
      const target = "wasm32-unknown-unknown";
      const folder = join(root, "target", "examples");
      const manifest = join("examples", "yew", "Cargo.toml");
      await run("cargo", ["build", "--quiet", "--locked", "--manifest-path", manifest, "--target", target, "--target-dir", folder]);
      const module = join(folder, target, "debug", "paragon-example-yew.wasm");
      await run("cargo", ["run", "--quiet", "--package", "paragon-bindgen", "--example", "app", "--", module, join(folder, "yew")]);
    },
  });

// Cargo itself knows what is current.
export async function buildPlatform() {
  const first = !existsSync(platformBinary);
  if (first) say("Building the local platform (the first time takes some minutes) …");
  await run("cargo", ["build", "--package", "paragon-local", ...(first ? [] : ["--quiet"])]);
}

// The same, with the Rust tests: dependencies that tests want more of would otherwise be built twice.
export const buildPlatformAndTests = () => run("cargo", ["test", "--workspace", "--no-run", "--quiet"]);

export const platformBinary = join(root, "target", "debug", process.platform === "win32" ? "paragon-local.exe" : "paragon-local");

async function unlessCurrent({ name, title, firstTime, from, makes, build }) {
  const folder = join(root, "target", "made-from");
  const stamp = join(folder, name);
  const inputs = digest(from);
  const known = existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
  if (known === inputs && makes.every((file) => existsSync(join(root, file)))) return;
  say(known ? `${title} …` : `${title} (the first time takes ${firstTime}) …`);
  // A build that fails half way must not pass for a whole one.
  rmSync(stamp, { force: true });
  const start = Date.now();
  await build();
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, inputs);
  say(`${title}: done in ${since(start)}.`);
}

// One number for the contents of files and folders, and for the compiler.
function digest(paths) {
  const hash = createHash("sha256").update(`${process.version} ${read("rustc", "--version")}`);
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) if (!IGNORED.has(name)) add(`${path}/${name}`);
    } else {
      hash.update(`\0${path}\0`).update(readFileSync(full));
    }
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}
