// Options of single calls.
import type { CallbackMap } from "./events.js";
import type { UserProvidedIntegrationConfig } from "./portal.js";
import type { PersonaMeta } from "./user.js";

export type AuthenticateOptions = {
  /** Stored for the user, if it changes what is stored. */
  metadata?: PersonaMeta;
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

export type InstallIntegrationOptions = Partial<
  InstallOptions &
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
};
