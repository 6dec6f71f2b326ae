// Where the choices of inputs come from, and what loads them: the project's sources, and lists and functions of the app.
// The same with either SDK, but for what the official one gets wrong.

import type { FieldMapperSources, InputWithChoices, SetDataSourcesConfig, SingleSource } from "paragon-connect";
import { expect, test } from "./support/test.ts";

const dropdown = (key: string): InputWithChoices => ({ id: "i", type: "CUSTOM_DROPDOWN", key, title: "Title" });
const mapper = (object: string): InputWithChoices => ({
  id: "i",
  type: "FIELD_MAPPER",
  sourceType: "mapping",
  useDynamicMapper: true,
  dynamicObjectName: object,
});

declare global {
  interface Window {
    /** What loaders of the app were asked. */
    asked: unknown[];
    giveSources: () => void;
  }
}

/** Defines `giveSources` in the page: functions cannot be sent there. */
function inPage() {
  window.asked = [];
  const load =
    (name: string, options = [{ label: "Loaded", value: "loaded" }]) =>
    async (...args: unknown[]) => {
      window.asked.push([name, ...args]);
      return { options, nextPageCursor: args.includes("second") ? null : "second" };
    };
  const loaded = { objectTypes: { get: load("objects") }, integrationFields: { get: load("fields") } };
  const sources: SetDataSourcesConfig = {
    dropdowns: { list: [{ label: "One", value: "1" }], loaded: { loadOptions: load("load") } },
    mapObjectFields: {
      List: [{ label: "Name", value: "name" }],
      Options: { fields: [{ label: "Name", value: "name" }], userCanCreateFields: true },
      Loaded: { ...loaded, applicationFields: { fields: [{ label: "Name", value: "name" }] } },
    },
    integrationSpecificSources: { slack: { dropdowns: { list: [{ label: "Only here", value: "s" }] } } },
  };
  window.giveSources = () => window.paragon.setDataSources(sources);
}

