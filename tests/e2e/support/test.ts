// The fixtures of all end-to-end tests.

import { randomUUID } from "node:crypto";
import { test as base } from "@playwright/test";
import { Host } from "./host.ts";
import { HostServer, type Sdk } from "./host-server.ts";
import { Platform } from "./platform.ts";

type Options = {
  /** The SDK on the host page. */
  sdk: Sdk;
};

type Fixtures = {
  /** The host page of a user that no other test has. */
  host: Host;
  /** Puts the sandbox providers back to normal after a test that changed them. */
  normalSandbox: void;
  /** Fails a test whose pages speak to anything but this machine. */
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
    await use(new Host(page, platform, `user-${randomUUID()}`, hostServer, sdk));
  },
  normalSandbox: async ({ platform }, use) => {
    await use();
    await platform.control({ reset: true });
  },
  loopbackOnly: [
    async ({ context }, use) => {
      const outside: string[] = [];
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1" && hostname !== "localhost") outside.push(request.url());
      });
      await use();
      if (outside.length) throw new Error(`requests left this machine: ${outside.join(", ")}`);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
