// Connecting where more than OAuth is asked: account types, an instruction, inputs before and after.

import { allow } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

const KEY = "SG.local-only.paragon-sandbox-mailer-key";

for (const kind of ["production", "sandbox"] as const) {
  test(`salesforce, ${kind} account: account type, instruction, OAuth`, async ({ host, platform }) => {
    await host.signIn();
    await host.start("salesforce");
    const types = await host.until({ kind: "stage", stage: "accountType" });
    expect(types.stage).toMatchObject({ options: [{ id: "production" }, { id: "sandbox" }] });

    await host.click("setAccountType", kind);
    const { stage } = await host.until({ kind: "stage", stage: "instruction" });
    if (stage.stage !== "instruction") throw new Error("not reached");
    const install = new URL(stage.packageInstallUrl);
    expect(install.origin).toBe(platform.sandbox);
    expect(install.pathname).toContain(kind === "sandbox" ? "/test.salesforce.com/" : "/login.salesforce.com/");
    expect((await fetch(install)).status).toBe(200);
    expect(stage.ctas.map(({ type }) => type)).toEqual(["link", "copyButton"]);

    await allow(await host.clickForPopup("finishInstruction"));
    await host.until({ kind: "complete" });
    expect(await host.integration("salesforce")).toMatchObject({ enabled: true });
    const query = await host.request("salesforce", "query?q=SELECT+Id+FROM+Account+LIMIT+1");
    expect(query).toMatchObject({ value: { totalSize: 1 } });
  });
}

test("jira: OAuth, then a site and one of its projects", async ({ host, platform }) => {
  await host.signIn();
  await allow(await host.startForPopup("jira"));
  const { stage } = await host.until({ kind: "stage", stage: "postOptions" });
  expect(stage).toMatchObject({ options: [{ id: "site", sourceType: "sites" }, { id: "project", sourceType: "projects" }] });
  expect(await host.integration("jira")).toMatchObject({ enabled: false, credentialStatus: "PENDING" });

  const options = (action: string, site?: string, cursor?: string) =>
    host.page.evaluate(
      ([action, site, cursor]) =>
        window.paragon.getFieldOptions({
          integration: "jira",
          action: action!,
          ...(site && { parameters: [{ key: "site", source: { type: "VALUE", value: site } }] }),
          ...(cursor && { cursor }),
        }),
      [action, site, cursor] as const,
    );
  const sites = await options("sites");
  expect(sites.data.map((one) => ("label" in one ? one.label : one.title))).toEqual(["Lighthouse", "Harbour"]);
  const site = (sites.data[0] as { value: string }).value;
  const page = await options("projects", site);
  expect(page.data).toHaveLength(50);
  const next = await options("projects", site, page.nextPageCursor!);
  expect(next.data).toHaveLength(50);
  expect(next.data[0]).not.toEqual(page.data[0]);
  const last = await options("projects", site, next.nextPageCursor!);
  expect(last.data).toHaveLength(20);
  expect(last.nextPageCursor).toBeNull();

  const project = (page.data[0] as { value: string }).value;
  await host.setPostOptions({ site, project });
  const { event } = await host.until({ kind: "complete" });
  expect(await host.integration("jira")).toMatchObject({ enabled: true, credentialStatus: "VALID" });
  expect(await platform.credentials(host.userId, "jira")).toMatchObject([{ id: event.credentialId, status: "VALID" }]);
  expect(await host.request("jira", `project/${project}/statuses`)).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ name: expect.any(String) })]),
  });
});

test("jira: an install that needs no post option yet is taken up again after a reload", async ({ host, platform }) => {
  await host.signIn();
  await allow(await host.startForPopup("jira"));
  await host.until({ kind: "stage", stage: "postOptions" });
  const [pending] = await platform.credentials(host.userId, "jira");
  expect(pending).toMatchObject({ status: "PENDING" });
  await host.signIn();
  expect(await host.integration("jira")).toMatchObject({ credentialStatus: "PENDING", credentialId: pending!.id });
});

