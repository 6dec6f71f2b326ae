//! Settings, configurations and workflows of a connected account.

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{SLACK, credential, slack, state, uuid};

const W: &str = "44444444-4444-4444-8444-000000000001";

/// Slack with one workflow, and an account that has a second configuration, named `team`.
fn driver() -> Driver {
    let mut project = slack();
    project["workflows"] = json!([{"id": W, "description": "Post"}, {"id": "w2", "customWebhookTriggerId": "t1"}]);
    let mut account = credential(1, "VALID");
    let team = json!({
        "id": uuid(200), "connectCredentialId": uuid(1), "isDefault": false, "externalId": "team",
        "workflowSettings": {W: {"enabled": true, "settings": {"a": 1}}}, "sharedSettings": {}, "configMeta": {},
    });
    account["configurations"].as_array_mut().expect("an account has configurations").push(team);
    Driver::authenticated(json!([project]), json!({"slack": state(&[account])}))
}

/// The account as the platform answers it, with one field of its first configuration changed.
fn account_with(driver: &mut Driver, key: &str, value: Json) -> Json {
    let mut account = driver.user()["integrations"]["slack"]["allCredentials"][0].clone();
    account["configurations"][0][key] = value;
    account
}

#[test]
fn integration_settings_are_merged_and_saved_for_the_configuration() {
    let mut driver = driver();
    let call = driver.call(Method::UpdateIntegrationUserSettings, json!(["slack", {"channel": "C1"}]));
    let mut account = account_with(&mut driver, "sharedSettings", json!({"color": 1, "channel": "C1"}));
    account["errors"] = json!(["too loud"]);
    let sent = driver.answer(&format!("PATCH /projects/.../sdk/credentials/{}", uuid(1)), 200, account);
    assert_eq!(sent.body, json!({"config": {"sharedSettings": {"color": 1, "channel": "C1"}}}));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(1));
    assert_eq!(sent.headers["X-Paragon-Configuration-Id"], uuid(101));
    let result = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    assert_eq!(result["errors"], json!(["too loud"]));
    assert_eq!(result["userState"], driver.user());
    let slack = &result["userState"]["integrations"]["slack"];
    assert_eq!(slack["sharedSettings"], json!({"color": 1, "channel": "C1"}));
    assert_eq!(slack["allCredentials"][0].get("errors"), None);
}

#[test]
fn workflow_settings_keep_what_is_not_named_and_whether_it_is_on() {
    let mut driver = driver();
    let options = json!({"selectedConfigurationId": "ext:team"});
    driver.call(Method::UpdateWorkflowUserSettings, json!(["slack", W, {"b": 2}, options]));
    let sent = driver.answer("PATCH", 200, json!({}));
    let expected = json!({"config": {"workflowSettings": {W: {"enabled": true, "settings": {"a": 1, "b": 2}}}}});
    assert_eq!(sent.body, expected);
    assert_eq!(sent.headers["X-Paragon-Configuration-Id"], uuid(200));
    driver.call(Method::UpdateWorkflowUserSettings, json!(["slack", "w2", {"c": 3}, options]));
    let both = json!({W: {"enabled": true, "settings": {"a": 1}}, "w2": {"enabled": false, "settings": {"c": 3}}});
    assert_eq!(driver.answer("PATCH", 200, json!({})).body, json!({"config": {"workflowSettings": both}}));
    let call = driver.call(Method::UpdateWorkflowUserSettings, json!(["slack", "nope", {}]));
    assert_eq!(driver.error(call)["code"], "WORKFLOW_UNKNOWN");
}

