//! Logging in and out, metadata, and answers that come too late.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::{Driver, PROJECT, me, token};
use crate::project::{SLACK, credential, slack, state};

fn driver() -> Driver {
    let mut driver = Driver::new();
    driver.ok(Method::ConfigureGlobal, json!([{"host": "https://paragon.example"}]));
    driver
}

#[test]
fn two_reads_at_the_same_time_make_the_user() {
    let mut driver = driver();
    let call = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60)]));
    assert_eq!(driver.requests.len(), 2);
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([slack()]));
    assert_eq!(driver.user(), json!({"authenticated": false}), "half an answer is nothing");
    let account = credential(1, "VALID");
    let sent =
        driver.answer("GET /projects/.../sdk/me", 200, me(json!({"slack": state(std::slice::from_ref(&account))})));
    assert_eq!(sent.headers["Authorization"], format!("Bearer {}", token("ada", 60)));
    assert_eq!(sent.headers["Accept"], "application/json");
    assert_eq!(sent.headers["Content-Type"], "application/json");
    assert_eq!(sent.headers["X-Paragon-SDK-Version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    let user = driver.user();
    assert_eq!(user["userId"], "ada");
    assert_eq!(user["integrations"]["slack"]["allConfigurations"], account["configurations"]);
    assert_eq!(user.get("token"), None);
    assert_eq!(driver.core.awaited(), 0);
}

#[test]
fn a_failure_logs_out_and_rejects_whichever_read_it_is() {
    for (failing, other) in [("me", "integrations"), ("integrations", "me")] {
        let mut driver = Driver::authenticated(json!([]), json!({}));
        let call = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60)]));
        driver.answer(&format!("GET /projects/.../sdk/{failing}"), 500, json!({"message": "broken"}));
        let error = driver.error(call).clone();
        assert_eq!((&error["code"], &error["status"]), (&json!("API_ERROR"), &json!(500)));
        driver.answer(&format!("GET /projects/.../sdk/{other}"), 200, json!([]));
        assert_eq!(driver.user(), json!({"authenticated": false}));
    }
}

#[test]
fn answers_of_a_wrong_shape_are_refused() {
    for (me_answer, integrations) in [
        (json!([]), json!([])),
        (json!("text"), json!([])),
        (json!(null), json!([])),
        (json!({}), json!([])),
        (json!({"integrations": []}), json!([])),
        (me(json!({})), json!({})),
        (me(json!({})), json!(null)),
    ] {
        let mut driver = driver();
        let call = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60)]));
        driver.answer("GET /projects/.../sdk/me", 200, me_answer);
        driver.answer("GET /projects/.../sdk/integrations", 200, integrations);
        assert_eq!(driver.error(call)["code"], "ANSWER_INVALID");
        assert_eq!(driver.user(), json!({"authenticated": false}));
    }
}

#[test]
fn the_same_call_twice_is_one_login_and_another_replaces_it() {
    let mut driver = driver();
    let first = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60)]));
    let second = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60)]));
    assert_eq!(driver.requests.len(), 2);
    let other = driver.call(Method::Authenticate, json!([PROJECT, token("grace", 60)]));
    for call in [first, second] {
        assert_eq!(driver.error(call)["code"], "SESSION_REPLACED");
    }
    for _ in 0..2 {
        driver.answer("GET /projects/.../sdk/me", 200, me(json!({})));
        driver.answer("GET /projects/.../sdk/integrations", 200, json!([]));
    }
    assert_eq!(driver.outcome(other), Some(&Ok(json!(null))));
    assert_eq!(driver.user()["userId"], "grace");
}

#[test]
fn a_late_answer_of_one_user_never_lands_in_the_state_of_another() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID")])}));
    let call = driver.call(Method::UninstallIntegration, json!(["slack"]));
    driver.ok(Method::Logout, json!([]));
    driver.call(Method::Authenticate, json!([PROJECT, token("grace", 60)]));
    driver.answer("GET /projects/.../sdk/me", 200, me(json!({"slack": state(&[credential(2, "VALID")])})));
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([slack()]));
    driver.answer(&format!("DELETE /projects/.../sdk/integrations/{SLACK}"), 200, json!(null));
    assert_eq!(driver.error(call)["code"], "SESSION_REPLACED");
    assert_eq!(driver.user()["integrations"]["slack"]["enabled"], true);
    assert!(driver.events.is_empty());
}

