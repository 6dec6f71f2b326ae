//! Requests that ask for all pages.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::support::{Receiver, connect, go, on_event, platform};
use crate::harness::Platform;

/// A request for all pages; `more` goes into the step.
fn steps(more: &str) -> String {
    format!(
        "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/list'\nquery = {{ cursor = '{{{{self.pageToken}}}}', size = '2' }}\n{more}\n\
         [integrations.workflows.steps.pagination]\noutput = '{{{{self.response.body.items}}}}'\npageToken = '{{{{self.response.body.next}}}}'\n"
    )
}

async fn run(receiver: &Receiver, steps: &str) -> (Platform, Value) {
    let platform = platform(&on_event(receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = platform.ended(1).await.remove(0);
    (platform, run)
}

#[tokio::test]
async fn all_pages_become_one_list() {
    let receiver = Receiver::start().await;
    receiver.next_json(200, json!({"items": [1, 2], "next": "b &"}));
    receiver.next_json(200, json!({"items": [3], "next": 7}));
    receiver.next_json(200, json!({"items": [4], "next": ""}));
    let (platform, run) = run(&receiver, &steps("")).await;
    let output = platform.step(&run, "2").await["output"].clone();
    assert_eq!((&output["response"]["body"], &output["response"]["error"]), (&json!([1, 2, 3, 4]), &Value::Null));
    let cursors: Vec<_> =
        receiver.all().iter().map(|one| one.query().into_iter().find(|(name, _)| name == "cursor")).collect();
    let cursor = |value: &str| Some(("cursor".to_owned(), value.to_owned()));
    assert_eq!(cursors, [None, cursor("b &"), cursor("7")]);
}

#[tokio::test]
async fn a_stop_condition_ends_it() {
    let receiver = Receiver::start().await;
    receiver.next_json(200, json!({"items": [1], "next": "b", "more": true}));
    receiver.next_json(200, json!({"items": [2], "next": "c", "more": false}));
    let stop = "stop = [[{ variable = '{{self.response.body.more}}', operator = '$booleanFalse' }]]\n";
    let (platform, run) = run(&receiver, &format!("{}{stop}", steps(""))).await;
    assert_eq!(platform.step(&run, "2").await["output"]["response"]["body"], json!([1, 2]));
    assert_eq!(receiver.all().len(), 2);
}

#[tokio::test]
async fn what_cannot_go_on_gives_what_it_has_and_says_why() {
    let receiver = Receiver::start().await;
    receiver.next_json(200, json!({"items": [1], "next": "b"}));
    receiver.next_json(403, json!({}));
    let after = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/after/{{2.response.error}}'\n";
    let (platform, run) = run(&receiver, &format!("{}{after}", steps(""))).await;
    assert_eq!(run["status"], "SUCCEEDED");
    let response = platform.step(&run, "2").await["output"]["response"].clone();
    assert_eq!((&response["body"], &response["statusCode"]), (&json!([1]), &json!(403)));
    assert!(response["error"].as_str().unwrap().contains("403"), "{response}");
    assert!(receiver.all()[2].uri.path().starts_with("/v1/after/The"));
}

#[tokio::test]
async fn the_first_page_failing_is_a_failure() {
    let receiver = Receiver::start().await;
    receiver.next_json(200, json!({"items": "none"}));
    let (platform, failed) = run(&receiver, &steps("")).await;
    assert_eq!(failed["status"], "FAILED");
    let error = platform.step(&failed, "2").await["output"]["response"]["error"].clone();
    assert!(error.as_str().unwrap().contains("not a list"), "{error}");
    let receiver = Receiver::start().await;
    receiver.next_json(500, json!({}));
    assert_eq!(run(&receiver, &steps("")).await.1["status"], "FAILED");
}

#[tokio::test]
async fn a_provider_that_turns_in_circles_is_left() {
    let receiver = Receiver::start().await;
    receiver.always(|_| axum::Json(json!({"items": [1], "next": "same"})).into_response());
    let (platform, run) = run(&receiver, &steps("")).await;
    let response = platform.step(&run, "2").await["output"]["response"].clone();
    assert_eq!((&response["body"], receiver.all().len()), (&json!([1, 1]), 2));
    assert!(response["error"].as_str().unwrap().contains("same page token"), "{response}");
}

#[tokio::test]
async fn a_page_is_tried_again_and_those_before_it_are_not() {
    let receiver = Receiver::start().await;
    receiver.next_json(200, json!({"items": [1], "next": "b"}));
    receiver.next(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
    receiver.next_json(200, json!({"items": [2], "next": null}));
    let platform = platform(&on_event(&receiver, &steps("autoRetry = true"))).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    platform.reaches("DELAYED").await;
    platform.running.app.clock.advance_ms(10_000);
    let run = &platform.ended(1).await[0];
    assert_eq!(platform.step(run, "2").await["output"]["response"]["body"], json!([1, 2]));
    let all = receiver.all();
    assert_eq!(all.len(), 3);
    assert!(all[2].uri.query().unwrap().contains("cursor=b"));
}

#[tokio::test]
async fn the_token_goes_wherever_the_provider_wants_it() {
    for place in [
        "url = '/list/{{self.pageToken}}'",
        "url = '/list'\nheaders = { X-Cursor = '{{self.pageToken}}' }",
        "method = 'POST'\nurl = '/list'\nbody = { kind = 'json', content = { cursor = '{{self.pageToken}}', more = 'at {{self.pageToken}}' } }",
        "method = 'POST'\nurl = '/list'\nbody = { kind = 'urlencoded', fields = { cursor = '{{self.pageToken}}' } }",
        "method = 'POST'\nurl = '/list'\nbody = { kind = 'graphql', query = 'query($cursor: String) { list(after: $cursor) }', variables = { cursor = '{{self.pageToken}}' } }",
        "method = 'POST'\nurl = '/list'\nbody = { kind = 'xml', text = '<list cursor=\"{{self.pageToken}}\"/>' }",
    ] {
        let receiver = Receiver::start().await;
        // The provider names the next page in a header, and says with a number whether there is one.
        for (item, next) in [(1, "a/b"), (2, "c"), (3, "d")] {
            receiver.next(move |_| {
                let rest = json!({"data": {"list": [item]}, "left": 3 - item});
                ([("x-next", next)], axum::Json(rest)).into_response()
            });
        }
        let steps = format!(
            "[[integrations.workflows.steps]]\nkind = 'request'\n{place}\n[integrations.workflows.steps.pagination]\n\
             output = '{{{{self.response.body.data.list}}}}'\npageToken = '{{{{self.response.headers.x-next}}}}'\n\
             stop = [[{{ variable = '{{{{self.response.body.left}}}}', operator = '$numberEquals', argument = 0 }}], [{{ variable = '{{{{self.pageToken}}}}', operator = '$stringExactlyMatches', argument = 'never' }}]]\n"
        );
        let (platform, run) = run(&receiver, &steps).await;
        assert_eq!(platform.step(&run, "2").await["output"]["response"]["body"], json!([1, 2, 3]), "{place}");
        let all = receiver.all();
        assert_eq!(all.len(), 3);
        let sent = |at: usize| format!("{} {} {:?}", all[at].uri, all[at].header("x-cursor"), all[at].body);
        assert!(!sent(0).contains("a/b") && !sent(0).contains("pageToken"), "{}", sent(0));
        assert!(["a/b", "a%2Fb"].iter().any(|token| sent(1).contains(token)), "{}", sent(1));
        assert!(sent(2).contains('c') && !sent(2).contains("a/b"), "{}", sent(2));
    }
}
