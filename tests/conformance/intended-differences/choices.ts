// What an app reads of the catalog, and the choices of inputs.

import { called, credentialHeader, type Difference, eachPair, failedWith, optionsOf, rejection } from "./kit.ts";

export const choices: Difference[] = [
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
    id: "choices-name-their-account",
    official: "getFieldOptions() names no account unless one is selected; after installIntegration() it may name one of another integration.",
    ours: "It names the one that the install flow is setting up, else the current one.",
    why: "With two accounts, a user would see the choices of the wrong one.",
    settle: (moment) => {
      let found = false;
      moment.ours.requests.forEach(({ headers, address }, index) => {
        const theirs = moment.official.requests[index]?.headers;
        if (!address.endsWith("/sdk/actions") || !theirs || theirs[credentialHeader] === headers[credentialHeader]) return;
        const asked = moment.step?.kind === "call" ? optionsOf(moment.step.args).integration : undefined;
        const user = moment.earlier.findLast(({ ours }) => ours.user.length)?.ours.user[0];
        const named = JSON.stringify(user?.integrations?.[asked] ?? null).includes(theirs[credentialHeader] ?? "nothing");
        if (named) return;
        theirs[credentialHeader] = headers[credentialHeader];
        found = true;
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
    id: "loaders-are-held-to-their-word",
    official: "A loader of the app's that answers no list becomes data that is undefined; for one that never answers the call waits for ever.",
    ours: "LoaderError, in the second case after a minute.",
    why: "A page can say that there are no choices, and a developer learns why.",
    settle: (moment) => (failedWith(moment.ours, "LOADER_ANSWER_INVALID", "LOADER_TIMEOUT") && !rejection(moment.official) ? "parts ways" : false),
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
];
