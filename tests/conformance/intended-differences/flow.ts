// Install flows: which begin, which stages they have, and how they end.

import { called, type Difference, eachPair, failedWith, optionsOf, rejection, toldOf } from "./kit.ts";

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

export const flow: Difference[] = [
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
    id: "a-flow-needs-a-user",
    official: "installFlow.start() without a user tells the first stage, and then the error.",
    ours: "onError alone.",
    why: "There is no stage to show.",
    settle: (moment) =>
      called(moment, "installFlow.start") && toldOf(moment.ours, "USER_NOT_AUTHENTICATED") && moment.official.told.some(({ callback }) => callback === "onNext")
        ? "parts ways"
        : false,
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
    id: "waiting-accounts-are-taken-up",
    official: "installIntegration() beside an account that waits for its setup does nothing, and its promise never settles.",
    ours: "It connects.",
    why: "A user who left half-way, or reloaded the page, gets further.",
    settle: ({ step, official, ours }) =>
      step?.kind === "call" && step.method === "installIntegration" && ours.popups.length > 0 && official.popups.length + official.requests.length === 0
        ? "parts ways"
        : false,
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
];
