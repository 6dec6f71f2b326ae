// `paragon-connect/testing` as a test suite uses it, from both module systems; and that its program never outlives it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { PlatformError, start, type Platform, type Project } from "paragon-connect/testing";
import { expect, test } from "./support/test.ts";

const ada = [{ id: "ada", accounts: [{ integration: "slack" }] }];
const binary = "target/debug/paragon-local";

async function me(project: Project, token: string): Promise<Response> {
  return fetch(`${project.address}/projects/${project.id}/sdk/me`, { headers: { authorization: `Bearer ${token}` } });
}

async function isOn(project: Project, user: string): Promise<boolean> {
  return (await (await me(project, await project.token(user))).json()).integrations.slack.enabled;
}

async function slack(project: Project, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await project.token("ada")}` };
  return fetch(`${project.address}/projects/${project.id}/sdk/proxy/slack/${path}`, { headers });
}

test.describe("with one platform", () => {
  let platform: Platform;
  test.beforeAll(async () => {
    platform = await start({ binary, seed: ada });
  });
  test.beforeEach(() => platform.reset());
  test.afterAll(() => platform.stop());

  test("a reset goes back to the seed", async () => {
    await platform.seed([{ id: "bob", accounts: [{ integration: "slack", as: "grace" }] }]);
    expect(await isOn(platform, "bob")).toBe(true);
    await platform.reset();
    expect([await isOn(platform, "ada"), await isOn(platform, "bob")]).toEqual([true, false]);
  });

  test("the clock ends tokens", async () => {
    const token = await platform.token("ada", { seconds: 60 });
    const at = new Date("2031-02-03T04:05:06.000Z");
    expect(await platform.clock.freeze(at)).toEqual({ now: at, frozen: true });
    expect((await me(platform, token)).status).toBe(401);
    expect((await platform.clock.advance(1500)).now.getTime()).toBe(at.getTime() + 1500);
    expect((await me(platform, await platform.token("ada"))).status).toBe(200);
    await platform.clock.set("2030-01-01T00:00:00Z");
    expect((await platform.clock.resume()).frozen).toBe(false);
    expect((await platform.clock.read()).now.getFullYear()).toBe(2030);
    expect(Math.abs((await platform.clock.reset()).now.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("a token may do what its permissions say", async () => {
    const token = await platform.token("ada", { permissions: { "integration:jira": true } });
    const { integrations } = await (await me(platform, token)).json();
    expect([integrations.slack?.enabled ?? false, await isOn(platform, "ada")]).toEqual([false, true]);
    const refused = platform.token("ada", { permissions: { "workflow:*": true } as never });
    await expect(refused).rejects.toMatchObject({ code: "token_impossible", status: 400 });
  });

  test("faults strike what they are for, and the journal tells", async () => {
    const fault = await platform.faults.add({
      on: "provider",
      integration: "slack",
      times: 1,
      effect: { kind: "status", status: 429, retryAfter: 3 },
    });
    expect([(await slack(platform, "auth.test")).status, (await slack(platform, "auth.test")).status]).toEqual([429, 200]);
    expect(await platform.faults.list()).toMatchObject([{ id: fault.id, applied: 1 }]);
    const [call] = await platform.journal.wait({ kind: "proxy", status: "429" });
    expect(call!.user).toBe("ada");
    const [out] = await platform.journal.find({ parent: call!.id });
    expect(out).toMatchObject({ kind: "provider", fault: `status 429 (fault ${fault.id})` });
    expect(JSON.stringify(await platform.journal.find())).not.toContain(await platform.token("ada"));
    await fault.remove();
    await platform.faults.add({ path: "*/sdk/me", effect: "reset" });
    await expect(me(platform, await platform.token("ada"))).rejects.toThrow("fetch failed");
    await platform.faults.clear();
    await platform.journal.clear();
    const missing = await platform.journal.wait({ kind: "hermes" }, { timeoutMs: 1 }).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(PlatformError);
    expect(missing).toMatchObject({ code: "calls_missing", calls: [] });
  });

  test("snapshots are kept, carried and loaded", async () => {
    await platform.snapshots.save("with ada".replace(" ", "-"));
    const document = await platform.snapshots.export("with-ada");
    const other = await platform.createProject();
    await other.snapshots.import("copy", document);
    await other.snapshots.load("copy");
    expect(await isOn(other, "ada")).toBe(true);
    expect((await slack(other, "auth.test")).status).toBe(200);
    expect((await other.snapshots.list()).map(({ name }) => name)).toEqual(["copy"]);
    await other.snapshots.delete("copy");
    expect(await other.snapshots.list()).toEqual([]);
    await other.delete();
    await expect(platform.snapshots.load("nothing")).rejects.toMatchObject({ code: "snapshot_unknown", status: 404 });
    await expect(other.reset()).rejects.toMatchObject({ code: "project_unknown" });
  });
});

test("CommonJS gets the same", async () => {
  const helper = createRequire(import.meta.url)("paragon-connect/testing") as typeof import("paragon-connect/testing");
  const platform = await helper.start({ binary, ids: "always the same" });
  expect(platform.id).toMatch(/^[0-9a-f-]{36}$/);
  await platform.stop();
  await expect(platform.reset()).rejects.toMatchObject({ name: "PlatformError", code: "unreachable" });
});

test("what cannot start says why", async () => {
  await expect(start({ binary: "/nowhere/paragon-local" })).rejects.toMatchObject({ code: "not_started" });
  const broken = start({ binary, projectFile: "colour = 'red'" });
  await expect(broken).rejects.toThrow(/paragon\.toml[\s\S]*colour/);
});

test("a test runner that ends early leaves no platform behind", async () => {
  const script = `const { start } = await import("paragon-connect/testing");
    const platform = await start({ binary: ${JSON.stringify(binary)} });
    console.log(platform.address);
    process.exit(0);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let address = "";
  child.stdout.on("data", (chunk) => (address += chunk));
  await once(child, "close");
  expect(address).toMatch(/^http:/);
  await expect.poll(() => fetch(address.trim()).then(() => "answers", () => "gone")).toBe("gone");
});
