// The portal's frame and its messages: only its own window, only its own origin, only the methods on the list.

import type { Frame, Page } from "@playwright/test";
import { appear, invoke, told, toldLast } from "./support/portal-page.ts";
import { expect, test } from "./support/portal-test.ts";

/** Everything of the page that a message could change. */
const state = (page: Page) =>
  page.evaluate(() => ({
    user: window.paragon.getUser(),
    events: window.recorder.events,
    order: window.recorder.order,
    frame: document.querySelector("#paragon-connect-frame")?.getAttribute("style"),
    body: document.body.getAttribute("style"),
  }));

/** Counts requests to the platform from now on. */
function requests(page: Page, base: string): string[] {
  const seen: string[] = [];
  page.on("request", (request) => request.url().startsWith(base) && seen.push(request.url()));
  return seen;
}

/** All that a portal's page may say, and what a popup's page may. */
const known = (user: string) => [
  ...[
    ["onOpen"],
    ["onClose", true],
    ["updateContainerStyle", { isModalShown: true }],
    ["setModalState", { integration: null }],
    ["updateAuthenticatedUser", { meta: { taken: true } }],
    ["triggerSDKEvent", { type: "onIntegrationInstall", integrationId: "x", integrationType: "slack" }],
    ["sendConnectRequest", "/sdk/me"],
    ["startOAuthFlow", "slack", {}],
    ["_oauthCallback", { integrationId: "x", payload: {} }],
    ["_oauthErrorCallback", "no"],
    ["closePortal"],
    ["getUser"],
    ["uninstallIntegration", "slack"],
    ["configureGlobal", { host: "https://evil.example" }],
    ["authenticate", "x", "y"],
    ["logout"],
  ].map(([type, ...parameters], index) => ({
    messageType: "SDK_FUNCTION_INVOCATION",
    type,
    parameters,
    id: `foreign-${index}`,
  })),
  { messageType: "UI_UPDATE", nextContext: { user: { userId: user } }, nextModalState: {} },
  { messageType: "SDK_FUNCTION_RESPONSE", id: "1", type: "getUser", result: {} },
  { type: "oauth-nonce-loaded" },
  { type: "oauth_success_callback", credential: { id: "x", status: "VALID" } },
  { type: "oauth_error_callback", error: "no", integrationId: "x" },
];

/** Says all of it from this frame, and waits until the page has had every message. */
async function sayAll(page: Page, from: Frame, messages: unknown[]): Promise<void> {
  await page.evaluate(() => {
    window.outcome = undefined;
    addEventListener("message", ({ data }) => data === "that was all" && (window.outcome = { value: "heard" }));
  });
  await from.evaluate((messages) => [...messages, "that was all"].forEach((message) => window.say(message)), messages);
  await expect.poll(() => page.evaluate(() => window.outcome)).toEqual({ value: "heard" });
}

/** Puts a page into a frame of its own into the host page. */
async function embed(page: Page, address: string): Promise<Frame> {
  await page.evaluate((address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
  }, address);
  await expect.poll(() => page.frames().find((frame) => frame.url() === address)).toBeTruthy();
  const frame = page.frames().find((frame) => frame.url() === address)!;
  await frame.waitForLoadState();
  return frame;
}

test("a foreign origin is not heard", async ({ host, portal, elsewhere }) => {
  const frame = await portal.opened(host);
  const { page } = host;
  const before = await state(page);
  const seen = requests(page, host.platform.base);
  const stranger = await embed(page, `${elsewhere.origin}/ui?stranger`);
  await sayAll(page, stranger, known(host.userId));
  expect(await state(page)).toEqual(before);
  expect(seen).toEqual([]);
  expect(await stranger.evaluate(() => window.received)).toEqual([]);
  expect((await toldLast(frame)).nextModalState["integration"].type).toBe("slack");
});

test("the right origin in the wrong window is not heard", async ({ host, portal }) => {
  await portal.opened(host);
  const { page } = host;
  const before = await state(page);
  const seen = requests(page, host.platform.base);
  const twin = await embed(page, `${portal.origin}/ui?twin`);
  await sayAll(page, twin, known(host.userId));
  expect(await state(page)).toEqual(before);
  expect(seen).toEqual([]);
  expect(await twin.evaluate(() => window.received)).toEqual([]);
});

