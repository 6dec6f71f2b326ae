// docs/engines.md is made from the flows that have run, and from what they have found out. Only versions may be older in it: Debian
// brings new ones. `UPDATE_DOCS=1 npm test -- engines` writes it anew.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ENGINES } from "./engines.ts";
import { foundIn } from "./facts.ts";

const FILE = join(import.meta.dirname, "../../docs/engines.md");
const VERSIONS = /with its popup blocker on: .*/;

function page(): string {
  const found = ENGINES.map(({ name, title }) => ({ title, ...foundIn(name) }));
  const [first] = found;
  const rows = [...first!.facts.keys()].filter((what) => what !== "version");
  const texts: Record<string, string> = {
    VERSIONS: found.map(({ title, facts }) => `${title} ${facts.get("version")}`).join(", "),
    FLOWS: first!.flows.map((flow) => `- ${flow}`).join("\n"),
    NAMES: found.map(({ title }) => title).join(" | "),
    COLUMNS: found.map(() => "---").join(" | "),
    FACTS: rows.map((what) => `| ${[what, ...found.map(({ facts }) => facts.get(what))].join(" | ")} |`).join("\n"),
  };
  return readFileSync(join(import.meta.dirname, "page.md"), "utf8").replace(/\b[A-Z]{5,8}\b/g, (name) => texts[name] ?? name);
}

test("docs/engines.md says what was found out", () => {
  const text = page();
  if (process.env["UPDATE_DOCS"]) writeFileSync(FILE, text);
  const current = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  expect(current.replace(VERSIONS, ""), "write it anew: UPDATE_DOCS=1 npm test -- engines").toBe(text.replace(VERSIONS, ""));
});
