// The demo, by its user interface alone. Over all of it: no violation of the page's policy, nothing on the console.

import { randomUUID } from "node:crypto";
import { complaintsOf } from "./support/complaints.ts";
import { allow, closes, deny } from "./support/consent.ts";
import { Demo } from "./support/demo.ts";
import { look } from "./support/look.ts";
import { expect, test as base } from "./support/test.ts";

const test = base.extend<{ demo: Demo; expectedConsole: RegExp[] }>({
  /** What a test makes the browser itself write to the console, such as failed requests. */
  expectedConsole: [[], { option: true }],
  demo: async ({ page, platform, expectedConsole }, use) => {
    const complaints = await complaintsOf(page, expectedConsole);
    await use(new Demo(page, platform, `demo-${randomUUID()}`));
    expect(complaints).toEqual([]);
  },
});

test("slack: connect, request, look at answer and events, disconnect", async ({ demo }) => {
  const { page } = demo;
  await demo.open();
  await expect(page.locator("[data-testid^=integration-]")).toHaveCount(9);
  await demo.openIntegration("slack");
  await allow(await demo.popupFrom(demo.connectButton), "grace");
  await demo.done();
  const account = page.locator("[data-testid^=account-]");
  await expect(account).toHaveAttribute("data-status", "VALID");
  await expect(account).toContainText(/grace/i);
  expect(await demo.logged("event")).toEqual(["onIntegrationInstall"]);
  expect((await demo.user()).integrations["slack"]).toMatchObject({ enabled: true });

  await page.getByRole("button", { name: "Post a message" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  const answer = page.getByTestId("request-answer");
  await expect(answer).toHaveAttribute("data-ok", "true");
  expect(JSON.parse(await page.getByTestId("request-answer-body").innerText())).toMatchObject({ ok: true });
  expect(await demo.logged("request")).toEqual(["POST chat.postMessage"]);

  await page.locator("[data-testid^=disconnect-]").click();
  await page.getByTestId("confirm-disconnect").click();
  await expect(account).toHaveCount(0);
  expect(await demo.logged("event")).toEqual(["onIntegrationUninstall", "onIntegrationInstall"]);
  await page.getByRole("link", { name: "All integrations" }).click();
  await expect(page.getByTestId("integration-slack")).toHaveAttribute("data-status", "not-connected");
});

test("salesforce: account type and instruction", async ({ demo }) => {
  await demo.open();
  await demo.openIntegration("salesforce");
  await demo.connectButton.click();
  await demo.expectStage("accountType");
  await demo.dialog.getByText("Sandbox account").click();
  await demo.button("Continue").click();
  await demo.expectStage("instruction");
  const link = demo.dialog.getByRole("link");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await allow(await demo.popupFrom(demo.button("I have installed the package")));
  await demo.done();
});

test("jira: a site and a project after OAuth", async ({ demo }) => {
  await demo.open();
  await demo.openIntegration("jira");
  await allow(await demo.popupFrom(demo.connectButton));
  await demo.expectStage("postOptions");
  await demo.choose("Site", "Harbour");
  await demo.dialog.getByRole("button", { name: "Project" }).click();
  const projects = demo.page.getByRole("option");
  await expect(projects).toHaveCount(3);
  await projects.first().click();
  await demo.button("Finish").click();
  await demo.done();
  await expect(demo.page.locator("[data-testid^=account-]")).toHaveAttribute("data-status", "VALID");
});

test("shopify: the shop's name before OAuth", async ({ demo }) => {
  await demo.open();
  await demo.openIntegration("shopify");
  await demo.connectButton.click();
  await demo.expectStage("preOptions");
  await demo.dialog.getByLabel("Shop name").fill("tea-house");
  await allow(await demo.popupFrom(demo.button("Continue")));
  await demo.done();
});

test.describe("when the platform refuses", () => {
  test.use({ expectedConsole: [/Failed to load resource: the server responded with a status of 400/] });

  test("sendgrid: a wrong key is told and mended, then a list is chosen", async ({ demo }) => {
    await demo.open();
    await demo.openIntegration("sendgrid");
    await demo.connectButton.click();
    const key = demo.dialog.getByLabel("API key");
    await key.fill("SG.wrong");
    await demo.button("Continue").click();
    await expect(demo.dialog.getByTestId("error")).toHaveAttribute("data-error-name", "ApiError");
    await key.fill("SG.local-only.paragon-sandbox-mailer-key");
    await demo.button("Continue").click();
    await demo.expectStage("postOptions");
    await demo.dialog.getByRole("button", { name: "Mailing list" }).click();
    await demo.page.getByRole("option").first().click();
    await demo.button("Finish").click();
    await demo.done();
  });
});

test("denied: says so, and connects on the second try", async ({ demo }) => {
  await demo.open();
  await demo.openIntegration("slack");
  await deny(await demo.popupFrom(demo.connectButton));
  await demo.expectStage("failed");
  await expect(demo.dialog.getByTestId("error")).toHaveAttribute("data-error-name", "OAuthDeniedError");
  expect(await demo.logged("error")).toEqual(["OAuthDeniedError"]);
  await allow(await demo.popupFrom(demo.dialog.getByTestId("retry")));
  await demo.done();
});

test("cancel in the dialog closes the popup", async ({ demo }) => {
  await demo.open();
  await demo.openIntegration("slack");
  const popup = await demo.popupFrom(demo.connectButton);
  await demo.button("Cancel").click();
  await closes(popup);
  await expect(demo.dialog).toHaveCount(0);
  await expect(demo.page.locator("[data-testid^=account-]")).toHaveCount(0);
});

test("a fresh token", async ({ demo }) => {
  await demo.open();
  await expect(demo.page.getByTestId("token-expiry")).toContainText(/\d/);
  const session = demo.page.waitForResponse((response) => response.url().includes("/api/session"));
  await demo.page.getByRole("button", { name: "Take a fresh token" }).click();
  expect((await session).status()).toBe(200);
  await expect.poll(() => demo.logged("session")).toContain("Fresh token");
});

test("light and dark", async ({ demo }) => {
  await demo.open();
  const background = () => demo.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const seen: string[] = [];
  for (const theme of ["Light theme", "Dark theme"]) {
    await demo.page.getByRole("radio", { name: theme }).click();
    seen.push(await background());
  }
  expect(seen[0]).not.toBe(seen[1]);
  for (const [index, colorScheme] of (["light", "dark"] as const).entries()) {
    await demo.page.emulateMedia({ colorScheme });
    await demo.page.getByRole("radio", { name: "Theme of the system" }).click();
    await expect.poll(background).toBe(seen[index]);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, width] of [["wide", 1280], ["phone", 375]] as const) {
    test(`${colorScheme}, ${size}: axe finds nothing, and nothing is cut off`, async ({ demo }) => {
      const { page } = demo;
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 820 });
      const see = (state: string) => look(page, `demo-${colorScheme}-${size}-${state}`);
      await demo.open();
      await see("catalog");
      await demo.openIntegration("slack");
      await see("not-connected");
      await allow(await demo.popupFrom(demo.connectButton));
      await demo.expectStage("complete");
      await see("complete");
      await demo.done();
      await see("connected");
    });
  }
}
