// The portal: when it is closed, and the popup that its page asks for.

import type { Entry, StepRecord } from "../page/records.ts";
import { called, credentialHeader, type Difference, drop, eachPair, isHeadless, optionsOf } from "./kit.ts";

export const portal: Difference[] = [
  {
    id: "disconnecting-keeps-the-portal",
    official: "When an integration is disconnected, be it another one, the portal's page is told to show nothing, and nobody hears that it closed.",
    ours: "The portal stays, and shows that there is no account, until it is closed; onPortalClose tells.",
    why: "A user can connect again. An app that waits for onClose hears of it.",
    settle: (moment) => {
      const [official, ours] = [moment.official, moment.ours].map(({ frames }) => frames.find(({ latest }) => latest)?.latest);
      if (!called(moment, "uninstallIntegration") || official?.state.integration !== null || !ours?.state.integration) return false;
      Object.assign(official.state, { integration: ours.state.integration });
      Object.assign(official.context, { endUserIntegrationConfig: ours.context.endUserIntegrationConfig });
      return "ends here";
    },
  },
  {
    id: "logout-closes-the-portal",
    official: "logout() while the portal is open takes it away, and nobody hears that it closed.",
    ours: "onClose and onPortalClose tell.",
    why: "An app can rely on a close for every open.",
    settle: (moment) => called(moment, "logout") && drop(moment.ours, "told", ({ callback }) => /^on(Portal)?Close$/.test(callback)),
  },
  {
    id: "success-is-told",
    official: "onSuccess of connect() and startOAuthFlow(), and with a portal of installIntegration(), is not called when the popup or the page itself tells of the account.",
    ours: "It is called, before onInstall, whoever tells first.",
    why: "It is documented; an app cannot know which way the account comes.",
    settle: (moment) => {
      const tells = ({ callback }: Entry) => callback === "onSuccess";
      return !isHeadless(moment) && !moment.official.told.some(tells) && drop(moment.ours, "told", tells);
    },
  },
  {
    id: "the-popups-attempt-is-removed",
    official: "Outside of headless mode the SDK neither asks the platform how an OAuth attempt goes nor removes it; a popup that cannot reach the page is lost.",
    ours: "It does both.",
    why: "A provider's page may sever the popup from the app's.",
    settle: (moment) => {
      if (isHeadless(moment) || moment.official.requests.some(({ address }) => address.includes("/session-id/"))) return false;
      const heard = moment.official.told.length + moment.official.user.length > 0;
      if (!heard && moment.ours.user.length > 0 && moment.step?.kind === "popup") return "parts ways";
      return drop(moment.ours, "requests", ({ method, address }) => method === "DELETE" && address.includes("/session-id/"));
    },
  },
  {
    id: "installing-closes-the-portal",
    official: "When installIntegration() has come to its end, the portal's page is still told to show the integration.",
    ours: "It is told to show nothing, unless showPortalAfterInstall asks for it.",
    why: "Nothing is left to do there.",
    settle: (moment) => {
      const [official, ours] = [moment.official, moment.ours].map(({ frames }) => frames.find(({ latest }) => latest)?.latest);
      const installed = moment.ours.told.some(({ callback }) => callback === "onIntegrationInstall");
      if (!installed || !official?.state.integration || ours?.state.integration !== null) return false;
      Object.assign(official.state, { integration: null });
      Object.assign(official.context, { endUserIntegrationConfig: ours.context.endUserIntegrationConfig });
      return "ends here";
    },
  },
  {
    id: "connect-that-installs",
    official: "connect() with isApiInstallation tells only the options that it is given.",
    ours: "It is installIntegration(), which tells all.",
    why: "One way to install.",
    settle: (moment) => {
      if (!called(moment, "connect") || moment.step?.kind !== "call" || !optionsOf(moment.step.args).isApiInstallation) return false;
      const [official, ours] = [moment.official, moment.ours].map(({ frames, requests }) => [
        frames.find(({ latest }) => latest)?.latest.state.apiInstallationOptions ?? {},
        requests[0]?.query?.installOptions ?? {},
      ]);
      official!.forEach((told, place) => {
        for (const [key, value] of Object.entries(ours![place])) if (value === false && !(key in told)) told[key] = false;
      });
      return "ends here";
    },
  },
  {
    id: "no-portal-is-said",
    official: "connect() in headless mode does nothing, without a word.",
    ours: "A warning in the console says so.",
    why: "No silent failure.",
    settle: (moment) => called(moment, "connect") && drop(moment.ours, "console", ({ args }) => args[0]?.code === "PORTAL_IN_HEADLESS_MODE"),
  },
  {
    id: "installing-opens-no-portal",
    official: "After an installIntegration() in headless mode, the next one tells that a portal has closed.",
    ours: "There was none.",
    why: "No event of what was not there.",
    settle: (moment) => isHeadless(moment) && drop(moment.official, "told", ({ callback }) => callback === "onPortalClose"),
  },
  {
    id: "the-popup-has-the-account-type",
    official: "startOAuthFlow() does not know selectedAccountConfig, which the portal's page has from the state, nor overrideRedirectUrl outside of userProvidedIntegrationConfig.",
    ours: "Both count.",
    why: "The provider is asked for the account that the user has chosen, and leads back to the app.",
    settle: (moment) => {
      const [official, ours] = [moment.official.requests[0]?.query, moment.ours.requests[0]?.query];
      if (!called(moment, "startOAuthFlow") || !official || !ours) return false;
      const { selectedAccountConfig, overrideRedirectUrl } = official.installOptions;
      if (selectedAccountConfig) {
        if (ours.installOptions.accountType === selectedAccountConfig.id) delete ours.installOptions.accountType;
        official.parameters = ours.parameters;
      }
      if (overrideRedirectUrl && ours.redirectUrl === overrideRedirectUrl) delete ours.redirectUrl;
      return !!(selectedAccountConfig ?? overrideRedirectUrl);
    },
  },
  {
    id: "the-page-has-its-calls",
    official: "The portal's page may call anything, configureGlobal() and authenticate() included; sendConnectRequest() goes wherever it says, with the user's token.",
    ours: "It may call what portals need; sendConnectRequest() goes to the platform's services.",
    why: "The frame decides neither who the user is nor where the platform is.",
    settle: ({ step, official, ours }) => {
      const answered = (side: StepRecord, how: string) => side.frames.some(({ data }) => data?.messageType === `SDK_FUNCTION_${how}`);
      const refused = step?.kind === "page" && /^(authenticate|configureGlobal|logout|sendConnectRequest)$/.test(step.method);
      return refused && answered(ours, "ERROR") && answered(official, "RESPONSE") ? "parts ways" : false;
    },
  },
  {
    id: "the-page-hears-of-unknown-names",
    official: "_oauthCallback() of an integration that there is not answers nothing.",
    ours: "An error.",
    why: "The page can show it.",
    settle: ({ step, official, ours }) => {
      const failed = ours.frames.some(({ data }) => /^There is no integration/.test(data?.message));
      if (step?.kind !== "page" || step.method !== "_oauthCallback" || !failed || official.requests.length) return false;
      const sent = ({ data }: Entry) => /^SDK_FUNCTION/.test(data?.messageType);
      return drop(official, "frames", sent) && drop(ours, "frames", sent);
    },
  },
  {
    id: "completing-names-the-account",
    official: "_oauthCallback() that completes an account names the one that the portal is open for, or none.",
    ours: "The one that it completes.",
    why: "It may be another.",
    settle: ({ official, ours }) => {
      let found = false;
      official.requests.forEach(({ address, headers }, index) => {
        const completed = /\/sdk\/credentials\/([^/]+)\/complete-setup$/.exec(address)?.[1];
        const own = ours.requests[index]?.headers;
        if (!completed || own?.[credentialHeader] !== completed || headers[credentialHeader] === completed) return;
        own[credentialHeader] = headers[credentialHeader];
        found = true;
      });
      return found;
    },
  },
  {
    id: "accounts-bring-their-configurations",
    official: "After updateAuthenticatedUser() an integration has allConfigurations only if the page sends them.",
    ours: "Always.",
    why: "An app that reads them does not fail.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (!Array.isArray(official.allCredentials) || official.allConfigurations || ours.allConfigurations?.length !== 0) return false;
        return delete ours.allConfigurations;
      }),
  },
];
