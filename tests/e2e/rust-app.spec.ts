// The example in Rust (examples/yew), as a browser runs it: the typed API of the crate does what the package does.

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Page } from "@playwright/test";
import { allow, deny } from "./support/consent.ts";
import type { Platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

const FOLDER = "target/examples/yew";
const TYPES: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm" };
const PAGE = `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">
<script type="module">import init from "/paragon-example-yew.js"; await init();</script></html>`;

let server: Server;

test.beforeAll(async () => {
  server = createServer(async ({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://app");
    if (pathname === "/") return response.setHeader("content-type", "text/html").end(PAGE);
    const file = await readFile(join(FOLDER, normalize(pathname))).catch(() => undefined);
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[extname(pathname)] ?? "text/plain" }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

test.afterAll(() => void server.close());

async function open(page: Page, platform: Platform, user: string, host = platform.base): Promise<void> {
  const { projectId, token } = await platform.session(user);
  const given = new URLSearchParams({ host, project: projectId, token });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?${given}`);
}

const clickForPopup = async (page: Page, button: string) => {
  const popup = page.waitForEvent("popup");
  await page.getByRole("button", { name: button, exact: true }).click();
  return popup;
};

test("signs in, connects, hears of it, and asks the provider", async ({ page, platform, host: { userId } }) => {
  await open(page, platform, userId);
  await expect(page.getByRole("heading")).toHaveText(userId);
  await deny(await clickForPopup(page, "Connect Slack"));
  await expect(page.getByRole("status")).toContainText("OAUTH_DENIED");
  expect(await platform.credentials(userId)).toEqual([]);
  await allow(await clickForPopup(page, "Connect Slack"));
  await expect(page.getByRole("status")).toHaveText("connected: slack");
  await page.getByRole("button", { name: "Ask Slack" }).click();
  await expect(page.getByRole("status")).toContainText('"ok":true');
  expect(await platform.credentials(userId, "slack")).toHaveLength(1);
});

test("stages come with their inputs; an install that is dropped is cancelled", async ({ page, platform, host: { userId } }) => {
  await open(page, platform, userId);
  await page.getByRole("button", { name: "Connect SendGrid" }).click();
  await expect(page.getByRole("status")).toHaveText(/^PreOptions wants \d answers$/);
  await allow(await clickForPopup(page, "Connect Jira"));
  await expect(page.getByRole("status")).toHaveText("PostOptions wants 2 answers");
  await expect.poll(() => platform.credentials(userId)).toEqual([]);
});

test("errors have their code", async ({ page, platform, host: { userId } }) => {
  await open(page, platform, userId, "http://127.0.0.1:1");
  await expect(page.getByRole("status")).toContainText("NETWORK_ERROR");
  await open(page, platform, userId, "");
  await expect(page.getByRole("status")).toContainText("HOST_MISSING");
});
