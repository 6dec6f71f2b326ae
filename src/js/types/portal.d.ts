// connect() and the portal: its options, and what its page sends.
import type { CallbackMap } from "./events.js";
import type { ConnectInputValue, CustomDropdownField, DynamicMappingField, DynamicMappingOptions } from "./inputs.js";
import type { CredentialConfigOptions, InstallOptions } from "./options.js";

/** One page of choices; `nextPageCursor` is null on the last. */
export type LoadCustomDropdownOptionsResult = Promise<{
  options: CustomDropdownField[];
  nextPageCursor: string | null;
}>;

/** Choices that the app's own function answers with, page by page. */
export type CustomDropdownOptions = {
  loadOptions: (cursor: string | undefined, search: string | undefined) => LoadCustomDropdownOptionsResult;
  /** Ask again whenever the dropdown is opened. */
  refreshOnOpen?: boolean;
};

export type DynamicFieldMappingOptionsResult = {
  options: { label: string; value: string }[];
  nextPageCursor: string | null;
};

export type DynamicFieldMappingObjectTypesLoader = (
  cursor?: string,
  search?: string,
) => Promise<DynamicFieldMappingOptionsResult>;

export type DynamicFieldMappingIntegrationFieldsLoader = (
  params: { objectType: string },
  cursor?: string,
  search?: string,
) => Promise<DynamicFieldMappingOptionsResult>;

/** A mapping whose object types and fields the app's own functions answer with. */
export type DynamicFieldMappingConfig = {
  objectTypes: { get: DynamicFieldMappingObjectTypesLoader };
  integrationFields: { get: DynamicFieldMappingIntegrationFieldsLoader };
  applicationFields?: {
    fields: { label: string; value: string }[];
    defaultFields?: string[];
    userCanRemoveMappings?: boolean;
    userCanCreateFields?: boolean;
  };
};

export type UserProvidedIntegrationConfig = {
  /** Where the provider sends the user back to, instead of the platform's own callback. */
  overrideRedirectUrl?: string;
  /** Field mappings, by object name. Needs the plan's feature `dfm`. */
  mapObjectFields?: {
    [objectName: string]: DynamicMappingField[] | DynamicMappingOptions | DynamicFieldMappingConfig;
  };
};

export type DropdownOptions = {
  /** Choices of the integration's custom dropdowns, by the dropdown's key. */
  dropdowns?: Record<string, CustomDropdownField[] | CustomDropdownOptions>;
};

export type ConnectParams = CallbackMap &
  UserProvidedIntegrationConfig &
  InstallOptions &
  CredentialConfigOptions &
  DropdownOptions & {
    /** How long the user may take in the OAuth popup, in milliseconds. */
    oauthTimeout?: number;
  };

/** What `startOAuthFlow` is told beside the options of an install. */
export type OAuthFlowOptions = InstallOptions &
  CredentialConfigOptions & {
    /** Values of the inputs that come before OAuth, by input id. */
    endUserSuppliedValues?: Record<string, ConnectInputValue>;
    userProvidedIntegrationConfig?: UserProvidedIntegrationConfig;
  };

/** The inputs that the portal's page has asked for. */
export type OauthCallbackResponse = {
  integrationId: string;
  payload: Record<string, any>;
};
