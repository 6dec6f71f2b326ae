export declare const browser: Record<"chromium" | "chromedriver" | "firefox" | "geckodriver" | "webkitdriver" | "xvfb", string>;
