// The Connect Portal: what opens it, and what the SDK and its frame say to each other.
import type { ConnectSDK } from "./connect-sdk.js";
import type { ConnectSdkEnvironments } from "./environment.js";
import type { CallbackMap, EventInfo, IntegrationInstallEvent } from "./events.js";
import type { ConnectInputValue } from "./inputs.js";
import type {
  AccountType,
  IConnectIntegrationWithCredentialInfo,
  IPublishedCustomIntegration,
  ModalConfig,
} from "./integration.js";
import type { CredentialConfigOptions, InstallOptions, UserProvidedIntegrationConfig } from "./options.js";
import type { IConnectSDKProject } from "./project.js";
import type {
  DropdownOptions,
  DynamicFieldMappingLoaderType,
  DynamicFieldMappingOptionsResult,
  LoadCustomDropdownOptionsResult,
} from "./sources.js";
import type { AuthenticatedConnectUser, ConnectUser } from "./user.js";
import type { FunctionPropertyNames, NonFunctionProperties, UnwrapPromise } from "./utilities.js";

/** What `connect` takes. */
export type ConnectParams = CallbackMap &
  UserProvidedIntegrationConfig &
  InstallOptions &
  CredentialConfigOptions &
  DropdownOptions & {
    /** How long the user may take in the OAuth popup, in milliseconds; in headless mode only. */
    oauthTimeout?: number;
  };

/** What the provider's OAuth came to, as the platform tells it. */
export type OauthCallbackResponse = {
  integrationId: string;
  payload: Record<string, any>;
};

/** The methods of the SDK that have to do with the portal. */
export interface PortalMethods {
  /**
   * Shows the portal for an integration. In headless mode there is none, and a warning in the console instead.
   * Its callbacks run once each, before subscribers.
   * @returns what was installed, once it is; rejects if connecting fails. Stays open if the user closes the portal
   * without connecting: `onClose` tells that.
   * @throws {ParagonError} `IntegrationNotFoundError`, `FeatureNotAvailableError` (`mapObjectFields` needs `dfm`),
   * `CredentialNotFoundError`, `ConfigurationNotFoundError`
   */
  connect(action: string, params?: ConnectParams): Promise<IntegrationInstallEvent>;
  /** Closes the portal, if it is open. */
  closePortal(): void;
  /**
   * Opens the OAuth popup of an integration, and nothing else. Call it in the turn of the user's click.
   * @throws {ParagonError} if the integration, the account or the account type is not there
   */
  startOAuthFlow(
    action: string,
    apiInstallationOptions: InstallOptions &
      CredentialConfigOptions & {
        /** Values of the stage `preOptions`, by input id. */
        endUserSuppliedValues?: Record<string, ConnectInputValue>;
        userProvidedIntegrationConfig?: UserProvidedIntegrationConfig;
      },
    options?: {
      onSuccess?: (installationEvent: IntegrationInstallEvent) => void;
      onError?: (error: unknown) => void;
      /** How long the user may take, in milliseconds. */
      oauthTimeout?: number;
    },
  ): void;
  /** For the portal: an account was connected. */
  _oauthCallback(credential: OauthCallbackResponse, credentialId?: string): Promise<IntegrationInstallEvent | undefined>;
  /** For the portal: connecting failed. */
  _oauthErrorCallback(errorMessage: string | object, event?: MessageEvent): Promise<void>;
  /**
   * For the portal: one page of a dropdown that the app loads.
   * @throws {ParagonError} `LoaderError`, or `SOURCE_MISSING` if the app gave no loader for `key`
   */
  _loadCustomDropdownOptions(key: string, cursor?: string, search?: string): LoadCustomDropdownOptionsResult;
  /**
   * For the portal: one page of the provider's objects, or of an object's fields, that the app loads.
   * @throws {ParagonError} `LoaderError`, or `SOURCE_MISSING` if the app gave no loaders for `mappingKey`
   */
  _fetchBYOFieldMappingOptions(
    action: string,
    mappingType: `${DynamicFieldMappingLoaderType}`,
    mappingKey: string,
    params?: { objectType?: string; cursor?: string; search?: string },
  ): Promise<DynamicFieldMappingOptionsResult>;
}

/** Tabs of the portal. */
export declare enum ModalView {
  OVERVIEW = "overview",
  CONFIGURATION = "configuration",
}

type Style = { [property: string]: any };

/** What the portal is told to show. */
export type Props = {
  /** Null: it is closed. */
  integration: IConnectIntegrationWithCredentialInfo | null;
  customIntegration?: IPublishedCustomIntegration;
  config?: ModalConfig;
  contentStyle?: Style;
  overlayStyle?: Style;
  popupProps?: Record<string, string>;
  hideCross?: boolean;
  tabView?: ModalView;
  isPreviewMode?: boolean;
  onBeforeEnableIntegration?: () => void | Promise<void>;
  onClose?: () => void;
  onOpen?: () => void;
  onTabViewChange?: (view: ModalView) => void;
  previewSettings?: { isEnabling: boolean };
  apiInstallationOptions?: InstallOptions & {
    selectedAccountConfig?: AccountType;
    selectedMultipleAccountTypes?: string[];
  };
  connectionError?:
    | { code: string; status: number; message: string; meta: object; logOnInitialization: boolean }
    | undefined;
  selectedCredentialId?: string;
  shouldShowPortalAfterInstall?: boolean;
};

type PortalContext = {
  user: ConnectUser;
  projectId?: string;
  updateUser?: (user: Partial<AuthenticatedConnectUser>) => void;
  environments: ConnectSdkEnvironments;
  project?: IConnectSDKProject;
  triggerSDKEvent?: (eventInfo: EventInfo) => void;
  endUserIntegrationConfig?: UserProvidedIntegrationConfig;
};

/** SDK to frame, on every change. */
export type UIUpdateMessage = {
  messageType: "UI_UPDATE";
  nextContext: NonFunctionProperties<PortalContext>;
  nextModalState: NonFunctionProperties<Props>;
};

type MethodOf<T> = T extends keyof ConnectSDK ? Extract<ConnectSDK[T], (...args: any) => any> : never;

/** Frame to SDK: call this method. */
export type SDKFunctionInvocationMessage<T extends FunctionPropertyNames<ConnectSDK> = never> = {
  messageType: "SDK_FUNCTION_INVOCATION";
  type: T;
  parameters: Parameters<MethodOf<T>>;
  id: string;
};

/** SDK to frame: what the call came to. */
export type SDKFunctionResponseMessage<T extends FunctionPropertyNames<ConnectSDK> = never> = {
  messageType: "SDK_FUNCTION_RESPONSE";
  type: T;
  result: UnwrapPromise<ReturnType<MethodOf<T>>>;
  id: string;
};

/** SDK to frame: the call failed. */
export type SDKFunctionErrorMessage = {
  messageType: "SDK_FUNCTION_ERROR";
  error: true;
  message: string;
  id: string;
};

export type SDKReceivedMessage = SDKFunctionInvocationMessage;

export {};
