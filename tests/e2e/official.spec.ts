// The official package in place of ours, against the same platform: it shows that the platform is true to the protocol
// and not to us. What that package is known to get wrong is not asserted. And ours without WebAssembly, on a page that forbids
// it.

import { readFile } from "node:fs/promises";
import { allow } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

const KEY = "SG.local-only.paragon-sandbox-mailer-key";

// An integration with a key and nothing after it.
const keyed = `
[[integrations]]
type = "custom"
name = "Keyed"
baseUrl = "{{sandbox}}/sendgrid/v3"
authorization = { kind = "bearer", token = "{{inputs.apiKey}}" }
account = { request = { url = "/user/profile" }, id = "email", data = { email = "email" } }

[[integrations.preOptions]]
id = "apiKey"
title = "Key"
type = "PASSWORD"
`;

test.use({
  projectFile: [
    async ({}, use) => use((await readFile("local/src/config/default.toml", "utf8")) + keyed),
    { scope: "worker" },
  ],
});

const PACKAGES = { ours: "our package", "no-wasm": "our package without WebAssembly", official: "the official package" } as const;

for (const sdk of ["ours", "no-wasm", "official"] as const) {
  test.describe(`with ${PACKAGES[sdk]}`, () => {
    // The official package loads its cloud's portal before it can be told of another host.
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test("signs in; user, metadata and configuration", async ({ host }) => {
      await host.signIn();
      expect(await host.user()).toMatchObject({ authenticated: true, userId: host.userId });
      const metadata = await host.page.evaluate(() => window.paragon.getIntegrationMetadata());
      expect(metadata.map(({ type }) => type)).toEqual(
        expect.arrayContaining(["slack", "salesforce", "jira", "shopify", "sendgrid", "googledrive", "custom.keyed"]),
      );
      const slack = metadata.find(({ type }) => type === "slack")!;
      expect(slack).toMatchObject({ name: "Slack", brandColor: "#4a154b" });
      expect((await fetch(slack.icon)).status).toBe(200);
      const config = await host.page.evaluate(() => window.paragon.getIntegrationConfig("slack"));
      expect(config.availableWorkflows.map(({ description }) => description)).toEqual(["Post new tasks", "Daily summary"]);
    });

    test("stores metadata of the user", async ({ host }) => {
      await host.signIn();
      await host.page.evaluate(() => window.paragon.setUserMetadata({ Name: "Ada", plan: "team" }));
      await host.signIn();
      expect((await host.user()).meta).toMatchObject({ Name: "Ada", plan: "team" });
    });

    test("connects by OAuth, requests, uninstalls", async ({ host, platform }) => {
      await host.signIn();
      const id = await host.connect("slack");
      expect(await host.integration("slack")).toMatchObject({ enabled: true, credentialId: id, credentialStatus: "VALID" });
      expect((await host.events())[0]).toMatchObject({ name: "onIntegrationInstall", event: { integrationType: "slack" } });

      const { value } = await host.request("slack", "chat.postMessage", { method: "POST", body: { channel: "#general", text: "x" } });
      expect(value).toMatchObject({ ok: true, message: { text: "x" } });
      const refused = await host.request("slack", "nothing.here");
      expect(refused.value ?? refused.error).toBeDefined();

      await host.page.evaluate(() => window.paragon.uninstallIntegration("slack"));
      expect((await host.user()).integrations["slack"]).toMatchObject({ enabled: false });
      expect(await platform.credentials(host.userId)).toEqual([]);
    });

    test("installIntegration resolves", async ({ host }) => {
      await host.signIn();
      const popup = await host.clickForPopup("installIntegration", "googledrive");
      await allow(popup);
      await expect.poll(() => host.page.evaluate(() => window.recorder.result)).toMatchObject({
        value: { integrationType: "googledrive" },
      });
      expect(await host.request("googledrive", "files?pageSize=1")).toMatchObject({ value: { files: [{ id: expect.any(String) }] } });
    });

    test("connects an account of a chosen type", async ({ host }) => {
      await host.signIn();
      await host.start("salesforce");
      const { stage } = await host.until({ kind: "stage", stage: "accountType" });
      expect(stage).toMatchObject({ options: [{ id: "production" }, { id: "sandbox" }] });
      if (sdk === "official") {
        // It shows the instruction for packages on Salesforce's own hosts only, which are not on this machine.
        await allow(await host.clickForPopup("setAccountType", "sandbox"));
      } else {
        await host.click("setAccountType", "sandbox");
        await host.until({ kind: "stage", stage: "instruction" });
        await allow(await host.clickForPopup("finishInstruction"));
      }
      await host.until({ kind: "complete" });
      expect(await host.integration("salesforce")).toMatchObject({ enabled: true });
    });

    test("connects with what is asked before OAuth", async ({ host }) => {
      await host.signIn();
      await host.start("shopify");
      await host.until({ kind: "stage", stage: "preOptions" });
      await allow(await host.clickForPopup("setPreOptions", { shop: "night-market" }));
      await host.until({ kind: "complete" });
      expect(await host.request("shopify", "shop.json")).toMatchObject({ value: { shop: { name: expect.any(String) } } });
    });

    test("connects with what is asked after OAuth", async ({ host, platform }) => {
      await host.signIn();
      await allow(await host.startForPopup("jira"));
      const { stage } = await host.until({ kind: "stage", stage: "postOptions" });
      expect(stage).toMatchObject({ options: [{ id: "site" }, { id: "project" }] });
      const sites = await host.page.evaluate(() => window.paragon.getFieldOptions({ integration: "jira", action: "sites" }));
      const site = (sites.data[0] as { value: string }).value;
      const projects = await host.page.evaluate(
        (value) =>
          window.paragon.getFieldOptions({
            integration: "jira",
            action: "projects",
            parameters: [{ key: "site", source: { type: "VALUE", value } }],
          }),
        site,
      );
      await host.setPostOptions({ site, project: (projects.data[0] as { value: string }).value });
      await host.until({ kind: "complete" });
      expect(await platform.credentials(host.userId, "jira")).toMatchObject([{ status: "VALID" }]);
      expect(await host.request("jira", "project/search?maxResults=1")).toMatchObject({ value: { values: [{}] } });
    });

    test("connects with a key", async ({ host }) => {
      await host.signIn();
      await host.start("custom.keyed");
      await host.until({ kind: "stage", stage: "preOptions" });
      await host.setPreOptions({ apiKey: KEY });
      await host.until({ kind: "complete" });
      expect(await host.integration("custom.keyed")).toMatchObject({ enabled: true });
      expect(await host.request("custom.keyed", "user/profile")).toMatchObject({ value: { email: expect.any(String) } });
    });
  });
}
