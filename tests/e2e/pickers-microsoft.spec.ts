// OneDrive's and SharePoint's picker: Microsoft's page in a popup, under Microsoft's names and with its File Picker v8.

import type { Page } from "@playwright/test";
import { closes } from "./support/consent.ts";
import { expect, SDKS, test } from "./support/vendors/test.ts";
import { HOSTS, type Vendors } from "./support/vendors/server.ts";

type Heard = {
  options: { messaging: { origin: string; channelId: string } };
  messages: { type: string }[];
  results: { acknowledged: boolean; data: { result: string; error?: { code: string; message: string } } }[];
  token?: string;
};
declare global {
  interface Window {
    heard: Heard;
    command: (data: unknown) => Promise<unknown>;
    odd: () => void;
  }
}

const PAGE = "/_layouts/15/FilePicker.aspx";
const posted = (vendors: Vendors) => vendors.asked.filter(({ method }) => method === "POST");
const button = (popup: Page, name: string) => popup.getByRole("button", { name });

/** The page has its token, or was told that there is none. */
const settled = (popup: Page) => expect(popup.locator("body")).toHaveAttribute("data-state", "ready");

for (const { sdk, foreign } of SDKS) {
  test.describe(`with ${sdk}`, () => {
    test.use({ sdk, foreign });
    for (const [type, host_, folder] of [
      ["onedrive", HOSTS.onedrive, ""],
      ["sharepoint", HOSTS.sharepoint, "/sites/team"],
    ] as const) {
      test(`${type} posts the token to the account's page, and tells what was chosen`, async ({ pickers, host, vendors }) => {
        await host.connect(type);
        const options = { allowMultiSelect: true, allowFolderSelect: true, allowedTypes: [".pdf"] };
        expect(await pickers.make(type, options, {})).toEqual({ value: true });
        await pickers.told();
        const popup = await host.clickForPopup("open");
        await button(popup, "Select").waitFor();
        const [form] = posted(vendors);
        expect(form).toMatchObject({ host: host_, path: `${folder}${PAGE}`, body: expect.stringMatching(/^access_token=./) });
        const given = JSON.parse(new URLSearchParams(form!.query).get("filePicker")!);
        const oneDrive = { oneDrive: { files: { fallbackToRoot: true } } };
        const site = { sharePoint: { byPath: { list: `https://${host_}${folder}/Shared Documents`, fallbackToRoot: true } } };
        const pivots =
          type === "onedrive"
            ? { oneDrive: true, recent: true, shared: true }
            : { shared: true, oneDrive: false, sharedLibraries: true, site: true };
        expect(given).toEqual({
          sdk: "8.0",
          entry: type === "onedrive" ? oneDrive : site,
          search: { enabled: true },
          messaging: { origin: new URL(host.page.url()).origin, channelId: expect.any(String) },
          selection: { mode: "multiple" },
          typesAndSources: { mode: "folders", filters: [".pdf"], pivots },
        });
        await expect.poll(() => popup.evaluate(() => window.heard.messages[0])).toEqual({ type: "activate" });
        await button(popup, "Select").click();
        await closes(popup);
        await expect.poll(() => pickers.told()).toEqual(["onOpen", "onFileSelect", "onClose"]);
        expect(await pickers.files()).toMatchObject([[{ id: "01REPORT", name: "Report.pdf" }]]);
        expect(await host.page.evaluate(() => window.picker.getInstance())).toBeNull();
      });
    }
  });
}

test("acknowledges and answers every command", async ({ pickers, host, vendors }) => {
  await host.connect("onedrive");
  await pickers.make("onedrive");
  const popup = await host.clickForPopup("open");
  await settled(popup);
  const form = posted(vendors)[0]!;
  const token = new URLSearchParams(form.body).get("access_token")!;
  expect(await popup.evaluate(() => window.heard.token)).toBe(token);
  await button(popup, "Other").click();
  await expect.poll(() => popup.evaluate(() => window.heard.results.length)).toBe(2);
  const [first, second] = await popup.evaluate(() => window.heard.results);
  expect(first).toMatchObject({ acknowledged: true, data: { result: "token" } });
  const refused = { result: "error", error: { code: "unsupportedCommand", message: "dance" } };
  expect(second).toMatchObject({ acknowledged: true, data: refused });
  // What cannot be sent back changes nothing.
  await popup.evaluate(() => window.odd());
  await host.page.evaluate(() => window.paragon.getUser());
  await button(popup, "Other").click();
  await expect.poll(() => popup.evaluate(() => window.heard.results.length)).toBe(3);
  // The token is in the form, and nowhere else.
  const seen = vendors.asked.map(({ path, query, referer }) => path + query + referer).join();
  expect(seen + popup.url() + host.page.url()).not.toContain(token);
});

