// connect(): the portal's frame, what its page is told, and what comes of it. With a stand-in for the page.

import type { Page } from "@playwright/test";
import { allow, deny } from "./support/consent.ts";
import { watchLeftovers } from "./support/leftovers.ts";
import { appear, invoke, leave, told, toldLast } from "./support/portal-page.ts";
import { expect, test } from "./support/portal-test.ts";

const FRAME = "#paragon-connect-frame";
const COVERS =
  "position: fixed; top: 0px; left: 0px; width: 100vw; height: 100vh; z-index: 2147483647; display: none;";
const FILLS = "position: absolute; top: 0px; left: 0px; width: 100%; height: 100%; z-index: 2147483647; display: none;";

/** connect() with all callbacks written down; what it comes to is in `window.outcome`. */
const connect = (page: Page, type: string, options: Record<string, unknown> = {}): Promise<void> =>
  page.evaluate(
    ([type, options]) => {
      const { recorder } = window;
      const names = ["onSuccess", "onInstall", "onError", "onUninstall", "onWorkflowChange", "onOpen", "onClose"] as const;
      const callbacks = Object.fromEntries(names.map((name) => [name, () => recorder.order.push(name)]));
      window.outcome = undefined;
      window.paragon.connect(type, { ...callbacks, ...options }).then(
        (value) => (window.outcome = { value }),
        (error) => (window.outcome = { error: recorder.report(error) }),
      );
    },
    [type, options] as const,
  );

const style = (page: Page): Promise<string | null> => page.locator(FRAME).getAttribute("style");
const body = (page: Page): Promise<string | null> => page.locator("body").getAttribute("style");
const sorted = (style: string | null): string[] => (style ?? "").split("; ").map((part) => part.replace(";", "")).sort();

