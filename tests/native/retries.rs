//! `request()` with `retries` and `timeout`: what is sent again, when, and what ends it.

use paragon_connect::core::effect::{Answer, Input};
use paragon_connect::core::method::Method;
use paragon_connect::host::fake::Fake;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::project::{credential, slack, state};

const LINE: &str = "/projects/.../sdk/proxy/slack/x";

fn driver() -> Driver {
    Driver::authenticated(json!([slack()]), json!({"slack": state(&[credential(1, "VALID")])}))
}

fn request(driver: &mut Driver, options: Json) -> u32 {
    driver.call(Method::Request, json!(["slack", "x", options]))
}

/// How many milliseconds until it is sent again; `None` if it is over.
fn pause(driver: &Driver) -> Option<f64> {
    driver.timers.first().map(|(_, at)| at - driver.page.now.get())
}

#[test]
fn what_passes_by_itself_is_asked_again_with_longer_pauses() {
    for status in [0, 408, 425, 429, 502, 503, 504] {
        let mut driver = driver();
        let call = request(&mut driver, json!({"retries": 2}));
        let get = format!("GET {LINE}");
        let first = driver.answer(&get, status, json!("trouble"));
        assert_eq!(pause(&driver), Some(750.0), "{status}");
        driver.pass(750.0);
        let second = driver.answer(&get, status, json!("trouble"));
        assert_eq!((second.headers, second.body), (first.headers, first.body));
        assert_eq!(pause(&driver), Some(1500.0));
        driver.pass(1500.0);
        driver.answer(&get, 200, json!({"output": "well"}));
        assert_eq!(driver.outcome(call), Some(&Ok(json!("well"))));
        assert_eq!(driver.core.awaited(), 0);
    }
}

#[test]
fn what_does_not_pass_or_may_not_happen_twice_is_not_asked_again() {
    let again = json!({"limit": 1});
    for (status, options) in [
        (400, json!({"retries": 1})),
        (401, json!({"retries": 1})),
        (404, json!({"retries": 1})),
        (500, json!({"retries": 1})),
        (503, json!({})),
        (503, json!({"retries": 0})),
        (503, json!({"retries": "many"})),
        (503, json!({"method": "POST", "retries": 1})),
        (503, json!({"method": "PATCH", "retries": again})),
        (2, json!({"retries": 1})),
        (1, json!({"retries": 1})),
    ] {
        let mut driver = driver();
        let method = options["method"].as_str().unwrap_or("GET").to_owned();
        let call = request(&mut driver, options.clone());
        driver.answer(&format!("{method} {LINE}"), status, json!({"message": "no"}));
        if status == 401 {
            driver.answer("GET /projects/.../sdk/me", 500, json!({}));
        }
        assert!(matches!(driver.outcome(call), Some(Err(_))), "{status} {options}");
        assert_eq!((driver.core.awaited(), driver.timers.len()), (0, 0));
    }
    let mut driver = driver();
    request(&mut driver, json!({"method": "POST", "retries": {"limit": 1, "unsafe": true}}));
    driver.answer(&format!("POST {LINE}"), 503, json!({}));
    assert!(pause(&driver).is_some(), "asked for");
}

#[test]
fn the_server_says_how_long_to_wait_and_the_budget_how_long_at_most() {
    for (options, said, expected) in [
        (json!({"retries": 1}), 7_000.0, Some(7_000.0)),
        (json!({"retries": 1}), 0.0, Some(0.0)),
        (json!({"retries": 1}), 60_001.0, None),
        (json!({"retries": {"limit": 1, "maxWait": 90_000}}), 60_001.0, Some(60_001.0)),
        (json!({"retries": 1, "timeout": 5_000}), 6_000.0, None),
    ] {
        let mut driver = driver();
        let call = request(&mut driver, options.clone());
        driver.retry_after = said;
        driver.answer(&format!("GET {LINE}"), 429, json!({}));
        assert_eq!(pause(&driver), expected, "{options} {said}");
        if expected.is_none() {
            let error = driver.error(call);
            assert_eq!((error["retryAfter"].as_f64(), &error["retryable"]), (Some(said), &json!(true)));
        }
    }
}

#[test]
fn a_timeout_covers_all_attempts() {
    let mut driver = driver();
    let call = request(&mut driver, json!({"retries": 3, "timeout": 4_000}));
    assert_eq!(driver.answer(&format!("GET {LINE}"), 503, json!({})).timeout, 4_000.0);
    driver.pass(1_000.0);
    let sent = driver.answer(&format!("GET {LINE}"), 3, json!("late"));
    assert_eq!(sent.timeout, 3_250.0);
    assert_eq!(driver.error(call)["code"], "REQUEST_TIMEOUT");
    for timeout in [json!(0), json!(-1), json!("1s"), json!(null), json!({})] {
        let mut driver = self::driver();
        let call = request(&mut driver, json!({"timeout": timeout}));
        let refused = driver.outcome(call).is_some();
        assert_eq!(refused, !timeout.is_null(), "{timeout}");
    }
}

#[test]
fn who_leaves_during_a_pause_sends_nothing_more() {
    let mut driver = driver();
    let call = request(&mut driver, json!({"retries": 1}));
    driver.answer(&format!("GET {LINE}"), 503, json!({}));
    driver.call(Method::Logout, json!([]));
    driver.pass(10_000.0);
    assert!(driver.requests.is_empty());
    assert_eq!(driver.error(call)["code"], "SESSION_REPLACED");
}

#[test]
fn calls_of_the_platform_end_too() {
    let mut driver = driver();
    let call = driver.call(Method::Event, json!(["e", {}]));
    let sent = driver.requests.pop_front().expect("the event");
    assert_eq!(Json::from(sent.timeout), json!(60_000.0));
    driver.core.input(Input::Answer(sent.id, Answer::none(3, Fake::from("late"))));
    driver.perform();
    assert_eq!(driver.error(call)["code"], "REQUEST_TIMEOUT");
}
