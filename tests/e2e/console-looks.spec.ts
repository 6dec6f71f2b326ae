// The console's states as they look and as assistive technology meets them: in both themes, and at phone width.

import type { Page } from "@playwright/test";
import { expect, test, type Console } from "./support/console.ts";
import { look } from "./support/look.ts";

const VARIANTS = [
  { name: "light-wide", theme: "light", width: 1280, height: 900 },
  { name: "light-phone", theme: "light", width: 390, height: 820 },
  { name: "dark-wide", theme: "dark", width: 1280, height: 900 },
  { name: "dark-phone", theme: "dark", width: 390, height: 820 },
] as const;

// Many pictures; each variant is on its own.
test.describe.configure({ mode: "parallel" });

for (const { name, theme, width, height } of VARIANTS) {
  test.describe(name, () => {
    test.use({ colorScheme: theme, viewport: { width, height }, contextOptions: { reducedMotion: "reduce" } });
    const see = (page: Page, state: string) => look(page, `console-${name}-${state}`);

    test("empty", async ({ console, page }) => {
      test.slow();
      for (const view of ["Overview", "Calls", "Runs", "Users", "Faults", "Snapshots"] as const) {
        if (view === "Overview") await console.open(view);
        else await console.go(view);
        await expect(console.main.getByRole("progressbar")).toHaveCount(0);
        await see(page, `empty-${view.toLowerCase()}`);
      }
    });

    test("full", async ({ console, page }) => {
      test.slow();
      await fill(console);
      await console.open("Overview");
      await expect(console.main.getByRole("link", { name: /Handle orders/ }).first()).toBeVisible();
      await see(page, "overview");
      await page.getByText("As a table").first().click();
      await see(page, "overview-table");
      await console.go("Calls");
      await see(page, "calls");
      await page.getByRole("link", { name: "POST /proxy/slack/chat.postMessage" }).first().click();
      await expect(page.getByRole("region", { name: "Answer: body" })).toBeVisible();
      await see(page, "call");
      await console.go("Runs");
      await expect(page.getByTestId("runs").getByRole("row")).toHaveCount(4);
      await see(page, "runs");
      await page.getByTestId("runs").getByRole("row", { name: /Succeeded/ }).last().getByRole("link").click();
      await page.getByTestId("timeline").getByRole("button").nth(2).click();
      await expect(page.getByTestId("step-output")).toBeVisible();
      await see(page, "run");
      await page.goBack();
      await page.getByTestId("runs").getByRole("row", { name: /Failed/ }).first().getByRole("link").click();
      await page.getByTestId("timeline").getByRole("button").last().click();
      await see(page, "run-failed");
      await console.go("Users");
      await see(page, "users");
      await page.getByRole("link", { name: "ada@example.com" }).click();
      await expect(page.getByTestId(/^credential-/)).toHaveCount(3);
      await see(page, "user");
      await page.getByRole("button", { name: "Disconnect" }).first().click();
      await see(page, "user-disconnect");
      await page.getByRole("button", { name: "Cancel" }).click();
      await console.go("Faults");
      await see(page, "faults");
      await console.go("Clock");
      await page.getByRole("button", { name: "Stop it" }).click();
      await expect(page.getByTestId("clock-state")).toHaveText("It stands.");
      await see(page, "clock");
      await console.go("Snapshots");
      await expect(page.locator("[data-snapshot]")).toHaveCount(2);
      await see(page, "snapshots");
      await console.go("Project");
      await expect(page.getByRole("list", { name: "Integrations" }).getByRole("listitem").first()).toBeVisible();
      await see(page, "project");
      await page.goto(`${console.origin}/console/00000000-0000-4000-8000-000000000000`);
      await expect(page.getByRole("heading", { name: "This project is not there" })).toBeVisible();
      await see(page, "gone");
    });

    test("without the secret", async ({ console, page }) => {
      await page.goto(`${console.origin}/console`);
      await expect(page.getByRole("heading", { name: "Open the console" })).toBeVisible();
      await see(page, "gate");
    });
  });
}

test.use({ expectedConsole: [/the server responded with a status of 404/] });

/** Calls that went well and badly, runs of each kind, users, faults, snapshots. */
async function fill(console: Console): Promise<void> {
  const { project } = console;
  await project.seed([
    { id: "ada@example.com", meta: { plan: "pro", seats: 12 }, accounts: [{ integration: "slack" }, { integration: "box" }, { integration: "salesforce", as: "grace" }] },
    { id: "grace@example.com", accounts: [{ integration: "box", as: "grace" }] },
    { id: "a-user-with-a-very-long-id-0192f7c8-1c1e-7aaa-bbbb-1234567890ab@a-long-domain.example.com" },
  ]);
  await project.snapshots.save("seed");
  await project.snapshots.save("before-the-import-of-2026");
  await project.journal.clear();
  const user = "ada@example.com";
  for (const text of ["Hello", "Hello again", "Third"]) await console.call(user, "/proxy/slack/chat.postMessage", { body: { channel: "#general", text } });
  await console.call(user, "/me");
  await console.call(user, "/proxy/slack/no.such.method?with=a&very=long&address=that&does=not&fit=into&one=line&at=all");
  await console.call(user, "/integrations/nothing", { method: "DELETE" });
  await console.order(user, { kind: "big", folders: ["0", "0"] });
  await console.order(user, { kind: "small" });
  await console.order("grace@example.com", { kind: "big", folders: ["0", "nowhere"] });
  await project.faults.add({ on: "proxy", path: "*/chat.postMessage", times: 2, effect: { kind: "status", status: 429, retryAfter: 5 } });
  await project.faults.add({ on: "provider", integration: "box", probability: 0.25, effect: { kind: "slow", ms: 300 } });
  for (const text of ["Too much", "Still too much", "Now"]) await console.call(user, "/proxy/slack/chat.postMessage", { body: { channel: "#general", text } });
  await project.faults.add({ path: "*/chat.update", effect: "reset" });
  await console.ended(3);
}
