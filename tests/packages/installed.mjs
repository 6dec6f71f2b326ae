// An app's folder with our package installed as apps install it: under the official name, from a file.

import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

const run = promisify(execFile);
const npm = (cwd, ...args) => run("npm", args, { cwd, shell: process.platform === "win32" });

/** What `node` with these arguments writes; rejects with what it writes to stderr if it fails. */
export const node = async (cwd, ...args) => (await run(process.execPath, args, { cwd, maxBuffer: 1e8 })).stdout.trim();

/** Makes the folder; `remove` ends it. */
export async function install() {
  const folder = await mkdtemp(join(tmpdir(), "paragon-package-"));
  await cp(join(root, "tests/packages/consumer"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const { stdout } = await npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
  const [{ filename, files }] = JSON.parse(stdout);
  const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await npm(folder, "install", ...quiet, `@useparagon/connect@file:${join(folder, filename)}`);
  return { folder, files: files.map(({ path }) => path), remove: () => rm(folder, { recursive: true, force: true }) };
}
