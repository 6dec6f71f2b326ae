//! Accounts that arrive, change and go.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::Driver;
use crate::project::{SLACK, credential, slack, state, uuid};

#[test]
fn uninstalling_the_last_account_leaves_an_empty_state() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID")])}));
    let call = driver.call(Method::UninstallIntegration, json!(["slack"]));
    let sent = driver.answer(&format!("DELETE /projects/.../sdk/integrations/{SLACK}"), 200, json!(null));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(1));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    let empty = json!({"enabled": false, "workflowSettings": {}, "allCredentials": [], "allConfigurations": []});
    assert_eq!(driver.user()["integrations"]["slack"], empty);
    let event = json!({"integrationId": SLACK, "integrationType": "slack"});
    assert_eq!(driver.events, [("onIntegrationUninstall".to_owned(), event)]);
}

#[test]
fn uninstalling_the_current_account_makes_the_next_one_current() {
    let accounts = [credential(1, "VALID"), credential(2, "VALID")];
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&accounts)}));
    driver.call(Method::UninstallIntegration, json!(["slack", {"selectedCredentialId": uuid(1)}]));
    driver.answer("DELETE", 200, json!(null));
    let slack = driver.user()["integrations"]["slack"].clone();
    assert_eq!((&slack["credentialId"], &slack["enabled"]), (&json!(uuid(2)), &json!(true)));
    assert_eq!(slack["sharedSettings"], json!({"color": 2}));
    assert_eq!(slack["credentialConfigId"], uuid(102));
}

#[test]
fn uninstalling_another_account_leaves_the_current_one() {
    let accounts = [credential(1, "VALID"), credential(2, "VALID")];
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&accounts)}));
    driver.call(Method::UninstallIntegration, json!(["slack", {"selectedCredentialId": uuid(2)}]));
    driver.answer("DELETE", 200, json!(null));
    let slack = driver.user()["integrations"]["slack"].clone();
    assert_eq!(slack["credentialId"], uuid(1));
    assert_eq!(slack["allCredentials"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_failed_uninstall_changes_nothing() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID")])}));
    let before = driver.user();
    let call = driver.call(Method::UninstallIntegration, json!(["slack"]));
    driver.answer("DELETE", 503, json!({"message": "later"}));
    assert_eq!(driver.error(call)["retryable"], true);
    assert_eq!(driver.user(), before);
    assert!(driver.events.is_empty());
}

#[test]
fn accounts_are_found_by_id_and_by_external_id() {
    let mut named = credential(2, "VALID");
    named["externalId"] = json!("team-b");
    let states = json!({"slack": state(&[credential(1, "VALID"), named])});
    for (selected, expected) in
        [(uuid(2), 2), (" team-b ".into(), 2), ("ext:team-b".into(), 2), (uuid(1), 1), ("  ".into(), 1)]
    {
        let mut driver = Driver::authenticated(json!([slack()]), states.clone());
        driver.call(Method::UninstallIntegration, json!(["slack", {"selectedCredentialId": selected}]));
        let sent = driver.answer("DELETE", 200, json!(null));
        assert_eq!(sent.headers["X-Paragon-Credential"], uuid(expected));
    }
    let mut driver = Driver::authenticated(json!([slack()]), states);
    let call = driver.call(Method::UninstallIntegration, json!(["slack", {"selectedCredentialId": uuid(9)}]));
    assert_eq!(driver.error(call)["name"], "CredentialNotFoundError");
}

#[test]
fn uninstalling_what_is_not_there_says_so() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({}));
    let call = driver.call(Method::UninstallIntegration, json!(["slack"]));
    assert_eq!(driver.error(call)["name"], "IntegrationNotInstalledError");
    assert_eq!(driver.error(call)["meta"], json!({"integrationName": "slack"}));
}

#[test]
fn integrations_are_known_set_up_and_active_or_each_says_what_is_missing() {
    let mut bare = slack();
    bare["type"] = json!("jira");
    bare["configs"] = json!([]);
    let mut off = slack();
    off["type"] = json!("hubspot");
    off["isActive"] = json!(false);
    let mut custom = slack();
    custom["type"] = json!("custom");
    custom["name"] = json!("My App 2");
    custom["customIntegration"] = json!({"name": "My App 2", "icon": "https://cdn.example/me.svg?x=1"});
    let mut named = custom.clone();
    named["customIntegration"]["slug"] = json!("custom.given");
    let mut driver = Driver::authenticated(json!([slack(), bare, off, custom, named]), json!({}));
    for (name, code) in
        [("nope", "INTEGRATION_UNKNOWN"), ("jira", "INTEGRATION_NOT_SET_UP"), ("hubspot", "INTEGRATION_NOT_ACTIVE")]
    {
        let error = driver.now(Method::GetIntegrationMetadata, json!([name])).expect_err(name);
        assert_eq!(error["code"], code);
        assert_eq!(error["meta"], json!({"integrationName": name}));
    }
    // What is not active yet can be read about, but not used.
    driver.ok(Method::GetIntegrationConfig, json!(["hubspot"]));
    let all = driver.ok(Method::GetIntegrationMetadata, json!([]));
    assert_eq!(all.as_array().map(Vec::len), Some(3), "{all}");
    assert_eq!(all[0]["icon"], "https://dashboard.paragon.example/integrations/slack.svg");
    assert_eq!((&all[1]["type"], &all[1]["icon"]), (&json!("custom.myapp2"), &json!("https://cdn.example/me.svg")));
    assert_eq!(all[2]["type"], "custom.given");
    assert_eq!(driver.ok(Method::GetIntegrationMetadata, json!(["slack"])), all[0]);
}

#[test]
fn the_config_lists_workflows_and_hides_those_that_are_not_allowed() {
    let mut project = slack();
    project["configs"] = json!([{"values": {
        "description": "short", "overview": "long", "sharedMeta": {"inputs": [{"id": "i", "type": "ENUM"}]},
        "workflowMeta": {
            "w1": {"id": "w1", "description": "meta's", "infoText": "info", "inputs": [], "order": 2},
            "w2": {"id": "w2", "hidden": true, "inputs": []},
            "w3": {"id": "w3", "inputs": [], "permissions": {"type": "JOIN"}},
            "w4": {"id": "w4", "inputs": []},
        },
    }}]);
    project["workflows"] = json!([{"id": "w1", "description": "workflow's"}, {"id": "w2", "description": "two"}]);
    project["noPermissionWorkflows"] = json!(["w3"]);
    let mut driver = Driver::authenticated(json!([project]), json!({}));
    let config = driver.ok(Method::GetIntegrationConfig, json!(["slack"]));
    assert_eq!(
        config,
        json!({
            "shortDescription": "short", "longDescription": "long",
            "availableUserSettings": [{"id": "i", "type": "ENUM"}],
            "availableWorkflows": [{"id": "w1", "description": "workflow's", "infoText": "info", "inputs": [], "order": 2}],
            "hiddenWorkflows": [
                {"id": "w2", "description": "two", "hidden": true, "inputs": []},
                {"id": "w3", "inputs": [], "permissions": {"type": "JOIN"}},
            ],
        })
    );
}
