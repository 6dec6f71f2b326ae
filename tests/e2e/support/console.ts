// The console as a person uses it. Over all of it: no violation of the page's policy, nothing on the browser's console.

import { expect, type Locator, type Page } from "@playwright/test";
import type { Project } from "paragon-connect/testing";
import { test as base } from "./test.ts";

type View = "Overview" | "Calls" | "Runs" | "Users" | "Faults" | "Clock" | "Snapshots" | "Project";

export class Console {
  readonly main: Locator;

  constructor(
    readonly page: Page,
    /** Address with the secret, as the platform prints it. */
    private readonly address: string,
    /** What the console shows: a project that no other test has. */
    readonly project: Project,
  ) {
    this.main = page.getByRole("main");
  }

  /** Opens it by the printed address, then the test's project. */
  async open(view: View = "Overview"): Promise<void> {
    await this.page.goto(this.address);
    await expect(this.page.getByTestId("connection")).toHaveText("Live");
    await this.page.goto(`${new URL(this.address).origin}/console/${this.project.id}/${view.toLowerCase()}`);
    await expect(this.page.getByTestId("connection")).toHaveText("Live");
    await expect(this.page.getByRole("heading", { level: 1, name: view })).toBeVisible();
  }

  async go(view: View): Promise<void> {
    await this.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: view })).toBeVisible();
  }

  /** Takes an entry of a choice. */
  async choose(label: string, entry: string, within: Locator = this.main): Promise<void> {
    await within.getByRole("button", { name: label }).click();
    await this.page.getByRole("option", { name: entry, exact: true }).click();
  }

  /** The lines of the journal, as they stand there: `POST /proxy/… 200`. */
  calls(): Locator {
    return this.page.getByTestId("calls").locator("tbody tr");
  }

  /** A call of the SDK as the project's user. */
  async call(user: string, path: string, init: { method?: string; body?: unknown } = {}): Promise<Response> {
    const { address, id } = this.project;
    return fetch(`${address}/projects/${id}/sdk${path}`, {
      method: init.method ?? (init.body === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${await this.project.token(user)}`, "content-type": "application/json" },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    });
  }
}

export const test = base.extend<{ console: Console; expectedConsole: RegExp[] }>({
  /** What a test makes the browser itself write to the console, such as failed requests. */
  expectedConsole: [[], { option: true }],
  console: async ({ page, platform, expectedConsole }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      if (["error", "warning"].includes(message.type()) && !expectedConsole.some((one) => one.test(text))) complaints.push(text);
    });
    await page.addInitScript(() =>
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      ),
    );
    const project = await platform.local.createProject();
    await use(new Console(page, platform.local.console, project));
    await project.delete();
    expect(complaints).toEqual([]);
  },
});

export { expect } from "@playwright/test";
