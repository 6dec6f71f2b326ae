// The conformance tests: the same scenarios with the official package and with ours, in one page. See README.md here.

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { launchOptions } from "../../tools/chromium.mjs";
import { main, say, since, Trouble } from "../../tools/process.mjs";
import { bundles } from "./bundles.mjs";
import { errorsWithout } from "./coverage/errors.mjs";
import { namesWithout } from "./coverage/names.mjs";
import { optionsWithout } from "./coverage/options.mjs";
import { outdated } from "./page-of-differences.mjs";

const PAGES = 2;

// Random scenarios of a run that asks for none in particular: always the same, in the same order, so that what passes once
// passes again. The time, in milliseconds, is enough for all of them but on the slowest machine.
const USUAL = { first: 1, count: 5000, time: 600_000 };

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    random: { type: "string", default: process.env.CONFORMANCE_RANDOM },
    seed: { type: "string" },
    path: { type: "string" },
  },
});

await main(async () => {
  const { scripts, harness } = await bundles();
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Conformance</title><body></body>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch(launchOptions);
  try {
    const origin = `http://127.0.0.1:${server.address().port}/`;
    const pages = await Promise.all(Array.from({ length: PAGES }, () => open(browser, origin, scripts, harness)));
    const tally = { passed: 0, failed: 0 };
    if (!options.seed) await written(pages, tally);
    if (!options.only) await random(pages, tally);
    say(`  ${tally.failed} failed\n  ${tally.passed} passed`);
    if (tally.failed) throw new Trouble("The two SDKs differ where no intended difference says so, or a check failed; see above.");
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});

async function open(browser, origin, scripts, harness) {
  // A context of its own: pages of one would share a process.
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => say(`page error: ${error.stack ?? error}`));
  page.on("console", (message) => say(`page: ${message.text()}`));
  await page.goto(origin);
  await page.evaluate((given) => {
    window.scripts = given;
  }, scripts);
  await page.evaluate(harness);
  return page;
}

async function written(pages, tally) {
  const start = Date.now();
  const all = await pages[0].evaluate(() => window.conformance.names());
  const names = [...all.entries()].filter(([, name]) => !options.only || new RegExp(options.only).test(name));
  const left = [...names];
  const [met, codes] = [new Set(), new Set()];
  await Promise.all(
    pages.map(async (page) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const result = await page.evaluate((index) => window.conformance.written(index), next[0]);
        for (const id of result.met) met.add(id);
        for (const code of result.codes) codes.add(code);
        if (result.failure) say(`✘ ${result.failure}`);
        tally[result.failure ? "failed" : "passed"] += 1;
      }
    }),
  );
  say(`${names.length} written scenarios in ${since(start)}.`);
  if (options.only) return;
  const called = await pages[0].evaluate(() => window.conformance.called());
  const differences = await pages[0].evaluate(() => window.conformance.differences());
  const faults = [
    ...differences.filter(({ id }) => !met.has(id)).map(({ id }) => `The intended difference ${id} explains nothing in the written scenarios.`),
    ...namesWithout(called),
    ...(await optionsWithout(called)),
    ...errorsWithout(codes),
    ...outdated(differences),
  ];
  for (const fault of faults) say(`✘ ${fault}`);
  tally.failed += faults.length;
}

// Each page takes batches of the random scenarios, each with a seed of its own, which is all that is needed to see one again.
async function random(pages, tally) {
  const start = Date.now();
  const BATCH = 250;
  const fresh = options.random !== undefined;
  const first = Number(options.seed ?? (fresh ? crypto.getRandomValues(new Int32Array(1))[0] : USUAL.first));
  const batches = options.seed ? 1 : Math.ceil(Number(options.random ?? USUAL.count) / BATCH);
  const end = fresh ? Infinity : start + USUAL.time;
  const seeds = Array.from({ length: batches }, (_, index) => (first + index) | 0);
  let [played, compared, steps, failed] = [0, 0, 0, 0];
  await Promise.all(
    pages.map(async (page) => {
      for (let seed = seeds.shift(); seed !== undefined && failed < 3 && Date.now() < end; seed = seeds.shift()) {
        const args = [seed, BATCH, options.path];
        const result = await page.evaluate((given) => window.conformance.random(...given), args);
        played += BATCH;
        compared += result.compared;
        steps += result.steps;
        if (!result.failure) {
          tally.passed += BATCH;
          continue;
        }
        failed += 1;
        tally.failed += 1;
        const { path, scenario, told } = result.failure;
        say(`✘ ${told}\n  the scenario: ${scenario}\n  again: node tests/conformance/run.mjs --seed ${seed} --path ${path}`);
      }
    }),
  );
  say(`${played} random scenarios in ${since(start)}, from seed ${first}; ${Math.round((100 * compared) / steps)} % of their steps compared.`);
}
