// After a flow has ended, however it ended, nothing of it is left in the page: no listener, no timer, no popup.

import { allow, arrive, deny } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

test.beforeEach(async ({ host }) => {
  await host.page.addInitScript(() => {
    const listeners = new Set<unknown>();
    const timers = new Set<unknown>();
    const { addEventListener, removeEventListener, setTimeout, clearTimeout } = window;
    window.addEventListener = ((type: string, listener: EventListener) => {
      if (type === "message") listeners.add(listener);
      addEventListener.call(window, type, listener);
    }) as never;
    window.removeEventListener = ((type: string, listener: EventListener) => {
      listeners.delete(listener);
      removeEventListener.call(window, type, listener);
    }) as never;
    window.setTimeout = ((run: () => void, ms: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms);
      timers.add(timer);
      return timer;
    }) as never;
    window.clearTimeout = (timer) => {
      timers.delete(timer);
      clearTimeout(timer);
    };
    window.leftovers = () => ({ listeners: listeners.size, timers: timers.size });
  });
  await host.signIn();
});

// Playwright's own waiting in the page may hold a timer for a moment.
const nothingIsLeft = async (page: { evaluate(run: () => unknown): Promise<unknown> }) =>
  expect.poll(() => page.evaluate(() => window.leftovers())).toEqual({ listeners: 0, timers: 0 });

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

declare global {
  interface Window {
    leftovers(): { listeners: number; timers: number };
  }
}