#[test]
fn a_workflow_is_switched_on_and_off_once() {
    let mut driver = driver();
    let call = driver.call(Method::EnableWorkflow, json!([W]));
    let sent = driver.answer(&format!("POST /projects/.../sdk/workflows/{W}"), 200, json!(null));
    assert_eq!(sent.headers["X-Paragon-Configuration-Id"], uuid(101));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    let settings = driver.user()["integrations"]["slack"]["workflowSettings"].clone();
    assert_eq!(settings, json!({W: {"settings": {}, "enabled": true}}));
    let again = driver.call(Method::EnableWorkflow, json!([W]));
    assert_eq!(driver.error(again)["code"], "WORKFLOW_ALREADY");
    driver.call(Method::DisableWorkflow, json!([W]));
    driver.answer(&format!("DELETE /projects/.../sdk/workflows/{W}"), 200, json!(null));
    let again = driver.call(Method::DisableWorkflow, json!([W]));
    assert_eq!(driver.error(again)["code"], "WORKFLOW_ALREADY");
    let unknown = driver.call(Method::EnableWorkflow, json!(["nope"]));
    assert_eq!(driver.error(unknown)["code"], "WORKFLOW_UNKNOWN");
    assert!(driver.requests.is_empty());
}

#[test]
fn a_workflow_of_an_account_that_does_not_work_can_only_be_switched_off() {
    let mut project = slack();
    project["workflows"] = json!([{"id": W}, {"id": "w2"}]);
    let mut account = credential(1, "INVALID");
    account["configurations"][0]["workflowSettings"] = json!({W: {"enabled": true, "settings": {"a": 1}}});
    let mut driver = Driver::authenticated(json!([project]), json!({"slack": state(&[account])}));
    let call = driver.call(Method::EnableWorkflow, json!(["w2"]));
    assert_eq!(driver.error(call)["code"], "INTEGRATION_NOT_INSTALLED");
    let call = driver.call(Method::UpdateWorkflowState, json!([{W: false, "w2": true}]));
    driver.answer(&format!("DELETE /projects/.../sdk/workflows/{W}"), 200, json!(null));
    let result = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    assert_eq!(result["errors"][0]["workflowId"], "w2");
    let settings = driver.user()["integrations"]["slack"]["workflowSettings"].clone();
    assert_eq!(settings, json!({W: {"settings": {"a": 1}, "enabled": false}}));
}

#[test]
fn several_workflows_are_switched_and_what_fails_is_collected() {
    let mut driver = driver();
    let call = driver.call(Method::UpdateWorkflowState, json!([{"nope": true, W: true, "w2": true}]));
    driver.answer(&format!("POST /projects/.../sdk/workflows/{W}"), 200, json!(null));
    driver.answer("POST /projects/.../sdk/workflows/w2", 500, json!({"message": "broken"}));
    let result = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    let failed: Vec<_> = result["errors"].as_array().expect("a list").iter().map(|one| &one["workflowId"]).collect();
    assert_eq!(failed, ["nope", "w2"]);
    assert_eq!(result["user"], driver.user());
    assert_eq!(result["user"]["integrations"]["slack"]["workflowSettings"][W]["enabled"], true);
}

#[test]
fn configurations_come_change_and_go() {
    let mut driver = driver();
    let call = driver.call(Method::CreateConfiguration, json!([{"credentialId": uuid(1), "externalId": "new"}]));
    let mut account = account_with(&mut driver, "configMeta", json!({}));
    let new = json!({"id": uuid(300), "connectCredentialId": uuid(1), "externalId": "new", "isDefault": false});
    account["configurations"].as_array_mut().expect("an account has configurations").push(new.clone());
    let path = format!("/projects/.../sdk/credentials/{}/configurations", uuid(1));
    let sent = driver.answer(&format!("POST {path}"), 200, account.clone());
    assert_eq!(sent.body, json!({"externalId": "new"}));
    assert_eq!(driver.outcome(call), Some(&Ok(new)));
    assert_eq!(driver.user()["integrations"]["slack"]["allConfigurations"].as_array().map(Vec::len), Some(3));

    let options = json!({"id": uuid(300), "credentialId": uuid(1), "meta": {"a": 1}});
    let call = driver.call(Method::UpdateConfiguration, json!([options]));
    account["configurations"][2]["configMeta"] = json!({"a": 1});
    let sent = driver.answer(&format!("PATCH {path}"), 200, account);
    assert_eq!(sent.headers["X-Paragon-Configuration-Id"], uuid(300));
    let updated = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    assert_eq!(updated["configMeta"], json!({"a": 1}));

    let call = driver.call(Method::DestroyConfiguration, json!([{"id": uuid(300), "credentialId": uuid(1)}]));
    driver.answer(&format!("DELETE {path}"), 200, json!(null));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_eq!(driver.user()["integrations"]["slack"]["allConfigurations"].as_array().map(Vec::len), Some(2));
    let again = driver.call(Method::DestroyConfiguration, json!([{"id": uuid(300), "credentialId": uuid(1)}]));
    assert_eq!(driver.error(again)["code"], "CONFIGURATION_UNKNOWN");
    let nobody = driver.call(Method::CreateConfiguration, json!([{"credentialId": uuid(9)}]));
    assert_eq!(driver.error(nobody)["code"], "CREDENTIAL_UNKNOWN");
}

