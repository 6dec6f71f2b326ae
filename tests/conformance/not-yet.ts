// What is still to be built. Both lists may only shrink: a scenario here that does not differ any more fails, and so does
// a name that has a scenario.

/** Scenarios that must differ for now. */
export const SCENARIOS_NOT_YET: string[] = [];

/** Public names of the official package without a scenario. */
export const NAMES_NOT_YET = [
  "ExternalFilePicker",
  "_fetchBYOFieldMappingOptions",
  "_getIntegration",
  "_loadCustomDropdownOptions",
  "_oauthCallback",
  "_oauthErrorCallback",
  "closePortal",
  "connect",
  "emitError",
  "ensureHeadlessIsSupported",
  "getSourcesForActionInput",
  "hasCustomDropdownLoader",
  "onClose",
  "onOpen",
  "resolveCustomDropdownSource",
  "sendConnectRequest",
  "setDataSources",
  "setModalState",
  "startOAuthFlow",
  "subscribeToIntegration",
  "triggerEvent",
  "triggerSDKEvent",
  "updateAuthenticatedUser",
  "updateContainerStyle",
  "validateAction",
];
