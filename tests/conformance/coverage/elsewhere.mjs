// What no scenario can show, why, and the test that shows it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../tools/process.mjs";

/** Options, by method and by name: the reason, and the test. */
export const OPTIONS_ELSEWHERE = {
  ...ours(["request.responseType", "responseType"], "tests/e2e/response-type.spec.ts"),
  ...ours(["timeout", "retries", "onUploadProgress", "onDownloadProgress"].flatMap((name) => [name, `request.${name}`]), "tests/e2e/request-limits.spec.ts"),
  ...ours(["limit", "unsafe", "maxWait"], "tests/native/retries.rs"),
  ...ours(["next", "items"], "tests/e2e/paginate.spec.ts"),
};

/** Errors by code: the reason, and the test. */
export const ERRORS_ELSEWHERE = {};

function ours(names, file) {
  return Object.fromEntries(names.map((name) => [name, ["the official package has no such option", file]]));
}

// Entries whose test does not name what it is said to test.
export function misplaced(list, sought) {
  return Object.entries(list)
    .filter(([name, [, file]]) => !readFileSync(join(root, file), "utf8").includes(sought(name)))
    .map(([name, [, file]]) => `${file} is said to test ${name}, but does not name it.`);
}
