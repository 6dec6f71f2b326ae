// Flows that are taken up again after the page was loaded anew, and flows as a loop.

import { allow, arrive, closes, deny } from "./support/consent.ts";
import type { Host } from "./support/host.ts";
import { expect, test } from "./support/test.ts";

test("an account that was left waiting for its answers is completed after a reload", async ({ host, platform }) => {
  await host.signIn();
  await allow(await host.startForPopup("jira"));
  await host.until({ kind: "stage", stage: "postOptions" });
  await host.signIn();
  expect(await host.integration("jira")).toMatchObject({ enabled: false, credentialStatus: "PENDING" });

  await host.click("resume", "jira");
  const { stage } = await host.until({ kind: "stage", stage: "postOptions" });
  expect(stage).toMatchObject({ options: [{ id: "site" }, { id: "project" }] });
  const choices = await host.page.evaluate(async () => {
    const choose = async (action: string, parameters: never[] = []) =>
      (await window.paragon.getFieldOptions({ integration: "jira", action, parameters })).data[0] as { value: string };
    const site = (await choose("sites")).value;
    return { site, project: (await choose("projects", [{ key: "site", source: { type: "VALUE", value: site } }] as never)).value };
  });
  await host.setPostOptions(choices);
  await host.until({ kind: "complete" });
  expect(await host.integration("jira")).toMatchObject({ enabled: true });
  expect(await platform.credentials(host.userId, "jira")).toHaveLength(1);
});

test("an account that waits can be given up instead", async ({ host, platform }) => {
  await host.signIn();
  await allow(await host.startForPopup("jira"));
  await host.until({ kind: "stage", stage: "postOptions" });
  await host.signIn();
  await host.click("resume", "jira");
  await host.until({ kind: "stage", stage: "postOptions" });
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
  await expect.poll(() => platform.credentials(host.userId, "jira")).toEqual([]);
});

declare global {
  interface Window {
    stages: unknown[];
  }
}

// A click that begins a loop; each stage, and how the loop ends, is written down. `leave`: the stage at which to leave it.
const loop = (host: Host, type: string, leave?: string) =>
  host.page.evaluate(
    ([type, leave]) => {
      window.stages = [];
      document.querySelector<HTMLButtonElement>("#go")!.onclick = async () => {
        try {
          for await (const stage of window.paragon.installFlow.run(type!)) {
            window.stages.push("error" in stage && stage.error ? [stage.stage, stage.error.code] : stage.stage);
            if (stage.stage === leave) break;
            if (stage.done) window.stages.push(stage.event.integrationType);
          }
          window.stages.push("over");
        } catch (error) {
          window.stages.push((error as { code: string }).code);
        }
      };
    },
    [type, leave] as const,
  );

const seen = (host: Host) => expect.poll(() => host.page.evaluate(() => window.stages));

const popupOf = async (host: Host) => {
  const popup = host.page.waitForEvent("popup");
  await host.page.locator("#go").click();
  return popup;
};

test("a loop over the stages: a failed one comes again with its error, the last tells what was connected", async ({ host }) => {
  await host.signIn();
  await loop(host, "slack");
  await deny(await popupOf(host));
  await seen(host).toEqual(["oauth", ["oauth", "OAUTH_DENIED"]]);
  await allow(await host.clickForPopup("retry"));
  await seen(host).toEqual(["oauth", ["oauth", "OAUTH_DENIED"], "done", "slack", "over"]);
  expect(await host.integration("slack")).toMatchObject({ enabled: true });

  // And one that cannot begin.
  await loop(host, "slack");
  await host.page.locator("#go").click();
  await seen(host).toEqual(["INTEGRATION_ALREADY_INSTALLED"]);
});

test("leaving the loop cancels the flow", async ({ host, platform }) => {
  await host.signIn();
  await loop(host, "jira", "postOptions");
  await allow(await popupOf(host));
  await seen(host).toEqual(["oauth", "postOptions", "over"]);
  await expect.poll(() => platform.credentials(host.userId, "jira")).toEqual([]);
});

for (const [how, end] of [
  ["cancel()", () => void window.paragon.installFlow.cancel()],
  ["logout()", () => window.paragon.logout()],
  ["another flow", () => window.paragon.installFlow.start("sendgrid", {})],
] as const) {
  test(`a loop ends with its flow, by ${how}`, async ({ host }) => {
    await host.signIn();
    await loop(host, "slack");
    const popup = await popupOf(host);
    await arrive(popup);
    await host.page.evaluate(end);
    await closes(popup);
    await seen(host).toEqual(["oauth", "over"]);
    if (how === "another flow") {
      const { stage } = await host.page.evaluate(() => window.paragon.installFlow.next());
      expect(stage).toBe("preOptions");
    }
  });
}
