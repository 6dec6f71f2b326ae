// Settings, configurations and workflows of the user's accounts.

import { configurationId, credentialId, input, integration, type Project, project, workflowId } from "../projects.ts";
import { answer, call, form, headersObject, meddle, type Scenario, searchParams, signedIn, type Step, undefinedValue, unreachable } from "../scenario.ts";
import { refusals } from "./session.ts";

const [first, second, webhook, unknown] = ["first", "second", "webhook", "unknown"].map((key) => workflowId("slack", key)) as [
  string,
  string,
  string,
  string,
];
const make = (account: Partial<Project["accounts"][number]> = {}): Project =>
  project(
    [
      integration("slack", {
        workflows: [{ key: "first" }, { key: "second" }, { key: "webhook", webhook: true }],
        settings: [input("channel")],
      }),
      integration("empty", { workflows: [{ key: "elsewhere" }] }),
    ],
    {
      accounts: [
        {
          integration: "slack",
          sharedSettings: { channel: "general", nested: { a: 1, b: 2 } },
          workflowSettings: { [first]: { enabled: true, settings: { hour: 9 } } },
          ...account,
        },
      ],
    },
  );
const usual = make();
const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, usual, ...steps);
const saving = `PATCH /sdk/credentials/${credentialId(1)}`;

const updates: [string, unknown][] = [
  ["a change", { channel: "random" }],
  ["something new", { volume: 11 }],
  ["a null", { channel: null }],
  ["a list", { channel: ["a", "b"] }],
  ["something nested", { nested: { b: 3 } }],
  ["nothing", {}],
  ["false and zero", { a: false, b: 0, c: "" }],
];
const bodies: [string, unknown][] = [
  ["an object", { a: 1 }],
  ["a text", "plain text"],
  ["nothing", undefinedValue],
  ["null", null],
  ["a list", [1, 2]],
  ["a form", form({ a: "1" })],
  ["search parameters", searchParams({ a: "1" })],
];

