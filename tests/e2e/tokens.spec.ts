// User tokens from a function of the app: asked for once for all, in time and when the platform wants another; kept in
// storage only if the app says so, and never believed for having been there.

import type { Project } from "paragon-connect/testing";
import type { Host } from "./support/host.ts";
import { expect, test as base } from "./support/test.ts";
import { TokenPage } from "./support/token-page.ts";

const HOUR = 3_600_000;

// A clock of its own for each test.
const test = base.extend<{ project: Project; tokens: TokenPage }>({
  project: async ({ platform }, use) => {
    const project = await platform.local.createProject();
    await project.seed([{ id: "ada", accounts: [{ integration: "slack" }] }]);
    await use(project);
    await project.delete();
  },
  tokens: async ({ host, project }, use) => use(await TokenPage.open(host, project)),
});

const refusals = async (project: Project) => (await project.journal.find({ status: "401" })).length;

test("the function is asked once, and its token is used until shortly before its end", async ({ tokens, project }) => {
  await tokens.page.clock.install();
  expect(await tokens.signIn()).toBeUndefined();
  expect(await tokens.userId()).toBe("ada");
  await tokens.page.clock.fastForward(58 * 60_000);
  expect(await tokens.calls(3)).toEqual(["done", "done", "done"]);
  expect(tokens.asked).toBe(1);

  await tokens.page.clock.fastForward(90_000);
  expect(await tokens.calls(5)).toEqual(Array(5).fill("done"));
  expect(tokens.asked).toBe(2);
  expect(await refusals(project)).toBe(0);
});

test("calls that the platform refuses for their token are sent once more, with one question for all", async ({ tokens, project }) => {
  await tokens.signIn();
  await project.clock.advance(2 * HOUR);
  expect(await tokens.calls(5)).toEqual(Array(5).fill("done"));
  expect(tokens.asked).toBe(2);
  expect(await refusals(project)).toBe(5);
  expect(await tokens.told()).toEqual([["onAuthChange", { authenticated: true, userId: "ada" }]]);
});

test("a call to a provider after the token's end has the next one", async ({ tokens, project }) => {
  await tokens.page.clock.install();
  await tokens.signIn();
  await project.clock.advance(2 * HOUR);
  await tokens.page.clock.fastForward(2 * HOUR);
  const answer = await tokens.page.evaluate(() => window.paragon.request<{ ok: boolean }>("slack", "/auth.test"));
  expect(answer?.ok).toBe(true);
  expect(tokens.asked).toBe(2);
});

test("a provider's own refusal asks for no token", async ({ tokens, project }) => {
  await tokens.signIn();
  await project.faults.add({ on: "provider", integration: "slack", effect: { kind: "status", status: 401 } });
  const code = await tokens.page.evaluate(() =>
    window.paragon.request("slack", "/auth.test").catch((error: { code: string }) => error.code),
  );
  expect(code).toBe("PROXY_ERROR");
  expect(tokens.asked).toBe(1);
});

test("what the platform refuses again is not sent a third time, and the session ends", async ({ tokens, project }) => {
  await tokens.signIn();
  await project.faults.add({ on: "hermes", effect: { kind: "status", status: 401 } });
  tokens.answer = () => project.token("ada", { seconds: 7200 });
  expect(await tokens.calls()).toEqual(["SESSION_REJECTED"]);
  expect((await project.journal.find({ kind: "hermes" })).length).toBe(2);
  expect(tokens.asked).toBe(2);
  expect(await tokens.told()).toEqual([
    ["onAuthChange", { authenticated: true, userId: "ada" }],
    ["onAuthChange", { authenticated: false }],
  ]);
});

test("a function that gives nothing fails the sign-in, and leaves what was", async ({ tokens }) => {
  await tokens.signIn();
  tokens.answer = () => Promise.reject(new Error("offline"));
  expect(await tokens.signIn()).toBe("LOADER_FAILED");
  expect(await tokens.userId()).toBe("ada");
  for (const [given, code] of [["text", "TOKEN_UNREADABLE"], ["", "TOKEN_MISSING"]] as const) {
    tokens.answer = () => Promise.resolve(given);
    expect(await tokens.signIn()).toBe(code);
    expect(await tokens.userId()).toBe("ada");
  }
});

