// Random scenarios: projects of every shape, and a user, an app and a platform that do anything in any order.

import fc from "fast-check";
import { type Account, type AccountType, configurationId, credentialId, input, type Integration, integration, type Project, project, workflowId } from "./projects.ts";
import { allow, answer, blockPopups, call, closePopup, deny, finish, fn, nonce, type Scenario, signedIn, type Step, unreachable, wait } from "./scenario.ts";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
// Without the members that are undefined.
const record = <T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(members).map((value) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T);

const TYPES = ["slack", "jira", "shopify"] as const;
const WORKFLOWS = ["a", "b"] as const;

const inputs = fc.subarray([input("one"), input("two", "PASSWORD")]);

const accountType = (id: string): fc.Arbitrary<AccountType> =>
  record({
    id: fc.constant(id),
    scheme: some(["oauth", "oauth", "oauth", "basic"]),
    endUserSuppliedValues: maybe(inputs.filter((list) => list.length > 0)),
    skipPostOAuthInputs: maybe(fc.boolean()),
  }) as fc.Arbitrary<AccountType>;

const anIntegration = (type: string): fc.Arbitrary<Integration> =>
  fc
    .record({
      scheme: some(["oauth", "oauth", "basic"]),
      preInputs: inputs,
      postInputs: inputs,
      accountTypes: fc.oneof({ weight: 2, arbitrary: fc.constant<AccountType[]>([]) }, fc.tuple(accountType("first"), accountType("second"))),
      workflows: fc.constant(WORKFLOWS.map((key) => ({ key }))),
      active: fc.boolean().map((one) => one || type === "slack"),
    })
    // What cannot be finished with the official package, and ends every comparison: see the intended differences.
    .map((options) => {
      const byKey = options.scheme !== "oauth" && options.accountTypes.length === 0;
      return integration(type, { ...options, ...(byKey ? { postInputs: [], preInputs: [input("key", "PASSWORD")] } : {}) });
    });

const settings = fc.dictionary(some(["one", "two", "constructor"]), fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)), { maxKeys: 2 });

const anAccount: fc.Arbitrary<Account> = some(TYPES).chain((type) =>
  record<Account>({
    integration: fc.constant(type),
    status: some(["VALID", "VALID", "VALID", "PENDING", "INVALID"]),
    externalId: maybe(some(["team", "ops"])),
    configurations: fc.array(maybe(some(["night", "day"])), { maxLength: 2 }),
    sharedSettings: settings,
    workflowSettings: fc.dictionary(
      some(WORKFLOWS.map((key) => workflowId(type, key))),
      fc.record({ enabled: fc.boolean(), settings }),
      { maxKeys: 2 },
    ),
  }),
);

const aProject: fc.Arbitrary<Project> = fc
  .tuple(fc.tuple(...TYPES.map(anIntegration)), fc.array(anAccount, { maxLength: 3 }), settings)
  .map(([integrations, accounts, meta]) => project(integrations, { accounts, meta }));

const anyType = some([...TYPES, ...TYPES, "nothing"]);
const anyWorkflow = fc.tuple(some(TYPES), some([...WORKFLOWS, ...WORKFLOWS, "unknown"])).map(([type, key]) => workflowId(type, key));
const credential = some([...[1, 2, 3].map(credentialId), credentialId(9)]);
const external = some(["team", "ext:team", " ext:ops "]);
const selection = record<Record<string, unknown>>({
  selectedCredentialId: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: credential }, external),
  selectedConfigurationId: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, some([...[1, 2, 3].map(configurationId), "ext:night"])),
});
const ofAccount = record<Record<string, unknown>>({ selectedCredentialId: fc.oneof(fc.constant(undefined), credential, external) });

const hooks = { onNext: fn("onNext"), onComplete: fn("onComplete"), onError: fn("onError") };
const installHooks = { onInstall: fn("onInstall"), onError: fn("onError") };
const installOptions = record<Record<string, unknown>>({
  allowMultipleCredentials: maybe(fc.boolean()),
  externalId: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, some(["new", "team"])),
  oauthTimeout: maybe(some([5_000, 120_000])),
  overrideRedirectUrl: maybe(fc.constant("https://app.example/back")),
});

