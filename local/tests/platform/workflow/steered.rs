//! Workflows under the admin API: journal and faults see their requests, resets end them, projects run their own, and seeded
//! ids are the same again.

use std::time::Duration;

use axum::response::IntoResponse;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{KEY, Receiver, acme, connect, go, on_event, platform};
use crate::harness::{Platform, expect};

const STEP: &str = "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/things'\nautoRetry = true\n\
     [[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nmethod = 'POST'\nurl = 'RECEIVER/anybody'\n\
     authorization = { kind = 'bearer', token = 'token-of-the-step' }\n";

#[tokio::test]
async fn journal_and_faults_see_the_requests_of_runs() {
    let receiver = Receiver::start().await;
    let platform = platform(&on_event(&receiver, STEP)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    platform
        .fault(json!({"on": "provider", "path": "*/things", "times": 1, "effect": {"kind": "status", "status": 503}}))
        .await;
    go(&ada, json!({})).await;
    platform.reaches("DELAYED").await;
    assert!(receiver.all().is_empty(), "the fault came before the provider was asked");
    platform.admin(Method::PATCH, "/clock", json!({"advanceMs": 60_000})).await;
    assert_eq!(platform.ended(1).await[0]["status"], "SUCCEEDED");
    let calls = platform.journal(json!({"kind": "provider", "integration": "custom.acme"})).await;
    let seen: Vec<_> = calls.iter().map(|call| call["status"].as_u64().unwrap()).collect();
    assert_eq!(seen, [503, 200, 200], "{calls:?}");
    let text = Value::from(calls).to_string();
    assert!(!text.contains(KEY) && !text.contains("token-of-the-step"), "{text}");
}

#[tokio::test]
async fn a_reset_ends_runs_and_the_next_one_begins() {
    let receiver = Receiver::start().await;
    let platform = platform(&on_event(&receiver, STEP)).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    expect_done(&platform, Method::PUT, "/snapshots/seed").await;
    // One waits for its second try, one for an answer that does not come.
    receiver.next_json(503, json!({}));
    go(&ada, json!({})).await;
    platform.reaches("DELAYED").await;
    platform
        .fault(json!({"on": "provider", "path": "*/things", "times": 1, "effect": {"kind": "slow", "ms": 300_000}}))
        .await;
    go(&ada, json!({})).await;
    platform.reaches("EXECUTING").await;
    let reset = expect_done(&platform, Method::POST, "/reset");
    tokio::time::timeout(Duration::from_secs(60), reset).await.expect("a reset waits for no run");
    assert_eq!(platform.history("").await["workflowExecutions"], json!([]));
    platform.admin(Method::PATCH, "/clock", json!({"advanceMs": 600_000})).await;
    receiver.always(|_| axum::Json(json!({"ok": true})).into_response());
    go(&ada, json!({})).await;
    let runs = platform.ended(1).await;
    assert_eq!((runs.len(), &runs[0]["status"]), (1, &json!("SUCCEEDED")));
    assert_eq!(receiver.all().len(), 3, "what was thrown away sends nothing more");
}

#[tokio::test]
async fn each_project_runs_its_own_and_seeded_ids_come_again() {
    let receiver = Receiver::start().await;
    let platform = Platform::start().await;
    let workflow = "[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\ndefaultEnabled = true\n\
         trigger = { kind = 'integrationEnabled' }\n[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/things'\n";
    let file = acme(&receiver, workflow).replace("\nPROJECT", "").replace("SETTINGS", "");
    let mut seen = Vec::new();
    for round in 1..=2 {
        let made = platform.admin_call(Method::POST, "/projects", json!({"ids": "same", "projectFile": file})).await;
        let made = expect(made, 201).await;
        let (id, key) = (made["id"].as_str().unwrap(), made["apiKey"].as_str().unwrap());
        let users = json!({"users": [{"id": "ada", "accounts": [{"integration": "custom.acme", "inputs": {"key": KEY}}]},
            {"id": "grace", "accounts": [{"integration": "custom.acme", "inputs": {"key": KEY}}]}]});
        let sown = platform.admin_call(Method::POST, &format!("/projects/{id}/seed"), users).await;
        let sown = expect(sown, 200).await;
        receiver.wait(2 * round).await;
        let address = format!("{}/projects/{id}/task-history/workflow-executions?sortBy=ASC", platform.base());
        let runs = reqwest::Client::new().get(&address).bearer_auth(key).send().await.unwrap();
        let runs = expect(runs, 200).await;
        let runs: Vec<_> = runs["workflowExecutions"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
        assert_eq!(runs.len(), 2);
        seen.push((sown, runs));
        let other = &platform.running.app.project.api_key;
        let refused = reqwest::Client::new().get(&address).bearer_auth(other).send().await.unwrap();
        assert_eq!(refused.status(), 401, "each project has a key of its own");
        let gone = platform.admin_call(Method::DELETE, &format!("/projects/{id}"), Value::Null).await;
        assert_eq!(gone.status(), 204);
    }
    assert_eq!(seen[0], seen[1]);
}

async fn expect_done(platform: &Platform, method: Method, path: &str) {
    let answer = platform.admin(method, path, Value::Null).await;
    assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
}
