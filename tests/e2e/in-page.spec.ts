// OAuth in the page itself, which leaves for the provider and comes back: real navigation, in one tab.

import type { Page } from "@playwright/test";
import { allow, arrive } from "./support/consent.ts";
import type { Host } from "./support/host.ts";
import { expect, test } from "./support/test.ts";

/** Starts a flow in the page itself, by a real click, and waits for the provider's page. */
async function leave(host: Host, type: string, options: Record<string, unknown> = {}): Promise<void> {
  await host.page.evaluate(
    ([type, options]) => {
      document.querySelector<HTMLButtonElement>("#go")!.onclick = () =>
        window.recorder.actions["start"]!(...([type, { inPage: true, ...options }] as never[]));
    },
    [type, options] as const,
  );
  await host.page.locator("#go").click();
  await arrive(host.page);
}

/** Decides at the provider; the app's page comes back. */
async function decide(host: Host, decision: "allow" | "deny"): Promise<void> {
  await host.page.locator("input[name=person][value=ada]").check();
  await host.page.locator(`button[name=decision][value=${decision}]`).click();
  await host.page.waitForURL(/paragon-return=/);
}

/** What an app does when its page is loaded: signs in, and takes up what the page had left for. */
async function goOn(host: Host): Promise<string | undefined> {
  await host.page.waitForFunction(() => "recorder" in window);
  const type = await host.page.evaluate(() => window.paragon.installFlow.returned());
  await host.configure();
  await host.authenticate();
  if (type) await host.click("resume", type);
  return type;
}

const returned = (page: Page) => page.evaluate(() => window.paragon.installFlow.returned());

test.beforeEach(async ({ host }) => {
  await host.signIn();
  await host.page.evaluate(() => history.replaceState({ of: "the app" }, "", "?tab=a%20b&flag#part"));
});

test("allowed: the page comes back, with its address and state as they were, and the account is there", async ({ host, platform }) => {
  const own = host.page.url();
  const { length } = host.page.context().pages();
  await leave(host, "slack");
  expect(host.page.context().pages()).toHaveLength(length);
  await decide(host, "allow");
  const address = new URL(host.page.url());
  expect([...address.searchParams.keys()]).toEqual(["tab", "flag", "paragon-return"]);
  expect(await host.page.content()).not.toContain("access_token");
  expect(await goOn(host)).toBe("slack");
  const { event } = await host.until({ kind: "complete" });
  expect(await platform.credentials(host.userId, "slack")).toMatchObject([{ id: event.credentialId, status: "VALID" }]);
  expect(host.page.url()).toBe(own);
  expect(await host.page.evaluate(() => [...Array(sessionStorage.length).keys()])).toEqual([]);
  expect((await host.log()).map((entry) => (entry.kind === "stage" ? entry.stage.stage : entry.kind))).toEqual(["oauth", "complete"]);
});

test("denied: the provider's reason; then allowed by retry(), in a popup", async ({ host, platform }) => {
  await leave(host, "slack");
  await decide(host, "deny");
  await goOn(host);
  const { error, at } = await host.until({ kind: "error" });
  expect([error.code, at]).toEqual(["OAUTH_DENIED", "oauth"]);
  expect(error.message).toMatch(/not allowed|denied/i);
  expect(await platform.credentials(host.userId)).toEqual([]);
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
});

test("what is asked afterwards is asked when the page is back", async ({ host }) => {
  await leave(host, "jira");
  await decide(host, "allow");
  await goOn(host);
  const { stage } = await host.until({ kind: "stage", stage: "postOptions" });
  expect(stage).toMatchObject({ options: [{ id: "site" }, { id: "project" }] });
  // A reload does not lose the account that waits.
  await host.signIn();
  await host.click("resume", "jira");
  await host.until({ kind: "stage", stage: "postOptions" });
});

test("what was filled in before is not kept in the browser, and asked again after a denial", async ({ host }) => {
  await host.start("shopify", { inPage: true } as never);
  await host.until({ kind: "stage", stage: "preOptions" });
  await host.page.evaluate(() => {
    document.querySelector<HTMLButtonElement>("#go")!.onclick = () =>
      void window.recorder.actions["setPreOptions"]!(...([{ shop: "night-market" }] as never[]));
  });
  await host.page.locator("#go").click();
  await arrive(host.page);
  await decide(host, "deny");
  const kept = await host.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(kept).toContain("shopify");
  expect(kept).not.toContain("night-market");
  await goOn(host);
  await host.until({ kind: "stage", stage: "preOptions" });
  const log = (await host.log()).map((entry) => (entry.kind === "stage" ? entry.stage.stage : entry.kind));
  expect(log).toEqual(["oauth", "error", "preOptions"]);
});

