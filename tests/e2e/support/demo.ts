// The demo as a person uses it.

import { expect, type Locator, type Page } from "@playwright/test";
import type { Platform } from "./platform.ts";

export class Demo {
  readonly dialog: Locator;
  readonly stage: Locator;

  constructor(
    readonly page: Page,
    private readonly platform: Platform,
    private readonly userId: string,
  ) {
    this.dialog = page.getByRole("dialog");
    this.stage = this.dialog.getByTestId("stage");
  }

  /** Opens the catalog, as a user that nobody else is. */
  async open(): Promise<void> {
    await this.page.addInitScript((user) => sessionStorage.setItem("demo.user", user), this.userId);
    await this.page.goto(this.platform.demo);
    await expect(this.page.getByRole("heading", { name: "Integrations", level: 1 })).toBeVisible();
  }

  async openIntegration(type: string): Promise<void> {
    await this.page.getByTestId(`integration-${type}`).click();
    await expect(this.page.getByTestId("connect-button")).toBeVisible();
  }

  /** Presses a button that opens the popup. */
  async popupFrom(button: Locator): Promise<Page> {
    const popup = this.page.waitForEvent("popup");
    await button.click();
    return popup;
  }

  get connectButton(): Locator {
    return this.page.getByTestId("connect-button");
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  async expectStage(stage: string): Promise<void> {
    await expect(this.stage).toHaveAttribute("data-stage", stage);
  }

  /** The flow is at its end; closes the dialog. */
  async done(): Promise<void> {
    await this.expectStage("complete");
    await this.button("Done").click();
    await expect(this.dialog).toHaveCount(0);
  }

  /** Opens a choice of the dialog and takes an entry. */
  async choose(label: string, entry: string): Promise<void> {
    await this.dialog.getByRole("button", { name: label }).click();
    await this.page.getByRole("option", { name: entry }).first().click();
  }

  /** Titles of the event log of this kind, newest first. */
  async logged(kind: string): Promise<string[]> {
    return this.page
      .getByTestId("event-log")
      .locator(`li[data-kind=${kind}]`)
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-title") ?? ""));
  }

  async user(): Promise<{ integrations: Record<string, { enabled: boolean }> }> {
    return JSON.parse(await this.page.getByTestId("user-json").innerText());
  }
}
