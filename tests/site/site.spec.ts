// The documentation site as it is built: whole, at home on this machine, legible, and alive where it says so. With
// SCREENSHOTS=<folder> in the environment, a picture of each page that is looked at is kept.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { places } from "../../site/pages.mjs";
import { withPlots } from "../../site/plots.mjs";
import { serveSite } from "../../site/serve.mjs";
import { violations } from "../e2e/support/axe.ts";
import { allow } from "../e2e/support/consent.ts";
import { brokenLinks, foreign, OUT } from "./links.ts";

type Site = Awaited<ReturnType<typeof serveSite>>;

const test = base.extend<{ loopbackOnly: void }, { site: Site }>({
  site: [
    async ({}, use) => {
      const site = await serveSite({ folder: OUT, binary: "target/debug/paragon-local", port: 0 });
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  loopbackOnly: [
    async ({ page }, use) => {
      const troubles: string[] = [];
      page.on("request", (request) => {
        if (!/^(data:|blob:|http:\/\/127\.0\.0\.1:)/.test(request.url())) troubles.push(request.url());
      });
      page.on("pageerror", (error) => troubles.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") troubles.push(message.text());
      });
      await use();
      expect(troubles).toEqual([]);
    },
    { auto: true },
  ],
});

test("every text has its page, and no link leads nowhere", () => {
  const missing = [...places.values()].filter((page) => !existsSync(join(OUT, page.replace(/\.md$/, ".html"))));
  expect(missing).toEqual([]);
  expect(brokenLinks()).toEqual([]);
});

test("nothing is loaded from another machine", () => expect(foreign()).toEqual([]));

const SHOWN = ["index", "guide", "api/index", "api/request", "errors", "engines", "recipes/next", "live", "performance"].filter(
  (page) => page !== "performance" || places.has("docs/performance.md"),
);

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${width} pixels`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });
      for (const shown of SHOWN) {
        test(`${shown} is legible`, async ({ page, site }) => {
          await page.goto(`${site.address}${shown}.html`);
          await expect(page.locator("h1")).toBeVisible();
          if (shown === "live") await expect(page.getByTestId("live-state")).toContainText("is signed in");
          const folder = process.env["SCREENSHOTS"];
          if (folder) await page.screenshot({ path: `${folder}/site-${shown.replace("/", "-")}-${colorScheme}-${width}.png` });
          expect((await violations(page)).flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`))).toEqual([]);
          const tooWide = await page.evaluate(() => document.scrollingElement!.scrollWidth - document.scrollingElement!.clientWidth);
          expect(tooWide, "pixels that stand out of the page").toBe(0);
        });
      }
    });
  }
}

test("a table of ratios gets its bars, and stays; other tables get none", () => {
  const table = "| measure | official | ours | ours / official | aim |\n| --- | --- | --- | --- | --- |\n";
  const rows = "| `getUser()`, large | 4.4 ms | 0.1 ms | 0.02 | ≤ 0.1 |\n| works | no | yes | | |\n| a < b | 1 | 2 | 2.00 | |\n";
  const drawn = withPlots(`Before\n\n${table}${rows}\nAfter`);
  expect(drawn).toContain(`${table}${rows}\nAfter`);
  const bars = [...drawn.matchAll(/class="what">(.*?)<.*?class="(bar|bar over)" style="width:([\d.]+%)".*?class="ratio">([\d.]+)</g)];
  expect(bars.map(([, ...bar]) => bar)).toEqual([
    ["getUser(), large", "bar", "1.6%", "0.02"],
    ["a &#60; b", "bar over", "100.0%", "2"],
  ]);
  const other = "| a | b |\n| --- | --- |\n| 1 | 2 |\n";
  expect(withPlots(other)).toBe(other);
});

test("the search finds a method's page", async ({ page, site }) => {
  await page.goto(site.address);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("installFlow.retry");
  await page.getByRole("option").first().click();
  await expect(page.locator("h1")).toContainText("installFlow.retry");
});

test("the live page connects an account, calls the provider and disconnects", async ({ page, site }) => {
  await page.goto(`${site.address}live.html`);
  const state = page.getByTestId("live-state");
  await expect(state).toContainText("Slack is not connected");
  const popup = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Connect Slack" }).click();
  await allow(await popup);
  await expect(state).toContainText("Slack is connected");
  await page.getByRole("button", { name: "Post a message" }).click();
  await expect(page.getByTestId("live-log").locator("li").first()).toContainText('"ok":true');
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(state).toContainText("Slack is not connected");
});

test("without the platform the live page says how to have it", async ({ page, site }) => {
  await page.route("**/live/session", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "" }));
  await page.goto(`${site.address}live.html`);
  await expect(page.getByTestId("live-missing")).toContainText("npm run docs -- serve");
});
