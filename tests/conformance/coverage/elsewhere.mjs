// What no scenario can show, why, and the test that shows it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../tools/process.mjs";

/** Methods of ours alone: the reason, and the test. */
export const METHODS_ELSEWHERE = {
  "installFlow.prepare": ["the official package has no such method", "tests/native/warm.rs"],
  "installFlow.reconnect": ["the official package has no such method", "tests/native/take_up.rs"],
  "installFlow.resume": ["the official package has no such method", "tests/native/take_up.rs"],
  "installFlow.returned": ["the official package has no such method", "tests/e2e/in-page.spec.ts"],
  "installFlow.retry": ["the official package's types have no such method", "tests/e2e/popup-ends.spec.ts"],
  "installFlow.run": ["the official package has no such method", "tests/e2e/take-up.spec.ts"],
};

/** Options, by method and by name: the reason, and the test. */
export const OPTIONS_ELSEWHERE = {
  ...ours(["request.responseType", "responseType"], "tests/e2e/response-type.spec.ts"),
  ...ours(["timeout", "retries", "onUploadProgress", "onDownloadProgress"].flatMap((name) => [name, `request.${name}`]), "tests/e2e/request-limits.spec.ts"),
  ...ours(["limit", "unsafe", "maxWait"], "tests/native/retries.rs"),
  ...ours(["installFlow.start.inPage", "inPage"], "tests/native/in_page.rs"),
  ...ours(["installFlow.start.inTab", "inTab"], "tests/native/warm.rs"),
  ...ours(["installFlow.start.onCancel"], "tests/native/take_up.rs"),
  ...ours(["authenticate.persist", "persist"], "tests/e2e/tokens.spec.ts"),
  ...ours(["next", "items"], "tests/e2e/paginate.spec.ts"),
};

/** Errors by code: the reason, and the test. */
export const ERRORS_ELSEWHERE = {
  DISPOSED: ["objects end in our own way", "tests/e2e/several.spec.ts"],
  FRAME_CALL_REFUSED: ["the portal's page gets the words of an error, not its code", "tests/native/portal.rs"],
  INTERNAL_ERROR: ["the module has to crash", "tests/e2e/crash.spec.ts"],
  NOTHING_PENDING: ["installFlow.resume() is ours alone", "tests/native/take_up.rs"],
  NOT_READY: ["old browsers only", "tests/e2e/loading.spec.ts"],
  NO_RANDOM_SOURCE: ["no browser is without one", "tests/native/pickers.rs"],
  OAUTH_IN_PAGE_UNAVAILABLE: ["the option is ours alone", "tests/native/in_page.rs"],
  PAGINATION_INVALID: ["paginate() is ours alone", "tests/e2e/paginate.spec.ts"],
  PAGINATION_LOOP: ["paginate() is ours alone", "tests/e2e/paginate.spec.ts"],
  PORTAL_SILENT: ["in a scenario the frame has always loaded", "tests/native/portal.rs"],
  REQUEST_TIMEOUT: ["the option is ours alone", "tests/e2e/request-limits.spec.ts"],
  TOO_MANY_OBJECTS: ["objects are made in our own way", "tests/e2e/several.spec.ts"],
  WASM_REFUSED: ["the page's policy has to forbid it", "tests/e2e/loading.spec.ts"],
};

function ours(names, file) {
  return Object.fromEntries(names.map((name) => [name, ["the official package has no such option", file]]));
}

// Entries whose test does not name what it is said to test, in either way of writing (Rust's enum has FlowResume).
export function misplaced(list, sought) {
  return Object.entries(list)
    .filter(([name, [, file]]) => !readFileSync(join(root, file), "utf8").toLowerCase().includes(sought(name).toLowerCase()))
    .map(([name, [, file]]) => `${file} is said to test ${name}, but does not name it.`);
}
