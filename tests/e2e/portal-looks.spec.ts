// The portal's states as they look and as assistive technology meets them: in both themes, at phone width, in a language that
// is read from right to left, with a page that is enlarged four times, and with text of twice the size.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { allow, arrive, deny } from "./support/consent.ts";
import type { Host } from "./support/host.ts";
import { hold, look } from "./support/look.ts";
import type { Platform } from "./support/platform.ts";
import { Portal } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";

const FRAME = "#paragon-connect-frame";

// Many pictures; each variant is on its own.
test.describe.configure({ mode: "parallel" });

test.use({
  sdk: "official",
  foreign: ["connect.useparagon.com"],
  projectFile: [
    async ({}, use) =>
      use((await readFile("local/src/config/default.toml", "utf8")) + (await readFile("tests/e2e/support/every-input.toml", "utf8"))),
    { scope: "worker" },
  ],
});

type Variant = { name: string; theme: "light" | "dark"; width: number; height: number; locale?: string; text?: string };

const VARIANTS: Variant[] = [
  { name: "light-wide", theme: "light", width: 1100, height: 820 },
  { name: "light-phone", theme: "light", width: 375, height: 820 },
  { name: "dark-wide", theme: "dark", width: 1100, height: 820 },
  { name: "dark-phone", theme: "dark", width: 375, height: 820 },
  { name: "right-to-left", theme: "light", width: 720, height: 820, locale: "ar" },
  // 1280 pixels at 400 %: WCAG 2.2, 1.4.10.
  { name: "enlarged", theme: "light", width: 320, height: 560 },
  // Text at 200 %: 1.4.4.
  { name: "large-text", theme: "dark", width: 720, height: 820, text: "200%" },
];

for (const { name, theme, width, height, locale = "en", text } of VARIANTS) {
  test.describe(name, () => {
    test.use({ locale, colorScheme: theme, viewport: { width, height }, contextOptions: { reducedMotion: "reduce" } });

    function begin(host: Host, page: Page) {
      const portal = new Portal(host);
      const see = (state: string) => look(page, `portal-${name}-${state}`, FRAME);
      const open = async (type: string) => {
        await portal.show(type);
        await portal.frame.locator("html").evaluate((root, [text]) => void (text && (root.style.fontSize = text)), [text]);
        await expect(portal.frame.locator("html")).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
      };
      return { portal, see, open };
    }

    test("connecting", async ({ host, page }) => {
      test.slow();
      const { portal, see, open } = begin(host, page);
      await host.signIn();
      await open("salesforce");
      await see("overview");
      await portal.dialog.getByRole("tab", { name: "Configuration" }).click();
      await see("nothing-connected");
      await portal.connectButton.click();
      await portal.expectStage("accountType");
      await see("account-type");
      await portal.button("Continue").click();
      await portal.expectStage("instruction");
      await see("instruction");
      const popup = await portal.popupFrom(portal.button("I have installed the package"));
      await arrive(popup);
      await portal.expectStage("oauth");
      await see("waiting");
      await deny(popup);
      await portal.expectStage("failed");
      await see("denied");
      await allow(await portal.popupFrom(portal.dialog.getByTestId("retry")));
      await portal.expectStage("complete");
      await see("complete");
      await portal.done();
      await see("connected");
      await portal.close();

      await open("googledrive");
      await see("nothing-to-read");
      await portal.close();

      await open("sendgrid");
      await portal.connectButton.click();
      await portal.dialog.getByLabel("API key").fill("SG.wrong");
      await portal.button("Continue").click();
      await expect(portal.dialog.getByTestId("error")).toBeVisible();
      await see("error");
      await portal.dialog.getByLabel("API key").fill("SG.local-only.paragon-sandbox-mailer-key");
      await portal.button("Continue").click();
      await portal.expectStage("postOptions");
      await portal.button("Finish").click();
      await see("missing");
      const release = await hold(page, "POST", /\/sdk\/actions/);
      await portal.dialog.getByRole("button", { name: /Mailing list/ }).click();
      await expect(portal.frame.getByRole("progressbar")).toBeVisible();
      await see("loading");
      await release();
      await expect(portal.frame.getByRole("option").first()).toBeVisible();
      await see("choice");
      await page.keyboard.press("Escape");
      await portal.close();
      await open("sendgrid");
      await expect(portal.accounts).toHaveAttribute("data-status", "PENDING");
      await see("pending");
    });

    test("connected", async ({ host, page, platform, normalSandbox: _ }) => {
      test.slow();
      const { portal, see, open } = begin(host, page);
      await seeded(platform, host);
      await host.signIn();
      await open("slack");
      await see("two-accounts");
      await portal.dialog.getByRole("switch", { name: "Post new tasks" }).press("Space");
      await expect(portal.dialog.getByRole("button", { name: /Which tasks/ })).toBeVisible();
      const release = await hold(page, "PATCH", /\/sdk\/credentials/);
      await portal.choose(/Which tasks/, "Only what is important");
      await expect(portal.dialog.getByTestId("save-status").last()).toHaveAttribute("data-state", "saving");
      await see("saving");
      await release();
      await expect(portal.dialog.getByTestId("save-status").last()).toHaveAttribute("data-state", "saved");
      await see("saved");
      await portal.dialog.locator("[data-testid^=disconnect-]").first().click();
      await see("disconnect");
      await page.keyboard.press("Escape");
      await portal.close();

      await open("custom.everyinput");
      await portal.dialog.getByRole("switch", { name: "Notify" }).press("Space");
      await expect(portal.dialog.getByLabel("Message")).toBeVisible();
      await portal.dialog.getByRole("tab", { name: "Configuration" }).focus();
      await see("inputs");
      await portal.dialog.getByText("Field mapping").scrollIntoViewIfNeeded();
      await see("inputs-middle");
      await portal.dialog.getByLabel("Message").scrollIntoViewIfNeeded();
      await see("inputs-end");
      await page.context().setOffline(true);
      await portal.dialog.getByText("You are offline").scrollIntoViewIfNeeded();
      await see("offline");
      await page.context().setOffline(false);
      await portal.close();

      await open("googledrive");
      await see("nothing-to-set-up");
      await portal.close();
      await platform.control({ revokeAll: true });
      await host.request("googledrive", "files?pageSize=1");
      await expect.poll(async () => (await platform.credentials(host.userId, "googledrive"))[0]?.status).toBe("INVALID");
      await host.authenticate();
      await open("googledrive");
      await expect(portal.accounts).toHaveAttribute("data-status", "INVALID");
      await see("invalid");
    });
  });
}

/** A user with two accounts of one integration, and one of each of two others. */
async function seeded(platform: Platform, host: Host): Promise<void> {
  await platform.local.seed([
    {
      id: host.userId,
      accounts: [
        { integration: "slack" },
        { integration: "slack", as: "grace", options: { allowMultipleCredentials: true } },
        { integration: "custom.everyinput" },
        { integration: "googledrive" },
      ],
    },
  ]);
}
