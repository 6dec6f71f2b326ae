// `paragon.request`: the provider's API through the proxy.

import { createHash } from "node:crypto";
import type { Host } from "./support/host.ts";
import { expect, test } from "./support/test.ts";

/** `random.bin` of the sandbox drive: see local/sandbox/README.md. */
const FILE = "file-random-1mb";
const FILE_DIGEST = (() => {
  const hash = createHash("sha256");
  for (let n = 0; n < 32768; n++) hash.update(createHash("sha256").update(`paragon-sandbox:${n}`).digest());
  return hash.digest("hex");
})();

const connected = async (host: Host, type: string): Promise<string> => {
  await host.signIn();
  return host.connect(type);
};

test("JSON there and back", async ({ host }) => {
  await connected(host, "slack");
  const { value } = await host.request("slack", "/chat.postMessage", {
    method: "POST",
    body: { channel: "#general", text: "Grüße, 世界 🌍" },
  });
  expect(value).toMatchObject({ ok: true, message: { text: "Grüße, 世界 🌍" } });
  const { channel } = value as { channel: string };
  const history = await host.request("slack", `conversations.history?channel=${channel}&limit=1`);
  expect(history).toMatchObject({ value: { messages: [{ text: "Grüße, 世界 🌍" }] } });
});

test("a provider's error carries its status and its answer, and the user stays", async ({ host }) => {
  await connected(host, "googledrive");
  const { error } = await host.request("googledrive", "files/no-such-file");
  expect(error).toMatchObject({
    name: "ProxyRequestError",
    status: 404,
    retryable: false,
    response: { output: { error: { code: 404 } } },
  });
  expect(error!.response).not.toHaveProperty("headers");
  const unknown = await host.request("googledrive", "no/such/path");
  expect(unknown.error).toMatchObject({ name: "ProxyRequestError", status: 404 });
  expect((await host.user()).authenticated).toBe(true);
});

test("without an account nothing is sent to the provider", async ({ host }) => {
  await host.signIn();
  const { error } = await host.request("slack", "auth.test");
  expect(error).toMatchObject({ name: expect.stringMatching(/^(IntegrationNotInstalledError|ProxyRequestError)$/) });
  expect(error!.message).toMatch(/Slack|slack/);
});

test("a full address works for the provider's own host, and for no other", async ({ host, platform }) => {
  await connected(host, "slack");
  const own = await host.request("slack", `${platform.sandbox}/slack/api/auth.test`);
  expect(own).toMatchObject({ value: { ok: true } });
  for (const path of [`${platform.base}/.well-known/paragon-local`, "https://example.com/x"]) {
    const { error } = await host.request("slack", path);
    expect(error, path).toMatchObject({ name: "ProxyRequestError", status: 400 });
    expect(error!.message).toContain("This domain is invalid for the current integration");
  }
});

test("no path leads out of the proxy", async ({ host, platform }) => {
  await connected(host, "slack");
  const paths: string[] = [];
  host.page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  for (const path of ["../../me", "a/../../../me", "%2e%2e/%2e%2e/me", "..\\..\\me", ".%2E/../me"]) {
    const { error } = await host.request("slack", path);
    expect(error, path).toBeDefined();
  }
  // The install before may still be telling the platform that it has heard the result.
  const own = [`/projects/${platform.projectId}/sdk/proxy/slack/`, `/projects/${platform.projectId}/sdk/actions/session-id/`];
  expect(paths.filter((path) => !own.some((start) => path.startsWith(start)))).toEqual([]);
});

test("a file comes back byte for byte", async ({ host }) => {
  await connected(host, "googledrive");
  const digest = await host.page.evaluate(async (file) => {
    const body = await window.paragon.request<Blob>("googledrive", `files/${file}?alt=media`, {
      headers: { "X-Paragon-Use-Raw-Response": "true" },
    });
    const hash = await crypto.subtle.digest("SHA-256", await body!.arrayBuffer());
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }, FILE);
  expect(digest).toBe(FILE_DIGEST);
});

test("a raw answer is the provider's own", async ({ host }) => {
  await connected(host, "slack");
  const { value } = await host.request("slack", "auth.test", { headers: { "X-Paragon-Use-Raw-Response": "1" } });
  expect(value).toMatchObject({ ok: true, user: expect.any(String) });
  expect(value).not.toHaveProperty("output");
});

test("bytes are uploaded as they are", async ({ host, platform }) => {
  await connected(host, "googledrive");
  const address = `${platform.sandbox}/google/upload/drive/v3/files?uploadType=media`;
  const same = await host.page.evaluate(async (address) => {
    const bytes = crypto.getRandomValues(new Uint8Array(50_000));
    const made = await window.paragon.request<{ id: string }>("googledrive", address, {
      method: "POST",
      body: new Blob([bytes], { type: "application/octet-stream" }),
    });
    const back = await window.paragon.request<Blob>("googledrive", `files/${made!.id}?alt=media`, {
      headers: { "X-Paragon-Use-Raw-Response": "true" },
    });
    const returned = new Uint8Array(await back!.arrayBuffer());
    return returned.length === bytes.length && returned.every((byte, index) => byte === bytes[index]);
  }, address);
  expect(same).toBe(true);
});

