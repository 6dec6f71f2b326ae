// docs/intended-differences.md is made from the list in intended-differences/, and from not-compared.md: what no scenario
// shows.
// `UPDATE_DOCS=1 node tests/conformance/run.mjs` writes it anew.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

const FILE = "docs/intended-differences.md";
const BY_HAND = "tests/conformance/not-compared.md";

const HEAD = `# Where the SDK differs from the official package

Each difference below is on purpose. The list is held against both: the conformance tests
([tests/conformance](../tests/conformance/README.md)) play the same scenarios with \`@useparagon/connect\` 2.4.0 and with this
package, and a difference that is not on the list fails, as does an entry that nothing shows. What they do not play, and what
the types say, stands [at the end](#what-the-scenarios-do-not-compare).

This page is made from tests/conformance/intended-differences and not-compared.md.
`;

const entry = ({ id, official, ours, why }) => `
## ${id}

- **The official package:** ${official}
- **Here:** ${ours}
- **Why:** ${why}
`;

// What is wrong with the page; nothing if it is current.
export function outdated(differences) {
  const page = `${HEAD}${differences.map(entry).join("")}\n${readFileSync(join(root, BY_HAND), "utf8")}`;
  const file = join(root, FILE);
  if (process.env.UPDATE_DOCS) writeFileSync(file, page);
  const current = existsSync(file) && readFileSync(file, "utf8") === page;
  return current ? [] : [`${FILE} is not what the list says. Write it anew: UPDATE_DOCS=1 node tests/conformance/run.mjs`];
}
