// No page can use the admin API, even one that has got hold of the secret.

import { expect, test } from "./support/test.ts";

test("a page of another origin cannot use the admin API", async ({ page, platform }) => {
  const moment = new Date("2030-01-01T00:00:00.000Z");
  await platform.local.clock.freeze(moment);
  // The same secret that the helper has, as it goes over the wire.
  const [request] = await Promise.all([seen(), platform.local.clock.read()]);
  const attempts = {
    plain: { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" },
    json: { method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
    secret: { method: "POST", headers: { authorization: request } },
    blind: { method: "POST", mode: "no-cors" },
  };
  const address = `${platform.base}/_admin/projects/default/reset`;
  // A page of an app on this machine: its own policy forbids it nothing.
  const app = "http://localhost:5999";
  await page.route(`${app}/`, (route) => route.fulfill({ contentType: "text/html", body: "<title>An app</title>" }));
  for (const origin of [app, platform.demo, platform.sandbox]) {
    await page.goto(`${origin}/`);
    for (const [name, init] of Object.entries(attempts)) {
      const outcome = await page.evaluate(
        ([address, init]) =>
          fetch(address, init as RequestInit).then((answer) => `${answer.type} ${answer.status}`, () => "refused"),
        [address, init] as const,
      );
      // Without CORS a page is told nothing either way.
      expect(outcome, `${name} from ${origin}`).toMatch(name === "blind" ? /^(opaque 0|refused)$/ : /^refused$/);
    }
  }
  // Nothing of it was carried out: a reset would have put the clock back.
  expect(await platform.local.clock.read()).toEqual({ now: moment, frozen: true });
  await platform.local.clock.reset();

  async function seen(): Promise<string> {
    const original = globalThis.fetch;
    return new Promise((resolve) => {
      globalThis.fetch = (input, init) => {
        globalThis.fetch = original;
        resolve(new Headers(init?.headers).get("authorization")!);
        return original(input, init);
      };
    });
  }
});
