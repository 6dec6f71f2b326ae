// The ways in which the popup can end other than well. Each is reported once, and what comes later changes nothing.

import { allow, arrive, closes, deny } from "./support/consent.ts";
import type { Host } from "./support/host.ts";
import { expect, test } from "./support/test.ts";

/** The flow ended with this error, once, in the stage `oauth`, and the user is still there. */
async function failedOnce(host: Host, error: object): Promise<void> {
  expect(await host.until({ kind: "error" })).toMatchObject({ at: "oauth", error });
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage", "error"]);
  expect((await host.user()).authenticated).toBe(true);
}

test("denied: the provider's reason, once", async ({ host, platform }) => {
  await host.signIn();
  await deny(await host.startForPopup("slack"));
  await failedOnce(host, { name: "OAuthDeniedError", message: expect.stringMatching(/not allowed|denied/i) });
  expect(await platform.credentials(host.userId)).toEqual([]);
});

test("denied, then allowed by retry()", async ({ host }) => {
  await host.signIn();
  await deny(await host.startForPopup("slack"));
  await host.until({ kind: "error" });
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
  expect(await host.integration("slack")).toMatchObject({ enabled: true });
});

test("blocked by the browser; retry() inside a click works", async ({ host }) => {
  await host.signIn();
  // One click pays for one popup: the second, outside of the click's turn, is blocked.
  await host.page.evaluate(() => {
    window.open("about:blank")?.close();
    window.recorder.actions["start"]!(...(["slack"] as never[]));
  });
  // The stage is told after the attempt to open the popup, so that nothing comes between the click and it.
  const { error } = await host.until({ kind: "error" });
  expect(error).toMatchObject({ name: "OAuthBlockedError", code: "OAUTH_BLOCKED" });
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
  expect((await host.log()).filter(({ kind }) => kind === "error")).toHaveLength(1);
});

test("closed on the provider's page: reported, long before the time for the popup is over", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await popup.close();
  const closedAt = Date.now();
  await failedOnce(host, { name: "OAuthPopupClosedError" });
  expect(Date.now() - closedAt).toBeLessThan(30_000);
  expect(await platform.credentials(host.userId)).toEqual([]);
});

test("closed before it reached the provider", async ({ host, platform }) => {
  await host.signIn();
  await host.page.context().route(`${platform.sandbox}/**`, () => {});
  const popup = await host.startForPopup("slack");
  await popup.close();
  await failedOnce(host, { name: "OAuthPopupClosedError" });
});

test("oauthTimeout closes the popup", async ({ host }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack", { oauthTimeout: 1_500 });
  await closes(popup);
  await failedOnce(host, { name: "OAuthTimeoutError" });
});

test("cancel() closes the popup, and says nothing", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
  await closes(popup);
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage"]);
  const next = await host.page.evaluate(() => {
    try {
      return window.paragon.installFlow.next().stage;
    } catch (thrown) {
      return (thrown as Error).name;
    }
  });
  expect(next).toBe("NoActiveInstallFlowError");
  expect(await platform.credentials(host.userId)).toEqual([]);
  await host.connect("slack");
});

test("logout() during OAuth closes the popup; the next user's state stays clean", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await host.page.evaluate(() => window.paragon.logout());
  await closes(popup);
  expect(await host.page.evaluate(() => window.paragon.getUser())).toEqual({ authenticated: false });
  await host.authenticate((await platform.session("someone-else")).token);
  expect((await host.user()).userId).toBe("someone-else");
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage"]);
});

test("the page is reloaded while the popup is open: the account is there afterwards", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await host.signIn();
  await popup.locator("input[name=person][value=ada]").check();
  await popup.locator("button[name=decision][value=allow]").click();
  await expect.poll(() => platform.credentials(host.userId, "slack")).toMatchObject([{ status: "VALID" }]);
  await host.authenticate();
  expect(await host.integration("slack")).toMatchObject({ enabled: true });
  expect(await host.log()).toEqual([]);
});

test("back in the popup, then allow: still one account", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await popup.goto(`${platform.sandbox}/`);
  await popup.goBack();
  await arrive(popup);
  await allow(popup);
  await host.until({ kind: "complete" });
  expect(await platform.credentials(host.userId, "slack")).toHaveLength(1);
});

test("an attempt that was begun in one browser cannot be ended in another", async ({ host, platform, browser }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  const other = await browser.newContext();
  const stolen = await other.newPage();
  await stolen.goto(popup.url());
  await stolen.locator("input[name=person][value=grace]").check();
  await stolen.locator("button[name=decision][value=allow]").click();
  await expect(stolen.locator("body")).toContainText("another browser");
  expect(await platform.credentials(host.userId)).toEqual([]);
  await other.close();
  await allow(popup);
  await host.until({ kind: "complete" });
});

test("messages from the wrong window or of the wrong shape change nothing", async ({ host, platform }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  const forged = [
    { type: "oauth_success_callback", credential: { id: "11111111-1111-4111-8111-111111111111", status: "VALID" } },
    { type: "oauth_error_callback", error: "forged" },
    { type: "oauth-nonce-loaded" },
    { messageType: "SDK_FUNCTION_INVOCATION", type: "configureGlobal", parameters: [{ host: "https://evil.example" }], id: "1" },
    null,
    "oauth_success_callback",
  ];
  // From the page itself, and from the popup while it shows the provider.
  for (const page of [host.page, popup]) {
    await page.evaluate((messages) => {
      for (const message of messages) (window.opener ?? window).postMessage(message, "*");
    }, forged);
  }
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage"]);
  await allow(popup);
  const { event } = await host.until({ kind: "complete" });
  expect(await platform.credentials(host.userId, "slack")).toMatchObject([{ id: event.credentialId }]);
});

test("the provider is down: the popup says so, and a later try succeeds", async ({ host, platform, normalSandbox: _ }) => {
  await platform.control({ down: true });
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await popup.waitForURL(`${platform.sandbox}/**`);
  await popup.close();
  await host.until({ kind: "error" });
  await platform.control({ down: false });
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
});

test("the popup fits the screen and stands in the middle of the window", async ({ host }) => {
  await host.signIn();
  const features = await host.page.evaluate(() => {
    const { open } = window;
    return new Promise<string>((resolve) => {
      window.open = (url, target, features) => {
        resolve(features ?? "");
        return open(url, target, features);
      };
      const place = { screenX: 100, screenY: 50, outerWidth: 1000, outerHeight: 800 };
      for (const [name, value] of Object.entries(place)) Object.defineProperty(window, name, { value });
      Object.defineProperty(window, "screen", { value: { availWidth: 1600, availHeight: 600 } });
      window.paragon.installFlow.start("slack", { onError: () => {} });
    });
  });
  expect(features).toBe("popup,width=600,height=600,left=300,top=150");
});
