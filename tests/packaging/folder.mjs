// The folder in which apps are built: the tools of this package.json, and the packed package beside them as npm would
// put it there. Outside of the repository, whose own packages must not be found.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

export const here = import.meta.dirname;
export const root = join(here, "../..");

const execute = promisify(execFile);

/** What a program writes. Rejects with that and with what it writes to stderr if it fails. */
export async function run(cwd, command, args, env) {
  const options = { cwd, maxBuffer: 1e8, env: { ...process.env, ...env }, shell: process.platform === "win32" && command === "npm" };
  try {
    return (await execute(command, args, options)).stdout;
  } catch (error) {
    throw new Error(`${[command, ...args].join(" ")} failed.\n${error.stdout ?? ""}\n${error.stderr ?? error.message}`);
  }
}

export class Folder {
  constructor(path) {
    this.path = path;
    this.require = createRequire(join(path, "here.js"));
  }

  /** Takes the folder that PACKAGING_FOLDER names, which stays for the next run, or a fresh one. */
  static async make() {
    const kept = process.env.PACKAGING_FOLDER;
    const folder = new Folder(kept ?? (await mkdtemp(join(tmpdir(), "paragon-packaging-"))));
    await mkdir(folder.path, { recursive: true });
    await folder.#install();
    await folder.#pack();
    return folder;
  }

  async #install() {
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) await cp(join(here, file), join(this.path, file));
    const current = await run(this.path, "npm", ["ls", "--all", "--silent"]).then(
      () => true,
      () => false,
    );
    // Not one of the packages has a script that is needed. Not `npm ci`: it also wants what bundlers bring for other systems,
    // and not every registry has that.
    if (!current) await run(this.path, "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
  }

  async #pack() {
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.path];
    const [{ filename }] = JSON.parse(await run(root, "npm", args));
    this.tarball = join(this.path, filename);
    this.package = join(this.path, "node_modules/paragon-connect");
    await rm(this.package, { recursive: true, force: true });
    await mkdir(this.package, { recursive: true });
    // Without dependencies and scripts there is nothing else to an installation.
    await run(this.path, "tar", ["-xzf", this.tarball, "-C", this.package, "--strip-components", "1"]);
  }

  /** A fresh app: the files of these folders of `apps`, the later over the earlier, and what all apps share. */
  async app(name, ...parts) {
    const app = join(this.path, name);
    await rm(app, { recursive: true, force: true });
    await cp(join(here, "apps/app.js"), join(app, "app.js"));
    await writeFile(join(app, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
    for (const part of parts) await cp(join(here, "apps", part), app, { recursive: true });
    return app;
  }

  /** The program `name` of a package: arguments for Node. */
  program(packageName, name = packageName) {
    const manifest = join(this.path, "node_modules", packageName, "package.json");
    const { bin } = this.require(manifest);
    return join(dirname(manifest), typeof bin === "string" ? bin : bin[name]);
  }

  version(packageName) {
    return this.require(join(this.path, "node_modules", packageName, "package.json")).version;
  }

  async remove() {
    if (!process.env.PACKAGING_FOLDER) await rm(this.path, { recursive: true, force: true });
  }
}
