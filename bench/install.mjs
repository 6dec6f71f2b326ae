// One OAuth install on the local platform, by a click: from the moment the provider sends the popup back to `onComplete`; and how
// much of that comes after the popup's message, which the browser brings once it has loaded the page that sends it.

import { start } from "paragon-connect/testing";
import { platformBinary } from "../tools/builds.mjs";

async function environments(platform) {
  const known = await (await fetch(`${platform.address}/.well-known/paragon-local`)).json();
  return known.environments;
}

export async function install(pages, arm) {
  pages.platform ??= await start({ binary: platformBinary });
  const { platform } = pages;
  const user = `user-${crypto.randomUUID()}`;
  const overrides = arm === "ours" ? [] : [await environments(platform)];
  return pages.fresh(async (page) => {
    await pages.load(page, arm);
    await page.evaluate(
      async ([settings, project, token]) => {
        window.sdk.configureGlobal(...settings);
        window.sdk.setHeadless(true);
        await window.sdk.authenticate(project, token);
        const button = document.body.appendChild(document.createElement("button"));
        let told;
        window.addEventListener("message", ({ data }) => (told ??= data?.type === "oauth_success_callback" ? performance.now() : undefined), true);
        window.done = new Promise((resolve, reject) => {
          button.onclick = () =>
            window.sdk.installFlow.start("slack", { onNext() {}, onComplete: () => resolve([Date.now(), performance.now() - told]), onError: (error) => reject(new Error(String(error))) });
        });
      },
      [[{ host: platform.address }, ...overrides], platform.id, await platform.token(user)],
    );
    await platform.journal.clear();
    const opened = page.waitForEvent("popup");
    await page.locator("button").click();
    const popup = await opened;
    let back;
    popup.on("request", (request) => {
      if (request.isNavigationRequest() && request.url().startsWith(`${platform.address}/oauth/callback`)) back = Date.now();
    });
    await popup.locator("button[name=decision][value=allow]").click();
    const [done, after] = await page.evaluate(() => window.done);
    const calls = await platform.journal.find({});
    return [done - back, after, calls.filter(({ address }) => address.includes("/session-id/")).length];
  });
}
