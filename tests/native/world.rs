//! A project and a user with something of everything, every call that asks the platform, and what a good answer to each is.

use paragon_connect::core::Id;
use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::{Driver, PROJECT, me, token};
use crate::project::{credential, integration, slack, state, uuid};

pub const ON: &str = "44444444-4444-4444-8444-000000000001";
pub const OFF: &str = "44444444-4444-4444-8444-000000000002";

/// What a call is made through, which decides how it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The platform's API: the promise rejects.
    Api,
    /// Through the platform to somebody else: the promise rejects with their refusal.
    Proxy,
    /// Several calls of the API, whose failures are collected.
    Collected,
    /// Signing in: a failure signs out.
    Login,
    /// An install flow: `onError` is told.
    Flow,
    /// `installIntegration()`: the promise rejects, and its callback hears of it.
    Install,
    /// The portal's page is told by the portal; its promise resolves to nothing.
    Portal,
}

/// A call, by a name for messages.
pub struct Call {
    pub name: &'static str,
    pub way: Way,
    pub method: Method,
    pub arguments: Json,
}

pub fn integrations() -> Json {
    let mut slack = slack();
    slack["workflows"] = json!([{"id": ON}, {"id": OFF, "customWebhookTriggerId": "t"}]);
    let keyed = json!({"authConfigInputs": [{"id": "KEY", "type": "PASSWORD"}]});
    let mut sendgrid = integration("sendgrid", keyed);
    sendgrid["authenticationType"] = json!("basic");
    sendgrid["id"] = json!(uuid(901));
    let mut jira = integration("jira", json!({"postOauthInputs": [{"id": "SITE", "type": "ENUM"}]}));
    jira["id"] = json!(uuid(902));
    let mut hubspot = integration("hubspot", json!({}));
    hubspot["id"] = json!(uuid(903));
    let mut drive = integration("googledrive", json!({}));
    drive["id"] = json!(uuid(904));
    json!([slack, sendgrid, jira, hubspot, drive])
}

pub fn account() -> Json {
    let mut account = credential(1, "VALID");
    account["configurations"][0]["workflowSettings"] = json!({ON: {"enabled": true, "settings": {"a": 1}}});
    let team = json!({
        "id": uuid(200), "connectCredentialId": uuid(1), "isDefault": false, "externalId": "team",
        "workflowSettings": {}, "sharedSettings": {}, "configMeta": {},
    });
    account["configurations"].as_array_mut().expect("an account has configurations").push(team);
    account
}

pub fn user() -> Json {
    let mut user = me(json!({
        "slack": state(&[account()]),
        "jira": state(&[credential(3, "PENDING")]),
        "googledrive": state(&[credential(4, "VALID")]),
    }));
    user["resources"] = json!([{"id": "r1", "slug": "db"}]);
    user
}

pub fn driver() -> Driver {
    let mut driver = Driver::new();
    driver.ok(Method::ConfigureGlobal, json!([{"host": "https://paragon.example"}]));
    driver.ok(Method::SetHeadless, json!([true]));
    driver.call(Method::Authenticate, json!([PROJECT, token("user-1", 3600)]));
    driver.answer("GET /projects/.../sdk/me", 200, user());
    driver.answer("GET /projects/.../sdk/integrations", 200, integrations());
    driver.settled.clear();
    driver
}

