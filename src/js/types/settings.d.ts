// Settings, configurations, workflows and accounts: what their methods take and give.
import type { ConnectInputValue, DynamicDataSource, StaticEnumDataSource } from "./inputs.js";
import type { InstallOptions, CredentialConfigOptions } from "./options.js";
import type { AccountType } from "./integration.js";
import type { AuthenticatedConnectUser, ConnectUser } from "./user.js";

/** New values by input id; those that are not named stay as they are. */
export type UserSettingsUpdate = Record<string, ConnectInputValue>;

export type UpdateUserSettingsResponse = {
  userState: AuthenticatedConnectUser;
  /** What the platform finds wrong with the settings; it has saved them all the same. */
  errors: string[];
};

export type UpdateWorkflowStateError = {
  workflowId: string;
  message: string;
};

export type UpdateWorkflowStateResponse = {
  user: ConnectUser;
  errors: UpdateWorkflowStateError[];
};

export type DisableWorkflowOptions = CredentialConfigOptions;

export type TriggerWorkflowRequest = CredentialConfigOptions & {
  /** A plain object is sent as JSON. */
  body?: RequestInit["body"] | object;
  headers?: RequestInit["headers"];
  query?: Record<string, string>;
};

export type CreateConfigurationOptions = {
  credentialId: string;
  /** The app's own id of the configuration. */
  externalId?: string;
};

export type UpdateConfigurationOptions = {
  id: string;
  credentialId: string;
  meta: Record<string, unknown>;
};

export type DeleteConfigurationOptions = {
  id: string;
  credentialId: string;
};

export type CompleteInstallOptions = {
  /** The code that the provider's marketplace sent to the app. */
  authorizationCode: string;
  /** Where the provider sent it, if not to the platform. */
  redirectUrl?: string;
  /** Show the portal with the integration's settings afterwards. Not in headless mode. */
  showPortalAfterInstall?: boolean;
  integrationOptions?: {
    installOptions?: InstallOptions & Record<string, unknown>;
  };
};

export type GetIntegrationAccountOptions = {
  /** With the account's token, for integrations that allow it. */
  includeAccountAuth?: boolean;
  selectedCredentialId?: string;
};

/** An integration as the platform describes it. */
export interface IConnectIntegrationWithCredentialInfo {
  id: string;
  projectId: string;
  type: string;
  isActive: boolean;
  name: string;
  brandColor: string;
  hasCredential: boolean;
  needPreOauthInputs: boolean;
  connectedUserLimitOnDevCred: number;
  connectedUserLimitReached: boolean;
  customIntegrationId?: string;
  /** Asked for with `includeAccountAuth`. */
  accountAuth?: Record<string, string>;
  providerData?: Record<string, any>;
  sdkIntegrationConfig?: { accountTypes: AccountType[]; [key: string]: unknown } | null;
  [key: string]: unknown;
}

export interface TriggerDefinition {
  type: string;
  triggerModel: "POLLING" | "WEBHOOK";
  title: string;
  description: string;
  parameters: unknown[];
}

export interface GetTriggerTypesResponse {
  triggers: Record<string, TriggerDefinition[]>;
  errors?: { type: string; message: string }[];
}

/** Where the choices of an input come from. */
export type InputSources =
  | { kind: "single"; source: DynamicDataSource | StaticEnumDataSource }
  | { kind: "combo"; mainInputSource: DynamicDataSource; dependentInputSource: DynamicDataSource }
  | {
      kind: "defaultFieldValue";
      mainInputSource: DynamicDataSource;
      dependentInputSource: DynamicDataSource;
      variableInputSource?: DynamicDataSource;
    }
  | {
      kind: "fieldMapper";
      recordSource: DynamicDataSource;
      fieldSource: DynamicDataSource;
      dependentInputSource?: DynamicDataSource;
      dependentFieldInputSource?: DynamicDataSource;
    };
