// Several SDK objects in one page: each with its own user; disposing of one leaves nothing behind.

import { randomUUID } from "node:crypto";
import { expect, test } from "./support/test.ts";

test("two objects have two users, and a crash takes neither", async ({ host, platform }) => {
  await host.signIn();
  const other = await platform.session(`user-${randomUUID()}`);
  const users = () => host.page.evaluate(() => [window.paragon, window.second!].map((one) => one.getUser()));
  await host.page.evaluate(
    async ([base, projectId, token]) => {
      window.second = window.createParagon();
      window.second.configureGlobal({ host: base });
      await window.second.authenticate(projectId, token);
    },
    [platform.base, other.projectId, other.token] as const,
  );
  const ids = [host.userId, other.userId];
  expect((await users()).map((user) => user.authenticated && user.userId)).toEqual(ids);

  // One of them makes the module trap while a call of the other is under way.
  const lost = await host.page.evaluate(async () => {
    const { randomUUID } = crypto;
    const waiting = window.second!.event("under way", {}).then(
      () => "answered",
      (error: { code: string }) => error.code,
    );
    crypto.randomUUID = () => {
      crypto.randomUUID = randomUUID;
      window.paragon.getVersion();
      return randomUUID.call(crypto);
    };
    try {
      window.paragon.installFlow.start("slack", { onError: () => {} });
    } catch {
      // The other object's loss is what this is about.
    }
    return waiting;
  });
  expect(lost).toBe("INTERNAL_ERROR");
  expect((await users()).map((user) => user.authenticated && user.userId)).toEqual(ids);
  await host.connect("slack");
  expect((await users()).map((user) => user.authenticated && user.integrations["slack"]!.enabled)).toEqual([true, false]);
});

test("what is disposed of ends its calls and answers none", async ({ host, platform }) => {
  await host.signIn();
  const { projectId, token } = await platform.session(host.userId);
  const codes = await host.page.evaluate(
    async ([base, projectId, token]) => {
      const code = (error: unknown) => (error as { code: string }).code;
      const one = window.createParagon();
      one.configureGlobal({ host: base });
      await one.authenticate(projectId, token);
      const waiting = one.event("under way", {}).then(() => "answered", code);
      one.dispose();
      one.dispose();
      const after = await one.authenticate(projectId, token).then(() => "answered", code);
      let thrown = "nothing";
      try {
        one.setHeadless(true);
      } catch (error) {
        thrown = code(error);
      }
      return [await waiting, after, thrown];
    },
    [platform.base, projectId, token] as const,
  );
  expect(codes).toEqual(["DISPOSED", "DISPOSED", "DISPOSED"]);
  expect((await host.user()).userId).toBe(host.userId);
});

test("a thousand objects, one after the other", async ({ host }) => {
  await host.open();
  const versions = await host.page.evaluate(() => {
    const versions = new Set<string>();
    for (let count = 0; count < 1000; count += 1) {
      const one = window.createParagon();
      versions.add(one.getVersion());
      one.dispose();
    }
    return [...versions];
  });
  expect(versions).toHaveLength(1);
});

test("too many objects at once are refused, until one goes", async ({ host }) => {
  await host.open();
  const seen = await host.page.evaluate(() => {
    const all: { getVersion(): string; dispose(): void }[] = [];
    let code = "none";
    while (code === "none" && all.length < 10_000) {
      const one = window.createParagon();
      try {
        one.getVersion();
        all.push(one);
      } catch (error) {
        code = (error as { code: string }).code;
      }
    }
    all.pop()!.dispose();
    const version = window.createParagon().getVersion();
    for (const one of all) one.dispose();
    return [code, version === window.paragon.getVersion()];
  });
  expect(seen).toEqual(["TOO_MANY_OBJECTS", true]);
});
