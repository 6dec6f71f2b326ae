// Installing step by step (installFlow) and in one call (installIntegration).

import { type AccountType, configurationId, credentialId, input, integration, type IntegrationOptions, type Project, project } from "../projects.ts";
import {
  allow,
  answer,
  blockPopups,
  call,
  closePopup,
  deny,
  finish,
  fn,
  hold,
  nonce,
  post,
  release,
  type Scenario,
  signedIn,
  type Step,
  undefinedValue,
  unreachable,
  wait,
} from "../scenario.ts";
import { refusals } from "./session.ts";

const production: AccountType = { id: "production", scheme: "oauth", accountDescription: "Production" };
const sandbox: AccountType = { id: "sandbox", scheme: "oauth", oauthParameters: [{ key: "host", source: { type: "VALUE", value: "test" } }] };
const own: AccountType = { id: "user-configured-oauth", scheme: "oauth", endUserSuppliedValues: [input("domain")] };
const byKey: AccountType = { id: "key", scheme: "basic", endUserSuppliedValues: [input("key", "PASSWORD")] };
const quick: AccountType = { id: "quick", scheme: "oauth", skipPostOAuthInputs: true };
const PACKAGE = "https://login.salesforce.com/packaging/installPackage.apexp?p0=04t";

const kinds = {
  slack: {},
  shopify: { preInputs: [input("shop")] },
  jira: { postInputs: [input("site")] },
  both: { preInputs: [input("shop")], postInputs: [input("site")] },
  keyed: { scheme: "basic", preInputs: [input("key", "PASSWORD")] },
  keyedPost: { scheme: "basic", preInputs: [input("key", "PASSWORD")], postInputs: [input("site")] },
  plainKey: { scheme: "basic" },
  typed: { accountTypes: [production, sandbox, own, byKey, quick], postInputs: [input("site")] },
  single: { accountTypes: [production] },
  salesforce: { accountTypes: [production, sandbox, own], packageInstallUrl: PACKAGE },
} satisfies Record<string, IntegrationOptions>;
const make = (name: keyof typeof kinds, more: Partial<Project> = {}) =>
  project([integration(name, kinds[name] as IntegrationOptions), integration("asleep", { active: false })], more);

const hooks = { onNext: fn("onNext"), onComplete: fn("onComplete"), onError: fn("onError") };
const start = (name: string, options: Record<string, unknown> = {}) => call("installFlow.start", name, { ...hooks, ...options });
const look = [
  call("installFlow.next"),
  call("installFlow.getAccountTypeValue"),
  call("installFlow.getPreOptionsValue"),
  call("installFlow.getPostOptionsValue"),
];
const type = (id: string) => call("installFlow.setAccountType", id);
const pre = (values: unknown) => call("installFlow.setPreOptions", values);
const postOptions = (values: unknown) => call("installFlow.setPostOptions", values);
const cancel = call("installFlow.cancel");
const oauth = [nonce(), allow()];
const scenario = (name: string, kind: keyof typeof kinds, ...steps: Step[]) => signedIn(name, make(kind), ...steps);
const saving = "POST /sdk/credentials";

const startOptions: [string, Record<string, unknown>][] = [
  ["oauthTimeout", { oauthTimeout: 60_000 }],
  ["overrideRedirectUrl", { overrideRedirectUrl: "https://app.example/callback" }],
  ["externalId", { externalId: "mine" }],
  ["allowMultipleCredentials", { allowMultipleCredentials: true }],
];
const withAccount: [string, Record<string, unknown>][] = [
  ["nothing more", {}],
  ["allowMultipleCredentials", { allowMultipleCredentials: true }],
  ["selectedCredentialId", { selectedCredentialId: credentialId(1) }],
  ["an external id as selectedCredentialId", { selectedCredentialId: "taken" }],
  ["ext: as selectedCredentialId", { selectedCredentialId: "ext:taken" }],
  ["an unknown selectedCredentialId", { selectedCredentialId: credentialId(9) }],
  ["an external id that is taken", { externalId: "taken", allowMultipleCredentials: true }],
  ["an empty external id", { externalId: "", allowMultipleCredentials: true }],
  ["an external id beside selectedCredentialId", { externalId: "new", selectedCredentialId: credentialId(1) }],
  ["a new external id", { externalId: "new", allowMultipleCredentials: true }],
];

