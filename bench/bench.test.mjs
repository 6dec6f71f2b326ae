// Every measure still works: once with either package, its loops cut short. How fast anything is, no test says.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MEASURES } from "./measures.mjs";
import { platformBinary } from "../tools/builds.mjs";
import { Pages } from "./pages.mjs";
import { MEASURES as PLATFORM } from "./platform/measures.mjs";
import { cells } from "./platform/run.mjs";
import { hasNginx, MIB, Servers } from "./platform/servers.mjs";
import { markdown, rows } from "./report.mjs";

describe("the measures", () => {
  let pages;
  before(async () => {
    pages = await Pages.start();
  });
  after(() => pages?.stop());

  for (const { titles, run } of MEASURES) {
    test(titles[0].replaceAll("`", ""), async () => {
      for (const arm of ["official", "ours"]) {
        const figures = [await run(pages, arm, 0.01)].flat();
        assert.equal(figures.length, titles.length);
        for (const figure of figures) assert.ok(typeof figure === "string" || Number.isFinite(figure), `${arm}: ${figure}`);
      }
    });
  }

  test("the table has medians, spreads and ratios", () => {
    const values = { official: [10, 12, 11], again: [10, 11, 12], ours: [1, 3, 2] };
    const [row] = rows([{ title: "a call", unit: "ms", aim: "≤ 0.5", values }]);
    assert.deepEqual(row, ["a call", "11 ms (10 ms to 12 ms)", "2 ms (1 ms to 3 ms)", "0.18", "≤ 0.5", "1.00"]);
    assert.match(markdown([row]), /\| a call \| 11 ms/);
  });
});

// Without nginx, which `npm test` does not need, the platform is measured alone.
describe("the measures of the platform", { skip: process.platform !== "linux" && "they read /proc" }, () => {
  const amount = { seconds: 1, rounds: 1, giant: 8 * MIB, users: 20, integrations: [3] };
  let servers;
  before(async () => {
    servers = await Servers.start({ binary: platformBinary, giant: amount.giant });
  });
  after(() => servers?.stop());

  for (const { title, run } of PLATFORM) {
    test(title, async () => {
      const rows = await run(servers, amount);
      assert.ok(rows.length > 0);
      for (const row of rows) {
        assert.ok(Number.isFinite(row.platform), `${row.title}: ${row.platform}`);
        const compared = hasNginx && title.includes("answers");
        assert.equal(cells(row)[3] !== "", compared, row.title);
      }
    });
  }
});
