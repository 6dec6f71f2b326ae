//! Flows that take up an account that is there, and flows that are left before their end.

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{SLACK, credential, integration, state, uuid};

fn callbacks() -> Json {
    json!({"onNext": "<onNext>", "onComplete": "<onComplete>", "onError": "<onError>", "onCancel": "<onCancel>"})
}

fn asking() -> Json {
    integration("slack", json!({"postOauthInputs": [{"id": "LIST", "type": "DYNAMIC_ENUM", "title": "List"}]}))
}

fn driver(credentials: &[Json]) -> Driver {
    Driver::authenticated(json!([asking()]), json!({"slack": state(credentials)}))
}

#[test]
fn an_account_whose_setup_waits_is_asked_only_what_is_missing() {
    let mut driver = driver(&[credential(1, "PENDING")]);
    driver.ok(Method::FlowResume, json!(["slack", callbacks()]));
    assert_eq!(driver.told(), ["onNext postOptions"]);
    assert!(driver.popups.is_empty() && driver.requests.is_empty());
    let call = driver.call(Method::FlowSetPostOptions, json!([{"LIST": "7"}]));
    let path = format!("POST /projects/.../sdk/credentials/{}/complete-setup", uuid(1));
    let sent = driver.answer(&path, 200, credential(1, "VALID"));
    assert_eq!(sent.body["integrationId"], SLACK);
    assert_eq!(sent.body["payload"], json!({"LIST": "7", "skipPostOAuthInputs": false}));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_eq!(driver.told(), ["onComplete"]);
    assert_eq!(driver.events[0].0, "onIntegrationInstall");
    assert_eq!(driver.user()["integrations"]["slack"]["enabled"], true);
    assert_eq!(driver.core.awaited(), 0);
}

#[test]
fn answers_that_are_refused_can_be_corrected_and_the_named_account_is_taken() {
    let mut driver = driver(&[credential(1, "VALID"), credential(2, "PENDING"), credential(3, "PENDING")]);
    let mut options = callbacks();
    options["selectedCredentialId"] = json!(uuid(3));
    driver.ok(Method::FlowResume, json!(["slack", options]));
    driver.call(Method::FlowSetPostOptions, json!([{"LIST": "none"}]));
    let path = format!("POST /projects/.../sdk/credentials/{}/complete-setup", uuid(3));
    driver.answer(&path, 400, json!({"message": "no such list"}));
    driver.call(Method::FlowSetPostOptions, json!([{"LIST": "7"}]));
    driver.answer(&path, 200, credential(3, "VALID"));
    assert_eq!(driver.told(), ["onNext postOptions", "onError ApiError postOptions", "onComplete"]);
}

#[test]
fn cancelling_what_was_taken_up_removes_it() {
    let mut driver = driver(&[credential(1, "PENDING")]);
    driver.ok(Method::FlowResume, json!(["slack", callbacks()]));
    driver.call(Method::FlowCancel, json!([]));
    let sent = driver.answer(&format!("DELETE /projects/.../sdk/integrations/{SLACK}"), 200, json!(null));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(1));
    assert_eq!(driver.told(), ["onNext postOptions", "onCancel"]);
    assert_eq!(driver.user()["integrations"]["slack"]["allCredentials"], json!([]));
}

#[test]
fn without_such_an_account_nothing_begins() {
    for (credentials, options, code) in [
        (vec![credential(1, "VALID")], json!({}), "NOTHING_PENDING"),
        (vec![credential(1, "PENDING")], json!({"selectedCredentialId": uuid(9)}), "CREDENTIAL_UNKNOWN"),
        (
            vec![credential(1, "PENDING"), credential(2, "VALID")],
            json!({"selectedCredentialId": uuid(2)}),
            "NOTHING_PENDING",
        ),
    ] {
        let mut driver = driver(&credentials);
        let before = driver.user();
        assert_eq!(driver.now(Method::FlowResume, json!(["slack", options])).unwrap_err()["code"], code);
        let mut told = callbacks();
        told["selectedCredentialId"] = options["selectedCredentialId"].clone();
        driver.ok(Method::FlowResume, json!(["slack", told]));
        assert_eq!((&driver.seen[0].1[0]["code"], &driver.seen[0].1[1]), (&json!(code), &json!(null)));
        assert_eq!((driver.user(), driver.core.awaited()), (before, 0));
    }
    let mut driver = driver(&[credential(1, "PENDING")]);
    driver.ok(Method::SetHeadless, json!([false]));
    let refused = driver.now(Method::FlowResume, json!(["slack"])).unwrap_err();
    assert_eq!(refused["code"], "HEADLESS_MODE_NOT_ENABLED");
}

#[test]
fn an_account_is_connected_again_by_its_id_alone() {
    let plain = integration("slack", json!({}));
    let mut driver = Driver::authenticated(json!([plain]), json!({"slack": state(&[credential(1, "INVALID")])}));
    driver.ok(Method::FlowReconnect, json!([uuid(1), callbacks()]));
    assert_eq!(driver.told(), ["onNext oauth"]);
    let sent =
        driver.answer("GET /v2/projects/.../sdk/actions/build-oauth", 200, json!({"redirectUrl": "https://x.y"}));
    assert!(sent.url.contains(&format!("selectedCredentialId%22%3A%22{}", uuid(1))), "{}", sent.url);
    let passport = "https://passport.paragon.example";
    let renewed = credential(1, "VALID");
    driver.message(passport, json!({"type": "oauth_success_callback", "credential": renewed}));
    assert_eq!(driver.told(), ["onComplete"]);
    assert_eq!(driver.user()["integrations"]["slack"]["sharedSettings"], json!({"color": 1}));

    driver.ok(Method::FlowReconnect, json!([uuid(9), callbacks()]));
    assert_eq!(driver.seen[0].1[0]["code"], "CREDENTIAL_UNKNOWN");
    driver.told();
    assert_eq!(driver.now(Method::FlowReconnect, json!([])).unwrap_err()["code"], "CREDENTIAL_UNKNOWN");
}

#[test]
fn whoever_leaves_a_flow_it_is_told_once() {
    let leave: [fn(&mut Driver); 4] = [
        |driver| {
            driver.ok(Method::FlowStart, json!(["slack"]));
        },
        |driver| {
            driver.ok(Method::Logout, json!([]));
        },
        |driver| {
            driver.ok(Method::ConfigureGlobal, json!([{"host": "other.example"}]));
        },
        |driver| {
            driver.call(Method::FlowCancel, json!([]));
        },
    ];
    for act in leave {
        let mut driver = Driver::authenticated(json!([asking()]), json!({}));
        driver.ok(Method::FlowStart, json!(["slack", callbacks()]));
        act(&mut driver);
        driver.call(Method::FlowCancel, json!([]));
        assert_eq!(driver.told(), ["onNext oauth", "onCancel"]);
    }
}
