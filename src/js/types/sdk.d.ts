// The SDK object: every method that an app calls.
import type { ConnectSdkEnvironments, GlobalConfiguration } from "./environment.js";
import type { IntegrationInstallEvent, ListenerFunction, SDKEventListener, SDKEventName } from "./events.js";
import type { InputWithChoices, IntegrationConnectInput } from "./inputs.js";
import type { InstallFlow } from "./install-flow.js";
import type {
  AccountType,
  IConnectIntegrationWithCredentialInfo,
  IntegrationConfig,
  IntegrationMetadata,
} from "./integration.js";
import type {
  AuthenticateOptions,
  CredentialConfigOptions,
  InstallIntegrationOptions,
  ProxyRequestOptions,
  TokenSource,
  UninstallOptions,
} from "./options.js";
import type { PortalMethods } from "./portal.js";
import type {
  CompleteInstallOptions,
  CreateConfigurationOptions,
  DeleteConfigurationOptions,
  DisableWorkflowOptions,
  GetIntegrationAccountOptions,
  TriggerWorkflowRequest,
  UpdateConfigurationOptions,
  UpdateUserSettingsResponse,
  UpdateWorkflowStateResponse,
  UserSettingsUpdate,
} from "./settings.js";
import type {
  ConditionalSource,
  DataSource,
  FieldOptions,
  FieldOptionsRequest,
  InputSources,
  SetDataSourcesConfig,
  SingleSource,
} from "./sources.js";
import type { GetTriggerTypesResponse, IntentInputKeyConfig } from "./triggers.js";
import type { AuthenticatedConnectUser, ConnectUser, IConnectCredential, IConnectCredentialConfig, PersonaMeta } from "./user.js";

/**
 * Failures are {@link ParagonError}s: thrown by methods that answer at once, rejections of those that
 * answer with a promise. Unless a method says otherwise, it needs an authenticated user and fails with
 * `UserNotAuthenticatedError` without one. A failed call leaves the state as it was.
 */
export interface IConnectSDK extends PortalMethods {
  /**
   * Sets where the platform is, and signs the user out.
   * @param overrideEnvs addresses of single services, which win over `host`
   * @throws if there is no host, or an address is neither https nor loopback
   */
  configureGlobal(options: GlobalConfiguration, overrideEnvs?: Partial<ConnectSdkEnvironments>): void;

  /**
   * Signs a user in and reads what they have connected.
   * @param token a user token (JWT, RS256) that the app's server has signed; not expired. Or a function that gives one,
   * which is called again when that one is about to end. Undefined: the token that `persist` has kept
   */
  authenticate(projectId: string, token: string | TokenSource | undefined, options?: AuthenticateOptions): Promise<void>;

  /** Forgets the user. Ends a running install flow, and closes the portal. Never fails. */
  logout(): void;

  /** A copy of the user's state: changing it changes nothing. `{ authenticated: false }` if there is no user. */
  getUser(): ConnectUser;

  /**
   * The user's state, frozen, and the same object until something changes: for stores of frameworks, with `onStateChange`.
   */
  getSnapshot(): ConnectUser;

  /** Merges metadata into the user's; answers the new state. */
  setUserMetadata(meta: PersonaMeta): Promise<AuthenticatedConnectUser>;

  /** Version of this package. */
  getVersion(): string;

  /** True: the app shows the user interface itself, and `installFlow` can be used. */
  setHeadless(headless: boolean): void;

  /** The active integrations of the project; an empty list if there is no user. */
  getIntegrationMetadata(): IntegrationMetadata[];
  /** @throws {ParagonError} `IntegrationNotFoundError` */
  getIntegrationMetadata(integrationKey: string): IntegrationMetadata;
  getIntegrationMetadata(integrationKey?: string): IntegrationMetadata | IntegrationMetadata[];

  /** @throws {ParagonError} `IntegrationNotFoundError` */
  getIntegrationConfig(integration: string): IntegrationConfig;

  /**
   * Calls a handler on every event of that name. A function that is subscribed twice is called twice.
   * Needs no user.
   * @returns a function that unsubscribes; it answers true if the handler was still subscribed
   * @throws if the name is unknown or the handler is no function
   */
  subscribe<Name extends SDKEventName>(eventName: Name, listener: SDKEventListener<Name>): () => boolean;
  subscribe(eventName: SDKEventName, listener: ListenerFunction): () => boolean;

  /** Removes a handler, however often it was subscribed; true if it was. Needs no user. */
  unsubscribe<Name extends SDKEventName>(eventName: Name, listener: SDKEventListener<Name>): boolean;
  unsubscribe(eventName: SDKEventName, listener: ListenerFunction): boolean;

  /**
   * Calls a function after every change of the user's state or of the catalog, whatever caused it: what a store of a
   * framework subscribes to. Read with `getUser()`. Needs no user.
   * @returns a function that unsubscribes; it answers true if the listener was still subscribed
   * @throws if the listener is no function
   */
  onStateChange(listener: () => void): () => boolean;

  /**
   * Calls the provider's API with the user's account, through the platform's proxy.
   * @param action the integration's type
   * @param path path and query at the provider, or a full URL of a host that the integration allows
   * @returns the provider's parsed answer
   * @throws {ParagonError} with `response`, the parsed body, if the provider or the proxy refuses
   */
  request(action: string, path: string, init: ProxyRequestOptions & { responseType: "text" }): Promise<string>;
  request(action: string, path: string, init: ProxyRequestOptions & { responseType: "blob" }): Promise<Blob>;
  request(action: string, path: string, init: ProxyRequestOptions & { responseType: "arrayBuffer" }): Promise<ArrayBuffer>;
  request(
    action: string,
    path: string,
    init: ProxyRequestOptions & { responseType: "stream" },
  ): Promise<ReadableStream<Uint8Array> | null>;
  request(action: string, path: string, init: ProxyRequestOptions & { responseType: "response" }): Promise<Response>;
  request<TResponse>(action: string, path: string, init?: ProxyRequestOptions): Promise<TResponse | undefined>;

