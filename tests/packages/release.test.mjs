// The rehearsal of a release: what it leaves, what stops it, and that it publishes nothing.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../tools/process.mjs";
import { obstacles } from "../../tools/release.mjs";

const execute = promisify(execFile);
const release = (...args) => execute(process.execPath, ["tools/release.mjs", ...args], { cwd: root });

test("a rehearsal leaves a tarball and its checksum, and publishes nothing", async () => {
  const { stdout } = await release("--allow-dirty");
  assert.match(stdout, /nothing was published/);
  const folder = join(root, "target/release-files");
  const [, sum, file] = /^([0-9a-f]{64}) {2}(paragon-connect-\d+\.\d+\.\d+.*\.tgz)\n$/.exec(await readFile(join(folder, "SHA256SUMS"), "utf8"));
  assert.equal(createHash("sha256").update(await readFile(join(folder, file))).digest("hex"), sum);
});

test("what is not committed cannot be published", () =>
  assert.rejects(release("--publish", "--allow-dirty"), ({ stderr }) => /has to be committed/.test(stderr)));

describe("in the way of a release is", () => {
  const version = "1.2.3";
  const good = {
    "package.json": JSON.stringify({ version }),
    "package-lock.json": JSON.stringify({ version }),
    "Cargo.toml": `[workspace.package]\nversion = "${version}"\n`,
    "Cargo.lock": `[[package]]\nname = "paragon-connect"\nversion = "${version}"\n`,
  };
  let folder;
  const git = (...args) => execute("git", ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.com", ...args]);
  const write = async (files) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  };
  const commit = () => git("commit", "--all", "--quiet", "--message", "As it is");

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "paragon-obstacles-"));
    await git("init", "--quiet");
    await write(good);
    await git("add", ".");
    await commit();
  });
  after(() => rm(folder, { recursive: true }));

  test("nothing, when all is well", () => assert.deepEqual(obstacles(folder), []));

  for (const [file, text] of Object.entries(good).filter(([file]) => file !== "package.json")) {
    test(`another version in ${file}`, async () => {
      await write({ [file]: text.replace(version, "1.2.2") });
      const [found, ...more] = obstacles(folder, { allowDirty: true });
      assert.match(found, new RegExp(`${file} has version 1.2.2`));
      assert.deepEqual(more, []);
      await write({ [file]: text });
    });
  }

  test("a change that is not committed", async () => {
    await write({ "new.txt": "" });
    assert.match(obstacles(folder).join(), /not committed:\n\?\? new\.txt/);
    await rm(join(folder, "new.txt"));
  });

  test("a tag of that version", async () => {
    await git("tag", `v${version}`);
    assert.match(obstacles(folder).join(), /tag v1\.2\.3 is there/);
    await git("tag", "--delete", `v${version}`);
  });
});
