// docs/intended-differences.md is made from the list in intended-differences.ts.
// `UPDATE_DOCS=1 node tests/conformance/run.mjs` writes it anew.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

const FILE = "docs/intended-differences.md";

const HEAD = `# Where the SDK differs from the official package

Each difference below is on purpose. The list is held against both: the conformance tests
([tests/conformance](../tests/conformance/README.md)) play the same scenarios with \`@useparagon/connect\` 2.4.0 and with this
package, and a difference that is not on the list fails, as does an entry that nothing shows.

This page is made from tests/conformance/intended-differences.ts.
`;

const entry = ({ id, official, ours, why }) => `
## ${id}

- **The official package:** ${official}
- **Here:** ${ours}
- **Why:** ${why}
`;

// What is wrong with the page; nothing if it is current.
export function outdated(differences) {
  const page = HEAD + differences.map(entry).join("");
  const file = join(root, FILE);
  if (process.env.UPDATE_DOCS) writeFileSync(file, page);
  const current = existsSync(file) && readFileSync(file, "utf8") === page;
  return current ? [] : [`${FILE} is not what the list says. Write it anew: UPDATE_DOCS=1 node tests/conformance/run.mjs`];
}
