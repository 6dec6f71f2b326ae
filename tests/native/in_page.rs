//! OAuth in the page itself: it leaves for the provider, and another page load takes the attempt up.

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::{Driver, PROJECT, me, token};
use crate::project::{credential, integration, state, uuid};

const BUILD: &str = "GET /v2/projects/.../sdk/actions/build-oauth";
const RESULT: &str = "GET /projects/.../sdk/actions/session-id/";

fn callbacks() -> Json {
    json!({"onNext": "<onNext>", "onComplete": "<onComplete>", "onError": "<onError>", "inPage": true})
}

/// A page of this user, whose SDK speaks to a local platform.
fn page(integrations: Json, states: Json) -> Driver {
    let mut driver = Driver::new();
    driver.ok(Method::ConfigureGlobal, json!([{"host": "http://127.0.0.1:9400"}]));
    driver.ok(Method::SetHeadless, json!([true]));
    driver.call(Method::Authenticate, json!([PROJECT, token("user-1", 3600)]));
    driver.answer("GET /projects/.../sdk/me", 200, me(states));
    driver.answer("GET /projects/.../sdk/integrations", 200, integrations);
    driver
}

fn slack(config: Json) -> Json {
    json!([integration("slack", config)])
}

fn start(driver: &mut Driver) -> String {
    driver.ok(Method::FlowStart, json!(["slack", callbacks()]));
    driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example"})).url
}

/// Leaves a page; what it kept.
fn departure(config: Json) -> Json {
    let mut driver = page(slack(config), json!({}));
    driver.ok(Method::FlowStart, json!(["slack", callbacks()]));
    if driver.requests.is_empty() {
        driver.call(Method::FlowSetPreOptions, json!([{"SECRET": "s3cret"}]));
    }
    driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example"}));
    driver.left.remove(0).1
}

fn codes(driver: &Driver) -> Vec<Json> {
    driver.seen.iter().filter(|(name, _)| name == "onError").map(|(_, told)| told[0]["code"].clone()).collect()
}

#[test]
fn the_page_goes_once_the_platform_knows_the_way_back_and_keeps_no_secret() {
    let mut driver = page(slack(json!({})), json!({}));
    let asked = start(&mut driver);
    assert_eq!(driver.told(), ["onNext oauth"]);
    assert!(driver.popups.is_empty());
    let (to, kept) = driver.left.remove(0);
    assert!(to.starts_with("http://127.0.0.1:9400/projects/") && to.contains("/sdk/actions/oauth-nonce?"), "{to}");
    let (key, word) = (kept["key"].as_str().unwrap(), kept["word"].as_str().unwrap());
    assert!(asked.contains(&format!("paragon-return%3D{word}")) && asked.contains(key), "{asked}");
    assert!(!to.contains(word) && to.contains(key), "{to}");
    assert_eq!(kept["name"], "slack");
    let given = departure(json!({"authConfigInputs": [{"id": "SECRET", "type": "PASSWORD"}]}));
    assert!(!given.to_string().contains("s3cret"), "{given}");
}

#[test]
fn the_page_that_comes_back_asks_the_platform_and_goes_on_with_what_is_left() {
    let asking = json!({"postOauthInputs": [{"id": "LIST", "type": "DYNAMIC_ENUM", "title": "List"}]});
    let kept = departure(asking.clone());
    let mut driver = page(slack(asking), json!({}));
    driver.ok(Method::FlowResume, json!(["slack", callbacks(), kept]));
    assert_eq!((driver.told(), driver.left.len()), (vec!["onNext oauth".to_owned()], 1));
    assert_eq!(driver.left[0].0, "");
    let path = format!("{RESULT}{}", kept["key"].as_str().unwrap());
    driver.answer(&path, 200, json!({"connectCredentialId": uuid(1)}));
    driver.answer(&format!("GET /projects/.../sdk/credentials/{}", uuid(1)), 200, credential(1, "PENDING"));
    assert_eq!(driver.told(), ["onNext postOptions"]);
    driver.call(Method::FlowSetPostOptions, json!([{"LIST": "7"}]));
    driver.answer(&format!("POST /projects/.../sdk/credentials/{}", uuid(1)), 200, credential(1, "VALID"));
    assert_eq!(driver.told(), ["onComplete"]);
    driver.answer("DELETE /projects/.../sdk/actions/session-id/", 200, json!({}));
    assert_eq!((driver.core.awaited(), driver.timers.len()), (0, 0));
}

#[test]
fn a_denial_brings_the_reason_and_asks_again_for_what_was_not_kept() {
    let config = json!({"authConfigInputs": [{"id": "SECRET", "type": "PASSWORD"}]});
    let kept = departure(config.clone());
    let mut driver = page(slack(config), json!({}));
    driver.ok(Method::FlowResume, json!(["slack", callbacks(), kept]));
    driver.answer(RESULT, 200, json!({"error": {"message": "not today"}}));
    let told = driver.seen.iter().find(|(name, _)| name == "onError").unwrap().1[0]["message"].clone();
    assert!(told.as_str().unwrap().contains("not today"), "{told}");
    assert_eq!(driver.told(), ["onNext oauth", "onError OAuthDeniedError oauth", "onNext preOptions"]);
    driver.call(Method::FlowSetPreOptions, json!([{"SECRET": "again"}]));
    let sent = driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example"}));
    assert!(sent.url.contains("again") && driver.left.len() == 2, "it leaves again");
}

