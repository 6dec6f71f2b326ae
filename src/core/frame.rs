//! What the portal's page asks of the SDK: which of its messages count, which methods it may call, and the methods that
//! are there for it alone.

use super::Id;
use super::api::{Api, request};
use super::effect::Effect;
use super::failure::{Failure, Fault};
use super::method::Method;
use super::names::Name as N;
use super::oauth::denied;
use super::value::{Text, UrlPart, Value};
use super::{Core, Kept, Outcome, Then};

/// May the portal's page call this? Nothing that decides who the user is, where the platform is, or what the app's own
/// calls do.
pub fn is_for_the_page(method: Method) -> bool {
    matches!(
        method,
        Method::ClosePortal
            | Method::CreateConfiguration
            | Method::DestroyConfiguration
            | Method::DisableWorkflow
            | Method::EnableWorkflow
            | Method::FetchBYOFieldMappingOptions
            | Method::GetAccountTypeOptions
            | Method::GetAssetUrl
            | Method::GetCustomWebhookUserManualUrl
            | Method::GetDataSourceOptions
            | Method::GetFieldOptions
            | Method::GetIntegrationAccount
            | Method::GetIntegrationBySlug
            | Method::GetIntegrationConfig
            | Method::GetIntegrationId
            | Method::GetIntegrationMetadata
            | Method::GetPostOptions
            | Method::GetPreOptions
            | Method::GetSourcesForInput
            | Method::GetTriggers
            | Method::GetUser
            | Method::GetVersion
            | Method::LoadCustomDropdownOptions
            | Method::OauthCallback
            | Method::OauthErrorCallback
            | Method::OnClose
            | Method::OnOpen
            | Method::SendConnectRequest
            | Method::SetModalState
            | Method::StartOAuthFlow
            | Method::TriggerSDKEvent
            | Method::UninstallIntegration
            | Method::UpdateAuthenticatedUser
            | Method::UpdateConfiguration
            | Method::UpdateContainerStyle
            | Method::UpdateIntegrationUserSettings
            | Method::UpdateWorkflowState
            | Method::UpdateWorkflowUserSettings
    )
}

/// Methods whose answer is a promise, which settles itself.
fn settles_later(method: Method) -> bool {
    matches!(
        method,
        Method::CreateConfiguration
            | Method::DestroyConfiguration
            | Method::DisableWorkflow
            | Method::EnableWorkflow
            | Method::FetchBYOFieldMappingOptions
            | Method::GetCustomWebhookUserManualUrl
            | Method::GetDataSourceOptions
            | Method::GetFieldOptions
            | Method::GetIntegrationAccount
            | Method::GetTriggers
            | Method::LoadCustomDropdownOptions
            | Method::OauthCallback
            | Method::OauthErrorCallback
            | Method::SendConnectRequest
            | Method::UninstallIntegration
            | Method::UpdateConfiguration
            | Method::UpdateIntegrationUserSettings
            | Method::UpdateWorkflowState
            | Method::UpdateWorkflowUserSettings
    )
}

