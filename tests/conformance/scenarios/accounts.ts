// The user's accounts: which of them a call means, uninstalling, and the rarer ways to read and make one.

import { configurationId, credentialId, integration, type Project, project, workflowId } from "../projects.ts";
import { answer, call, type Scenario, signedIn, type Step, unreachable } from "../scenario.ts";
import { refusals } from "./session.ts";

const workflow = workflowId("slack", "a");
const elsewhere = workflowId("jira", "b");

// Accounts 1 (configurations 1, 2 "ext-conf", 3) and 2 "second" (4, 5 "ext-conf-2"), and 3 at jira (6).
const several = project(
  [integration("slack", { workflows: [{ key: "a" }] }), integration("jira", { workflows: [{ key: "b" }] }), integration("empty")],
  {
    accounts: [
      { integration: "slack", configurations: ["ext-conf", undefined] },
      { integration: "slack", externalId: "second", configurations: ["ext-conf-2"] },
      { integration: "jira", externalId: credentialId(99) },
    ],
    resources: [{ id: "resource-1", slug: "storage" }],
  },
);
const alone = project([integration("slack", { workflows: [{ key: "a" }] })], { accounts: [{ integration: "slack" }] });

const scenario = (name: string, of: Project, ...steps: Step[]): Scenario => signedIn(name, of, ...steps);

/** Ways to name an account and a configuration. */
export const selections: [string, Record<string, unknown>][] = [
  ["nobody named", {}],
  ["an account", { selectedCredentialId: credentialId(2) }],
  ["an account in capitals", { selectedCredentialId: credentialId(2).toUpperCase() }],
  ["an account with spaces around it", { selectedCredentialId: `  ${credentialId(2)} ` }],
  ["an external id", { selectedCredentialId: "second" }],
  ["ext: and an external id", { selectedCredentialId: "ext:second" }],
  ["ext: and spaces", { selectedCredentialId: " ext:second " }],
  ["an unknown account", { selectedCredentialId: credentialId(50) }],
  ["an unknown external id", { selectedCredentialId: "third" }],
  ["ext: and an unknown external id", { selectedCredentialId: "ext:third" }],
  ["an account of another integration", { selectedCredentialId: credentialId(3) }],
  ["ext: and nothing", { selectedCredentialId: "ext:" }],
  ["an empty account", { selectedCredentialId: "" }],
  ["a configuration", { selectedConfigurationId: configurationId(5) }],
  ["ext: and a configuration's external id", { selectedConfigurationId: "ext:ext-conf" }],
  ["an unknown configuration", { selectedConfigurationId: configurationId(50) }],
  ["ext: and an unknown configuration", { selectedConfigurationId: "ext:nothing" }],
  ["an account and its configuration", { selectedCredentialId: "second", selectedConfigurationId: configurationId(5) }],
  ["an account and a configuration of another", { selectedCredentialId: "second", selectedConfigurationId: configurationId(2) }],
];
const ofAccounts = selections.filter(([, options]) => !("selectedConfigurationId" in options));

/** Calls that take a selection, by what they are given it in. */
const calls: [string, (options: Record<string, unknown>) => Step, [string, Record<string, unknown>][]][] = [
  ["request", (options) => call("request", "slack", "users.list", options), ofAccounts],
  ["uninstallIntegration", (options) => call("uninstallIntegration", "slack", options), ofAccounts],
  ["getIntegrationAccount", (options) => call("getIntegrationAccount", "slack", options), ofAccounts],
  ["getTriggers", (options) => call("getTriggers", "slack", options), ofAccounts],
  ["getFieldOptions", (options) => call("getFieldOptions", { integration: "slack", action: "channels", ...options }), ofAccounts],
  ["event", (options) => call("event", "Ping", { n: 1 }, options), selections],
  ["enableWorkflow", (options) => call("enableWorkflow", workflow, options), selections],
  ["disableWorkflow", (options) => call("disableWorkflow", workflow, options), selections],
  ["updateWorkflowState", (options) => call("updateWorkflowState", { [workflow]: true }, options), selections],
  ["workflow", (options) => call("workflow", workflow, { body: { a: 1 }, ...options }), selections],
  ["updateIntegrationUserSettings", (options) => call("updateIntegrationUserSettings", "slack", { a: 1 }, options), selections],
  ["updateWorkflowUserSettings", (options) => call("updateWorkflowUserSettings", "slack", workflow, { a: 1 }, options), selections],
];

