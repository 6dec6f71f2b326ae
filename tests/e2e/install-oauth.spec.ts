// Connecting by OAuth alone: one account, several, one again.

import { allow, arrive, closes } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

test("slack is connected in a popup", async ({ host }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await host.until({ kind: "stage", stage: "oauth" });
  await allow(popup, "grace");
  const { event } = await host.until({ kind: "complete" });

  const slack = await host.integration("slack");
  expect(slack).toMatchObject({ enabled: true, credentialStatus: "VALID", credentialId: event.credentialId });
  expect(slack.providerData).toMatchObject({ user: expect.stringMatching(/grace/i) });
  expect(slack.allCredentials).toHaveLength(1);
  expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage", "complete"]);
});

test("a flow ends with one event, then onComplete", async ({ host }) => {
  await host.signIn();
  const credentialId = await host.connect("slack");
  const { integrations } = await host.user();
  const integrationId = integrations["slack"]!.allCredentials[0]!.integrationId;
  const { event } = await host.until({ kind: "complete" });
  expect(event).toMatchObject({ integrationId, integrationType: "slack", credentialId });
  expect(await host.events()).toEqual([
    { name: "onIntegrationInstall", event: { integrationId, integrationType: "slack" }, userIsThere: true },
  ]);
  expect(await host.order()).toEqual(["onNext oauth", "onIntegrationInstall", "onComplete"]);
});

test("installIntegration resolves with what was installed; its callback comes before subscribers", async ({ host }) => {
  await host.signIn();
  const popup = await host.clickForPopup("installIntegration", "slack");
  await allow(popup);
  await expect.poll(() => host.page.evaluate(() => window.recorder.result)).toBeTruthy();
  const result = await host.page.evaluate(() => window.recorder.result);
  expect(result).toEqual({ value: expect.objectContaining({ integrationType: "slack", credentialId: expect.any(String) }) });
  expect(await host.integration("slack")).toMatchObject({ enabled: true });
  // Of the two callbacks for success one is called, as by the official package.
  expect(await host.order()).toEqual(["onInstall", "onIntegrationInstall"]);
});

test("a second account joins the first", async ({ host }) => {
  await host.signIn();
  const first = await host.connect("slack", {}, "ada");
  await host.start("slack");
  const refused = await host.until({ kind: "error" });
  expect(refused.error).toMatchObject({ name: "IntegrationAlreadyInstalledError" });

  const second = await host.connect("slack", { allowMultipleCredentials: true }, "grace");
  expect(second).not.toBe(first);
  const { allCredentials } = await host.integration("slack");
  expect(allCredentials.map(({ id }) => id).sort()).toEqual([first, second].sort());

  const nameOf = async (selectedCredentialId: string) => {
    const { value } = await host.request("slack", "auth.test", { selectedCredentialId });
    return (value as { user: string }).user;
  };
  expect(await nameOf(first)).not.toBe(await nameOf(second));
});

test("an account that is connected again keeps its id and settings", async ({ host, platform }) => {
  await host.signIn();
  const id = await host.connect("slack");
  const { token } = await platform.session(host.userId);
  const before = await host.integration("slack");
  const settings = { channel: "C-kept" };
  const saved = await fetch(`${platform.base}/projects/${platform.projectId}/sdk/credentials/${id}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-paragon-credential": id,
      "x-paragon-configuration-id": before.credentialConfigId!,
    },
    body: JSON.stringify({ config: { sharedSettings: settings } }),
  });
  expect(saved.status).toBe(200);

  const again = await host.connect("slack", { selectedCredentialId: id });
  expect(again).toBe(id);
  const after = await host.integration("slack");
  expect(after.allCredentials).toHaveLength(1);
  expect(after.sharedSettings).toEqual(settings);
});

test("an external id names an account; a taken one is refused before any popup", async ({ host }) => {
  await host.signIn();
  const id = await host.connect("slack", { externalId: "team-1" });
  expect((await host.integration("slack")).allCredentials[0]).toMatchObject({ id, externalId: "team-1" });

  const popups: unknown[] = [];
  host.page.on("popup", (popup) => popups.push(popup));
  await host.start("slack", { externalId: "team-1", allowMultipleCredentials: true });
  const { error } = await host.until({ kind: "error" });
  expect(error).toMatchObject({ name: "InvalidArgumentError", code: "EXTERNAL_ID_TAKEN" });
  expect(popups).toHaveLength(0);

  expect(await host.request("slack", "auth.test", { selectedCredentialId: "ext:team-1" })).toMatchObject({
    value: { ok: true },
  });
});

test("two starts in a row: the first ends without a word, the second completes", async ({ host }) => {
  await host.signIn();
  const first = await host.startForPopup("slack");
  await arrive(first);
  const second = await host.startForPopup("googledrive");
  await closes(first);
  await allow(second);
  await host.until({ kind: "complete" });
  const log = await host.log();
  expect(log.filter(({ flow }) => flow === 1).map(({ kind }) => kind)).toEqual(["stage"]);
  expect(log.filter(({ flow }) => flow === 2).map(({ kind }) => kind)).toEqual(["stage", "complete"]);
  expect((await host.user()).integrations["slack"]?.enabled ?? false).toBe(false);
});

for (const [app, provider] of [
  [false, true],
  [true, false],
  [true, true],
] as const) {
  const who = [app && "the app's page", provider && "the provider's page"].filter(Boolean).join(" and ");
  test(`completes although ${who} severs the popup from its opener`, async ({ host, platform, normalSandbox: _ }) => {
    await platform.control({ coop: provider });
    host.isolated = app;
    await host.signIn();
    await host.lookAway();
    await host.connect("slack");
    expect(await host.integration("slack")).toMatchObject({ enabled: true });
    expect((await host.log()).map(({ kind }) => kind)).toEqual(["stage", "complete"]);
  });
}

test("an account is taken away, here and at the provider", async ({ host, platform }) => {
  await host.signIn();
  const id = await host.connect("slack");
  await host.page.evaluate(() => window.paragon.uninstallIntegration("slack"));
  expect(await host.integration("slack")).toMatchObject({ enabled: false, allCredentials: [], allConfigurations: [] });
  expect(await platform.credentials(host.userId, "slack")).toEqual([]);
  expect((await host.events()).at(-1)).toMatchObject({
    name: "onIntegrationUninstall",
    event: { integrationType: "slack" },
    userIsThere: true,
  });
  const { error } = await host.request("slack", "auth.test", { selectedCredentialId: id });
  expect(error).toMatchObject({ name: "CredentialNotFoundError" });
});
