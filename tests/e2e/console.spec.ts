// The console: who gets in, and what it can do with users, faults, the clock, snapshots and projects.

import { readFile } from "node:fs/promises";
import { expect, test } from "./support/console.ts";

test.describe("the secret", () => {
  test.use({ expectedConsole: [/the server responded with a status of 401/] });

  test("comes by the printed address, and stays in the tab and nowhere else", async ({ console, page, context }) => {
    await console.open("Overview");
    expect(page.url()).not.toContain("secret");
    const kept = await page.evaluate(() => ({ local: JSON.stringify(localStorage), cookies: document.cookie, session: sessionStorage.getItem("console.secret") }));
    expect(kept.session).toMatch(/^local-only-/);
    expect(`${kept.local}${kept.cookies}`).not.toContain("local-only-");
    expect(await page.content()).not.toContain(kept.session!);
    await page.reload();
    await expect(page.getByTestId("connection")).toHaveText("Live");
    // Another tab knows nothing of it.
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByRole("heading", { name: "Open the console" })).toBeVisible();
  });

  test("can be typed in; a wrong one is refused and forgotten", async ({ console, page }) => {
    await page.goto(`${console.origin}/console/default/calls`);
    await page.getByLabel("Secret of this run").fill("local-only-wrong");
    await page.getByRole("button", { name: "Open" }).click();
    await expect(page.getByText("The admin API needs this run's secret")).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.getByLabel("Secret of this run").fill(console.secret);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Calls" })).toBeVisible();
    await expect(page.getByTestId("connection")).toHaveText("Live");
  });
});

test.describe("another page", () => {
  test.use({ expectedConsole: [/frame-ancestors/] });

  test("cannot show it in a frame, and one that opens it gets no hold of it", async ({ console, page }) => {
    const app = "http://localhost:5999";
    await page.route(`${app}/`, (route) => route.fulfill({ contentType: "text/html", body: "<title>An app</title><h1>App</h1>" }));
    await page.goto(`${app}/`);
    const popup = page.waitForEvent("popup");
    await page.evaluate((address) => {
      const opened = window.open(address, "console");
      Object.assign(window, { opened });
    }, `${console.origin}/console`);
    const opened = await popup;
    await expect(opened.getByRole("heading", { name: "Open the console" })).toBeVisible();
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    expect(await page.evaluate(() => (window as unknown as { opened: Window }).opened.closed)).toBe(true);
    await page.evaluate((address) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.src = address;
    }, `${console.origin}/console`);
    await expect.poll(() => page.frames().at(-1)!.url()).toMatch(/^chrome-error:/);
  });
});

test("stored data never runs as markup", async ({ console, page }) => {
  const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  await console.project.seed([{ id: evil, meta: { [evil]: evil }, accounts: [{ integration: "slack" }] }]);
  await console.call(evil, "/proxy/slack/chat.postMessage", { body: { channel: "#general", text: evil } });
  await console.open("Users");
  await page.getByTestId("users").getByRole("link").first().click();
  await expect(page.getByTestId("user").getByRole("heading", { level: 2 })).toHaveText(evil);
  await expect(page.getByRole("region", { name: "User’s metadata" })).toContainText("onerror");
  await console.go("Calls");
  await page.getByRole("link", { name: "POST /proxy/slack/chat.postMessage" }).click();
  await expect(page.getByRole("region", { name: "Request: body" })).toContainText("onerror");
  expect(await page.title()).toBe("Calls · Console");
  await expect(page.locator("main img[src=x], main script")).toHaveCount(0);
});

