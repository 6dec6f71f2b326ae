//! `installFlow.prepare()`: what is asked ahead is used once, for the very same flow, while it is fresh.

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{credential, integration, slack, state, uuid};

const BUILD: &str = "GET /v2/projects/.../sdk/actions/build-oauth";
const CONSENT: &str = "https://provider.example/authorize?x=1";

fn driver() -> Driver {
    Driver::authenticated(json!([slack()]), json!({}))
}

fn start(driver: &mut Driver, options: Json) {
    driver.ok(Method::FlowStart, json!(["slack", options]));
}

/// How the popup's first page and the question for the provider's address name the attempt.
fn key_in(address: &str) -> String {
    let (_, after) = address.split_once("oauthMetaKeyId=").expect("it names one");
    after.split('&').next().unwrap_or_default().to_owned()
}

fn nonce(driver: &mut Driver) {
    driver.message("https://zeus.paragon.example", json!({"type": "oauth-nonce-loaded"}));
}

#[test]
fn the_popup_goes_on_as_soon_as_its_first_page_is_there() {
    let mut driver = driver();
    driver.ok(Method::FlowPrepare, json!(["slack"]));
    let sent = driver.answer(BUILD, 200, json!({"redirectUrl": CONSENT}));
    assert_eq!(driver.core.awaited(), 0);
    start(&mut driver, json!({}));
    assert!(driver.requests.is_empty(), "nothing is asked again");
    assert_eq!(key_in(&driver.popups[0].1[0]), key_in(&sent.url));
    nonce(&mut driver);
    assert_eq!(driver.popups[0].1[1], CONSENT);

    // Once.
    driver.call(Method::FlowCancel, json!([]));
    start(&mut driver, json!({}));
    let again = driver.answer(BUILD, 200, json!({"redirectUrl": CONSENT}));
    assert_ne!(key_in(&again.url), key_in(&sent.url));
}

#[test]
fn what_is_still_under_way_is_not_asked_twice() {
    let mut driver = driver();
    driver.ok(Method::FlowPrepare, json!(["slack"]));
    start(&mut driver, json!({}));
    nonce(&mut driver);
    assert_eq!(driver.requests.len(), 1);
    driver.answer(BUILD, 200, json!({"redirectUrl": CONSENT}));
    assert_eq!(driver.popups[0].1[1], CONSENT);
}

#[test]
fn for_another_flow_or_too_late_it_is_asked_anew() {
    let acts: [fn(&mut Driver) -> Json; 3] = [
        |_| json!({"externalId": "mine"}),
        |driver| {
            driver.pass(300_000.0);
            json!({})
        },
        |driver| {
            driver.ok(Method::RenewToken, json!([crate::driver::token("user-1", 7200)]));
            json!({})
        },
    ];
    for act in acts {
        let mut driver = driver();
        driver.ok(Method::FlowPrepare, json!(["slack"]));
        let ahead = driver.answer(BUILD, 200, json!({"redirectUrl": CONSENT}));
        let options = act(&mut driver);
        start(&mut driver, options);
        let sent = driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example/other"}));
        assert_ne!(key_in(&sent.url), key_in(&ahead.url));
        nonce(&mut driver);
        assert_eq!(driver.popups[0].1[1], "https://provider.example/other");
    }
}

#[test]
fn what_failed_ahead_is_told_by_the_flow_alone() {
    for (status, answer) in
        [(500, json!({"message": "no"})), (0, json!({})), (200, json!({"redirectUrl": "javascript:alert(1)"}))]
    {
        let mut driver = driver();
        driver.ok(Method::FlowPrepare, json!(["slack", {"onError": "<onError>"}]));
        driver.answer(BUILD, status, answer);
        assert!(driver.seen.is_empty() && driver.warnings.is_empty());
        start(&mut driver, json!({"onError": "<onError>"}));
        driver.answer(BUILD, 200, json!({"redirectUrl": CONSENT}));
        nonce(&mut driver);
        assert_eq!(driver.popups[0].1[1], CONSENT);
        assert!(driver.seen.is_empty());
    }
}

#[test]
fn nothing_is_prepared_where_the_user_is_asked_first_or_may_not_begin() {
    let asking = integration("slack", json!({"authConfigInputs": [{"id": "SHOP", "type": "TEXT_NO_VARS"}]}));
    let choosing = integration("slack", json!({"accountTypes": [{"id": "a"}, {"id": "b"}]}));
    for project in [asking, choosing] {
        let mut driver = Driver::authenticated(json!([project]), json!({}));
        driver.ok(Method::FlowPrepare, json!(["slack"]));
        assert!(driver.requests.is_empty());
    }
    let connected = json!({"slack": state(&[credential(1, "VALID")])});
    let mut driver = Driver::authenticated(json!([slack()]), connected);
    let refused = driver.now(Method::FlowPrepare, json!(["slack"])).unwrap_err();
    assert_eq!(refused["code"], "INTEGRATION_ALREADY_INSTALLED");
    driver.ok(Method::FlowPrepare, json!(["slack", {"selectedCredentialId": uuid(1)}]));
    assert_eq!(driver.requests.len(), 1);
    driver.ok(Method::Logout, json!([]));
    assert_eq!(driver.now(Method::FlowPrepare, json!(["slack"])).unwrap_err()["code"], "USER_NOT_AUTHENTICATED");
}

#[test]
fn a_popup_can_be_a_tab() {
    let mut driver = driver();
    start(&mut driver, json!({"inTab": true}));
    assert_eq!((driver.popups.len(), driver.tabs), (1, 1));
    start(&mut driver, json!({}));
    assert_eq!((driver.popups.len(), driver.tabs), (1, 1));
}