test("a page that the frame was led to elsewhere gets nothing and is not heard", async ({ host, portal, elsewhere }) => {
  const frame = await portal.opened(host);
  const { page } = host;
  await frame.evaluate((address) => location.assign(address), `${elsewhere.origin}/ui?led`);
  const led = () => page.frames().find((frame) => frame.url().startsWith(elsewhere.origin));
  await expect.poll(led).toBeTruthy();
  await led()!.waitForLoadState();
  const before = await state(page);
  const seen = requests(page, host.platform.base);
  await sayAll(page, led()!, known(host.userId));
  expect(await state(page)).toEqual(before);
  expect(seen).toEqual([]);
  // A change that the portal would be told of.
  await page.evaluate(() => window.paragon.setUserMetadata({ changed: "yes" }));
  await page.evaluate(() => window.paragon.closePortal());
  expect(await led()!.evaluate(() => window.received)).toEqual([]);
});

test("only methods on the list can be called", async ({ host, portal }) => {
  const frame = await portal.opened(host);
  const { page } = host;
  const before = await state(page);
  const refused = [
    "configureGlobal",
    "authenticate",
    "logout",
    "setHeadless",
    "connect",
    "installIntegration",
    "request",
    "event",
    "workflow",
    "subscribe",
    "setUserMetadata",
    "flowStart",
    "installFlow",
    "dispose",
    "constructor",
    "__proto__",
    "_proto__",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "",
    "_",
    null,
    7,
    ["getUser"],
    { toString: "getUser" },
  ];
  for (const type of refused) {
    expect(await invoke(frame, type, {}), JSON.stringify(type)).toMatchObject({
      messageType: "SDK_FUNCTION_ERROR",
      error: true,
      message: expect.stringContaining("not a method that the portal's page may call"),
    });
  }
  expect(await state(page)).toEqual(before);
  expect(await invoke(frame, "getVersion")).toMatchObject({ result: expect.any(String) });
  expect(await invoke(frame, "getUser")).toMatchObject({ result: { authenticated: true, userId: host.userId } });
  expect((await invoke(frame, "getUser")).result.token).toBeUndefined();
});

test("the portal's requests go to the platform's services only", async ({ host, portal, elsewhere }) => {
  const frame = await portal.opened(host);
  const away: string[] = [];
  host.page.on("request", (request) => request.url().startsWith(host.platform.base) || away.push(request.url()));
  const send = (...parameters: unknown[]) => invoke(frame, "sendConnectRequest", ...parameters);
  const { base } = host.platform;
  for (const wrong of [
    ["/x", { baseURLOverride: elsewhere.origin }, false],
    ["/x", { baseURLOverride: `${base}.evil.example` }, false],
    ["/x", { baseURLOverride: `${base}@evil.example` }, false],
    ["/x", { baseURLOverride: base.replace("http:", "https:") }, false],
    ["/x", { baseURLOverride: base.replace("127.0.0.1", "127.0.0.1.") }, false],
    ["/x", { baseURLOverride: "null" }, false],
    ["/x", { baseURLOverride: 7 }, false],
    ["@evil.example/", {}, false],
    [".evil.example/", {}, false],
    ["0/", {}, false],
    [{}, {}, false],
    [undefined],
  ]) {
    expect(await send(...wrong), JSON.stringify(wrong)).toMatchObject({ messageType: "SDK_FUNCTION_ERROR" });
  }
  expect(away).toEqual([]);
  expect(await send("/sdk/me", { baseURLOverride: base })).toMatchObject({ result: { userId: host.userId } });
});

