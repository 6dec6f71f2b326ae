// `paginate()`: every way in which providers turn pages.

import type { NextPage } from "paragon-connect";
import type { Host } from "./support/host.ts";
import { json, withProxy } from "./support/proxy.ts";
import { expect, test } from "./support/test.ts";

const all = (host: Host, type: string, path: string, options: { next: NextPage; items?: string }) =>
  host.page.evaluate(
    async ([type, path, options]) => {
      const found: unknown[] = [];
      try {
        for await (const item of window.paginate(window.paragon, type, path, options)) found.push(item);
      } catch (error) {
        return { found, error: (error as { code: string }).code };
      }
      return { found };
    },
    [type, path, options] as const,
  );

test("cursors and page tokens, of real lists", async ({ host }) => {
  await host.signIn();
  await host.connect("slack");
  const channels = await all(host, "slack", "conversations.list?limit=90", {
    next: { cursor: "response_metadata.next_cursor", param: "cursor" },
    items: "channels",
  });
  expect(new Set(channels.found.map((channel) => (channel as { id: string }).id)).size).toBe(250);
  await host.connect("googledrive");
  const files = await all(host, "googledrive", "files?pageSize=100", { next: { cursor: "nextPageToken", param: "pageToken" }, items: "files" });
  expect(files.found).toHaveLength(230);
});

test("Link headers, addresses in the answer, and offsets", async ({ host }) => {
  const items = [...Array(25).keys()];
  const asked: string[] = [];
  await withProxy(
    host,
    (request, response) => {
      const url = new URL(request.url!, "http://proxy");
      asked.push(url.pathname.split("/slack/")[1] + url.search);
      const from = Number(url.searchParams.get("from") ?? 0);
      const list = items.slice(from, from + 10);
      const more = from + 10 < items.length ? `list?kind=${url.searchParams.get("kind")}&from=${from + 10}` : undefined;
      const raw = request.headers["x-paragon-use-raw-response"];
      const link = `<list?from=0>; rel="prev"${more ? `, <${more}>; title="a, b"; rel="next"` : ""}`;
      json(response, 200, raw ? list : { output: { list, paging: { next: more } } }, { link });
    },
    async () => {
      expect(await all(host, "slack", "list?kind=1", { next: { link: true }, items: "" })).toEqual({ found: items });
      expect(await all(host, "slack", "list?kind=2", { next: { url: "paging.next" }, items: "list" })).toEqual({ found: items });
      const byOffset: NextPage = { offset: "from", limit: "max", size: 10 };
      expect(await all(host, "slack", "list?kind=3", { next: byOffset, items: "list" })).toEqual({ found: items });
      expect(asked.slice(-3)).toEqual(["list?kind=3&from=0&max=10", "list?kind=3&from=10&max=10", "list?kind=3&from=20&max=10"]);
      const pages = await all(host, "slack", "list?kind=4", { next: { url: "paging.next" } });
      expect(pages.found).toHaveLength(3);
    },
  );
});

test("what would never end, or has no list, is an error; a list that is left early asks for no more", async ({ host }) => {
  await withProxy(host, (_, response) => json(response, 200, { output: { list: [1], next: "same" } }), async (seen) => {
    const looped = await all(host, "slack", "x", { next: { cursor: "next", param: "cursor" }, items: "list" });
    expect(looped).toEqual({ found: [1, 1], error: "PAGINATION_LOOP" });
    expect(await all(host, "slack", "x", { next: { url: "next" }, items: "rows" })).toEqual({ found: [], error: "PAGINATION_INVALID" });
    expect(await all(host, "slack", "x", { next: {} as NextPage })).toEqual({ found: [], error: "PAGINATION_INVALID" });
    const before = seen();
    await host.page.evaluate(async () => {
      for await (const _ of window.paginate(window.paragon, "slack", "x", { next: { url: "next" }, items: "list" })) break;
    });
    expect(seen() - before).toBe(1);
  });
});
