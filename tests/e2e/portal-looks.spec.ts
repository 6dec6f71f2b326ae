// The portal's states as they look and as assistive technology meets them: axe in each, in both themes and at phone width.
// With SCREENSHOTS=<folder> in the environment, a picture of each is kept.

import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { allow } from "./support/consent.ts";
import { Portal } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Axe finds nothing in the frame (the frame's own element is the SDK's), and a picture if one is wanted. */
async function look(page: Page, name: string, within?: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity));
  const folder = process.env["SCREENSHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  const builder = new AxeBuilder({ page }).withTags(RULES);
  const { violations } = await (within ? builder.include([within, "body"]) : builder).analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`)).toEqual([]);
}

test.use({
  sdk: "official",
  foreign: ["connect.useparagon.com"],
  projectFile: [
    async ({}, use) =>
      use((await readFile("local/src/config/default.toml", "utf8")) + (await readFile("tests/e2e/support/every-input.toml", "utf8"))),
    { scope: "worker" },
  ],
});

for (const theme of ["light", "dark"] as const) {
  for (const [size, width] of [["wide", 1100], ["phone", 375]] as const) {
    test(`${theme}, ${size}: every state`, async ({ host, page, platform, browserName }) => {
      expect(browserName).toBe("chromium");
      test.slow();
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 820 });
      const portal = new Portal(host);
      const frame = "#paragon-connect-frame";
      const see = (state: string) => look(page, `portal-${theme}-${size}-${state}`, frame);

      await portal.open("salesforce");
      await see("overview");
      await portal.connectButton.click();
      await portal.expectStage("accountType");
      await see("account-type");
      await portal.button("Continue").click();
      await portal.expectStage("instruction");
      await see("instruction");
      await allow(await portal.popupFrom(portal.button("I have installed the package")));
      await portal.expectStage("complete");
      await see("complete");
      await portal.done();
      await see("connected");
      await portal.button("Close").click();

      await portal.show("sendgrid");
      await portal.connectButton.click();
      await portal.dialog.getByLabel("API key").fill("SG.wrong");
      await portal.button("Continue").click();
      await expect(portal.dialog.getByTestId("error")).toBeVisible();
      await see("error");
      await portal.dialog.getByLabel("API key").fill("SG.local-only.paragon-sandbox-mailer-key");
      await portal.button("Continue").click();
      await portal.expectStage("postOptions");
      await portal.dialog.getByRole("button", { name: /Mailing list/ }).click();
      await expect(portal.frame.getByRole("option").first()).toBeVisible();
      await see("choice");
      await page.keyboard.press("Escape");
      await portal.button("Close").click();
      await portal.show("sendgrid");
      await expect(portal.accounts).toHaveAttribute("data-status", "PENDING");
      await see("pending");
      await portal.button("Close").click();

      await portal.show("custom.everyinput");
      await allow(await portal.popupFrom(portal.connectButton));
      await portal.done();
      await portal.dialog.getByRole("switch", { name: "Notify" }).press("Space");
      await expect(portal.dialog.getByLabel("Message")).toBeVisible();
      await portal.dialog.getByRole("tab", { name: "Configuration" }).focus();
      await see("inputs");
      await portal.dialog.getByText("Permissions").scrollIntoViewIfNeeded();
      await see("inputs-end");
      await page.context().setOffline(true);
      await expect(portal.dialog.getByText("You are offline")).toBeAttached();
      await see("offline");
      await page.context().setOffline(false);
      expect(platform.base).toBeTruthy();
    });
  }
}
