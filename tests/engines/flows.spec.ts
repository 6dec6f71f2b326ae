// The core flows, the same in every engine: import, the first call, the popup and its ends, requests, events, the portal.

import { allow, arrive, closes, deny } from "../e2e/support/consent.ts";
import type { Host } from "../e2e/support/host.ts";
import { fact } from "./facts.ts";
import { expect, test } from "./test.ts";

const seen = (host: Host) => host.page.evaluate(() => window.watched);
const kinds = async (host: Host) => (await host.log()).map(({ kind }) => kind);

/** The flow ended with this error, once, in the stage `oauth`, and nothing is connected. */
async function failedOnce(host: Host, error: object): Promise<void> {
  expect(await host.until({ kind: "error" })).toMatchObject({ at: "oauth", error });
  expect(await kinds(host)).toEqual(["stage", "error"]);
  expect(await host.platform.credentials(host.userId)).toEqual([]);
}

test("importing compiles nothing; the first call compiles, in the click's own turn", async ({ host }) => {
  await host.open();
  expect((await seen(host)).compiled).toEqual([]);
  expect((await host.click("configureGlobal", host.platform.base)).error).toBeUndefined();
  expect((await seen(host)).compiled).toEqual(["click"]);
});

test("a page whose policy forbids WebAssembly gets an error that names the policy", async ({ host }) => {
  host.noWasm = true;
  host.expected = /script-src/;
  await host.open();
  const { error } = await host.click("configureGlobal", host.platform.base);
  expect(error).toMatchObject({ code: "WASM_REFUSED", message: expect.stringContaining("'wasm-unsafe-eval'") });
  fact("a policy without `'wasm-unsafe-eval'` stops the module", (await seen(host)).isRefused ? "when it is compiled" : "when it is instantiated");
});

test("allowed: the popup opens in the click's own turn, the account is there, events come in their order", async ({ host }) => {
  await host.signIn();
  await allow(await host.startForPopup("slack"), "grace");
  const { event } = await host.until({ kind: "complete" });
  expect(await host.integration("slack")).toMatchObject({ enabled: true, credentialStatus: "VALID", credentialId: event.credentialId });
  expect(await host.order()).toEqual(["onNext oauth", "onIntegrationInstall", "onComplete"]);
  expect((await seen(host)).opened).toEqual([{ during: "click", isOpen: true }]);
});

test("denied: the provider's reason; then allowed by retry()", async ({ host }) => {
  await host.signIn();
  await deny(await host.startForPopup("slack"));
  await failedOnce(host, { name: "OAuthDeniedError" });
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
  expect(await host.integration("slack")).toMatchObject({ enabled: true });
});

test("closed by the user: reported", async ({ host }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await popup.close();
  await failedOnce(host, { name: "OAuthPopupClosedError" });
});

test("blocked by the browser: reported; retry() in a click works", async ({ host }) => {
  await host.signIn();
  await host.click("startLate", "slack");
  const { error } = await host.until({ kind: "error" });
  expect(error).toMatchObject({ name: "OAuthBlockedError", code: "OAUTH_BLOCKED" });
  expect((await seen(host)).opened).toEqual([{ during: "none", isOpen: false }]);
  await allow(await host.clickForPopup("retry"));
  await host.until({ kind: "complete" });
});

test("what the engine's blocker lets pass", async ({ host }) => {
  await host.open();
  const passes = (isOpen: unknown) => (isOpen ? "opened" : "blocked");
  const { value } = await host.click("openTwo");
  const [first, second] = value as [boolean, boolean];
  expect(first).toBe(true);
  fact("a second window in the same click", passes(second));
  fact("a window half a second after the click", passes((await host.click("openAfter", 500)).value));
  fact("a window two seconds after the click", passes((await host.click("openAfter", 2_000)).value));
  fact("a window six seconds after the click", passes((await host.click("openAfter", 6_000)).value));
});

test("cancel() closes the popup, and says nothing", async ({ host }) => {
  await host.signIn();
  const popup = await host.startForPopup("slack");
  await arrive(popup);
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
  await closes(popup);
  expect(await kinds(host)).toEqual(["stage"]);
});

for (const who of ["the provider's page", "the app's page"]) {
  test(`completes although ${who} severs the popup from its opener`, async ({ host, platform }) => {
    host.isolated = who === "the app's page";
    await platform.control({ coop: !host.isolated });
    await host.signIn();
    await host.lookAway();
    await host.connect("slack");
    expect(await host.integration("slack")).toMatchObject({ enabled: true });
    expect(await kinds(host)).toEqual(["stage", "complete"]);
  });
}

test("a reload: the user signs in again, and the account is there", async ({ host }) => {
  await host.signIn();
  const id = await host.connect("slack");
  await host.signIn();
  expect(await host.integration("slack")).toMatchObject({ enabled: true, credentialId: id });
});

test("a request with JSON both ways, and one that the provider refuses", async ({ host }) => {
  await host.signIn();
  await host.connect("slack");
  const body = { channel: "#general", text: "Hello from another engine" };
  expect(await host.request("slack", "/chat.postMessage", { method: "POST", body })).toMatchObject({ value: { ok: true, message: { text: body.text } } });
  const { error } = await host.request("slack", "https://example.com/x");
  expect(error).toMatchObject({ name: "ProxyRequestError", status: 400 });
});

