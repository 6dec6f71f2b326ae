//! Every error that the SDK can end a call with: its class name, its stable code and its words, in one table.
//!
//! The app gets an `Error` with `name`, `code`, `message`, `meta`, `retryable`, and where they apply `status`, `stage`,
//! `response`, `requestId` and `cause`. Each message says what happened, what it means and what to do. The table also
//! makes the errors page of the docs.

use super::names::Name as N;
use super::value::Value;

macro_rules! faults {
    ($($code:ident $name:ident $text:literal;)*) => {
        /// What went wrong. The variant is the error's `code`.
        #[allow(non_camel_case_types, missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Fault { $($code),* }

        /// One line a fault, in the order of [`Fault`]: name, code and message, parted by tabs.
        pub const FAULTS: &str = concat!($(stringify!($name), "\t", stringify!($code), "\t", $text, "\n"),*);
    };
}

faults! {
    PROJECT_ID_MISSING InvalidArgumentError "authenticate() was called without a project id. Pass the id that the dashboard shows (with the local platform: /.well-known/paragon-local), a non-empty string.";
    TOKEN_MISSING InvalidTokenError "authenticate() was called without a user token. Pass the JWT that your server signs for the current user.";
    TOKEN_UNREADABLE InvalidTokenError "The user token is not a JSON Web Token. Pass what your server signed, unchanged: three parts with dots between them, without quotes or 'Bearer'.";
    TOKEN_IS_A_KEY InvalidTokenError "What was passed as the user token is a key in PEM form. If it is your signing key, it is public now: replace it in the dashboard. Sign the token on your server and send only the token to the browser.";
    TOKEN_UNSIGNED InvalidTokenError "The user token is not signed with RS256 (its header says otherwise). Sign it on your server with the project's private key and the RS256 algorithm.";
    TOKEN_WITHOUT_EXPIRY InvalidTokenError "The user token has no usable 'exp' claim. Add one: the time of expiry in seconds since 1970.";
    TOKEN_WITHOUT_USER InvalidTokenError "The user token names no user. Put the user's id into the 'sub' claim.";
    TOKEN_EXPIRED TokenExpiredError "The user token has expired. Get a fresh one from your server and call authenticate() again; if it is fresh, the clocks of this device and of your server differ.";
    USER_NOT_AUTHENTICATED UserNotAuthenticatedError "No user is authenticated. Call authenticate(projectId, userToken) and wait for it first.";
    SESSION_REJECTED UserNotAuthenticatedError "The platform does not accept the user token (any more): {}. The user is logged out; get a fresh token from your server and call authenticate() again.";
    SESSION_REPLACED SessionReplacedError "The user or the host changed while this call was under way, so its answer was dropped. Repeat the call if it is still wanted.";
    HOST_MISSING InvalidArgumentError "configureGlobal() was called without a host. Pass {host: \"…\"}: your on-premise domain, or the address of a local platform such as http://127.0.0.1:9400.";
    HOST_UNSAFE InvalidArgumentError "{} cannot be used as a service address. Use https, or http on a loopback host (127.0.0.1, [::1], localhost).";
    ARGUMENT_INVALID InvalidArgumentError "{}: {} is missing or of the wrong type. See the method's page in the docs for what it takes.";
    METADATA_INVALID InvalidArgumentError "User metadata must be a plain object of names and values.";
    INTEGRATION_UNKNOWN IntegrationNotFoundError "There is no integration named {} in this project. The project has: {}.";
    INTEGRATION_NOT_SET_UP IntegrationNotFoundError "{} is known, but not set up in this project. Finish its setup in the dashboard.";
    INTEGRATION_NOT_ACTIVE IntegrationNotFoundError "{} is set up in this project, but not active. Activate it in the dashboard.";
    INTEGRATION_NOT_INSTALLED IntegrationNotInstalledError "The user has no connected account for {}. Install the integration first.";
    INTEGRATION_ALREADY_INSTALLED IntegrationAlreadyInstalledError "{} is already connected for this user. To add a second account pass allowMultipleCredentials: true; to renew this one pass its selectedCredentialId.";
    CREDENTIAL_UNKNOWN CredentialNotFoundError "{} has no connected account {} for this user. getUser().integrations lists the accounts.";
    CONFIGURATION_UNKNOWN ConfigurationNotFoundError "{} has no configuration {} for this user. getUser().integrations lists them under allConfigurations.";
    CONFIGURATION_OF_OTHER_CREDENTIAL ConfigurationNotFoundError "The configuration {} belongs to another account than {}. Pass a configuration of that account, or leave one of the two out.";
    CONFIGURATION_DEFAULT InvalidArgumentError "The configuration {} is the default one of its account, which every account has, so it cannot be destroyed. Disconnect the account instead, or destroy another configuration.";
    EXTERNAL_ID_EMPTY InvalidArgumentError "externalId must be a string with something in it.";
    EXTERNAL_ID_AND_CREDENTIAL InvalidArgumentError "externalId names a new account and selectedCredentialId renews an existing one: pass one of the two.";
    EXTERNAL_ID_TAKEN InvalidArgumentError "The external id {} is already in use for an account of {}. Choose another, or pass selectedCredentialId to renew that account.";
    WORKFLOW_UNKNOWN WorkflowNotFoundError "No integration of this project has a workflow {}. getIntegrationConfig() lists an integration's workflows.";
    WORKFLOW_ALREADY InvalidArgumentError "The workflow {} is {} already for this account. getUser() shows what is on.";
    WORKFLOW_OFF WorkflowNotEnabledError "The workflow {} is off for this account, so it cannot be started. Switch it on with enableWorkflow() first.";
    WORKFLOW_WITHOUT_WEBHOOK WorkflowNotFoundError "The workflow {} is not started by a custom webhook, so there is no address for one.";
    RESOURCE_UNKNOWN ResourceNotFoundError "The project has no resource named {}. getUser().resources lists them.";
    FEATURE_NOT_AVAILABLE FeatureNotAvailableError "{} needs the feature {}, which the project's plan does not have.";
    HEADLESS_MODE_NOT_ENABLED HeadlessModeNotEnabledError "Installing from the page itself works in headless mode only. Call setHeadless(true) first.";
    NO_ACTIVE_INSTALL_FLOW NoActiveInstallFlowError "No install flow is under way. Call installFlow.start(integration, options) first.";
    NOTHING_PENDING IntegrationNotInstalledError "{} has no account whose setup waits to be completed. Call installFlow.start() to connect one.";
    STAGE_MISMATCH InstallFlowStageError "{} does not fit the stage where the install flow is: {}. Nothing has changed; onNext tells each stage as it comes.";
    ACCOUNT_TYPE_UNKNOWN InvalidArgumentError "{} has no account type {}. getAccountTypeOptions() lists them.";
    INSTALL_NEEDS_INPUT InstallNeedsInputError "{} cannot be installed without asking the user: the stage {} needs an answer. Use installFlow, which hands every stage to your page.";
    OAUTH_BLOCKED OAuthBlockedError "The browser blocked the popup. Start from a click, in the click's own turn (nothing awaited before), or call installFlow.retry() from a click now.";
    OAUTH_TIMEOUT OAuthTimeoutError "The user did not finish at the provider in time, and the popup was closed. Call installFlow.retry() from a click, or start again.";
    OAUTH_POPUP_CLOSED OAuthPopupClosedError "The popup was closed before the provider was done. Call installFlow.retry() from a click, or start again.";
    OAUTH_DENIED OAuthDeniedError "The provider did not grant access: {}. Call installFlow.retry() from a click to ask again.";
    OAUTH_ADDRESS_UNSAFE OAuthError "The platform named an address for the provider that is neither https nor http on loopback, so the popup was not sent there. Check the integration's settings.";
    OAUTH_IN_PAGE_UNAVAILABLE OAuthError "This page cannot leave for the provider and come back: that takes a local platform, and a page with sessionStorage that is in no frame. Call installFlow.retry({inPage: false}) from a click.";
    SOURCE_INVALID InvalidArgumentError "{} was left out of {}: it is none of the forms that setDataSources() takes.";
    SOURCE_MISSING InvalidArgumentError "There is nothing for {} in {}. Pass it to setDataSources().";
    LOADER_FAILED LoaderError "The app's loader for {} failed: {}. What it threw is the cause.";
    LOADER_ANSWER_INVALID LoaderError "The app's loader for {} has to answer {options: [...], nextPageCursor}, but did not.";
    LOADER_TIMEOUT LoaderError "The app's loader for {} has not answered within a minute. It has to resolve or to reject.";
    PORTAL_IN_HEADLESS_MODE HeadlessModeError "connect() shows the portal, and in headless mode there is none, so nothing happens. Call setHeadless(false) first, or use installFlow.";
    PORTAL_SILENT PortalError "The portal page of {} has not shown itself. Check that a Content-Security-Policy of this page allows it in frame-src, and that the page can be reached.";
    FRAME_CALL_REFUSED InvalidArgumentError "{} is not a method that the portal's page may call.";
    PICKER_UNKNOWN InvalidArgumentError "There is no file picker for {}. There are: googledrive, onedrive, sharepoint, box.";
    PICKER_ACCOUNT_INCOMPLETE FilePickerError "The platform named no {} for the account of {}, and the file picker needs it. Connect the account again; if that does not help, look at the integration's settings.";
    PICKER_NOT_LOADED FilePickerError "The file picker of {} did not load. Check that the network and the page's Content-Security-Policy let its script through, then call init() again.";
    PICKER_NOT_READY FilePickerError "The file picker of {} is not ready for the user of now. Call init() and wait for it, then open().";
    PICKER_NOT_SHOWN FilePickerError "The browser did not show the file picker of {}. Call open() in a click's own turn, with nothing awaited before.";
    NO_RANDOM_SOURCE InternalError "This browser has no cryptographic random source, without which a flow in a popup would not be safe. Use a current browser, and a page served by https or from loopback.";
    API_ERROR ApiError "The platform answered {}: {}";
    PROXY_ERROR ProxyRequestError "{}";
    REQUEST_INVALID InvalidArgumentError "The browser cannot send this request: {}. Check its method, headers and body.";
    REQUEST_TIMEOUT TimeoutError "The request to {} took longer than it may, and was ended. Whether the server carried it out is not known. Pass a larger timeout (milliseconds), or try again.";
    NETWORK_ERROR NetworkError "The request to {} got no answer. Either the device is offline, the address is wrong, or the server does not allow this page's origin (CORS).";
    ANSWER_INVALID InvalidAnswerError "The platform's answer to {} is not what the protocol says. Check that the host is a Paragon platform, and that nothing between changes its answers.";
}

