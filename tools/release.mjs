// `npm run release`: everything that comes before publishing, and nothing that cannot be undone. Checks versions and the working
// tree, builds, packs, tries what was packed, and leaves tarball and checksums in target/release-files.
// `npm run release -- --publish` then publishes that tarball and makes the tag; pushing the tag is yours.
// `--allow-dirty`: a rehearsal with changes that are not committed; never with --publish.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSdk } from "./builds.mjs";
import { main, read, root, run, say, Trouble } from "./process.mjs";
import { checkToolchains, installPackages, installWasmTarget } from "./setup.mjs";
import { checkSize } from "./size.mjs";

const FILES = join(root, "target", "release-files");

/** What is in the way of a release of the project in this folder, as sentences. */
export function obstacles(folder, { allowDirty = false } = {}) {
  const found = [];
  const text = (path) => readFileSync(join(folder, path), "utf8");
  const { version } = JSON.parse(text("package.json"));
  const others = {
    "Cargo.toml": /^\[workspace\.package\]\nversion = "([^"]*)"/m.exec(text("Cargo.toml"))?.[1],
    "package-lock.json": JSON.parse(text("package-lock.json")).version,
    "Cargo.lock": /^name = "paragon-connect"\nversion = "([^"]*)"/m.exec(text("Cargo.lock"))?.[1],
  };
  if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) found.push(`The version of package.json, ${version}, is none.`);
  for (const [file, other] of Object.entries(others)) {
    if (other !== version) found.push(`${file} has version ${other}, package.json ${version}. Give both the same.`);
  }
  const git = (...args) => read("git", "-C", folder, ...args);
  const status = git("status", "--porcelain");
  if (status === undefined) found.push("This is no git repository; a release is made from a commit.");
  else if (status && !allowDirty) found.push(`There are changes that are not committed:\n${status}`);
  if (git("tag", "--list", `v${version}`)) found.push(`The tag v${version} is there already. Raise the version.`);
  return found;
}

// Packs the package, and answers where it is and what is in it.
async function pack() {
  rmSync(FILES, { recursive: true, force: true });
  mkdirSync(FILES, { recursive: true });
  const packed = read("npm", "pack", "--json", "--ignore-scripts", "--pack-destination", FILES);
  if (!packed) throw new Trouble("npm pack failed. Run it by hand to see why.");
  const [{ filename, files, size }] = JSON.parse(packed);
  return { tarball: join(FILES, filename), files: files.map(({ path }) => path), size };
}

// The tarball as an app gets it: everything that package.json names is in it, and it says this version.
async function tryOut(tarball) {
  const folder = mkdtempSync(join(tmpdir(), "paragon-release-"));
  try {
    await run("tar", ["-xzf", tarball, "-C", folder]);
    const unpacked = join(folder, "package");
    const manifest = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
    const named = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(named));
    const missing = named([manifest.exports, manifest.main, manifest.types]).filter((path) => !existsSync(join(unpacked, path)));
    if (missing.length) throw new Trouble(`package.json names what is not packed: ${missing.join(", ")}.`);
    for (const load of [`import("${unpacked}/pkg/index.js")`, `Promise.resolve(require("${unpacked}/pkg/index.cjs"))`]) {
      const said = read(process.execPath, "-e", `${load}.then(({ paragon }) => console.log(paragon.getVersion()))`);
      if (said !== manifest.version) throw new Trouble(`What was packed says version ${said}, its package.json ${manifest.version}.`);
    }
    return manifest.version;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function release() {
  const { values } = parseArgs({ options: { publish: { type: "boolean" }, "allow-dirty": { type: "boolean" } } });
  if (values.publish && values["allow-dirty"]) throw new Trouble("What is published has to be committed: not both --publish and --allow-dirty.");
  const found = obstacles(root, { allowDirty: values["allow-dirty"] });
  if (found.length) throw new Trouble(`Nothing was released.\n- ${found.join("\n- ")}`);
  checkToolchains();
  await installPackages();
  await installWasmTarget();
  await buildSdk();
  await checkSize();
  const { tarball, files, size } = await pack();
  const version = await tryOut(tarball);
  const sum = createHash("sha256").update(readFileSync(tarball)).digest("hex");
  writeFileSync(join(FILES, "SHA256SUMS"), `${sum}  ${basename(tarball)}\n`);
  say(`\nparagon-connect ${version}: ${files.length} files, ${(size / 1000).toFixed(0)} KB, SHA-256 ${sum}\nIn target/release-files: ${basename(tarball)} and SHA256SUMS.`);
  if (!values.publish) return say("A rehearsal: nothing was published. Run all tests (npm test), then: npm run release -- --publish");
  await run("npm", ["publish", tarball, "--access", "public"]);
  await run("git", ["tag", "--annotate", `v${version}`, "--message", `paragon-connect ${version}`]);
  say(`Published. Push the tag: git push origin v${version}`);
}

if (process.argv[1] === import.meta.filename) await main(release);
