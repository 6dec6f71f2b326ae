// The packed package, put to use everywhere: real builds, and where there is a page, a real browser with its popup blocker
// on. See README.md here.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { start } from "paragon-connect/testing";
import { platformBinary } from "../../tools/builds.mjs";
import { launch } from "./browser.mjs";
import { CASES } from "./cases.mjs";
import { Folder, run } from "./folder.mjs";
import { outdated } from "./table.mjs";

describe("the packed package", () => {
  let folder, platform, browser;
  before(async () => {
    folder = await Folder.make();
    platform = await start({ binary: platformBinary });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await platform?.stop();
    await folder?.remove();
  });

  for (const [index, { tool, how, run: use }] of CASES.entries()) {
    test(`${tool ?? "no tool"}: ${how.replaceAll("`", "")}`, async () => {
      const context = await browser.newContext();
      try {
        await use({ folder, context, platform, name: `app-${index}` });
      } finally {
        await context.close();
      }
    });
  }

  const check = (program, ...args) => run(folder.path, process.execPath, [folder.program(...program), ...args]);

  test("publint finds nothing", () => check(["publint"], "--strict", folder.package));

  test("types are found by every resolution, and are those of what is run", async () => {
    // A stylesheet and a script for a tag have no types; the element is for pages, which import it.
    const others = ["react/styles.css", "paragon.js", "element"];
    await check(["@arethetypeswrong/cli", "attw"], folder.tarball, "--exclude-entrypoints", ...others);
    await check(["@arethetypeswrong/cli", "attw"], folder.tarball, "--entrypoints", "element", "--profile", "esm-only");
  });

  test("nothing runs when it is installed, and nothing is installed with it", () => {
    const { scripts = {}, dependencies = {}, optionalDependencies = {}, peerDependenciesMeta, peerDependencies } = folder.require(`${folder.package}/package.json`);
    const atInstall = ["preinstall", "install", "postinstall", "prepare", "prepublish"].filter((name) => name in scripts);
    assert.deepEqual({ atInstall, dependencies, optionalDependencies }, { atInstall: [], dependencies: {}, optionalDependencies: {} });
    const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
    assert.deepEqual(needed, []);
  });

  test("docs/packaging.md lists what is tested here, and the versions", () => assert.deepEqual(outdated(), []));
});
