// Box's picker, under Box's name and with the protocol of Box UI Elements.

import type { Page } from "@playwright/test";
import { expect, SDKS, test } from "./support/vendors/test.ts";
import { HOSTS } from "./support/vendors/server.ts";

const CONFIG = { folderId: "0" };
const STYLE = "/platform/elements/21.0.0/en-US/picker.css";

type Shown = { kind: string; folderId: string; token: string; options: Record<string, unknown> };
declare global {
  interface Window {
    boxes: Shown[];
  }
}

const shown = (page: Page) => page.evaluate(() => window.boxes.at(-1)!);

for (const { sdk, foreign } of SDKS) {
  test.describe(`with ${sdk}`, () => {
    test.use({ sdk, foreign });

    test("shows the folder with Box's options, and tells what was chosen", async ({ pickers, host }) => {
      await host.connect("box");
      const allowed = { canUpload: true, canDownload: true, canDelete: false, canRename: false, canMove: false, canCopy: true };
      for (const [options, kind, expected, file] of [
        [{}, "FilePicker", { ...allowed, maxSelectable: 1 }, { id: "11", name: "Report.pdf" }],
        [{ allowFolderSelect: true }, "FolderPicker", { canSelectFolder: true }, { id: "12", type: "folder" }],
        [{ allowedTypes: ["pdf"], integrationOptions: { box: { maxSelectable: 7, canDelete: true } } }, "FilePicker", { extensions: ["pdf"], maxSelectable: 7, canDelete: true }, { id: "11" }],
      ] as const) {
        expect(await pickers.make("box", options as never, CONFIG)).toEqual({ value: true });
        await pickers.told();
        expect(await pickers.open()).toBe(true);
        await host.page.locator(".be button", { hasText: "Choose" }).click();
        const last = await shown(host.page);
        expect(last).toMatchObject({ kind, folderId: "0", token: expect.stringMatching(/^bx\./), options: expected });
        expect((await pickers.told()).slice(0, 2)).toEqual(["onOpen", "onFileSelect"]);
        expect((await pickers.files()).at(-1)).toMatchObject([file]);
        await expect(host.page.locator(".be")).toHaveCount(0);
      }
      await pickers.make("box", { allowMultiSelect: true }, CONFIG);
      await pickers.open();
      await expect(host.page.locator(".be")).toHaveCount(1);
      expect((await shown(host.page)).options["maxSelectable"]).toBeUndefined();
    });
  });
}

test("is cancelled and closed, and opens again", async ({ pickers, host }) => {
  await host.connect("box");
  await pickers.make("box", {}, CONFIG);
  await pickers.told();
  for (const [button, told] of [["Cancel", "onCancel"], ["Choose", "onFileSelect"]] as const) {
    await pickers.open();
    await host.page.locator(".be button", { hasText: button }).click();
    expect(await pickers.told()).toEqual(["onOpen", told, "onClose"]);
    await expect(host.page.locator("body > div")).toHaveCount(0);
  }
});

test("fills a place of its own on the page, or the app's", async ({ pickers, host }) => {
  await host.connect("box");
  await pickers.make("box", {}, CONFIG);
  await pickers.open();
  const box = (await host.page.locator("body > div").boundingBox())!;
  const { width, height } = host.page.viewportSize()!;
  expect([box.width, Math.round(box.height)]).toEqual([width, Math.round(height * 0.8)]);
  await host.page.evaluate(() => document.body.append(Object.assign(document.createElement("section"), { id: "place" })));
  await pickers.make("box", { integrationOptions: { box: { container: "#place" } } }, CONFIG);
  await pickers.open();
  await expect(host.page.locator("#place .be")).toHaveCount(1);
});

test("keeps its stylesheet in a frame if asked to", async ({ pickers, host }) => {
  await host.connect("box");
  const scoped = { integrationOptions: { box: { scopeCSS: true } } };
  expect(await pickers.make("box", scoped, CONFIG)).toEqual({ value: true });
  await pickers.told();
  await expect(host.page.locator("link[rel=stylesheet]")).toHaveCount(0);
  await expect(host.page.locator("iframe")).toBeHidden();
  expect(await pickers.open()).toBe(true);
  await expect(host.page.locator("iframe")).toBeVisible();
  const frame = host.page.frameLocator("iframe");
  await expect(frame.locator("link[rel=stylesheet]")).toHaveCount(1);
  await frame.locator(".be button", { hasText: "Choose" }).click();
  expect(await pickers.told()).toEqual(["onOpen", "onFileSelect", "onClose"]);
  await expect(host.page.locator("iframe")).toBeHidden();
  expect(await host.page.evaluate(() => "Box" in window)).toBe(false);
  // A page that throws the frame away gets another.
  await host.page.evaluate(() => document.querySelector("iframe")!.remove());
  expect(await pickers.init(CONFIG)).toEqual({ value: true });
  expect(await pickers.open()).toBe(true);
  await expect(frame.locator(".be")).toHaveCount(1);
});

test("a stylesheet that does not come rejects init, and a later init tries again", async ({ pickers, host, vendors }) => {
  await host.connect("box");
  vendors.down.add(HOSTS.box);
  expect(await pickers.make("box", {}, CONFIG)).toMatchObject({ error: { code: "PICKER_NOT_LOADED" } });
  vendors.down.clear();
  expect(await pickers.init(CONFIG)).toEqual({ value: true });
  expect(await pickers.init(CONFIG)).toEqual({ value: true });
  await expect(host.page.locator("link[rel=stylesheet]")).toHaveCount(1);
  expect(vendors.asked.filter(({ path }) => path === STYLE).length).toBeLessThanOrEqual(2);
});

test("a picker that cannot be shown is not open", async ({ pickers, host }) => {
  await host.connect("box");
  await pickers.make("box", { integrationOptions: { box: { container: "#nowhere" } } }, CONFIG);
  await pickers.told();
  expect(await pickers.open()).toBe(false);
  expect(await pickers.told()).toEqual(["onCancel", "onClose"]);
  expect(await host.user()).toMatchObject({ authenticated: true });
});
