// How tests and measurements start Chromium: Playwright's launch options.

// What Playwright switches off by itself: of two such lists Chromium only takes the last.
const OFF_FOR_TESTS = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "TcpPortRandomizationWin",
  "ThirdPartyStoragePartitioning",
];
// Pages of the browser's own below the address bar. Every window and popup gets two, also where there is no address bar to be
// seen, and they take more processor time than most tests.
const BELOW_THE_ADDRESS_BAR = ["WebUIOmniboxAimPopup", "WebUIOmniboxPopup"];

export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    `--disable-features=${[...OFF_FOR_TESTS, ...BELOW_THE_ADDRESS_BAR]}`,
  ],
  // Popups are blocked where a person's browser would block them.
  ignoreDefaultArgs: ["--disable-popup-blocking"],
};