for (const sdk of ["ours", "official"] as const) {
  test.describe(`with ${sdk === "ours" ? "our package" : "the official package"}`, () => {
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test("the portal opens, covers the page, and closes", async ({ host, portal }) => {
      await portal.signIn(host);
      const { page } = host;
      const frame = await portal.frame(page);
      expect(sorted(await style(page))).toEqual(sorted(COVERS));
      expect(await page.locator(FRAME).getAttribute("allow")).toBe("clipboard-write");
      await expect.poll(async () => (await toldLast(frame)).nextContext["project"]).toBeTruthy();
      const before = await toldLast(frame);
      expect(before.nextModalState).toEqual({
        integration: null,
        overlayStyle: { overflow: "auto" },
        apiInstallationOptions: { isApiInstallation: false, showPortalAfterInstall: false },
      });
      expect(before.nextContext).toMatchObject({
        projectId: host.platform.projectId,
        user: { authenticated: true, userId: host.userId, token: expect.any(String), meta: {}, resources: [{ slug: "warehouse" }] },
        project: { accessibleFeatures: expect.arrayContaining(["dfm"]) },
      });
      expect(before.nextContext["environments"]).toEqual({
        ...host.platform.environments,
        CONNECT_PUBLIC_URL: portal.origin,
        NODE_ENV: "production",
        PLATFORM_ENV: "production",
        VERSION: "latest",
      });

      await connect(page, "slack", { overrideRedirectUrl: "https://app.test/back", allowMultipleCredentials: true });
      await expect.poll(async () => (await toldLast(frame)).nextModalState["integration"]?.type).toBe("slack");
      const { nextContext, nextModalState } = await toldLast(frame);
      expect(nextContext["endUserIntegrationConfig"]).toEqual({ overrideRedirectUrl: "https://app.test/back" });
      const { integration, config, ...rest } = nextModalState;
      expect(config).toEqual(integration.configs[0].values);
      expect(rest).toEqual({
        overlayStyle: { overflow: "auto" },
        apiInstallationOptions: { isApiInstallation: false, allowMultipleCredentials: true },
        shouldShowPortalAfterInstall: false,
        selectedCredentialId: undefined,
        connectionError: undefined,
      });

      expect(await invoke(frame, "updateContainerStyle", { isModalShown: true })).toMatchObject({
        messageType: "SDK_FUNCTION_RESPONSE",
        type: "updateContainerStyle",
      });
      await expect(page.locator(FRAME)).toBeVisible();
      await invoke(frame, "onOpen");
      expect(await body(page)).toBe("overflow: hidden;");
      await leave(frame);
      await expect(page.locator(FRAME)).toBeHidden();
      expect(await body(page)).toBe(sdk === "ours" ? null : "");
      expect((await toldLast(frame)).nextModalState["integration"]).toBeNull();
      expect(await host.order()).toEqual(["onOpen", "onPortalOpen", "onClose", "onPortalClose"]);
      const id = integration.id;
      expect((await host.events()).map(({ event }) => event)).toEqual([
        { integrationId: id, integrationType: "slack" },
        { integrationId: id, integrationType: "slack" },
      ]);
      expect(await page.evaluate(() => window.outcome)).toBeUndefined();
    });

    test("an account is connected in the portal", async ({ host, portal }) => {
      await portal.signIn(host);
      const { page } = host;
      const frame = await portal.frame(page);
      await connect(page, "slack");
      await appear(frame);
      const popup = page.waitForEvent("popup");
      await frame.locator("button").click();
      expect(await invoke(frame, "startOAuthFlow", "slack", {})).toMatchObject({ messageType: "SDK_FUNCTION_RESPONSE" });
      await allow(await popup);
      await expect.poll(() => page.evaluate(() => window.outcome)).toMatchObject({
        value: { integrationType: "slack", credentialId: expect.any(String), credential: { status: "VALID" } },
      });
      const id = (await host.integration("slack")).credentialId;
      await expect
        .poll(async () => (await toldLast(frame)).nextContext["user"].integrations.slack)
        .toMatchObject({ enabled: true, credentialId: id });
      const order = await host.order();
      // The official one says it twice, and does not call onSuccess.
      if (sdk === "ours") expect(order).toEqual(["onOpen", "onPortalOpen", "onSuccess", "onInstall", "onIntegrationInstall"]);
      else expect(order).toEqual(expect.arrayContaining(["onInstall", "onIntegrationInstall"]));

      const request = page.waitForRequest((request) => request.method() === "GET" && request.url().endsWith("/sdk/me"));
      expect(await invoke(frame, "sendConnectRequest", "/sdk/me")).toMatchObject({ result: { userId: host.userId } });
      expect((await request).headers()["x-paragon-credential"]).toBe(id);
      const refused = await invoke(frame, "sendConnectRequest", "/sdk/nothing");
      expect(refused).toMatchObject({ messageType: "SDK_FUNCTION_ERROR", error: true });
      expect(JSON.parse(refused.message!)).toMatchObject({ status: 404, message: expect.any(String) });

      const [workflow] = Object.keys((await toldLast(frame)).nextModalState["config"].workflowMeta);
      await invoke(frame, "enableWorkflow", workflow);
      const state = (await toldLast(frame)).nextContext["user"].integrations.slack;
      expect(state.workflowSettings[workflow!]).toMatchObject({ enabled: true });
      await invoke(frame, "uninstallIntegration", "slack");
      expect((await host.order()).slice(-2)).toEqual(["onUninstall", "onIntegrationUninstall"]);
    });

    test("a refusal of the provider is told to the app and to the portal", async ({ host, portal }) => {
      await portal.signIn(host);
      const { page } = host;
      const frame = await portal.frame(page);
      await connect(page, "slack");
      await appear(frame);
      const popup = page.waitForEvent("popup");
      await frame.locator("button").click();
      await invoke(frame, "startOAuthFlow", "slack", {});
      await deny(await popup);
      await expect.poll(() => page.evaluate(() => window.outcome)).toMatchObject({ error: { message: expect.any(String) } });
      expect((await host.order()).filter((name) => name === "onError")).toHaveLength(1);
      await expect.poll(async () => (await toldLast(frame)).nextModalState["connectionError"]).toBeTruthy();
    });

    test("the frame fills the app's container, and the page behind it scrolls on", async ({ host, portal }) => {
      await host.page.addInitScript(() => {
        document.addEventListener("readystatechange", () => {
          if (document.querySelector("#paragon-connect-frame-container")) return;
          const container = document.createElement("div");
          container.id = "paragon-connect-frame-container";
          document.body.append(container);
        });
      });
      await portal.signIn(host);
      const { page } = host;
      const frame = await portal.frame(page);
      expect(sorted(await page.locator(`#paragon-connect-frame-container > ${FRAME}`).getAttribute("style"))).toEqual(sorted(FILLS));
      await connect(page, "slack");
      await appear(frame);
      // The official one locks it if the container has come after its own start.
      if (sdk === "ours") expect(await body(page)).toBeNull();
    });

    test("choices and mappings of the app's functions", async ({ host, portal }) => {
      await portal.signIn(host);
      const { page } = host;
      const frame = await portal.frame(page);
      await page.evaluate(() => {
        const page = (label: string) => ({ options: [{ label, value: "v" }], nextPageCursor: null });
        void window.paragon.connect("slack", {
          dropdowns: { lists: { loadOptions: async (cursor, search) => page(`${cursor}/${search}`) } },
          mapObjectFields: {
            Task: { fields: [{ label: "Title", value: "title" }], defaultFields: ["title"] },
            Deal: {
              objectTypes: { get: async (cursor, search) => page(`${cursor}/${search}`) },
              integrationFields: { get: async ({ objectType }, cursor, search) => page(`${objectType}/${cursor}/${search}`) },
              applicationFields: { fields: [{ label: "Name", value: "name" }] },
            },
          },
        });
      });
      await expect.poll(async () => (await toldLast(frame)).nextContext["endUserIntegrationConfig"]).toEqual({
        mapObjectFields: {
          Task: { fields: [{ label: "Title", value: "title" }], defaultFields: ["title"] },
          Deal: { fields: [{ label: "Name", value: "name" }], useBYOFieldMappingOption: true },
        },
      });
      const label = (text: string) => ({ result: { options: [{ label: text, value: "v" }], nextPageCursor: null } });
      expect(await invoke(frame, "_loadCustomDropdownOptions", "lists", "c", "s")).toMatchObject(label("c/s"));
      expect(await invoke(frame, "_loadCustomDropdownOptions", "none")).toMatchObject({ error: true });
      const fields = (...more: unknown[]) => invoke(frame, "_fetchBYOFieldMappingOptions", "slack", ...more);
      expect(await fields("objectTypes", "Deal", { cursor: "c", search: "s" })).toMatchObject(label("c/s"));
      expect(await fields("integrationFields", "Deal", { objectType: "o", cursor: "c", search: "s" })).toMatchObject(label("o/c/s"));
      for (const wrong of [["integrationFields", "Deal", {}], ["objectTypes", "None", {}], ["other", "Deal", {}]]) {
        expect(await fields(...wrong)).toMatchObject({ messageType: "SDK_FUNCTION_ERROR", message: expect.any(String) });
      }
    });
  });
}

