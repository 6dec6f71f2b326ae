// Google Drive's picker, under Google's name and with Google's protocol.

import { expect, SDKS, test } from "./support/vendors/test.ts";
import { HOSTS } from "./support/vendors/server.ts";

const CONFIG = { developerKey: "developer-key", appId: "app-id" };

type Built = { setOAuthToken: string[] };
declare global {
  interface Window {
    pickers: Built[];
  }
}

for (const { sdk, foreign } of SDKS) {
  test.describe(`with ${sdk}`, () => {
    test.use({ sdk, foreign });

    test("is built as asked, and tells what was chosen", async ({ pickers, host }) => {
      await host.connect("googledrive");
      const options = {
        allowedTypes: ["application/pdf", "image/png"],
        allowMultiSelect: true,
        allowFolderSelect: true,
        integrationOptions: { googledrive: { viewMode: "grid", includeFolders: true, enableSharedDrives: true } },
      };
      expect(await pickers.make("googledrive", options as never, CONFIG)).toEqual({ value: true });
      const [built] = await host.page.evaluate(() => window.pickers);
      expect(built).toMatchObject({
        setOAuthToken: [expect.stringMatching(/^ya29\./)],
        setDeveloperKey: ["developer-key"],
        setSelectableMimeTypes: ["application/pdf,image/png"],
        features: ["multiselectEnabled"],
        views: [
          { id: "all", told: { setSelectFolderEnabled: [true], setMode: ["grid"] } },
          { id: "all", told: { setSelectFolderEnabled: [true], setMode: ["grid"], setEnableDrives: [true] } },
        ],
      });
      expect(await pickers.told().then((told) => told.filter((name) => name === "onOpen"))).toEqual([]);
      expect(await pickers.open()).toBe(true);
      await host.page.getByRole("button", { name: "Select" }).click();
      expect(await pickers.told()).toEqual(["onOpen", "onFileSelect", "onClose"]);
      expect(await pickers.files()).toMatchObject([{ docs: [{ id: "file-report" }, { id: "file-plan" }], viewToken: ["all", null, {}] }]);
      expect(await host.page.evaluate(() => window.picker.getInstance() !== null)).toBe(true);
    });
  });
}

test("can be cancelled, and opened again", async ({ pickers, host }) => {
  await host.connect("googledrive");
  await pickers.make("googledrive", {}, CONFIG);
  await pickers.told();
  await pickers.open();
  await host.page.getByRole("button", { name: "Fail" }).click();
  await host.page.getByRole("button", { name: "Cancel" }).click();
  expect(await pickers.told()).toEqual(["onOpen", "onCancel", "onClose"]);
  await pickers.open();
  await expect(host.page.locator(".picker-dialog")).toHaveCount(1);
  await host.page.getByRole("button", { name: "Select" }).click();
  expect(await pickers.told()).toEqual(["onOpen", "onFileSelect", "onClose"]);
  await expect(host.page.locator(".picker-dialog")).toHaveCount(0);
});

test("loads Google's script once, however many ask at once", async ({ pickers, host, vendors }) => {
  void pickers;
  await host.connect("googledrive");
  const results = await host.page.evaluate(
    (config) =>
      Promise.all(
        Array.from({ length: 5 }, () => new window.paragon.ExternalFilePicker("googledrive", {}).init(config)),
      ),
    CONFIG,
  );
  expect(results).toEqual(Array(5).fill(true));
  expect(vendors.count("/js/api.js")).toBe(1);
  await expect(host.page.locator("script[src^='https://']")).toHaveCount(1);
});

test("a script that does not come rejects init, and a later init tries again", async ({ pickers, host, vendors }) => {
  await host.connect("googledrive");
  vendors.down.add(HOSTS.google);
  const { error } = await pickers.make("googledrive", {}, CONFIG);
  expect(error).toMatchObject({ name: "FilePickerError", code: "PICKER_NOT_LOADED", retryable: true });
  expect(await pickers.open()).toBe(false);
  await expect(host.page.locator("script[src^='https://']")).toHaveCount(0);
  vendors.down.clear();
  expect(await pickers.init(CONFIG)).toEqual({ value: true });
  expect(await pickers.open()).toBe(true);
});

test("takes the nonce that the app gives before that of the page", async ({ pickers, host, vendors }) => {
  await host.connect("googledrive");
  const blocked = await pickers.make("googledrive", {}, { ...CONFIG, nonce: "another" }).catch(() => undefined);
  expect(blocked?.error).toMatchObject({ code: "PICKER_NOT_LOADED" });
  expect(vendors.count("/js/api.js")).toBe(0);
  host.expected = /nonce/;
});

test("a callback that throws hurts nobody", async ({ pickers, host }) => {
  await host.connect("googledrive");
  await pickers.make("googledrive", {}, CONFIG);
  await pickers.told();
  await host.page.evaluate(async (config) => {
    const fail = () => {
      throw new Error("the app's own fault");
    };
    const onClose = () => window.recorder.order.push("onClose");
    window.picker = new window.paragon.ExternalFilePicker("googledrive", { onOpen: fail, onFileSelect: fail, onClose });
    await window.picker.init(config);
  }, CONFIG);
  expect(await pickers.open()).toBe(true);
  await host.page.getByRole("button", { name: "Select" }).click();
  expect(await pickers.told()).toEqual(["onClose"]);
});

test("goes with its user, and the token is nowhere to be seen", async ({ pickers, host, vendors }) => {
  await host.connect("googledrive");
  await pickers.make("googledrive", {}, CONFIG);
  await pickers.told();
  await pickers.open();
  const token = await host.page.evaluate(() => window.pickers[0]!.setOAuthToken[0]!);
  await host.page.evaluate(() => window.paragon.logout());
  expect(await pickers.told()).toEqual(["onOpen", "onCancel", "onClose"]);
  await expect(host.page.locator(".picker-dialog")).toHaveCount(0);
  expect(await host.click("open")).toMatchObject({ error: { code: "USER_NOT_AUTHENTICATED" } });
  const traces = await host.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, window.recorder.log, location.href, document.documentElement.outerHTML]));
  expect(traces).not.toContain(token);
  expect(JSON.stringify(vendors.asked)).not.toContain(token);
});

test("needs a key, an account, and a vendor", async ({ pickers, host }) => {
  expect(await pickers.make("googledrive", {}, CONFIG)).toMatchObject({ error: { code: "INTEGRATION_NOT_INSTALLED" } });
  expect(await pickers.init({})).toMatchObject({ error: { code: "ARGUMENT_INVALID" } });
  const refused = await host.page.evaluate(() => {
    try {
      return new window.paragon.ExternalFilePicker("slack", {}).open();
    } catch (thrown) {
      return window.recorder.report(thrown);
    }
  });
  expect(refused).toMatchObject({ code: "PICKER_UNKNOWN" });
});