export const settings: Scenario[] = [
  ...updates.map(([what, update]) => scenario(`updateIntegrationUserSettings with ${what}`, call("updateIntegrationUserSettings", "slack", update))),
  ...updates.map(([what, update]) => scenario(`updateWorkflowUserSettings with ${what}`, call("updateWorkflowUserSettings", "slack", first, update))),
  scenario("updateIntegrationUserSettings of what is not connected", call("updateIntegrationUserSettings", "empty", { a: 1 })),
  scenario("updateIntegrationUserSettings of an unknown integration", call("updateIntegrationUserSettings", "nothing", { a: 1 })),
  scenario("updateIntegrationUserSettings with an answer of errors", answer(saving, 200, { ...account(), errors: ["channel is unknown"] }), call("updateIntegrationUserSettings", "slack", { channel: "?" })),
  scenario("updateWorkflowUserSettings of a workflow without settings yet", call("updateWorkflowUserSettings", "slack", second, { a: 1 })),
  scenario("updateWorkflowUserSettings of an unknown workflow", call("updateWorkflowUserSettings", "slack", unknown, { a: 1 })),
  scenario("updateWorkflowUserSettings of an unknown integration", call("updateWorkflowUserSettings", "nothing", first, { a: 1 })),
  signedIn(
    "updateWorkflowUserSettings of an inactive integration, with a setting named constructor",
    project([integration("slack", { active: false, workflows: [{ key: "first" }] })], {
      accounts: [{ integration: "slack", workflowSettings: { [first]: { enabled: false, settings: { constructor: "" } } } }],
    }),
    call("updateWorkflowUserSettings", "slack", first, { hour: 9 }, {}),
  ),
  ...refusals.map(([what, status, body]) =>
    scenario(`updateIntegrationUserSettings answered with ${what}`, answer(saving, status, body), call("updateIntegrationUserSettings", "slack", { a: 1 })),
  ),
  scenario("updateIntegrationUserSettings when nobody answers", unreachable(saving), call("updateIntegrationUserSettings", "slack", { a: 1 })),
  scenario("settings one after the other", call("updateIntegrationUserSettings", "slack", { a: 1 }), call("updateIntegrationUserSettings", "slack", { b: 2 }), meddle, call("getUser")),
  ...(["PENDING", "INVALID"] as const).map((status) =>
    signedIn(`updateIntegrationUserSettings of an account that is ${status}`, make({ status }), call("updateIntegrationUserSettings", "slack", { a: 1 })),
  ),

  scenario("createConfiguration", call("createConfiguration", { credentialId: credentialId(1) })),
  scenario("createConfiguration with an external id", call("createConfiguration", { credentialId: credentialId(1), externalId: "mine" })),
  scenario("createConfiguration with spaces around the external id", call("createConfiguration", { credentialId: credentialId(1), externalId: "  mine " })),
  scenario("createConfiguration with an empty external id", call("createConfiguration", { credentialId: credentialId(1), externalId: "" })),
  scenario("createConfiguration for an unknown account", call("createConfiguration", { credentialId: credentialId(9) })),
  scenario("createConfiguration, refused", answer(`POST /sdk/credentials/${credentialId(1)}/configurations`, 400, { message: "taken" }), call("createConfiguration", { credentialId: credentialId(1), externalId: "mine" })),
  signedIn("createConfiguration by the account's external id", make({ externalId: "ours" }), call("createConfiguration", { credentialId: "ext:ours" })),
  signedIn("updateConfiguration", make({ configurations: ["mine"] }), call("updateConfiguration", { id: configurationId(2), credentialId: credentialId(1), meta: { colour: "red" } })),
  signedIn("updateConfiguration of the default one", usual, call("updateConfiguration", { id: configurationId(1), credentialId: credentialId(1), meta: { colour: "red" } })),
  scenario("updateConfiguration of an unknown one", call("updateConfiguration", { id: configurationId(9), credentialId: credentialId(1), meta: {} })),
  signedIn("destroyConfiguration", make({ configurations: ["mine"] }), call("destroyConfiguration", { id: configurationId(2), credentialId: credentialId(1) })),
  scenario("destroyConfiguration of the default one", call("destroyConfiguration", { id: configurationId(1), credentialId: credentialId(1) })),
  scenario("destroyConfiguration of an unknown one", call("destroyConfiguration", { id: configurationId(9), credentialId: credentialId(1) })),
  scenario("destroyConfiguration of an unknown account", call("destroyConfiguration", { id: configurationId(1), credentialId: credentialId(9) })),
  signedIn("destroyConfiguration, refused", make({ configurations: ["mine"] }), answer(`DELETE /sdk/credentials/${credentialId(1)}/configurations`, 400, { message: "no" }), call("destroyConfiguration", { id: configurationId(2), credentialId: credentialId(1) })),
  scenario(
    "a configuration from its beginning to its end",
    call("createConfiguration", { credentialId: credentialId(1), externalId: "mine" }),
    call("updateConfiguration", { id: configurationId(2), credentialId: credentialId(1), meta: { a: 1 } }),
    call("updateIntegrationUserSettings", "slack", { a: 1 }, { selectedConfigurationId: "ext:mine" }),
    call("enableWorkflow", second, { selectedConfigurationId: "ext:mine" }),
    call("destroyConfiguration", { id: configurationId(2), credentialId: credentialId(1) }),
  ),
];