export const accounts: Scenario[] = [
  ...calls.flatMap(([method, step, ways]) => ways.map(([what, options]) => scenario(`${method} with ${what}`, several, step(options)))),
  scenario("uninstallIntegration of the only account", alone, call("uninstallIntegration", "slack")),
  scenario("uninstallIntegration twice", alone, call("uninstallIntegration", "slack"), call("uninstallIntegration", "slack")),
  scenario("uninstallIntegration of one account after another", several, call("uninstallIntegration", "slack"), call("uninstallIntegration", "slack")),
  scenario("uninstallIntegration of what is not connected", several, call("uninstallIntegration", "empty")),
  scenario("uninstallIntegration of an unknown integration", several, call("uninstallIntegration", "nothing")),
  scenario("uninstallIntegration without the feature", { ...alone, features: [] }, call("uninstallIntegration", "slack")),
  { name: "uninstallIntegration without a user", project: alone, steps: [call("uninstallIntegration", "slack")] },
  ...refusals.map(([what, status, body]) =>
    scenario(`uninstallIntegration answered with ${what}`, alone, answer(`DELETE /${alone.integrations[0]!.wire.id}`, status, body), call("uninstallIntegration", "slack")),
  ),
  scenario("getIntegrationAccount with its token", several, call("getIntegrationAccount", "slack", { includeAccountAuth: true })),
  scenario("getIntegrationAccount without its token", several, call("getIntegrationAccount", "slack", { includeAccountAuth: false })),
  scenario("getIntegrationAccount of what is not connected", several, call("getIntegrationAccount", "empty")),
  scenario("getIntegrationAccount of an unknown integration", several, call("getIntegrationAccount", "nothing")),
  scenario("getIntegrationAccount twice at once", several, call("getIntegrationAccount", "slack"), call("getIntegrationAccount", "slack")),
  scenario("getTriggers of what is not connected", several, call("getTriggers", "empty")),
  scenario("getTriggers of an unknown integration", several, call("getTriggers", "nothing")),
  scenario("getTriggers when nobody answers", several, unreachable("GET /triggers"), call("getTriggers", "slack")),
  scenario("connectAction", several, call("connectAction", "storage", { key: "secret" })),
  scenario("connectAction of an unknown resource", several, call("connectAction", "nothing", { key: "secret" })),
  scenario("connectAction, refused", several, answer("POST /sdk/resources/resource-1/connect", 400, { message: "no" }), call("connectAction", "storage", {})),
  scenario("completeInstall", alone, call("completeInstall", "slack", { authorizationCode: "code" })),
  scenario("completeInstall with all options", alone, call("completeInstall", "slack", { authorizationCode: "code", redirectUrl: "https://app.example/back", showPortalAfterInstall: false, integrationOptions: { installOptions: { a: 1 } } })),
  scenario("completeInstall of a first account", several, call("completeInstall", "empty", { authorizationCode: "code" })),
  scenario("completeInstall without a code", alone, call("completeInstall", "slack", {})),
  scenario("completeInstall of an unknown integration", alone, call("completeInstall", "nothing", { authorizationCode: "code" })),
  scenario("completeInstall, refused", alone, answer("POST /sdk/credentials", 400, { message: "the code is old" }), call("completeInstall", "slack", { authorizationCode: "code" })),
  scenario("getCustomWebhookUserManualUrl of a workflow without one", several, call("getCustomWebhookUserManualUrl", workflow)),
  scenario("a workflow elsewhere", several, call("enableWorkflow", elsewhere)),
];
