// The console as a person uses it. Over all of it: no violation of the page's policy, nothing on the browser's console.

import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Project } from "paragon-connect/testing";
import { complaintsOf } from "./complaints.ts";
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
    await this.page.goto(`${this.origin}/console/${this.project.id}/${view.toLowerCase()}`);
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

  get origin(): string {
    return new URL(this.address).origin;
  }

  /** As the platform prints it. */
  get secret(): string {
    return decodeURIComponent(new URL(this.address).hash.replace("#secret=", ""));
  }

  /** Waits until so many runs are at their end. */
  async ended(count: number): Promise<void> {
    const { address, id, apiKey } = this.project;
    const read = async () => {
      const answer = await fetch(`${address}/projects/${id}/task-history/workflow-executions`, { headers: { authorization: `Bearer ${apiKey}` } });
      const { workflowExecutions } = (await answer.json()) as { workflowExecutions: { dateEnded: string | null }[] };
      return workflowExecutions.filter(({ dateEnded }) => dateEnded !== null).length;
    };
    await expect.poll(read, { timeout: 60_000 }).toBe(count);
  }

  /** Begins a run of the workflow "Handle orders" for a user who has connected Box. */
  async order(user: string, payload: Record<string, unknown>): Promise<void> {
    expect((await this.call(user, "/events/trigger", { body: { name: "Order Made", payload } })).status).toBe(201);
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
    const complaints = await complaintsOf(page, expectedConsole);
    const files = ["local/src/config/default.toml", "tests/e2e/support/console.toml"];
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const project = await platform.local.createProject({ projectFile: texts.join("") });
    await use(new Console(page, platform.local.console, project));
    await project.delete();
    expect(complaints).toEqual([]);
  },
});

export { expect } from "@playwright/test";
