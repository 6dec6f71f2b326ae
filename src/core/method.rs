//! The list of calls that the face can make, and which part of core answers each.

use super::Id;
use super::names::Name as N;
use super::sources::sources_for_action_input;
use super::value::Value;
use super::{Core, Outcome};

macro_rules! methods {
    ($($method:ident),* $(,)?) => {
        /// A call of the face.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Method { $($method),* }

        impl Method {
            /// All of them, by their number.
            pub const ALL: &[Method] = &[$(Method::$method),*];
        }

        /// Their names, one a line, by their number: for the build, which tells the face.
        pub const METHODS: &str = concat!($(stringify!($method), "\n"),*);
    };
}

methods! {
    Authenticate, ClosePortal, CompleteInstall, ConfigureGlobal, Connect, ConnectAction, CreateConfiguration,
    DestroyConfiguration, DisableWorkflow, EnableWorkflow, Event, GetAccountTypeOptions, GetAssetUrl,
    GetCustomWebhookUserManualUrl,
    GetDataSourceOptions, GetFieldOptions, GetIntegrationAccount, GetIntegrationBySlug, GetIntegrationConfig,
    GetIntegrationId, GetIntegrationMetadata, GetPostOptions, GetPreOptions, GetSourcesForActionInput, GetSourcesForInput,
    GetTriggers, GetUser, GetVersion, InstallIntegration, InstructionFinished, Logout, PickerInit, PickerNew, PickerOpen,
    RenewToken, Request, SetDataSources, SetHeadless, SetUserMetadata,
    UninstallIntegration, UpdateConfiguration, UpdateIntegrationUserSettings, UpdateWorkflowState,
    UpdateWorkflowUserSettings, Workflow,
    FetchBYOFieldMappingOptions, LoadCustomDropdownOptions, OauthCallback, OauthErrorCallback, OnClose, OnOpen,
    SendConnectRequest, SetModalState, StartOAuthFlow, TriggerSDKEvent, UpdateAuthenticatedUser, UpdateContainerStyle,
    FlowCancel, FlowNext, FlowPrepare, FlowReconnect, FlowResume, FlowRetry, FlowSetAccountType, FlowSetPostOptions, FlowSetPreOptions, FlowStart,
    FlowAccountTypeValue, FlowPostOptionsValue, FlowPreOptionsValue,
}

impl<V: Value> Core<V> {
    /// A call of the app. `call` names the promise that the app was given, for calls that settle later; `arguments` is
    /// the array of what it passed.
    pub fn call(&mut self, method: Method, call: Id, arguments: V) -> Outcome<V> {
        let [a, b, c, d] = [arguments.at(0), arguments.at(1), arguments.at(2), arguments.at(3)];
        match method {
            Method::Authenticate => self.authenticate(call, a, b, c),
            Method::ClosePortal | Method::OnClose => Ok(self.close_portal(true)),
            Method::CompleteInstall => self.complete_install(call, a, b),
            Method::ConfigureGlobal => self.configure_global(a, b),
            Method::Connect => self.connect(call, a, b),
            Method::ConnectAction => self.connect_resource(call, a, b),
            Method::CreateConfiguration => self.create_configuration(call, a),
            Method::DestroyConfiguration => self.destroy_configuration(call, a),
            Method::DisableWorkflow => self.switch_workflow(call, a, false, b),
            Method::EnableWorkflow => self.switch_workflow(call, a, true, b),
            Method::Event => self.event(call, a, b, c),
            Method::GetAccountTypeOptions => self.account_type_options(a),
            Method::GetAssetUrl => Ok(self.asset_url(a)),
            Method::GetCustomWebhookUserManualUrl => self.custom_webhook_url(call, a, b),
            Method::GetDataSourceOptions => {
                let source = self.data_source(a, b)?;
                self.settle(call, Ok(source));
                Ok(V::undefined())
            }
            Method::GetFieldOptions => self.field_options(call, a),
            Method::GetIntegrationAccount => self.integration_account(call, a, b),
            Method::GetIntegrationBySlug => self.integration_by_slug(a),
            Method::GetIntegrationConfig => self.integration_config(a),
            Method::GetIntegrationId => self.integration_id(a),
            Method::GetIntegrationMetadata => self.integration_metadata(a),
            Method::GetPostOptions => self.post_options(a),
            Method::GetPreOptions => self.pre_options(a, b),
            Method::GetSourcesForActionInput => sources_for_action_input(a),
            Method::GetSourcesForInput => self.sources_for_input(a, b),
            Method::GetTriggers => self.triggers(call, a, b),
            Method::GetUser => Ok(self.user_copy()),
            Method::GetVersion => Ok(V::name(N::SDK_VERSION)),
            Method::InstallIntegration => self.install_integration(call, a, b),
            Method::InstructionFinished => self.instruction_finished(a),
            Method::Logout => {
                self.end_session();
                Ok(V::undefined())
            }
            Method::PickerInit => self.init_picker(call, a, b),
            Method::PickerNew => self.new_picker(a, b),
            Method::PickerOpen => self.open_picker(a),
            Method::RenewToken => self.renew_token(a),
            Method::Request => self.request(call, a, b, c),
            Method::SetDataSources => self.set_data_sources(a),
            Method::SetHeadless => {
                self.memory.set(N::headless, V::bool(a.truthy()));
                Ok(V::undefined())
            }
            Method::SetUserMetadata => self.set_user_metadata(call, a),
            Method::UninstallIntegration => self.uninstall(call, a, b),
            Method::UpdateConfiguration => self.update_configuration(call, a),
            Method::UpdateIntegrationUserSettings => self.update_integration_settings(call, a, b, c),
            Method::UpdateWorkflowState => self.update_workflow_state(call, a, b),
            Method::UpdateWorkflowUserSettings => self.update_workflow_settings(call, a, b, c, d),
            Method::Workflow => self.workflow(call, a, b),
            Method::FetchBYOFieldMappingOptions => self.load_mapping(call, a, b, c, d),
            Method::LoadCustomDropdownOptions => self.load_dropdown(call, self.portal_name(), a, b, c),
            Method::OauthCallback => self.oauth_callback(call, a, b, c),
            Method::OauthErrorCallback => self.oauth_error_callback(call, a),
            Method::OnOpen => Ok(self.portal_opened()),
            Method::SendConnectRequest => self.send_connect_request(call, a, b, c),
            Method::SetModalState => Ok(self.set_modal_state(a)),
            Method::StartOAuthFlow => self.start_oauth_flow(a, b, c),
            Method::TriggerSDKEvent => self.trigger_event(a),
            Method::UpdateAuthenticatedUser => self.update_user(a),
            Method::UpdateContainerStyle => Ok(self.portal_shown(a.get(N::isModalShown).truthy())),
            Method::FlowCancel => self.cancel(call),
            Method::FlowNext => self.next_stage(),
            Method::FlowPrepare => self.prepare(a, b),
            Method::FlowReconnect => self.reconnect(a, b),
            Method::FlowResume => self.resume_flow(a, b, c),
            Method::FlowRetry => self.retry(call, a),
            Method::FlowSetAccountType => self.set_account_type(call, a),
            Method::FlowSetPostOptions => self.set_post_options(call, a),
            Method::FlowSetPreOptions => self.set_pre_options(call, a),
            Method::FlowStart => self.start_flow(a, b),
            Method::FlowAccountTypeValue => Ok(self.given(N::accountType)),
            Method::FlowPostOptionsValue => Ok(self.given(N::postOptions)),
            Method::FlowPreOptionsValue => Ok(self.given(N::preOptions)),
        }
    }
}
