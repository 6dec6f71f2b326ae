// The portal page in the frame of either package: what a person does in it, and what the app's page hears. How each integration
// is connected: portal-walk.spec.ts.

import { readFile } from "node:fs/promises";
import { allow } from "./support/consent.ts";
import { Portal } from "./support/portal.ts";
import { expect, test as base } from "./support/test.ts";

const test = base.extend<{ portal: Portal }>({
  portal: async ({ host, page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (/content security policy|trusted ?type/i.test(message.text())) complaints.push(message.text());
    });
    await use(new Portal(host));
    expect(complaints).toEqual([]);
  },
});

test.use({
  projectFile: [
    async ({}, use) =>
      use((await readFile("local/src/config/default.toml", "utf8")) + (await readFile("tests/e2e/support/every-input.toml", "utf8"))),
    { scope: "worker" },
  ],
});

for (const sdk of ["ours", "official"] as const) {
  test.describe(`with ${sdk === "ours" ? "our package" : "the official package"}`, () => {
    // The official package loads its cloud's portal before it can be told of another host.
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test("slack: opens, connects, sets up, disconnects; the page hears of all of it", async ({ portal, host }) => {
      await portal.open("slack");
      await expect(portal.dialog.getByRole("heading", { name: "Slack" })).toBeVisible();
      await expect(portal.dialog.getByText("Send messages to channels and people")).toBeVisible();
      await expect(portal.dialog.getByRole("tabpanel", { name: "Overview" })).toContainText("Keep your team in the loop");
      expect((await host.order()).at(-1)).toBe("onPortalOpen");

      await allow(await portal.popupFrom(portal.connectButton), "grace");
      await portal.done();
      await expect(portal.accounts).toContainText(/grace/i);
      await expect(portal.dialog.getByRole("tab", { name: "Configuration" })).toHaveAttribute("aria-selected", "true");
      expect(await host.order()).toContain("onIntegrationInstall");

      await portal.dialog.getByRole("button", { name: /Channel for notifications/ }).click();
      await portal.frame.getByRole("option").nth(2).click();
      await portal.dialog.getByTestId("save-settings").click();
      await expect(portal.dialog.getByTestId("save-status").first()).toHaveAttribute("data-state", "saved");
      await expect.poll(async () => (await host.integration("slack")).sharedSettings).toMatchObject({ channel: expect.stringMatching(/^C/) });

      await portal.dialog.getByRole("switch", { name: "Post new tasks" }).press("Space");
      await portal.choose(/Which tasks/, "Only what is important");
      await expect
        .poll(async () => Object.values((await host.integration("slack")).workflowSettings ?? {}))
        .toEqual([{ enabled: true, settings: { priority: "important" } }]);

      await portal.dialog.locator("[data-testid^=disconnect-]").click();
      await portal.frame.getByTestId("confirm-disconnect").click();
      await expect.poll(async () => (await host.integration("slack")).allCredentials).toEqual([]);
      expect(await host.order()).toContain("onIntegrationUninstall");
    });

    test("closes with its button and with Escape, and opens again", async ({ portal, host, page }) => {
      await portal.open("googledrive");
      await portal.button("Close").click();
      await expect(page.locator("#paragon-connect-frame")).toBeHidden();
      expect((await host.order()).at(-1)).toBe("onPortalClose");
      await portal.show("jira");
      await expect(portal.dialog.getByRole("heading", { name: "Jira" })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.locator("#paragon-connect-frame")).toBeHidden();
    });

    test("lists and fields of the app come from its own functions", async ({ portal, page, host }) => {
      await host.signIn();
      await allow(await host.startForPopup("custom.everyinput"));
      await host.until({ kind: "complete" });
      await page.evaluate(() => {
        const paragon = window.paragon as unknown as { connect: (type: string, options: object) => Promise<unknown>; setHeadless: (on: boolean) => void };
        const page = (options: { label: string; value: string }[]) => async () => ({ options, nextPageCursor: null });
        paragon.setHeadless(false);
        void paragon.connect("custom.everyinput", {
          dropdowns: { pages: { loadOptions: page([{ label: "Home page", value: "home" }]) } },
          mapObjectFields: {
            Task: {
              objectTypes: { get: page([{ label: "Ticket", value: "ticket" }]) },
              integrationFields: { get: async ({ objectType }: { objectType: string }) => ({ options: [{ label: `Field of ${objectType}`, value: "f1" }], nextPageCursor: null }) },
              applicationFields: { fields: [{ label: "Headline", value: "headline" }] },
            },
          },
        });
      });
      await portal.choose(/Pages from the app/, "Home page");
      const group = portal.dialog.getByRole("group", { name: /Mapping of the app's fields/ });
      await group.getByRole("button", { name: /Object/ }).click();
      await portal.frame.getByRole("option", { name: "Ticket" }).click();
      await group.getByRole("button", { name: /Headline/ }).click();
      await portal.frame.getByRole("option", { name: "Field of ticket" }).click();
      await portal.dialog.getByLabel("Text", { exact: true }).fill("x");
      await portal.dialog.getByTestId("save-settings").click();
      await expect.poll(async () => (await host.integration("custom.everyinput")).sharedSettings).toMatchObject({
        pages: "home",
        text: "x",
        appMapping: {
          objectMapping: "ticket",
          mappingType: "DYNAMIC",
          dynamicMappings: { headline: { applicationField: "headline", integrationField: "f1" } },
        },
      });
    });

    test("a change that was made right before the page is left is saved", async ({ portal, page, host, platform }) => {
      await portal.open("slack");
      await allow(await portal.popupFrom(portal.connectButton));
      await portal.done();
      await portal.dialog.getByRole("switch", { name: "Post new tasks" }).press("Space");
      await portal.dialog.getByRole("button", { name: /Which tasks/ }).click();
      await page.evaluate(() => addEventListener("message", ({ data }) => data === "leave" && location.assign("about:blank")));
      // The choice and the way out in one turn of the frame: no save comes between.
      await portal.frame.getByRole("option", { name: "Only what is important" }).evaluate((option: HTMLElement) => {
        option.click();
        parent.postMessage("leave", "*");
      });
      await page.waitForURL("about:blank");
      const settings = async () =>
        (await platform.credentials(host.userId, "slack")).flatMap(({ configurations }) => configurations.flatMap((one) => Object.values(one.workflowSettings)));
      await expect.poll(settings).toMatchObject([{ enabled: true, settings: { priority: "important" } }]);
    });

    test("another page cannot show it, and only the window around is heard", async ({ page, platform }) => {
      const answer = await fetch(`${platform.base}/ui`);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy.split("; ").find((part) => part.startsWith("frame-ancestors"))).not.toMatch(/\s(\*|https?:)(\s|$)/);
      // On its own it shows nothing, whatever it is sent.
      await page.goto(`${platform.base}/ui`);
      await page.evaluate(() =>
        window.postMessage(
          { messageType: "UI_UPDATE", nextContext: { user: { authenticated: true, integrations: {} } }, nextModalState: { integration: { id: "x", type: "slack", name: "Slack" } } },
          location.origin,
        ),
      );
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
  });
}