test("a file comes byte for byte, in every form; bytes and forms are uploaded as they are", async ({ host, platform }) => {
  await host.signIn();
  await host.connect("googledrive");
  const found = await host.page.evaluate(async (upload) => {
    const { paragon } = window;
    const sent = crypto.getRandomValues(new Uint8Array(60_000));
    const form = new FormData();
    form.append("file", new Blob([sent]), "bytes.bin");
    const hash = async (bytes: BufferSource) =>
      [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const ids = [];
    for (const body of [sent, new Blob([sent], { type: "application/octet-stream" }), form]) {
      ids.push((await paragon.request<{ id: string }>("googledrive", upload, { method: "POST", body }))!.id);
    }
    const [plain, blob, parts] = ids.map((id) => `/files/${id}?alt=media`) as [string, string, string];
    const stream = await paragon.request("googledrive", plain, { responseType: "stream" });
    const response = await paragon.request("googledrive", blob, { responseType: "response" });
    const answers = [
      await paragon.request("googledrive", plain, { responseType: "arrayBuffer" }),
      await (await paragon.request("googledrive", blob, { responseType: "blob" })).arrayBuffer(),
      await new Response(stream).arrayBuffer(),
      await response.arrayBuffer(),
    ];
    const multipart = new Uint8Array(await paragon.request("googledrive", parts, { responseType: "arrayBuffer" }));
    const at = multipart.findIndex((_, index) => sent.subarray(0, 32).every((byte, offset) => multipart[index + offset] === byte));
    answers.push(multipart.slice(at, at + sent.length).buffer);
    return { sent: await hash(sent), received: await Promise.all(answers.map(hash)) };
  }, `${platform.sandbox}/google/upload/drive/v3/files?uploadType=media`);
  expect(found.received).toEqual(Array.from({ length: 5 }, () => found.sent));
});

test("a body that streams arrives whole, or is refused with a code", async ({ host, platform }) => {
  await host.signIn();
  await host.connect("googledrive");
  const found = await host.page.evaluate(async (upload) => {
    const body = new Blob(["in pieces"]).stream();
    try {
      const made = await window.paragon.request<{ id: string }>("googledrive", upload, { method: "POST", body, duplex: "half" } as object);
      return { text: await window.paragon.request("googledrive", `/files/${made!.id}?alt=media`, { responseType: "text" }) };
    } catch (error) {
      return { code: (error as { code: string }).code };
    }
  }, `${platform.sandbox}/google/upload/drive/v3/files?uploadType=media`);
  expect([undefined, "REQUEST_INVALID", "NETWORK_ERROR"]).toContain(found.code);
  fact("`request()` with a `ReadableStream` as its body, over HTTP/1.1", found.code ? `\`${found.code}\`` : "sent");
  if (!found.code) expect(found.text).toBe("in pieces");
});

test("an aborted request ends at once; a timeout has its code", async ({ host, platform }) => {
  await host.signIn();
  await host.connect("slack");
  const slow = await platform.local.faults.add({ on: "proxy", user: host.userId, effect: { kind: "slow", ms: 60_000 } });
  const names = await host.page.evaluate(async () => {
    const controller = new AbortController();
    const name = ({ code, name }: { code?: string | number; name: string }) => (typeof code === "string" ? code : name);
    const aborted = window.paragon.request("slack", "auth.test", { signal: controller.signal }).then(() => "answered", name);
    controller.abort();
    return [await aborted, await window.paragon.request("slack", "auth.test", { timeout: 200 }).then(() => "answered", name)];
  });
  await slow.remove();
  expect(names).toEqual(["AbortError", "REQUEST_TIMEOUT"]);
});

test("an app event reaches the platform", async ({ host, platform }) => {
  await host.signIn();
  await host.page.evaluate(() => window.paragon.event("Task Created", { id: 7, title: "In every engine" }));
  const [call] = await platform.local.journal.wait({ kind: "hermes", user: host.userId }, { timeoutMs: 30_000 });
  expect(call).toMatchObject({ status: 201, request: { body: { payload: { id: 7, title: "In every engine" } } } });
});

test("uninstalled: the account is gone, subscribers hear of it", async ({ host, platform }) => {
  await host.signIn();
  await host.connect("slack");
  await host.page.evaluate(() => window.paragon.uninstallIntegration("slack"));
  expect(await host.integration("slack")).toMatchObject({ enabled: false, allCredentials: [] });
  expect((await host.events()).at(-1)).toMatchObject({ name: "onIntegrationUninstall", userIsThere: true });
  expect(await platform.credentials(host.userId, "slack")).toEqual([]);
});

for (const site of ["the platform's site", "another site"]) {
  test(`the portal, in a page of ${site}: opens, connects in a popup, disconnects, closes`, async ({ host, tab, platform }) => {
    if (site === "another site") host.origin = host.address.replace(/^(http:\/\/)127\.0\.0\.1(:\d+).*$/, "$1localhost$2");
    await host.signIn();
    await host.page.evaluate(() => {
      window.paragon.setHeadless(false);
      window.paragon.connect("slack", {}).catch(() => {});
    });
    const portal = tab.frameAt("#paragon-connect-frame");
    const popup = tab.waitForEvent("popup");
    await portal.locator("[data-testid=connect-button]").click();
    await allow((await popup).page, "grace");
    await portal.locator("[data-testid=stage][data-stage=complete]").waitFor();
    await portal.locator("[data-stage=complete] button").click();
    await portal.locator("[data-testid^=account-][data-status=VALID]").waitFor();
    expect(await host.integration("slack")).toMatchObject({ enabled: true });
    await portal.locator("[data-testid^=disconnect-]").click();
    await portal.locator("[data-testid=confirm-disconnect]").click();
    await expect.poll(() => platform.credentials(host.userId, "slack")).toEqual([]);
    await portal.locator("[aria-label=Close]").click();
    await expect.poll(() => host.order()).toEqual(["onPortalOpen", "onIntegrationInstall", "onIntegrationUninstall", "onPortalClose"]);
  });
}
