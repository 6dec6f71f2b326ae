// After a flow has ended, however it ended, nothing of it is left in the page: no listener, no timer, no popup.

import { allow, arrive, deny } from "./support/consent.ts";
import { nothingIsLeft, watchLeftovers } from "./support/leftovers.ts";
import { expect, test } from "./support/test.ts";

test.beforeEach(async ({ host }) => {
  await watchLeftovers(host.page);
  await host.signIn();
});

test("while a popup is open there is something to leave", async ({ host }) => {
  const popup = await host.startForPopup("slack", { oauthTimeout: 60_000 });
  await arrive(popup);
  const { listeners, timers } = await host.page.evaluate(() => window.leftovers());
  expect(listeners).toBe(1);
  expect(timers).toBeGreaterThanOrEqual(2);
});

test("after success", async ({ host }) => {
  await host.connect("slack", { oauthTimeout: 60_000 });
  await nothingIsLeft(host.page);
});

test("after a denial", async ({ host }) => {
  await deny(await host.startForPopup("slack", { oauthTimeout: 60_000 }));
  await host.until({ kind: "error" });
  await nothingIsLeft(host.page);
});

test("after cancel()", async ({ host }) => {
  await arrive(await host.startForPopup("slack", { oauthTimeout: 60_000 }));
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
  await nothingIsLeft(host.page);
});

test("after logout()", async ({ host }) => {
  await arrive(await host.startForPopup("slack", { oauthTimeout: 60_000 }));
  await host.page.evaluate(() => window.paragon.logout());
  await nothingIsLeft(host.page);
});

test("after another flow has begun and ended", async ({ host }) => {
  await arrive(await host.startForPopup("slack", { oauthTimeout: 60_000 }));
  await allow(await host.startForPopup("googledrive", { oauthTimeout: 60_000 }));
  await host.until({ kind: "complete" });
  await nothingIsLeft(host.page);
});
