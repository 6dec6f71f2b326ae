// `request()` with a time limit, retries and progress, against a server in the proxy's place that counts what reaches it.

import { json, withProxy, type Handler } from "./support/proxy.ts";
import { expect, test } from "./support/test.ts";

test("what passes by itself is asked again, when the server says", async ({ host }) => {
  const handler: Handler = (_, response, nth) => {
    if (nth === 1) json(response, 429, { message: "slowly" }, { "retry-after": "1" });
    else if (nth === 2) json(response, 503, {}, { "retry-after": new Date(Date.now() + 1000).toUTCString() });
    else if (nth === 3) response.destroy();
    else json(response, 200, { output: { well: true } });
  };
  await withProxy(host, handler, async (seen) => {
    expect(await host.request("slack", "x", { retries: 3 })).toEqual({ value: { well: true } });
    expect(seen()).toBe(4);
  });
});

test("a POST is not sent twice, unless the app says so", async ({ host }) => {
  await withProxy(host, (_, response, nth) => json(response, nth === 3 ? 200 : 503, { output: nth }), async (seen) => {
    const { error } = await host.request("slack", "x", { method: "POST", body: {}, retries: 3 });
    expect([error!.name, seen()]).toEqual(["ProxyRequestError", 1]);
    const retries = { limit: 1, unsafe: true };
    expect(await host.request("slack", "x", { method: "POST", body: {}, retries })).toEqual({ value: 3 });
  });
});

test("an endless answer ends with the timeout, before its headers and after them", async ({ host }) => {
  const handler: Handler = (request, response) => {
    if (request.url!.endsWith("silent")) return;
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"output":');
  };
  await withProxy(host, handler, async (seen) => {
    for (const path of ["silent", "half"]) {
      const { error } = await host.request("slack", path, { timeout: 3000, retries: 5 });
      expect(error).toMatchObject({ name: "TimeoutError", code: "REQUEST_TIMEOUT", retryable: true });
    }
    expect(seen()).toBe(2);
  });
});

test("aborting ends a pause at once, with the app's own reason", async ({ host }) => {
  await withProxy(host, (_, response) => json(response, 503, {}, { "retry-after": "30" }), async (seen) => {
    await host.page.evaluate(() => {
      window.aborting = new AbortController();
      window.paragon.request("slack", "x", { retries: 1, signal: window.aborting.signal }).catch((error: Error) => {
        window.aborted = error.name;
      });
    });
    await expect.poll(seen).toBe(1);
    await host.page.evaluate(() => window.aborting.abort());
    await expect.poll(() => host.page.evaluate(() => window.aborted)).toBe("AbortError");
    expect(seen()).toBe(1);
  });
});

test("progress is told in both directions, and the bytes arrive whole", async ({ host }) => {
  const handler: Handler = async (request, response) => {
    let size = 0;
    for await (const chunk of request) size += chunk.length;
    const answer = Buffer.alloc(300_000, "x");
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": answer.length, "x-size": size, "x-type": request.headers["content-type"] ?? "" });
    response.end(answer);
  };
  await withProxy(host, handler, async () => {
    const seen = await host.page.evaluate(async () => {
      const told: Record<string, { loaded: number; total?: number }[]> = { up: [], down: [] };
      const form = new FormData();
      form.append("file", new Blob([new Uint8Array(500_000)]), "a.bin");
      const response = await window.paragon.request("slack", "x", {
        method: "POST",
        body: form,
        responseType: "response",
        onUploadProgress: (progress) => told.up!.push(progress),
        onDownloadProgress: (progress) => {
          told.down!.push(progress);
          throw new Error("a handler that throws hurts nobody");
        },
      });
      const bytes = (await response.arrayBuffer()).byteLength;
      return { told, bytes, size: Number(response.headers.get("x-size")), type: response.headers.get("x-type") };
    });
    expect(seen.bytes).toBe(300_000);
    expect(seen.size).toBeGreaterThan(500_000);
    expect(seen.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen.told.up!.at(-1)).toEqual({ loaded: seen.size, total: seen.size });
    expect(seen.told.down!.at(-1)).toEqual({ loaded: 300_000, total: 300_000 });
  });
});

declare global {
  interface Window {
    aborting: AbortController;
    aborted: string;
  }
}