#[test]
fn a_workflow_is_started_by_a_request() {
    let mut driver = driver();
    let options = json!({"body": {"a": 1}, "query": {"b": "c d"}, "selectedConfigurationId": "ext:team"});
    let call = driver.call(Method::Workflow, json!([W, options]));
    let sent = driver.answer(&format!("POST /projects/.../sdk/triggers/{W}?b=c%20d"), 200, json!({"ok": true}));
    assert!(sent.url.starts_with("https://hermes.paragon.example/"));
    assert_eq!((sent.body, &sent.headers["X-Paragon-Configuration-Id"]), (json!({"a": 1}), &json!(uuid(200))));
    assert_eq!(driver.outcome(call), Some(&Ok(json!({"ok": true}))));
    let call = driver.call(Method::GetCustomWebhookUserManualUrl, json!(["w2"]));
    let url = driver.outcome(call).cloned().expect("it settles").expect("it resolves");
    let path = format!("/triggers/connect/{}/{SLACK}/custom-triggers/t1?id={}", crate::driver::PROJECT, uuid(1));
    assert_eq!(url, format!("https://hermes.paragon.example{path}"));
    let call = driver.call(Method::GetCustomWebhookUserManualUrl, json!([W]));
    assert_eq!(driver.error(call)["code"], "WORKFLOW_WITHOUT_WEBHOOK");
}

#[test]
fn accounts_are_read_and_made_in_the_rarer_ways() {
    let mut driver = driver();
    let call = driver.call(Method::GetIntegrationAccount, json!(["slack", {"includeAccountAuth": true}]));
    driver.answer(
        "GET /projects/.../sdk/credentials?integration=slack&includeAccountAuth=true",
        200,
        json!({"id": "i"}),
    );
    assert_eq!(driver.outcome(call), Some(&Ok(json!({"id": "i"}))));

    let call = driver.call(Method::GetTriggers, json!(["slack"]));
    let sent = driver.answer("GET /projects/.../triggers?integrations=slack", 200, json!({"triggers": {}}));
    assert!(sent.url.starts_with("https://actionkit.paragon.example/"));
    assert_eq!(driver.outcome(call), Some(&Ok(json!({"triggers": {}}))));

    let call = driver.call(Method::CompleteInstall, json!(["slack", {"authorizationCode": "c", "redirectUrl": "r"}]));
    let sent = driver.answer("POST /projects/.../sdk/credentials", 200, credential(2, "VALID"));
    let body = json!({"code": "c", "integrationId": SLACK, "redirectUrl": "r", "integrationOptions": {}});
    assert_eq!(sent.body, body);
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_eq!(driver.events.len(), 1);
    let call = driver.call(Method::CompleteInstall, json!(["slack", {}]));
    assert_eq!(driver.error(call)["code"], "ARGUMENT_INVALID");
    let call = driver.call(Method::ConnectAction, json!(["nope", {}]));
    assert_eq!(driver.error(call)["code"], "RESOURCE_UNKNOWN");
    assert_eq!(driver.ok(Method::GetIntegrationId, json!(["slack"])), SLACK);
    assert_eq!(driver.ok(Method::GetAssetUrl, json!(["x"])), "https://dashboard.paragon.example/images/x.png");
}