#[test]
fn an_attempt_that_the_platform_does_not_know_ends_and_a_network_that_is_away_is_asked_again() {
    let kept = departure(json!({}));
    let mut driver = page(slack(json!({})), json!({}));
    driver.ok(Method::FlowResume, json!(["slack", callbacks(), kept]));
    // Nothing can be seen of a popup there.
    driver.page.popup_closed.set(true);
    driver.answer(RESULT, 0, json!({"message": "Failed to fetch"}));
    for _ in 0..2 {
        driver.pass(250.0);
        driver.answer(RESULT, 200, json!({}));
    }
    assert_eq!(codes(&driver), ["OAUTH_POPUP_CLOSED"]);
    driver.pass(60_000.0);
    assert_eq!((driver.core.awaited(), driver.timers.len()), (0, 0));
}

#[test]
fn a_page_that_is_seen_again_as_it_was_left_is_told_soon() {
    let mut driver = page(slack(json!({})), json!({}));
    start(&mut driver);
    driver.pass(2_000.0);
    assert_eq!(codes(&driver), Vec::<Json>::new(), "on its way it waits");
    driver.page.popup_closed.set(true);
    for _ in 0..3 {
        driver.pass(250.0);
        while !driver.requests.is_empty() {
            driver.answer(RESULT, 200, json!({}));
        }
    }
    assert_eq!(codes(&driver), ["OAUTH_POPUP_CLOSED"]);
}

#[test]
fn what_was_kept_for_another_integration_or_is_no_record_is_not_taken_up() {
    for kept in [departure(json!({})), json!({"name": "jira", "key": ""}), json!("slack"), json!({"name": "jira"})] {
        let mut driver = page(json!([integration("jira", json!({}))]), json!({}));
        let refused = driver.now(Method::FlowResume, json!(["jira", {}, kept])).unwrap_err();
        assert_eq!((&refused["code"], driver.left.len()), (&json!("NOTHING_PENDING"), 0));
    }
    let mut gone = departure(json!({}));
    gone["accountType"] = json!("gone");
    let mut driver = page(slack(json!({})), json!({}));
    driver.ok(Method::FlowResume, json!(["slack", callbacks(), gone]));
    assert_eq!((codes(&driver), driver.left.len()), (vec![json!("ACCOUNT_TYPE_UNKNOWN")], 0));
}

#[test]
fn where_there_is_no_way_back_the_page_stays_and_a_popup_still_can_be_opened() {
    // The cloud's callback has none.
    let mut cloud = Driver::authenticated(slack(json!({})), json!({}));
    cloud.ok(Method::FlowStart, json!(["slack", callbacks()]));
    assert!(cloud.requests.is_empty() && cloud.left.is_empty());
    // A frame, or a page without storage, cannot go.
    let mut framed = page(slack(json!({})), json!({}));
    framed.block_popups = true;
    start(&mut framed);
    framed.block_popups = false;
    for mut driver in [cloud, framed] {
        assert_eq!(codes(&driver), ["OAUTH_IN_PAGE_UNAVAILABLE"]);
        driver.call(Method::FlowRetry, json!([{"inPage": false, "inTab": true}]));
        assert_eq!((driver.popups.len(), driver.tabs), (1, 1));
    }
}

#[test]
fn a_popup_that_was_blocked_can_go_on_in_the_page() {
    let mut driver = page(slack(json!({})), json!({}));
    driver.block_popups = true;
    driver.ok(Method::FlowStart, json!(["slack", {"onError": "<onError>"}]));
    assert_eq!(codes(&driver), ["OAUTH_BLOCKED"]);
    driver.block_popups = false;
    driver.call(Method::FlowRetry, json!([{"inPage": true}]));
    driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example"}));
    assert_eq!((driver.left.len(), driver.popups.len()), (1, 0));
}

#[test]
fn whoever_waits_for_a_promise_gets_a_popup() {
    let mut driver = page(slack(json!({})), json!({}));
    driver.call(Method::InstallIntegration, json!(["slack", {"inPage": true}]));
    assert_eq!((driver.left.len(), driver.popups.len()), (0, 1));
    // Renewing one keeps naming it.
    let mut driver = page(slack(json!({})), json!({"slack": state(&[credential(1, "INVALID")])}));
    driver.ok(Method::FlowReconnect, json!([uuid(1), callbacks()]));
    driver.answer(BUILD, 200, json!({"redirectUrl": "https://provider.example"}));
    assert_eq!(driver.left[0].1["installOptions"]["selectedCredentialId"], uuid(1));
}
