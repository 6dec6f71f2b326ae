// Every error is seen in some scenario.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../tools/process.mjs";
import { ERRORS_ELSEWHERE, misplaced } from "./elsewhere.mjs";

// `seen`: the codes of ours in the scenarios' records.
export function errorsWithout(seen) {
  const page = readFileSync(join(root, "docs/errors.md"), "utf8");
  const codes = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  const elsewhere = Object.keys(ERRORS_ELSEWHERE);
  return [
    ...codes.filter((code) => !seen.has(code) && !elsewhere.includes(code)).map((code) => `No scenario shows the error ${code}.`),
    ...elsewhere.filter((code) => seen.has(code) || !codes.includes(code)).map((code) => `The error ${code} need not be in the list of those that are tested elsewhere.`),
    ...misplaced(ERRORS_ELSEWHERE, (code) => code),
  ];
}
