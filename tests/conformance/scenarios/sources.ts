// Choices of the app's own: lists and loaders given by setDataSources(), and what calls make of them.

import { integration, project } from "../projects.ts";
import { answer, call, fn, loader, never, type Scenario, signedIn, type Step, wait } from "../scenario.ts";

const dynamic = (cacheKey: string) => ({ type: "DYNAMIC_DATA_SOURCE", cacheKey, title: cacheKey, refreshDependencies: [] });
const jira = integration("jira", {
  dataSources: {
    sites: dynamic("sites"),
    mapping: { type: "FIELD_MAPPER_DATA_SOURCE", id: "mapping", title: "Mapping", recordSource: dynamic("records"), fieldSource: dynamic("fields") },
  },
});
const usual = project([jira, integration("slack")], { accounts: [{ integration: "jira" }, { integration: "slack" }] });

const list = [{ label: "One", value: "1" }];
const loaded = { options: [{ label: "Loaded", value: "l" }], nextPageCursor: "second" };
const objects = { objectTypes: { get: loader("objects", loaded) }, integrationFields: { get: loader("fields", loaded) } };
const given = {
  dropdowns: { list, loaded: { loadOptions: loader("load", loaded), refreshOnOpen: true } },
  mapObjectFields: {
    List: list,
    Options: { fields: list, userCanCreateFields: true, userCanRemoveMappings: true, defaultFields: ["1"], useBYOFieldMappingOption: false },
    Loaded: { ...objects, applicationFields: { fields: list } },
  },
  integrationSpecificSources: { slack: { dropdowns: { list: [{ label: "Only here", value: "s" }] } } },
};
const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, usual, call("setDataSources", given), ...steps);
const without = (name: string, ...steps: Step[]): Scenario => signedIn(name, usual, ...steps);
const ask = (of: string, input: Record<string, unknown>) => call("getSourcesForInput", of, { id: "i", title: "Title", ...input });
const dropdown = (key: string) => ({ type: "CUSTOM_DROPDOWN", key });
const mapper = (dynamicObjectName: string) => ({ type: "FIELD_MAPPER", sourceType: "mapping", useDynamicMapper: true, dynamicObjectName });
const choose = (more: Record<string, unknown>) => call("getFieldOptions", { integration: "jira", ...more });

export const sources: Scenario[] = [
  ...["jira", "slack", "nothing"].flatMap((of) =>
    ["list", "loaded", "unknown"].map((key) => scenario(`getSourcesForInput of the dropdown ${key} of ${of}`, ask(of, dropdown(key)))),
  ),
  ...["List", "Options", "Loaded", "Unknown"].map((name) => scenario(`getSourcesForInput of the mapping ${name}`, ask("jira", mapper(name)))),
  without("getSourcesForInput of a dropdown when no sources were given", ask("jira", dropdown("list"))),
  without("getSourcesForInput of a mapping when no sources were given", ask("jira", mapper("List"))),
  without("setDataSources with nothing", call("setDataSources", {}), ask("jira", dropdown("list"))),
  without("setDataSources with empty parts", call("setDataSources", { dropdowns: {}, mapObjectFields: {} }), ask("jira", dropdown("list"))),
  scenario("setDataSources again takes the place of what was given", call("setDataSources", { dropdowns: { other: list } }), ask("jira", dropdown("other")), ask("jira", dropdown("list"))),

  scenario("getFieldOptions of a loader", choose({ action: "loaded" })),
  scenario("getFieldOptions of a loader, with a search and a cursor", choose({ action: "loaded", search: "x", cursor: "second" })),
  scenario("getFieldOptions of a loader by its source", choose({ source: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "loaded", title: "Title", refreshDependencies: [] } })),
  scenario("getFieldOptions of a source of the project", answer("POST /sdk/actions", 200, { output: { records: list } }), choose({ action: "sites" })),
  without("getFieldOptions of a loader that throws", call("setDataSources", { dropdowns: { loaded: { loadOptions: fn("load", true) } } }), choose({ action: "loaded" })),
  without("getFieldOptions of a loader that answers nothing", call("setDataSources", { dropdowns: { loaded: { loadOptions: fn("load") } } }), choose({ action: "loaded" })),
  without("getFieldOptions of a loader that answers no options", call("setDataSources", { dropdowns: { loaded: { loadOptions: loader("load", { list }) } } }), choose({ action: "loaded" })),
  without("getFieldOptions of a loader that never answers", call("setDataSources", { dropdowns: { loaded: { loadOptions: never("load") } } }), choose({ action: "loaded" }), wait(61_000)),
  without("setDataSources with what is no source", call("setDataSources", { dropdowns: { text: "a text", number: 1, loaderless: { refreshOnOpen: true } } }), ask("jira", dropdown("text"))),
  without("setDataSources with null", call("setDataSources", null)),
  without("getFieldOptions of a loader that answers a last page", call("setDataSources", { dropdowns: { loaded: { loadOptions: loader("load", { options: list, nextPageCursor: null }) } } }), choose({ action: "loaded" })),

  ...(
    [
      ["a source", { valuesSource: { type: "DYNAMIC_DATA_SOURCE", sourceType: "channels", dependencies: ["team"] } }],
      ["values", { values: [{ label: "One", value: "1" }] }],
      ["nothing", {}],
      ["conditions", { type: "CONDITIONAL", supportedKeysSource: { sourceType: "keys", dependencies: [] }, supportedOperators: ["EQUALS"] }],
    ] as const
  ).map(([what, more]) => without(`getSourcesForActionInput of ${what}`, call("getSourcesForActionInput", { id: "i", title: "Title", type: "DYNAMIC_ENUM", ...more }))),
];
