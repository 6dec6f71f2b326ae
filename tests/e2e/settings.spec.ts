// Settings, configurations and workflow switches: saved at the platform, the same with either SDK.

import { expect, test } from "./support/test.ts";

for (const sdk of ["ours", "official"] as const) {
  test.describe(sdk, () => {
    // The official package loads its cloud's portal before it can be told of another host.
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test("integration settings are merged, and last", async ({ host }) => {
      await host.signIn();
      await host.connect("slack");
      const update = (values: Record<string, string>) =>
        host.page.evaluate((values) => window.paragon.updateIntegrationUserSettings("slack", values), values);
      await update({ channel: "C000000001" });
      const { userState, errors } = await update({ other: "x" });
      expect(errors).toEqual([]);
      expect(userState.integrations["slack"]!.sharedSettings).toEqual({ channel: "C000000001", other: "x" });

      await host.authenticate();
      expect((await host.integration("slack")).sharedSettings).toEqual({ channel: "C000000001", other: "x" });
    });

    test("a workflow is switched on and off, and twice is an error", async ({ host }) => {
      await host.signIn();
      await host.connect("slack");
      const [id] = await host.page.evaluate(() =>
        window.paragon.getIntegrationConfig("slack").availableWorkflows.map(({ id }) => id),
      );
      const isOn = async () => (await host.integration("slack")).workflowSettings?.[id!]?.enabled;
      const enable = () =>
        host.page.evaluate((id) => window.paragon.enableWorkflow(id).then(() => "done", () => "refused"), id!);
      expect(await enable()).toBe("done");
      expect(await isOn()).toBe(true);
      expect(await enable()).toBe("refused");
      await host.authenticate();
      expect(await isOn()).toBe(true);

      const { errors } = await host.page.evaluate(
        (id) => window.paragon.updateWorkflowState({ [id]: false, unknown: true }),
        id!,
      );
      expect(errors.map(({ workflowId }) => workflowId)).toEqual(["unknown"]);
      expect(await isOn()).toBe(false);
    });

    test("configurations come, change and go", async ({ host }) => {
      await host.signIn();
      const credentialId = await host.connect("slack");
      const made = await host.page.evaluate(
        (credentialId) => window.paragon.createConfiguration({ credentialId, externalId: "team" }),
        credentialId,
      );
      expect(made).toMatchObject({ externalId: "team", isDefault: false, connectCredentialId: credentialId });
      const changed = await host.page.evaluate(
        ([id, credentialId]) => window.paragon.updateConfiguration({ id, credentialId, meta: { note: "x" } }),
        [made.id, credentialId] as const,
      );
      expect(changed).toMatchObject({ id: made.id, configMeta: { note: "x" } });
      const ids = async () => (await host.integration("slack")).allConfigurations.map(({ id }) => id);
      expect(await ids()).toContain(made.id);
      await host.page.evaluate(
        ([id, credentialId]) => window.paragon.destroyConfiguration({ id, credentialId }),
        [made.id, credentialId] as const,
      );
      expect(await ids()).not.toContain(made.id);
    });
  });
}

test("a named configuration has its own settings", async ({ host }) => {
  await host.signIn();
  const credentialId = await host.connect("slack");
  await host.page.evaluate(async (credentialId) => {
    await window.paragon.createConfiguration({ credentialId, externalId: "team" });
    const team = { selectedConfigurationId: "ext:team" };
    await window.paragon.updateIntegrationUserSettings("slack", { channel: "C000000002" }, team);
  }, credentialId);
  const state = await host.integration("slack");
  expect(state.sharedSettings).toEqual({});
  const team = state.allConfigurations.find(({ externalId }) => externalId === "team");
  expect(team?.sharedSettings).toEqual({ channel: "C000000002" });
});
