// What is still to be built. Both lists may only shrink: a scenario here that does not differ any more fails, and so does
// a name that has a scenario.

/** Scenarios that must differ for now. */
export const SCENARIOS_NOT_YET: string[] = [
  // The official package closes the portal when its page disconnects the integration; ours stays open.
  "the page disconnects",
  // What the install options hold, and what the app is told of a popup that no portal has asked for.
  "startOAuthFlow",
  // The official package tells onPortalClose and onClose at closePortal(); ours when its page says so.
  "connect, then closePortal",
];

// Random scenarios that are known to differ; they belong to no list because their seeds lie behind those of a usual run.
// - `--seed 6`: updateWorkflowState() with selectedCredentialId, when the current account does not work: the official package
//   switches the workflow of the named account, ours says that nothing is installed.
// - `--seed 5`: updateWorkflowUserSettings() where another workflow has no settings yet: the official package sends that one
//   along, as {enabled: false, settings: {}}; ours leaves it out.

/** Public names of the official package without a scenario. */
export const NAMES_NOT_YET = [
  "ExternalFilePicker",
  "_fetchBYOFieldMappingOptions",
  "_getIntegration",
  "_loadCustomDropdownOptions",
  "_oauthCallback",
  "_oauthErrorCallback",
  "emitError",
  "ensureHeadlessIsSupported",
  "hasCustomDropdownLoader",
  "onClose",
  "resolveCustomDropdownSource",
  "sendConnectRequest",
  "setModalState",
  "subscribeToIntegration",
  "triggerEvent",
  "triggerSDKEvent",
  "updateAuthenticatedUser",
  "validateAction",
];
