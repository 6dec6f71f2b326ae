// The portal: what opens and closes it, what its page is told, and what its page asks.

import { configurationId, credentialId, integration, project } from "../projects.ts";
import { allow, AUTHENTICATE, call, EVENTS, fn, nonce, page, type Scenario, type Step, wait } from "../scenario.ts";

const slack = integration("slack", { workflows: [{ key: "a" }] });
const production = { id: "production", scheme: "oauth", oauthParameters: [{ key: "host", source: { type: "VALUE", value: "login" } }] };
const typed = integration("salesforce", { accountTypes: [production, { id: "sandbox", scheme: "oauth" }] });
const empty = project([slack, typed]);
const connected = project([slack, typed], { accounts: [{ integration: "slack", externalId: "team" }] });

const twice = project([slack], { accounts: [{ integration: "slack", externalId: "team" }, { integration: "slack", externalId: "second" }] });

const hooks = {
  onSuccess: fn("onSuccess"), onInstall: fn("onInstall"), onError: fn("onError"), onUninstall: fn("onUninstall"),
  onWorkflowChange: fn("onWorkflowChange"), onOpen: fn("onOpen"), onClose: fn("onClose"),
};
/** As `signedIn`, without headless mode. */
export const withPortal = (name: string, of: typeof empty, ...steps: Step[]): Scenario => ({
  name,
  project: of,
  steps: [...EVENTS.map((event) => call("subscribe", event, fn(event))), AUTHENTICATE, ...steps],
});
const connect = (options: Record<string, unknown> = {}) => call("connect", "slack", { ...hooks, ...options });

