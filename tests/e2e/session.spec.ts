// Signing in, what is known about the user and the project, and what ends a session.

import { arrive } from "./support/consent.ts";
import { Platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

const KINDS = ["slack", "salesforce", "jira", "shopify", "sendgrid", "googledrive", "onedrive", "sharepoint", "box"];

test("before anybody signs in, everything answers and nothing is sent", async ({ host }) => {
  const requests: string[] = [];
  await host.open();
  host.page.on("request", (request) => requests.push(request.url()));
  const answers = await host.page.evaluate(() => ({
    user: window.paragon.getUser(),
    metadata: window.paragon.getIntegrationMetadata(),
    version: window.paragon.getVersion(),
  }));
  expect(answers).toEqual({ user: { authenticated: false }, metadata: [], version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(requests).toEqual([]);
});

test("authenticate reads user and integrations, in two requests", async ({ host, platform }) => {
  await host.open();
  await host.configure();
  const requests: string[] = [];
  host.page.on("request", (request) => request.method() !== "OPTIONS" && requests.push(new URL(request.url()).pathname));
  await host.authenticate();
  const sdk = `/projects/${platform.projectId}/sdk`;
  expect(requests.sort()).toEqual([`${sdk}/integrations`, `${sdk}/me`]);

  const user = await host.user();
  expect(user.userId).toBe(host.userId);
  expect(Object.keys(user.integrations).sort()).toEqual([...KINDS].sort());
  for (const type of KINDS) expect(user.integrations[type]).toMatchObject({ enabled: false, allCredentials: [] });
});

test("metadata and configuration of every integration; icons are there", async ({ host }) => {
  await host.signIn();
  const metadata = await host.page.evaluate(() => window.paragon.getIntegrationMetadata());
  expect(metadata.map(({ type }) => type).sort()).toEqual([...KINDS].sort());
  for (const { icon, name, brandColor } of metadata) {
    expect({ name, brandColor }).toEqual({ name: expect.any(String), brandColor: expect.stringMatching(/^#/) });
    const answer = await fetch(icon);
    expect([icon, answer.status, answer.headers.get("content-type")]).toEqual([icon, 200, "image/svg+xml"]);
  }
  const config = await host.page.evaluate(() => window.paragon.getIntegrationConfig("slack"));
  expect(config).toMatchObject({
    shortDescription: expect.any(String),
    longDescription: expect.stringContaining("####"),
    availableUserSettings: [{ id: "channel" }],
    availableWorkflows: [{ description: "Post new tasks" }, { description: "Daily summary" }],
    hiddenWorkflows: [],
  });
});

test("a copy of the user is a copy", async ({ host }) => {
  await host.signIn();
  await host.page.evaluate(() => {
    const user = window.paragon.getUser();
    if (user.authenticated) user.integrations["slack"]!.enabled = true;
  });
  expect(await host.integration("slack")).toMatchObject({ enabled: false });
});

test("metadata of the user is merged, stored, and sent only if it changes", async ({ host }) => {
  await host.open();
  await host.configure();
  await host.authenticate(undefined, { name: "Ada", " plan ": "team" });
  expect((await host.user()).meta).toEqual({ Name: "Ada", plan: "team" });
  const answer = await host.page.evaluate(() => window.paragon.setUserMetadata({ email: "ada@example.com" }));
  expect(answer.meta).toEqual({ Name: "Ada", plan: "team", Email: "ada@example.com" });

  const methods: string[] = [];
  host.page.on("request", (request) => methods.push(request.method()));
  await host.authenticate(undefined, { Name: "Ada", plan: "team" });
  expect(methods).not.toContain("PATCH");
  expect((await host.user()).meta).toEqual({ Name: "Ada", plan: "team", Email: "ada@example.com" });
});

test("an app event is taken", async ({ host }) => {
  await host.signIn();
  const ended = await host.page.evaluate(() => window.paragon.event("task.created", { id: 7 }).then(() => "taken"));
  expect(ended).toBe("taken");
});

test("tokens that cannot be used are refused, each with its reason; only an expired one ends the session", async ({ host, platform }) => {
  await host.signIn();
  const attempt = (token: string) =>
    host.authenticate(token).then(
      () => "accepted",
      (error: Error) => error.message,
    );
  const [header, payload] = (await platform.session(host.userId)).token.split(".");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  expect(await attempt("not a token")).toMatch(/not a JSON Web Token/);
  expect(await attempt(`${none}.${payload}.`)).toMatch(/RS256/);
  expect(await attempt("-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----")).toMatch(/key in PEM form/);
  expect((await host.user()).userId).toBe(host.userId);
  expect(await attempt((await platform.session(host.userId, -60)).token)).toMatch(/expired/);
  expect(await host.page.evaluate(() => window.paragon.getUser())).toEqual({ authenticated: false });
  // Readable, but the platform knows that the signature is not its own.
  await host.authenticate();
  expect(await attempt(`${header}.${payload}.AAAA`)).toMatch(/does not accept the user token/);
  expect(await host.page.evaluate(() => window.paragon.getUser())).toEqual({ authenticated: false });
});

test("a token of another project is refused", async ({ host }) => {
  const other = await Platform.start();
  try {
    await host.open();
    await host.configure();
    const { token } = await other.session(host.userId);
    await expect(host.authenticate(token)).rejects.toThrow(/does not accept the user token/);
    expect(await host.page.evaluate(() => window.paragon.getUser())).toEqual({ authenticated: false });
  } finally {
    await other.stop();
  }
});

test("the token expires while the user works: the call says so, a fresh token mends it", async ({ host, platform }) => {
  await host.open();
  await host.configure();
  await host.authenticate((await platform.session(host.userId, 4)).token);
  const call = () =>
    host.page.evaluate(() =>
      window.paragon.setUserMetadata({ seen: true }).then(
        () => "accepted",
        (error: Error) => error.name,
      ),
    );
  await expect.poll(call).toMatch(/TokenExpiredError|UserNotAuthenticatedError/);
  await host.authenticate();
  expect(await call()).toBe("accepted");
});

test("the platform is gone: a clear error that can be tried again", async ({ host }) => {
  const own = await Platform.start();
  await host.open();
  await host.configure(own);
  const { projectId, token } = await own.session(host.userId);
  const authenticate = () =>
    host.page.evaluate(
      ([projectId, token]) =>
        window.paragon.authenticate(projectId, token).then(
          () => undefined,
          (error: unknown) => window.recorder.report(error),
        ),
      [projectId, token] as const,
    );
  expect(await authenticate()).toBeUndefined();
  await own.stop();
  const { error } = await host.page.evaluate(() =>
    window.paragon.setUserMetadata({ a: 1 }).then(
      () => ({ error: undefined }),
      (error: unknown) => ({ error: window.recorder.report(error) }),
    ),
  );
  expect(error).toMatchObject({ name: "NetworkError", retryable: true });
  const request = await host.request("slack", "auth.test");
  expect(request.error).toMatchObject({ name: "NetworkError", retryable: true });
  expect((await host.user()).userId).toBe(host.userId);
  expect(await authenticate()).toMatchObject({ name: "NetworkError", retryable: true });
});

test("the user token is in no storage, address, event, error or cookie after all that", async ({ host, platform }) => {
  const { token } = await platform.session(host.userId);
  const addresses: string[] = [];
  host.page.context().on("request", (request) => addresses.push(request.url()));
  await host.open();
  await host.configure();
  await host.authenticate(token);
  const id = await host.connect("slack");
  await host.request("slack", "auth.test");
  await host.request("slack", "../nothing");
  const popup = await host.startForPopup("slack", { selectedCredentialId: id });
  await arrive(popup);
  await popup.close();
  await host.until({ kind: "error" });
  await host.page.evaluate(() => window.paragon.uninstallIntegration("slack"));
  const seen = await host.page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      document.documentElement.outerHTML,
      window.paragon.getUser(),
      window.recorder,
    ]),
  );
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((address) => address.includes(token) || /userToken/.test(address))).toEqual([]);
  expect(seen).not.toContain(token);
  const cookies = await host.page.context().cookies();
  expect(JSON.stringify(cookies)).not.toContain(token);
  expect(await host.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test("wrong arguments are refused and change nothing", async ({ host }) => {
  await host.signIn();
  const names = await host.page.evaluate(async () => {
    const { paragon } = window;
    const name = async (call: () => unknown) => {
      try {
        await call();
        return "accepted";
      } catch (thrown) {
        return (thrown as Error).name;
      }
    };
    return [
      await name(() => paragon.authenticate("", "x")),
      await name(() => paragon.subscribe("onNothing" as never, () => {})),
      await name(() => paragon.subscribe("onPortalOpen", 7 as never)),
      await name(() => paragon.getIntegrationMetadata("nope")),
      await name(() => paragon.request("nope", "x")),
      await name(() => paragon.request("slack", 7 as never)),
      await name(() => paragon.uninstallIntegration("slack")),
      await name(() => paragon.configureGlobal({ host: "" })),
      await name(() => paragon.configureGlobal({ host: "x.test" }, { ZEUS_PUBLIC_URL: "http://x.test" })),
    ];
  });
  expect(names).toEqual([
    "InvalidArgumentError",
    "InvalidArgumentError",
    "InvalidArgumentError",
    "IntegrationNotFoundError",
    "IntegrationNotFoundError",
    "InvalidArgumentError",
    "IntegrationNotInstalledError",
    "InvalidArgumentError",
    "InvalidArgumentError",
  ]);
  expect((await host.user()).userId).toBe(host.userId);
});
