// Types of the package's main entry.
import ConnectSDK from "./connect-sdk.js";
import type { ExternalFilePickerConstruct } from "./pickers.js";
import type { IConnectSDK } from "./sdk.js";

export * from "./constants.js";
export * from "./environment.js";
export * from "./errors.js";
export * from "./events.js";
export * from "./expressions.js";
export * from "./inputs.js";
export * from "./install-flow.js";
export * from "./options.js";
export * from "./paginate.js";
export * from "./pickers.js";
export * from "./portal.js";
export * from "./project.js";
export * from "./sdk.js";
export * from "./settings.js";
export * from "./sources.js";
export * from "./triggers.js";
export * from "./user.js";
export * from "./utilities.js";
export type {
  AccountType,
  AuthenticationScheme,
  IConnectIntegration,
  IConnectIntegrationConfig,
  IConnectIntegrationWithCredentialInfo,
  ICustomIntegration,
  IPublishedCustomIntegration,
  ISDKWorkflowBase,
  IntegrationConfig,
  IntegrationMetadata,
  IntegrationWorkflowMeta,
  ModalConfig,
  SDKIntegrationConfig,
} from "./integration.js";

/** The type of `paragon`. */
export type Paragon = IConnectSDK & {
  ExternalFilePicker: ExternalFilePickerConstruct;
};

/** The SDK. One per page: two copies of this package share it. */
export declare const paragon: Paragon;

/** The same SDK, as an object of the class. */
export declare const connectSingleton: ConnectSDK;

/**
 * A further SDK object, with a user, settings and subscribers of its own: for several projects in one page.
 * `dispose()` ends everything that is under way and leaves nothing behind; calls after it fail with `DisposedError`.
 */
export declare function createParagon(): Paragon & { dispose(): void };

export { ConnectSDK, ExternalFilePicker, InstallFlow, PARAGON_OVERFLOW_EMPTY_VALUE } from "./connect-sdk.js";
export default ConnectSDK;
