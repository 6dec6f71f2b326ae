// Where the SDK differs from the official package on purpose: the differences that the scenarios may show, each as narrow
// as it can be told. docs/intended-differences.md is made from this list.

import type { Moment } from "./page/compare.ts";
import type { Channel, Entry, StepRecord } from "./page/records.ts";

export type Difference = {
  id: string;
  official: string;
  ours: string;
  why: string;
  /**
   * Takes out of both records what this difference is about; true if there was something. "parts ways": from here on the
   * two are in different states, and neither this step nor what follows can be compared. "ends here": this step can.
   */
  settle(moment: Moment): boolean | "parts ways" | "ends here";
};

// Takes entries out of a channel of one side; true if there were any.
function drop(side: StepRecord, channel: Channel, which: (entry: Entry) => boolean): boolean {
  const left = side[channel].filter((entry) => !which(entry));
  const found = left.length < side[channel].length;
  side[channel] = left;
  return found;
}

// Every pair of values at the same place in what was told and settled.
function eachPair({ official, ours }: Moment, visit: (official: any, ours: any) => boolean): boolean {
  let found = false;
  const walk = (a: any, b: any): void => {
    if (typeof a !== "object" || typeof b !== "object" || !a || !b) return;
    if (visit(a, b)) found = true;
    for (const key of Object.keys(a)) walk(a[key], b[key]);
  };
  for (const channel of ["told", "settled", "user"] as const) walk(official[channel], ours[channel]);
  return found;
}

const called = (moment: Moment, ...methods: string[]) => moment.step?.kind === "call" && methods.includes(moment.step.method);
// The options of a call: its last object.
const optionsOf = (args: unknown[]): Entry => (args.filter((one) => typeof one === "object" && one !== null).at(-1) ?? {}) as Entry;
const rejection = (side: StepRecord): Entry | undefined => {
  const settled = side.settled.find(({ rejects, throws }) => rejects ?? throws);
  return settled?.rejects ?? settled?.throws;
};
const failedWith = (side: StepRecord, ...codes: string[]) => codes.includes(rejection(side)?.code);

// Was the app told of a failure with one of these codes, or of these names?
const toldOf = (side: StepRecord, ...which: string[]) =>
  [...side.told.map(({ args }) => args[0]), rejection(side)].some((error) => which.includes(error?.code) || which.includes(error?.$error));
const SETTERS = ["installFlow.setAccountType", "installFlow.setPreOptions", "installFlow.setPostOptions"];
const CHECKS = [
  "INTEGRATION_ALREADY_INSTALLED",
  "CREDENTIAL_UNKNOWN",
  "EXTERNAL_ID_EMPTY",
  "EXTERNAL_ID_AND_CREDENTIAL",
  "EXTERNAL_ID_TAKEN",
  "INTEGRATION_NOT_ACTIVE",
  "FEATURE_NOT_AVAILABLE",
];
const CURRENT = ["configMeta", "configuredWorkflows", "credentialConfigId", "sharedSettings", "workflowSettings"];
// An account by another name than its id.
const isName = (text: unknown) => typeof text === "string" && !/^[0-9a-f]{8}-/.test(text);
const credentialHeader = "x-paragon-credential";
const NOT_FOUND = ["CREDENTIAL_UNKNOWN", "CONFIGURATION_UNKNOWN", "CONFIGURATION_OF_OTHER_CREDENTIAL"];

