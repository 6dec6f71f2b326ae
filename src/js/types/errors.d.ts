// Errors. Every failure that the SDK reports, thrown or handed to `onError`, is a ParagonError.
import type { InstallFlowStage } from "./install-flow.js";

/** The kinds of failure. Each has one or more codes; the errors page of the docs lists them. */
export type ParagonErrorName =
  // What the app passed.
  | "InvalidArgumentError"
  | "InvalidTokenError"
  // The session.
  | "TokenExpiredError"
  | "UserNotAuthenticatedError"
  | "SessionReplacedError"
  // What the project and the user have.
  | "IntegrationNotFoundError"
  | "IntegrationNotInstalledError"
  | "IntegrationAlreadyInstalledError"
  | "CredentialNotFoundError"
  | "ConfigurationNotFoundError"
  | "FeatureNotAvailableError"
  // Installing.
  | "HeadlessModeNotEnabledError"
  | "NoActiveInstallFlowError"
  | "InstallFlowStageError"
  | "InstallNeedsInputError"
  | "OAuthBlockedError"
  | "OAuthTimeoutError"
  | "OAuthPopupClosedError"
  | "OAuthDeniedError"
  | "OAuthError"
  // Calls.
  | "ApiError"
  | "ProxyRequestError"
  | "NetworkError"
  | "InvalidAnswerError"
  | "LoaderError"
  // The browser.
  | "InternalError"
  // Declared for apps that name it; every failure of this SDK has a name of its own.
  | "UnknownError";

/**
 * The one error class of the SDK. Tell failures apart by `name` or `code`, never by the text of `message`.
 */
export declare class ParagonError extends Error {
  constructor(fields: { name: string; message: string; meta?: Record<string, unknown> | null; cause?: unknown });
  /** The kind of failure. */
  readonly name: ParagonErrorName;
  /** A stable identifier, finer than `name`, such as `"TOKEN_EXPIRED"`. */
  readonly code: string;
  /** The code in the platform's error answer, if it named one. */
  readonly platformCode?: string | number;
  /** HTTP status, when an answer was what failed. */
  readonly status?: number;
  /** Facts about the failure, such as `{ integrationName }`. */
  readonly meta: Record<string, unknown> | null;
  /** `meta.integrationName`. */
  readonly integrationName?: string;
  /** `request()` only: the parsed body of the failed answer, without its `headers`. */
  readonly response?: Record<string, unknown>;
  /** What failed underneath, unchanged. */
  readonly cause?: unknown;
  /** True if the same call may succeed later with nothing changed. */
  readonly retryable: boolean;
  /** The platform's id of the failed call, to look it up in its logs. */
  readonly requestId?: string;
  /** The stage of the install flow that failed. */
  readonly stage?: Exclude<InstallFlowStage["stage"], "done">;
}

/** Failures that carry facts of their own, by name. */
export type ConnectSDKError =
  | { name: "UnknownError"; message: string; originalError: unknown }
  | { name: "UserNotAuthenticatedError"; message: string }
  | { name: "NoActiveInstallFlowError"; message: string }
  | { name: "IntegrationNotFoundError"; message: string; meta: { integrationName: string } }
  | { name: "IntegrationNotInstalledError"; message: string; meta: { integrationName: string } }
  | { name: "HeadlessModeNotEnabledError"; message: string }
  | { name: "OAuthBlockedError"; message: string }
  | { name: "OAuthTimeoutError"; message: string };

/** What `onError` of an install flow receives; narrow it by `name`. */
export type InstallFlowError = ParagonError &
  (ConnectSDKError | { name: Exclude<ParagonErrorName, ConnectSDKError["name"]> });

/** The official name of {@link ParagonError}. */
export { ParagonError as BaseSDKError };

// One class for each official name, for `instanceof` and for tests that throw one. What the SDK throws is a ParagonError,
// and an instance of the class of its `name`.
export declare class UserNotAuthenticatedError extends ParagonError {
  constructor();
}
export declare class NoActiveInstallFlowError extends ParagonError {
  constructor();
}
export declare class IntegrationNotFoundError extends ParagonError {
  constructor(integrationName: string);
}
export declare class IntegrationNotInstalledError extends ParagonError {
  readonly integrationName: string;
  constructor(integrationName: string);
}
export declare class HeadlessModeNotEnabledError extends ParagonError {
  constructor();
}
export declare class OAuthBlockedError extends ParagonError {
  constructor();
}
export declare class OAuthTimeoutError extends ParagonError {
  constructor();
}

/** Whatever was thrown, as a plain object; what is no error of the SDK gets the name `UnknownError`. */
export declare function getConnectSDKError(error: unknown): ConnectSDKError;
