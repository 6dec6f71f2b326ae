// A host page whose SDK gets its user tokens from a function, which the test answers.

import type { Project } from "paragon-connect/testing";
import type { Page } from "@playwright/test";
import type { Host } from "./host.ts";
import { expect } from "./test.ts";

type Options = { persist?: "session" | "local" };

export class TokenPage {
  /** How often the function was asked. */
  asked = 0;
  /** What it answers next; at first a token of the user's. */
  answer: () => Promise<string>;

  private constructor(
    readonly page: Page,
    readonly project: Project,
    readonly user: string,
  ) {
    this.answer = () => project.token(user);
  }

  static async open(host: Host, project: Project, user = "ada", page = host.page): Promise<TokenPage> {
    const tokens = new TokenPage(page, project, user);
    await page.exposeFunction("nextToken", () => {
      tokens.asked += 1;
      return tokens.answer();
    });
    await tokens.load(host);
    return tokens;
  }

  /** Loads the page, perhaps anew, and tells the SDK where the platform is. */
  async load(host: Host): Promise<void> {
    await this.page.goto(host.address);
    await this.page.evaluate((host) => {
      window.told = [];
      for (const name of ["onAuthChange", "onTokenExpired"] as const) {
        window.paragon.subscribe(name, (event) => window.told.push([name, event]));
      }
      window.paragon.configureGlobal({ host });
      window.paragon.setHeadless(true);
    }, this.project.address);
  }

  /** Signs in with the function; what came of it: nothing, or an error's code. */
  signIn(options: Options = {}): Promise<string | undefined> {
    return this.page.evaluate(
      ([projectId, options]) =>
        window.paragon
          .authenticate(projectId, () => window.nextToken(), options)
          .then(() => undefined, (error: { code: string }) => error.code),
      [this.project.id, options] as const,
    );
  }

  /** Calls of the platform at the same time; what each came to. */
  calls(count = 1): Promise<string[]> {
    return this.page.evaluate(
      (count) =>
        Promise.all(
          Array.from({ length: count }, (_, index) =>
            window.paragon.event(`event ${index}`, {}).then(() => "done", (error: { code: string }) => error.code),
          ),
        ),
      count,
    );
  }

  /** Who is signed in. */
  userId(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const user = window.paragon.getUser();
      return user.authenticated ? user.userId : undefined;
    });
  }

  /** Events about the session, in their order. */
  told(): Promise<[string, unknown][]> {
    return this.page.evaluate(() => window.told);
  }

  /** Waits until somebody, or nobody, is signed in. */
  async untilUser(userId: string | undefined): Promise<void> {
    await expect.poll(() => this.userId()).toBe(userId);
  }
}

declare global {
  interface Window {
    nextToken(): Promise<string>;
    told: [string, unknown][];
  }
}
