// Every integration of the local platform's own project, from not connected to connected and back, through the portal: with our
// package and with the official one.

import { allow } from "./support/consent.ts";
import { Portal } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";

/** From the overview to the end of the flow. */
type Walk = (portal: Portal) => Promise<void>;

const consent: Walk = async (portal) => allow(await portal.popupFrom(portal.connectButton));

const WALKS: Record<string, Walk> = {
  box: consent,
  googledrive: consent,
  async jira(portal) {
    await allow(await portal.popupFrom(portal.connectButton));
    await portal.expectStage("postOptions");
    await portal.choose(/Site/, "Harbour");
    await portal.dialog.getByRole("button", { name: /Project/ }).click();
    await expect(portal.frame.getByRole("option")).toHaveCount(3);
    await portal.frame.getByRole("option").first().click();
    await portal.button("Finish").click();
  },
  onedrive: consent,
  async salesforce(portal) {
    await portal.connectButton.click();
    await portal.expectStage("accountType");
    await portal.dialog.getByText("Sandbox account").click();
    await portal.button("Continue").click();
    await portal.expectStage("instruction");
    const link = portal.dialog.getByRole("link", { name: /Open the package/ });
    await expect(link).toHaveAttribute("rel", /noopener/);
    await expect(link).toHaveAttribute("href", /test\.salesforce\.com/);
    const popup = await portal.popupFrom(portal.button("I have installed the package"));
    await popup.waitForURL(/salesforce-test/);
    await allow(popup);
  },
  async sendgrid(portal) {
    await portal.connectButton.click();
    const key = portal.dialog.getByLabel("API key");
    await key.fill("SG.wrong");
    await portal.button("Continue").click();
    await expect(portal.dialog.getByTestId("error")).toBeVisible();
    await key.fill("SG.local-only.paragon-sandbox-mailer-key");
    await portal.button("Continue").click();
    await portal.expectStage("postOptions");
    await portal.dialog.getByRole("button", { name: /Mailing list/ }).click();
    await portal.frame.getByRole("option").first().click();
    await portal.button("Finish").click();
  },
  sharepoint: consent,
  async shopify(portal) {
    await portal.connectButton.click();
    await portal.expectStage("preOptions");
    await portal.button("Continue").click();
    await expect(portal.dialog.getByLabel("Shop name")).toBeFocused();
    await portal.dialog.getByLabel("Shop name").fill("tea-house");
    await allow(await portal.popupFrom(portal.button("Continue")));
  },
  slack: consent,
};

for (const sdk of ["ours", "official"] as const) {
  test.describe(`with ${sdk === "ours" ? "our package" : "the official package"}`, () => {
    // The official package loads its cloud's portal before it can be told of another host.
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test("every integration of the project is walked through", async ({ host }) => {
      await host.signIn();
      const types = await host.page.evaluate(() => window.paragon.getIntegrationMetadata().map(({ type }) => type));
      expect(types.sort()).toEqual(Object.keys(WALKS).sort());
    });

    for (const [type, walk] of Object.entries(WALKS)) {
      test(type, async ({ host, platform }) => {
        const portal = new Portal(host);
        await portal.open(type);
        const { name } = await host.page.evaluate((type) => window.paragon.getIntegrationMetadata(type), type);
        await expect(portal.dialog.getByRole("heading", { name, exact: true })).toBeVisible();
        await expect(portal.dialog.locator(".pc-head img")).toHaveJSProperty("complete", true);
        await walk(portal);
        await portal.done();
        expect(await host.order()).toContain("onIntegrationInstall");
        expect(await platform.credentials(host.userId, type)).toMatchObject([{ status: "VALID" }]);

        await portal.dialog.locator("[data-testid^=disconnect-]").click();
        await portal.frame.getByTestId("confirm-disconnect").click();
        await expect.poll(() => platform.credentials(host.userId, type)).toEqual([]);
        await expect.poll(() => host.order()).toContain("onIntegrationUninstall");
      });
    }
  });
}
