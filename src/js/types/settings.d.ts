// Settings, configurations, workflows and accounts: what their methods take and give.
import type { ConnectInputValue } from "./inputs.js";
import type { InstallOptions, CredentialConfigOptions } from "./options.js";
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