export const DIFFERENCES: Difference[] = [
  {
    id: "the-frame-comes-with-the-user",
    official: "Importing adds an invisible iframe, which loads the portal without a word on the project, and is told of every step, often the same again; in headless mode too, where it is never shown.",
    ours: "The frame comes with the user, is not there in headless mode, and goes with the user. Its address names the project, and its page is told what has changed, once a turn.",
    why: "Importing does nothing; an app that shows no portal loads none, and its user's state goes nowhere. A page that knows the project can begin.",
    settle: ({ official, ours, earlier }) => {
      const before = earlier.at(-1);
      const [theirs, own] = [heard(official, before?.official), heard(ours, before?.ours)];
      const found = official.frames.length > 0;
      if (own.there) for (const [side, { latest }] of [[official, theirs], [ours, own]] as const) side.frames = [{ latest }, ...answers(side)];
      else [official.frames, ours.frames] = [[], []];
      const [left, ownLeft] = [official.leftovers[0], ours.leftovers[0]];
      if (!left || ownLeft?.frames > 0) return found;
      left.frames -= 1;
      const at = left.listeners.indexOf("window message");
      if (at >= 0) left.listeners.splice(at, 1);
      // Ours listens to a popup as long as it is there; the official one's listener for the frame hears popups too.
      if (ownLeft?.popups > 0) ownLeft!.listeners.splice(ownLeft!.listeners.indexOf("window message"), 1);
      return true;
    },
  },
  {
    id: "state-changes-are-told",
    official: "There is no onStateChange() and no getSnapshot().",
    ours: "The one tells listeners of every change of getUser(), the other gives the state as one frozen object until then.",
    why: "A page need not ask again and again.",
    settle: (moment) => (called(moment, "onStateChange", "getSnapshot") ? "parts ways" : false),
  },
  {
    id: "no-storage",
    official: "The token, the user's state and the hosts are written to local storage, and read back.",
    ours: "They are in memory only. With the option persist of authenticate() the token is kept, and nothing else.",
    why: "Whatever runs in the page, later too, can read local storage. A full storage makes the official authenticate() reject.",
    settle: ({ official }) => {
      for (const entry of official.leftovers) entry.stored = entry.stored.filter((key: string) => key !== "paragon-connect-user-state");
      return drop(official, "storage", ({ key }) => key === "paragon-connect-user-state");
    },
  },
  {
    id: "own-version",
    official: "X-Paragon-SDK-Version and getVersion() are 2.4.0.",
    ours: "They are this package's own.",
    why: "They say which SDK speaks.",
    settle: (moment) => {
      let found = false;
      for (const side of [moment.official, moment.ours]) {
        for (const { headers } of side.requests) {
          if (/^\d+\.\d+\.\d+$/.test(headers["x-paragon-sdk-version"])) headers["x-paragon-sdk-version"] = "a version";
        }
        if (!called(moment, "getVersion")) continue;
        for (const entry of side.settled) {
          if (/^\d+\.\d+\.\d+$/.test(entry.gives)) [entry.gives, found] = ["a version", true];
        }
      }
      return found;
    },
  },
  {
    id: "sources-hold-no-functions",
    official: "Sources carry the functions mapRefreshToValues and getRefreshActionParameters.",
    ours: "They do not.",
    why: "They do nothing there, and cannot be sent to the portal.",
    settle: (moment) =>
      eachPair(moment, (official) => {
        const keys = ["mapRefreshToValues", "getRefreshActionParameters"].filter((key) => official[key] === "$function");
        for (const key of keys) delete official[key];
        return keys.length > 0;
      }),
  },
  {
    id: "missing-sources-are-a-warning",
    official: "That nothing was given for a dropdown or a mapping is an error in the console.",
    ours: "A warning, with the code SOURCE_MISSING and what to do.",
    why: "The input is shown without choices; nothing has failed.",
    settle: ({ official, ours }) => {
      const missing = ({ level, args }: Entry) => level === "warn" && args[0]?.code === "SOURCE_MISSING";
      return official.console.some(({ level }) => level === "error") && drop(ours, "console", missing);
    },
  },
  {
    id: "quiet-console",
    official: "Failures are written to the console, beside being handed to the app.",
    ours: "The app gets them, and says itself what is worth a line.",
    why: "A failure that an app expects and handles is no noise.",
    settle: ({ official, ours }) => ours.console.length === 0 && drop(official, "console", () => true),
  },
  {
    id: "nothing-left",
    official: "Timers and listeners of its own stay when nothing is under way any more.",
    ours: "Every timer and listener ends with what it was for.",
    why: "Nothing wakes a page that rests.",
    settle: ({ official, ours }) => {
      const [theirs, own] = [official.leftovers[0], ours.leftovers[0]];
      let found = false;
      if (theirs && own && own.timers < theirs.timers) [theirs.timers, found] = [own.timers, true];
      if (theirs && own && own.listeners.length < theirs.listeners.length) [theirs.listeners, found] = [own.listeners, true];
      return found;
    },
  },
  {
    id: "tokens-are-checked",
    official: "A token that is not signed with RS256, has only two parts or names no user is sent to the platform.",
    ours: "It is refused at once, with the reason.",
    why: "The platform would refuse it anyway; here the developer learns why.",
    settle: (moment) =>
      called(moment, "authenticate") &&
      failedWith(moment.ours, "TOKEN_UNREADABLE", "TOKEN_UNSIGNED", "TOKEN_WITHOUT_USER") &&
      moment.official.requests.length > 0
        ? "parts ways"
        : false,
  },
  {
    id: "no-token-in-results",
    official: "The user that setUserMetadata(), the settings calls and event handlers hand out has the user token in it.",
    ours: "It is what getUser() gives, without the token.",
    why: "What is logged or stored by an app should not be what signs its users in.",
    settle: (moment) => {
      let found = false;
      const strip = (value: any): void => {
        if (typeof value !== "object" || !value) return;
        if (value.authenticated === true && typeof value.token === "string") {
          delete value.token;
          found = true;
        }
        Object.values(value).forEach(strip);
      };
      for (const channel of ["told", "settled"] as const) strip(moment.official[channel]);
      return found;
    },
  },
  {
    id: "lists-keep-their-order",
    official: "An account or a configuration that changes goes to the end of its list.",
    ours: "It keeps its place.",
    why: "What an app shows from the list does not jump.",
    settle: ({ official, ours, earlier }) => {
      let found = false;
      const order = (value: any, other: any): void => {
        if (typeof value !== "object" || !value) return;
        for (const key of Object.keys(value)) {
          if (LISTS.includes(key) && Array.isArray(value[key]) && Array.isArray(other?.[key])) found = reorder(value[key], other[key]) || found;
          order(value[key], other?.[key]);
        }
      };
      for (const channel of ["told", "settled", "user"] as const) order(official[channel], ours[channel]);
      if (official.user.length === 1 && ours.user.length === 0) {
        // Nothing but the order has changed.
        const before = earlier.findLast((moment) => moment.ours.user.length)?.ours.user[0];
        order(official.user[0], before);
        if (JSON.stringify(official.user[0]) === JSON.stringify(before)) found = drop(official, "user", () => true);
      }
      return found;
    },
  },
  {
    id: "whole-user-or-none",
    official: "While authenticate() is under way, getUser() already shows an authenticated user without any integrations.",
    ours: "There is no user before both answers are there.",
    why: "An app that looks in between would take all integrations for disconnected.",
    settle: ({ official, ours }) => {
      const [early] = official.user;
      if (!early?.authenticated || ours.user.length || official.settled.length) return false;
      return Object.keys(early.integrations).length === 0 ? drop(official, "user", () => true) : false;
    },
  },
  {
    id: "signing-in-twice-at-once",
    official: "authenticate() with the same user while it is under way sends everything again.",
    ours: "Both calls get the one answer.",
    why: "It happens in every page whose components sign in on their own.",
    settle: (moment) =>
      called(moment, "authenticate") &&
      moment.ours.requests.length === 0 &&
      moment.ours.settled.length === 0 &&
      drop(moment.official, "requests", ({ address }) => /\/sdk\/(me|integrations)$/.test(address)),
  },
  {
    id: "logout-ends-what-is-under-way",
    official: "An authenticate() or a call that a logout() overtakes resolves as if nothing had happened.",
    ours: "It rejects with SessionReplacedError.",
    why: "Whoever waits for it would go on as if there were a user, or with another user's answer.",
    settle: (moment) => {
      const ended = moment.ours.settled.some(({ rejects }) => rejects?.code === "SESSION_REPLACED");
      const closed = called(moment, "logout") && moment.ours.popups.some(({ does }) => does === "is closed");
      return ended || closed ? "parts ways" : false;
    },
  },
  {
    id: "nothing-left-after-logout",
    official: "After logout() the integrations of the project are still listed; after configureGlobal() the user's accounts are still in getUser().",
    ours: "There is nothing of the user before.",
    why: "The next person at the same screen should not see what the one before had.",
    settle: (moment) => {
      if (called(moment, "configureGlobal")) {
        const [user] = moment.official.user;
        if (user?.authenticated !== false || !("integrations" in user)) return false;
        moment.official.user = [{ authenticated: false }];
        return true;
      }
      const given = moment.official.settled[0]?.gives;
      if (called(moment, "getUser") && given?.authenticated === false && "integrations" in given) {
        moment.official.settled[0]!.gives = { authenticated: false };
        return true;
      }
      const [official, ours] = [moment.official.settled[0], moment.ours.settled[0]];
      const wasIn = moment.earlier.some((one) => called(one, "logout"));
      if (!wasIn || !called(moment, "getIntegrationMetadata") || ours?.gives?.length !== 0 || !official?.gives?.length) return false;
      official.gives = [];
      return true;
    },
  },
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
    id: "metadata-is-an-object",
    official: "User metadata that is a text, a list or null is sent as if it were an object.",
    ours: "It is refused with InvalidArgumentError.",
    why: "The letters of a name would become the user's metadata.",
    settle: (moment) =>
      called(moment, "authenticate", "setUserMetadata") && failedWith(moment.ours, "METADATA_INVALID") && moment.official.requests.length > 0
        ? "parts ways"
        : false,
  },
  {
    id: "no-user-is-said",
    official: "Without a user, reads of the catalog fail as if the integration were unknown, or with a TypeError.",
    ours: "They fail with UserNotAuthenticatedError.",
    why: "The reason is the missing user, not the name.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (ours.code !== "USER_NOT_AUTHENTICATED" || !["IntegrationNotFoundError", "TypeError", "Error"].includes(official.$error)) return false;
        for (const error of [official, ours]) {
          for (const key of ["message", "code", "meta"]) delete error[key];
          error.$error = "UserNotAuthenticatedError";
        }
        return true;
      }),
  },
  {
    id: "names-of-javascript",
    official: "constructor, toString and the like are taken for integrations.",
    ours: "They are unknown names like any other.",
    why: "A name may come from an address or a user.",
    settle: (moment) =>
      moment.step?.kind === "call" && moment.step.args[0] === "constructor" && failedWith(moment.ours, "INTEGRATION_UNKNOWN")
        ? "parts ways"
        : false,
  },
  {
    id: "accounts-are-checked-here",
    official: "An account that a call names is sent to the platform as it stands; whether there is one, the platform has to say.",
    ours: "It is found among the user's accounts, sent by its id, and refused with CredentialNotFoundError if it is none.",
    why: "All calls take the same names for an account: its id, its external id, ext: and the external id.",
    settle: (moment) => {
      if (nameByIds(moment)) return true;
      const options = moment.step?.kind === "call" ? optionsOf(moment.step.args) : {};
      const [, second] = moment.step?.kind === "call" ? moment.step.args : [];
      const named = (called(moment, "getCustomWebhookUserManualUrl") ? second : undefined) ?? options.selectedCredentialId ?? options.selectedConfigurationId ?? options.credentialId;
      if (typeof named !== "string") return false;
      const [official, ours] = [rejection(moment.official), rejection(moment.ours)];
      // Refused by one only: by ours because there is none, by the official one because it does not know the name.
      if (failedWith(moment.ours, ...NOT_FOUND) && !official) return "parts ways";
      if (official && !ours && (isName(named) || named !== named.trim())) return "parts ways";
      if (official && !ours && options.selectedConfigurationId) return "parts ways";
      let found = false;
      moment.official.requests.forEach(({ headers }, index) => {
        for (const header of [credentialHeader, "x-paragon-configuration-id"]) {
          const own = moment.ours.requests[index]?.headers[header];
          if (own && headers[header] !== own && isName(headers[header])) found = true;
        }
      });
      return found && "parts ways";
    },
  },
  {
    id: "account-not-found",
    official: "uninstallIntegration() of an account that is not the user's fails with IntegrationNotInstalledError.",
    ours: "It fails with CredentialNotFoundError.",
    why: "The same in every call; the integration may well be installed, with other accounts.",
    settle: (moment) =>
      called(moment, "uninstallIntegration") &&
      eachPair(moment, (official, ours) => {
        if (official.$error !== "IntegrationNotInstalledError" || ours.$error !== "CredentialNotFoundError") return false;
        ours.$error = official.$error;
        return true;
      }),
  },
  {
    id: "choices-name-their-account",
    official: "getFieldOptions() names no account unless one is selected.",
    ours: "It names the one that the install flow is setting up, else the current one.",
    why: "With two accounts, a user would see the choices of the wrong one.",
    settle: (moment) => {
      let found = false;
      moment.ours.requests.forEach(({ headers, address }, index) => {
        const theirs = moment.official.requests[index]?.headers;
        if (!address.endsWith("/sdk/actions") || !theirs || theirs[credentialHeader] || !headers[credentialHeader]) return;
        delete headers[credentialHeader];
        found = true;
      });
      return found;
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
    id: "slashes-before-a-path",
    official: "Of several slashes before a path one is taken away.",
    ours: "All of them.",
    why: "A base joined with a slash too many means the same path.",
    settle: (moment) =>
      called(moment, "request") && moment.step?.kind === "call" && String(moment.step.args[1]).startsWith("//") ? "parts ways" : false,
  },
  {
    id: "workflow-without-webhook",
    official: "getCustomWebhookUserManualUrl() of a workflow that has no custom webhook answers an address with undefined in it.",
    ours: "It rejects with WorkflowNotFoundError.",
    why: "The provider would send its webhooks nowhere.",
    settle: (moment) => (failedWith(moment.ours, "WORKFLOW_WITHOUT_WEBHOOK") ? "parts ways" : false),
  },
  {
    id: "new-configuration",
    official: "createConfiguration() resolves with the account's default configuration.",
    ours: "It resolves with the new one.",
    why: "It is what was asked for; the app needs its id.",
    settle: (moment) => {
      const [official, ours] = [moment.official.settled[0], moment.ours.settled[0]];
      if (!called(moment, "createConfiguration") || !official?.resolves?.isDefault || ours?.resolves?.isDefault !== false) return false;
      official.resolves = ours.resolves;
      return true;
    },
  },
  {
    id: "configuration-ids-are-trimmed",
    official: "createConfiguration() stores an external id with the spaces around it.",
    ours: "It is trimmed.",
    why: "Selections are trimmed in both, so such a configuration could never be named.",
    settle: (moment) => {
      const external = moment.step?.kind === "call" ? optionsOf(moment.step.args).externalId : undefined;
      return called(moment, "createConfiguration") && typeof external === "string" && external.trim() !== external && external.trim() !== ""
        ? "parts ways"
        : false;
    },
  },
  {
    id: "configuration-by-any-name",
    official: "createConfiguration() takes an account by its id only.",
    ours: "Also by its external id.",
    why: "All calls take the same names for an account.",
    settle: (moment) =>
      called(moment, "createConfiguration") && moment.step?.kind === "call" && /^ext:/.test(optionsOf(moment.step.args).credentialId)
        ? "parts ways"
        : false,
  },
  {
    id: "settings-of-any-account",
    official: "Settings and configurations of an account that is PENDING or INVALID, and settings of a workflow that has none yet, cannot be saved.",
    ours: "They can; what the platform does not want it refuses.",
    why: "A user who has to reconnect does not lose what they fill in.",
    settle: (moment) =>
      called(moment, "updateIntegrationUserSettings", "updateWorkflowUserSettings", "createConfiguration", "updateConfiguration", "destroyConfiguration") &&
      /^Valid credential not found|^Workflow with ID .* was not found in the current configuration/.test(rejection(moment.official)?.message) &&
      moment.ours.requests.length === 1
        ? "parts ways"
        : false,
  },
  {
    id: "refused-settings-are-not-kept",
    official: "Settings among which one is named constructor are changed in place: what is refused before anything is sent is in the user's state all the same.",
    ours: "Nothing changes.",
    why: "getUser() would show what is stored nowhere.",
    settle: (moment) =>
      called(moment, "updateWorkflowUserSettings") && rejection(moment.ours) && rejection(moment.official) && moment.ours.user.length === 0
        ? drop(moment.official, "user", () => true) && "ends here"
        : false,
  },
  {
    id: "answers-are-not-accounts",
    official: "The errors that a settings call answers are stored as part of the account.",
    ours: "They are in the result only.",
    why: "getUser() would show them for ever.",
    settle: (moment) => {
      let found = false;
      eachPair(moment, (official, ours) => {
        if (!Array.isArray(official.errors) || !official.providerId || ours.errors !== undefined) return false;
        delete official.errors;
        return (found = true);
      });
      return found;
    },
  },
  {
    id: "forbidden-workflow-has-its-words",
    official: "A workflow that the user may not use is listed without a description.",
    ours: "With the one of the portal's settings.",
    why: "An app can show what the user could have.",
    settle: (moment) =>
      called(moment, "getIntegrationConfig") &&
      eachPair(moment, (official, ours) => {
        if (!official.infoText || official.description !== undefined || typeof ours.description !== "string") return false;
        delete ours.description;
        return true;
      }),
  },
  {
    id: "unknown-account-type",
    official: "getPreOptions() of an account type that there is not answers the inputs of the integration.",
    ours: "It fails with InvalidArgumentError.",
    why: "The user would fill in what nobody asked for.",
    settle: (moment) => (called(moment, "getPreOptions") && failedWith(moment.ours, "ACCOUNT_TYPE_UNKNOWN") ? "parts ways" : false),
  },
  {
    id: "handlers-do-not-fail-the-flow",
    official: "An onNext or onComplete that throws counts as a failure of the flow: onError is told, and the flow is stuck.",
    ours: "What it throws is written to the console; the flow goes on.",
    why: "A fault of the page's display must not lose an account.",
    settle: (moment) =>
      moment.ours.console.some(({ args }) => args[0] === "paragon: a handler of the app threw") &&
      moment.official.told.some(({ callback }) => callback === "onError") &&
      !moment.ours.told.some(({ callback }) => callback === "onError")
        ? "parts ways"
        : false,
  },
  {
    id: "handlers-that-throw",
    official: "What a handler throws is written to the console as it is.",
    ours: "With a word on whose it is.",
    why: "It is the app's, not the SDK's.",
    settle: ({ official, ours }) => {
      const own = ours.console.filter(({ args }) => args[0] === "paragon: a handler of the app threw");
      if (own.length === 0) return false;
      drop(official, "console", () => true);
      return drop(ours, "console", (entry) => own.includes(entry));
    },
  },
  {
    id: "what-is-left-belongs-together",
    official: "When the current account is disconnected, another becomes current, but credentialConfigId stays that of the one that is gone, and externalId is missing.",
    ours: "All fields are those of the new current account.",
    why: "A call with that configuration would fail.",
    settle: (moment) =>
      called(moment, "uninstallIntegration", "installFlow.cancel") &&
      eachPair(moment, (official, ours) => {
        if (!Array.isArray(official.allConfigurations) || !official.credentialConfigId) return false;
        const isThere = official.allConfigurations.some(({ id }: Entry) => id === official.credentialConfigId);
        if (isThere || official.credentialId !== ours.credentialId) return false;
        for (const key of CURRENT) official[key] = ours[key];
        if (official.externalId === undefined) delete ours.externalId;
        return true;
      }) &&
      "ends here",
  },
  {
    id: "default-configuration-follows",
    official: "updateConfiguration() of the current configuration leaves configMeta of the integration as it was.",
    ours: "It follows.",
    why: "It is the same configuration in two places.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (!Array.isArray(official.allConfigurations) || JSON.stringify(official.configMeta) === JSON.stringify(ours.configMeta)) return false;
        const current = official.allConfigurations.find(({ id }: Entry) => id === official.credentialConfigId);
        if (JSON.stringify(current?.configMeta) !== JSON.stringify(ours.configMeta)) return false;
        official.configMeta = ours.configMeta;
        return true;
      }),
  },
  {
    id: "resources-follow",
    official: "connectAction() leaves the user's resources as they were.",
    ours: "The resource shows the account that was connected.",
    why: "An app need not read the user again.",
    settle: (moment) => called(moment, "connectAction") && moment.official.user.length === 0 && drop(moment.ours, "user", () => true),
  },
  {
    id: "marketplace-installs-are-told",
    official: "completeInstall() connects an account without telling subscribers.",
    ours: "They hear onIntegrationInstall.",
    why: "An account was connected.",
    settle: (moment) =>
      called(moment, "completeInstall") &&
      moment.official.told.length === 0 &&
      drop(moment.ours, "told", ({ callback }) => callback === "onIntegrationInstall"),
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
    id: "a-workflow-may-refuse",
    official: "A workflow that answers 401 or 403 signs the user out.",
    ours: "The call rejects; the user stays.",
    why: "The answer is the workflow's own.",
    settle: (moment) => {
      if (!called(moment, "workflow") || moment.ours.user.length || ![401, 403].includes(statusOf(moment))) return false;
      return drop(moment.official, "user", ({ authenticated }) => authenticated === false) && "parts ways";
    },
  },
  {
    id: "choices-of-static-sources",
    official: "getFieldOptions() of a static source asks the platform, which has no choices for it.",
    ours: "It answers the source's own values.",
    why: "They are known.",
    settle: (moment) =>
      called(moment, "getFieldOptions") && moment.official.requests.length === 1 && moment.ours.requests.length === 0 && moment.ours.settled[0]?.resolves
        ? "parts ways"
        : false,
  },
  {
    id: "lists-are-sources",
    official: "getSourcesForInput() answers null for a static source of the project, and for an input's own values.",
    ours: "It answers the list.",
    why: "The platform sends such settings, and their choices are known.",
    settle: (moment) => {
      const [official, ours] = [moment.official.settled[0], moment.ours.settled[0]];
      if (!called(moment, "getSourcesForInput") || official?.gives !== null) return false;
      if (ours?.gives?.source?.type !== "STATIC_ENUM_DATA_SOURCE") return false;
      official.gives = ours.gives;
      return true;
    },
  },
  {
    id: "nested-choices-one-by-one",
    official: "One choice with an id makes all choices of the page nested data.",
    ours: "Each is what it is.",
    why: "Plain choices are not lost among nested ones.",
    settle: (moment) => {
      const [official, ours] = [moment.official.settled[0]?.resolves, moment.ours.settled[0]?.resolves];
      if (!called(moment, "getFieldOptions") || !official?.nestedData?.length || !ours?.data?.length || official.data.length) return false;
      const all = [...ours.nestedData, ...ours.data];
      if (all.length !== official.nestedData.length) return false;
      [official.data, official.nestedData] = [ours.data, ours.nestedData];
      return true;
    },
  },
  {
    id: "no-user-no-result",
    official: "updateWorkflowState() without a user resolves, with the missing user as the error of every workflow.",
    ours: "It rejects with UserNotAuthenticatedError.",
    why: "As every call that needs a user.",
    settle: (moment) => (called(moment, "updateWorkflowState") && failedWith(moment.ours, "USER_NOT_AUTHENTICATED") ? "parts ways" : false),
  },
  {
    id: "attempts-are-asked-rarely",
    official: "The platform is asked every second how an OAuth attempt goes.",
    ours: "Every three seconds while the popup is there, and at once when it seems gone.",
    why: "The popup's own message is the fast way.",
    settle: ({ official, ours }) => {
      const polls = ({ method, address }: Entry) => method === "GET" && address.includes("/sdk/actions/session-id/");
      const found = drop(official, "requests", polls);
      return drop(ours, "requests", polls) || found;
    },
  },
  {
    id: "popup-placement",
    official: "The popup is 500 by 600, at the same place of the screen for everybody.",
    ours: "It fits the screen, and stands in the middle of the window.",
    why: "It opens where the user looks, on the screen where the window is.",
    settle: ({ official, ours }) => {
      let found = false;
      official.popups.forEach((popup, index) => {
        const own = ours.popups[index];
        if (!popup.features || !own?.features) return;
        for (const one of [popup, own]) for (const key of ["features", "target"]) delete one[key];
        found = true;
      });
      return found;
    },
  },
  {
    id: "attempt-has-one-key",
    official: "Only build-oauth names the attempt's random key.",
    ours: "The popup's first address names it too.",
    why: "The platform can bind both to one browser, and needs no user token in an address for that.",
    settle: ({ official, ours }) => {
      let found = false;
      official.popups.forEach((popup, index) => {
        const own = ours.popups[index]?.query;
        if (!popup.address?.endsWith("/sdk/actions/oauth-nonce") || popup.query.oauthMetaKeyId || !own?.oauthMetaKeyId) return;
        delete own.oauthMetaKeyId;
        found = true;
      });
      return found;
    },
  },
  {
    id: "build-oauth-is-a-call",
    official: "build-oauth is asked without the headers that say what is accepted and which SDK asks.",
    ours: "With the headers of every other call.",
    why: "The platform can tell which version has a problem.",
    settle: ({ official, ours }) => {
      let found = false;
      official.requests.forEach(({ address, headers }, index) => {
        const own = ours.requests[index];
        if (!address.endsWith("/sdk/actions/build-oauth") || own?.address !== address) return;
        for (const name of ["accept", "x-paragon-sdk-version"]) {
          if (headers[name] === undefined && own?.headers[name] !== undefined) found = delete own.headers[name];
        }
      });
      return found;
    },
  },
  {
    id: "told-accounts-are-not-saved-again",
    official: "When the popup tells of the account, the SDK saves it once more, and later hears of it from the platform too.",
    ours: "The account is there: it is taken as it is, or read.",
    why: "One request less, and nothing that could make a second account.",
    settle: ({ official }) => drop(official, "requests", ({ method, body }) => method === "POST" && !!body?.payload?.connectCredentialId),
  },
  {
    id: "installs-are-told-once",
    official: "One install is told twice, when the popup tells of it and when the platform does.",
    ours: "Once.",
    why: "Whoever counts installs, or answers each, would do it twice.",
    settle: ({ official, ours }) => {
      if (ours.told.filter(({ callback }) => callback === "onIntegrationInstall").length !== 1) return false;
      const all = official.told.filter(({ callback }) => callback === "onIntegrationInstall");
      return all.length > 1 && drop(official, "told", (entry) => entry !== all[0] && all.includes(entry));
    },
  },
  {
    id: "attempts-are-removed-first",
    official: "The account that the popup made is read without naming it in a header, and the attempt is removed afterwards.",
    ours: "The attempt is removed at once; the call that reads the account names it.",
    why: "Neither waits for the other.",
    settle: ({ official, ours, step }) => {
      if (step?.kind !== "popup") return false;
      for (const { method, address, headers } of official.requests) {
        if (method === "DELETE" && address.includes("/session-id/")) delete headers[credentialHeader];
      }
      const order = (side: StepRecord) => side.requests.map(({ method, address }) => `${method} ${address}`);
      const [theirs, own] = [order(official), order(ours)];
      if ([...theirs].sort().join() !== [...own].sort().join()) return false;
      official.requests = own.map((line) => official.requests[theirs.indexOf(line)]!);
      let found = theirs.join() !== own.join();
      for (const request of ours.requests) {
        const read = request.method === "GET" && request.address.endsWith(request.headers[credentialHeader] ?? "nothing");
        if (read) found = delete request.headers[credentialHeader];
      }
      return found;
    },
  },
  {
    id: "own-words",
    official: "The instruction for a Salesforce package is in its words, with a picture from its dashboard.",
    ours: "In our words, without a picture of somebody else's.",
    why: "They say the same.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (official.stage !== "instruction" || ours.stage !== "instruction") return false;
        for (const stage of [official, ours]) {
          delete stage.content;
          for (const item of [...stage.ctas, stage.finish]) delete item.label;
        }
        return true;
      }),
  },
  {
    id: "links-have-a-scheme",
    official: "The link to a package whose address was saved without https:// leads to a page of the app's own site.",
    ours: "It has https:// before it.",
    why: "It is a link that works.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        let found = false;
        for (const key of ["href", "copyText", "packageInstallUrl"]) {
          if (typeof official[key] === "string" && ours[key] === `https://${official[key]}`) [official[key], found] = [ours[key], true];
        }
        return found;
      }),
  },
  {
    id: "flows-check-first",
    official: "installFlow.start() begins for an account that is already connected, an unknown account, an external id that is empty or taken, an inactive integration, and a plan without the feature.",
    ours: "onError tells at once, as installIntegration() does.",
    why: "The user is not sent to a provider for nothing.",
    settle: (moment) => called(moment, "installFlow.start") && toldOf(moment.ours, ...CHECKS) && !moment.official.told.some(({ callback }) => callback === "onError") ? "parts ways" : false,
  },
  {
    id: "a-flow-needs-a-name",
    official: "installFlow.start() without a name says that no flow is under way.",
    ours: "It says that there is no such integration.",
    why: "It is what is wrong.",
    settle: (moment) => (called(moment, "installFlow.start") && toldOf(moment.official, "NoActiveInstallFlowError") ? "parts ways" : false),
  },
  {
    id: "failed-starts-leave-nothing",
    official: "A start() that fails because there is no such integration takes the place of the flow before; every other call then fails for that reason.",
    ours: "A flow that cannot begin changes nothing: the one before goes on, or there is none.",
    why: "A slip does not cost what the user has filled in.",
    settle: (moment) =>
      (failedWith(moment.ours, "NO_ACTIVE_INSTALL_FLOW") && rejection(moment.official)?.$error === "IntegrationNotFoundError") ||
      (!called(moment, "installFlow.start", "installIntegration") && toldOf(moment.official, "IntegrationNotFoundError") && !toldOf(moment.ours, "IntegrationNotFoundError"))
        ? "parts ways"
        : false,
  },
  {
    id: "account-type-beforehand",
    official: "installFlow.start() does not know the option accountType.",
    ours: "An id chooses the account type, a list narrows the choice.",
    why: "It is in the platform's documentation.",
    settle: ({ step }) => (step?.kind === "call" && step.method === "installFlow.start" && optionsOf(step.args).accountType ? "parts ways" : false),
  },
  {
    id: "nothing-to-fill-in",
    official: "An integration without OAuth and without inputs goes to the stage done, and is not installed.",
    ours: "It is installed.",
    why: "There is nothing to ask.",
    settle: (moment) => {
      const done = moment.official.told.some(({ callback, args }) => callback === "onNext" && args[0]?.stage === "done");
      const saved = moment.ours.requests.some(({ method, address }) => method === "POST" && address.endsWith("/sdk/credentials"));
      const chosen = called(moment, "installFlow.setAccountType") && saved && moment.official.requests.length === 0;
      return done || chosen ? "parts ways" : false;
    },
  },
  {
    id: "key-and-post-options",
    official: "An account by key whose integration asks for more afterwards can never be completed: the credential is forgotten.",
    ours: "It can.",
    why: "The flow would have no end.",
    settle: (moment) => (/^Credential ID is not set/.test(moment.official.told[0]?.args[0]?.message) ? "parts ways" : false),
  },
  {
    id: "calls-fit-the-stage",
    official: "Calls that do not fit the stage, account types that there are not and values that are none are taken, and lead past stages.",
    ours: "They are refused, and nothing changes.",
    why: "A flow that skipped a stage ends with an account that does not work.",
    settle: (moment) =>
      (called(moment, ...SETTERS) &&
        moment.ours.told[0]?.callback === "onNext" &&
        moment.ours.requests.length + moment.ours.popups.length < moment.official.requests.length + moment.official.popups.length) ||
      toldOf(moment.ours, "STAGE_MISMATCH", "ACCOUNT_TYPE_UNKNOWN") || (called(moment, ...SETTERS) && failedWith(moment.ours, "ARGUMENT_INVALID"))
        ? "parts ways"
        : false,
  },
  {
    id: "no-flow-no-silence",
    official: "setAccountType(), setPreOptions() and setPostOptions() without a flow resolve, or tell the handlers of the flow before.",
    ours: "They reject with NoActiveInstallFlowError.",
    why: "An app that lost its flow learns it.",
    settle: (moment) =>
      called(moment, ...SETTERS) && failedWith(moment.ours, "NO_ACTIVE_INSTALL_FLOW") && !rejection(moment.official) ? "parts ways" : false,
  },
  {
    id: "failed-stages-stay",
    official: "After a failure the flow goes on as if the values had been taken; the same values within five seconds are dropped without a word.",
    ours: "It stays at the stage that failed, and takes the values again.",
    why: "A user who has corrected something, or tries again, gets an answer.",
    settle: (moment) =>
      called(moment, ...SETTERS) && moment.official.told[0]?.callback === "onError" && moment.ours.told[0]?.callback === "onError" ? "ends here" : false,
  },
  {
    id: "blocked-popups-send-nothing",
    official: "When the popup is blocked, the provider's address is asked for all the same, and a listener stays.",
    ours: "Nothing is sent, and nothing stays.",
    why: "There is nobody to send there.",
    settle: (moment) => {
      if (!moment.ours.popups.some(({ does }) => does === "is blocked")) return false;
      return drop(moment.official, "requests", ({ address }) => address.endsWith("/sdk/actions/build-oauth")) && "ends here";
    },
  },
  {
    id: "nobody-to-ask",
    official: "installIntegration() opens the popup although an account type must be chosen or inputs filled in; the account stays PENDING, or is of no type.",
    ours: "It rejects with InstallNeedsInputError, which names the stage.",
    why: "The app learns that it needs installFlow, before the user has been at the provider.",
    settle: (moment) => (failedWith(moment.ours, "INSTALL_NEEDS_INPUT") ? "parts ways" : false),
  },
  {
    id: "renewing-a-working-account",
    official: "installIntegration() with selectedCredentialId refuses as long as the account works.",
    ours: "The account is connected again.",
    why: "As installFlow does: the user may want other scopes.",
    settle: (moment) =>
      called(moment, "installIntegration") &&
      /already installed/.test(rejection(moment.official)?.message) &&
      moment.step?.kind === "call" &&
      optionsOf(moment.step.args).selectedCredentialId &&
      (moment.ours.popups.length > 0 || failedWith(moment.ours, "CREDENTIAL_UNKNOWN"))
        ? "parts ways"
        : false,
  },
  {
    id: "errors-are-errors",
    official: "When the provider refuses, onError of installIntegration() gets the provider's word, and the promise never settles.",
    ours: "It gets an OAuthDeniedError, and the promise rejects with it.",
    why: "One kind of error in all handlers.",
    settle: (moment) => {
      const [official] = moment.official.told;
      return toldOf(moment.ours, "OAUTH_DENIED") && official?.callback === "onError" && !official.args[0]?.$error ? "parts ways" : false;
    },
  },
  {
    id: "ends-are-told",
    official: "A popup that the user closes is not reported, nor is a timeout of installIntegration(); the platform is asked for three minutes, and the flow never ends.",
    ours: "OAuthPopupClosedError, OAuthTimeoutError.",
    why: "The app can offer to try again.",
    settle: (moment) => (toldOf(moment.ours, "OAUTH_POPUP_CLOSED", "OAUTH_TIMEOUT") && moment.official.told.length === 0 ? "parts ways" : false),
  },
  {
    id: "denials-are-told",
    official: "A provider's refusal is written to the console at most.",
    ours: "OAuthDeniedError, with what the provider said.",
    why: "The app can offer to try again.",
    settle: (moment) => (toldOf(moment.ours, "OAUTH_DENIED") && moment.official.told.length === 0 ? "parts ways" : false),
  },
  {
    id: "failed-builds-are-told",
    official: "When the platform cannot say where the provider is, the popup stays open and empty, and only the console knows.",
    ours: "The popup closes, and onError tells why.",
    why: "The app can offer to try again.",
    settle: (moment) => {
      const asked = moment.ours.requests.some(({ address }) => address.endsWith("/sdk/actions/build-oauth"));
      const closed = moment.ours.popups.some(({ does }) => does === "is closed");
      return asked && closed && moment.ours.told.some(({ callback }) => callback === "onError") ? "parts ways" : false;
    },
  },
  {
    id: "safe-addresses-only",
    official: "The popup is sent wherever the platform says, javascript: included.",
    ours: "Only to https, and to http on the machine itself.",
    why: "An answer of a server must not run as a script of the app's page.",
    settle: (moment) => (toldOf(moment.ours, "OAUTH_ADDRESS_UNSAFE") ? "parts ways" : false),
  },
  {
    id: "messages-are-bound",
    official: "Any window at any origin can say that the nonce is set, or that an attempt has ended.",
    ours: "Only the popup, and only from the page that may say it.",
    why: "Another site could otherwise send the popup on, or end the flow with an account of its own.",
    settle: ({ step, official, ours }) => {
      if (step?.kind !== "popup" || step.does.type !== "post") return false;
      const changes = (side: StepRecord) => side.popups.length + side.told.length + side.requests.length + side.console.length;
      return changes(ours) === 0 && changes(official) > 0 ? "parts ways" : false;
    },
  },
  {
    id: "cancel-cancels",
    official: "cancel() during OAuth leaves the popup, which can still connect an account.",
    ours: "The popup closes, the attempt ends.",
    why: "It is what the user asked for.",
    settle: (moment) =>
      called(moment, "installFlow.cancel") && moment.ours.popups.some(({ does }) => does === "is closed") && moment.official.popups.length === 0
        ? "parts ways"
        : false,
  },
  {
    id: "cancel-after-the-end",
    official: "cancel() after an install has come to its end disconnects the account.",
    ours: "There is nothing to cancel any more.",
    why: "A dialog that is closed after success must not undo it.",
    settle: (moment) =>
      called(moment, "installFlow.cancel") && moment.official.requests.some(({ method }) => method === "DELETE") && moment.ours.requests.length === 0
        ? "parts ways"
        : false,
  },
  {
    id: "flows-never-mix",
    official: "A start() during OAuth leaves the popup of the flow before, which can complete the new one.",
    ours: "The flow before ends, and its popup closes.",
    why: "An account of the one flow would get the options of the other.",
    settle: (moment) =>
      called(moment, "installFlow.start", "installIntegration") && moment.ours.popups[0]?.does === "is closed" ? "parts ways" : false,
  },
  {
    id: "working-accounts-stay-current",
    official: "A new account that still waits for inputs becomes the current one beside one that works, and enabled turns false.",
    ours: "The working one stays current until the new one works.",
    why: "Nothing stops working because a user began to connect a second account.",
    settle: (moment) =>
      eachPair(
        moment,
        (official, ours) =>
          Array.isArray(official.allCredentials) && official.enabled === false && official.credentialStatus !== "VALID" && ours.enabled === true,
      ) && "parts ways",
  },
  {
    id: "new-accounts-come-whole",
    official: "A second account becomes current without its configuration: no credentialConfigId, no settings.",
    ours: "With those of its default configuration.",
    why: "The next settings call would go to nowhere.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (!Array.isArray(official.allCredentials) || official.credentialConfigId !== undefined || !ours.credentialConfigId) return false;
        if (official.credentialId !== ours.credentialId) return false;
        for (const key of CURRENT) delete ours[key];
        return true;
      }) && "ends here",
  },
  {
    id: "attempts-may-last",
    official: "After three minutes the SDK stops asking how an attempt went, and says nothing.",
    ours: "An attempt ends after ten minutes, with OAuthTimeoutError.",
    why: "A user may need longer to find a password; and a flow must end.",
    settle: (moment) =>
      moment.step?.kind === "wait" && moment.step.ms > 180_000 && moment.official.told.length === 0 && drop(moment.official, "requests", ({ method }) => method === "DELETE")
        ? "ends here"
        : false,
  },
  {
    id: "typed-errors",
    official: "Most failures are an Error without a name of its own; what went wrong is in the words of its message.",
    ours: "Each is a ParagonError with a name, a code, meta, retryable, and where they apply status, stage, response and requestId.",
    why: "An app can tell failures apart without reading sentences. Names that the official one has are the same.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        // What failed of updateWorkflowState(): the words are each SDK's own.
        if (official.workflowId && ours.workflowId && official.message && ours.message) official.message = ours.message;
        if (typeof official.$error !== "string" || typeof ours.code !== "string") return false;
        const unnamed = ["Error", "TypeError", "UnknownError"].includes(official.$error) && ours.$error !== official.$error;
        if (unnamed) ours.$error = official.$error;
        for (const error of [official, ours]) for (const key of ["message", "code", "stage"]) delete error[key];
        // Ours tells more, and nothing else.
        if (official.response === undefined) delete ours.response;
        if (official.meta === undefined || official.meta === null) for (const error of [official, ours]) delete error.meta;
        return unnamed;
      }),
  },
];

