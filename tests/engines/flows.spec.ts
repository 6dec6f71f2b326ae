// The core flows, the same in every engine: import, the first call, the popup and its ends, requests, events, the portal.

import { createHash } from "node:crypto";
import { allow, arrive, closes, deny } from "../e2e/support/consent.ts";
import type { Host } from "../e2e/support/host.ts";
import { fact } from "./facts.ts";
import { expect, test } from "./test.ts";

const order = async (host: Host) => (await host.log()).map(({ kind }) => kind);
const opened = async (host: Host) => (await host.page.evaluate(() => window.seen)).opened;

test("importing compiles nothing; the first call compiles, in the click's turn", async ({ host }) => {
  await host.open();
  expect(await host.page.evaluate(() => window.seen.compiled)).toEqual([]);
  expect((await host.click("configureGlobal", host.platform.base)).error).toBeUndefined();
  const compiled = await host.page.evaluate(() => window.seen.compiled);
  await fact("The module is compiled in the turn of the first call", compiled.join() === "click");
  expect(compiled).toEqual(["click"]);
});

test("a page whose policy forbids WebAssembly gets an error that names the policy", async ({ host }) => {
  host.noWasm = true;
  host.expected = /script-src/;
  await host.open();
  const { error } = await host.click("configureGlobal", host.platform.base);
  expect(error).toMatchObject({ code: "WASM_REFUSED", message: expect.stringContaining("'wasm-unsafe-eval'") });
});

test("allowed: the popup opens in the click's turn, the account is there, events come in their order", async ({ host }) => {
  await host.signIn();
  await allow(await host.startForPopup("slack"), "grace");
  const { event } = await host.until({ kind: "complete" });
  expect(await host.integration("slack")).toMatchObject({ enabled: true, credentialStatus: "VALID", credentialId: event.credentialId });
  expect(await host.order()).toEqual(["onNext oauth", "onIntegrationInstall", "onComplete"]);
  expect(await opened(host)).toEqual([{ during: "click", isOpen: true }]);
});
