// The console's journal: calls appear as they happen, can be opened, narrowed down and emptied.

import { expect, test } from "./support/console.ts";

const ACCOUNTS = [{ id: "ada", accounts: [{ integration: "slack" }] }];

test("calls appear as they happen, with bodies and without secrets", async ({ console, page }) => {
  await console.project.seed(ACCOUNTS);
  await console.project.journal.clear();
  await console.open("Calls");
  await expect(page.getByText("No calls yet")).toBeVisible();

  await console.call("ada", "/proxy/slack/chat.postMessage", { body: { channel: "#general", text: "Hello console" } });
  await expect(console.calls()).toHaveCount(2);
  await expect(console.calls().last()).toContainText("POST /proxy/slack/chat.postMessage");
  await expect(console.calls().last()).toContainText("200");
  await expect(console.calls().last()).toContainText("ada");
  await expect(console.calls().first()).toContainText("To provider");

  await page.getByRole("link", { name: "POST /proxy/slack/chat.postMessage" }).click();
  const call = page.getByTestId("call");
  await expect(call.getByRole("region", { name: "Request: body" })).toContainText('"text": "Hello console"');
  await expect(call.getByRole("region", { name: "Answer: body" })).toContainText('"ok": true');
  await call.getByRole("region", { name: "Request", exact: true }).getByText(/^Headers/).click();
  await expect(call.locator(".headers", { hasText: "authorization" })).toContainText("[redacted]");

  // From the call to the request that it made.
  await call.getByRole("link", { name: /slack\/api\/chat\.postMessage/ }).click();
  await expect(call.getByRole("heading", { level: 2 })).toContainText("/slack/api/chat.postMessage");
  await expect(call.getByRole("link", { name: /proxy\/slack\/chat\.postMessage/ })).toBeVisible();
});

test("the list is narrowed down by what people ask for, and the address keeps it", async ({ console, page }) => {
  await console.project.seed([...ACCOUNTS, { id: "bob" }]);
  await console.project.journal.clear();
  await console.open("Calls");
  await console.call("ada", "/proxy/slack/auth.test", { method: "POST", body: {} });
  await console.call("bob", "/me");
  await console.call("bob", "/proxy/slack/auth.test");
  await console.call("bob", "/integrations/nothing", { method: "DELETE" });
  await expect(console.calls()).toHaveCount(5);

  await console.choose("Status", "All that went wrong");
  await expect(console.calls()).toHaveCount(2);
  await console.choose("Status", "Any status");
  await console.choose("Kind", "To provider");
  await expect(console.calls()).toHaveCount(1);
  await console.choose("Kind", "All kinds");
  await page.getByRole("searchbox", { name: "User" }).fill("bob");
  await expect(console.calls()).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Address" }).fill("/me");
  await expect(console.calls()).toHaveCount(1);
  await page.reload();
  await expect(console.calls()).toHaveCount(1);
  await expect(page.getByRole("searchbox", { name: "User" })).toHaveValue("bob");
  await page.getByRole("searchbox", { name: "Address" }).fill("nowhere");
  await expect(page.getByText("No call fits")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(console.calls()).toHaveCount(5);
});

test("the list can be held while calls come in, and emptied", async ({ console, page }) => {
  await console.project.seed(ACCOUNTS);
  await console.project.journal.clear();
  await console.open("Calls");
  await console.call("ada", "/me");
  await expect(console.calls()).toHaveCount(1);
  await page.getByRole("button", { name: "Hold" }).click();
  await console.call("ada", "/integrations");
  await console.project.journal.wait({ path: "*/integrations" });
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(console.calls()).toHaveCount(2);
  await page.getByRole("button", { name: "Empty the journal" }).click();
  await expect(page.getByText("No calls yet")).toBeVisible();
  expect(await console.project.journal.find()).toEqual([]);
});

test("a call is there while it goes on", async ({ console, page }) => {
  await console.open("Calls");
  await console.project.faults.add({ path: "*/me", times: 1, effect: { kind: "slow", ms: 4_000 } });
  const answered = console.call("ada", "/me");
  await expect(console.calls().first()).toContainText("Under way");
  await answered;
  await expect(console.calls().first()).toContainText("200");
  await expect(console.calls().first()).toContainText("Fault: slow");
  await expect(page.getByRole("link", { name: /Faults/ })).toContainText("1");
});
