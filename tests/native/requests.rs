//! `request()` and `event()`: what is sent, and what the answers mean.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::{Driver, PROJECT, me};
use crate::project::{credential, slack, state, uuid};

fn driver() -> Driver {
    Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID"), credential(2, "VALID")])}))
}

#[test]
fn a_request_goes_to_the_proxy_with_the_chosen_account() {
    let mut driver = driver();
    let options = json!({"method": "POST", "body": {"a": 1}, "headers": {"X-Mine": "1"}});
    let call = driver.call(Method::Request, json!(["slack", "/chat.postMessage", options]));
    let sent =
        driver.answer("POST /projects/.../sdk/proxy/slack/chat.postMessage", 200, json!({"output": {"ok": true}}));
    assert!(sent.url.starts_with("https://worker-proxy.paragon.example/"), "{}", sent.url);
    assert_eq!(sent.headers.get("X-Paragon-Credential"), None, "the platform knows the current account");
    assert_eq!(sent.headers["Content-Type"], "auto");
    assert_eq!((sent.body, sent.extra), (json!({"a": 1}), json!({"X-Mine": "1"})));
    assert_eq!(driver.outcome(call), Some(&Ok(json!({"ok": true}))));

    driver.call(Method::Request, json!(["slack", "https://slack.example/x", {"selectedCredentialId": uuid(2)}]));
    let sent = driver.answer("GET /projects/.../sdk/proxy/slack/https://slack.example/x", 200, json!({}));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(2));
}

#[test]
fn what_the_proxy_wrapped_is_unwrapped_and_a_raw_answer_is_left_alone() {
    let wrapped = json!({"output": {"output": 1}, "more": 2});
    for (headers, body, expected) in [
        (json!({}), wrapped.clone(), json!({"output": 1})),
        (json!({}), json!({"output": null}), json!(null)),
        (json!({}), json!({"other": 1}), json!({"other": 1})),
        (json!({}), json!("text"), json!("text")),
        (json!({"x-paragon-use-raw-response": "true"}), wrapped.clone(), wrapped),
    ] {
        let mut driver = driver();
        let call = driver.call(Method::Request, json!(["slack", "x", {"headers": headers}]));
        driver.answer("GET /projects/.../sdk/proxy/slack/x", 200, body);
        assert_eq!(driver.outcome(call), Some(&Ok(expected)));
    }
}

#[test]
fn the_reason_is_found_wherever_servers_write_it() {
    for (body, message) in [
        (json!({"message": "a"}), "a"),
        (json!({"error": "b"}), "b"),
        (json!({"error": {"message": "c"}}), "c"),
        (json!({"message": [{"children": [{"constraints": {"isUuid": "d"}}]}]}), "d"),
        (json!({"message": []}), "No reason was given."),
        (json!({"error": {"code": 1}}), "No reason was given."),
        (json!("<html>"), "No reason was given."),
        (json!(null), "No reason was given."),
    ] {
        let mut driver = driver();
        let call = driver.call(Method::Request, json!(["slack", "x"]));
        driver.answer("GET /projects/.../sdk/proxy/slack/x", 400, body.clone());
        assert_eq!(driver.error(call)["message"], message, "{body}");
    }
}

#[test]
fn the_providers_own_bytes_come_unwrapped() {
    for kind in ["text", "blob", "arrayBuffer", "stream", "response"] {
        let mut driver = driver();
        let call = driver.call(Method::Request, json!(["slack", "x", {"responseType": kind}]));
        let sent = driver.answer("GET /projects/.../sdk/proxy/slack/x", 200, json!({"output": "theirs"}));
        assert_eq!((&sent.headers["X-Paragon-Use-Raw-Response"], &sent.response_type), (&json!("1"), &json!(kind)));
        assert_eq!(driver.outcome(call), Some(&Ok(json!({"output": "theirs"}))));
    }
    let mut driver = driver();
    driver.call(Method::Request, json!(["slack", "x", {"responseType": "json"}]));
    let sent = driver.answer("GET /projects/.../sdk/proxy/slack/x", 200, json!({"output": {}}));
    assert_eq!(sent.headers.get("X-Paragon-Use-Raw-Response"), None);
    let call = driver.call(Method::Request, json!(["slack", "x", {"responseType": "xml"}]));
    assert_eq!(driver.error(call)["code"], "ARGUMENT_INVALID");
}

#[test]
fn identical_requests_each_get_their_own_answer() {
    let mut driver = driver();
    let calls: Vec<_> = (0..10).map(|_| driver.call(Method::Request, json!(["slack", "same"]))).collect();
    assert_eq!(driver.requests.len(), 10);
    for (index, call) in calls.into_iter().enumerate() {
        driver.answer("GET /projects/.../sdk/proxy/slack/same", 200, json!({"n": index}));
        assert_eq!(driver.outcome(call), Some(&Ok(json!({"n": index}))));
    }
}

