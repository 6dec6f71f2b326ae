// What the built pages point at, and whether it is there.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export const OUT = join(import.meta.dirname, "../../target/site/out");

export const pages = readdirSync(OUT, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));

const read = (page: string) => readFileSync(join(OUT, page), "utf8");
const all = (text: string, expression: RegExp) => [...text.matchAll(expression)].map(([, found]) => found!.replaceAll("&amp;", "&"));
const idsOf = (page: string) => all(read(page), /\sid="([^"]*)"/g);

/** Links of pages that lead nowhere. */
export function brokenLinks(): string[] {
  const broken: string[] = [];
  const ids = new Map(pages.map((page) => [page, idsOf(page)]));
  for (const page of pages) {
    for (const link of all(read(page), /<a\s[^>]*?href="([^"]*)"/g)) {
      if (/^https?:/.test(link)) continue;
      const [path = "", anchor] = link.split("#");
      const to = path === "" ? page : posix.join(path.startsWith("/") ? "." : posix.dirname(page), path);
      const target = [to, `${to}.html`, posix.join(to, "index.html")].find((one) => /\.\w+$/.test(one) && existsSync(join(OUT, one)));
      if (!target) broken.push(`${page}: ${link}`);
      else if (anchor && target.endsWith(".html") && !ids.get(target)!.includes(decodeURIComponent(anchor))) broken.push(`${page}: ${link}`);
    }
  }
  return broken;
}

/** What pages and stylesheets would load from other machines. */
export function foreign(): string[] {
  const styles = readdirSync(OUT, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".css"));
  return [...pages, ...styles].flatMap((file) => {
    const loaded = [...all(read(file), /<(?:script|img|iframe|source)\s[^>]*?src="([^"]*)"/g), ...all(read(file), /<link\s[^>]*?href="([^"]*)"/g), ...all(read(file), /url\(["']?([^)"']*)/g)];
    return loaded.filter((address) => /^(https?:)?\/\//.test(address)).map((address) => `${file}: ${address}`);
  });
}