test("a credential is looked at, ended, revoked and disconnected", async ({ console, page }) => {
  const [ada] = await console.project.seed([{ id: "ada", accounts: [{ integration: "slack" }] }, { id: "bob" }]);
  await console.open("Users");
  await expect(page.getByTestId("users").locator("tbody tr")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "User" }).fill("AD");
  await expect(page.getByTestId("users").locator("tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: "ada" }).click();
  const credential = page.getByTestId(`credential-${ada!.credentialIds[0]}`);
  await expect(credential).toHaveAttribute("data-status", "VALID");
  await expect(credential).toContainText("Token until");

  await credential.getByRole("button", { name: "End the access token" }).click();
  await expect(credential.getByRole("status")).toContainText("the next call renews it");
  await expect(credential).toContainText("Token ended");
  expect((await console.call("ada", "/proxy/slack/auth.test")).status).toBe(200);
  await expect(credential).toContainText("Token until");

  await credential.getByRole("button", { name: "Revoke at the provider" }).click();
  await expect(credential.getByRole("status")).toContainText("the next call finds out");
  await expect(credential).toHaveAttribute("data-status", "VALID");
  expect((await console.call("ada", "/proxy/slack/auth.test")).status).toBe(401);
  await expect(credential).toHaveAttribute("data-status", "INVALID");

  await credential.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(credential).toHaveCount(0);
  await expect(page.getByText("Nothing is connected.")).toBeVisible();
});

test("a fault is switched on from a call, strikes, and is taken away", async ({ console, page }) => {
  await console.project.seed([{ id: "ada", accounts: [{ integration: "slack" }] }]);
  await console.call("ada", "/proxy/slack/auth.test");
  await console.open("Calls");
  await page.getByRole("link", { name: "GET /proxy/slack/auth.test" }).click();
  await page.getByRole("link", { name: "Make such calls fail" }).click();
  await expect(page.getByRole("textbox", { name: "Path" })).toHaveValue(`/projects/${console.project.id}/sdk/proxy/slack/auth.test`);
  await page.getByRole("spinbutton", { name: "Status" }).fill("429");
  await page.getByRole("spinbutton", { name: "Retry-After (s)" }).fill("7");
  await page.getByRole("spinbutton", { name: "Times" }).fill("1");
  await page.getByRole("button", { name: "Switch on" }).click();
  const faults = page.getByRole("list", { name: "Faults" }).getByRole("listitem");
  await expect(faults).toContainText("Status 429, Retry-After 7 s");
  await expect(faults).toContainText("0 of 0 broken");
  const broken = await console.call("ada", "/proxy/slack/auth.test");
  expect([broken.status, broken.headers.get("retry-after")]).toEqual([429, "7"]);
  await expect(faults).toContainText("Done, 1 broken");
  expect((await console.call("ada", "/proxy/slack/auth.test")).status).toBe(200);
  await page.getByRole("link", { name: "Calls that a fault broke" }).click();
  await expect(console.calls()).toHaveCount(1);
  await expect(console.calls()).toContainText("429");

  await console.go("Faults");
  await page.getByRole("button", { name: /^Take away/ }).click();
  await expect(page.getByText("Everything goes as well as it can.")).toBeVisible();
  expect(await console.project.faults.list()).toEqual([]);
  // What the platform refuses is told.
  await page.getByRole("spinbutton", { name: "Status" }).fill("200");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByTestId("error")).toContainText("effect.status must be from 400 to 599");
});

test("the clock is stopped, moved and given back", async ({ console, page }) => {
  await console.open("Clock");
  const state = page.getByTestId("clock-state");
  await expect(state).toHaveText("It runs as this machine’s clock does.");
  await page.getByRole("button", { name: "Stop it" }).click();
  await expect(state).toHaveText("It stands.");
  const stood = (await console.project.clock.read()).now.getTime();
  await page.getByRole("button", { name: "+ 1 day" }).click();
  await expect.poll(async () => (await console.project.clock.read()).now.getTime() - stood).toBe(86_400_000);
  await expect(page.getByTestId("clock").locator("time")).toHaveAttribute("datetime", new Date(stood + 86_400_000).toISOString());
  await page.getByLabel("To this time").fill("2040-01-02T03:04:05");
  await page.getByRole("button", { name: "Set" }).click();
  const wanted = await page.evaluate(() => new Date("2040-01-02T03:04:05").getTime());
  await expect.poll(async () => (await console.project.clock.read()).now.getTime()).toBe(wanted);
  await page.getByRole("button", { name: "Let it run" }).click();
  await expect(state).toContainText("ahead of this machine");
  await page.getByRole("button", { name: "Back to this machine’s time" }).click();
  await expect(state).toHaveText("It runs as this machine’s clock does.");
});