export const workflows: Scenario[] = [
  scenario("enableWorkflow", call("enableWorkflow", second)),
  scenario("enableWorkflow that is on", call("enableWorkflow", first)),
  scenario("disableWorkflow", call("disableWorkflow", first)),
  scenario("disableWorkflow that is off", call("disableWorkflow", second)),
  scenario("a workflow on and off and on", call("enableWorkflow", second), call("disableWorkflow", second), call("enableWorkflow", second)),
  scenario("enableWorkflow of an unknown workflow", call("enableWorkflow", unknown)),
  scenario("enableWorkflow of what is not connected", call("enableWorkflow", workflowId("empty", "elsewhere"))),
  scenario("disableWorkflow of an unknown workflow", call("disableWorkflow", unknown)),
  ...(["PENDING", "INVALID"] as const).flatMap((status) => [
    signedIn(`enableWorkflow of an account that is ${status}`, make({ status }), call("enableWorkflow", second)),
    signedIn(`disableWorkflow of an account that is ${status}`, make({ status }), call("disableWorkflow", first)),
  ]),
  ...refusals.map(([what, status, body]) =>
    scenario(`enableWorkflow answered with ${what}`, answer(`POST /sdk/workflows/${second}`, status, body), call("enableWorkflow", second)),
  ),
  scenario("disableWorkflow, refused", answer(`DELETE /sdk/workflows/${first}`, 500, { message: "broken" }), call("disableWorkflow", first)),
  scenario("updateWorkflowState of several", call("updateWorkflowState", { [first]: false, [second]: true })),
  scenario("updateWorkflowState that changes nothing", call("updateWorkflowState", { [first]: true })),
  scenario("updateWorkflowState of nothing", call("updateWorkflowState", {})),
  scenario("updateWorkflowState with an unknown workflow in it", call("updateWorkflowState", { [unknown]: true, [second]: true })),
  scenario("updateWorkflowState, one of them refused", answer(`POST /sdk/workflows/${second}`, 500, { message: "broken" }), call("updateWorkflowState", { [second]: true, [first]: false })),
  { name: "updateWorkflowState without a user", project: usual, steps: [call("updateWorkflowState", { [first]: false })] },

  ...bodies.map(([what, body]) => scenario(`workflow with ${what} as its body`, call("workflow", first, { body }))),
  scenario("workflow without options", call("workflow", first)),
  scenario("workflow with a query", call("workflow", first, { query: { a: "1", b: "x y&z", empty: "" } })),
  scenario("workflow with headers", call("workflow", first, { headers: { "X-Own": "1", "content-type": "text/csv" }, body: "a,b" })),
  scenario("workflow with headers in a Headers object", call("workflow", first, { headers: headersObject({ "X-Own": "1" }) })),
  scenario("workflow of an unknown workflow", call("workflow", unknown)),
  scenario("workflow of what is not connected", call("workflow", workflowId("empty", "elsewhere"))),
  ...refusals.map(([what, status, body]) =>
    scenario(`workflow answered with ${what}`, answer(`POST /sdk/triggers/${first}`, status, body), call("workflow", first, {})),
  ),
  scenario("workflow when nobody answers", unreachable(`POST /sdk/triggers/${first}`), call("workflow", first, {})),

  scenario("getCustomWebhookUserManualUrl", call("getCustomWebhookUserManualUrl", webhook)),
  scenario("getCustomWebhookUserManualUrl of an account", call("getCustomWebhookUserManualUrl", webhook, credentialId(1))),
  scenario("getCustomWebhookUserManualUrl of an unknown account", call("getCustomWebhookUserManualUrl", webhook, credentialId(9))),
  scenario("getCustomWebhookUserManualUrl of another workflow", call("getCustomWebhookUserManualUrl", first)),
  scenario("getCustomWebhookUserManualUrl of an unknown workflow", call("getCustomWebhookUserManualUrl", unknown)),
];

// The account as the platform would send it.
function account() {
  const configuration = {
    id: configurationId(1),
    connectCredentialId: credentialId(1),
    workflowSettings: {},
    sharedSettings: { channel: "general" },
    configMeta: {},
    isDefault: true,
  };
  return { id: credentialId(1), status: "VALID", providerId: "provider-1", providerData: {}, configurations: [configuration] };
}
