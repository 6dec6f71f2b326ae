//! The choices that come from the user's account.

use paragon_connect::core::method::Method;
use serde_json::json;

use crate::driver::Driver;
use crate::project::{credential, integration, state, uuid};

fn driver() -> Driver {
    let sources = json!({"dataSources": {
        "channels": {"type": "DYNAMIC_DATA_SOURCE", "cacheKey": "channels", "title": "Channels"},
        "colors": {"type": "STATIC_ENUM_DATA_SOURCE", "id": "colors", "values": [{"label": "Red", "value": "red"}]},
    }});
    let accounts = [credential(1, "VALID"), credential(2, "VALID")];
    Driver::authenticated(json!([integration("slack", sources)]), json!({"slack": state(&accounts)}))
}

#[test]
fn choices_are_asked_for_the_current_account() {
    let mut driver = driver();
    let options = json!({"integration": "slack", "action": "channels", "search": "gen", "cursor": "page2"});
    let call = driver.call(Method::GetFieldOptions, json!([options]));
    let records = json!([{"label": "general", "value": "C1"}, {"id": "nested", "title": "N"}]);
    let output = json!({"output": {"records": records, "nextPageCursor": "page3"}});
    let sent = driver.answer("POST /projects/.../sdk/actions", 200, output);
    assert_eq!(sent.headers["X-Paragon-Credential"], uuid(1));
    assert_eq!(
        sent.body,
        json!({
            "action": "slack", "sourceKey": "channels", "parameters": [],
            "paginationParameters": {"pageCursor": "page2", "search": "gen"},
        })
    );
    let expected = json!({
        "data": [{"label": "general", "value": "C1"}], "nestedData": [{"id": "nested", "title": "N"}],
        "nextPageCursor": "page3",
    });
    assert_eq!(driver.outcome(call), Some(&Ok(expected)));
}

#[test]
fn the_first_page_has_cursor_zero_and_the_last_page_has_none() {
    let mut driver = driver();
    let options = json!({"integration": "slack", "source": {"type": "DYNAMIC_DATA_SOURCE", "cacheKey": "k"}});
    let call = driver.call(Method::GetFieldOptions, json!([options]));
    let sent = driver.answer("POST /projects/.../sdk/actions", 200, json!({"output": [{"label": "a", "value": "b"}]}));
    assert_eq!(sent.body["paginationParameters"], json!({"pageCursor": 0}));
    let page = driver.outcome(call).and_then(|result| result.as_ref().ok()).expect("it resolves");
    assert_eq!(page["nextPageCursor"], json!(null));
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_static_list_asks_nobody() {
    let mut driver = driver();
    let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "colors"}]));
    assert!(driver.requests.is_empty());
    let page = driver.outcome(call).and_then(|result| result.as_ref().ok()).expect("it resolves");
    assert_eq!(page["data"], json!([{"label": "Red", "value": "red"}]));
}

#[test]
fn what_is_no_list_is_an_error() {
    for body in [json!({}), json!({"output": "x"}), json!(null), json!({"output": {"records": {}}})] {
        let mut driver = driver();
        let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack", "action": "channels"}]));
        driver.answer("POST /projects/.../sdk/actions", 200, body);
        assert_eq!(driver.error(call)["code"], "ANSWER_INVALID");
    }
    let mut driver = driver();
    let call = driver.call(Method::GetFieldOptions, json!([{"integration": "slack"}]));
    assert_eq!(driver.error(call)["code"], "ARGUMENT_INVALID");
}
