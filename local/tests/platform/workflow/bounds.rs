//! The Request step beside receivers that are slow, endless, broken or hostile: each request ends, and is a failure that says why.

use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::support::{Receiver, connect, go, on_event, platform};
use crate::raw::{BOUNDLESS, BROKEN, Path, Raw, SILENT};

/// What the step says about each of these answers of a receiver, in their order.
async fn errors(paths: &'static [Path], project: &str, step: &str) -> Vec<Value> {
    let receiver = Raw::start(paths).await;
    let steps: String = paths
        .iter()
        .map(|(path, _)| step.replace("PATH", path))
        .map(|step| format!("[[integrations.workflows.steps]]\nkind = 'request'\n{step}\ncontinueOnFailure = true\n"))
        .collect();
    let text = on_event(&Receiver::start().await, &steps.replace("RAW", &receiver.address));
    let platform = platform(&text.replace("\nPROJECT", &format!("\n{project}"))).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = platform.ended(1).await.remove(0);
    assert_eq!(run["status"], "SUCCEEDED", "each failure let the run go on");
    let mut errors = Vec::new();
    for number in 2..paths.len() + 2 {
        let response = platform.step(&run, &number.to_string()).await["output"]["response"].clone();
        assert_eq!(response.get("body"), None, "{response}");
        errors.push(response["error"].clone());
    }
    errors
}

const API: &str = "target = 'api'\nurl = 'RAWPATH'";

#[tokio::test]
async fn huge_endless_and_packed_answers_are_left() {
    for error in errors(BOUNDLESS, "", API).await {
        assert!(error.as_str().unwrap().contains("longer than 33554432 bytes"), "{error}");
    }
}

#[tokio::test]
async fn answers_of_a_wrong_size_are_no_answers() {
    for error in errors(BROKEN, "", API).await {
        assert!(error.as_str().unwrap().contains("could not be reached"), "{error}");
    }
}

#[tokio::test]
async fn silence_and_drips_end() {
    let errors = errors(SILENT, "providerTimeoutSeconds = 1", API).await;
    let whys = ["did not answer in time", "did not answer in time", "not complete after 5 seconds"];
    for (error, why) in errors.iter().zip(whys) {
        assert!(error.as_str().unwrap().contains(why), "{error}");
    }
}

const OAUTH: &str = "target = 'api'\nurl = 'RAW/never-asked'\n\
    authorization = { kind = 'clientCredentials', client = { tokenUrl = 'RAWPATH', clientId = 'me', clientSecret = 's' } }";

#[tokio::test]
async fn a_token_endpoint_is_bounded_too() {
    for error in errors(BOUNDLESS, "", OAUTH).await {
        assert!(error.as_str().unwrap().contains("sent too long an answer"), "{error}");
    }
    for error in errors(BROKEN, "", OAUTH).await {
        assert!(error.as_str().unwrap().contains("could not be reached"), "{error}");
    }
    for error in errors(SILENT, "providerTimeoutSeconds = 1", OAUTH).await {
        let error = error.as_str().unwrap();
        assert!(error.contains("could not be reached") || error.contains("not complete"), "{error}");
    }
}

#[tokio::test]
async fn a_list_that_never_ends_is_left_after_a_thousand_pages() {
    let receiver = Receiver::start().await;
    receiver.always(|asked| {
        let page = asked.query().first().map_or(0, |(_, cursor)| cursor.parse::<u64>().unwrap());
        axum::Json(json!({"items": [page], "next": page + 1})).into_response()
    });
    let steps = "[[integrations.workflows.steps]]\nkind = 'request'\nurl = '/list'\nquery = { cursor = '{{self.pageToken}}' }\n\
        [integrations.workflows.steps.pagination]\noutput = '{{self.response.body.items}}'\npageToken = '{{self.response.body.next}}'\n";
    let platform = platform(&on_event(&receiver, steps)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    go(&ada, json!({})).await;
    let run = platform.ended(1).await.remove(0);
    let response = platform.step(&run, "2").await["output"]["response"].clone();
    assert_eq!(response["body"], json!((0..1000).collect::<Vec<u64>>()));
    assert!(response["error"].as_str().unwrap().contains("more than 1000 pages"), "{}", response["error"]);
    assert_eq!(receiver.all().len(), 1000);
}
