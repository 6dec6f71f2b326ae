// The fixtures: the host page of the end-to-end tests, in a browser under WebDriver.

import { randomUUID } from "node:crypto";
import { test as base } from "@playwright/test";
import type {} from "../e2e/pages/watch.ts";
import { Host } from "../e2e/support/host.ts";
import { HostServer } from "../e2e/support/host-server.ts";
import { Platform } from "../e2e/support/platform.ts";
import { ENGINES } from "./engines.ts";
import { beginFacts, ran } from "./facts.ts";
import { Session } from "./session.ts";
import { Tab } from "./tab.ts";

type Fixtures = {
  tab: Tab;
  /** The host page of a user that no other test has. */
  host: Host;
};

type WorkerFixtures = { platform: Platform; hostServer: HostServer; session: Session };

export const test = base.extend<Fixtures, WorkerFixtures>({
  platform: [
    async ({}, use) => {
      const platform = await Platform.start();
      await use(platform);
      await platform.stop();
    },
    { scope: "worker" },
  ],
  hostServer: [
    async ({}, use) => {
      const server = await HostServer.start(["watched"]);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  session: [
    async ({}, use, { project }) => {
      const session = await Session.start(ENGINES.find(({ name }) => name === project.name)!);
      beginFacts(project.name, session.version);
      await use(session);
      await session.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  tab: async ({ session }, use) => {
    await use(new Tab(session, session.first));
    await session.tidy();
  },
  host: async ({ tab, platform, hostServer }, use, { project, title }) => {
    const host = new Host(tab.page, platform, `user-${randomUUID()}`, hostServer, "watched");
    await use(host);
    const { violations } = await tab.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
      return window.watched;
    });
    const unexpected = violations.filter((one) => !host.expected?.test(one));
    if (unexpected.length) throw new Error(`the host page's policy was violated: ${unexpected.join("\n")}`);
    await platform.control({ reset: true });
    ran(project.name, title);
  },
});

export { expect } from "@playwright/test";