#[test]
fn a_failure_carries_the_answer_without_its_headers() {
    let mut driver = driver();
    let call = driver.call(Method::Request, json!(["slack", "x"]));
    let body =
        json!({"message": "channel_not_found", "output": {"ok": false}, "headers": {"secret": 1}, "meta": {"a": "b"}});
    driver.answer("GET /projects/.../sdk/proxy/slack/x", 404, body);
    let error = driver.error(call);
    assert_eq!((&error["name"], &error["message"]), (&json!("ProxyRequestError"), &json!("channel_not_found")));
    assert_eq!((&error["status"], &error["retryable"]), (&json!(404), &json!(false)));
    let response = json!({"message": "channel_not_found", "output": {"ok": false}, "meta": {"a": "b"}});
    assert_eq!(error["response"], response);
}

#[test]
fn a_refusal_by_the_proxy_reads_the_user_again_and_keeps_the_session() {
    for status in [401, 403] {
        let mut driver = driver();
        let call = driver.call(Method::Request, json!(["slack", "x"]));
        driver.answer("GET /projects/.../sdk/proxy/slack/x", status, json!({"message": "no"}));
        assert_eq!(driver.outcome(call), None, "the app hears of it when the user is up to date");
        driver.answer("GET /projects/.../sdk/me", 200, me(json!({"slack": state(&[credential(1, "INVALID")])})));
        assert_eq!(driver.error(call)["code"], "PROXY_ERROR");
        let user = driver.user();
        assert_eq!(user["authenticated"], true);
        assert_eq!(user["integrations"]["slack"]["credentialStatus"], "INVALID");
    }
}

#[test]
fn no_answer_is_a_network_error_and_an_abort_stays_an_abort() {
    let mut driver = driver();
    let call = driver.call(Method::Request, json!(["slack", "x"]));
    driver.answer("GET /projects/.../sdk/proxy/slack/x", 0, json!({"name": "TypeError", "message": "Failed to fetch"}));
    let error = driver.error(call);
    assert_eq!((&error["code"], &error["retryable"]), (&json!("NETWORK_ERROR"), &json!(true)));
    assert_eq!(error["cause"]["message"], "Failed to fetch");

    let call = driver.call(Method::Request, json!(["slack", "x"]));
    driver.answer("GET /projects/.../sdk/proxy/slack/x", 2, json!({"name": "AbortError"}));
    assert_eq!(driver.error(call), &json!({"name": "AbortError"}));
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_sent() {
    let mut driver = driver();
    let unknown = json!({"selectedCredentialId": "ext:nobody"});
    for (arguments, code) in [
        (json!(["nope", "x"]), "INTEGRATION_UNKNOWN"),
        (json!([null, "x"]), "INTEGRATION_UNKNOWN"),
        (json!(["__proto__", "x"]), "INTEGRATION_UNKNOWN"),
        (json!(["slack"]), "ARGUMENT_INVALID"),
        (json!(["slack", 7]), "ARGUMENT_INVALID"),
        (json!(["slack", "../../me"]), "ARGUMENT_INVALID"),
        (json!(["slack", "/a/../../../../x"]), "ARGUMENT_INVALID"),
        (json!(["slack", "%2e%2e/x"]), "ARGUMENT_INVALID"),
        (json!(["slack", "..\\..\\x"]), "ARGUMENT_INVALID"),
        (json!(["slack", "https://slack.example/../../../../../x"]), "ARGUMENT_INVALID"),
        (json!(["slack", "x", unknown]), "CREDENTIAL_UNKNOWN"),
    ] {
        let call = driver.call(Method::Request, arguments.clone());
        assert_eq!(driver.error(call)["code"], code, "{arguments}");
    }
    assert!(driver.requests.is_empty());
}

#[test]
fn an_app_event_goes_to_its_own_host() {
    let mut driver = driver();
    let call = driver.call(Method::Event, json!(["Task Created", {"id": 1}, {"selectedCredentialId": uuid(2)}]));
    let sent = driver.answer("POST /v2/projects/.../sdk/events/trigger", 201, json!({}));
    assert!(sent.url.starts_with("https://hermes.paragon.example/"));
    assert_eq!(sent.body, json!({"name": "Task Created", "payload": {"id": 1}}));
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(2));
    assert_eq!(sent.headers["X-Paragon-Configuration-Id"], json!(null));
    assert_eq!(driver.outcome(call), Some(&Ok(json!(null))));
    assert_eq!(sent.url.matches(PROJECT).count(), 1);
}
