// Options of single calls.
import type { CallbackMap } from "./events.js";
import type { DynamicFieldMappingConfig, DynamicMappingField, DynamicMappingOptions } from "./sources.js";
import type { PersonaMeta } from "./user.js";

/** Gives a fresh user token each time, for the user who is signed in. */
export type TokenSource = () => string | Promise<string>;

export type AuthenticateOptions = {
  /** Stored for the user, if it changes what is stored. */
  metadata?: PersonaMeta;
  /**
   * Keep the token in the storage of the tab or of the browser until `logout()`, so that a reload needs no new one.
   * Absent: it stays in memory. Scripts of the page can read what is in storage.
   */
  persist?: "session" | "local";
};

/** Which account a call is about. Absent: the integration's current one. */
export type CredentialConfigOptions = {
  /** A credential id, `ext:<external id>`, or an external id that is not a UUID. */
  selectedCredentialId?: string;
  /** A configuration id or `ext:<external id>`. Absent: the account's default configuration. */
  selectedConfigurationId?: string;
};

export type UninstallOptions = Pick<CredentialConfigOptions, "selectedCredentialId">;

export type InstallOptions = {
  /** The account type to take, or the types to choose from: `AccountType.id`. */
  accountType?: string | string[];
  /** Connect one more account beside those there are. */
  allowMultipleCredentials?: boolean;
  /** Where the provider sends the user back to, instead of the platform's own callback. */
  overrideRedirectUrl?: string;
  /**
   * The app's own id of the new account. It must not be empty, not be in use for this integration, and
   * cannot be combined with `selectedCredentialId`.
   */
  externalId?: string;
  /** Show the portal with the integration's settings once it is connected. Not in headless mode. */
  showPortalAfterInstall?: boolean;
  /** Ask nothing once the account is connected: the install is done then. */
  bypassPostOAuthPrompt?: boolean;
  /** `connect()` only: connect at once, as `installIntegration()` does. */
  isApiInstallation?: boolean;
};

/** What `connect` and `installIntegration` take for the integration itself. */
export type UserProvidedIntegrationConfig = {
  /** Where the provider sends the user back to, instead of the platform's own callback. */
  overrideRedirectUrl?: string;
  /** The app's fields for field mappings, by object name. Needs the plan feature `dfm`. */
  mapObjectFields?: {
    [objectName: string]: DynamicMappingField[] | DynamicMappingOptions | DynamicFieldMappingConfig;
  };
};

export type InstallIntegrationOptions = Partial<
  Omit<InstallOptions, "isApiInstallation"> &
    Omit<CallbackMap, "onOpen" | "onClose"> &
    UserProvidedIntegrationConfig &
    CredentialConfigOptions & {
      /** How long the user may take in the OAuth popup, in milliseconds. */
      oauthTimeout?: number;
    }
>;

/** How the body of an answer is given; absent means parsed JSON. */
export type ResponseType = "json" | "text" | "blob" | "arrayBuffer" | "stream" | "response";

export type ProxyRequestOptions = {
  /** Which account to use: a credential id, `ext:<external id>`, or an external id. */
  selectedCredentialId?: string;
  /** Absent: GET. */
  method?: RequestInit["method"];
  /** A plain object is sent as JSON. */
  body?: RequestInit["body"] | object;
  headers?: RequestInit["headers"];
  /** Anything but `"json"`: the provider's own answer, byte for byte. */
  responseType?: ResponseType;
  /** Aborts the request; the promise then rejects with what `fetch` rejects with, an `AbortError`. */
  signal?: AbortSignal;
  /**
   * Milliseconds that the whole call may take, retries included; then it ends with `REQUEST_TIMEOUT`. Absent: no limit.
   * With `responseType` `"stream"` or `"response"` it ends when the headers are there.
   */
  timeout?: number;
  /** How often to try again what may pass by itself. Absent: never. */
  retries?: number | RetryOptions;
  /** Called while the body leaves. Not for streams, which know by themselves. */
  onUploadProgress?: (progress: TransferProgress) => void;
  /** Called while the answer's body arrives. */
  onDownloadProgress?: (progress: TransferProgress) => void;
};

/**
 * A request is sent again if it got no answer, or one with the status 408, 425, 429, 502, 503 or 504. The pause is what
 * `Retry-After` says, else 0.5 to 1 second, up to twice as long each time.
 */
export type RetryOptions = {
  /** How many times more, at most 10. */
  limit: number;
  /** True: also POST and PATCH, which the provider may then carry out twice. */
  unsafe?: boolean;
  /** Milliseconds after the first attempt in which another may begin; 60,000 if absent. */
  maxWait?: number;
};

export type TransferProgress = {
  /** Bytes so far. */
  loaded: number;
  /** Bytes in all, if that is known. */
  total?: number;
};
