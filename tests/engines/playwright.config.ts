// How the tests of the engines run: Playwright's runner and expectations, browsers under WebDriver. A project is an engine.

import { defineConfig } from "@playwright/test";
import { ENGINES } from "./engines.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/engines",
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  projects: [
    ...ENGINES.map(({ name }) => ({ name, testMatch: "flows.spec.ts" })),
    { name: "page", testMatch: "page.spec.ts", dependencies: ENGINES.map(({ name }) => name) },
  ],
});
