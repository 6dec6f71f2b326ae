// The user's accounts: naming, connecting and disconnecting them.

import type { Moment } from "../page/compare.ts";
import type { Entry } from "../page/records.ts";
import { called, credentialHeader, type Difference, drop, eachPair, failedWith, isName, optionsOf, rejection } from "./kit.ts";

const CURRENT = ["configMeta", "configuredWorkflows", "credentialConfigId", "sharedSettings", "workflowSettings"];
const NOT_FOUND = ["CREDENTIAL_UNKNOWN", "CONFIGURATION_UNKNOWN", "CONFIGURATION_OF_OTHER_CREDENTIAL"];

export const accounts: Difference[] = [
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
      for (const channel of ["told", "settled", "user", "frames"] as const) order(official[channel], ours[channel]);
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
      const sent = moment.official.requests.length > moment.ours.requests.length;
      if (failedWith(moment.ours, ...NOT_FOUND) && (!official || sent)) return "parts ways";
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
];

const LISTS = ["allCredentials", "allConfigurations", "configurations"];

// Puts a list into the order of another that has the same ids; true if that changed anything.
function reorder(list: Entry[], as: Entry[]): boolean {
  const places = new Map(as.map(({ id }, place) => [id, place]));
  if (list.length !== as.length || !list.every(({ id }) => places.has(id))) return false;
  const before = list.map(({ id }) => id).join();
  list.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return list.map(({ id }) => id).join() !== before;
}

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