test("gives a renewed token when the page asks for one", async ({ pickers, host, vendors, platform, normalSandbox }) => {
  void normalSandbox;
  await platform.control({ accessTokenLifetime: 30 });
  await host.connect("onedrive");
  await pickers.make("onedrive");
  const popup = await host.clickForPopup("open");
  await settled(popup);
  const first = new URLSearchParams(posted(vendors)[0]!.body).get("access_token")!;
  // Tokens that live for half a minute are renewed whenever they are asked for.
  const second = await popup.evaluate(() => window.heard.token);
  const again = await popup.evaluate(() => window.command({ command: "authenticate" }));
  expect(again).toMatchObject({ result: "token", token: expect.stringMatching(/./) });
  expect(new Set([first, second, (again as { token: string }).token]).size).toBe(3);
});

test("tells the page if there is no token any more", async ({ pickers, host, platform, normalSandbox }) => {
  void normalSandbox;
  await host.connect("onedrive");
  await pickers.make("onedrive");
  const popup = await host.clickForPopup("open");
  await settled(popup);
  await host.page.evaluate(() => window.paragon.uninstallIntegration("onedrive"));
  const answer = await popup.evaluate(() => window.command({ command: "authenticate" }));
  expect(answer).toMatchObject({ result: "error", error: { code: "unableToObtainToken" } });
  expect(await platform.credentials(host.userId)).toEqual([]);
});

for (const how of ["in the page", "by closing its window"]) {
  test(`cancelled ${how}`, async ({ pickers, host }) => {
    await host.connect("onedrive");
    await pickers.make("onedrive");
    await pickers.told();
    const popup = await host.clickForPopup("open");
    await settled(popup);
    if (how === "in the page") await button(popup, "Cancel").click();
    else await popup.close();
    await closes(popup);
    await expect.poll(() => host.page.evaluate(() => window.recorder.order)).toEqual(["onOpen", "onCancel", "onClose"]);
    const next = await host.clickForPopup("open");
    await settled(next);
  });
}

test("a blocked popup is told at once", async ({ pickers, host }) => {
  await host.connect("sharepoint");
  await pickers.make("sharepoint");
  await pickers.told();
  const opened = await host.page.evaluate(() => {
    window.open = () => null;
    return window.picker.open();
  });
  expect(opened).toBe(false);
  expect(await pickers.told()).toEqual(["onCancel", "onClose"]);
});

test("hears its own popup only, from Microsoft's page only", async ({ pickers, host, context }) => {
  await host.connect("onedrive");
  await pickers.make("onedrive");
  await pickers.told();
  const popup = await host.clickForPopup("open");
  await settled(popup);
  const { channelId } = await popup.evaluate(() => window.heard.options.messaging);
  // The right message, from the page itself: the right channel, the wrong window.
  const heard = await host.page.evaluate(async (channelId) => {
    const { port1, port2 } = new MessageChannel();
    const said: unknown[] = [];
    port1.onmessage = ({ data }) => said.push(data);
    window.postMessage({ type: "initialize", channelId }, window.origin, [port2]);
    await new Promise<void>((resolve) => {
      window.addEventListener("message", () => resolve(), { once: true });
      window.postMessage("after it", window.origin);
    });
    return said;
  }, channelId);
  expect(heard).toEqual([]);
  // The right window, but it has gone elsewhere.
  await popup.route(`https://${HOSTS.foreign}/`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<script>const { port1, port2 } = new MessageChannel(); window.said = [];
        port1.onmessage = ({ data }) => said.push(data);
        opener.postMessage({ type: "initialize", channelId: ${JSON.stringify(channelId)} }, "*", [port2]);
        opener.postMessage("after it", "*");
        window.answered = new Promise((resolve) => { window.onmessage = resolve; });</script>`,
    }),
  );
  // What the page says after it is answered by the test itself, so all that the SDK had to say has been said.
  await host.page.evaluate(() =>
    window.addEventListener("message", ({ data, source }) => data === "after it" && (source as Window).postMessage("heard", "*")),
  );
  await popup.goto(`https://${HOSTS.foreign}/`);
  const said = await popup.evaluate(async () => {
    const page = window as never as { said: unknown[]; answered: Promise<unknown> };
    await page.answered;
    return page.said;
  });
  expect(said).toEqual([]);
  expect(await pickers.told()).toEqual(["onOpen"]);
  expect(context.pages()).toHaveLength(2);
});

test("a logout closes it", async ({ pickers, host }) => {
  await host.connect("sharepoint");
  await pickers.make("sharepoint");
  await pickers.told();
  const popup = await host.clickForPopup("open");
  await settled(popup);
  await host.page.evaluate(() => window.paragon.logout());
  await closes(popup);
  expect(await pickers.told()).toEqual(["onOpen", "onCancel", "onClose"]);
  expect(await host.click("open")).toMatchObject({ error: { code: "USER_NOT_AUTHENTICATED" } });
});
