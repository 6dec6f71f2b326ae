// Calls to the provider, app events, and choices for inputs.

import { credentialId, integration, project } from "../projects.ts";
import {
  abort,
  answer,
  blob,
  bytes,
  call,
  form,
  headersObject,
  hold,
  release,
  type Scenario,
  searchParams,
  signal,
  signedIn,
  type Step,
  undefinedValue,
  unreachable,
} from "../scenario.ts";
import { refusals } from "./session.ts";

const usual = project(
  [
    integration("slack", {
      dataSources: {
        channels: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "channels-of-slack", title: "Channels", refreshDependencies: [] },
        colours: { type: "STATIC_ENUM_DATA_SOURCE", id: "colours", values: [{ label: "Red", value: "red" }] },
      },
    }),
    integration("empty"),
    integration("My CRM", { custom: {} }),
    integration("asleep", { active: false }),
  ],
  { accounts: [{ integration: "slack" }, { integration: "custom.mycrm" }] },
);
const scenario = (name: string, ...steps: Step[]): Scenario => signedIn(name, usual, ...steps);

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "post"];
const paths: [string, string][] = [
  ["a path", "users.list"],
  ["a path with a slash before it", "/users.list"],
  ["a path with two slashes before it", "//users.list"],
  ["a path with a query", "users.list?limit=1&cursor=a%20b"],
  ["an empty path", ""],
  ["a slash", "/"],
  ["a whole address", "https://slack.example/api/users.list"],
  ["a path with a space and an umlaut", "files/Übersicht 1"],
  ["a path with a hash", "files#top"],
  ["a path that climbs", "../../me"],
];
const bodies: [string, unknown][] = [
  ["an object", { channel: "#general", blocks: [{ type: "text" }] }],
  ["a list", [1, 2, 3]],
  ["a text", "plain text"],
  ["JSON as a text", '{"a":1}'],
  ["nothing", undefinedValue],
  ["null", null],
  ["false", false],
  ["a number", 7],
  ["a form", form({ file: "x" })],
  ["a blob", blob("hello", "text/plain")],
  ["search parameters", searchParams({ a: "1", b: "2" })],
  ["bytes", bytes(1, 2, 3)],
];
const headers: [string, unknown][] = [
  ["one of the app's", { "X-Own": "1" }],
  ["another content type", { "content-type": "text/csv" }],
  ["another accept", { Accept: "text/csv" }],
  ["a token of the app's", { Authorization: "Bearer stolen" }],
  ["the raw response wanted", { "X-Paragon-Use-Raw-Response": "1" }],
  ["another account", { "X-Paragon-Credential": credentialId(9) }],
];
const answers: [string, number, unknown, Record<string, string>?][] = [
  ["an output", 200, { output: { a: 1 } }],
  ["an output that is null", 200, { output: null }],
  ["an output that is a list", 200, { output: [1, 2] }],
  ["no output", 200, { a: 1 }],
  ["nothing", 200, undefined],
  ["no content", 204, undefined],
  ["a text", 200, "plain text"],
  ["created", 201, { output: { id: 1 } }],
  ["a text that claims to be JSON", 200, "not JSON", { "content-type": "application/json" }],
];
const proxy = "/sdk/proxy/slack/x";

