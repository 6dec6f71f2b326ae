// What an app may pass by mistake, or because somebody else gave it to the app: values that throw at every touch, that
// change while they are read, that have no end. Every method with every one of them ends, with an error of the SDK's or with an
// answer, and the object stays usable.

import { expect, test } from "./support/test.ts";

/** Makes the values in the page, each anew for every call. */
const VALUES = () => {
  const trap = () => {
    throw new Error("trap");
  };
  const traps = { get: trap, set: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap, apply: trap };
  const keys = ["host", "onError", "onNext", "headers", "method", "body", "signal", "metadata", "persist", "integration", "action", "parameters", "id", "length", "then", "credentialId", "selectedCredentialId", "externalId", "accountType", "timeout", "retries"];
  const withGetters = (get: () => unknown) => Object.defineProperties({}, Object.fromEntries(keys.map((key) => [key, { get, enumerable: true }])));
  const all: Record<string, () => unknown> = {
    "a proxy whose traps throw": () => new Proxy({}, traps),
    "a function whose traps throw": () => new Proxy(() => {}, traps),
    "a revoked proxy": () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
    "getters that throw": () => withGetters(trap),
    "getters that say something else each time": () => {
      const says = ["slack", 7, null, {}, [], () => {}, undefined, NaN];
      let turn = 0;
      return withGetters(() => says[turn++ % says.length]);
    },
    "an object without end": () => {
      const endless: Record<string, unknown> = {};
      return Object.assign(endless, Object.fromEntries(keys.map((key) => [key, endless])));
    },
    "a list without end": () => {
      const endless: unknown[] = [];
      endless.push(endless, endless);
      return endless;
    },
    "something deep": () => {
      let deep: unknown = {};
      for (let level = 0; level < 20_000; level++) deep = { deep };
      return deep;
    },
    "a long list of nothing": () => new Array(100_000),
    "a long text": () => "x".repeat(3_000_000),
    "a text of halves of letters": () => "\ud800\udc00\ud800".repeat(10),
    "a frozen object": () => Object.freeze({ host: "x", headers: Object.freeze([]) }),
    "an object without a prototype": () => Object.create(null),
    "an object that is no text": () => ({ toString: trap, valueOf: trap, toJSON: trap, [Symbol.toPrimitive]: trap }),
    "a symbol": () => Symbol("x"),
    "a big number": () => 2n ** 64n,
    "not a number": () => NaN,
    "a time that is none": () => new Date(NaN),
    "a function that throws": () => trap,
    "a class": () => class {},
    "bytes that are gone": () => {
      const bytes = new Uint8Array(8);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return bytes;
    },
    "a promise that never ends": () => new Promise(() => {}),
    "what settles twice": () => ({ then: (yes: (value: unknown) => void, no: (reason: unknown) => void) => (yes("once"), no("twice"), yes("again")) }),
    "what cannot be waited for": () => ({ get then() { return trap(); } }),
  };
  window.hostile = all;
};

declare global {
  interface Window {
    hostile: Record<string, () => unknown>;
  }
}

/** Calls every method of an SDK object with the value in every place; what did not go as it must. */
async function callAll([name, host, project, token]: [string, string, string, string]): Promise<string[]> {
  const make = window.hostile[name]!;
  const wrong: string[] = [];
  const LAST = ["configureGlobal", "authenticate", "logout"];
  const sdk = window.createParagon();
  const signIn = async () => {
    sdk.configureGlobal({ host });
    sdk.setHeadless(true);
    await sdk.authenticate(project, token);
  };
  await signIn();
  type Found = [string, (...args: unknown[]) => unknown];
  const found = (value: object, prefix = ""): Found[] =>
    Object.entries(value).flatMap(([key, member]): Found[] =>
      typeof member === "function" ? [[prefix + key, member as Found[1]]] : found(member as object, `${prefix}${key}.`),
    );
  // `connect()` shows nothing in headless mode, and answers nothing.
  const methods = found(sdk).filter(([method]) => !["dispose", "ExternalFilePicker", "connect"].includes(method));
  const order = ([method]: Found) => (LAST.includes(method) ? 1 : 0);
  methods.sort((a, b) => order(a) - order(b));
  const check = (method: string, error: unknown) => {
    const { code } = Object(error) as { code?: unknown };
    // What the app's own function threw is the app's.
    const own = error instanceof Error && /^(trap|The message port|.*revoked|.*aborted)/.test(error.message);
    if ((typeof code !== "string" && !own) || code === "INTERNAL_ERROR") wrong.push(`${method}: ${String(error)}`);
  };
  const calls: Promise<unknown>[] = [];
  const open = new Set<string>();
  for (const [method, call] of methods) {
    for (const args of [[make()], ["slack", make()], ["slack", "/x", make()], [make(), make(), make()], ["slack", { body: make(), headers: make(), method: "POST", onError: make(), options: make() }]]) {
      try {
        const answer = call(...args);
        // Loops, and whatever else is no promise, are answers.
        if (!(answer instanceof Promise)) continue;
        const one = `${method}, call ${calls.length}`;
        open.add(one);
        calls.push(answer.catch((error) => check(method, error)).then(() => open.delete(one)));
      } catch (error) {
        check(method, error);
      }
    }
  }
  // Some wait for the user, in a popup or in the portal, and end with the session.
  const settled = (ms: number) => Promise.race([Promise.all(calls), new Promise((resolve) => setTimeout(resolve, ms))]);
  await settled(1_500);
  await signIn();
  const user = sdk.getUser();
  if (!user.authenticated || !user.integrations["slack"]) wrong.push("the object is not usable any more");
  sdk.dispose();
  await settled(10_000);
  wrong.push(...[...open].map((method) => `${method}: has not ended`));
  return wrong;
}

test("every method with every hostile value ends, and the SDK stays usable", async ({ host, platform }) => {
  test.setTimeout(240_000);
  await platform.local.seed([{ id: host.userId, accounts: [{ integration: "slack" }] }]);
  const problems: string[] = [];
  host.page.on("pageerror", (error) => problems.push(`thrown at nobody: ${error.message}`));
  await host.page.addInitScript(VALUES);
  await host.open();
  const { projectId, token } = await platform.session(host.userId);
  const names = await host.page.evaluate(() => Object.keys(window.hostile));
  for (const name of names) {
    await test.step(name, async () => {
      const wrong = await host.page.evaluate(callAll, [name, platform.base, projectId, token] as [string, string, string, string]);
      problems.push(...wrong.map((text) => `${name} × ${text}`));
    });
  }
  expect(problems).toEqual([]);
});
