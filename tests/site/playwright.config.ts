// How the built documentation site is tested: served with a local platform, in Debian's Chromium.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../tools/chromium.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/site",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions },
});
