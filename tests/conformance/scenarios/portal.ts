// The portal: what opens and closes it, what its page is told, and what its page asks.

import { credentialId, integration, project } from "../projects.ts";
import { allow, call, EVENTS, fn, nonce, page, type Scenario, type Step, AUTHENTICATE, wait } from "../scenario.ts";

const slack = integration("slack", { workflows: [{ key: "a" }] });
const typed = integration("salesforce", { accountTypes: [{ id: "production", scheme: "oauth" }, { id: "sandbox", scheme: "oauth" }] });
const empty = project([slack, typed]);
const connected = project([slack, typed], { accounts: [{ integration: "slack", externalId: "team" }] });

const hooks = {
  onSuccess: fn("onSuccess"), onInstall: fn("onInstall"), onError: fn("onError"), onUninstall: fn("onUninstall"),
  onWorkflowChange: fn("onWorkflowChange"), onOpen: fn("onOpen"), onClose: fn("onClose"),
};
// As `signedIn`, without headless mode.
const scenario = (name: string, of: typeof empty, ...steps: Step[]): Scenario => ({
  name,
  project: of,
  steps: [...EVENTS.map((event) => call("subscribe", event, fn(event))), AUTHENTICATE, ...steps],
});
const connect = (options: Record<string, unknown> = {}) => call("connect", "slack", { ...hooks, ...options });

export const portal: Scenario[] = [
  scenario("connect", empty, connect()),
  scenario("connect of what is connected", connected, connect()),
  scenario("connect of an unknown integration", empty, call("connect", "nothing", hooks)),
  scenario("connect with an account", connected, connect({ selectedCredentialId: credentialId(1) })),
  scenario("connect with an unknown account", connected, connect({ selectedCredentialId: credentialId(9) })),
  scenario("connect with an external id that is taken", connected, connect({ externalId: "team" })),
  scenario("connect with an account type", empty, call("connect", "salesforce", { accountType: "production" })),
  { name: "connect without a user", project: empty, steps: [connect()] },
  scenario("connect, then closePortal", empty, connect(), call("closePortal"), wait(2000)),
  scenario("closePortal when it is closed", empty, call("closePortal")),
  scenario("the page is shown and opens", empty, connect(), page("updateContainerStyle", { isModalShown: true }), page("onOpen")),
  scenario("the page reads the user", connected, page("getUser")),
  scenario("the page disconnects", connected, connect(), page("uninstallIntegration", "slack")),
  scenario("startOAuthFlow", empty, call("startOAuthFlow", "slack", {}, { onSuccess: fn("onSuccess"), onError: fn("onError") }), nonce(), allow()),
];
