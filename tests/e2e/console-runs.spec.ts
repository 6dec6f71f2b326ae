// Runs of workflows in the console: as a graph, in time, and each step with what went in and came out.

import { expect, test } from "./support/console.ts";

const SEED = [{ id: "ada", accounts: [{ integration: "box" }] }];

test("a run is seen as it was declared and as it went, step by step", async ({ console, page }) => {
  await console.project.seed(SEED);
  await console.open("Runs");
  await expect(page.getByText("No workflow has run yet")).toBeVisible();
  await console.order("ada", { kind: "big", folders: ["0", "nowhere"] });
  const row = page.getByTestId("runs").locator("tbody tr");
  await expect(row).toContainText("Failed");
  await row.getByRole("link", { name: "Handle orders" }).click();

  const graph = page.getByRole("group", { name: "The run as a graph" });
  const box = (step: number) => graph.locator(`[data-step="${step}"]`);
  await expect(graph.getByRole("button")).toHaveCount(8);
  await expect(box(2)).toContainText("Succeeded");
  await expect(box(4)).toContainText("1 of 2 failed");
  await expect(box(7)).toContainText("Not taken");

  const timeline = page.getByTestId("timeline");
  await expect(timeline.locator("[data-place='3[1]/4']")).toContainText("Failed");
  await expect(timeline.locator("[data-place='3[0]/4']")).toContainText("Succeeded");
  await timeline.locator("[data-place='3[1]/4']").getByRole("button").click();
  const step = page.getByTestId("step");
  await expect(step.getByRole("heading", { level: 2 })).toContainText("GET /folders/");
  await expect(page.getByTestId("step-input")).toContainText("/folders/nowhere/items");
  await expect(page.getByTestId("step-output")).toContainText('"statusCode": 404');
  await expect(box(4)).toHaveAttribute("aria-pressed", "true");
  await box(1).click();
  await expect(page.getByTestId("step-output")).toContainText('"kind": "big"');
  await box(7).click();
  await expect(step).toContainText("This step was not taken.");
});

test("a run that waits goes on when the clock is moved, while one looks on", async ({ console, page }) => {
  await console.project.seed(SEED);
  await console.project.clock.freeze();
  await console.project.faults.add({ on: "provider", path: "*/users/me", after: 1, times: 1, effect: { kind: "status", status: 503 } });
  await console.open("Runs");
  await console.order("ada", { kind: "small" });
  await page.getByTestId("runs").getByRole("link", { name: "Handle orders" }).click();
  const last = page.getByTestId("timeline").locator("[data-place='8']");
  await expect(last).toContainText("Waiting");
  await expect(last).toContainText("1 try failed");
  await expect(page.getByText("Goes on at")).toBeVisible();
  await console.project.clock.advance(10_000);
  await expect(last).toContainText("Succeeded");
  await expect(last).toContainText("10.0 s");
  await expect(console.main.getByText("Took").first()).toBeVisible();
});

test("runs are narrowed down, and one is repeated", async ({ console, page }) => {
  await console.project.seed([...SEED, { id: "bob", accounts: [{ integration: "box", as: "grace" }] }]);
  await console.order("ada", { kind: "small" });
  await console.order("bob", { kind: "big", folders: ["nowhere"] });
  await console.ended(2);
  await console.open("Runs");
  const rows = page.getByTestId("runs").locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await console.choose("State", "Failed");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("bob");
  await console.choose("State", "Any state");
  await page.getByRole("searchbox", { name: "User" }).fill("ada");
  await expect(rows).toHaveCount(1);
  await console.choose("Workflow", "Slack: Daily summary");
  await expect(page.getByText("No run fits")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(rows).toHaveCount(2);

  await rows.filter({ hasText: "ada" }).getByRole("link").click();
  const first = page.url();
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page).not.toHaveURL(first);
  await expect(page.getByTestId("timeline").locator("[data-place='8']")).toContainText("Succeeded");
  await page.getByRole("link", { name: first.split("/").at(-1)! }).click();
  await expect(page).toHaveURL(first);
});
