// Who the user is: authenticate, log out, metadata, and answers that end a session.

import { ALL_FEATURES, integration, project, PROJECT_ID, START, token, TOKEN } from "../projects.ts";
import {
  answer,
  call,
  hold,
  meddle,
  release,
  type Scenario,
  signedIn,
  type Step,
  undefinedValue,
  unreachable,
  wait,
} from "../scenario.ts";

const slack = project([integration("slack")], { accounts: [{ integration: "slack" }], meta: { Name: "Ada", plan: "team" } });
const scenario = (name: string, ...steps: Step[]): Scenario => ({ name, project: slack, steps });
const signIn = call("authenticate", PROJECT_ID, TOKEN);

const arguments_: [string, ...unknown[]][] = [
  ["a project and a token", PROJECT_ID, TOKEN],
  ["no project", "", TOKEN],
  ["an undefined project", undefinedValue, TOKEN],
  ["no token", PROJECT_ID, ""],
  ["an undefined token", PROJECT_ID, undefinedValue],
  ["a token that is none", PROJECT_ID, "no token at all"],
  ["a token of two parts", PROJECT_ID, TOKEN.split(".").slice(0, 2).join(".")],
  ["a token whose claims are no JSON", PROJECT_ID, "e30.bm8.c2ln"],
  ["an expired token", PROJECT_ID, token(-60)],
  ["a token that expires right now", PROJECT_ID, token(0)],
  ["a token that names its user by id", PROJECT_ID, token(3600, { id: "user-1" })],
  ["a token without a user", PROJECT_ID, token(3600, {})],
  ["a token without an expiry", PROJECT_ID, `${TOKEN.split(".")[0]}.${btoa('{"sub":"user-1"}').replace(/=/g, "")}.c2ln`],
  ["a token that is not signed with RS256", PROJECT_ID, token(3600, { sub: "user-1" }, { alg: "none" })],
  ["a key in place of the token", PROJECT_ID, "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"],
  ["a user whose name is not ASCII", PROJECT_ID, token(3600, { sub: "user-1", name: "Ada" })],
  ["options without metadata", PROJECT_ID, TOKEN, {}],
];

const metadata: [string, unknown][] = [
  ["name and email in small letters", { name: "Ada", email: "ada@example.com" }],
  ["NAME and EMail", { NAME: "Ada", EMail: "ada@example.com" }],
  ["a key with spaces around it", { "  team  ": "blue" }],
  ["what is stored already", { Name: "Ada", plan: "team" }],
  ["a part of what is stored already", { plan: "team" }],
  ["a change", { plan: "enterprise" }],
  ["nothing", {}],
  ["something nested", { address: { city: "Zürich", lines: [1, 2] } }],
  ["not ASCII", { Name: "Ada Lovelace ☕" }],
  ["null", null],
  ["a text", "Ada"],
  ["a list", ["Ada"]],
];

/** What an API call may be refused with. */
export const refusals: [string, number, unknown][] = [
  ["400 with a text", 400, { message: "not like this", code: "4000", status: 400, meta: {} }],
  ["400 with a list", 400, { message: [{ constraints: { isString: "name must be a string" }, children: [] }], status: 400 }],
  [
    "400 with a tree",
    400,
    { message: [{ children: [{ constraints: { isUuid: "id must be a UUID" }, children: [] }] }], status: 400 },
  ],
  ["401", 401, { message: "who are you?", code: "4010", status: 401, meta: {} }],
  ["403", 403, { message: "not you", code: "4030", status: 403, meta: {} }],
  ["403 for lack of permission", 403, { message: "not allowed", code: "7210", status: 403, meta: {} }],
  ["401 from a provider", 401, { message: "expired", code: "4010", status: 401, meta: { isIntegrationError: true } }],
  ["403 of failed verification", 403, { message: "not verified", code: "7003", status: 403, meta: {} }],
  ["403 of a failed profile", 403, { message: "no profile", code: "0704", status: 403, meta: {} }],
  ["404", 404, { message: "no such thing", code: "4040", status: 404, meta: { what: "thing" } }],
  ["409", 409, { message: "in the way", code: "4090", status: 409, meta: {} }],
  ["429", 429, { message: "too many", code: "4290", status: 429, meta: {} }],
  ["500", 500, { message: "broken", code: "5000", status: 500, meta: {} }],
  ["500 without a body", 500, undefined],
  ["502 with a page", 502, "<html>Bad gateway</html>"],
];