/// An error on its way to the app: a plain object that the face turns into a `ParagonError`.
#[derive(Clone, Copy, Debug)]
pub struct Failure<V>(pub V);

impl<V: Value> Failure<V> {
    /// A failure with its message filled in.
    pub fn new(fault: Fault, parts: [V; 2]) -> Self {
        Failure(V::fault(fault, parts))
    }

    /// A failure whose message has nothing to fill in.
    pub fn plain(fault: Fault) -> Self {
        let none = V::undefined();
        Failure::new(fault, [none, none])
    }

    /// The argument `what` of `method` is of the wrong kind.
    pub fn argument(method: N, what: N) -> Self {
        Failure::new(Fault::ARGUMENT_INVALID, [V::name(method), V::name(what)])
    }

    /// With one more field.
    pub fn with(self, key: N, value: V) -> Self {
        self.0.set(key, value);
        self
    }

    /// With `meta: {integrationName}`.
    pub fn about(self, integration: V) -> Self {
        let meta = V::object();
        meta.set(N::integrationName, integration);
        self.with(N::meta, meta)
    }

    /// No answer came. What `fetch` rejected with is kept as the cause.
    pub fn no_answer(url: V, cause: V) -> Self {
        let origin = url.url(super::value::UrlPart::Origin);
        Failure::new(Fault::NETWORK_ERROR, [origin, V::undefined()])
            .with(N::cause, cause)
            .with(N::retryable, V::bool(true))
    }
}

/// The text of an error answer: `message` may be a string, or a list of validation errors in a tree; providers also
/// write `error`, as a text or with a `message` in it.
pub fn message_of<V: Value>(body: V) -> V {
    let message = body.get(N::message);
    if message.kind() == super::value::Kind::List {
        return constraints(message, 0).or(V::name(N::no_reason));
    }
    let error = body.get(N::error);
    [message, error, error.get(N::message)]
        .into_iter()
        .find(|text| text.has_text())
        .unwrap_or_else(|| V::name(N::no_reason))
}

/// The first constraint in a tree of validation errors.
fn constraints<V: Value>(errors: V, depth: u32) -> V {
    // A hostile answer may be nested without end.
    if depth > 8 {
        return V::undefined();
    }
    for error in errors.items() {
        let own = error.get(N::constraints);
        let text = own.lookup(own.keys().at(0));
        let text = text.or(constraints(error.get(N::children), depth + 1));
        if text.present() {
            return text;
        }
    }
    V::undefined()
}