export const flow: Scenario[] = [
  scenario("installFlow by OAuth", "slack", start("slack"), ...look, ...oauth, ...look),
  scenario("installFlow by OAuth, told by the platform only", "slack", start("slack"), nonce(), allow({ tells: false })),
  ...startOptions.map(([what, options]) => scenario(`installFlow with ${what}`, "slack", start("slack", options), ...oauth)),
  ...withAccount.map(([what, options]) =>
    signedIn(`installFlow beside an account, with ${what}`, make("slack", { accounts: [{ integration: "slack", externalId: "taken" }] }), start("slack", options), ...oauth),
  ),
  ...(["PENDING", "INVALID"] as const).map((status) =>
    signedIn(`installFlow of an account that is ${status}`, make("slack", { accounts: [{ integration: "slack", status }] }), start("slack", { selectedCredentialId: credentialId(1) }), ...oauth),
  ),
  scenario("installFlow with inputs before OAuth", "shopify", start("shopify"), ...look, pre({ shop: "night-market" }), ...look, ...oauth, ...look),
  scenario("installFlow with inputs after OAuth", "jira", start("jira"), nonce(), allow(), ...look, postOptions({ site: "a" }), ...look),
  scenario("installFlow with inputs before and after OAuth", "both", start("both"), pre({ shop: "a" }), ...oauth, postOptions({ site: "a" })),
  scenario("installFlow with a key", "keyed", start("keyed"), ...look, pre({ key: "secret" }), ...look),
  scenario("installFlow with a key and inputs after it", "keyedPost", start("keyedPost"), pre({ key: "secret" }), postOptions({ site: "a" })),
  scenario("installFlow of an integration that asks nothing", "plainKey", start("plainKey"), ...look),
  scenario("installFlow with account types", "typed", start("typed"), ...look, type("production"), ...look, ...oauth, postOptions({ site: "a" })),
  scenario("installFlow with an account type that has parameters", "typed", start("typed"), type("sandbox"), ...oauth),
  scenario("installFlow with an account type that has inputs", "typed", start("typed"), type("user-configured-oauth"), pre({ domain: "d" }), ...oauth),
  scenario("installFlow with an account type by key", "typed", start("typed"), type("key"), pre({ key: "secret" }), postOptions({ site: "a" })),
  scenario("installFlow with an account type that asks nothing after OAuth", "typed", start("typed"), type("quick"), ...oauth),
  scenario("installFlow with an unknown account type", "typed", start("typed"), type("nothing"), ...look),
  scenario("installFlow with a single account type", "single", start("single"), ...look, type("production"), ...oauth),
  scenario("installFlow with an account type chosen beforehand", "typed", start("typed", { accountType: "production" }), ...look),
  scenario("installFlow with a list of account types", "typed", start("typed", { accountType: ["production", "sandbox"] }), ...look),
  scenario("installFlow with a package to install", "salesforce", start("salesforce"), type("production"), ...look, finish, ...look, ...oauth),
  scenario("installFlow with a package to install in a sandbox", "salesforce", start("salesforce"), type("sandbox"), finish, ...oauth),
  scenario("installFlow with a package, and an app of the user's own", "salesforce", start("salesforce"), type("user-configured-oauth"), pre({ domain: "d" }), ...oauth),
  ...[
    "login.salesforce.com/packaging/installPackage.apexp?p0=04t",
    "https://appexchange.salesforce.com/appxListingDetail?listingId=1",
    "https://evil.example/packaging/installPackage.apexp",
    "https://login.salesforce.com.evil.example/packaging/installPackage.apexp",
    "https://login.salesforce.com/other",
    "not an address",
  ].map((packageInstallUrl) =>
    signedIn(
      `installFlow with a package at ${packageInstallUrl}`,
      project([integration("salesforce", { ...kinds.salesforce, packageInstallUrl })]),
      start("salesforce"),
      type("sandbox"),
      ...look,
    ),
  ),
  scenario("installFlow without handlers", "slack", call("installFlow.start", "slack"), ...oauth, ...look),
  scenario("installFlow of an unknown integration", "slack", start("nothing")),
  scenario("next after a start that failed", "slack", start("nothing"), call("installFlow.next")),
  scenario("installFlow by key with overrideRedirectUrl", "keyed", start("keyed", { overrideRedirectUrl: "https://app.example/back" }), pre({ key: "secret" })),
  scenario("installFlow of an inactive integration", "slack", start("asleep")),
  scenario("installFlow without a name", "slack", start("")),
  scenario("installFlow of an undefined name", "slack", call("installFlow.start", undefinedValue, hooks)),
  { name: "installFlow without a user", project: make("slack"), steps: [call("setHeadless", true), start("slack")] },
  signedIn("installFlow when the session has ended", make("slack"), answer("PATCH /sdk/me", 401, { message: "who are you?", status: 401 }), call("setUserMetadata", { plan: "free" }), start("slack"), call("getPreOptions", "slack")),
  signedIn("installFlow without headless mode", make("slack"), call("setHeadless", false), start("slack")),
  signedIn("installFlow without the feature", make("slack", { features: [] }), start("slack")),
  ...["setAccountType", "setPreOptions", "setPostOptions", "cancel", "next", "getAccountTypeValue", "getPreOptionsValue", "getPostOptionsValue"].map((method) =>
    scenario(`installFlow.${method} without a flow`, "slack", call(`installFlow.${method}`, ...(method.startsWith("set") ? [method === "setAccountType" ? "production" : {}] : []))),
  ),
  scenario("an onNext that throws", "shopify", start("shopify", { onNext: fn("onNext", true) }), pre({ shop: "a" }), ...oauth),
  scenario("an onComplete that throws", "slack", start("slack", { onComplete: fn("onComplete", true) }), ...oauth),
  signedIn("an account that waits for inputs, beside one that works", make("jira", { accounts: [{ integration: "jira" }] }), start("jira", { allowMultipleCredentials: true }), ...oauth),
  scenario("two installs, one after the other", "slack", start("slack"), ...oauth, start("slack", { allowMultipleCredentials: true }), ...oauth),

  scenario("cancel before anything is given", "shopify", start("shopify"), cancel, ...look, start("shopify")),
  scenario("cancel when account types are shown", "typed", start("typed"), cancel),
  scenario("cancel during OAuth", "slack", start("slack"), cancel, wait(5000)),
  scenario("cancel when the account waits for inputs", "jira", start("jira"), ...oauth, cancel, ...look),
  scenario("cancel after the end", "slack", start("slack"), ...oauth, cancel),
  scenario("start while another flow is under way", "shopify", start("shopify"), start("shopify"), pre({ shop: "b" }), ...oauth),
  scenario("start while OAuth is under way", "slack", start("slack"), nonce(), start("slack"), nonce(1), allow({ which: 0 }), allow({ which: 1 })),
  scenario("logout during OAuth", "slack", start("slack"), nonce(), call("logout"), allow()),

  scenario("a popup that is blocked", "slack", blockPopups(), start("slack")),
  scenario("a popup that is blocked, then a new start", "slack", blockPopups(), start("slack"), blockPopups(false), start("slack"), ...oauth),
  scenario("a popup that is closed", "slack", start("slack"), nonce(), wait(3000), closePopup(), wait(10_000)),
  scenario("a popup that is closed before anything", "slack", start("slack"), closePopup(), wait(10_000)),
  scenario("a provider that refuses", "slack", start("slack"), nonce(), deny()),
  scenario("a provider that refuses with an object", "slack", start("slack"), nonce(), deny({ message: "not now", code: 1 })),
  scenario("oauthTimeout", "slack", start("slack", { oauthTimeout: 5000 }), nonce(), wait(6000)),
  scenario("oauthTimeout that is not reached", "slack", start("slack", { oauthTimeout: 60_000 }), nonce(), allow(), wait(60_000)),
  scenario("no oauthTimeout, and nobody does anything", "slack", start("slack"), nonce(), wait(185_000)),
  scenario("no nonce is told", "slack", start("slack"), wait(3000)),
  scenario("a nonce from a stranger", "slack", start("slack"), post("https://zeus.useparagon.com", { type: "oauth-nonce-loaded" }, true)),
  scenario("a nonce from another origin", "slack", start("slack"), post("https://evil.example", { type: "oauth-nonce-loaded" })),
  scenario("a success from another origin", "slack", start("slack"), nonce(), post("https://evil.example", { type: "oauth_success_callback", credential: { id: credentialId(9), status: "VALID", payload: {} } }), wait(2000)),
  scenario("an error from another origin", "slack", start("slack"), nonce(), post("https://evil.example", { type: "oauth_error_callback", error: "no" }), wait(2000)),
  scenario("an unknown message", "slack", start("slack"), nonce(), post("https://passport.useparagon.com", { type: "something" }), post("https://passport.useparagon.com", "a text"), ...oauth.slice(1)),
  scenario("the provider's address comes late", "slack", hold("GET /sdk/actions/build-oauth"), start("slack"), nonce(), release("GET /sdk/actions/build-oauth"), allow()),
  ...refusals.map(([what, status, body]) => scenario(`the provider's address answered with ${what}`, "slack", answer("GET /sdk/actions/build-oauth", status, body), start("slack"), nonce(), wait(2000))),
  scenario("the provider's address when nobody answers", "slack", unreachable("GET /sdk/actions/build-oauth"), start("slack"), nonce(), wait(2000)),
  scenario("an address for the popup that is none", "slack", answer("GET /sdk/actions/build-oauth", 200, { redirectUrl: "javascript:alert(1)" }), start("slack"), nonce(), wait(2000)),
  ...refusals.map(([what, status, body]) => scenario(`a key answered with ${what}`, "keyed", answer(saving, status, body), start("keyed"), pre({ key: "wrong" }), ...look, wait(6000), pre({ key: "right" }))),
  scenario("a key when nobody answers", "keyed", unreachable(saving), start("keyed"), pre({ key: "wrong" }), wait(6000), pre({ key: "right" })),
  scenario("inputs after OAuth that are refused", "jira", start("jira"), ...oauth, answer(`POST /sdk/credentials/${credentialId(1)}/complete-setup`, 400, { message: "no such site" }), postOptions({ site: "?" }), ...look, wait(6000), postOptions({ site: "a" })),
  ...[undefinedValue, null, "text", []].map((values) => scenario(`setPreOptions with ${JSON.stringify(values)}`, "keyed", start("keyed"), pre(values))),
  scenario("setPreOptions when post options are asked", "jira", start("jira"), ...oauth, pre({ a: 1 }), ...look),
  scenario("setPostOptions when pre options are asked", "shopify", start("shopify"), postOptions({ a: 1 }), ...look),
  scenario("setAccountType where there are none", "shopify", start("shopify"), type("production"), ...look),
  scenario("the account is gone when it is read", "slack", start("slack"), nonce(), answer(`GET /sdk/credentials/${credentialId(1)}`, 404, { message: "gone" }), allow({ tells: false })),
  scenario("an account that comes INVALID", "slack", start("slack"), nonce(), allow({ status: "INVALID" })),
];

