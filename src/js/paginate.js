// All pages of a provider's list, one after the other. A function of its own, so that it weighs only on apps that use it.

import { ParagonError } from "./errors.js";

// The value at names with dots between them; "" is the value itself.
const at = (value, path) => (path === "" ? value : path.split(".").reduce((inner, key) => inner?.[key], value));

const withQuery = (path, values) => {
  const [start, query = ""] = path.split("?");
  const all = new URLSearchParams(query);
  for (const [key, value] of Object.entries(values)) all.set(key, value);
  return `${start}?${all}`;
};

// The address with rel="next", of a Link header.
const linked = (header) =>
  (header ?? "")
    .split(/,(?=\s*<)/)
    .map((link) => /^\s*<([^>]*)>(.*)$/s.exec(link))
    .find((link) => link && /;\s*rel="?[^"]*\bnext\b/i.test(link[2]))?.[1];

const STYLES = {
  cursor: ({ cursor, param }) => ({
    after: (path, { body }) => at(body, cursor) && withQuery(path, { [param]: at(body, cursor) }),
  }),
  url: ({ url }) => ({ after: (path, { body }) => at(body, url) }),
  link: () => ({ after: (path, { link }) => linked(link) }),
  offset: ({ offset, limit, size }) => {
    let from = 0;
    const page = (path) => withQuery(path, { [offset]: from, [limit]: size });
    return {
      first: page,
      after: (path, { list }) => {
        from += list.length;
        return list.length < size ? undefined : page(path);
      },
    };
  },
};

const wrong = (code, message) => new ParagonError({ name: "InvalidArgumentError", code, message });

export async function* paginate(paragon, integration, path, { next, items, ...options }) {
  const style = Object.keys(STYLES).find((name) => next?.[name] !== undefined);
  if (!style || (style === "offset" && !items)) {
    throw wrong("PAGINATION_INVALID", "paginate() needs to know how the provider turns its pages: next with cursor and param, url, link, or offset, limit and size together with items.");
  }
  const { first = (path) => path, after } = STYLES[style](next);
  const seen = new Set();
  for (let page = first(path); page; ) {
    // A provider that names the same page again would be asked for ever.
    if (seen.has(page)) throw wrong("PAGINATION_LOOP", `The provider names the page ${page} as the next one a second time. Check next: it may point to a value that does not change.`);
    seen.add(page);
    const asked = style === "link" ? { ...options, responseType: "response" } : options;
    const answer = await paragon.request(integration, page, asked);
    const body = style === "link" ? await answer.json() : answer;
    const list = items === undefined ? [body] : at(body, items);
    if (!Array.isArray(list)) throw wrong("PAGINATION_INVALID", `There is no list at ${items} in the provider's answer. Check items: names with dots between them; "" if the answer is the list itself.`);
    yield* list;
    page = after(path, { body, list, link: style === "link" ? answer.headers.get("link") : undefined });
  }
}
