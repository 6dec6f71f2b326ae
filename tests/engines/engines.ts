// The engines, each with the program that drives it. Popups are blocked where a person's browser would block them.

import { Capabilities } from "selenium-webdriver";
import { browser } from "../../tools/setup.mjs";

export type Engine = {
  /** Of the Playwright project. */
  name: string;
  /** For people. */
  title: string;
  /** The WebDriver program. */
  driver: string;
  /** It has no mode without a display, and gets one that nobody sees. */
  wantsDisplay: boolean;
  capabilities: Record<string, unknown>;
};

export const ENGINES: Engine[] = [
  {
    name: "chromium",
    title: "Chromium",
    driver: browser.chromedriver,
    wantsDisplay: false,
    capabilities: {
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: browser.chromium,
        args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        excludeSwitches: ["disable-popup-blocking"],
      },
    },
  },
  {
    name: "firefox",
    title: "Firefox",
    driver: browser.geckodriver,
    wantsDisplay: false,
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: browser.firefox,
        args: ["-headless"],
        // What geckodriver switches off.
        prefs: { "dom.disable_open_during_load": true },
      },
    },
  },
  {
    // Its driver finds the browser, MiniBrowser, by itself.
    name: "webkit",
    title: "WebKitGTK",
    driver: browser.webkitdriver,
    wantsDisplay: true,
    capabilities: { browserName: "MiniBrowser" },
  },
];

export const capabilitiesOf = (engine: Engine): Capabilities => new Capabilities(engine.capabilities);