test("a form keeps its parts and its boundary", async ({ host, platform }) => {
  await connected(host, "googledrive");
  const sent = host.page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/proxy/googledrive"));
  const stored = await host.page.evaluate(async (address) => {
    const form = new FormData();
    form.append("note", "a form");
    form.append("file", new Blob([new Uint8Array([0, 255, 1, 254])]), "bytes.bin");
    const made = await window.paragon.request<{ id: string }>("googledrive", address, { method: "POST", body: form });
    const back = await window.paragon.request<Blob>("googledrive", `files/${made!.id}?alt=media`, {
      headers: { "X-Paragon-Use-Raw-Response": "true" },
    });
    return [back!.type, Array.from(new Uint8Array(await back!.arrayBuffer()))] as const;
  }, `${platform.sandbox}/google/upload/drive/v3/files?uploadType=media`);
  const type = (await (await sent).allHeaders())["content-type"]!;
  const boundary = /^multipart\/form-data; ?boundary=(.+)$/.exec(type)![1]!;
  const text = Buffer.from(stored[1]).toString("latin1");
  expect(text).toContain(boundary);
  expect(text).toContain('name="note"\r\n\r\na form\r\n');
  expect(text).toContain("\x00\xff\x01\xfe");
});

test("ten identical requests at once all get their answer", async ({ host }) => {
  await connected(host, "slack");
  const answers = await host.page.evaluate(() =>
    Promise.allSettled(Array.from({ length: 10 }, () => window.paragon.request("slack", "auth.test"))),
  );
  expect(answers).toEqual(Array.from({ length: 10 }, () => expect.objectContaining({ status: "fulfilled" })));
});

test("an aborted request ends at once", async ({ host }) => {
  await connected(host, "googledrive");
  const name = await host.page.evaluate(async (file) => {
    const controller = new AbortController();
    const answer = window.paragon.request("googledrive", `files/${file}?alt=media`, { signal: controller.signal } as object);
    controller.abort();
    return answer.then(
      () => "answered",
      (error: Error) => error.name,
    );
  }, FILE);
  expect(name).toBe("AbortError");
});

test("an access token that runs out is renewed unseen", async ({ host, platform, normalSandbox: _ }) => {
  await platform.control({ accessTokenLifetime: 1 });
  await connected(host, "slack");
  await platform.control({ accessTokenLifetime: 3600 });
  const errors: unknown[] = [];
  const renewed = async () => {
    const { value, error } = await host.request("slack", "auth.test");
    if (error || !(value as { ok: boolean }).ok) errors.push(error ?? value);
    const [credential] = await platform.credentials(host.userId, "slack");
    return credential!.dateRefreshed > credential!.dateCreated;
  };
  await expect.poll(renewed).toBe(true);
  expect(errors).toEqual([]);
});

test("access taken away at the provider: the request fails, and the account shows as invalid", async ({ host, platform, normalSandbox: _ }) => {
  const id = await connected(host, "googledrive");
  await platform.control({ revokeAll: true });
  const { error } = await host.request("googledrive", "files?pageSize=1");
  expect(error).toMatchObject({ name: "ProxyRequestError", status: 401 });
  await expect.poll(async () => (await host.integration("googledrive")).credentialStatus).toBe("INVALID");
  expect(await host.integration("googledrive")).toMatchObject({ enabled: false, credentialId: id });

  const again = await host.connect("googledrive", { selectedCredentialId: id });
  expect(again).toBe(id);
  expect(await host.request("googledrive", "files?pageSize=1")).toMatchObject({ value: { files: [{ id: expect.any(String) }] } });
});

test("a renewal that the provider refuses makes the account invalid, and the provider is not called", async ({ host, platform, normalSandbox: _ }) => {
  await platform.control({ accessTokenLifetime: 1 });
  await connected(host, "slack");
  await platform.control({ failRefresh: true });
  await expect.poll(async () => (await host.request("slack", "auth.test")).error).toMatchObject({ name: "ProxyRequestError", status: 401 });
  await expect.poll(async () => (await host.integration("slack")).credentialStatus).toBe("INVALID");
  expect((await host.user()).authenticated).toBe(true);
});

test("the provider is down: a clear error that can be tried again", async ({ host, platform, normalSandbox: _ }) => {
  await connected(host, "slack");
  await platform.control({ down: true });
  const { error } = await host.request("slack", "auth.test");
  expect(error).toMatchObject({ name: "ProxyRequestError", status: 503, retryable: true });
  await platform.control({ down: false });
  expect(await host.request("slack", "auth.test")).toMatchObject({ value: { ok: true } });
  expect(await host.integration("slack")).toMatchObject({ enabled: true });
});
