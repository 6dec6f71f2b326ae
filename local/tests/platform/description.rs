//! The description of the calls. That answers keep to it is tested by tests/api.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::harness::{Platform, expect, expect_text};

#[tokio::test]
async fn it_lists_the_calls_of_the_project() {
    let platform = Platform::start().await;
    let read = async |path: &str| {
        let answer = Client::new().get(format!("{}{path}", platform.base())).send().await.unwrap();
        expect(answer, 200).await
    };
    let api = read("/openapi.json").await;
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1."));
    let project = format!("{}/projects/{}", platform.base(), platform.project);
    assert_eq!(api["servers"][0]["url"], project);
    assert_eq!(read(&format!("/projects/{}/openapi.json", platform.project)).await, api);
    for (path, verbs) in [
        ("/sdk/me", vec!["get", "patch"]),
        ("/sdk/integrations", vec!["get"]),
        ("/sdk/metadata", vec!["get"]),
        ("/sdk/integrations/{id}", vec!["delete"]),
        ("/sdk/credentials", vec!["get", "post"]),
        ("/sdk/credentials/{id}", vec!["get", "patch"]),
        ("/sdk/credentials/{id}/complete-setup", vec!["post"]),
        ("/sdk/credentials/{id}/configurations", vec!["delete", "patch", "post"]),
        ("/sdk/workflows/{id}", vec!["delete", "post"]),
        ("/sdk/actions", vec!["post"]),
        ("/sdk/actions/build-oauth", vec!["get"]),
        ("/sdk/actions/session-id/{key}", vec!["delete", "get"]),
        ("/sdk/resources/{id}/connect", vec!["post"]),
        ("/sdk/events/trigger", vec!["post"]),
        ("/sdk/triggers/{id}", vec!["post"]),
        ("/triggers", vec!["get"]),
        ("/task-history/workflow-executions", vec!["get"]),
        ("/task-history/workflow-executions/{id}", vec!["get"]),
        ("/task-history/workflow-executions/{id}/replay", vec!["post"]),
        ("/task-history/workflow-executions/{id}/step-executions/{step}", vec!["get"]),
    ] {
        let mut found: Vec<&String> =
            api["paths"][path].as_object().unwrap_or_else(|| panic!("no {path}")).keys().collect();
        found.sort();
        assert_eq!(found, verbs, "{path}");
    }
    // Every name leads somewhere, and no operation has another one's.
    let text = api.to_string();
    for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
    let operations: Vec<&Value> =
        api["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values()).collect();
    let mut ids: Vec<&str> = operations.iter().map(|one| one["operationId"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), operations.len());
    for one in operations {
        assert!(one["summary"].as_str().is_some_and(|text| !text.is_empty()), "{one}");
        assert!(one["responses"]["4XX"]["content"]["application/json"]["schema"].is_object(), "{one}");
    }
}

#[tokio::test]
async fn people_can_read_it_too() {
    let platform = Platform::start().await;
    let page = Client::new().get(format!("{}/reference", platform.base())).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'none'"), "{policy}");
    let page = expect_text(page, 200).await;
    for text in [
        "/sdk/credentials/{id}/complete-setup",
        "X-Paragon-Credential",
        "Task history",
        "With the project&#39;s API key",
    ] {
        assert!(page.contains(text) || page.contains(&text.replace("&#39;", "'")), "{text}");
    }
}

#[tokio::test]
async fn lists_are_no_objects() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("slack", &[]).await;
    let path = format!("/credentials/{}", account["id"].as_str().unwrap());
    let integration = account["integrationId"].clone();
    for (method, path, body) in [
        (Method::PATCH, path.as_str(), json!({"config": [null, null]})),
        (Method::PATCH, "/me", json!([{}])),
        (Method::POST, "/credentials", json!({"integrationId": integration, "installOptions": [true]})),
        (Method::POST, "/actions", json!({"action": "slack", "sourceKey": "channels", "paginationParameters": [0]})),
        (Method::POST, "/events/trigger", json!(["x"])),
    ] {
        let refused = ada.call(method, path, Some(body.clone()), HeaderMap::new()).await;
        assert_eq!(expect(refused, 400).await["code"], "body_invalid", "{path} {body}");
    }
}
