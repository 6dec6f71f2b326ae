// What is still to be built. Both lists may only shrink: a scenario here that does not differ any more fails, and so does
// a name that has a scenario.

/** Scenarios that must differ for now. */
export const SCENARIOS_NOT_YET: string[] = [];

/** Seeds whose batches of random scenarios hold one that must differ for now; a usual run leaves them out. */
export const SEEDS_NOT_YET = [
  // updateWorkflowUserSettings() where another workflow has no settings yet: the official package sends that one along, as
  // {enabled: false, settings: {}}; ours leaves it out.
  5,
  // updateWorkflowState() with selectedCredentialId, when the current account does not work: the official package switches
  // the workflow of the named account, ours says that nothing is installed.
  6,
  // After an install through the popup: whether the account is read, or the attempt removed, first.
  16,
  // installIntegration() where the official package opens no popup and never settles.
  17,
];

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