export const requests: Scenario[] = [
  ...methods.map((method) => scenario(`request by ${method}`, call("request", "slack", "x", { method, ...(method.toUpperCase() === "GET" || method === "HEAD" ? {} : { body: { a: 1 } }) }))),
  scenario("request by GET with a body", call("request", "slack", "x", { method: "GET", body: { a: 1 } })),
  ...paths.map(([what, path]) => scenario(`request of ${what}`, call("request", "slack", path))),
  ...bodies.map(([what, body]) => scenario(`request with ${what} as its body`, call("request", "slack", "x", { method: "POST", body }))),
  ...headers.map(([what, given]) => scenario(`request with headers: ${what}`, call("request", "slack", "x", { method: "POST", body: {}, headers: given }))),
  scenario("request with a Headers object", call("request", "slack", "x", { headers: headersObject({ "X-Own": "1" }) })),
  scenario("request with a list of headers", call("request", "slack", "x", { headers: [["X-Own", "1"]] })),
  ...answers.map(([what, status, body, more]) => scenario(`request answered with ${what}`, answer(`GET ${proxy}`, status, body, more), call("request", "slack", "x"))),
  ...refusals.map(([what, status, body]) => scenario(`request answered with ${what}`, answer(`GET ${proxy}`, status, body), call("request", "slack", "x"))),
  scenario("request refused with headers of the provider", answer(`GET ${proxy}`, 422, { message: "no", headers: { secret: "1" }, output: { a: 1 } }), call("request", "slack", "x")),
  scenario("request when nobody answers", unreachable(`GET ${proxy}`), call("request", "slack", "x")),
  scenario("request of what is not connected", call("request", "empty", "x")),
  scenario("request of a custom integration", call("request", "custom.mycrm", "contacts")),
  scenario("request of an unknown integration", call("request", "nothing", "x")),
  scenario("request of an inactive integration", call("request", "asleep", "x")),
  { name: "request without a user", project: usual, steps: [call("request", "slack", "x")] },
  scenario("the same request twice at once", hold(`GET ${proxy}`), call("request", "slack", "x"), call("request", "slack", "x"), release(`GET ${proxy}`)),
  scenario("two requests at once, answered in turn", hold(`GET ${proxy}`), call("request", "slack", "x"), call("request", "slack", "y"), release(`GET ${proxy}`)),
  scenario("request with a signal that aborts", hold(`GET ${proxy}`), call("request", "slack", "x", { signal }), abort, release(`GET ${proxy}`)),
  scenario("logout while a request is under way", hold(`GET ${proxy}`), call("request", "slack", "x"), call("logout"), release(`GET ${proxy}`)),

  scenario("event", call("event", "Task created", { id: 1, list: [1, { a: null }] })),
  scenario("event with an empty payload", call("event", "Ping", {})),
  scenario("event without a payload", call("event", "Ping")),
  scenario("event without a name", call("event", "", {})),
  { name: "event without a user", project: usual, steps: [call("event", "Ping", {})] },
  ...refusals.map(([what, status, body]) => scenario(`event answered with ${what}`, answer("POST /sdk/events/trigger", status, body), call("event", "Ping", {}))),
  scenario("event when nobody answers", unreachable("POST /sdk/events/trigger"), call("event", "Ping", {})),
];

const choices: [string, Record<string, unknown>][] = [
  ["a source of the integration", { action: "channels" }],
  ["a key that the integration does not list", { action: "users" }],
  ["a source", { source: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "own", title: "Own", refreshDependencies: [] } }],
  ["a source and a key", { action: "channels", source: { type: "DYNAMIC_DATA_SOURCE", cacheKey: "own", title: "Own" } }],
  ["neither a source nor a key", {}],
  ["a search", { action: "channels", search: "gen" }],
  ["an empty search", { action: "channels", search: "" }],
  ["a page", { action: "channels", cursor: "2" }],
  ["a page by its number", { action: "channels", cursor: 2 }],
  ["no further page", { action: "channels", cursor: false }],
  ["parameters", { action: "channels", parameters: [{ key: "team", source: { type: "VALUE", value: "t1" } }] }],
];
const outputs: [string, unknown][] = [
  ["records", { output: { records: [{ label: "A", value: "a" }], nextPageCursor: "next" } }],
  ["a list", { output: [{ label: "A", value: "a" }] }],
  ["nested data", { output: { records: [{ id: "x", title: "X", items: [] }, { label: "A", value: "a" }] } }],
  ["an empty list", { output: [] }],
  ["sections", { output: [{ title: "Section", items: [{ label: "A", value: "a" }] }] }],
  ["a page cursor of 0", { output: { records: [], nextPageCursor: 0 } }],
];

export const options: Scenario[] = [
  ...choices.map(([what, given]) => scenario(`getFieldOptions with ${what}`, call("getFieldOptions", { integration: "slack", ...given }))),
  ...outputs.map(([what, body]) => scenario(`getFieldOptions answered with ${what}`, answer("POST /sdk/actions", 200, body), call("getFieldOptions", { integration: "slack", action: "channels" }))),
  ...refusals.map(([what, status, body]) => scenario(`getFieldOptions answered with ${what}`, answer("POST /sdk/actions", status, body), call("getFieldOptions", { integration: "slack", action: "channels" }))),
  scenario("getFieldOptions of a static source", call("getFieldOptions", { integration: "slack", action: "colours" })),
  scenario("getFieldOptions of an unknown integration", call("getFieldOptions", { integration: "nothing", action: "channels" })),
  scenario("getFieldOptions of what is not connected", call("getFieldOptions", { integration: "empty", action: "channels" })),
  scenario("getFieldOptions when nobody answers", unreachable("POST /sdk/actions"), call("getFieldOptions", { integration: "slack", action: "channels" })),
];
