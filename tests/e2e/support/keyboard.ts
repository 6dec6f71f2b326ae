// A person without a pointer, in the portal: only keys.

import { expect, type Locator } from "@playwright/test";
import type { Portal } from "./portal.ts";

/** More stops than any page here has. */
const STOPS = 120;

export class Keyboard {
  constructor(private readonly portal: Portal) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.portal.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.portal.page.keyboard.type(text);
  }

  /** Tabs to an element; nothing on the way is outside of the dialog. */
  async to(target: Locator): Promise<void> {
    for (let stop = 0; stop < STOPS; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press("Tab");
      await this.isKept();
    }
    throw new Error(`no way by keyboard to ${String(target)}`);
  }

  /** The focus is in the frame, and there within the dialog. */
  async isKept(): Promise<void> {
    const place = () =>
      this.portal.frame.locator("body").evaluate(({ ownerDocument: { activeElement } }) => (activeElement?.closest("[role=dialog]") ? "in the dialog" : `${activeElement?.outerHTML}`));
    await expect.poll(place, "where the focus is").toBe("in the dialog");
    expect(await this.portal.page.evaluate(() => document.activeElement?.id)).toBe("paragon-connect-frame");
  }

  async fill(field: Locator, text: string): Promise<void> {
    await this.to(field);
    await this.type(text);
    await expect(field).toHaveValue(text);
  }

  /** Opens a choice and goes down to an entry. */
  async choose(button: Locator, entry: string): Promise<void> {
    await this.to(button);
    await this.press("Enter");
    const option = this.portal.frame.getByRole("option", { name: entry, exact: true });
    await expect(option).toBeVisible();
    for (let stop = 0; stop < STOPS && (await option.getAttribute("data-focused")) === null; stop++) await this.press("ArrowDown");
    await this.press("Enter");
    await expect(option).toBeHidden();
    await expect(button).toBeFocused();
    await expect(button).toContainText(entry);
  }
}