/// Every call of the app's, and of the portal's page, that asks anybody.
pub fn calls() -> Vec<Call> {
    use Method as M;
    let call = |name, way, method, arguments| Call { name, way, method, arguments };
    let told = json!({"onNext": "<onNext>", "onComplete": "<onComplete>", "onError": "<onError>"});
    let picker = json!([uuid(1), {}]);
    vec![
        call("authenticate", Way::Login, M::Authenticate, json!([PROJECT, token("user-1", 7200)])),
        call("setUserMetadata", Way::Api, M::SetUserMetadata, json!([{"plan": "gold"}])),
        call("request", Way::Proxy, M::Request, json!(["slack", "/x"])),
        call("request POST", Way::Proxy, M::Request, json!(["slack", "/x", {"method": "POST", "body": {"a": 1}}])),
        call("request text", Way::Proxy, M::Request, json!(["slack", "/x", {"responseType": "text"}])),
        call("event", Way::Api, M::Event, json!(["e", {}])),
        call("workflow", Way::Proxy, M::Workflow, json!([ON, {}])),
        call("enableWorkflow", Way::Api, M::EnableWorkflow, json!([OFF])),
        call("disableWorkflow", Way::Api, M::DisableWorkflow, json!([ON])),
        call("updateWorkflowState", Way::Collected, M::UpdateWorkflowState, json!([{ON: false, OFF: true}])),
        call("integration settings", Way::Api, M::UpdateIntegrationUserSettings, json!(["slack", {"c": 1}])),
        call("workflow settings", Way::Api, M::UpdateWorkflowUserSettings, json!(["slack", ON, {"c": 1}])),
        call("createConfiguration", Way::Api, M::CreateConfiguration, json!([{"credentialId": uuid(1)}])),
        call(
            "updateConfiguration",
            Way::Api,
            M::UpdateConfiguration,
            json!([{"credentialId": uuid(1), "id": uuid(200), "meta": {"a": 1}}]),
        ),
        call(
            "destroyConfiguration",
            Way::Api,
            M::DestroyConfiguration,
            json!([{"credentialId": uuid(1), "id": uuid(200)}]),
        ),
        call("uninstallIntegration", Way::Api, M::UninstallIntegration, json!(["slack"])),
        call("completeInstall", Way::Api, M::CompleteInstall, json!(["hubspot", {"authorizationCode": "c"}])),
        call("connectAction", Way::Api, M::ConnectAction, json!(["db", {"host": "h"}])),
        call("getFieldOptions", Way::Api, M::GetFieldOptions, json!([{"integration": "slack", "action": "channels"}])),
        call("getIntegrationAccount", Way::Api, M::GetIntegrationAccount, json!(["slack"])),
        call("getTriggers", Way::Api, M::GetTriggers, json!(["slack"])),
        call("sendConnectRequest", Way::Api, M::SendConnectRequest, json!(["/sdk/x", {}])),
        call("_oauthCallback", Way::Portal, M::OauthCallback, json!([{"integrationId": uuid(903), "payload": {}}])),
        call("installIntegration", Way::Install, M::InstallIntegration, json!(["hubspot", {"onError": "<onError>"}])),
        call("installFlow.start", Way::Flow, M::FlowStart, json!(["hubspot", told])),
        call("installFlow.start, inputs", Way::Flow, M::FlowStart, json!(["sendgrid", told])),
        call("installFlow.resume", Way::Flow, M::FlowResume, json!(["jira", told])),
        call("installFlow.reconnect", Way::Flow, M::FlowReconnect, json!([picker[0], told])),
    ]
}

/// Makes the call, and gives what a flow wants to be given before it asks anybody.
pub fn make(driver: &mut Driver, call: &Call) -> Id {
    let id = driver.call(call.method, call.arguments.clone());
    match call.name {
        "installFlow.start, inputs" => driver.call(Method::FlowSetPreOptions, json!([{"KEY": "k"}])),
        "installFlow.resume" => driver.call(Method::FlowSetPostOptions, json!([{"SITE": "s"}])),
        _ => id,
    }
}

/// A good answer to a request, by its line.
pub fn good(line: &str) -> Json {
    let mut renewed = account();
    renewed["configurations"][1]["configMeta"] = json!({"a": 1});
    if line.starts_with("POST") && line.ends_with("/configurations") {
        let added = json!({"id": uuid(201), "connectCredentialId": uuid(1), "isDefault": false});
        renewed["configurations"].as_array_mut().expect("an account has configurations").push(added);
    }
    match line {
        line if line.contains("/sdk/me") => user(),
        line if line.ends_with("/sdk/integrations") => integrations(),
        line if line.contains("build-oauth") => json!({"redirectUrl": "https://provider.example/authorize"}),
        line if line.contains("session-id") => json!({"connectCredentialId": uuid(5)}),
        line if line.contains("/sdk/credentials") && !line.contains("?integration=") => renewed,
        line if line.contains("/sdk/actions") => json!({"output": {"records": [{"label": "l", "value": "v"}]}}),
        line if line.contains("/sdk/resources/") => credential(6, "VALID"),
        line if line.contains("/sdk/proxy/") => json!({"output": {"ok": true}}),
        _ => json!({}),
    }
}
