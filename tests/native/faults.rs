//! Every call with everything that can go wrong with its answer: it ends, once, with the right error; the state is as it was;
//! nothing is left under way.

use std::iter::repeat_n;

use paragon_connect::core::method::Method;
use serde_json::{Value as Json, json};

use crate::driver::Driver;
use crate::world::{self, Call, Way};

/// How an answer is broken.
#[derive(Clone, Debug)]
enum Fault {
    /// No answer: offline, no such host, refused, reset, half a body. A page cannot tell them apart.
    Nothing,
    /// None in time.
    Timeout,
    /// A refusal.
    Status(u32, Json),
    /// A good status, and what does not belong to it.
    Garbled(Json),
}

fn faults() -> Vec<Fault> {
    let validation = json!({"message": [{"children": [{"constraints": {"isUuid": "id must be a UUID"}}]}]});
    let mut all = vec![Fault::Nothing, Fault::Timeout, Fault::Status(400, validation)];
    for status in [401, 403, 404, 409, 429, 500, 502, 503] {
        all.push(Fault::Status(status, json!({"message": "no", "code": 1000, "status": status})));
        all.push(Fault::Status(status, json!("<html>no</html>")));
    }
    all.push(Fault::Status(403, json!({"message": "no", "code": 7210})));
    all.push(Fault::Status(400, json!(null)));
    let huge: Json = repeat_n(json!({"id": 7, "configurations": "none"}), 1_000).collect();
    let mut deep = json!({});
    for _ in 0..100 {
        deep = json!({"message": [{"children": [deep]}], "integrations": deep, "configurations": [deep]});
        if deep.to_string().len() > 10_000 {
            break;
        }
    }
    let wrong_types = json!({
        "id": 7, "status": [], "configurations": {}, "integrations": 1, "output": true, "redirectUrl": 5,
        "connectCredentialId": {}, "meta": "m", "resources": "r", "project": 3,
    });
    let garbled =
        [json!(null), json!({}), json!([]), json!(7), json!(true), json!("half a bo"), wrong_types, huge, deep];
    all.extend(garbled.into_iter().map(Fault::Garbled));
    all
}

impl Fault {
    fn answer(&self) -> (u32, Json) {
        match self {
            Fault::Nothing => (0, json!({"name": "TypeError", "message": "Failed to fetch"})),
            Fault::Timeout => (3, json!({"name": "TimeoutError"})),
            Fault::Status(status, body) => (*status, body.clone()),
            Fault::Garbled(body) => (200, body.clone()),
        }
    }

    /// Does it tell, on this way, that the user token is not accepted?
    fn ends_session(&self, way: Way) -> bool {
        match self {
            Fault::Status(401 | 403, body) => way != Way::Proxy && body["code"] != 7210,
            _ => false,
        }
    }

