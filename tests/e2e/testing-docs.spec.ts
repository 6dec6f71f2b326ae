// The files of docs/testing.md, written down and run as a reader would run them.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./support/test.ts";

const PAGE = readFileSync(new URL("../../docs/testing.md", import.meta.url), "utf8");
const files = [...PAGE.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name, code]) => ({ name: name!, code: code! }));
const binary = resolve("target/debug/paragon-local");
// Below the repository, so that the package and Playwright are found.
const folder = resolve("target/testing-docs");

// A runner inside a runner: the inner one must not think that it is part of the outer one.
const clean = Object.entries(process.env).filter(([name]) => !/^(TEST_|PLAYWRIGHT|PW_|NODE_TEST)/.test(name));
const env = { ...Object.fromEntries(clean), PARAGON_LOCAL: binary, FORCE_COLOR: "0" };

test.describe.configure({ mode: "serial", timeout: 240_000 });

test.beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, code } of files) writeFileSync(join(folder, name), code);
});

test("the page has these files", () => {
  expect(files.map(({ name }) => name)).toEqual(["announce.mjs", "announce.test.mjs", "announce.spec.mjs"]);
});

test("the suite passes as the page's CI file runs it", () => {
  const [, file] = PAGE.match(/```yaml\n([\s\S]*?)```/)!;
  const commands = [...file!.matchAll(/^ +(?:- )?run: (.+)$/gm)].map(([, command]) => command!);
  expect(commands.map((command) => command.split(" ").slice(0, 2).join(" "))).toEqual(["cargo build", "npm ci", "node --test"]);
  const { status, stdout, stderr } = spawnSync(commands.at(-1)!, { cwd: folder, env, encoding: "utf8", shell: true });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/pass 4\b/);
});

test("the fixture works with Playwright", () => {
  const cli = resolve("node_modules/@playwright/test/cli.js");
  // By default it would empty the folder where this run keeps its traces.
  const args = [cli, "test", "--reporter", "line", "--timeout", "120000", "--output", join(folder, "results"), "announce.spec.mjs"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toContain("1 passed");
});
