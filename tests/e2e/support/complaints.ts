// What goes wrong in a page without anybody being told.

import type { Page } from "@playwright/test";

/** Errors that nobody catches, violations of the page's policy, and what is on the browser's console; but not what is `expected`. */
export async function complaintsOf(page: Page, expected: RegExp[]): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (["error", "warning"].includes(message.type()) && !expected.some((one) => one.test(text))) complaints.push(text);
  });
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    ),
  );
  return complaints;
}
