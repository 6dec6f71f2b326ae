// A page, or the portal's frame, as it looks and as assistive technology meets it: axe finds nothing, and nothing is cut off.
// With SCREENSHOTS=<folder> in the environment, a picture of each state is kept.

import type { Frame, Page, Route } from "@playwright/test";
import { violations } from "./axe.ts";
import { expect } from "./test.ts";

/** A list whose search field holds the focus is scrolled by that field's arrow keys. Axe knows this of comboboxes only. */
const scrolledBySearch = (id: string, html: string) => id === "scrollable-region-focusable" && html.includes('role="listbox"');

/** `frame`: only this iframe; its element is the SDK's. */
export async function look(page: Page, name: string, frame?: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity));
  const folder = process.env["SCREENSHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  const inside = frame ? await (await page.locator(frame).elementHandle())!.contentFrame() : page.mainFrame();
  expect(await cutOff(inside!), `${name}: what does not fit`).toEqual([]);
  const found = (await violations(frame ? inside! : page)).flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !scrolledBySearch(id, html)).map(({ target, failureSummary }) => `${name}: ${id} ${target} ${failureSummary}`),
  );
  expect(found).toEqual([]);
}

/** Elements that are wider than the page, or than what cuts them off. */
function cutOff(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const { scrollingElement } = document;
    const found = scrollingElement!.scrollWidth > scrollingElement!.clientWidth ? [`the page: ${scrollingElement!.scrollWidth} of ${scrollingElement!.clientWidth}`] : [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      const { overflowX, textOverflow } = getComputedStyle(element);
      // A value that is too long for its button ends in dots; fields, code, what only screen readers see and what is meant to scroll do so by themselves.
      if (overflowX === "visible" || textOverflow === "ellipsis" || element.matches("input, textarea, pre, .pc-offscreen, [data-scrolls], [data-react-aria-prevent-focus]")) continue;
      if (getComputedStyle(element).clipPath !== "none" || element.clientWidth === 0) continue;
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.tagName} ${element.className}: ${element.scrollWidth} of ${element.clientWidth}`);
    }
    return found;
  });
}

/** Holds requests whose address and method match; the function that it gives lets them go on. */
export async function hold(page: Page, method: string, address: RegExp): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isOver = false;
  const take = (route: Route) => (isOver || route.request().method() !== method ? route.fallback() : void held.push(route));
  await page.route(address, take);
  return async () => {
    isOver = true;
    for (const route of held) await route.continue();
    await page.unroute(address, take);
  };
}
