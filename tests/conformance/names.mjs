// Every public name must have a scenario.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

// The methods in the body of an interface or class of a type declaration that are not private.
function methods(file, opening) {
  const text = readFileSync(join(root, file), "utf8");
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`${file} has no "${opening}" any more.`);
  const body = text.slice(start, text.indexOf("\n}", start));
  return [...body.matchAll(/^ {2,4}(\w+)(?:<\w[^(]*>)?\(/gm)].map(([, name]) => name).filter((name) => name !== "constructor");
}

const DECLARATIONS = "node_modules/@useparagon/connect/dist/src";

// `called`: what the scenarios call; `notYet`: names that need no scenario for now.
export function uncovered(called, notYet) {
  const flow = (names) => names.map((name) => `installFlow.${name}`);
  const names = new Set([
    ...methods(`${DECLARATIONS}/ConnectSDK.d.ts`, "export default class ConnectSDK"),
    ...methods(`${DECLARATIONS}/SDKEventEmitter.d.ts`, "export default class SDKEventEmitter"),
    ...methods(`${DECLARATIONS}/types/sdk.d.ts`, "export interface IConnectSDK"),
    ...flow(methods(`${DECLARATIONS}/ConnectSDK.d.ts`, "export declare class InstallFlow")),
    ...methods("src/js/types/sdk.d.ts", "export interface IConnectSDK"),
    "ExternalFilePicker",
  ]);
  const missing = [...names].filter((name) => !called.includes(name) && !notYet.includes(name));
  const done = notYet.filter((name) => called.includes(name) || !names.has(name));
  return [
    ...missing.map((name) => `${name} is public and has no scenario.`),
    ...done.map((name) => `${name} stands in not-yet.ts, but has a scenario, or is no public name.`),
  ];
}