const shown = [page("updateContainerStyle", { isModalShown: true }), page("onOpen")];
const oauth = [nonce(), allow()];
const start = (name: string, options: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  call("startOAuthFlow", name, options, { onSuccess: fn("onSuccess"), onError: fn("onError"), ...more });
const flowOptions: [string, Record<string, unknown>][] = [
  ["inputs", { endUserSuppliedValues: { shop: "night-market" } }],
  ["an address of the app's", { overrideRedirectUrl: "https://app.example/back" }],
  ["an address of the app's in its configuration", { userProvidedIntegrationConfig: { overrideRedirectUrl: "https://app.example/back" } }],
  ["an external id", { externalId: "mine", allowMultipleCredentials: true }],
  ["an account", { selectedCredentialId: credentialId(2) }],
  ["an account by its external id", { selectedCredentialId: "second" }],
  ["a configuration", { selectedConfigurationId: configurationId(1) }],
  ["what the portal does afterwards", { bypassPostOAuthPrompt: true, showPortalAfterInstall: true }],
  ["isApiInstallation", { isApiInstallation: true }],
];
const installOptions: [string, Record<string, unknown>][] = [
  ["showPortalAfterInstall", { showPortalAfterInstall: true }],
  ["bypassPostOAuthPrompt", { bypassPostOAuthPrompt: true }],
  ["allowMultipleCredentials", { allowMultipleCredentials: true }],
  ["overrideRedirectUrl", { overrideRedirectUrl: "https://app.example/back" }],
  ["an external id", { externalId: "mine" }],
  ["mappings", { mapObjectFields: { List: [{ label: "One", value: "1" }] } }],
  ["a configuration", { selectedConfigurationId: configurationId(1) }],
];
const connectOptions: [string, Record<string, unknown>][] = [
  ["oauthTimeout", { oauthTimeout: 5000 }],
  ["allowMultipleCredentials", { allowMultipleCredentials: true }],
  ["showPortalAfterInstall", { showPortalAfterInstall: true }],
  ["bypassPostOAuthPrompt", { bypassPostOAuthPrompt: true }],
  ["a configuration", { selectedConfigurationId: configurationId(1) }],
  ["a new external id", { externalId: "mine" }],
  ["overrideRedirectUrl", { overrideRedirectUrl: "https://app.example/back" }],
  ["dropdowns", { dropdowns: { list: [{ label: "One", value: "1" }] } }],
  ["mappings", { mapObjectFields: { List: [{ label: "One", value: "1" }], Options: { fields: [{ label: "One", value: "1" }], userCanCreateFields: true, userCanRemoveMappings: true, defaultFields: ["1"] } } }],
];

export const portal: Scenario[] = [
  withPortal("connect", empty, connect()),
  withPortal("connect of what is connected", connected, connect()),
  withPortal("connect of an unknown integration", empty, call("connect", "nothing", hooks)),
  withPortal("connect with an account", connected, connect({ selectedCredentialId: credentialId(1) })),
  withPortal("connect with an unknown account", connected, connect({ selectedCredentialId: credentialId(9) })),
  withPortal("connect with an external id that is taken", connected, connect({ externalId: "team" })),
  withPortal("connect with an account type", empty, call("connect", "salesforce", { accountType: "production" })),
  ...connectOptions.map(([what, options]) => withPortal(`connect with ${what}`, connected, connect(options))),
  withPortal("connect with isApiInstallation", empty, connect({ isApiInstallation: true }), ...oauth),
  withPortal("installIntegration in the portal", empty, call("installIntegration", "slack", hooks), ...oauth),
  ...installOptions.map(([what, options]) => withPortal(`installIntegration in the portal, with ${what}`, empty, call("installIntegration", "slack", { ...hooks, ...options }), ...oauth)),
  { name: "connect without a user", project: empty, steps: [connect()] },
  withPortal("connect, then closePortal", empty, connect(), call("closePortal"), wait(2000)),
  withPortal("closePortal when it is closed", empty, call("closePortal")),
  withPortal("connect in headless mode", empty, call("setHeadless", true), connect()),
  withPortal("a page that does not come", empty, connect(), wait(20_000)),
  withPortal("the page is shown and opens", empty, connect(), ...shown),
  withPortal("the page is closed by the app", empty, connect(), ...shown, call("closePortal"), wait(2000)),
  withPortal("the page closes itself", empty, connect(), ...shown, page("onClose"), wait(2000)),
  withPortal("the page closes itself before it was shown", empty, connect(), page("onClose")),
  withPortal("another connect, before the page was shown", empty, connect(), call("connect", "salesforce", { onClose: fn("onClose of the second") }), page("onClose")),
  withPortal("installIntegration in the portal, and closePortal", empty, call("installIntegration", "slack", hooks), call("closePortal")),
  withPortal("logout before the page was shown", empty, connect(), call("logout")),
  withPortal("logout while the portal is open", empty, connect(), ...shown, call("logout")),
  withPortal("the page reads the user", connected, page("getUser")),
  withPortal("the page disconnects", connected, connect(), page("uninstallIntegration", "slack")),
  withPortal("the page disconnects one of two accounts", twice, connect(), ...shown, page("uninstallIntegration", "slack")),
  withPortal("the app disconnects while the portal is open", connected, connect(), ...shown, call("uninstallIntegration", "slack")),

  withPortal("startOAuthFlow", empty, start("slack"), ...oauth),
  withPortal("startOAuthFlow, told by the platform only", empty, start("slack"), nonce(), allow({ tells: false })),
  withPortal("startOAuthFlow of the page", empty, connect(), page("startOAuthFlow", "slack", {}, {}), ...oauth),
  ...flowOptions.map(([what, options]) => withPortal(`startOAuthFlow with ${what}`, twice, start("slack", options), ...oauth)),
  withPortal("startOAuthFlow with an account type", empty, start("salesforce", { accountType: "production" })),
  withPortal("startOAuthFlow with the account type of the portal's state", empty, start("salesforce", { selectedAccountConfig: production })),
  withPortal("startOAuthFlow with an oauthTimeout", empty, start("slack", {}, { oauthTimeout: 5000 }), nonce(), wait(6000)),
  withPortal("startOAuthFlow of an unknown integration", empty, start("nothing")),
  { name: "startOAuthFlow without a user", project: empty, steps: [start("slack")] },
  withPortal("connect with overrideRedirectUrl, and the page's popup", empty, connect({ overrideRedirectUrl: "https://app.example/back" }), page("startOAuthFlow", "slack", {}, {})),
];
