// The person before an app's page: Chromium as people have it, its popup blocker on; and what every page must show.

import assert from "node:assert/strict";
import { chromium } from "@playwright/test";
import { launchOptions } from "../../tools/chromium.mjs";

/** How long anything may take, in milliseconds. */
const PATIENCE = 60_000;

export const launch = () => chromium.launch(launchOptions);

/** A browser that has an unpacked extension; answers its context. */
export const launchWith = (extension) =>
  chromium.launchPersistentContext("", {
    ...launchOptions,
    channel: "chromium",
    args: [...launchOptions.args, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  });

/** Runs in the page before everything else: writes down in which call the module is compiled, and windows are opened. */
function watch() {
  window.seen = { compiled: [], opened: [], result: undefined };
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(target, args) {
      window.seen.compiled.push(window.calling ?? "on its own");
      return Reflect.construct(target, args);
    },
  });
  window.open = new Proxy(window.open, {
    apply(target, self, args) {
      window.seen.opened.push(window.calling ?? "on its own");
      return Reflect.apply(target, self, args);
    },
  });
}

/** Opens a page in a context, and waits until it listens. What goes wrong in it is on the list that is answered. */
export async function open(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  await page.addInitScript(watch);
  await page.goto(address);
  await page.locator("body[data-ready]").waitFor({ state: "attached" });
  return { page, troubles };
}

/** What the page's last call came to. */
async function result({ page, troubles }) {
  const told = await page.waitForFunction(() => window.seen.result);
  const { value, error } = await told.jsonValue();
  assert.equal(error, undefined, `${error}\n${troubles.join("\n")}`);
  await page.evaluate(() => (window.seen.result = undefined));
  return value;
}

export async function session(platform) {
  const user = `user-${crypto.randomUUID()}`;
  return { user, host: platform.address, project: platform.id, token: await platform.token(user) };
}

/**
 * The whole of it: nothing is compiled before the first click, the first call compiles, the second click opens the popup in
 * its own turn, and the account is there.
 */
export async function use(context, address, platform, { asked = false } = {}) {
  const opened = await open(context, address);
  const { page, troubles } = opened;
  const given = await session(platform);
  await page.evaluate((value) => (window.session = value), given);
  assert.deepEqual((await page.evaluate(() => window.seen)).compiled, [], "importing compiles nothing");
  await page.locator("#sign-in").click();
  assert.equal(await result(opened), given.user);
  const popup = page.waitForEvent("popup");
  await page.locator("#connect").click();
  const consent = await popup;
  // Where the browser does not tell which page opened the popup, the platform asks the user.
  if (asked) await consent.getByRole("button", { name: "Connect Slack" }).click({ timeout: PATIENCE });
  await consent.locator("button[name=decision][value=allow]").click({ timeout: PATIENCE });
  assert.equal(await result(opened), true, "the account is connected");
  const { compiled, opened: windows } = await page.evaluate(() => window.seen);
  assert.deepEqual({ compiled, windows }, { compiled: ["configureGlobal"], windows: ["installIntegration"] });
  assert.deepEqual(troubles, []);
  await page.close();
}

/** A page whose worker signs in. */
export async function askWorker(context, address, platform) {
  const opened = await open(context, address);
  const { page, troubles } = opened;
  const given = await session(platform);
  await page.evaluate((value) => window.ask(value), given);
  assert.equal(await result(opened), given.user);
  assert.deepEqual(troubles, []);
  await page.close();
}

/** A page that a server has rendered with the SDK; the server also answers with it. */
export async function rendered(context, address, platform) {
  const text = await (await fetch(address)).text();
  assert.ok(text.replaceAll("&quot;", '"').includes('{"authenticated":false}'), `the server renders the state:\n${text}`);
  const { version } = await (await fetch(new URL("version", address))).json();
  assert.match(version, /^\d+\.\d+\.\d+/);
  await use(context, address, platform);
}
