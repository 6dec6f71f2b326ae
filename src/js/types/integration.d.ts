// Integrations of the project: catalog entries, their settings and workflows, account types.
import type { DataType, KeyedSource, OrConditions, TokenizedSource } from "./expressions.js";
import type { IntegrationConnectInput, SerializedConnectInput } from "./inputs.js";
import type { DataSource } from "./sources.js";

/** A catalog entry. */
export interface IntegrationMetadata {
  /** What every call names the integration by: `"slack"`, `"custom.acme"`. */
  type: string;
  name: string;
  /** Address of an SVG. */
  icon: string;
  /** A CSS colour. */
  brandColor: string;
}

/** What the project's author has set up for an integration. */
export type IntegrationConfig = {
  shortDescription?: string;
  /** Markdown. */
  longDescription?: string;
  availableUserSettings?: SerializedConnectInput[];
  availableWorkflows: Omit<IntegrationWorkflowMeta, "order" | "permissions">[];
  /** Hidden by the author, or not permitted to this user. */
  hiddenWorkflows: Omit<IntegrationWorkflowMeta, "order" | "permissions">[];
};

export type IntegrationWorkflowMeta = {
  id: string;
  description?: string;
  infoText?: string;
  /** Switched on when the integration is connected. Absent means false. */
  defaultEnabled?: boolean;
  /** Absent means false. */
  hidden?: boolean;
  /** Position in the list; those without one come last, by age. */
  order?: number;
  inputs: SerializedConnectInput[];
  /** Conditions on the user's metadata. */
  permissions?: OrConditions;
};

/** How an account proves who it is. Its values are plain strings at run time; the enum itself is not exported. */
export declare enum AuthenticationScheme {
  BASIC = "basic",
  OAUTH = "oauth",
  OAUTH_CLIENT_CREDENTIAL = "oauth_client_credential",
  SERVICE_ACCOUNT = "service_account",
  OAUTH_APP = "oauth_app",
  IMPERSONATED_APP = "impersonated_app",
}

/** A kind of account that an integration can be connected with. */
export type AccountType = {
  /** What `installFlow.setAccountType` takes. */
  id: string;
  scheme: AuthenticationScheme;
  /** Sent along when OAuth starts. */
  oauthParameters?: KeyedSource<DataType.ANY>[];
  /** What it asks for before OAuth, instead of the integration's own pre options. */
  endUserSuppliedValues?: IntegrationConnectInput[];
  /** Its label, in lower case, such as `"sandbox account"`. */
  accountDescription?: string;
  skipPostOAuthInputs?: boolean;
};

/** What the platform tells of an integration's setup. */
export type SDKIntegrationConfig = {
  oauthInputs: IntegrationConnectInput[];
  accountTypes: AccountType[];
  authConfigInputs: IntegrationConnectInput[];
  postOauthInputs: IntegrationConnectInput[];
  /** By key. */
  dataSources: { [key: string]: DataSource };
  authSchemeOptions?: { packageInstallUrl?: string };
};

/** What the project's author has written for the portal. */
export type ModalConfig = {
  /** A CSS colour. */
  accentColor?: string;
  /** Absent means true. */
  paragonLink?: boolean;
  description?: string;
  /** Markdown. */
  overview?: string;
  /** By workflow id. */
  workflowMeta?: { [id: string]: IntegrationWorkflowMeta };
  sharedMeta?: { inputs?: SerializedConnectInput[] };
};

interface BaseEntity {
  id: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface IConnectIntegrationConfig extends BaseEntity {
  integration: IConnectIntegration;
  integrationId: string;
  values: ModalConfig;
}

/** A workflow, as integrations list it. */
export type ISDKWorkflowBase = BaseEntity & {
  description: string;
  teamId?: string;
  isOnboardingWorkflow?: boolean;
  integrationId?: string;
  customWebhookTriggerId?: string;
  resourceId?: string;
};

/** An integration of the project. Dates come in ISO 8601: pass them to `new Date()` before reading them. */
export type IConnectIntegration = BaseEntity & {
  projectId: string;
  configs: IConnectIntegrationConfig[];
  workflows: ISDKWorkflowBase[];
  /** `"slack"`; `"custom"` for those that the project has made itself. */
  type: string;
  isActive: boolean;
  customIntegrationId?: string;
  customIntegration?: ICustomIntegration;
  authenticationType?: AuthenticationScheme;
};

/** An integration as the platform describes it to a user. */
export interface IConnectIntegrationWithCredentialInfo extends IConnectIntegration {
  name: string;
  brandColor: string;
  hasCredential: boolean;
  needPreOauthInputs: boolean;
  connectedUserLimitOnDevCred: number;
  connectedUserLimitReached: boolean;
  /** The account's token: asked for with `includeAccountAuth`. */
  accountAuth?: Record<string, string>;
  providerData?: Record<string, any>;
  /** Only of those that are active. */
  sdkIntegrationConfig?: SDKIntegrationConfig | null;
  /** Ids of workflows that this user may not use. */
  noPermissionWorkflows?: string[];
}

/** An integration that the project has made itself. */
export interface ICustomIntegration extends BaseEntity {
  /** @deprecated Not sent to browsers. */
  project: any;
  projectId: string;
  name?: string;
  /** `custom.<name>`. */
  readonly slug?: string;
  /** Address of an SVG. */
  icon?: string;
  integrations: IConnectIntegration[];
  authenticationType?: AuthenticationScheme;
  inputFields: IntegrationConnectInput[];
  oauthAuthorizationUrl?: TokenizedSource<DataType.STRING>;
  oauthAccessTokenUrl?: TokenizedSource<DataType.STRING>;
  oauthScopes?: string;
  oauthIncludeClientAuthorizationHeader?: boolean;
  usePKCEInCodeExchange: boolean;
  apiBaseUrl?: TokenizedSource<DataType.STRING>;
  testEndpointPath?: TokenizedSource<DataType.STRING>;
  apiAuthorization: RequestAuthorization;
  isPublished: boolean;
}

export interface IPublishedCustomIntegration extends ICustomIntegration {
  isPublished: true;
  name: string;
  readonly slug: string;
  icon: string;
  authenticationType: AuthenticationScheme;
  oauthClientId: string;
  oauthScopes: string;
}

declare enum RequestAuthorizationType {
  NONE = "none",
  BEARER_TOKEN = "bearer",
  BASIC = "basic",
  QUERY_PARAMS = "query_params",
  AUTH_HEADER = "auth_header",
}

type Text = TokenizedSource<DataType.STRING>;

type RequestAuthorization =
  | { type: RequestAuthorizationType.NONE }
  | { type: RequestAuthorizationType.BEARER_TOKEN; token: Text }
  | { type: RequestAuthorizationType.BASIC; username: Text; password: Text }
  | { type: RequestAuthorizationType.QUERY_PARAMS; params: KeyedSource<DataType.STRING>[] }
  | { type: RequestAuthorizationType.AUTH_HEADER; headers: KeyedSource<DataType.STRING>[] };

export {};