for (const sdk of ["ours", "official"] as const) {
  test.describe(sdk, () => {
    // The official package loads its cloud's portal before it can be told of another host.
    test.use({ sdk, foreign: sdk === "official" ? ["connect.useparagon.com"] : [] });

    test.beforeEach(async ({ host }) => {
      await host.page.addInitScript(inPage);
      await host.signIn();
      await host.page.evaluate(() => window.giveSources());
    });

    test("dropdowns are the app's", async ({ host }) => {
      const of = (name: string, input: InputWithChoices) =>
        host.page.evaluate(([name, input]) => window.paragon.getSourcesForInput(name, input), [name, input] as const);
      expect(await of("jira", dropdown("list"))).toEqual({
        kind: "single",
        source: { type: "STATIC_ENUM_DATA_SOURCE", title: "Title", id: "list", values: [{ label: "One", value: "1" }] },
      });
      expect(await of("slack", dropdown("list"))).toMatchObject({ source: { values: [{ label: "Only here" }] } });
      expect(await of("jira", dropdown("nothing"))).toBeNull();

      const pages = await host.page.evaluate(async (input) => {
        const { source } = window.paragon.getSourcesForInput("jira", input) as SingleSource;
        const first = await window.paragon.getFieldOptions({ integration: "jira", source, search: "x" });
        const cursor = first.nextPageCursor!;
        return [first, await window.paragon.getFieldOptions({ integration: "jira", action: "loaded", cursor })];
      }, dropdown("loaded"));
      const data = [{ label: "Loaded", value: "loaded" }];
      expect(pages).toEqual([
        { data, nestedData: [], nextPageCursor: "second" },
        { data, nestedData: [], nextPageCursor: null },
      ]);
      expect(await host.page.evaluate(() => window.asked)).toEqual([
        ["load", undefined, "x"],
        ["load", "second", undefined],
      ]);
    });

    test("field mappings in their three forms", async ({ host }) => {
      const of = (object: string) =>
        host.page.evaluate((input) => {
          const { kind, mapObjectFieldOptions, recordSource } = window.paragon.getSourcesForInput("salesforce", input) as FieldMapperSources;
          return { kind, mapObjectFieldOptions, recordSource };
        }, mapper(object));
      const fields = [{ label: "Name", value: "name" }];
      const recordSource = { type: "DYNAMIC_DATA_SOURCE", cacheKey: "objects" };
      expect(await of("List")).toMatchObject({ kind: "fieldMapper", mapObjectFieldOptions: fields, recordSource });
      expect(await of("Options")).toMatchObject({ mapObjectFieldOptions: { fields, userCanCreateFields: true } });
      expect(await of("Loaded")).toMatchObject({
        mapObjectFieldOptions: { fields, useBYOFieldMappingOption: true },
        recordSource: { dynamicFieldMappingKey: "Loaded", dynamicFieldMappingType: "objectTypes" },
      });

      await host.page.evaluate(async (input) => {
        const { recordSource, fieldSource } = window.paragon.getSourcesForInput("salesforce", input) as FieldMapperSources;
        await window.paragon.getFieldOptions({ integration: "salesforce", source: recordSource, search: "c" });
        const parameters = [{ key: "any", source: { type: "VALUE" as const, value: "contact" } }];
        await window.paragon.getFieldOptions({ integration: "salesforce", source: fieldSource, parameters });
      }, mapper("Loaded"));
      expect(await host.page.evaluate(() => window.asked)).toEqual([
        ["objects", undefined, "c"],
        ["fields", { objectType: "contact" }, undefined, undefined],
      ]);
    });

    test("the project's sources, read from the account", async ({ host }) => {
      const { combo, plain } = await host.page.evaluate(() => {
        const of = (sourceType: string) => window.paragon.getSourcesForInput("salesforce", { type: "DYNAMIC_ENUM", sourceType });
        return { combo: of("objectField"), plain: of("objects") };
      });
      expect(combo).toMatchObject({ kind: "combo", mainInputSource: { cacheKey: "objects" }, dependentInputSource: { cacheKey: "fields" } });
      expect(plain).toMatchObject({ kind: "single", source: { cacheKey: "objects" } });

      await host.connect("slack");
      const page = await host.page.evaluate(() => {
        const { source } = window.paragon.getSourcesForInput("slack", { type: "DYNAMIC_ENUM", sourceType: "channels" }) as SingleSource;
        return window.paragon.getFieldOptions({ integration: "slack", source });
      });
      expect(page.data).toContainEqual({ label: "#general", value: expect.any(String) });
    });

    test("parameters of triggers", async ({ host }) => {
      const sources = await host.page.evaluate(() => [
        window.paragon.getSourcesForActionInput({ id: "i", title: "T", type: "ENUM", values: ["a", 5, { value: 7, label: "L" }] }),
        window.paragon.getSourcesForActionInput({ id: "i", title: "T", type: "TEXT" }),
        window.paragon.getSourcesForActionInput({
          id: "i",
          title: "T",
          type: "CONDITIONAL",
          supportedOperators: ["$stringContains"],
          supportedKeysSource: { sourceType: "keys", dependencies: ["x"] },
        }),
      ]);
      const values = [{ label: "a", value: "a" }, { label: "5", value: "5" }, { label: "L", value: "7" }];
      expect(sources).toEqual([
        { kind: "single", source: { type: "STATIC_ENUM_DATA_SOURCE", title: "T", id: "i", values } },
        null,
        {
          kind: "conditional",
          supportedOperators: ["$stringContains"],
          source: expect.objectContaining({ type: "DYNAMIC_DATA_SOURCE", cacheKey: "keys", refreshDependencies: ["x"] }),
        },
      ]);
    });
  });
}

test("a loader that fails, or calls the SDK, hurts nobody else", async ({ host }) => {
  await host.signIn();
  const seen = await host.page.evaluate(async () => {
    const { paragon } = window;
    const page = { options: [{ label: "a", value: "a" }], nextPageCursor: null };
    const loaders = {
      throws: () => {
        throw new Error("thrown");
      },
      rejects: () => Promise.reject("rejected"),
      nonsense: () => Promise.resolve({ records: [] }),
      hostile: () => Promise.resolve(new Proxy({}, { get: (_, key) => { if (key !== "then") throw new Error("no"); } })),
      nested: async () => {
        paragon.setHeadless(true);
        const { data } = await paragon.getFieldOptions({ integration: "slack", action: "plain" });
        return { ...page, options: data };
      },
      plain: () => page,
    };
    const dropdowns = Object.fromEntries(Object.entries(loaders).map(([key, loadOptions]) => [key, { loadOptions }]));
    paragon.setDataSources({ dropdowns } as never);
    const results = Object.keys(loaders).map((action) =>
      paragon.getFieldOptions({ integration: "slack", action }).then(
        ({ data }) => [action, data],
        ({ name, code, cause }) => [action, name, code, cause instanceof Error ? cause.message : cause],
      ),
    );
    return Promise.all(results);
  });
  expect(seen).toEqual([
    ["throws", "LoaderError", "LOADER_FAILED", "thrown"],
    ["rejects", "LoaderError", "LOADER_FAILED", "rejected"],
    ["nonsense", "LoaderError", "LOADER_ANSWER_INVALID", undefined],
    ["hostile", "LoaderError", "LOADER_ANSWER_INVALID", undefined],
    ["nested", [{ label: "a", value: "a" }]],
    ["plain", [{ label: "a", value: "a" }]],
  ]);
});