test("a function that gives nothing when a new token is needed: told, warned of, and tried at the next call", async ({ tokens }) => {
  await tokens.page.clock.install();
  await tokens.signIn();
  const warnings: string[] = [];
  tokens.page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  tokens.answer = () => Promise.reject(new Error("offline"));
  await tokens.page.clock.fastForward(59.5 * 60_000);
  expect(await tokens.calls()).toEqual(["done"]);
  expect(await tokens.told()).toContainEqual(["onTokenExpired", { userId: "ada" }]);
  await expect.poll(() => warnings.join()).toContain("the user token failed: offline");

  tokens.answer = () => tokens.project.token("ada");
  expect(await tokens.calls()).toEqual(["done"]);
  expect(tokens.asked).toBe(3);
});

test("a new token of another user ends the session", async ({ tokens, project }) => {
  await tokens.signIn();
  tokens.answer = () => project.token("grace");
  await project.clock.advance(2 * HOUR);
  expect(await tokens.calls()).toEqual(["SESSION_REPLACED"]);
  expect(await tokens.userId()).toBeUndefined();
});

test("a function that answers after logout(), or after another sign-in, signs nobody in", async ({ tokens, project }) => {
  const grace = await project.token("grace");
  for (const [act, left] of [["logout", undefined], ["authenticate", "grace"]] as const) {
    let answer = () => {};
    tokens.answer = () => new Promise((resolve) => (answer = () => void project.token("ada").then(resolve)));
    const before = tokens.asked;
    const outcome = tokens.signIn();
    await expect.poll(() => tokens.asked).toBe(before + 1);
    await tokens.page.evaluate(
      ([act, projectId, token]) => (act === "logout" ? window.paragon.logout() : window.paragon.authenticate(projectId, token)),
      [act, project.id, grace] as const,
    );
    answer();
    expect(await outcome).toBe("SESSION_REPLACED");
    expect(await tokens.userId()).toBe(left);
  }
});

test("the end of a token that is a text is told when it comes, to those who listen", async ({ tokens, project }) => {
  await tokens.page.clock.install();
  await tokens.page.evaluate(
    ([id, token]) => window.paragon.authenticate(id, token),
    [project.id, await project.token("ada")] as const,
  );
  await tokens.page.clock.fastForward(HOUR - 60_000);
  expect(await tokens.told()).toHaveLength(1);
  await tokens.page.clock.fastForward(61_000);
  expect((await tokens.told()).slice(1)).toEqual([["onTokenExpired", { userId: "ada" }]]);
  expect(await tokens.userId()).toBe("ada");
});

test("a late refusal of the token before does not end the session of the next", async ({ tokens, project }) => {
  const sign = async (seconds: number) =>
    tokens.page.evaluate(
      ([id, token]) => window.paragon.authenticate(id, token),
      [project.id, await project.token("ada", { seconds })] as const,
    );
  await sign(3600);
  const fault = await project.faults.add({ on: "hermes", times: 1, effect: { kind: "status", status: 401 } });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let reached = () => {};
  const met = new Promise<void>((resolve) => (reached = resolve));
  await tokens.page.route("**/events/trigger", async (route) => {
    const response = await route.fetch();
    reached();
    await held;
    await route.fulfill({ response });
  });
  const outcome = tokens.calls();
  await met;
  await fault.remove();
  await sign(7200);
  release();
  expect(await outcome).toEqual(["done"]);
  expect(await tokens.userId()).toBe("ada");
});

const storedBy = (tokens: TokenPage) =>
  tokens.page.evaluate(() => [{ ...sessionStorage }, { ...localStorage }].map((all) => Object.entries(all)));