    fn expect(&self, way: Way, error: &Json, context: &str) {
        let code = error["code"].as_str().unwrap_or_default();
        let wanted: &[&str] = match self {
            Fault::Nothing => &["NETWORK_ERROR"],
            Fault::Timeout => &["REQUEST_TIMEOUT"],
            Fault::Status(..) if way == Way::Proxy => &["PROXY_ERROR"],
            Fault::Status(..) if self.ends_session(way) => &["SESSION_REJECTED"],
            Fault::Status(..) => &["API_ERROR"],
            Fault::Garbled(_) => &["ANSWER_INVALID", "OAUTH_ADDRESS_UNSAFE"],
        };
        assert!(wanted.contains(&code), "{context}: {error}");
        if let Fault::Status(status, _) = self {
            assert_eq!(error["status"], *status, "{context}");
            assert_eq!(error["retryAfter"], 5000, "{context}");
        }
        let passes = matches!(self, Fault::Nothing | Fault::Timeout | Fault::Status(429 | 502 | 503, _));
        assert_eq!(error["retryable"], passes, "{context}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(!message.contains("{}") && message.len() < 1000, "{context}: {message}");
    }
}

/// Answers all that is asked with the fault, and what is asked because of that as well.
fn answer_all(driver: &mut Driver, fault: &Fault) {
    let (status, body) = fault.answer();
    for _ in 0..20 {
        if driver.requests.is_empty() {
            return;
        }
        driver.answer("", status, body.clone());
    }
    panic!("it asks again and again: {:?}", driver.requests.front().map(|sent| sent.line()));
}

/// After the proxy's refusal the user is read again, and that has met the same fault.
fn asks_who_it_is(call: &Call, fault: &Fault) -> bool {
    call.method == Method::Request && fault.ends_session(Way::Api)
}

fn check(call: &Call, fault: &Fault) {
    let mut text = format!("{} × {fault:?}", call.name);
    text.truncate(200);
    let context = text.as_str();
    let mut driver = world::driver();
    driver.retry_after = if matches!(fault, Fault::Status(..)) { 5000.0 } else { f64::NAN };
    let before = driver.user();
    let id = world::make(&mut driver, call);
    assert!(!driver.requests.is_empty(), "{context}: nothing was asked");
    // Slow, but not too slow: nobody gives up by himself.
    driver.pass(200.0);
    assert!(driver.seen.iter().all(|(name, _)| name != "onError"), "{context}: gave up early");
    answer_all(&mut driver, fault);

    let errors: Vec<Json> =
        driver.seen.iter().filter(|(name, _)| name == "onError").map(|(_, told)| told[0].clone()).collect();
    let settled = driver.settled.iter().filter(|(call, _)| *call == id).count();
    match call.way {
        Way::Flow if matches!(fault, Fault::Garbled(_)) && errors.is_empty() => {}
        Way::Flow => {
            assert_eq!(errors.len(), 1, "{context}");
            fault.expect(call.way, &errors[0], context);
        }
        Way::Portal => assert_eq!(driver.outcome(id), Some(&Ok(json!(null))), "{context}"),
        Way::Collected => {
            assert_eq!(settled, 1, "{context}");
            let result = driver.outcome(id).cloned().expect("it settled").expect("failures are collected");
            let good = matches!(fault, Fault::Garbled(_));
            assert_eq!(result["errors"].as_array().map(Vec::len), Some(if good { 0 } else { 2 }), "{context}");
        }
        way => {
            assert_eq!(settled, 1, "{context}");
            match driver.outcome(id) {
                Some(Err(error)) => fault.expect(way, error, context),
                outcome => assert!(matches!(fault, Fault::Garbled(_)), "{context}: {outcome:?}"),
            }
            assert!(errors.len() <= 1, "{context}");
        }
    }

    let after = driver.user();
    match fault {
        // What does not belong to the protocol may have been taken for an answer, but the user stays who it is.
        Fault::Garbled(_) if call.way != Way::Login => {
            assert_eq!(after["userId"], before["userId"], "{context}");
            assert!(after["integrations"].is_object(), "{context}");
        }
        fault if fault.ends_session(call.way) || call.way == Way::Login || asks_who_it_is(call, fault) => {
            assert_eq!(after, json!({"authenticated": false}), "{context}");
        }
        _ => assert_eq!(after, before, "{context}"),
    }

    // A flow can be tried again, or left; then nothing is under way.
    driver.call(Method::FlowCancel, json!([]));
    answer_all(&mut driver, &Fault::Nothing);
    assert!(driver.popups.is_empty(), "{context}: a popup is left");
    assert!(driver.timers.is_empty(), "{context}: a timer is left");
    assert_eq!(driver.core.awaited(), 0, "{context}: an answer is awaited");
}

#[test]
fn every_call_with_every_fault_ends_once_and_leaves_nothing() {
    for call in world::calls() {
        for fault in faults() {
            check(&call, &fault);
        }
    }
}

#[test]
fn every_call_ends_well_with_good_answers() {
    for call in world::calls() {
        let mut driver = world::driver();
        let id = world::make(&mut driver, &call);
        for _ in 0..10 {
            let Some(sent) = driver.requests.front() else { break };
            let line = sent.line();
            driver.answer(&line, 200, world::good(&line));
        }
        // The popup stays open until somebody decides there.
        let waits = call.way == Way::Install;
        let outcome = driver.outcome(id).or((call.way == Way::Flow).then_some(&Ok(Json::Null)));
        assert!(matches!(outcome, Some(Ok(_))) || waits, "{}: {outcome:?}", call.name);
        assert!(driver.seen.iter().all(|(name, _)| name != "onError"), "{}: {:?}", call.name, driver.seen);
    }
}
