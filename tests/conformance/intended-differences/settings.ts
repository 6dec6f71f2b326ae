// Settings, configurations and workflows of an account.

import type { Entry } from "../page/records.ts";
import { called, type Difference, drop, eachPair, failedWith, optionsOf, rejection } from "./kit.ts";

export const settings: Difference[] = [
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
    id: "off-at-any-time",
    official: "A workflow cannot be switched off unless some account of its integration works.",
    ours: "It can.",
    why: "What a user wants to stop has to stop, also when the account will work again.",
    settle: (moment) =>
      called(moment, "disableWorkflow", "updateWorkflowState") &&
      moment.ours.requests.some(({ method }) => method === "DELETE") &&
      moment.official.requests.length === 0
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
];
