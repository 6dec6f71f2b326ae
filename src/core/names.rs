//! Every fixed string that core uses: property names, known values, addresses, templates.
//!
//! Strings live on the JavaScript side; core names them by number. So none is decoded twice, comparing is one call, and
//! the module holds each text once. A template has `{}` where `Value::fill` puts its parts.

macro_rules! names {
    ($($name:ident $(= $text:expr)?),* $(,)?) => {
        /// A fixed string, by number.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Name { $($name),* }

        /// All strings in the order of [`Name`], each ended by a tab.
        pub const NAMES: &str = concat!($(names!(@text $name $($text)?), "\t"),*);
    };
    (@text $name:ident) => { stringify!($name) };
    (@text $name:ident $text:expr) => { $text };
}

names! {
    // What platforms, credentials and options are made of: each is spelt as it is written.
    accessibleFeatures, accountType, accountTypes, action, address, actionkit, alg, allConfigurations, allCredentials,
    allowMultipleCredentials, authConfigInputs, authSchemeOptions, authenticated, authenticationType, auto,
    availableUserSettings, availableWorkflows, body, brandColor, bypassPostOAuthPrompt, cacheKey, catalog, cause,
    children, code, config, configMeta, configs, configurations, configuredWorkflows, connect, connectCredentialId,
    constraints, content, copyButton, copyText, credential, credentialConfigId, credentialId, credentialStatus, ctas,
    cursor, custom, customIntegration, dashboard, data, dataSources, defaultEnabled, description, done, email, enabled,
    endUserSuppliedValues, environments, error, errorResponse, event, exp, externalId, finish, finishButton,
    getFieldOptions, headers, headless, hermes, hidden, hiddenWorkflows, host, install, href, icon, id, infoText, inputFields,
    inputs, installFlow, installIntegration, installOptions, instruction, integration, integrationId, integrationName,
    integrationType, integrations, isActive, isDefault, isIntegrationError, isPreviewMode, kept, key, label, link, local,
    localhost, login, longDescription, message, meta, metadata, method, name, nestedData, nextPageCursor,
    noPermissionWorkflows, oauth, oauthMetaKeyId, oauthParameters, oauthTimeout, oauth_client_credential, onClick,
    onComplete, onError, onInstall, onIntegrationInstall, onIntegrationUninstall, onNext, onSuccess, options,
    originForPostMessage, output, overrideRedirectUrl, overview, packageInstallUrl, pageCursor, paginationParameters,
    parameters, passport, popup, path, payload, permissions, platformCode, postOauthInputs, postOptions, preOptions, project,
    projectId, providerData, providerId, r#type = "type", records, redirectUrl, request, requestId, required, resources,
    response, retryable, salesforce, sandbox, scheme, sdkIntegrationConfig, search, selectedConfigurationId,
    selectedCredentialId, setPostOptions, setPreOptions, sharedMeta, sharedSettings, shortDescription,
    showPortalAfterInstall, signal, skipPostOAuthInputs, slug, source, sourceKey, stage, status, sub, title, token,
    uninstallIntegration, url, user, userId, userProvidedIntegrationConfig, userToken, value, values, workflowMeta, workflowSettings, workflows, zeus,
    authorizationCode, combo, completeInstall, customWebhookTriggerId, defaultFieldValue, dependentFieldInputSource, dependentInputSource, disabled,
    errors, fieldMapper, fieldSource, includeAccountAuth, integrationOptions, kind, mainInputSource, query,
    recordSource, settings, single, updateUserSettings, updateWorkflowState, userState, variableInputSource, workflowId,
    attempt, getReader, limit, maxWait, retries, retryAfter, since, timeout, r#unsafe = "unsafe",
    sourceType, responseType, json, text, blob, arrayBuffer, stream, Name, Email, UserNotAuthenticatedError,
    departure, inPage, inTab, persist, prepared, returnUrl, session, word, PENDING,
    GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, VALID, VALUE, RS256, TEXT_NO_VARS, PASSWORD, STATIC_ENUM_DATA_SOURCE,
    DYNAMIC_DATA_SOURCE, FIELD_MAPPER_DATA_SOURCE, COMBO_INPUT_DATA_SOURCE, DYNAMIC_COMBO_INPUT_DATA_SOURCE,
    applicationFields, conditional, customDropdownOptions, dependencies, dropdowns, dynamicFieldMappingKey,
    dynamicFieldMappingType, dynamicObjectName, fields, get, getSourcesForActionInput, getSourcesForInput, input,
    integrationFields, integrationSpecificSources, loadOptions, mapObjectFieldOptions, mapObjectFields, objectType,
    objectTypes, refreshDependencies, setDataSources, sources, supportedKeysSource, supportedOperators,
    useBYOFieldMappingOption, useDynamicMapper, valuesSource, CONDITIONAL, CUSTOM_DROPDOWN,
    EMPTY = "",
    ONE = "1",

    // The portal and its frame.
    apiInstallationOptions, baseURLOverride, callbacks, connectionError, dfm,
    endUserIntegrationConfig, isApiInstallation, isModalShown, latest,
    messageType, nextContext, nextModalState, onClose, onOpen, onPortalClose,
    onPortalOpen, onUninstall, onWorkflowChange, overflow, overlayStyle, portal, production, refreshOnOpen,
    selectedAccountConfig, selectedMultipleAccountTypes, sendConnectRequest, shouldShowPortalAfterInstall,
    skipDefaultCredentialIdHeader, told, triggerSDKEvent, workflowStateChange,
    NODE_ENV, PLATFORM_ENV, VERSION, UI_UPDATE, SDK_FUNCTION_INVOCATION,
    P_ANY = "/projects/{}{}",
    T_PORTAL = "{}/ui?projectId={}",

    // File pickers.
    DOMAIN, OAUTH_ACCESS_TOKEN, accountAuth, acknowledge, activate, all, allowFolderSelect, allowMultiSelect, allowedTypes, authenticate,
    box_ = "box", cancel, channelId, close, command, developerKey, folderId, folders, googledrive, init, initialize, items,
    multiple, onCancel, onFileSelect, onedrive, open, pick, picked, picker, pickers, port, ready, result,
    sharepoint, success, unableToObtainToken, unsupportedCommand, webUrl, widget,
    PERSONAL_ONEDRIVE = "https://onedrive.live.com",
    PERSONAL_PAGE = "/picker",
    PICKER_PAGE = "/_layouts/15/FilePicker.aspx",
    T_PICKER = "{}{}?filePicker={}",
    T_DOCUMENTS = "{}/Shared Documents",
    T_MESSAGING = "{\"sdk\":\"8.0\",\"entry\":{},\"search\":{\"enabled\":true},\"messaging\":{\"origin\":{},\"channelId\":{}},",
    T_SOURCES = "\"selection\":{\"mode\":\"{}\"},\"typesAndSources\":{\"mode\":\"{}\",{}}}",
    T_FILTERS = "\"filters\":{},",
    T_SHAREPOINT_ENTRY = "{\"sharePoint\":{\"byPath\":{\"list\":{},\"fallbackToRoot\":true}}}",
    ONEDRIVE_ENTRY = "{\"oneDrive\":{\"files\":{\"fallbackToRoot\":true}}}",
    ONEDRIVE_PIVOTS = "\"pivots\":{\"oneDrive\":true,\"recent\":true,\"shared\":true}",
    SHAREPOINT_PIVOTS = "\"pivots\":{\"shared\":true,\"oneDrive\":false,\"sharedLibraries\":true,\"site\":true}",

    // Keys of the environment object, and the cloud's addresses.
    ZEUS_PUBLIC_URL, WORKER_PROXY_PUBLIC_URL, HERMES_PUBLIC_URL, CONNECT_PUBLIC_URL, PASSPORT_PUBLIC_URL,
    PASSPORT_PRODUCTION_URL, DASHBOARD_PUBLIC_URL, CDN_PUBLIC_URL, API_TRIGGER_KIT_PUBLIC_URL,
    CLOUD_ZEUS = "https://zeus.useparagon.com",
    CLOUD_PROXY = "https://proxy.useparagon.com",
    CLOUD_HERMES = "https://hermes.useparagon.com",
    CLOUD_CONNECT = "https://connect.useparagon.com",
    CLOUD_PASSPORT = "https://passport.useparagon.com",
    CLOUD_DASHBOARD = "https://dashboard.useparagon.com",
    CLOUD_CDN = "https://cdn.useparagon.com/latest/dashboard/public",
    CLOUD_TRIGGER_KIT = "https://actionkit.useparagon.com",
    worker_proxy = "worker-proxy",
    http_ = "http:",
    https_ = "https:",
    LOOPBACK_4 = "127.0.0.1",
    LOOPBACK_6 = "[::1]",
    T_HTTPS = "https://{}",
    T_SERVICE = "https://{}.{}",
    T_JOIN = "{}{}",

    // Headers.
    H_ACCEPT = "Accept",
    H_AUTHORIZATION = "Authorization",
    H_CONTENT_TYPE = "Content-Type",
    H_CONFIGURATION = "X-Paragon-Configuration-Id",
    H_CREDENTIAL = "X-Paragon-Credential",
    H_RAW = "X-Paragon-Use-Raw-Response",
    H_VERSION = "X-Paragon-SDK-Version",
    JSON_TYPE = "application/json",
    SDK_VERSION = env!("CARGO_PKG_VERSION"),
    T_BEARER = "Bearer {}",

    // Calls of the API.
    P_ME = "/projects/{}/sdk/me",
    P_INTEGRATIONS = "/projects/{}/sdk/integrations",
    P_INTEGRATION = "/projects/{}/sdk/integrations/{}",
    P_CREDENTIALS = "/projects/{}/sdk/credentials",
    P_CREDENTIAL = "/projects/{}/sdk/credentials/{}",
    P_COMPLETE = "/projects/{}/sdk/credentials/{}/complete-setup",
    P_ACCOUNT = "/projects/{}/sdk/credentials{}",
    P_CONFIGURATIONS = "/projects/{}/sdk/credentials/{}/configurations",
    P_WORKFLOW = "/projects/{}/sdk/workflows/{}",
    P_TRIGGER = "/projects/{}/sdk/triggers/{}{}",
    P_TRIGGERS = "/projects/{}/triggers{}",
    P_RESOURCE = "/projects/{}/sdk/resources/{}/connect",
    T_WEBHOOK = "/triggers/connect/{}/{}/custom-triggers/{}",
    P_ACTIONS = "/projects/{}/sdk/actions",
    P_EVENTS = "/v2/projects/{}/sdk/events/trigger",
    P_PROXY = "/projects/{}/sdk/proxy/{}/",
    P_NONCE = "/projects/{}/sdk/actions/oauth-nonce{}",
    P_BUILD_OAUTH = "/v2/projects/{}/sdk/actions/build-oauth{}",
    P_SESSION_ID = "/projects/{}/sdk/actions/session-id/{}",
    T_FIRST_PAIR = "{}?{}={}",
    T_PAIR = "{}&{}={}",

    // What the platform says.
    CODE_PERMISSION = "7210",
    CODE_VERIFICATION = "7003",
    CODE_PROFILE = "0704",
    OAUTH_NONCE_LOADED = "oauth-nonce-loaded",
    OAUTH_SUCCESS_CALLBACK = "oauth_success_callback",
    OAUTH_ERROR_CALLBACK = "oauth_error_callback",
    HEADLESS_FEATURE = "headless-cp",
    USER_CONFIGURED_OAUTH = "user-configured-oauth",
    no_reason = "No reason was given.",

    // Integrations.
    T_CUSTOM = "custom.{}",
    T_ASSET = "{}/images/{}.png",
    T_ICON = "{}/integrations/{}.svg",
    T_PLACEHOLDER_ICON = "{}/images/icons/byo-placeholder.svg",
    MONDAY = "monday.com",
    WORDPRESS = "wordpress.com",

    // Stages.
    CLIENT_ID = "clientId",
    CLIENT_ID_TITLE = "Client ID",
    CLIENT_SECRET = "clientSecret",
    CLIENT_SECRET_TITLE = "Client Secret",
    PACKAGE_PATH = "/packaging/installPackage.apexp",
    LISTING_PATH = "/appxListingDetail",
    SALESFORCE_LOGIN = "login.salesforce.com",
    SALESFORCE_APPEXCHANGE = "appexchange.salesforce.com",
    SALESFORCE_TEST = "test.salesforce.com",
    SALESFORCE_INSTRUCTION = "Salesforce lets an app connect only after its **package is installed** in your organisation.\n\n1. Open the installation page below and sign in as an administrator.\n2. Choose who may use the package, and install it.\n3. Come back here and go on.\n\nIf somebody else administers Salesforce for you, copy the link and send it to them.",
    OPEN_LABEL = "Open the installation page",
    COPY_LABEL = "Copy the link",
    FINISH_LABEL = "I have installed the package",
    THIS_CALL = "This call",
    THIS_USER = "This project",
}
