// The README's figures are those of this commit, to two in a hundred. `UPDATE_DOCS=1 npm test -- packages` writes them anew.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";
import { figures } from "./figures.mjs";

const FILE = join(root, "README.md");
const TABLE = /(?<=## Figures\n\n[^]*?)^\|[^]*?(?=\n\n)/m;
const NUMBER = /\d+(?:\.\d+)*/g;

test("the README's figures are current", async () => {
  const wanted = await figures();
  const readme = readFileSync(FILE, "utf8");
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, readme.replace(TABLE, wanted));
  const [found] = TABLE.exec(readFileSync(FILE, "utf8"));
  const advice = "write them anew: UPDATE_DOCS=1 npm test -- packages";
  assert.equal(found.replace(NUMBER, "0"), wanted.replace(NUMBER, "0"), advice);
  const numbers = [...found.matchAll(NUMBER)].map(Number);
  for (const [index, measured] of [...wanted.matchAll(NUMBER)].map(Number).entries()) {
    // The version of the official package is no number.
    if (Number.isNaN(measured)) continue;
    assert.ok(Math.abs(numbers[index] - measured) <= 0.02 * measured, `${numbers[index]} should be ${measured}; ${advice}`);
  }
});
