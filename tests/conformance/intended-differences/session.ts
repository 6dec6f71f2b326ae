// Where the platform is, who the user is, and what is handed out of it.

import { called, type Difference, drop, eachPair, failedWith } from "./kit.ts";

const READS = ["getIntegrationConfig", "getIntegrationId", "getIntegrationBySlug", "getAccountTypeOptions", "getPreOptions", "getPostOptions", "getIntegrationMetadata"];

export const session: Difference[] = [
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
      // Also when the platform has ended the session.
      if (called(moment, ...READS) && failedWith(moment.ours, "USER_NOT_AUTHENTICATED") && official && "gives" in official) {
        moment.official.settled = moment.ours.settled;
        return true;
      }
      const wasIn = moment.earlier.findLast(({ ours }) => ours.user.length)?.ours.user[0]?.authenticated === false;
      if (!wasIn || !called(moment, "getIntegrationMetadata") || ours?.gives?.length !== 0 || !official?.gives?.length) return false;
      official.gives = [];
      return true;
    },
  },
  {
    id: "hosts-are-safe",
    official: "configureGlobal() takes any address for a service, http and javascript: included.",
    ours: "https, or http on the machine itself; anything else is refused, and nothing changes.",
    why: "The user token goes there.",
    settle: (moment) => (called(moment, "configureGlobal") && failedWith(moment.ours, "HOST_UNSAFE") ? "parts ways" : false),
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
    id: "no-user-no-result",
    official: "updateWorkflowState() without a user resolves, with the missing user as the error of every workflow.",
    ours: "It rejects with UserNotAuthenticatedError.",
    why: "As every call that needs a user.",
    settle: (moment) => (called(moment, "updateWorkflowState") && failedWith(moment.ours, "USER_NOT_AUTHENTICATED") ? "parts ways" : false),
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
];