test("loaded anew before it is taken up, and once more after: taken up once", async ({ host, platform }) => {
  await leave(host, "slack");
  await decide(host, "allow");
  await host.page.reload();
  expect(await goOn(host)).toBe("slack");
  await host.until({ kind: "complete" });
  await host.page.reload();
  expect(await goOn(host)).toBeUndefined();
  await host.click("resume", "slack");
  const { error } = await host.until({ kind: "error" });
  expect(error.code).toBe("NOTHING_PENDING");
  expect(await platform.credentials(host.userId, "slack")).toHaveLength(1);
});

test("another word in the address, or an address of somebody else's attempt, is not taken up", async ({ host }) => {
  await leave(host, "slack");
  await decide(host, "allow");
  const good = host.page.url();
  for (const word of ["", "forged", "null", "undefined", "__proto__"]) {
    await host.page.goto(good.replace(/paragon-return=[^&#]*/, `paragon-return=${word}`));
    expect(await returned(host.page)).toBeUndefined();
  }
  const other = await host.page.context().newPage();
  await other.goto(good);
  expect(await returned(other)).toBeUndefined();
  await other.close();
  for (const record of ["", "{", "null", "[]", '"x"', '{"word":null}']) {
    await host.page.evaluate((record) => sessionStorage.setItem("paragon-return", record), record);
    expect(await returned(host.page)).toBeUndefined();
  }
});

test("another user of the same tab does not get the account", async ({ host, platform }) => {
  await leave(host, "slack");
  await decide(host, "allow");
  await host.page.waitForFunction(() => "recorder" in window);
  await host.configure();
  await host.authenticate((await platform.session("somebody-else")).token);
  await host.click("resume", "slack");
  const { error } = await host.until({ kind: "error" });
  expect(error.code).toBe("OAUTH_POPUP_CLOSED");
  expect(await platform.credentials("somebody-else")).toEqual([]);
});

test("back from the provider: nothing is taken up, and it can be begun again", async ({ host, platform }) => {
  await leave(host, "slack");
  await host.page.goBack();
  expect(await goOn(host)).toBeUndefined();
  await leave(host, "slack");
  await decide(host, "allow");
  await goOn(host);
  await host.until({ kind: "complete" });
  // Back to the provider after all is done, and once more allowed: still one account.
  await host.page.goBack();
  await arrive(host.page);
  await host.page.locator("input[name=person][value=ada]").check();
  await host.page.locator("button[name=decision][value=allow]").click();
  await expect(host.page.locator("body")).toContainText("Go back to the app");
  expect(await platform.credentials(host.userId, "slack")).toHaveLength(1);
});

test("a page that another window has opened goes to the provider all the same", async ({ host }) => {
  const opening = host.page.waitForEvent("popup");
  await host.page.evaluate((address) => void window.open(address), host.address);
  const page = await opening;
  await page.waitForFunction(() => "recorder" in window);
  const session = await host.platform.session(host.userId);
  await page.evaluate(
    async ([base, { projectId, token }]) => {
      window.paragon.configureGlobal({ host: base });
      window.paragon.setHeadless(true);
      await window.paragon.authenticate(projectId, token);
      window.paragon.installFlow.start("slack", { inPage: true });
    },
    [host.platform.base, session] as const,
  );
  await arrive(page);
});

test("a page in a frame stays, and says why", async ({ host }) => {
  await host.page.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src })), host.address);
  const framed = () => host.page.frames()[1];
  await expect.poll(() => framed()?.evaluate(() => "recorder" in window)).toBe(true);
  const frame = framed();
  const session = await host.platform.session(host.userId);
  const code = await frame!.evaluate(
    async ([base, { projectId, token }]) => {
      window.paragon.configureGlobal({ host: base });
      window.paragon.setHeadless(true);
      await window.paragon.authenticate(projectId, token);
      return new Promise((resolve) => {
        window.paragon.installFlow.start("slack", { inPage: true, onError: ({ code }) => resolve(code) });
      });
    },
    [host.platform.base, session] as const,
  );
  expect(code).toBe("OAUTH_IN_PAGE_UNAVAILABLE");
});

test("in a tab: the provider's page is a tab of its own, and tells how it ended", async ({ host, platform }) => {
  await host.signIn();
  const tab = await host.startForPopup("slack", { inTab: true });
  await arrive(tab);
  expect(await tab.evaluate(() => [window.locationbar.visible, window.toolbar.visible])).toEqual([true, true]);
  await allow(tab);
  await host.until({ kind: "complete" });
  expect(await platform.credentials(host.userId, "slack")).toHaveLength(1);
});