/** One step, or several that belong together. */
const aStep: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(anyType, installOptions).map(([type, options]) => [call("installFlow.start", type, { ...hooks, ...options })]) },
  { weight: 3, arbitrary: fc.tuple(anyType, installOptions).map(([type, options]) => [call("installIntegration", type, { ...installHooks, ...options })]) },
  { weight: 5, arbitrary: some(["first", "second"]).map((id) => [call("installFlow.setAccountType", id)]) },
  { weight: 5, arbitrary: settings.map((values) => [call("installFlow.setPreOptions", values)]) },
  { weight: 4, arbitrary: settings.map((values) => [call("installFlow.setPostOptions", values)]) },
  { weight: 2, arbitrary: fc.constant([call("installFlow.cancel")]) },
  { weight: 3, arbitrary: some(["next", "getAccountTypeValue", "getPreOptionsValue", "getPostOptionsValue"]).map((name) => [call(`installFlow.${name}`)]) },
  { weight: 12, arbitrary: fc.boolean().map((tells) => [nonce(), allow({ tells })]) },
  { weight: 1, arbitrary: fc.constantFrom([nonce(), deny()], [closePopup()], [finish], [wait(1500)], [blockPopups()], [blockPopups(false)]) },
  { weight: 4, arbitrary: fc.tuple(anyType, ofAccount).map(([type, options]) => [call("uninstallIntegration", type, options)]) },
  { weight: 4, arbitrary: fc.tuple(anyWorkflow, some(["enableWorkflow", "disableWorkflow"]), selection).map(([id, method, options]) => [call(method, id, options)]) },
  { weight: 2, arbitrary: fc.tuple(fc.dictionary(anyWorkflow, fc.boolean(), { maxKeys: 2 }), selection).map(([updates, options]) => [call("updateWorkflowState", updates, options)]) },
  { weight: 2, arbitrary: fc.tuple(anyWorkflow, selection).map(([id, options]) => [call("workflow", id, { body: { a: 1 }, ...options })]) },
  { weight: 4, arbitrary: fc.tuple(anyType, settings, selection).map((args) => [call("updateIntegrationUserSettings", ...args)]) },
  { weight: 3, arbitrary: fc.tuple(some(TYPES), anyWorkflow, settings, selection).map((args) => [call("updateWorkflowUserSettings", ...args)]) },
  { weight: 2, arbitrary: record({ credentialId: credential, externalId: maybe(some(["night", "late"])) }).map((options) => [call("createConfiguration", options)]) },
  { weight: 2, arbitrary: fc.record({ id: some([1, 2, 3].map(configurationId)), credentialId: credential }).map((options) => [call("destroyConfiguration", options)]) },
  { weight: 2, arbitrary: fc.record({ id: some([1, 2, 3].map(configurationId)), credentialId: credential, meta: settings }).map((options) => [call("updateConfiguration", options)]) },
  { weight: 3, arbitrary: fc.tuple(some(TYPES), some(["x", "/a/b?c=d"]), ofAccount).map(([type, path, options]) => [call("request", type, path, options)]) },
  { weight: 2, arbitrary: fc.tuple(some(TYPES), ofAccount).map(([type, options]) => [call("getFieldOptions", { integration: type, action: "channels", ...options })]) },
  { weight: 2, arbitrary: selection.map((options) => [call("event", "Ping", {}, options)]) },
  { weight: 2, arbitrary: settings.map((meta) => [call("setUserMetadata", meta)]) },
  { weight: 2, arbitrary: anyType.chain((type) => some(["getIntegrationConfig", "getIntegrationId", "getPreOptions", "getPostOptions", "getAccountTypeOptions"]).map((method) => [call(method, type)])) },
  { weight: 1, arbitrary: fc.constant([call("getIntegrationMetadata")]) },
  { weight: 2, arbitrary: aRefusal() },
);

// The platform refuses the next call of one kind, or is not there.
function aRefusal(): fc.Arbitrary<Step[]> {
  const calls = ["POST /sdk/credentials", "GET /sdk/actions/build-oauth", "PATCH /sdk/me", "POST /sdk/events/trigger", "POST /sdk/actions"];
  const status = some([400, 401, 403, 404, 409, 429, 500, 503]);
  return fc.tuple(some(calls), fc.oneof({ weight: 5, arbitrary: status }, fc.constant(0))).map(([to, code]) => [
    code === 0 ? unreachable(to) : answer(to, code, { message: "refused", code: "1", status: code, meta: {} }),
  ]);
}

export const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(aProject, fc.array(aStep, { minLength: 1, maxLength: 8 }))
  .map(([of, steps]) => signedIn("random", of, ...steps.flat()));
