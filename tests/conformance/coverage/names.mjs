// Every public name has a scenario.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../tools/process.mjs";

// Helpers of the official package's own objects, which are no part of the surface: its documentation does not know them, and
// neither its interface IConnectSDK nor what portals call has them.
const INTERNAL = {
  _getIntegration: "getIntegrationBySlug() by id, for its own use",
  emitError: "tells onError of a call; seen where calls fail",
  ensureHeadlessIsSupported: "the check for the feature headless-cp; seen in installIntegration() without it",
  hasCustomDropdownLoader: "seen in getSourcesForInput() and _loadCustomDropdownOptions()",
  resolveCustomDropdownSource: "the same",
  subscribeToIntegration: "keeps the callbacks of a call; seen where they are told",
  triggerEvent: "what triggerSDKEvent() and all events come to",
  validateAction: "the check of an integration's name; seen in every call that takes one",
};

// The methods in the body of an interface or class of a type declaration that are not private.
function methods(file, opening) {
  const text = readFileSync(join(root, file), "utf8");
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`${file} has no "${opening}" any more.`);
  const body = text.slice(start, text.indexOf("\n}", start));
  return [...body.matchAll(/^ {2,4}(\w+)(?:<\w[^(]*>)?\(/gm)].map(([, name]) => name).filter((name) => name !== "constructor");
}

const DECLARATIONS = "node_modules/@useparagon/connect/dist/src";

const picker = (names) => names.map((name) => `picker.${name}`);
const flow = (names) => names.map((name) => `installFlow.${name}`);

// `called`: the scenarios' calls.
export function namesWithout(called) {
  const names = new Set([
    ...methods(`${DECLARATIONS}/ConnectSDK.d.ts`, "export default class ConnectSDK"),
    ...methods(`${DECLARATIONS}/SDKEventEmitter.d.ts`, "export default class SDKEventEmitter"),
    ...methods(`${DECLARATIONS}/types/sdk.d.ts`, "export interface IConnectSDK"),
    ...flow(methods(`${DECLARATIONS}/ConnectSDK.d.ts`, "export declare class InstallFlow")),
    ...methods("src/js/types/sdk.d.ts", "export interface IConnectSDK"),
    ...methods("src/js/types/portal.d.ts", "export interface PortalMethods"),
    ...flow(methods("src/js/types/install-flow.d.ts", "export interface InstallFlow").filter((name) => name !== "retry")),
    ...picker(methods("src/js/types/pickers.d.ts", "export interface IFilePicker")),
    "ExternalFilePicker",
  ]);
  const missing = [...names].filter((name) => !(name in INTERNAL) && !called.some(({ method }) => method === name));
  const gone = Object.keys(INTERNAL).filter((name) => !names.has(name));
  return [
    ...missing.map((name) => `${name} is public and has no scenario.`),
    ...gone.map((name) => `${name} is in the list of names that are not public, but is no name any more.`),
  ];
}
