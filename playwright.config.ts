// How the end-to-end tests run: Debian's Chromium, real popups, one local platform for each worker.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./tools/chromium.mjs";

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  // Generous: tests wait for conditions, and a machine may be busy.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    launchOptions,
  },
});
