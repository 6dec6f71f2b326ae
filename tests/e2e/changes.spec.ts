// What the SDK tells of the user, and the two ways to read the state: a copy, and the frozen state itself.

import { allow } from "./support/consent.ts";
import { connected } from "./support/connected.ts";
import { expect, test } from "./support/test.ts";

declare global {
  interface Window {
    changes: [string, unknown, unknown][];
  }
}

test.beforeEach(async ({ host }) => {
  await host.open();
  await host.page.evaluate(() => {
    window.changes = [];
    for (const name of ["onAuthChange", "onUserChange", "onCredentialStatusChange"] as const) {
      window.paragon.subscribe(name, (event, user) => window.changes.push([name, event, user.authenticated && user.userId]));
    }
  });
});

test("who is signed in, what has changed of theirs, and how accounts fare", async ({ host, platform }) => {
  await host.configure();
  await host.authenticate();
  const taken = () => host.page.evaluate(() => window.changes.splice(0));
  const { userId } = host;
  expect(await taken()).toEqual([["onAuthChange", { authenticated: true, userId }, userId]]);

  await host.authenticate();
  expect(await taken(), "read again, and nothing is new").toEqual([]);
  await host.page.evaluate(() => window.paragon.setUserMetadata({ plan: "gold" }));
  expect(await taken()).toEqual([["onUserChange", { changed: ["meta"], integrations: [] }, userId]]);

  await connected(host, "slack");
  const { credentialId } = await host.integration("slack");
  expect(await taken()).toContainEqual(["onUserChange", { changed: ["integrations"], integrations: ["slack"] }, userId]);

  const fault = await platform.local.faults.add({ on: "provider", integration: "slack", effect: "revoked-token" });
  await host.request("slack", "auth.test");
  await fault.remove();
  const change = { integrationType: "slack", credentialId, status: "INVALID", previousStatus: "VALID" };
  const events = await taken();
  expect(events).toContainEqual(["onCredentialStatusChange", change, userId]);
  expect(events).toContainEqual(["onUserChange", { changed: ["integrations"], integrations: ["slack"] }, userId]);

  await host.page.evaluate(() => window.paragon.logout());
  expect(await taken()).toEqual([["onAuthChange", { authenticated: false }, false]]);
});

test("an account that is not accepted any more is connected again by its id; its settings stay", async ({ host, platform }) => {
  await host.configure();
  await host.authenticate();
  await connected(host, "slack");
  await host.page.evaluate(() => window.paragon.updateIntegrationUserSettings("slack", { channel: "C000000001" }));
  const { credentialId } = await host.integration("slack");
  const fault = await platform.local.faults.add({ on: "provider", integration: "slack", effect: "revoked-token" });
  await host.request("slack", "auth.test");
  await fault.remove();
  expect(await host.integration("slack")).toMatchObject({ credentialStatus: "INVALID", enabled: false });
  await platform.control({ reset: true });

  await allow(await host.clickForPopup("reconnect", credentialId));
  await host.until({ kind: "complete" });
  expect(await host.integration("slack")).toMatchObject({ credentialId, enabled: true, sharedSettings: { channel: "C000000001" } });
  const changes = await host.page.evaluate(() => window.changes.filter(([name]) => name === "onCredentialStatusChange"));
  expect(changes.at(-1)![1]).toMatchObject({ credentialId, status: "VALID", previousStatus: "INVALID" });
});

test("the snapshot is one frozen object until something changes; copies are the app's own", async ({ host }) => {
  const nobody = await host.page.evaluate(() => [window.paragon.getSnapshot(), window.paragon.getSnapshot() === window.paragon.getSnapshot()]);
  expect(nobody).toEqual([{ authenticated: false }, true]);
  await host.configure();
  await host.authenticate();
  await connected(host, "slack");
  const found = await host.page.evaluate(async () => {
    const { paragon } = window;
    const before = paragon.getSnapshot();
    if (!before.authenticated) throw new Error("nobody is signed in");
    const deeply = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(deeply));
    const text = JSON.stringify(before);
    const copy = paragon.getUser();
    if (!copy.authenticated) throw new Error("nobody is signed in");
    const slack = copy.integrations["slack"]!;
    slack.allCredentials.push(slack.allCredentials[0]!);
    slack.allCredentials[0]!.providerId = "mine";
    slack.allConfigurations = [];
    slack.enabled = false;
    const again = paragon.getUser();
    const untouched = { same: paragon.getSnapshot() === before, text: JSON.stringify(paragon.getSnapshot()) === text };
    // What is frozen can still be followed by another state.
    const next = await paragon.setUserMetadata({ nested: { deep: true } });
    await paragon.updateIntegrationUserSettings("slack", { channel: "C000000001" });
    await paragon.uninstallIntegration("slack");
    return {
      frozen: deeply(before),
      untouched,
      copied: [slack.allCredentials.length, slack.allCredentials[0]!.providerId, slack.allConfigurations, slack.enabled],
      cloned: JSON.stringify(structuredClone(again)) === text,
      spread: JSON.stringify({ ...again }) === text,
      next: next.meta,
      other: paragon.getSnapshot() !== before && JSON.stringify(before) === text,
    };
  });
  expect(found).toEqual({
    frozen: true,
    untouched: { same: true, text: true },
    copied: [2, "mine", [], false],
    cloned: true,
    spread: true,
    next: { nested: { deep: true } },
    other: true,
  });
});
