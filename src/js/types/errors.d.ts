// Errors. Every failure that the SDK reports, thrown or handed to `onError`, is a ParagonError.
import type { InstallFlowStage } from "./install-flow.js";

/**
 * The one error class of the SDK. Tell failures apart by `name` or `code`, never by the text of `message`.
 */
export declare class ParagonError extends Error {
  /** The kind of failure, such as `"OAuthTimeoutError"`; see {@link ConnectSDKError}. */
  readonly name: string;
  /** A stable identifier, finer than `name`; the platform's own code where the platform named one. */
  readonly code: string;
  /** HTTP status, when an answer was what failed. */
  readonly status?: number;
  /** Facts about the failure, such as `{ integrationName }`. */
  readonly meta?: Record<string, unknown>;
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

/** The named failures, by what they carry. */
export type ConnectSDKError =
  | { name: "UnknownError"; message: string; originalError: unknown }
  | { name: "UserNotAuthenticatedError"; message: string }
  | { name: "NoActiveInstallFlowError"; message: string }
  | { name: "IntegrationNotFoundError"; message: string; meta: { integrationName: string } }
  | { name: "IntegrationNotInstalledError"; message: string; meta: { integrationName: string } }
  | { name: "HeadlessModeNotEnabledError"; message: string }
  | { name: "OAuthBlockedError"; message: string }
  | { name: "OAuthTimeoutError"; message: string };

type ErrorByName<Name> = Extract<ConnectSDKError, { name: Name }>;

/** What `onError` of an install flow receives; narrow it by `name`. */
export type InstallFlowError = ParagonError &
  ErrorByName<
    | "OAuthBlockedError"
    | "OAuthTimeoutError"
    | "UserNotAuthenticatedError"
    | "NoActiveInstallFlowError"
    | "HeadlessModeNotEnabledError"
    | "IntegrationNotFoundError"
    | "UnknownError"
  >;
