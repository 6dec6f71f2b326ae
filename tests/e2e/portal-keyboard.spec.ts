// The portal without a pointer and without eyes: every step by keys, the focus kept and given back, what happens is said, and
// nothing moves for those who do not want it.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { hold } from "./support/look.ts";
import { Keyboard } from "./support/keyboard.ts";
import { Portal } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";

const TYPE = "custom.everyinput";

test.use({
  projectFile: [
    async ({}, use) =>
      use((await readFile("local/src/config/default.toml", "utf8")) + (await readFile("tests/e2e/support/every-input.toml", "utf8"))),
    { scope: "worker" },
  ],
});

/** The app's own button opens the portal, by Enter. */
async function openByKey(page: Page, portal: Portal, type: string): Promise<void> {
  await page.evaluate((type) => {
    const paragon = window.paragon as unknown as { connect: (type: string) => Promise<unknown>; setHeadless: (on: boolean) => void };
    paragon.setHeadless(false);
    document.querySelector<HTMLButtonElement>("#go")!.onclick = () => void paragon.connect(type).catch(() => {});
  }, type);
  await page.locator("#go").focus();
  await page.keyboard.press("Enter");
  await expect(portal.dialog).toBeVisible();
}

test("connects with a key, and gives the focus back to the app's button", async ({ host, page, platform }) => {
  test.slow();
  const portal = new Portal(host);
  const keyboard = new Keyboard(portal);
  await host.signIn();
  await openByKey(page, portal, "sendgrid");
  await keyboard.isKept();
  // Once around, and back the other way.
  for (let stop = 0; stop < 8; stop++) {
    await keyboard.press(stop < 6 ? "Tab" : "Shift+Tab");
    await keyboard.isKept();
  }
  await keyboard.to(portal.connectButton);
  await keyboard.press("Enter");
  const key = portal.dialog.getByLabel("API key");
  await expect(key).toBeFocused();
  await keyboard.type("SG.wrong");
  await keyboard.press("Enter");
  await expect(portal.dialog.getByTestId("error")).toBeVisible();
  await keyboard.isKept();
  await keyboard.to(key);
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("SG.local-only.paragon-sandbox-mailer-key");
  await keyboard.press("Enter");
  const list = portal.dialog.getByRole("button", { name: /Mailing list/ });
  await expect(list).toBeFocused();
  await keyboard.choose(list, "Friends of the Brisk Beacon");
  await keyboard.to(portal.button("Finish"));
  await keyboard.press("Enter");
  await portal.expectStage("complete");
  await expect(portal.button("Done")).toBeFocused();
  await keyboard.press("Enter");
  await expect(portal.accounts).toHaveAttribute("data-status", "VALID");
  await keyboard.isKept();
  await keyboard.press("Escape");
  await expect(page.locator("#paragon-connect-frame")).toBeHidden();
  await expect(page.locator("#go")).toBeFocused();
  expect(await platform.credentials(host.userId, "sendgrid")).toMatchObject([{ status: "VALID" }]);
});

test("every kind of input, a workflow, and disconnecting", async ({ host, page, platform }) => {
  test.slow();
  await platform.local.seed([{ id: host.userId, accounts: [{ integration: TYPE }] }]);
  const portal = new Portal(host);
  const keyboard = new Keyboard(portal);
  await host.signIn();
  await openByKey(page, portal, TYPE);
  const form = portal.dialog.getByTestId("settings");
  const button = (name: RegExp, group?: string) => (group ? form.getByRole("group", { name: group }) : form).getByRole("button", { name }).first();
  await keyboard.fill(form.getByLabel("Text", { exact: true }), "words");
  await keyboard.fill(form.getByLabel("Number"), "4.5");
  await keyboard.fill(form.getByLabel("E-mail"), "ada@example.com");
  await keyboard.fill(form.getByRole("textbox", { name: "Address optional" }), "https://example.com");
  await keyboard.fill(form.getByLabel("Secret"), "hush");
  await keyboard.to(button(/Show/));
  await keyboard.press("Enter");
  await expect(form.getByLabel("Secret")).toHaveAttribute("type", "text");
  await keyboard.fill(form.getByLabel("Notes"), "one");
  await keyboard.to(form.getByRole("switch", { name: "Toggle" }));
  await keyboard.press("Space");
  await keyboard.choose(button(/^(Choose….*)?Tone/), "Warm");
  await keyboard.choose(button(/Object/, "Object and its field"), "Lead");
  await keyboard.choose(button(/Field/, "Object and its field"), "Company");
  await keyboard.choose(button(/Object/, "Field mapping"), "Contact");
  await keyboard.choose(button(/Title/, "Field mapping"), "Last Name");
  await keyboard.choose(button(/Owner/, "Field mapping"), "Email");
  await keyboard.to(form.getByRole("checkbox", { name: /Write/ }));
  await keyboard.press("Space");
  await keyboard.to(button(/Choose a file/));
  const chooser = page.waitForEvent("filechooser");
  await keyboard.press("Enter");
  await (await chooser).setFiles({ name: "key.pem", mimeType: "text/plain", buffer: Buffer.from("-----KEY-----") });
  await expect(form.getByText("key.pem")).toBeVisible();
  await keyboard.to(form.getByTestId("save-settings"));
  await keyboard.press("Enter");
  await expect(form.getByTestId("save-status")).toHaveAttribute("data-state", "saved");
  expect((await host.integration(TYPE)).sharedSettings).toMatchObject({
    text: "words",
    number: "4.5",
    email: "ada@example.com",
    url: "https://example.com",
    password: "hush",
    area: "one",
    toggle: true,
    tone: "warm",
    combo: { mainInput: "Lead", dependentInput: "Company" },
    mapping: { objectMapping: "Contact", fieldMappings: { Title: "LastName", Owner: "Email" } },
    scopes: "read write",
    file: "-----KEY-----",
  });

  const workflow = portal.dialog.getByRole("switch", { name: "Notify" });
  await keyboard.to(workflow);
  await keyboard.press("Space");
  await keyboard.fill(portal.dialog.getByLabel("Message"), "hello");
  await expect
    .poll(async () => Object.values((await host.integration(TYPE)).workflowSettings ?? {}))
    .toMatchObject([{ enabled: true, settings: { message: "hello" } }]);

  // The question asked first is whether to; the answer that harms nothing has the focus.
  await keyboard.to(portal.dialog.locator("[data-testid^=disconnect-]"));
  await keyboard.press("Enter");
  const question = portal.frame.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(portal.dialog.locator("[data-testid^=disconnect-]")).toBeFocused();
  await keyboard.press("Enter");
  await expect(question).toBeVisible();
  await keyboard.press("Tab", "Enter");
  await expect(portal.accounts).toHaveCount(0);
  await keyboard.isKept();
  await keyboard.press("Escape");
  await expect(page.locator("#go")).toBeFocused();
});

