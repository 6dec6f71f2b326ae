// The Connect Portal as a person uses it, in the frame that an SDK has opened.

import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { Host } from "./host.ts";

type Connectable = { connect: (type: string, options: Record<string, unknown>) => Promise<unknown>; setHeadless: (headless: boolean) => void };

export class Portal {
  readonly page: Page;
  readonly frame: FrameLocator;
  readonly dialog: Locator;

  constructor(private readonly host: Host) {
    this.page = host.page;
    this.frame = this.page.frameLocator("#paragon-connect-frame");
    this.dialog = this.frame.getByRole("dialog");
  }

  /** Signs in and opens the portal for an integration. */
  async open(type: string, options: Record<string, unknown> = {}): Promise<void> {
    await this.host.signIn();
    await this.show(type, options);
  }

  async show(type: string, options: Record<string, unknown> = {}): Promise<void> {
    await this.page.evaluate(
      ([type, options]) => {
        const paragon = window.paragon as unknown as Connectable;
        paragon.setHeadless(false);
        paragon.connect(type, options).catch(() => {});
      },
      [type, options] as const,
    );
    await expect(this.dialog).toBeVisible();
  }

  get stage(): Locator {
    return this.dialog.getByTestId("stage");
  }

  async expectStage(stage: string): Promise<void> {
    await expect(this.stage).toHaveAttribute("data-stage", stage);
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  get connectButton(): Locator {
    return this.dialog.getByTestId("connect-button");
  }

  get accounts(): Locator {
    return this.dialog.locator("[data-testid^=account-]");
  }

  async popupFrom(button: Locator): Promise<Page> {
    const popup = this.page.waitForEvent("popup");
    await button.click();
    return popup;
  }

  /** Opens a choice and takes an entry. */
  async choose(label: string | RegExp, entry: string): Promise<void> {
    await this.dialog.getByRole("button", { name: label }).click();
    await this.frame.getByRole("option", { name: entry }).first().click();
  }

  /** The flow is at its end. */
  async done(): Promise<void> {
    await this.expectStage("complete");
    await this.button("Done").click();
    await expect(this.accounts.last()).toHaveAttribute("data-status", "VALID");
  }
}