test("the page keeps its own scrolling through the portal", async ({ host, portal }) => {
  await portal.signIn(host);
  const { page } = host;
  const frame = await portal.frame(page);
  for (const own of ["overflow-y: scroll; color: red;", "overflow: clip !important;", "color: red;"]) {
    await page.evaluate((own) => (document.body.style.cssText = own), own);
    await connect(page, "slack");
    await appear(frame);
    await expect(page.locator("body")).toHaveCSS("overflow", "hidden");
    await leave(frame);
    expect(await body(page)).toBe(own);
  }
});

test("a portal whose page does not take its leave is hidden anyway", async ({ host, portal }) => {
  await portal.signIn(host);
  const { page } = host;
  const frame = await portal.frame(page);
  await connect(page, "slack");
  await appear(frame);
  await page.evaluate(() => window.paragon.closePortal());
  expect(await body(page)).toBeNull();
  await expect(page.locator(FRAME)).toBeHidden();
});

test("a frame that loads anew is told all, one that the app's framework removed comes back", async ({ host, portal }) => {
  await portal.signIn(host);
  const { page } = host;
  let frame = await portal.frame(page);
  await connect(page, "slack");
  await appear(frame);
  await frame.evaluate(() => location.reload());
  // In the middle of the reload there is nobody to ask.
  const heard = async () => told(await portal.frame(page)).catch(() => []);
  await expect
    .poll(async () => (await heard()).at(-1)?.nextModalState["integration"]?.type)
    .toBe("slack");
  await page.evaluate((id) => document.querySelector(id)!.remove(), FRAME);
  await expect.poll(() => body(page), "the page scrolls again").toBeNull();
  expect((await host.order()).at(-1)).toBe("onPortalClose");
  await connect(page, "jira");
  frame = await portal.frame(page);
  expect((await toldLast(frame)).nextModalState["integration"].type).toBe("jira");
});

