// Requests to providers, events and workflows.

import { called, type Difference, drop, eachPair, failedWith, optionsOf, rejection, statusOf } from "./kit.ts";

export const requests: Difference[] = [
  {
    id: "triggers-have-a-host",
    official: "In the cloud, getTriggers() asks the API's host, which has no triggers.",
    ours: "It asks the host of the trigger kit.",
    why: "Otherwise it works only where configureGlobal() was called.",
    settle: (moment) => {
      const [official, ours] = [moment.official.requests[0], moment.ours.requests[0]];
      if (!called(moment, "getTriggers") || !ours?.address.startsWith("https://actionkit.useparagon.com/")) return false;
      if (!official?.address.startsWith("https://zeus.useparagon.com/")) return false;
      official.address = ours.address;
      return true;
    },
  },
  {
    id: "undefined-is-not-sent",
    official: "getIntegrationAccount() without includeAccountAuth sends includeAccountAuth=undefined.",
    ours: "It sends false.",
    why: "It is what is meant.",
    settle: (moment) => {
      const query = moment.official.requests[0]?.query;
      if (!called(moment, "getIntegrationAccount") || query?.includeAccountAuth !== "undefined") return false;
      query.includeAccountAuth = false;
      return true;
    },
  },
  {
    id: "promises-reject",
    official: "workflow() and installIntegration() throw at once what is wrong, although they return promises.",
    ours: "The promise rejects.",
    why: "One place to handle failures: catch() or try with await.",
    settle: (moment) => {
      const [official, ours] = [moment.official.settled[0], moment.ours.settled[0]];
      if (!called(moment, "workflow", "installIntegration") || !official?.throws || !ours?.rejects) return false;
      official.rejects = official.throws;
      delete official.throws;
      return true;
    },
  },
  {
    id: "bodies-as-they-are",
    official: "Forms, blobs, bytes and search parameters are sent as the JSON of an object, mostly {}; null is sent as null.",
    ours: "They are sent as fetch() sends them, with their own content type; null is no body.",
    why: "A file arrives as a file.",
    settle: (moment) => {
      const options = moment.step?.kind === "call" && moment.step.args[2] ? optionsOf(moment.step.args) : optionsOf(moment.step?.kind === "call" ? moment.step.args : []);
      const body = options.body;
      const special = body === null || (typeof body === "object" && Object.keys(body ?? {}).some((key) => key.startsWith("$") && key !== "$undefined"));
      return called(moment, "request", "workflow") && special ? "parts ways" : false;
    },
  },
  {
    id: "headers-in-every-form",
    official: "Headers must be a plain object; those of a Headers object are lost, a list becomes nonsense, and a content type is joined to the SDK's own (\"auto, text/csv\").",
    ours: "Every form that fetch() takes; the app's content type takes the place of the SDK's.",
    why: "The provider gets the headers that the app wrote.",
    settle: (moment) => {
      const given = moment.step?.kind === "call" ? optionsOf(moment.step.args).headers : undefined;
      const [official, ours] = [moment.official.requests[0], moment.ours.requests[0]];
      if (!given || !official || !ours) return false;
      if (Array.isArray(given) || given.$headers) return "parts ways";
      let found = false;
      for (const name of ["content-type", "accept"]) {
        if (official.headers[name] === ours.headers[name] || !official.headers[name]?.endsWith(`, ${ours.headers[name]}`)) continue;
        [official.headers[name], found] = [ours.headers[name], true];
      }
      return found;
    },
  },
  {
    id: "token-is-the-sdks",
    official: "A header of the app's can take the place of the user token, or join it.",
    ours: "Authorization is always the user token.",
    why: "The provider's authorization is the platform's to add.",
    settle: (moment) => {
      const given = moment.step?.kind === "call" ? optionsOf(moment.step.args).headers : undefined;
      return given?.Authorization ? "parts ways" : false;
    },
  },
  {
    id: "path-stays-in-the-proxy",
    official: "request() with a path that climbs by .. reaches other calls of the platform.",
    ours: "It is refused with InvalidArgumentError.",
    why: "The user token is not for them.",
    settle: (moment) =>
      called(moment, "request") && failedWith(moment.ours, "ARGUMENT_INVALID") && moment.official.requests.length > 0 ? "parts ways" : false,
  },
  {
    id: "request-checks-the-integration",
    official: "request() for an integration that the project does not have, or that is not active, is sent.",
    ours: "It rejects with IntegrationNotFoundError.",
    why: "As in all other calls; the names that there are stand in the message.",
    settle: (moment) =>
      called(moment, "request") && failedWith(moment.ours, "INTEGRATION_UNKNOWN", "INTEGRATION_NOT_ACTIVE", "INTEGRATION_NOT_SET_UP") && moment.official.requests.length === 1
        ? "parts ways"
        : false,
  },
  {
    id: "signals-abort",
    official: "The AbortSignal of a request() is ignored.",
    ours: "It ends the request, and the promise rejects with what every fetch() rejects with.",
    why: "A page that is left does not go on loading.",
    settle: (moment) => (moment.step?.kind === "abort" && rejection(moment.ours)?.$error === "AbortError" ? "parts ways" : false),
  },
  {
    id: "refused-by-the-provider",
    official: "The user is read again after a 401 or 403 only if it is not the provider's.",
    ours: "After every one.",
    why: "An account that the provider does not know any more becomes INVALID, and getUser() shows it.",
    settle: (moment) => {
      if (!called(moment, "request") || moment.official.requests.length !== 1 || ![401, 403].includes(statusOf(moment))) return false;
      return drop(moment.ours, "requests", ({ method, address }) => method === "GET" && address.endsWith("/sdk/me"));
    },
  },
  {
    id: "responses-are-read",
    official: "When a refusal is no JSON, the error's response is the Response object itself, already read.",
    ours: "It is the text.",
    why: "It can be shown.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (official.response !== "$Response" || (ours.response !== undefined && typeof ours.response !== "string")) return false;
        delete official.response;
        delete ours.response;
        return true;
      }),
  },
  {
    id: "events-have-names",
    official: "event() without a name is sent.",
    ours: "It is refused with InvalidArgumentError.",
    why: "No workflow can listen for it.",
    settle: (moment) => (called(moment, "event") && failedWith(moment.ours, "ARGUMENT_INVALID") && moment.official.requests.length === 1 ? "parts ways" : false),
  },
  {
    id: "events-name-a-configuration",
    official: "event() with a configuration but without an account is refused.",
    ours: "A configuration names its account.",
    why: "As in all other calls.",
    settle: (moment) =>
      called(moment, "event") && /^Configuration ID cannot be used without/.test(rejection(moment.official)?.message) ? "parts ways" : false,
  },
  {
    id: "slashes-before-a-path",
    official: "Of several slashes before a path one is taken away.",
    ours: "All of them.",
    why: "A base joined with a slash too many means the same path.",
    settle: (moment) =>
      called(moment, "request") && moment.step?.kind === "call" && String(moment.step.args[1]).startsWith("//") ? "parts ways" : false,
  },
  {
    id: "a-workflow-may-refuse",
    official: "A workflow that answers 401 or 403 signs the user out.",
    ours: "The call rejects; the user stays.",
    why: "The answer is the workflow's own.",
    settle: (moment) => {
      if (!called(moment, "workflow") || moment.ours.user.length || ![401, 403].includes(statusOf(moment))) return false;
      return drop(moment.official, "user", ({ authenticated }) => authenticated === false) && "parts ways";
    },
  },
];
