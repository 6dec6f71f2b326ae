// The OAuth popup, and how the SDK hears of its end.

import type { Entry, StepRecord } from "../page/records.ts";
import { credentialHeader, type Difference, drop, toldOf } from "./kit.ts";

export const popup: Difference[] = [
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
    settle: ({ official, ours }) => {
      const found = drop(official, "requests", ({ method, body }) => method === "POST" && !!body?.payload?.connectCredentialId);
      const reads = ({ method, address }: Entry) => method === "GET" && /\/sdk\/credentials\/[^/]+$/.test(address);
      // When saving fails, the official one reads what it was told of.
      if (found && !ours.requests.some(reads)) drop(official, "requests", reads);
      return found;
    },
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
    id: "attempts-may-last",
    official: "After three minutes the SDK stops asking how an attempt went, and says nothing.",
    ours: "An attempt ends after ten minutes, with OAuthTimeoutError.",
    why: "A user may need longer to find a password; and a flow must end.",
    settle: (moment) =>
      moment.step?.kind === "wait" && moment.step.ms > 180_000 && moment.official.told.length === 0 && drop(moment.official, "requests", ({ method }) => method === "DELETE")
        ? "ends here"
        : false,
  },
];