test("logout, configureGlobal and dispose leave nothing", async ({ host, portal }) => {
  const { page } = host;
  await watchLeftovers(page);
  const listeners = () => page.evaluate(() => window.leftovers().listeners);
  await portal.signIn(host);
  expect(await listeners()).toBe(1);
  await connect(page, "slack");
  await appear(await portal.frame(page));
  await page.evaluate(() => window.paragon.logout());
  await expect(page.locator(FRAME)).toHaveCount(0);
  expect(await body(page)).toBeNull();
  expect(await listeners()).toBe(0);
  expect(await host.order()).toEqual(["onOpen", "onPortalOpen", "onClose", "onPortalClose"]);
  await host.authenticate();
  await portal.frame(page);
  await host.configure();
  await expect(page.locator(FRAME)).toHaveCount(0);
  const { token } = await host.platform.session(host.userId);
  await page.evaluate(
    async ([base, environments, project, token]) => {
      const second = window.createParagon();
      second.configureGlobal({ host: base }, environments);
      await second.authenticate(project, token);
      if (!document.querySelector("#paragon-connect-frame")) throw new Error("the second object has no frame");
      second.dispose();
    },
    [host.platform.base, { CONNECT_PUBLIC_URL: portal.origin }, host.platform.projectId, token] as const,
  );
  await expect(page.locator(FRAME)).toHaveCount(0);
  expect(await listeners()).toBe(0);
});

test("installIntegration asks in the portal what has to be asked, else opens the popup at once", async ({ host, portal }) => {
  await portal.signIn(host);
  const { page } = host;
  const frame = await portal.frame(page);
  const popup = await host.clickForPopup("installIntegration", "slack", { showPortalAfterInstall: true });
  expect((await toldLast(frame)).nextModalState).toMatchObject({
    integration: { type: "slack" },
    apiInstallationOptions: { isApiInstallation: true, showPortalAfterInstall: true, bypassPostOAuthPrompt: false },
    shouldShowPortalAfterInstall: false,
  });
  await allow(popup);
  await expect.poll(() => page.evaluate(() => window.recorder.result)).toMatchObject({ value: { integrationType: "slack" } });
  expect(await host.order()).toEqual(["onSuccess", "onInstall", "onIntegrationInstall"]);
  expect((await toldLast(frame)).nextModalState).toMatchObject({ shouldShowPortalAfterInstall: true });

  const error = await page.evaluate(() => window.paragon.installIntegration("slack").catch(window.recorder.report));
  expect(error).toMatchObject({ name: "IntegrationAlreadyInstalledError" });

  await page.evaluate(() => {
    window.outcome = undefined;
    window.paragon.installIntegration("sendgrid").catch((error) => (window.outcome = { error: window.recorder.report(error) }));
  });
  const { id } = (await toldLast(frame)).nextModalState["integration"];
  const payload = { apiKey: "SG.local-only.paragon-sandbox-mailer-key" };
  const wrong = await invoke(frame, "_oauthCallback", { integrationId: id, payload: {} });
  expect(wrong).toMatchObject({ messageType: "SDK_FUNCTION_RESPONSE", result: undefined });
  expect((await toldLast(frame)).nextModalState["connectionError"]).toMatchObject({ status: 400 });
  expect(await page.evaluate(() => window.outcome)).toMatchObject({ error: { name: "ApiError" } });
  // It waits for what is asked after.
  expect(await invoke(frame, "_oauthCallback", { integrationId: id, payload })).toMatchObject({ result: { credential: { status: "PENDING" } } });
  const { credentialId, credentialStatus } = (await toldLast(frame)).nextContext["user"].integrations.sendgrid;
  expect(credentialStatus).toBe("PENDING");
  const { result } = await invoke(frame, "getFieldOptions", { integration: "sendgrid", action: "lists" });
  const list = result.data[0].value;
  const completed = await invoke(frame, "_oauthCallback", { integrationId: id, payload: { list } }, credentialId);
  expect(completed).toMatchObject({ result: { integrationType: "sendgrid", credentialId } });
  expect(await host.integration("sendgrid")).toMatchObject({ enabled: true });
});

test("in headless mode there is no portal", async ({ host }) => {
  await host.signIn();
  const warning = host.page.waitForEvent("console", (message) => message.type() === "warning");
  await connect(host.page, "slack");
  expect((await warning).text()).toContain("headless mode");
  await expect(host.page.locator(FRAME)).toHaveCount(0);
  expect(await host.page.evaluate(() => window.outcome)).toBeUndefined();
});
