// The site's pages: the repository's texts under the addresses that they have on the site, and those of site/pages. They are
// copied, because links that lead from text to text have to lead from page to page.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { withPlots } from "./plots.mjs";

const root = join(import.meta.dirname, "..");
export const folder = join(root, "target/site/pages");

const isText = (name) => name.endsWith(".md");
const textsIn = (path) =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? textsIn(`${path}/${entry.name}`) : isText(entry.name) ? [`${path}/${entry.name}`] : [],
  );

/** Where a text goes; a folder's own text is its index. */
const placeOf = (text) =>
  posix.join(
    text
      .replace(/^docs\//, "")
      .replace(/^README\.md$/, "start.md")
      .replace(/^(local\/sandbox|local|www|tests\/conformance)\/README\.md$/, (_, of) => PLACES[of]),
  ).replace(/README\.md$/, "index.md");

const PLACES = { local: "platform.md", "local/sandbox": "sandbox.md", www: "demo.md", "tests/conformance": "conformance.md" };

const others = ["README.md", ...Object.keys(PLACES).map((of) => `${of}/README.md`)];

/** Of every text in the repository that is on the site, its page. */
export const places = new Map([...textsIn("docs"), ...others].map((text) => [text, placeOf(text)]));

const asFile = (path) => (existsSync(join(root, path)) && statSync(join(root, path)).isDirectory() ? posix.join(path, "README.md") : path);

/** A link in a text, as it must be on the text's page; what is in the repository only keeps its words. */
function linkFrom(text, words, link) {
  if (/^(https?:|#)/.test(link)) return `[${words}](${link})`;
  const [path, anchor] = link.split("#");
  const file = posix.join(posix.dirname(text), path);
  const target = places.get(asFile(file));
  // Code can look like a link.
  if (!target) return isText(file) || existsSync(join(root, file)) ? words : `[${words}](${link})`;
  const relative = posix.relative(posix.dirname(places.get(text)), target);
  return `[${words}](${relative.startsWith(".") ? "" : "./"}${relative}${anchor ? `#${anchor}` : ""})`;
}

export function copyPages() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "site/pages"), folder, { recursive: true });
  for (const [text, place] of places) {
    const target = join(folder, place);
    const markdown = readFileSync(join(root, text), "utf8").replace(/\[([^[\]]*)\]\(([^)\s]+)\)/g, (_, words, link) => linkFrom(text, words, link));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withPlots(markdown));
  }
}
