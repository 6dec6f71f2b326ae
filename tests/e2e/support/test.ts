// The fixtures of all end-to-end tests.

import { randomUUID } from "node:crypto";
import { test as base } from "@playwright/test";
import { Host } from "./host.ts";
import { HostServer, type Sdk } from "./host-server.ts";
import { Platform } from "./platform.ts";

type Options = {
  /** The SDK on the host page. */
  sdk: Sdk;
  /** Other machines that pages of third parties ask for. They get no answer, like all others. */
  foreign: string[];
  /** Names of other machines that the browser looks for on this one. */
  mapped: string[];
};

type Fixtures = {
  /** The host page of a user that no other test has. */
  host: Host;
  /** Puts the sandbox providers back to normal after a test that changed them. */
  normalSandbox: void;
  /** Nothing leaves this machine; a test whose pages want to speak to another fails. */
  loopbackOnly: void;
};

type WorkerFixtures = {
  /** Text of the platform's project file; undefined for the built-in one. */
  projectFile: string | undefined;
  platform: Platform;
  hostServer: HostServer;
};

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  sdk: ["ours", { option: true }],
  foreign: [[], { option: true }],
  mapped: [[], { option: true }],
  projectFile: [undefined, { option: true, scope: "worker" }],
  platform: [
    async ({ projectFile }, use) => {
      const platform = await Platform.start(projectFile);
      await use(platform);
      await platform.stop();
    },
    { scope: "worker" },
  ],
  hostServer: [
    async ({}, use) => {
      const server = await HostServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  host: async ({ page, platform, hostServer, sdk }, use) => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/content security policy|trusted ?type/i.test(message.text())) violations.push(message.text());
    });
    const host = new Host(page, platform, `user-${randomUUID()}`, hostServer, sdk);
    await use(host);
    const unexpected = violations.filter((text) => !host.expected?.test(text));
    if (unexpected.length) throw new Error(`the host page's policy was violated: ${unexpected.join("\n")}`);
  },
  normalSandbox: async ({ platform }, use) => {
    await use();
    await platform.control({ reset: true });
  },
  loopbackOnly: [
    async ({ context, foreign, mapped }, use) => {
      const outside: string[] = [];
      await context.route(
        ({ protocol, hostname }) =>
          /^(https?|wss?):$/.test(protocol) && !["127.0.0.1", "localhost", ...mapped].includes(hostname),
        (route) => {
          const address = route.request().url();
          if (!foreign.includes(new URL(address).hostname)) outside.push(address);
          return route.abort();
        },
      );
      await use();
      if (outside.length) throw new Error(`pages asked for other machines: ${outside.join(", ")}`);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
