// A trap in the module hangs nobody: what is under way rejects, and the SDK goes on with its settings and its user.

import { expect, test } from "./support/test.ts";

// Core asks the page for a random id while it is borrowed; a page that then calls back in makes the module trap.
const trap = () => {
  const { randomUUID } = crypto;
  crypto.randomUUID = () => {
    crypto.randomUUID = randomUUID;
    window.paragon.getVersion();
    return randomUUID.call(crypto);
  };
};

test("after a trap calls under way reject, and the user is still there", async ({ host }) => {
  await host.signIn();
  const before = await host.user();
  await host.page.evaluate(trap);
  const names = await host.page.evaluate(async () => {
    const name = (error: unknown) => (error as { code?: string }).code;
    const waiting = window.paragon.event("under way", {}).catch(name);
    let thrown: unknown;
    try {
      window.paragon.installFlow.start("slack", { onError: (error) => (thrown = error) });
    } catch (error) {
      thrown = error;
    }
    return [await waiting, name(thrown)];
  });
  expect(names).toEqual(["INTERNAL_ERROR", "INTERNAL_ERROR"]);
  expect(await host.user()).toEqual(before);
  await host.connect("slack");
  expect((await host.integration("slack")).enabled).toBe(true);
});
