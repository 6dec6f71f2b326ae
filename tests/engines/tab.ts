// A window under WebDriver that can do what the end-to-end tests' host and person ask of Playwright's pages, so that these
// serve both.

import type { Page } from "@playwright/test";
import { error, type WebDriver, type WebElement } from "selenium-webdriver";
import type { Session } from "./session.ts";

/** How long an element, or a window, is waited for, in milliseconds. */
const PATIENCE = 30_000;

type Errors = (new (...args: never[]) => Error)[];
const NOT_YET: Errors = [
  error.NoSuchElementError,
  error.NoSuchFrameError,
  error.StaleElementReferenceError,
  error.ElementNotInteractableError,
  error.ElementClickInterceptedError,
];
const isOneOf = (thrown: unknown, errors: Errors) => errors.some((one) => thrown instanceof one);

export class Tab {
  constructor(
    private readonly session: Session,
    private readonly handle: string,
    private readonly frame?: string,
  ) {}

  /** For what is written for Playwright and asks for no more than there is here. */
  get page(): Page {
    return this as unknown as Page;
  }

  /** The document in an iframe of this window. */
  frameAt(selector: string): Tab {
    return new Tab(this.session, this.handle, selector);
  }

  async goto(address: string): Promise<void> {
    await this.#run((driver) => driver.get(address));
  }

  /** Runs in the page; promises are waited for. */
  evaluate<A, R>(work: (argument: A) => R, argument?: A): Promise<Awaited<R>> {
    return this.#run((driver) => driver.executeScript(`return (${work})(arguments[0])`, argument)) as Promise<Awaited<R>>;
  }

  locator(selector: string) {
    return {
      /** A person's click. It may close the window. */
      click: () => this.#once(selector, (element) => element.click(), true),
      check: () => this.#once(selector, async (element) => ((await element.isSelected()) ? undefined : element.click())),
      fill: (text: string) => this.#once(selector, (element) => element.sendKeys(text)),
      waitFor: () => this.#once(selector, visible),
      text: () => this.#once(selector, (element) => element.getText()),
      count: () => this.#run(async (driver) => (await driver.findElements({ css: selector })).length),
    };
  }

  /** The next window that opens. */
  async waitForEvent(_: "popup"): Promise<Tab> {
    const before = await this.session.windows();
    return eventually(() => "no popup opens", async () => {
      const [handle] = (await this.session.windows()).filter((one) => !before.includes(one));
      return handle && new Tab(this.session, handle);
    });
  }

  async isClosed(): Promise<boolean> {
    return !(await this.session.windows()).includes(this.handle);
  }

  async close(): Promise<void> {
    await this.#run((driver) => driver.close());
  }

  #run<T>(command: (driver: WebDriver) => Promise<T>): Promise<T> {
    return this.session.in(this.handle, this.frame, command);
  }

  /** Does something with an element, as soon as that can be done. `mayClose`: it is done, too, if the window goes. */
  #once<T>(selector: string, work: (element: WebElement) => Promise<T>, mayClose = false): Promise<T | undefined> {
    let reason: unknown;
    const attempt = async () => {
      try {
        return { done: await this.#run(async (driver) => work(await driver.findElement({ css: selector }))) };
      } catch (thrown) {
        // A window whose page moves to another process is away for a moment.
        const isAway = mayClose && isOneOf(thrown, [error.NoSuchWindowError]);
        if (isAway && (await this.isClosed())) return { done: undefined };
        if (!isAway && !isOneOf(thrown, NOT_YET)) throw thrown;
        reason = thrown;
        return undefined;
      }
    };
    return eventually(() => `nothing can be done with ${selector} (${reason})`, attempt).then(({ done }) => done);
  }
}

async function visible(element: WebElement): Promise<void> {
  if (!(await element.isDisplayed())) throw new error.ElementNotInteractableError();
}

async function eventually<T>(what: () => string, attempt: () => Promise<T | undefined | "">): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const result = await attempt();
    if (result) return result;
    if (Date.now() > end) throw new Error(`${what()} for ${PATIENCE / 1000} seconds`);
  }
}