test("shopify: the shop's name, then OAuth", async ({ host }) => {
  await host.signIn();
  await host.start("shopify");
  const { stage } = await host.until({ kind: "stage", stage: "preOptions" });
  expect(stage).toMatchObject({ options: [{ id: "shop", type: "TEXT_NO_VARS" }] });
  await allow(await host.clickForPopup("setPreOptions", { shop: "tea-house" }));
  await host.until({ kind: "complete" });
  expect(await host.request("shopify", "shop.json")).toMatchObject({
    value: { shop: { myshopify_domain: expect.stringContaining("tea-house") } },
  });
});

test("shopify: a shop that does not exist says so in the popup, and another can be given", async ({ host }) => {
  await host.signIn();
  await host.start("shopify");
  await host.until({ kind: "stage", stage: "preOptions" });
  const popup = await host.clickForPopup("setPreOptions", { shop: "no-such-shop" });
  await expect(popup.locator("body")).toContainText(/no-such-shop|no such shop|shop/i);
  await expect(popup.locator("button[name=decision]")).toHaveCount(0);
  await popup.close();
  expect((await host.until({ kind: "error" })).error).toMatchObject({ name: "OAuthPopupClosedError" });

  await allow(await host.clickForPopup("setPreOptions", { shop: "night-market" }));
  await host.until({ kind: "complete" });
  expect(await host.integration("shopify")).toMatchObject({ enabled: true });
});

test("sendgrid: a wrong key is refused and can be mended; then a list", async ({ host, platform }) => {
  await host.signIn();
  await host.start("sendgrid");
  await host.until({ kind: "stage", stage: "preOptions" });
  await host.setPreOptions({ apiKey: "SG.wrong" });
  const { error, at } = await host.until({ kind: "error" });
  expect(at).toBe("preOptions");
  expect(error).toMatchObject({ name: "ApiError", retryable: false });
  expect(await platform.credentials(host.userId, "sendgrid")).toEqual([]);
  expect((await host.user()).authenticated).toBe(true);

  // At once, with the same values: nothing is dropped.
  await host.setPreOptions({ apiKey: "SG.wrong" });
  expect((await host.log()).filter(({ kind }) => kind === "error")).toHaveLength(2);

  await host.setPreOptions({ apiKey: KEY });
  await host.until({ kind: "stage", stage: "postOptions" });
  const lists = await host.page.evaluate(() =>
    window.paragon.getFieldOptions({ integration: "sendgrid", action: "lists" }),
  );
  expect(lists.data).toHaveLength(5);
  await host.setPostOptions({ list: (lists.data[0] as { value: string }).value });
  await host.until({ kind: "complete" });
  expect(await host.integration("sendgrid")).toMatchObject({ enabled: true, credentialStatus: "VALID" });
  expect(await host.request("sendgrid", "user/profile")).toMatchObject({ value: { email: expect.any(String) } });
});

test("what was given can be read back, and a call that does not fit changes nothing", async ({ host }) => {
  await host.signIn();
  await host.start("salesforce");
  await host.click("setPostOptions", { object: "Account" });
  const { error } = await host.until({ kind: "error" });
  expect(error).toMatchObject({ name: "InstallFlowStageError" });
  const given = () => host.page.evaluate(() => window.paragon.installFlow.getAccountTypeValue());
  expect(await given()).toBeNull();
  await host.click("setAccountType", "sandbox");
  expect(await given()).toBe("sandbox");
  expect(await host.page.evaluate(() => window.paragon.installFlow.next().stage)).toBe("instruction");
});

test("cancel during post options takes the account away at the platform", async ({ host, platform }) => {
  await host.signIn();
  await allow(await host.startForPopup("jira"));
  await host.until({ kind: "stage", stage: "postOptions" });
  expect(await platform.credentials(host.userId, "jira")).toHaveLength(1);
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
  await expect.poll(() => platform.credentials(host.userId, "jira")).toEqual([]);
  await expect.poll(async () => (await host.integration("jira")).allCredentials).toEqual([]);
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage", "stage"]);
});
