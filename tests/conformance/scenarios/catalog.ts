// The project's integrations, and what an app reads about them.

import { input, integration, project, workflowId } from "../projects.ts";
import { call, meddle, type Scenario, signedIn, type Step, undefinedValue } from "../scenario.ts";

const all = project([
  integration("slack", {
    workflows: [
      { key: "plain" },
      { key: "on at first", defaultEnabled: true },
      { key: "hidden", hidden: true },
      { key: "restricted", permissions: { roles: ["admin"] } },
      { key: "forbidden", permissions: { roles: ["admin"] }, gone: true },
      { key: "gone", gone: true },
    ],
    noPermissionWorkflows: [workflowId("slack", "forbidden")],
    settings: [input("channel"), input("mode", "ENUM", { sourceType: "modes" })],
  }),
  integration("monday.com"),
  integration("wordpress.com"),
  integration("My CRM", { custom: {} }),
  integration("Önly Lètters & 1 digit", { custom: {} }),
  integration("Named", { custom: { slug: "custom.slugged", icon: "https://icons.example/named.svg?version=2#x" } }),
  integration("Painted", { custom: { icon: "https://icons.example/painted.png" } }),
  integration("asleep", { active: false }),
  integration("unfinished", { setUp: false }),
  integration("salesforce", {
    accountTypes: [
      { id: "production", scheme: "oauth", accountDescription: "Production" },
      { id: "sandbox", scheme: "oauth", endUserSuppliedValues: [input("domain")] },
    ],
    preInputs: [input("everybody")],
  }),
  integration("shopify", { preInputs: [input("shop")] }),
  integration("jira", {
    postInputs: [input("site", "DYNAMIC_ENUM", { sourceType: "sites" })],
    dataSources: {
      sites: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "sites", title: "Sites", refreshDependencies: [] },
      colours: { type: "STATIC_ENUM_DATA_SOURCE", id: "colours", values: [{ label: "Red", value: "red" }] },
      pair: {
        type: "COMBO_INPUT_DATA_SOURCE",
        id: "pair",
        mainInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "main", title: "Main" },
        dependentInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "dependent", title: "Dependent" },
      },
      moving: {
        type: "DYNAMIC_COMBO_INPUT_DATA_SOURCE",
        id: "moving",
        mainInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "main", title: "Main" },
        dependentInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "dependent", title: "Dependent" },
        variableInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "variable", title: "Variable" },
      },
      mapping: {
        type: "FIELD_MAPPER_DATA_SOURCE",
        id: "mapping",
        recordSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "records", title: "Records" },
        fieldSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "fields", title: "Fields" },
      },
      mappingOfFour: {
        type: "FIELD_MAPPER_DATA_SOURCE",
        id: "mappingOfFour",
        recordSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "records", title: "Records" },
        fieldSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "fields", title: "Fields" },
        dependentInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "third", title: "Third" },
        dependentFieldInputSource: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "fourth", title: "Fourth" },
      },
    },
  }),
  integration("Keyed", { custom: { inputFields: [input("key", "PASSWORD")] }, scheme: "basic" }),
  integration("Clients", { custom: {}, scheme: "oauth_client_credential" }),
]);

const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, all, ...steps);

/** Names that an app may pass, and what they stand for. */
const names: [string, unknown][] = [
  ["an integration", "slack"],
  ["a custom integration", "custom.mycrm"],
  ["a custom integration with a slug", "custom.slugged"],
  ["an inactive one", "asleep"],
  ["one that is not set up", "unfinished"],
  ["one that there is not", "nothing"],
  ["another spelling", "Slack"],
  ["a name of JavaScript's own", "constructor"],
  ["an empty name", ""],
  ["undefined", undefinedValue],
];

