// The fixtures of tests with a portal: the stand-in for its page, and another one on an origin that is not the portal's.

import { Portal } from "./portal-page.ts";
import { test as base } from "./test.ts";

type WorkerFixtures = { portal: Portal; elsewhere: Portal };

const served = async ({}, use: (portal: Portal) => Promise<void>): Promise<void> => {
  const portal = await Portal.start();
  await use(portal);
  await portal.stop();
};

export const test = base.extend<{}, WorkerFixtures>({
  portal: [served, { scope: "worker" }],
  elsewhere: [served, { scope: "worker" }],
});

export { expect } from "@playwright/test";
