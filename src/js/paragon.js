// The object that apps call. Importing it does nothing; the first call does.

// First in the file: gzip looks back 32 KB, and the module's texts, which are its end, have words in common with the code.
import "wasm:letters";
import { Instance } from "./instance.js";
import { run } from "./run.js";
import { departure } from "./way-back.js";

const SHARED = Symbol.for("paragon-connect");

// Two copies of this package in one page are one SDK.
export const shared = () => (globalThis[SHARED] ??= new Instance());

// Ends it; the next call begins anew.
export function endShared() {
  globalThis[SHARED]?.dispose();
  delete globalThis[SHARED];
}

// With or without `new`. What core keeps of a picker is an object of its own, and goes with the picker.
const pickersOf = (instance) =>
  function ExternalFilePicker(type, options) {
    const picker = instance().now("PickerNew", [type, options]);
    return {
      init: (config) => instance().later("PickerInit", [picker, config]),
      open: () => {
        instance().now("PickerOpen", [picker]);
        return picker.open !== undefined;
      },
      getInstance: () => picker.widget?.instance ?? null,
    };
  };

// All methods of an SDK object; `instance` gives what is behind it, and is called only by them.
export function methodsOf(instance) {
  const now = (method) => (...args) => instance().now(method, args);
  const later = (method) => (...args) => instance().later(method, args);
  return {
    configureGlobal: now("ConfigureGlobal"),
    authenticate: (...args) => instance().signIn(...args),
    logout: now("Logout"),
    // On a server nobody ever authenticates: no need to wake the module for that answer.
    getUser: () => (instance().awake ? instance().now("GetUser", []) : { authenticated: false }),
    getSnapshot: () => instance().snapshot,
    setUserMetadata: later("SetUserMetadata"),
    getVersion: now("GetVersion"),
    setHeadless: now("SetHeadless"),
    getIntegrationMetadata: (...args) =>
      instance().awake || args[0] !== undefined ? instance().now("GetIntegrationMetadata", args) : [],
    getIntegrationConfig: now("GetIntegrationConfig"),
    subscribe: (event, handler) => instance().subscribe(event, handler),
    unsubscribe: (event, handler) => instance().events.unsubscribe(event, handler),
    onStateChange: (listener) => instance().watch(listener),
    getIntegrationId: now("GetIntegrationId"),
    getIntegrationBySlug: now("GetIntegrationBySlug"),
    getIntegrationAccount: later("GetIntegrationAccount"),
    getAssetUrl: now("GetAssetUrl"),
    getTriggers: later("GetTriggers"),
    request: later("Request"),
    event: later("Event"),
    workflow: later("Workflow"),
    enableWorkflow: later("EnableWorkflow"),
    disableWorkflow: later("DisableWorkflow"),
    updateWorkflowState: later("UpdateWorkflowState"),
    updateIntegrationUserSettings: later("UpdateIntegrationUserSettings"),
    updateWorkflowUserSettings: later("UpdateWorkflowUserSettings"),
    createConfiguration: later("CreateConfiguration"),
    updateConfiguration: later("UpdateConfiguration"),
    destroyConfiguration: later("DestroyConfiguration"),
    getCustomWebhookUserManualUrl: later("GetCustomWebhookUserManualUrl"),
    installIntegration: later("InstallIntegration"),
    completeInstall: later("CompleteInstall"),
    connect: later("Connect"),
    closePortal: now("ClosePortal"),
    startOAuthFlow: now("StartOAuthFlow"),
    connectAction: later("ConnectAction"),
    ExternalFilePicker: pickersOf(instance),
    uninstallIntegration: later("UninstallIntegration"),
    getFieldOptions: later("GetFieldOptions"),
    getDataSourceOptions: later("GetDataSourceOptions"),
    getSourcesForActionInput: now("GetSourcesForActionInput"),
    getSourcesForInput: now("GetSourcesForInput"),
    setDataSources: now("SetDataSources"),
    getAccountTypeOptions: now("GetAccountTypeOptions"),
    getPreOptions: now("GetPreOptions"),
    getPostOptions: now("GetPostOptions"),
    // What the portal's page calls.
    onOpen: now("OnOpen"),
    onClose: now("OnClose"),
    updateContainerStyle: now("UpdateContainerStyle"),
    setModalState: now("SetModalState"),
    updateAuthenticatedUser: now("UpdateAuthenticatedUser"),
    triggerSDKEvent: now("TriggerSDKEvent"),
    sendConnectRequest: later("SendConnectRequest"),
    _oauthCallback: later("OauthCallback"),
    _oauthErrorCallback: later("OauthErrorCallback"),
    _loadCustomDropdownOptions: later("LoadCustomDropdownOptions"),
    _fetchBYOFieldMappingOptions: later("FetchBYOFieldMappingOptions"),
    installFlow: {
      start: now("FlowStart"),
      prepare: now("FlowPrepare"),
      resume: (type, options) => instance().now("FlowResume", [type, options, departure()]),
      returned: () => departure()?.name,
      reconnect: now("FlowReconnect"),
      run(...args) {
        return run(this, ...args);
      },
      setAccountType: later("FlowSetAccountType"),
      setPreOptions: later("FlowSetPreOptions"),
      setPostOptions: later("FlowSetPostOptions"),
      retry: later("FlowRetry"),
      cancel: later("FlowCancel"),
      next: now("FlowNext"),
      getAccountTypeValue: now("FlowAccountTypeValue"),
      getPreOptionsValue: now("FlowPreOptionsValue"),
      getPostOptionsValue: now("FlowPostOptionsValue"),
    },
  };
}

export const paragon = /* @__PURE__ */ methodsOf(shared);

// A further SDK object, with a user and settings of its own: for several projects in one page.
export function createParagon() {
  const instance = new Instance();
  return { ...methodsOf(() => instance), dispose: () => instance.dispose() };
}
