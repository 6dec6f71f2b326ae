// docs/packaging.md is made from the list of cases and the versions that are installed for them.
// `UPDATE_DOCS=1 npm test -- packaging` writes it anew.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases.mjs";
import { here, root } from "./folder.mjs";

const FILE = "docs/packaging.md";

const NAMES = {
  vite: "Vite",
  vite7: "Vite",
  webpack: "webpack",
  "@rspack/core": "Rspack",
  rollup: "Rollup",
  esbuild: "esbuild",
  parcel: "Parcel",
  next: "Next.js",
  "@sveltejs/kit": "SvelteKit",
  vitest: "Vitest",
  jest: "Jest",
};

const version = (text) => text.replace(/^npm:.*@/, "");

function page() {
  const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const rows = CASES.map(({ tool, how, where }) => `| ${tool ? `${NAMES[tool]} ${version(dependencies[tool])}` : ""} | ${how} | ${where} |`);
  return readFileSync(join(here, "page.md"), "utf8").replace("TABLE", rows.join("\n"));
}

/** What is wrong with the page; nothing if it is current. */
export function outdated() {
  const text = page();
  const file = join(root, FILE);
  if (process.env.UPDATE_DOCS) writeFileSync(file, text);
  const current = existsSync(file) && readFileSync(file, "utf8") === text;
  return current ? [] : [`${FILE} is not what the list says. Write it anew: UPDATE_DOCS=1 npm test -- packaging`];
}
