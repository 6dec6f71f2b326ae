// One browser under its driver. WebDriver speaks of one window at a time; here every command names its own, and they are
// carried out one after the other.

import { Builder, type WebDriver } from "selenium-webdriver";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { DriverService } from "selenium-webdriver/remote/index.js";
import { startDisplay } from "./display.ts";
import { capabilitiesOf, type Engine } from "./engines.ts";

/** How long a browser may take to start, in milliseconds. */
const START = 60_000;

export class Session {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly driver: WebDriver,
    /** The window that is there from the start. */
    readonly first: string,
    readonly version: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(engine: Engine): Promise<Session> {
    const display = engine.wantsDisplay ? await startDisplay() : undefined;
    const port = await findFreePort();
    const service = new DriverService(engine.driver, {
      loopback: true,
      port,
      args: [`--port=${port}`],
      env: { ...(process.env as Record<string, string>), ...(display && { DISPLAY: display.name }) },
    });
    const end = async () => {
      await service.kill();
      display?.stop();
    };
    try {
      const address = await service.start(START);
      const driver = await new Builder().usingServer(address).withCapabilities(capabilitiesOf(engine)).build();
      const version = (await driver.getCapabilities()).getBrowserVersion()!;
      return new Session(driver, await driver.getWindowHandle(), version, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Runs after all that was asked before. */
  #next<T>(command: () => Promise<T>): Promise<T> {
    const result = this.#last.then(command);
    this.#last = result.catch(() => {});
    return result;
  }

  /** A command in a window, or in a frame of it. */
  in<T>(handle: string, frame: string | undefined, command: (driver: WebDriver) => Promise<T>): Promise<T> {
    return this.#next(async () => {
      await this.driver.switchTo().window(handle);
      if (frame) await this.driver.switchTo().frame(await this.driver.findElement({ css: frame }));
      return command(this.driver);
    });
  }

  windows(): Promise<string[]> {
    return this.#next(() => this.driver.getAllWindowHandles());
  }

  /** Closes all windows but the first. */
  async tidy(): Promise<void> {
    for (const handle of await this.windows()) {
      if (handle !== this.first) await this.in(handle, undefined, (driver) => driver.close()).catch(() => {});
    }
  }

  async stop(): Promise<void> {
    await this.driver.quit().catch(() => {});
    await this.end();
  }
}