test("10,000 messages of junk change nothing, throw nothing and fill no log", async ({ host, portal }) => {
  const frame = await portal.opened(host);
  const { page } = host;
  const noise: string[] = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  const before = await state(page);
  await page.evaluate(() => {
    window.outcome = undefined;
    addEventListener("message", ({ data }) => data === "that was all" && (window.outcome = { value: "heard" }));
  });
  await frame.evaluate(() => {
    const cyclic: Record<string, unknown> = { messageType: "SDK_FUNCTION_INVOCATION" };
    cyclic["type"] = cyclic["parameters"] = cyclic;
    const getter = { get messageType() { return "SDK_FUNCTION_INVOCATION"; }, get type() { return "getUser"; } };
    const junk = [
      null, undefined, 0, NaN, 1n, "", "SDK_FUNCTION_INVOCATION", [], [[]], {}, new Date(NaN), /x/, new Map(), new Set(),
      new ArrayBuffer(8), new Blob(["x"]), new Error("x"), cyclic, getter, { messageType: {} },
      { messageType: "SDK_FUNCTION_INVOCATION" }, { messageType: "SDK_FUNCTION_INVOCATION", type: "getUser" },
      { messageType: "SDK_FUNCTION_INVOCATION", type: "getUser", id: null },
      { messageType: "UI_UPDATE" }, { type: "oauth_success_callback", credential: { id: "x" } },
    ];
    for (let index = 0; index < 10_000; index++) window.say(junk[index % junk.length]);
    window.say("that was all");
  });
  await expect.poll(() => page.evaluate(() => window.outcome), { timeout: 30_000 }).toEqual({ value: "heard" });
  expect(await state(page)).toEqual(before);
  expect(noise).toEqual([]);
  expect(await invoke(frame, "getVersion")).toMatchObject({ messageType: "SDK_FUNCTION_RESPONSE" });
});

test("parameters of any kind are an answer or an error, never a crash", async ({ host, portal }) => {
  const frame = await portal.opened(host);
  const answers = await frame.evaluate(async () => {
    const methods = [
      "onClose", "updateContainerStyle", "setModalState", "updateAuthenticatedUser", "triggerSDKEvent", "sendConnectRequest",
      "_oauthCallback", "_oauthErrorCallback", "_loadCustomDropdownOptions", "_fetchBYOFieldMappingOptions", "getFieldOptions",
      "getIntegrationConfig", "updateWorkflowState", "createConfiguration", "getSourcesForInput", "completeInstall",
    ];
    const values = [undefined, null, 1, "__proto__", [], { __proto__: null, constructor: 1 }, new Map([[1, 2]]), new Date(0)];
    const kinds = new Set<string>();
    for (const method of methods) {
      for (const value of values) kinds.add((await window.invoke(method, value, value, value)).messageType);
    }
    return [...kinds].sort();
  });
  expect(answers).toEqual(["SDK_FUNCTION_ERROR", "SDK_FUNCTION_RESPONSE"]);
  expect(await host.page.evaluate(() => window.paragon.getUser())).toMatchObject({ authenticated: true, userId: host.userId });
});

test("a hostile page around the host page cannot drive the SDK", async ({ host, portal }) => {
  await portal.opened(host);
  const { page } = host;
  const around = await page.context().newPage();
  await around.goto(`${portal.origin}/ui?host=${encodeURIComponent(new URL(page.url()).origin)}`);
  const inside = await embed(around, page.url());
  await inside.waitForFunction(() => window.paragon);
  await inside.evaluate(() => {
    window.outcome = undefined;
    addEventListener("message", ({ data }) => data === "that was all" && (window.outcome = { value: "heard" }));
  });
  const quiet = () =>
    inside.evaluate(() => ({ user: window.paragon.getUser(), order: window.recorder.order, frames: document.querySelectorAll("iframe").length }));
  const before = await quiet();
  await around.evaluate(
    ([messages, origin]) => {
      for (const message of [...messages, "that was all"]) window.frames[0]!.postMessage(message, origin);
    },
    [known(host.userId), new URL(page.url()).origin] as const,
  );
  await expect.poll(() => inside.evaluate(() => window.outcome)).toEqual({ value: "heard" });
  expect(await quiet()).toEqual(before);
});

test("the token is told to the portal's page alone", async ({ host, portal }) => {
  const frame = await portal.opened(host);
  await appear(frame);
  const token: string = (await toldLast(frame)).nextContext["user"].token;
  expect(token.split(".")).toHaveLength(3);
  const visible = await host.page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      window.recorder,
      window.paragon.getUser(),
    ]),
  );
  expect(visible).not.toContain(token);
  for (const { nextModalState } of await told(frame)) expect(JSON.stringify(nextModalState)).not.toContain(token);
});