test("what happens is said to those who do not see it", async ({ host, page, platform }) => {
  await platform.local.seed([{ id: host.userId, accounts: [{ integration: "slack" }] }]);
  const portal = new Portal(host);
  await portal.open("slack");
  const said = await listen(portal);
  await portal.choose(/Channel for notifications/, "#");
  const release = await hold(page, "PATCH", /\/sdk\/credentials/);
  await portal.dialog.getByTestId("save-settings").click();
  await expect.poll(said).toContain("Saving…");
  await release();
  await expect.poll(said).toContain("Saved");
  await page.context().setOffline(true);
  await expect.poll(said).toContain("You are offline. Changes are saved when the connection is back.");
  await page.context().setOffline(false);
  await portal.close();

  await portal.show("sendgrid");
  await portal.connectButton.click();
  await expect.poll(said).toContain("SendGrid needs a few details before it can be connected.");
  await portal.dialog.getByLabel("API key").fill("SG.wrong");
  await portal.button("Continue").click();
  await expect.poll(said).toContain("SendGrid did not accept");
  await portal.dialog.getByLabel("API key").fill("SG.local-only.paragon-sandbox-mailer-key");
  await portal.button("Continue").click();
  await portal.expectStage("postOptions");
  await portal.dialog.getByRole("button", { name: /Mailing list/ }).click();
  await portal.frame.getByRole("option").first().click();
  await portal.button("Finish").click();
  await expect.poll(said).toContain("SendGrid is connected");
});

/**
 * Everything that a screen reader is told by itself from now on, as one text: what comes into a live region that was there
 * before, and alerts, which may come whole.
 */
async function listen(portal: Portal): Promise<() => Promise<string>> {
  await portal.frame.locator("body").evaluate((body) => {
    const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    const heard: string[] = [];
    (window as unknown as { heard: string[] }).heard = heard;
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const place = target instanceof Element ? target : target.parentElement;
        const region = place?.closest(live);
        if (region) heard.push(region.textContent ?? "");
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          for (const alert of node.matches("[role=alert]") ? [node] : node.querySelectorAll("[role=alert]")) heard.push(alert.textContent ?? "");
        }
      }
    }).observe(body, { subtree: true, childList: true, characterData: true });
  });
  return () => portal.frame.locator("body").evaluate(() => (window as unknown as { heard: string[] }).heard.join("\n"));
}

for (const reducedMotion of ["reduce", "no-preference"] as const) {
  test(`motion: ${reducedMotion}`, async ({ host, page, platform }) => {
    await page.emulateMedia({ reducedMotion });
    await platform.local.seed([{ id: host.userId, accounts: [{ integration: "slack" }] }]);
    const portal = new Portal(host);
    await portal.open("slack");
    await portal.dialog.getByRole("switch", { name: "Post new tasks" }).press("Space");
    await expect(portal.dialog.getByRole("button", { name: /Which tasks/ })).toBeVisible();
    const release = await hold(page, "PATCH", /\/sdk\/credentials/);
    await portal.choose(/Which tasks/, "Only what is important");
    await expect(portal.dialog.getByTestId("save-status").last()).toHaveAttribute("data-state", "saving");
    const moving = () =>
      portal.frame.locator("body").evaluate(() =>
        document.getAnimations().flatMap(({ effect }) => (effect as KeyframeEffect).getKeyframes().flatMap((frame) => Object.keys(frame).filter((key) => /^(rotate|translate|scale|transform)$/.test(key)))),
      );
    if (reducedMotion === "reduce") expect(await moving()).toEqual([]);
    else expect(await moving()).toContain("rotate");
    await release();
  });
}