impl<V: Value> Core<V> {
    /// The frame's own window sent a message. `method` is what it calls, if there is such a method; the answer settles
    /// `call`. Only the portal's own origin is answered: a page that the frame was led to elsewhere is not.
    pub fn frame_message(&mut self, call: Id, method: Option<Method>, origin: V, data: V) {
        let from_portal = self.service(N::CONNECT_PUBLIC_URL).url(UrlPart::Origin).same(origin);
        if !from_portal || !data.get(N::messageType).is(N::SDK_FUNCTION_INVOCATION) || !data.get(N::id).present() {
            return self.effect(Effect::Drop { call });
        }
        // It may speak before its pictures have come.
        if !self.portal.loaded {
            self.portal_loaded();
        }
        let Some(method) = method.filter(|method| is_for_the_page(*method)) else {
            let failure = Failure::new(Fault::FRAME_CALL_REFUSED, [data.get(N::r#type), V::undefined()]);
            return self.settle(call, Err(failure));
        };
        self.for_portal = true;
        let outcome = self.call(method, call, data.get(N::parameters));
        self.for_portal = false;
        match outcome {
            Ok(_) if settles_later(method) => {}
            outcome => self.settle(call, outcome),
        }
    }

    /// `sendConnectRequest(path, {method, body, baseURLOverride, skipDefaultCredentialIdHeader}, prefixWithProjectPath)`:
    /// any call of the platform's services, and of nobody else's.
    pub(super) fn send_connect_request(&mut self, call: Id, path: V, init: V, prefix: V) -> Outcome<V> {
        self.user()?;
        let wanted = init.get(N::baseURLOverride);
        let origin = wanted.url(UrlPart::Origin);
        let base = if wanted.present() { wanted.text(Text::Unslashed) } else { self.service(N::ZEUS_PUBLIC_URL) };
        let path =
            if prefix.present() && !prefix.truthy() { path } else { self.project_path(N::P_ANY, path, V::undefined()) };
        let url = V::fill(N::T_JOIN, [base, path, V::undefined()]);
        // What stands before the path may be made part of another host by it.
        let reached = url.url(UrlPart::Origin);
        if !path.is_text() || !self.is_service_origin(reached) || wanted.present() && !origin.same(reached) {
            return Err(Failure::argument(N::sendConnectRequest, N::path));
        }
        let headers = self.headers(self.remembered(N::token));
        let credential = self.credential_id(self.portal_name(), V::undefined())?;
        if credential.present() && !init.get(N::skipDefaultCredentialIdHeader).truthy() {
            headers.set(N::H_CREDENTIAL, credential);
        }
        let mut request = request(N::GET, url, headers, init.get(N::body));
        request.method = init.get(N::method).or(request.method);
        let then = Then::Api(self.session, |core, kept, outcome| core.settle(kept.id, outcome));
        self.exchange(request, call, V::undefined(), then);
        Ok(V::undefined())
    }

    /// `_oauthCallback({integrationId, payload}, credentialId, {installOptions})`: saves an account, or completes the
    /// setup of the one that is named. What fails is for the app's `onError` and the portal; the answer is empty then.
    pub(super) fn oauth_callback(&mut self, call: Id, response: V, credential: V, options: V) -> Outcome<V> {
        self.user()?;
        let integration_id = response.get(N::integrationId);
        let name = self.name_of_id(integration_id);
        self.integration(name)?;
        let body = V::object();
        body.set(N::integrationId, integration_id);
        body.set(N::config, V::object());
        body.set(N::payload, response.get(N::payload));
        body.set(N::installOptions, options.get(N::installOptions).or(V::object()));
        let part = credential.text(Text::Encode);
        let path =
            self.project_path(if part.present() { N::P_COMPLETE } else { N::P_CREDENTIALS }, part, V::undefined());
        let api = Api::new(N::POST, path).body(body).credential(credential);
        self.api(api, call, name, |core, kept, outcome| {
            let Kept { id: call, value: name } = kept;
            let answer = match outcome {
                Ok(credential) if credential.get(N::id).has_text() => {
                    core.store_credential(name, credential);
                    if credential.get(N::status).is(N::VALID) {
                        core.installed(name, credential, false)
                    } else {
                        core.whole_install_event(name, credential)
                    }
                }
                outcome => {
                    core.install_failed(name, outcome.err().unwrap_or_else(|| core.invalid_answer()));
                    V::undefined()
                }
            };
            core.settle(call, Ok(answer));
        });
        Ok(V::undefined())
    }

    /// `_oauthErrorCallback(error)`: connecting failed in the portal.
    pub(super) fn oauth_error_callback(&mut self, call: Id, error: V) -> Outcome<V> {
        let data = V::object();
        data.set(N::error, error);
        self.install_failed(self.portal_name(), denied(data));
        self.settle(call, Ok(V::undefined()));
        Ok(V::undefined())
    }

    /// `updateAuthenticatedUser(state)`: what the page has changed of the user; who it is stays.
    pub(super) fn update_user(&mut self, state: V) -> Outcome<V> {
        let user = self.user()?;
        let next = user.merged(state);
        next.set(N::project, self.remembered(N::project));
        self.remember_user(next, user.get(N::userId));
        Ok(V::undefined())
    }
}