test("snapshots are saved, loaded, carried elsewhere and deleted; a reset goes to the seed", async ({ console, page }) => {
  await console.project.seed([{ id: "ada" }]);
  await console.open("Snapshots");
  await page.getByRole("textbox", { name: "Name" }).fill("with-ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("“with-ada” is saved.")).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export with-ada" }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, "utf8"))).toBeInstanceOf(Object);

  await page.getByRole("button", { name: "Reset to the seed" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reset" }).click();
  await expect(page.getByText("The project is as its seed is.")).toBeVisible();
  await console.go("Users");
  await expect(page.getByText("No users yet")).toBeVisible();

  await console.go("Snapshots");
  await page.getByLabel("Snapshot file").setInputFiles({ name: "carried.json", mimeType: "application/json", buffer: await readFile(file) });
  await expect(page.getByText("“carried” is imported")).toBeVisible();
  await page.getByRole("button", { name: "Load carried" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Load" }).click();
  await expect(page.getByText("“carried” is loaded.")).toBeVisible();
  await page.getByRole("button", { name: "Delete with-ada" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.locator("[data-snapshot]")).toHaveCount(1);
  await console.go("Users");
  await expect(page.getByRole("link", { name: "ada" })).toBeVisible();
});

test("projects are made, changed between, and deleted", async ({ console, page }) => {
  await console.open("Project");
  await expect(page.getByRole("list", { name: "Integrations" })).toContainText("Handle orders");
  await page.getByRole("button", { name: "New project" }).click();
  await expect(page).not.toHaveURL(new RegExp(console.project.id));
  const made = new URL(page.url()).pathname.split("/")[2]!;
  await expect(page.getByTestId("connection")).toHaveText("Live");
  await page.getByRole("button", { name: /Project/ }).first().click();
  await page.getByRole("option", { name: console.project.id.slice(0, 8) }).click();
  await expect(page).toHaveURL(new RegExp(`/console/${console.project.id}/project`));
  await page.getByRole("button", { name: `Delete project ${made}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("list", { name: "Projects" })).not.toContainText(made);
});

test("the pictures count what happens, and are there as tables", async ({ console, page }) => {
  await console.project.seed([{ id: "ada", accounts: [{ integration: "slack" }] }]);
  await console.project.journal.clear();
  await console.open("Overview");
  await expect(page.getByRole("img", { name: "0 calls: 0 good, 0 refused, 0 failed" })).toBeVisible();
  for (let call = 0; call < 3; call++) await console.call("ada", "/me");
  await console.call("ada", "/integrations/nothing", { method: "DELETE" });
  await console.project.faults.add({ path: "*/me", times: 1, effect: { kind: "status", status: 503 } });
  await console.call("ada", "/me");
  await expect(page.getByRole("img", { name: "5 calls: 3 good, 1 refused, 1 failed" })).toBeVisible();
  await expect(page.getByRole("img", { name: "40 % of 5 calls went wrong" })).toBeVisible();
  await page.getByText("As a table").first().click();
  const rows = page.getByRole("table", { name: /^Calls to the platform/ }).locator("tbody tr");
  const sums = (await rows.locator("td").allInnerTexts()).map(Number).reduce((all, number, index) => ((all[index % 3]! += number), all), [0, 0, 0]);
  expect(sums).toEqual([3, 1, 1]);
  await console.choose("What", "Requests to providers");
  await console.call("ada", "/proxy/slack/auth.test");
  await expect(page.getByRole("img", { name: "1 call: 1 good, 0 refused, 0 failed" })).toBeVisible();
  await page.getByRole("link", { name: /DELETE \/integrations\/nothing/ }).click();
  await expect(page.getByTestId("call")).toContainText("404");
});

test("it says when the platform does not answer, and goes on when it does", async ({ console, page }) => {
  // A stream that ends at once, as when the process ends.
  await page.route("**/watch", (route) => route.fulfill({ contentType: "text/event-stream", body: "data: {}\n\n" }));
  await page.goto(`${console.origin}/console/${console.project.id}/calls#secret=${console.secret}`);
  await expect(page.getByTestId("connection")).toHaveText("Not answering");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.getByTestId("connection")).toHaveText("Live");
  await console.call("ada", "/me");
  await expect(console.calls()).toHaveCount(1);
});