const sources: [string, Record<string, unknown>][] = [
  ["a dynamic source", { id: "a", title: "A", type: "DYNAMIC_ENUM", sourceType: "sites" }],
  ["a static source", { id: "a", title: "A", type: "ENUM", sourceType: "colours" }],
  ["a combo", { id: "a", title: "A", type: "COMBO_INPUT", sourceType: "pair" }],
  ["a dynamic combo", { id: "a", title: "A", type: "DYNAMIC_COMBO_INPUT", sourceType: "moving" }],
  ["a field mapper", { id: "a", title: "A", type: "FIELD_MAPPER", sourceType: "mapping" }],
  ["a field mapper with dependent sources", { id: "a", title: "A", type: "FIELD_MAPPER", sourceType: "mappingOfFour" }],
  ["an unknown source", { id: "a", title: "A", type: "DYNAMIC_ENUM", sourceType: "nothing" }],
  ["values of its own", { id: "a", title: "A", type: "ENUM", values: [{ label: "One", value: 1 }] }],
  ["no choices", { id: "a", title: "A", type: "TEXT_NO_VARS" }],
  ["a switch", { id: "a", title: "A", type: "SWITCH" }],
];

const inputTypes = ["ENUM", "DYNAMIC_ENUM", "EDITABLE_ENUM", "EDITABLE_DYNAMIC_ENUM", "COMBO_INPUT", "DYNAMIC_COMBO_INPUT", "FIELD_MAPPER", "NATIVE_DYNAMIC_INPUT", "TEXT_NO_VARS"];
const sourceKeys = ["sites", "colours", "pair", "moving", "mapping"];

const named = ["getIntegrationConfig", "getIntegrationId", "getIntegrationBySlug", "getAccountTypeOptions", "getPreOptions", "getPostOptions"];

export const catalog: Scenario[] = [
  scenario("getIntegrationMetadata of all", call("getIntegrationMetadata")),
  ...names.map(([what, name]) => scenario(`getIntegrationMetadata of ${what}`, call("getIntegrationMetadata", name))),
  ...named.flatMap((method) => names.map(([what, name]) => scenario(`${method} of ${what}`, call(method, name)))),
  ...named.map((method): Scenario => ({ name: `${method} without a user`, project: all, steps: [call(method, "slack")] })),
  { name: "getIntegrationMetadata of one, without a user", project: all, steps: [call("getIntegrationMetadata", "slack")] },
  ...["production", "sandbox", "nothing"].map((type) =>
    scenario(`getPreOptions of the account type ${type}`, call("getPreOptions", "salesforce", type)),
  ),
  ...["salesforce", "shopify", "jira", "custom.keyed", "custom.clients"].map((name) =>
    scenario(`what ${name} asks`, call("getAccountTypeOptions", name), call("getPreOptions", name), call("getPostOptions", name)),
  ),
  ...["sites", "colours", "pair", "moving", "mapping", "nothing", ""].map((key) =>
    scenario(`getDataSourceOptions of ${key || "an empty key"}`, call("getDataSourceOptions", "jira", key)),
  ),
  scenario("getDataSourceOptions of an unknown integration", call("getDataSourceOptions", "nothing", "sites")),
  ...sources.map(([what, given]) => scenario(`getSourcesForInput of ${what}`, call("getSourcesForInput", "jira", given))),
  ...inputTypes.flatMap((type) =>
    sourceKeys.map((sourceType) =>
      scenario(`getSourcesForInput of ${type} from ${sourceType}`, call("getSourcesForInput", "jira", { id: "a", title: "A", type, sourceType, values: [{ label: "Own", value: 1 }] })),
    ),
  ),
  scenario("getSourcesForInput of a dynamic input of an unknown integration", call("getSourcesForInput", "nothing", { id: "a", type: "DYNAMIC_ENUM", sourceType: "sites" })),
  scenario("getSourcesForInput of an unknown integration", call("getSourcesForInput", "nothing", { id: "a", type: "ENUM" })),
  scenario("getAssetUrl", call("getAssetUrl", "logo")),
  scenario("getAssetUrl of a name with an ending", call("getAssetUrl", "logo.svg")),
  scenario("what the catalog gives is a copy", call("getIntegrationMetadata"), meddle, call("getIntegrationMetadata")),
  scenario("getVersion", call("getVersion")),
];
