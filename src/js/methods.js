// The methods that core answers, by their public names, each with its number in core. The numbers are taken from
// `src/core/method.rs` when the package is built.

import * as M from "wasm:methods";

// Those that answer at once.
export const AT_ONCE = {
  closePortal: M.ClosePortal,
  configureGlobal: M.ConfigureGlobal,
  getAccountTypeOptions: M.GetAccountTypeOptions,
  getAssetUrl: M.GetAssetUrl,
  getIntegrationBySlug: M.GetIntegrationBySlug,
  getIntegrationConfig: M.GetIntegrationConfig,
  getIntegrationId: M.GetIntegrationId,
  getIntegrationMetadata: M.GetIntegrationMetadata,
  getPostOptions: M.GetPostOptions,
  getPreOptions: M.GetPreOptions,
  getSourcesForActionInput: M.GetSourcesForActionInput,
  getSourcesForInput: M.GetSourcesForInput,
  getUser: M.GetUser,
  getVersion: M.GetVersion,
  logout: M.Logout,
  onClose: M.OnClose,
  onOpen: M.OnOpen,
  setDataSources: M.SetDataSources,
  setHeadless: M.SetHeadless,
  setModalState: M.SetModalState,
  startOAuthFlow: M.StartOAuthFlow,
  triggerSDKEvent: M.TriggerSDKEvent,
  updateAuthenticatedUser: M.UpdateAuthenticatedUser,
  updateContainerStyle: M.UpdateContainerStyle,
};

// Those that answer with a promise.
export const LATER = {
  completeInstall: M.CompleteInstall,
  connect: M.Connect,
  connectAction: M.ConnectAction,
  createConfiguration: M.CreateConfiguration,
  destroyConfiguration: M.DestroyConfiguration,
  disableWorkflow: M.DisableWorkflow,
  enableWorkflow: M.EnableWorkflow,
  event: M.Event,
  _fetchBYOFieldMappingOptions: M.FetchBYOFieldMappingOptions,
  getCustomWebhookUserManualUrl: M.GetCustomWebhookUserManualUrl,
  getDataSourceOptions: M.GetDataSourceOptions,
  getFieldOptions: M.GetFieldOptions,
  getIntegrationAccount: M.GetIntegrationAccount,
  getTriggers: M.GetTriggers,
  installIntegration: M.InstallIntegration,
  _loadCustomDropdownOptions: M.LoadCustomDropdownOptions,
  _oauthCallback: M.OauthCallback,
  _oauthErrorCallback: M.OauthErrorCallback,
  request: M.Request,
  sendConnectRequest: M.SendConnectRequest,
  setUserMetadata: M.SetUserMetadata,
  uninstallIntegration: M.UninstallIntegration,
  updateConfiguration: M.UpdateConfiguration,
  updateIntegrationUserSettings: M.UpdateIntegrationUserSettings,
  updateWorkflowState: M.UpdateWorkflowState,
  updateWorkflowUserSettings: M.UpdateWorkflowUserSettings,
  workflow: M.Workflow,
};

// The same of `installFlow`.
export const FLOW_AT_ONCE = {
  getAccountTypeValue: M.FlowAccountTypeValue,
  getPostOptionsValue: M.FlowPostOptionsValue,
  getPreOptionsValue: M.FlowPreOptionsValue,
  next: M.FlowNext,
  prepare: M.FlowPrepare,
  reconnect: M.FlowReconnect,
  start: M.FlowStart,
};
export const FLOW_LATER = {
  cancel: M.FlowCancel,
  retry: M.FlowRetry,
  setAccountType: M.FlowSetAccountType,
  setPostOptions: M.FlowSetPostOptions,
  setPreOptions: M.FlowSetPreOptions,
};

const NONE = 255;

// The number of a method that the portal's page asks for by name; whether it may, core decides.
export const numberOf = (name) => {
  const table = [AT_ONCE, LATER].find((numbers) => Object.hasOwn(numbers, name));
  return table?.[name] ?? NONE;
};
