// Bodies of `request()`: each arrives as it is, with the content type that belongs to it, and is never copied on the way.

import { json, withProxy } from "./support/proxy.ts";
import { expect, test } from "./support/test.ts";

declare global {
  interface Window {
    /** Whether `fetch` was given the very object, and what else it was given. */
    given: { same: boolean; duplex?: string };
  }
}

test("bytes, parts of bytes, forms and texts arrive as they are", async ({ host }) => {
  const arrived: { type: string | undefined; body: string }[] = [];
  await withProxy(
    host,
    async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      arrived.push({ type: request.headers["content-type"], body: Buffer.concat(parts).toString("latin1") });
      json(response, 200, { output: true });
    },
    async () => {
      const same = await host.page.evaluate(async () => {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        const bodies: unknown[] = [bytes.buffer, bytes.subarray(10, 20), new DataView(bytes.buffer, 250), new Blob(["<a/>"], { type: "application/xml" }), new URLSearchParams({ a: "ä b", c: "&" }), "a=1", { a: [1, "ä"] }, [1]];
        const { fetch } = window;
        const same: boolean[] = [];
        for (const body of bodies) {
          window.fetch = (url, init) => {
            same.push(init?.body === body);
            return fetch(url, init);
          };
          await window.paragon.request("slack", "x", { method: "POST", body: body as never });
        }
        window.fetch = fetch;
        return same;
      });
      // What is JSON is written once.
      expect(same).toEqual([true, true, true, true, true, true, false, false]);
    },
  );
  const all = String.fromCharCode(...Array(256).keys());
  expect(arrived.map(({ body }) => body)).toEqual([
    all,
    all.slice(10, 20),
    all.slice(250),
    "<a/>",
    "a=%C3%A4+b&c=%26",
    "a=1",
    Buffer.from('{"a":[1,"ä"]}').toString("latin1"),
    "[1]",
  ]);
  expect(arrived[3]!.type).toBe("application/xml");
  expect(arrived[4]!.type).toMatch(/^application\/x-www-form-urlencoded/);
  expect(arrived[6]!.type).toBe(arrived[7]!.type);
});

test("a stream is handed over as it is, and is not sent twice", async ({ host }) => {
  await withProxy(host, (_, response) => json(response, 200, { output: true }), async (seen) => {
    const { given, error } = await host.page.evaluate(async () => {
      const body = new ReadableStream({
        start(control) {
          control.enqueue(new TextEncoder().encode("part"));
          control.close();
        },
      });
      const { fetch } = window;
      window.fetch = (url, init) => {
        window.given = { same: init?.body === body, duplex: (init as { duplex?: string }).duplex };
        return fetch(url, init);
      };
      const error = await window.paragon
        .request("slack", "x", { method: "POST", body: body as never, retries: { limit: 3, unsafe: true } as never })
        .then(() => undefined, (error: unknown) => window.recorder.report(error));
      return { given: window.given, error };
    });
    expect(given).toEqual({ same: true, duplex: "half" });
    // Chromium sends streams by HTTP/2 only, which this server does not speak: the app is told, and nothing hangs.
    expect([error?.code, seen()]).toEqual(["NETWORK_ERROR", 0]);
  });
});
