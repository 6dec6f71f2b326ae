// The build for pages without a bundler: one script tag, then `window.paragon`.

import { readFile } from "node:fs/promises";
import { expect, test } from "./support/test.ts";

test("a script tag sets window.paragon, and nothing else", async ({ page, platform }) => {
  const script = await readFile("pkg/paragon.js", "utf8");
  await page.route("http://localhost/**", (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: '<!doctype html><body><script>window.before = Object.keys(window);</script><script src="/paragon.js"></script></body>' }),
  );
  await page.goto("http://localhost/");
  const added = await page.evaluate(() => {
    const { before } = window as unknown as { before: string[] };
    return Object.keys(window).filter((key) => !before.includes(key) && key !== "before");
  });
  expect(added).toEqual(["paragon"]);
  const user = await page.evaluate((host) => {
    window.paragon.configureGlobal({ host });
    return window.paragon.getUser();
  }, platform.base);
  expect(user).toEqual({ authenticated: false });
});
