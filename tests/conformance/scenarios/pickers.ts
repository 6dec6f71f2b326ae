// File pickers: what the vendors' scripts are asked for, and what the app is told.

import { credentialId, integration, project } from "../projects.ts";
import { answer, blockPopups, blockScripts, call, closePopup, fn, picker, type Scenario, signedIn, type Step, unreachable, wait } from "../scenario.ts";

const types = ["googledrive", "box", "onedrive", "sharepoint", "slack"];
const usual = project([...types, "empty"].map((type) => integration(type)), {
  accounts: [...types.map((type) => ({ integration: type })), { integration: "googledrive", externalId: "second" }],
});
const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, usual, ...steps);

const hooks = { onOpen: fn("onOpen"), onClose: fn("onClose"), onFileSelect: fn("onFileSelect"), onCancel: fn("onCancel") };
const make = (type: string, options: Record<string, unknown> = {}) => call("ExternalFilePicker", type, { ...hooks, ...options });
const config: Record<string, Record<string, unknown>> = { googledrive: { developerKey: "key" }, box: { folderId: "0" }, onedrive: {}, sharepoint: {} };
const init = (type: string, more: Record<string, unknown> = {}) => call("picker.init", { ...config[type], ...more });
const open = call("picker.open");

const options: [string, Record<string, unknown>][] = [
  ["allowedTypes", { allowedTypes: ["application/pdf", "text/plain"] }],
  ["no allowedTypes", { allowedTypes: [] }],
  ["allowMultiSelect", { allowMultiSelect: true }],
  ["allowFolderSelect", { allowFolderSelect: true }],
];
const ofGoogle: [string, Record<string, unknown>][] = [
  ["viewMode", { viewMode: "list" }],
  ["includeFolders", { includeFolders: true }],
  ["enableSharedDrives", { enableSharedDrives: true }],
];
const ofBox: [string, Record<string, unknown>][] = [
  ["a container", { container: "#here" }],
  ["maxSelectable", { maxSelectable: 3 }],
  ...["canUpload", "canCreateNewFolder", "canSetShareAccess", "canDownload"].map((key): [string, Record<string, unknown>] => [key, { [key]: false }]),
  ...["canDelete", "canRename", "canPreview", "canComment", "canShare", "canMove", "canCopy"].map((key): [string, Record<string, unknown>] => [key, { [key]: key !== "canPreview" }]),
];
const microsoft: [string, Record<string, unknown>][] = [["nothing more", {}], ...options];
const account = (type: string, DOMAIN = "https://contoso.example") =>
  answer("GET /sdk/credentials", 200, { accountAuth: { OAUTH_ACCESS_TOKEN: "secret", ...(type === "onedrive" ? { DOMAIN } : {}) }, providerData: type === "sharepoint" ? { webUrl: DOMAIN } : {} });
const shown = (type: string, given: Record<string, unknown> = {}, does: "pick" | "cancel" = "pick") => [make(type, given), init(type), open, picker(does), call("picker.getInstance")];

export const pickers: Scenario[] = [
  ...["googledrive", "box"].flatMap((type) => [
    ...(["pick", "cancel"] as const).map((does) => scenario(`a ${type} picker: ${does}`, ...shown(type, {}, does))),
    ...options.map(([what, given]) => scenario(`a ${type} picker with ${what}`, ...shown(type, given))),
    scenario(`a ${type} picker without options`, call("ExternalFilePicker", type, {}), init(type), open, picker("pick")),
    scenario(`a ${type} picker whose script does not load`, make(type), blockScripts(), init(type), open),
    scenario(`a ${type} picker whose script loads at last`, make(type), blockScripts(), init(type), blockScripts(false), init(type), open),
    scenario(`a ${type} picker before init`, make(type), call("picker.getInstance"), open),
    scenario(`a ${type} picker without what it needs`, make(type), call("picker.init", {})),
    scenario(`a ${type} picker, opened again`, ...shown(type), open, picker("cancel")),
    scenario(`a ${type} picker when its account cannot be read`, make(type), unreachable("GET /sdk/credentials"), init(type)),
    scenario(`a ${type} picker when the platform refuses`, make(type), answer("GET /sdk/credentials", 400, { message: "no" }), init(type)),
    scenario(`a ${type} picker of an account without a token`, make(type), answer("GET /sdk/credentials", 200, { providerData: {} }), init(type)),
  ]),
  ...ofGoogle.map(([what, googledrive]) => scenario(`a googledrive picker with ${what}`, ...shown("googledrive", { integrationOptions: { googledrive } }))),
  ...ofBox.map(([what, box]) => scenario(`a box picker with ${what}`, ...shown("box", { integrationOptions: { box } }))),
  scenario("a googledrive picker with an appId", make("googledrive"), init("googledrive", { appId: "123" }), open),
  scenario("a googledrive picker of a named account", make("googledrive"), init("googledrive", { selectedCredentialId: credentialId(6) }), open),
  scenario("a googledrive picker of an unknown account", make("googledrive"), init("googledrive", { selectedCredentialId: credentialId(9) })),
  scenario("a googledrive picker with a nonce", make("googledrive"), init("googledrive", { nonce: "abc" })),
  ...["onedrive", "sharepoint"].flatMap((type) => [
    ...microsoft.map(([what, given]) => scenario(`a ${type} picker with ${what}`, account(type), make(type, given), init(type), open, call("picker.getInstance"))),
    scenario(`a ${type} picker before init`, make(type), call("picker.getInstance"), open),
    scenario(`a ${type} picker whose popup is blocked`, account(type), make(type), init(type), blockPopups(), open),
    scenario(`a ${type} picker whose window is closed`, account(type), make(type), init(type), open, closePopup(), wait(3000)),
  ]),
  scenario("a onedrive picker of a personal account", account("onedrive", "https://onedrive.live.com"), make("onedrive"), init("onedrive"), open),
  scenario("a picker for what has none", make("slack")),
  scenario("a picker of an unknown integration", make("nothing")),
  scenario("a picker of what is not connected", make("empty")),
  { name: "a picker without a user", project: usual, steps: [make("googledrive")] },
];
