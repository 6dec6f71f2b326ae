// Where the services are.

import { integration, project, PROJECT_ID, TOKEN } from "../projects.ts";
import { call, type Scenario, type Step, undefinedValue } from "../scenario.ts";

const slack = project([integration("slack"), integration("Tasks", { custom: {} })], { accounts: [{ integration: "slack" }] });
const scenario = (name: string, ...steps: Step[]): Scenario => ({ name, project: slack, steps });
const signIn = call("authenticate", PROJECT_ID, TOKEN);

/** One call for each service. */
const tour = [
  signIn,
  call("getIntegrationMetadata"),
  call("getAssetUrl", "logo.svg"),
  call("request", "slack", "users.list"),
  call("event", "Ping", {}),
  call("getTriggers", "slack"),
];

const hosts: [string, unknown][] = [
  ["a bare host", { host: "paragon.example" }],
  ["an address", { host: "https://paragon.example" }],
  ["an address with a path and a port", { host: "https://paragon.example:8443/some/path" }],
  ["a host with a port", { host: "paragon.example:8443" }],
  ["an http address", { host: "http://paragon.example" }],
  ["no host", {}],
  ["an empty host", { host: "" }],
  ["an undefined host", { host: undefinedValue }],
];

const services = [
  "ZEUS_PUBLIC_URL",
  "WORKER_PROXY_PUBLIC_URL",
  "HERMES_PUBLIC_URL",
  "CONNECT_PUBLIC_URL",
  "PASSPORT_PUBLIC_URL",
  "DASHBOARD_PUBLIC_URL",
  "CDN_PUBLIC_URL",
  "API_TRIGGER_KIT_PUBLIC_URL",
];

export const hostScenarios: Scenario[] = [
  scenario("the cloud", ...tour),
  ...hosts.map(([what, given]) => scenario(`configureGlobal with ${what}`, call("configureGlobal", given), ...tour)),
  ...services.map((service) =>
    scenario(
      `configureGlobal with an address of its own for ${service}`,
      call("configureGlobal", { host: "paragon.example" }, { [service]: "https://own.example" }),
      ...tour,
    ),
  ),
  scenario("configureGlobal with an address on this machine", call("configureGlobal", { host: "paragon.example" }, { ZEUS_PUBLIC_URL: "http://127.0.0.1:9400" }), ...tour),
  ...["http://own.example", "javascript:alert(1)", "not an address"].map((address) =>
    scenario(`configureGlobal with ${address} for the API`, call("configureGlobal", { host: "paragon.example" }, { ZEUS_PUBLIC_URL: address }), signIn),
  ),
  scenario("configureGlobal signs the user out", signIn, call("configureGlobal", { host: "paragon.example" }), call("getUser"), signIn),
  scenario("configureGlobal, refused", signIn, call("configureGlobal", {}), call("getUser")),
];