const answersOfNoUse: [string, unknown][] = [
  ["a page", "<html>Sign in to the network</html>"],
  ["nothing", undefined],
  ["a number", 7],
];

export const session: Scenario[] = [
  scenario("before anybody has signed in", call("getUser"), call("getIntegrationMetadata"), call("logout"), call("getUser")),
  ...arguments_.map(([what, ...args]) => scenario(`authenticate with ${what}`, call("authenticate", ...args))),
  ...arguments_.map(([what, ...args]) => scenario(`authenticate again with ${what}`, signIn, call("authenticate", ...args), call("getUser"))),
  ...metadata.map(([what, given]) =>
    scenario(`authenticate with metadata: ${what}`, call("authenticate", PROJECT_ID, TOKEN, { metadata: given })),
  ),
  ...metadata.map(([what, given]) => signedIn(`setUserMetadata with ${what}`, slack, call("setUserMetadata", given))),
  scenario("setUserMetadata without a user", call("setUserMetadata", { plan: "team" })),
  ...refusals.map(([what, status, body]) =>
    scenario(`authenticate when the user is answered with ${what}`, answer("GET /sdk/me", status, body), signIn),
  ),
  scenario("authenticate when the integrations are refused", answer("GET /sdk/integrations", 500, { message: "broken" }), signIn),
  ...answersOfNoUse.map(([what, body]) => scenario(`authenticate when the user is ${what}`, answer("GET /sdk/me", 200, body), signIn)),
  ...answersOfNoUse.map(([what, body]) => scenario(`authenticate when the integrations are ${what}`, answer("GET /sdk/integrations", 200, body), signIn)),
  scenario("authenticate when nobody answers", unreachable("GET /sdk/me"), signIn),
  scenario("authenticate when the metadata is refused", answer("PATCH /sdk/me", 400, { message: "no" }), call("authenticate", PROJECT_ID, TOKEN, { metadata: { a: 1 } })),
  scenario("authenticate again after a failure", answer("GET /sdk/me", 500, { message: "broken" }), signIn, signIn),
  scenario("authenticate again", signIn, signIn),
  scenario("authenticate again with another token", signIn, call("authenticate", PROJECT_ID, token(7200))),
  scenario("authenticate again, refused", signIn, call("authenticate", PROJECT_ID, token(-1)), call("getUser")),
  scenario("authenticate twice at once", hold("GET /sdk/me"), signIn, signIn, release("GET /sdk/me")),
  scenario("authenticate with the integrations answered last", hold("GET /sdk/integrations"), signIn, release("GET /sdk/integrations")),
  scenario("authenticate with the user answered last", hold("GET /sdk/me"), signIn, release("GET /sdk/me")),
  scenario("logout", signIn, call("logout"), call("getIntegrationMetadata")),
  scenario("logout, and in again", signIn, call("logout"), signIn),
  scenario("logout while authenticate is under way", hold("GET /sdk/me"), signIn, call("logout"), release("GET /sdk/me")),
  scenario("a token that expires meanwhile", call("authenticate", PROJECT_ID, token(10)), wait(20_000), call("setUserMetadata", { a: 1 })),
  scenario("the user's state is a copy", signIn, meddle, call("getUser")),
  ...refusals.map(([what, status, body]) =>
    signedIn(`setUserMetadata answered with ${what}`, slack, answer("PATCH /sdk/me", status, body), call("setUserMetadata", { plan: "free" })),
  ),
  signedIn("setUserMetadata when nobody answers", slack, unreachable("PATCH /sdk/me"), call("setUserMetadata", { plan: "free" })),
  {
    name: "a project without any feature",
    project: { ...slack, features: [] },
    steps: [signIn, call("getUser")],
  },
  {
    name: "resources of the user",
    project: { ...slack, resources: [{ id: "r1", slug: "storage" }], features: ALL_FEATURES },
    steps: [signIn, call("getUser"), wait(START % 1)],
  },
];