type Heard = { there: boolean; latest: unknown };
const hearing = new WeakMap<StepRecord, Heard>();

// Whether a portal's frame is there after a step, and what its page was told last.
function heard(side: StepRecord, before: StepRecord | undefined): Heard {
  const now: Heard = { there: false, latest: null, ...(before && hearing.get(before)) };
  for (const { does, data } of side.frames) {
    if (does === "loads") [now.there, now.latest] = [true, null];
    if (does === "goes") [now.there, now.latest] = [false, null];
    if (data?.messageType === "UI_UPDATE") {
      now.latest = { context: data.nextContext, state: data.nextModalState };
      delete data.nextContext?.environments?.API_TRIGGER_KIT_PUBLIC_URL;
    }
  }
  hearing.set(side, now);
  return now;
}

// What else the portal's page was sent.
const answers = ({ frames }: StepRecord) => frames.filter(({ does, data }) => does === "gets" && data?.messageType !== "UI_UPDATE");

const LISTS = ["allCredentials", "allConfigurations", "configurations"];

// Puts a list into the order of another that has the same ids; true if that changed anything.
function reorder(list: Entry[], as: Entry[]): boolean {
  const places = new Map(as.map(({ id }, place) => [id, place]));
  if (list.length !== as.length || !list.every(({ id }) => places.has(id))) return false;
  const before = list.map(({ id }) => id).join();
  list.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return list.map(({ id }) => id).join() !== before;
}

// The status that the scenario made the platform answer with, just before.
const statusOf = ({ scenario, index }: Moment): number => {
  const before = scenario.steps[index - 2];
  return before?.kind === "answer" && typeof before.with === "object" ? before.with.status : 0;
};

// Puts the id that ours sends in install options into the official one's, where that has another name of the account.
function nameByIds({ official, ours }: Moment): boolean {
  let found = false;
  official.requests.forEach((request, index) => {
    const own = ours.requests[index];
    const [theirs, mine] = [request, own].map((one) => one?.query?.installOptions ?? one?.body?.installOptions);
    if (typeof theirs?.selectedCredentialId !== "string" || !isName(theirs.selectedCredentialId) || !mine) return;
    theirs.selectedCredentialId = mine.selectedCredentialId;
    found = true;
  });
  return found;
}
