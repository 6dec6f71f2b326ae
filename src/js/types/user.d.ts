// The user of the app, what they have connected, and their credentials.
import type { ConnectInputValue } from "./inputs.js";

/** State of a connected account. */
export declare enum CredentialStatus {
  /** Begun, but some answers are still missing. */
  PENDING = "PENDING",
  /** No longer accepted by the provider: connect it again. */
  INVALID = "INVALID",
  VALID = "VALID",
}

/** What the app stores about its user. `Name` and `Email` are shown by the platform. */
export type PersonaMeta = {
  Name?: string;
  Email?: string;
} & {
  [key: string]: unknown;
};

/** Answer of `getUser()`. */
export type ConnectUser = { authenticated: false } | AuthenticatedConnectUser;

export type AuthenticatedConnectUser = {
  authenticated: true;
  /** @deprecated Declared for apps that name it; the token is never handed out, so this is empty at run time. */
  token: string;
  /** `sub` of the user token. */
  userId: string;
  /** By integration type. */
  integrations: SDKIntegrationState;
  meta: PersonaMeta;
  resources: SDKResourceState[];
};

export type SDKResourceState = {
  id: string;
  slug: string;
  credentialId?: string;
  credentialStatus?: CredentialStatus;
  integrationId?: string;
};

export type SDKIntegrationState = Partial<Record<string, SDKIntegration>>;

/** One integration of a user. The top-level fields are those of the current account. */
export type SDKIntegration = {
  /** True if the current account is VALID. */
  enabled: boolean;
  credentialId?: string;
  credentialConfigId?: string;
  credentialStatus?: CredentialStatus;
  /** The account's id at the provider. */
  providerId?: string;
  providerData?: ConnectCredentialProviderData;
  allCredentials: IConnectCredential[];
  /** The configurations of all credentials. */
  allConfigurations: IConnectCredentialConfig[];
} & SDKConnectCredentialConfig;

export interface SDKConnectCredentialConfig {
  sharedSettings?: IntegrationSharedInputStateMap;
  workflowSettings?: IntegrationWorkflowStateMap;
  configMeta?: ConnectCredentialConfigMeta;
  /** External id of the current configuration. */
  externalId?: string;
  /** @deprecated Use `workflowSettings`. */
  configuredWorkflows?: IntegrationWorkflowStateMap;
}

export type IntegrationSharedInputStateMap = {
  [inputId: string]: ConnectInputValue | undefined;
};

export type IntegrationWorkflowStateMap = {
  [workflowId: string]: IntegrationWorkflowState | undefined;
};

export type IntegrationWorkflowState = {
  enabled: boolean;
  settings: { [inputId: string]: ConnectInputValue | undefined };
};

export type ConnectCredentialProviderData = Record<string, string | number | boolean>;

export type ConnectCredentialConfigMeta = {
  isIntegrationEnableTriggered?: boolean;
};

/**
 * A connected account. Dates come as the platform sends them, in ISO 8601: pass them to `new Date()`
 * before reading them.
 */
export interface IConnectCredential {
  id: string;
  projectId: string;
  integrationId: string;
  /** @deprecated Use `configurations`. */
  config?: SDKConnectCredentialConfig;
  configurations: IConnectCredentialConfig[];
  personaId: string;
  isPreviewCredential: boolean;
  /** The account's id at the provider. */
  providerId: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** When the access token ends, if it does. */
  dateValidUntil?: Date;
  dateRefreshed: Date;
  status: CredentialStatus;
  /** What the provider said about the account when it was connected. */
  providerData: ConnectCredentialProviderData;
  /** How many refreshes in a row have failed. */
  refreshFailureCount: number;
  /** The provider's tokens; only where an integration allows it and the app asked. */
  accountAuth?: Record<string, string>;
  /** The app's own id of this account, given at install. */
  externalId?: string;
}

/** Settings of a connected account. Each account has one with `isDefault`. */
export interface IConnectCredentialConfig {
  id: string;
  dateCreated: Date;
  dateUpdated: Date;
  connectCredentialId: string;
  workflowSettings: IntegrationWorkflowStateMap;
  sharedSettings: IntegrationSharedInputStateMap;
  configMeta: ConnectCredentialConfigMeta;
  /** The app's own id of this configuration. */
  externalId?: string;
  isDefault: boolean;
}
