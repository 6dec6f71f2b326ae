// `npm run bench`: the official package and ours, measured in turn in one run. See docs/performance.md, which
// `UPDATE_DOCS=1 npm run bench` writes anew.
//
//   platform          the platform instead, see platform/run.mjs
//   --only <text>     measures whose titles have this in them (does not write the page)
//   --without <text>  all but those, as the page then says
//   --rounds <n>      at most so many rounds of each
//   --scale <x>       loops of x times the usual length

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPlatform, buildSdk } from "../tools/builds.mjs";
import { main, root, say, since } from "../tools/process.mjs";
import { MEASURES } from "./measures.mjs";
import { Pages } from "./pages.mjs";
import { bench } from "./platform/run.mjs";
import { HEAD, markdown, rows, setting } from "./report.mjs";

const ROUNDS = 5;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, without: { type: "string" }, rounds: { type: "string" }, scale: { type: "string", default: "1" } },
});

// The official package runs twice: how far it is from itself is how much a ratio can be trusted.
const ARMS = [
  ["official", "official"],
  ["ours", "ours"],
  ["again", "official"],
];

async function measure(pages, { titles, unit, units, aims = [], rounds = ROUNDS, run }) {
  const results = titles.map((title, index) => ({ title, unit: units?.[index] ?? unit, aim: aims[index], values: { official: [], ours: [], again: [] } }));
  for (let round = 0; round < Math.min(rounds, options.rounds ?? Infinity); round++) {
    // Each goes first as often as the others.
    for (let turn = 0; turn < ARMS.length; turn++) {
      const [name, arm] = ARMS[(round + turn) % ARMS.length];
      const figures = [await run(pages, arm, Number(options.scale))].flat();
      for (const [index, figure] of figures.entries()) results[index].values[name].push(figure);
    }
  }
  return results;
}

await main(async () => {
  if (positionals[0] === "platform") return bench({ only: options.only, scale: Number(options.scale) });
  await buildSdk();
  await buildPlatform();
  const start = Date.now();
  const has = (text) => ({ titles }) => titles.some((title) => title.includes(text));
  const leftOut = options.without ? MEASURES.filter(has(options.without)) : [];
  const chosen = MEASURES.filter((one) => !leftOut.includes(one) && (!options.only || has(options.only)(one)));
  const pages = await Pages.start();
  const table = [];
  try {
    for (const one of chosen) {
      const made = rows(await measure(pages, one));
      for (const cells of made) say(HEAD.map((head, index) => (index ? `${head}: ${cells[index]}` : cells[index])).filter((cell) => !cell.endsWith(": ")).join("; "));
      table.push(...made);
    }
    const rounds = options.rounds ? ` At most ${options.rounds} rounds of each measure.` : "";
    const without = leftOut.length ? ` Left out: ${leftOut.flatMap(({ titles }) => titles).join("; ")}.` : "";
    const how = setting(pages.browser.version()) + rounds + without;
    say(`\n${markdown(table)}\n\n${how} ${chosen.length} measures in ${since(start)}.`);
    if (process.env.UPDATE_DOCS && !options.only) {
      const text = readFileSync(join(import.meta.dirname, "page.md"), "utf8");
      writeFileSync(join(root, "docs/performance.md"), text.replace("SETTING", how).replace("TABLE", markdown(table)));
    }
  } finally {
    await pages.stop();
  }
});
