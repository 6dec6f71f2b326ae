// What the portal's page calls of the SDK, beside what opens and closes it.

import { credentialId, input, integration, integrationId, project, PROJECT_ID, TOKEN } from "../projects.ts";
import { answer, call, fn, loader, page, type Scenario, type Step, unreachable } from "../scenario.ts";
import { withPortal } from "./portal.ts";
import { refusals } from "./session.ts";

const slack = integration("slack", { workflows: [{ key: "a" }] });
const jira = integration("jira", { postInputs: [input("site")] });
const empty = project([slack, jira]);
const connected = project([slack, jira], { accounts: [{ integration: "slack", externalId: "team" }, { integration: "jira", status: "PENDING" }] });

const connect = call("connect", "slack", { onInstall: fn("onInstall"), onError: fn("onError"), onUninstall: fn("onUninstall"), onWorkflowChange: fn("onWorkflowChange") });
const scenario = (name: string, of: typeof empty, ...steps: Step[]): Scenario => withPortal(`the page: ${name}`, of, connect, ...steps);
const send = (...args: unknown[]) => page("sendConnectRequest", ...args);
const saved = (of: string, ...rest: unknown[]) => page("_oauthCallback", { integrationId: integrationId(of), payload: { key: "secret" } }, ...rest);
const event = (type: string, more: Record<string, unknown> = {}) => page("triggerSDKEvent", { type, integrationId: integrationId("slack"), integrationType: "slack", ...more });

const options = { options: [{ label: "One", value: "1" }], nextPageCursor: "second" };
const sources = {
  dropdowns: { list: [{ label: "One", value: "1" }], loaded: { loadOptions: loader("load", options) } },
  mapObjectFields: { Loaded: { objectTypes: { get: loader("objects", options) }, integrationFields: { get: loader("fields", options) }, applicationFields: { fields: options.options } } },
};

const requests: [string, ...unknown[]][] = [
  ["a path", "/sdk/me"],
  ["a method and a body", "/sdk/actions", { method: "POST", body: JSON.stringify({ action: "slack", sourceKey: "channels" }) }],
  ["a path outside of the project", `/projects/${PROJECT_ID}/sdk/me`, {}, false],
  ["another service", "/sdk/events/trigger", { method: "POST", body: "{}", baseURLOverride: "https://hermes.useparagon.com" }],
  ["no account", `/sdk/credentials/${credentialId(1)}`, { skipDefaultCredentialIdHeader: true }],
  ["cacheResult", `/sdk/credentials/${credentialId(1)}`, { cacheResult: true }],
  ["somebody else's host", "/sdk/me", { baseURLOverride: "https://evil.example" }],
  ["a path that makes another host", "@evil.example/x", {}, false],
];

export const ofThePage: Scenario[] = [
  ...requests.map(([what, ...args]) => scenario(`sendConnectRequest with ${what}`, connected, send(...args))),
  ...refusals.map(([what, status, body]) => scenario(`sendConnectRequest answered with ${what}`, connected, answer(`GET /sdk/credentials/${credentialId(1)}`, status, body), send(`/sdk/credentials/${credentialId(1)}`))),
  scenario("sendConnectRequest when nobody answers", connected, unreachable(`GET /sdk/credentials/${credentialId(1)}`), send(`/sdk/credentials/${credentialId(1)}`)),

  scenario("setModalState", empty, page("setModalState", { tabView: "configuration", hideCross: true }), page("setModalState", { hideCross: false })),
  scenario("updateAuthenticatedUser", connected, page("updateAuthenticatedUser", { meta: { plan: "team" } })),
  scenario("updateAuthenticatedUser with accounts that changed", connected, page("updateAuthenticatedUser", { integrations: { slack: { enabled: false, allCredentials: [] }, jira: { enabled: false, allCredentials: [] } } })),

  scenario("triggerSDKEvent of an install", connected, event("onIntegrationInstall")),
  scenario("triggerSDKEvent of an uninstall", connected, event("onIntegrationUninstall")),
  scenario("triggerSDKEvent of a workflow", connected, event("onWorkflowChange", { workflowId: "w", workflowStateChange: { enabled: true } })),

  scenario("_oauthCallback", empty, saved("slack")),
  scenario("_oauthCallback of an account that waits for inputs", empty, saved("jira")),
  scenario("_oauthCallback with install options", empty, saved("slack", null, { installOptions: { allowMultipleCredentials: true, externalId: "mine" } })),
  scenario("_oauthCallback that completes an account", connected, saved("jira", credentialId(2))),
  scenario("_oauthCallback of an unknown integration", empty, saved("nothing")),
  scenario("_oauthCallback, refused", empty, answer("POST /sdk/credentials", 400, { message: "wrong key", code: "0704", status: 400, meta: { field: "key" } }), saved("slack")),
  scenario("_oauthErrorCallback with a text", empty, page("_oauthErrorCallback", "access_denied")),
  scenario("_oauthErrorCallback with an object", empty, page("_oauthErrorCallback", { message: "not now", code: "1" })),

  withPortal("the page: _loadCustomDropdownOptions", empty, call("connect", "slack", sources), page("_loadCustomDropdownOptions", "loaded", "second", "x"), page("_loadCustomDropdownOptions", "loaded")),
  withPortal("the page: _loadCustomDropdownOptions of a list, and of nothing", empty, call("connect", "slack", sources), page("_loadCustomDropdownOptions", "list"), page("_loadCustomDropdownOptions", "unknown")),
  withPortal(
    "the page: _fetchBYOFieldMappingOptions",
    empty,
    call("connect", "slack", sources),
    page("_fetchBYOFieldMappingOptions", "slack", "objectTypes", "Loaded", { cursor: "second", search: "x" }),
    page("_fetchBYOFieldMappingOptions", "slack", "integrationFields", "Loaded", { objectType: "deal" }),
  ),
  withPortal("the page: _fetchBYOFieldMappingOptions of an unknown mapping", empty, call("connect", "slack", sources), page("_fetchBYOFieldMappingOptions", "slack", "objectTypes", "Unknown", {})),

  scenario("what decides who the user is", connected, page("authenticate", PROJECT_ID, TOKEN), page("configureGlobal", { host: "evil.example" }), page("logout")),
];
