// What is under way in a page: listeners for messages, timers, requests.

import { expect, type Page } from "@playwright/test";

export type Leftovers = { listeners: number; timers: number; requests: number };

declare global {
  interface Window {
    leftovers(): Leftovers;
  }
}

/** Counts from the next load of the page on. */
export async function watchLeftovers(page: Page): Promise<void> {
  await page.addInitScript(() => {
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
    let requests = 0;
    const { fetch } = window;
    window.fetch = (...args) => {
      requests++;
      return fetch(...args).finally(() => requests--);
    };
    window.leftovers = () => ({ listeners: listeners.size, timers: timers.size, requests });
  });
}

/** Playwright's own waiting in the page may hold a timer for a moment. */
export const nothingIsLeft = (page: Page) =>
  expect.poll(() => page.evaluate(() => window.leftovers()), "nothing is left").toEqual({ listeners: 0, timers: 0, requests: 0 });
