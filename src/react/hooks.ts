// `paragon-connect/react/hooks`: needs React and nothing else. The components take all of this from here as well, so that
// there is one context and one store of each SDK object.
export * from "./context.js";
export * from "./errors.js";
export * from "./hooks/useDisconnect.js";
export * from "./hooks/useFieldOptions.js";
export * from "./hooks/useInstallFlow.js";
export * from "./hooks/useIntegrations.js";
export * from "./hooks/useSettings.js";
export * from "./hooks/useUser.js";
export * from "./hooks/useWorkflow.js";
export * from "./panel/accountName.js";
export * from "./saver.js";
export * from "./store.js";
export * from "./texts/index.js";
export * from "./theme.js";
export * from "./values.js";