const installHooks = { onSuccess: fn("onSuccess"), onInstall: fn("onInstall"), onError: fn("onError"), onUninstall: fn("onUninstall"), onWorkflowChange: fn("onWorkflowChange") };
const install = (name: string, options: Record<string, unknown> = {}) => call("installIntegration", name, { ...installHooks, ...options });

export const direct: Scenario[] = [
  scenario("installIntegration", "slack", install("slack"), ...oauth),
  scenario("installIntegration with onSuccess only", "slack", call("installIntegration", "slack", { onSuccess: fn("onSuccess") }), ...oauth),
  scenario("installIntegration with onInstall only", "slack", call("installIntegration", "slack", { onInstall: fn("onInstall") }), ...oauth),
  scenario("installIntegration without options", "slack", call("installIntegration", "slack"), ...oauth),
  scenario("installIntegration, told by the platform only", "slack", install("slack"), nonce(), allow({ tells: false })),
  ...startOptions.map(([what, options]) => scenario(`installIntegration with ${what}`, "slack", install("slack", options), ...oauth)),
  ...withAccount.map(([what, options]) =>
    signedIn(`installIntegration beside an account, with ${what}`, make("slack", { accounts: [{ integration: "slack", externalId: "taken" }] }), install("slack", options), ...oauth),
  ),
  scenario("installIntegration of an unknown integration", "slack", install("nothing")),
  scenario("installIntegration of an inactive integration", "slack", install("asleep")),
  { name: "installIntegration without a user", project: make("slack"), steps: [call("setHeadless", true), install("slack")] },
  signedIn("installIntegration without the feature", make("slack", { features: [] }), install("slack")),
  scenario("installIntegration when the popup is blocked", "slack", blockPopups(), install("slack"), wait(1000)),
  scenario("installIntegration when the popup is closed", "slack", install("slack"), nonce(), wait(3000), closePopup(), wait(10_000)),
  scenario("installIntegration when the provider refuses", "slack", install("slack"), nonce(), deny()),
  scenario("installIntegration that times out", "slack", install("slack", { oauthTimeout: 5000 }), nonce(), wait(6000)),
  scenario("installIntegration of an account type", "single", install("single", { accountType: "production" }), ...oauth),
  scenario("installIntegration with bypassPostOAuthPrompt", "jira", install("jira", { bypassPostOAuthPrompt: true }), ...oauth),
  ...[{ showPortalAfterInstall: true }, { mapObjectFields: { Deal: [] } }, { selectedConfigurationId: configurationId(1) }].map((options) =>
    scenario(`installIntegration with ${Object.keys(options)[0]}`, "slack", install("slack", options), ...oauth),
  ),
  scenario("installIntegration while another is under way", "slack", install("slack"), nonce(), install("nothing")),
  scenario("installIntegration where inputs are asked", "shopify", install("shopify")),
  scenario("installIntegration where inputs are asked afterwards", "jira", install("jira")),
  scenario("installIntegration where an account type is asked", "typed", install("typed")),
  scenario("installIntegration, then an uninstall", "slack", install("slack"), ...oauth, call("uninstallIntegration", "slack")),
];
