// A page in which somebody else's code has changed what all objects inherit, before the SDK came.

import { expect, test } from "./support/test.ts";

test("a page whose prototypes were changed before the SDK came is served all the same, and nobody else", async ({ host, platform }) => {
  const asked: string[] = [];
  host.page.on("request", (request) => asked.push(new URL(request.url()).hostname));
  await host.page.addInitScript(() => {
    const evil = "https://evil.example";
    const added = {
      polluted: true,
      user: { authenticated: true, userId: "evil", integrations: {} },
      token: "evil",
      catalog: [],
      headless: true,
      environments: { ZEUS_PUBLIC_URL: evil, WORKER_PROXY_PUBLIC_URL: evil, local: true },
      ZEUS_PUBLIC_URL: evil,
      WORKER_PROXY_PUBLIC_URL: evil,
      PASSPORT_PUBLIC_URL: evil,
      projectId: "evil",
      prepared: { key: "evil", address: evil },
    };
    // Not enumerable: what bundlers put around the app's code would stumble over it.
    for (const [key, value] of Object.entries(added)) {
      Object.defineProperty(Object.prototype, key, { value, writable: true, configurable: true });
      Object.defineProperty(Array.prototype, key, { value, writable: true, configurable: true });
    }
  });
  await host.open();
  expect(await host.page.evaluate(() => window.paragon.getUser().authenticated)).toBe(false);
  const { error } = await host.request("slack", "auth.test");
  expect(error?.code).toBe("USER_NOT_AUTHENTICATED");
  await host.configure();
  await host.authenticate();
  await host.connect("slack");
  const { userId, integrations } = await host.user();
  expect([userId, integrations["slack"]!.enabled]).toEqual([host.userId, true]);
  expect(await host.request("slack", "auth.test")).toMatchObject({ value: { ok: true } });
  expect(await platform.credentials(host.userId, "slack")).toHaveLength(1);
  await host.page.evaluate(() => window.paragon.logout());
  expect(await host.page.evaluate(() => JSON.stringify(window.paragon.getUser()))).toBe('{"authenticated":false}');
  expect([...new Set(asked)]).toEqual(["127.0.0.1"]);
});
