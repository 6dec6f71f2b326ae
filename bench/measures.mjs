// What is measured: each with its unit, the aim as ours by official, and `run(pages, arm)`, which answers one figure or
// several (`titles`). `scale` shrinks the loops, for the test that it all still works.

import { busy, held, longestTask } from "./pages.mjs";
import { install } from "./install.mjs";

const inPage = (project, name, times, ...args) => (pages, arm, scale) =>
  pages.signedIn(arm, project, (page) => {
    const count = Math.max(1, Math.round(times * scale));
    return page.evaluate(([name, args]) => window.bench[name](window.sdk, ...args), [name, [count, ...args]]);
  });

async function cold(pages, arm) {
  return pages.fresh(async (page, devtools) => {
    let wall;
    const cpu = await busy(devtools, async () => {
      wall = await page.evaluate(([address, settings]) => window.bench.cold(address, settings), [`/${arm}.js`, pages.settings(arm)]);
    });
    return [wall / 1000, cpu];
  });
}

async function authenticate(pages, arm) {
  return pages.fresh(async (page, devtools) => {
    await pages.load(page, arm);
    return [await busy(devtools, () => pages.signIn(page, arm, "large"))];
  });
}

async function longest(pages, arm) {
  return pages.fresh(async (page) => {
    await pages.load(page, arm);
    return [await longestTask(pages.browser, page, () => pages.signIn(page, arm, "large"))];
  });
}

async function huge(pages, arm) {
  return pages.fresh(async (page) => {
    await pages.load(page, arm);
    return [
      await pages.signIn(page, arm, "huge").then(
        () => "works",
        () => "rejects",
      ),
    ];
  });
}

async function memory(pages, arm) {
  return pages.fresh(async (page, devtools) => {
    const empty = await held(devtools);
    await pages.load(page, arm);
    await page.evaluate((settings) => window.sdk.configureGlobal(...settings), pages.settings(arm));
    const loaded = await held(devtools);
    await pages.signIn(page, arm, "large");
    return [loaded - empty, (await held(devtools)) - empty];
  });
}

// The second half of the same must add nothing.
const grows = (name, times) => (pages, arm, scale) =>
  pages.signedIn(arm, "small", async (page, devtools) => {
    const count = Math.max(2, Math.round(times * scale)) / 2;
    const half = () => page.evaluate(([name, count]) => window.bench[name](window.sdk, count), [name, count]);
    await half();
    const before = await held(devtools);
    await half();
    return [(await held(devtools)) - before];
  });

export const MEASURES = [
  { titles: ["cold `import()` and first call", "main-thread CPU of it"], unit: "ms", aims: ["≤ 0.35", "≤ 0.22"], run: cold, rounds: 9 },
  { titles: ["`authenticate()`, large: main-thread CPU"], unit: "ms", aims: ["≤ 0.82"], run: authenticate, rounds: 7 },
  { titles: ["`authenticate()`, large: longest task"], unit: "ms", aims: ["no task over 50 ms"], run: longest, rounds: 5 },
  { titles: ["`authenticate()`, `me` of 3.9 million characters"], aims: ["works"], run: huge, rounds: 1 },
  { titles: ["`request()` over a stubbed `fetch`, answer of 1 KB: over `fetch` alone"], unit: "µs", aims: ["≤ 1"], run: inPage("small", "requestAnswer", 2000) },
  { titles: ["the same, body of 1 KB"], unit: "µs", aims: ["≤ 0.5"], run: inPage("small", "requestBody", 2000, 1024) },
  { titles: ["the same, body of 100 KB"], unit: "µs", aims: ["≤ 0.05"], run: inPage("small", "requestBody", 200, 100_000) },
  { titles: ["the same, body of 1 MB"], unit: "µs", aims: ["≤ 0.05"], run: inPage("small", "requestBody", 20, 1_000_000) },
  { titles: ["the same, body of 10 MB"], unit: "µs", aims: ["≤ 0.05"], run: inPage("small", "requestBody", 4, 10_000_000), rounds: 3 },
  { titles: ["ten identical GETs at once: rejected"], aims: ["0"], run: inPage("small", "identical", 1), rounds: 1 },
  { titles: ["`getUser()`, small"], unit: "µs", run: inPage("small", "getUser", 2000) },
  { titles: ["`getUser()`, medium"], unit: "µs", run: inPage("medium", "getUser", 500) },
  { titles: ["`getUser()`, large"], unit: "µs", aims: ["≤ 0.1"], run: inPage("large", "getUser", 100) },
  { titles: ["`getIntegrationConfig()`, large"], unit: "µs", aims: ["≤ 0.5"], run: inPage("large", "getIntegrationConfig", 1000) },
  { titles: ["`getIntegrationMetadata()`, large"], unit: "µs", aims: ["≤ 0.5"], run: inPage("large", "getIntegrationMetadata", 1000) },
  { titles: ["`getIntegrationId()`, large"], unit: "µs", aims: ["≤ 3 µs"], run: inPage("large", "otherReads", 10_000) },
  { titles: ["10,000 `subscribe`", "their `unsubscribe`"], unit: "µs", aims: ["≤ 0.3", "≤ 0.02"], run: inPage("small", "subscribe", 1), rounds: 3 },
  { titles: ["an event to 1 listener (`triggerSDKEvent`)"], unit: "µs", run: inPage("small", "emit", 5000, 1) },
  { titles: ["to 100"], unit: "µs", run: inPage("small", "emit", 1000, 100) },
  { titles: ["to 10,000"], unit: "µs", aims: ["≤ 1.1"], run: inPage("small", "emit", 50, 10_000) },
  { titles: ["memory over an empty page: loaded", "after the large project"], unit: "MiB", aims: ["≤ 2", "≤ 1"], run: memory, rounds: 3 },
  { titles: ["provider done → `onComplete`", "the popup's message → `onComplete`", "requests for the account meanwhile"], units: ["ms", "ms", ""], aims: ["≤ 0.2", "", "2 at most"], run: install, rounds: 3 },
  { titles: ["1,000 requests in a row: each, over `fetch` alone"], unit: "µs", run: inPage("small", "inARow", 1000), rounds: 3 },
  { titles: ["200 requests at once, by `fetch` alone"], unit: "×", aims: ["≤ 1"], run: inPage("small", "atOnce", 200), rounds: 5 },
  { titles: ["memory that a further 50,000 requests leave"], unit: "MiB", aims: ["flat"], run: grows("requests", 100_000), rounds: 1 },
  { titles: ["memory that a further 5,000 install flows leave"], unit: "MiB", aims: ["flat"], run: grows("flows", 10_000), rounds: 1 },
];