test.describe("kept in storage", () => {
  test("nothing is kept unless it is wanted", async ({ tokens }) => {
    await tokens.signIn();
    expect(await storedBy(tokens)).toEqual([[], []]);
  });

  test("after a reload nobody is asked; what is kept is the token alone, and logout() takes it out", async ({ tokens, host, project }) => {
    for (const persist of ["session", "local"] as const) {
      const before = tokens.asked;
      const token = await project.token("ada");
      tokens.answer = () => Promise.resolve(token);
      await tokens.signIn({ persist });
      const kept = [`paragon-connect:${project.id}`, token];
      expect(await storedBy(tokens)).toEqual(persist === "session" ? [[kept], []] : [[], [kept]]);

      await tokens.load(host);
      expect(await tokens.userId()).toBeUndefined();
      expect(await tokens.signIn({ persist })).toBeUndefined();
      expect(await tokens.userId()).toBe("ada");
      expect(tokens.asked).toBe(before + 1);
      await tokens.page.evaluate(() => window.paragon.logout());
      expect(await storedBy(tokens)).toEqual([[], []]);
    }
  });

  test("a token that is a text can be kept too, and be called for without one", async ({ tokens, host, project }) => {
    const token = await project.token("ada");
    const signIn = (token?: string) =>
      tokens.page.evaluate(
        ([id, token]) =>
          window.paragon
            .authenticate(id, token, { persist: "session" })
            .then(() => undefined, (error: { code: string }) => error.code),
        [project.id, token] as const,
      );
    expect(await signIn()).toBe("TOKEN_MISSING");
    expect(await signIn(token)).toBeUndefined();
    await tokens.load(host);
    expect(await signIn()).toBeUndefined();
    expect(await tokens.userId()).toBe("ada");
  });

  test("what is no good token of the user's is not believed", async ({ tokens, host, project }) => {
    const [header, claims] = (await project.token("ada")).split(".");
    for (const poison of [
      "text",
      '{"__proto__":{"hacked":true},"host":"https://evil.example"}',
      "x".repeat(1_000_000),
      "-----BEGIN PRIVATE KEY-----\nMII",
      `${header}.${claims}.AAAA`,
      await project.token("ada", { seconds: -60 }),
    ]) {
      await tokens.load(host);
      await tokens.page.evaluate(
        ([key, value]) => sessionStorage.setItem(key, value),
        [`paragon-connect:${project.id}`, poison] as const,
      );
      const before = tokens.asked;
      expect(await tokens.signIn({ persist: "session" }), poison.slice(0, 40)).toBeUndefined();
      expect(tokens.asked).toBe(before + 1);
      expect(await tokens.userId()).toBe("ada");
    }
    expect(await tokens.page.evaluate(() => "hacked" in {})).toBe(false);
  });

  for (const [how, deny] of [
    ["denied", () => void Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })],
    ["full", () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }],
  ] as const) {
    test(`storage that is ${how}: the token stays in memory`, async ({ tokens }) => {
      await tokens.page.evaluate(deny);
      expect(await tokens.signIn({ persist: "local" })).toBeUndefined();
      expect(await tokens.calls()).toEqual(["done"]);
      await tokens.page.evaluate(() => window.paragon.logout());
      expect(await tokens.userId()).toBeUndefined();
    });
  }

  const twoTabs = async (host: Host, project: Project, first: TokenPage): Promise<TokenPage> => {
    await first.signIn({ persist: "local" });
    const second = await TokenPage.open(host, project, "ada", await host.page.context().newPage());
    await second.signIn({ persist: "local" });
    expect([first.asked, second.asked]).toEqual([1, 0]);
    return second;
  };

  test("of several tabs one asks for the next token", async ({ tokens, host, project }) => {
    const second = await twoTabs(host, project, tokens);
    await project.clock.advance(2 * HOUR);
    expect(await Promise.all([tokens.calls(2), second.calls(2)])).toEqual([["done", "done"], ["done", "done"]]);
    expect(tokens.asked + second.asked).toBe(2);
  });

  test("logout() in one tab is logout in all", async ({ tokens, host, project }) => {
    const second = await twoTabs(host, project, tokens);
    await second.page.evaluate(() => window.paragon.logout());
    await tokens.untilUser(undefined);
    expect(await tokens.calls()).toEqual(["USER_NOT_AUTHENTICATED"]);
  });
});