  /** Sends an app event, which starts the workflows that listen for it. */
  event(name: string, payload: Record<string, unknown>, options?: CredentialConfigOptions): Promise<void>;

  /**
   * Connects an integration. Call it in the turn of the user's click, so that the browser allows the popup.
   * What else has to be asked, the portal asks; in headless mode it is refused.
   * @returns what was installed
   */
  installIntegration(name: string, options?: InstallIntegrationOptions): Promise<void | IntegrationInstallEvent>;

  /**
   * Disconnects an account: the selected one, else the current one.
   * @throws {ParagonError} `IntegrationNotInstalledError`
   */
  uninstallIntegration(name: string, options?: UninstallOptions): Promise<void>;

  /**
   * Connects an account whose install began in the provider's marketplace.
   * @throws {ParagonError} if the code is missing or the platform cannot use it
   */
  completeInstall(action: string, options: CompleteInstallOptions): Promise<void>;

  /**
   * Connects an account for a resource of the project.
   * @throws {ParagonError} `ResourceNotFoundError`
   */
  connectAction(resourceName: string, payload: Record<string, unknown>): Promise<IConnectCredential>;

  /** Switches a workflow on for an account that is VALID. @throws {ParagonError} if it is on already */
  enableWorkflow(workflowId: string, options?: CredentialConfigOptions): Promise<void>;

  /** Switches a workflow off. @throws {ParagonError} if it is off already */
  disableWorkflow(workflowId: string, options?: DisableWorkflowOptions): Promise<void>;

  /** Switches several workflows, one after the other; what fails is in `errors`. */
  updateWorkflowState(
    workflowStateUpdate: Record<string, boolean>,
    options?: CredentialConfigOptions,
  ): Promise<UpdateWorkflowStateResponse>;

  /** Saves settings of an integration. */
  updateIntegrationUserSettings(
    integration: string,
    userSettingsUpdate: UserSettingsUpdate,
    settings?: CredentialConfigOptions,
  ): Promise<UpdateUserSettingsResponse>;

  /** Saves settings of one of an integration's workflows. */
  updateWorkflowUserSettings(
    integration: string,
    workflowId: string,
    userSettingsUpdate: UserSettingsUpdate,
    settings?: CredentialConfigOptions,
  ): Promise<UpdateUserSettingsResponse>;

  /** A further set of settings for an account. */
  createConfiguration(params: CreateConfigurationOptions): Promise<IConnectCredentialConfig>;
  updateConfiguration(params: UpdateConfigurationOptions): Promise<IConnectCredentialConfig>;
  destroyConfiguration(params: DeleteConfigurationOptions): Promise<void>;

  /** Starts a workflow that has a Request trigger; resolves with its answer. */
  workflow(workflowId: string, triggerWorkflowRequest?: TriggerWorkflowRequest): Promise<object | undefined>;

  /** Where the provider may send webhooks that start this workflow for this user. */
  getCustomWebhookUserManualUrl(workflowId: string, connectCredentialId?: string): Promise<string>;

  /** The integration, and with `includeAccountAuth` the account's token. */
  getIntegrationAccount(
    integrationType: string,
    options?: GetIntegrationAccountOptions,
  ): Promise<IConnectIntegrationWithCredentialInfo>;
  /** @throws {ParagonError} `IntegrationNotFoundError` */
  getIntegrationId(action: string): string;
  /** @throws {ParagonError} `IntegrationNotFoundError` */
  getIntegrationBySlug(integrationName: string): IConnectIntegrationWithCredentialInfo;
  /** What can start a workflow at the provider. */
  getTriggers(action: string, credentialOptions?: Pick<CredentialConfigOptions, "selectedCredentialId">): Promise<GetTriggerTypesResponse>;
  /** The address of one of the platform's pictures. Needs no user. */
  getAssetUrl(name: string): string;

  /** A data source of an integration by its key; undefined if there is none. */
  getDataSourceOptions(integrationName: string, action: string): Promise<DataSource | undefined>;
  /**
   * The app's own choices and field mappings: lists, or functions that load them. Takes the place of what was set before,
   * and stays when the user changes. What cannot be used is left out with a warning in the console.
   */
  setDataSources(config: SetDataSourcesConfig): void;
  /**
   * Where the choices of an input come from; null if it has none, or if neither the project nor the app has what it
   * names. Needs no user.
   */
  getSourcesForInput(integrationName: string, input: InputWithChoices): InputSources | null;
  /** Where the choices of a trigger's parameter come from; null if it has none. Needs no user. */
  getSourcesForActionInput(input: IntentInputKeyConfig): SingleSource | ConditionalSource | null;

  /**
   * One page of the choices of an input.
   * @throws {ParagonError} `LoaderError` if the app loads them and its loader fails; `ApiError` if the platform cannot
   * read them
   */
  getFieldOptions(options: FieldOptionsRequest): Promise<FieldOptions>;

  /** The kinds of account that an integration can be connected with; empty if there is only one. */
  getAccountTypeOptions(integrationName: string): AccountType[];

  /** The inputs of the stage `preOptions`. */
  getPreOptions(integrationName: string, accountTypeId?: string): IntegrationConnectInput[];

  /** The inputs of the stage `postOptions`. */
  getPostOptions(integrationName: string): IntegrationConnectInput[];


  /** Connects an integration step by step. Needs headless mode. */
  installFlow: InstallFlow;
}
