// How tests and measurements start Chromium: Playwright's launch options.

export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
  // Popups are blocked where a person's browser would block them.
  ignoreDefaultArgs: ["--disable-popup-blocking"],
};
