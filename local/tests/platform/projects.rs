//! Several projects in one process, each for itself.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::harness::{Platform, expect};

async fn create(platform: &Platform, body: Value) -> Value {
    expect(platform.admin_call(Method::POST, "/projects", body).await, 201).await
}

async fn token(platform: &Platform, project: &Value, user: &str) -> String {
    let path = format!("/projects/{}/token", project["id"].as_str().unwrap());
    let answer = expect(platform.admin_call(Method::POST, &path, json!({"user": user})).await, 200).await;
    answer["token"].as_str().unwrap().to_owned()
}

async fn me(project: &Value, token: &str) -> reqwest::Response {
    let (base, id) = (project["address"].as_str().unwrap(), project["id"].as_str().unwrap());
    Client::new().get(format!("{base}/projects/{id}/sdk/me")).bearer_auth(token).send().await.unwrap()
}

#[tokio::test]
async fn projects_share_nothing_but_the_address() {
    let platform = Platform::start().await;
    let (one, two) = tokio::join!(create(&platform, json!({})), create(&platform, json!({})));
    let (ada, other) = (token(&platform, &one, "ada").await, token(&platform, &two, "ada").await);
    assert_ne!(one["sandbox"], two["sandbox"]);
    assert!(one["signingKey"].as_str().unwrap().contains("PRIVATE KEY"));
    // A token counts in its own project only.
    expect(me(&two, &ada).await, 401).await;
    let at = |project: &Value, end: &str| format!("/projects/{}{end}", project["id"].as_str().unwrap());
    let seed = json!({"users": [{"id": "ada", "accounts": [{"integration": "slack"}]}]});
    expect(platform.admin_call(Method::POST, &at(&one, "/seed"), seed).await, 200).await;
    platform.admin_call(Method::PATCH, &at(&one, "/clock"), json!({"frozen": true})).await;
    platform.admin_call(Method::POST, &at(&one, "/faults"), json!({"path": "*/x", "effect": {"kind": "reset"}})).await;
    assert_eq!(expect(me(&one, &ada).await, 200).await["integrations"]["slack"]["enabled"], true);
    assert_eq!(expect(me(&two, &other).await, 200).await["integrations"]["slack"]["enabled"], false);
    let clock = expect(platform.admin_call(Method::GET, &at(&two, "/clock"), Value::Null).await, 200).await;
    assert_eq!(clock["frozen"], false);
    assert_eq!(expect(platform.admin_call(Method::GET, &at(&two, "/faults"), Value::Null).await, 200).await, json!([]));
    let journal =
        expect(platform.admin_call(Method::GET, &at(&two, "/journal?kind=api"), Value::Null).await, 200).await;
    assert!(
        journal["calls"]
            .as_array()
            .unwrap()
            .iter()
            .all(|call| call["address"].as_str().unwrap().contains(two["id"].as_str().unwrap()))
    );

    let all = expect(platform.admin_call(Method::GET, "/projects", Value::Null).await, 200).await;
    assert_eq!((all.as_array().unwrap().len(), &all[0]["id"]), (3, &json!(platform.project)));
    assert_eq!(platform.admin_call(Method::DELETE, &at(&one, ""), Value::Null).await.status(), 204);
    expect(me(&one, &ada).await, 404).await;
    expect(platform.admin_call(Method::DELETE, &at(&one, ""), Value::Null).await, 404).await;
    let first = platform.admin_call(Method::DELETE, "/projects/default", Value::Null).await;
    assert_eq!(expect(first, 409).await["code"], "project_refused");
    expect(me(&two, &other).await, 200).await;
}

#[tokio::test]
async fn an_oauth_attempt_ends_in_its_own_project() {
    let platform = Platform::start().await;
    let made = create(&platform, json!({})).await;
    let user = crate::harness::User { token: token(&platform, &made, "ada").await, ..platform.user("ada") };
    let (base, id) = (made["address"].as_str().unwrap(), made["id"].as_str().unwrap());
    let sdk = format!("{base}/projects/{id}/sdk");
    let get =
        async |path: &str| user.browser.get(format!("{sdk}{path}")).bearer_auth(&user.token).send().await.unwrap();
    let all = expect(get("/integrations").await, 200).await;
    let slack = all.as_array().unwrap().iter().find(|one| one["type"] == "slack").unwrap()["id"].as_str().unwrap();
    let key = uuid::Uuid::new_v4();
    let page = user.browser.get(format!("{sdk}/actions/oauth-nonce"));
    let query =
        [("integrationId", slack), ("originForPostMessage", crate::harness::APP), ("oauthMetaKeyId", &key.to_string())];
    let page = page.query(&query).header("referer", format!("{}/", crate::harness::APP)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let built = get(&format!("/actions/build-oauth?integrationId={slack}&oauthMetaKeyId={key}")).await;
    let redirect = expect(built, 200).await["redirectUrl"].as_str().unwrap().to_owned();
    assert!(redirect.starts_with(made["sandbox"].as_str().unwrap()));
    let callback = user.decide_at(&redirect, made["sandbox"].as_str().unwrap(), "ada", "allow").await;
    user.finish(&callback).await;
    let result = expect(get(&format!("/actions/session-id/{key}")).await, 200).await;
    assert!(result["connectCredentialId"].is_string(), "{result}");
    assert_eq!(platform.user("ada").get("/me").await["integrations"]["slack"]["enabled"], false);
}

#[tokio::test]
async fn ids_follow_from_a_seed() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let platform = Platform::start().await;
        let made = create(&platform, json!({"ids": "a seed"})).await;
        let path = format!("/projects/{}", made["id"].as_str().unwrap());
        let seed = json!({"users": [{"id": "ada", "accounts": [{"integration": "slack"}, {"integration": "jira"}]}]});
        let first = expect(platform.admin_call(Method::POST, &format!("{path}/seed"), seed.clone()).await, 200).await;
        platform.admin_call(Method::POST, &format!("{path}/reset"), Value::Null).await;
        let again = expect(platform.admin_call(Method::POST, &format!("{path}/seed"), seed).await, 200).await;
        assert_eq!(first, again, "a reset begins the ids anew");
        let ids = again["users"][0]["credentialIds"].as_array().unwrap();
        assert_ne!(ids[0], ids[1]);
        seen.push((made["id"].clone(), again));
        let taken = platform.admin_call(Method::POST, "/projects", json!({"ids": "a seed"})).await;
        assert_eq!(expect(taken, 409).await["code"], "project_taken");
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_project_can_bring_its_own_project_file() {
    let platform = Platform::start().await;
    let file = "[[integrations]]\ntype = 'custom'\nname = 'Mine'\nbaseUrl = 'http://x.test'\nauthorization = {kind = 'bearer', token = 'x'}\n";
    let made = create(&platform, json!({"projectFile": file})).await;
    let shown = expect(me(&made, &token(&platform, &made, "ada").await).await, 200).await;
    assert_eq!(shown["integrations"].as_object().unwrap().keys().collect::<Vec<_>>(), ["custom.mine"]);
    let bad = platform.admin_call(Method::POST, "/projects", json!({"projectFile": "x = 1"})).await;
    assert_eq!(expect(bad, 400).await["code"], "project_file_invalid");
}
