// What a person does in the popup, on the sandbox providers' consent page.

import { expect, type Page } from "@playwright/test";

export type Person = "ada" | "grace" | "alan";

export async function allow(popup: Page, person: Person = "ada"): Promise<void> {
  await decide(popup, "allow", person);
}

export async function deny(popup: Page): Promise<void> {
  await decide(popup, "deny", "ada");
}

/** Waits until the popup is on the consent page. */
export async function arrive(popup: Page): Promise<void> {
  await popup.locator("button[name=decision][value=allow]").waitFor();
}

/** Waits until the popup is closed, which it may be already. */
export async function closes(popup: Page): Promise<void> {
  await expect.poll(() => popup.isClosed(), "the popup closes").toBe(true);
}

async function decide(popup: Page, decision: "allow" | "deny", person: Person): Promise<void> {
  await popup.locator(`input[name=person][value=${person}]`).check();
  await popup.locator(`button[name=decision][value=${decision}]`).click();
  await closes(popup);
}