#[test]
fn a_refused_token_ends_the_session_but_a_refused_call_does_not() {
    for (status, body, ends) in [
        (401, json!({"message": "token expired"}), true),
        (403, json!({"message": "no", "code": 1000}), true),
        (403, json!({"message": "no", "code": 7210}), false),
        (403, json!({"message": "no", "code": "7003"}), false),
        (401, json!({"message": "no", "meta": {"isIntegrationError": true}}), false),
        (500, json!({"message": "no"}), false),
    ] {
        let mut driver = Driver::authenticated(json!([]), json!({}));
        let call = driver.call(Method::SetUserMetadata, json!([{"plan": "gold"}]));
        driver.answer("PATCH /projects/.../sdk/me", status, body.clone());
        let expected = if ends { "SESSION_REJECTED" } else { "API_ERROR" };
        assert_eq!(driver.error(call)["code"], expected, "{status} {body}");
        assert_eq!(driver.user()["authenticated"], !ends);
    }
}

#[test]
fn a_call_that_the_browser_does_not_send_says_so() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    let call = driver.call(Method::SetUserMetadata, json!([{"plan": "gold"}]));
    driver.answer("PATCH /projects/.../sdk/me", 1, json!({"message": "Headers are invalid"}));
    let error = driver.error(call);
    assert_eq!(
        (&error["code"], &error["cause"]["message"]),
        (&json!("REQUEST_INVALID"), &json!("Headers are invalid"))
    );
    assert_eq!(driver.user()["authenticated"], true);
}

#[test]
fn metadata_is_normalised_and_sent_only_if_it_changes_something() {
    let mut driver = driver();
    let options = json!({"metadata": {" eMail ": "a@b.example", "NAME": "Ada", " plan ": "gold"}});
    let call = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 60), options]));
    driver.answer("GET /projects/.../sdk/me", 200, me(json!({})));
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([]));
    assert_eq!(driver.outcome(call), None, "the metadata is still to be stored");
    let stored = json!({"Email": "a@b.example", "Name": "Ada", "plan": "gold"});
    let sent = driver.answer("PATCH /projects/.../sdk/me", 200, json!({}));
    assert_eq!(sent.body, json!({"meta": stored}));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_eq!(driver.user()["meta"], stored);

    let again = driver.call(Method::Authenticate, json!([PROJECT, token("ada", 61), options]));
    let mut known = me(json!({}));
    known["meta"] = stored;
    driver.answer("GET /projects/.../sdk/me", 200, known);
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([]));
    assert_eq!(driver.outcome(again), Some(&Ok(json!(null))));
    assert!(driver.requests.is_empty());
}

#[test]
fn new_metadata_reads_the_user_again() {
    let mut driver = Driver::authenticated(json!([]), json!({}));
    let call = driver.call(Method::SetUserMetadata, json!([{"plan": "gold"}]));
    driver.answer("PATCH /projects/.../sdk/me", 200, json!({}));
    assert_eq!(driver.outcome(call), None);
    let mut known = me(json!({"slack": state(&[credential(1, "VALID")])}));
    known["meta"] = json!({"plan": "gold"});
    driver.answer("GET /projects/.../sdk/me", 200, known);
    driver.answer("GET /projects/.../sdk/integrations", 200, json!([slack()]));
    let user = driver.user();
    assert_eq!(driver.outcome(call), Some(&Ok(user.clone())));
    assert_eq!(user["meta"], json!({"plan": "gold"}));
    assert_eq!(user["integrations"]["slack"]["enabled"], true);
}

#[test]
fn what_the_app_gets_is_a_copy() {
    let mut driver = Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID")])}));
    use paragon_connect::core::{names::Name, value::Value};
    let arguments = paragon_connect::host::fake::Fake::list();
    let user = driver.core.call(Method::GetUser, 0, arguments).unwrap_or_else(|_| panic!("getUser never fails"));
    let before = driver.user();
    let slack = user.get(Name::integrations).lookup("slack".into());
    slack.set(Name::enabled, "hacked".into());
    slack.get(Name::allCredentials).push("hacked".into());
    assert_eq!(driver.user(), before);
}

#[test]
fn calls_without_a_user_say_so() {
    let mut driver = driver();
    for (method, arguments) in [
        (Method::Request, json!(["slack", "/x"])),
        (Method::Event, json!(["e", {}])),
        (Method::SetUserMetadata, json!([{}])),
        (Method::UninstallIntegration, json!(["slack"])),
        (Method::GetFieldOptions, json!([{"integration": "slack", "action": "x"}])),
        (Method::GetIntegrationConfig, json!(["slack"])),
        (Method::GetAccountTypeOptions, json!(["slack"])),
        (Method::GetPreOptions, json!(["slack"])),
        (Method::GetPostOptions, json!(["slack"])),
        (Method::GetIntegrationMetadata, json!(["slack"])),
    ] {
        let call = driver.call(method, arguments);
        assert_eq!(driver.error(call)["name"], "UserNotAuthenticatedError", "{method:?}");
    }
    assert!(driver.requests.is_empty());
    assert_eq!(driver.ok(Method::GetIntegrationMetadata, json!([])), json!([]));
    assert_eq!(driver.user(), json!({"authenticated": false}));
}
