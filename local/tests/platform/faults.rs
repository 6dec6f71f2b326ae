//! Faults: what the app sees of each, and that the rest goes on as before.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::harness::{Platform, User, expect, headers};

async fn connected(platform: &Platform) -> User<'_> {
    platform.seed(json!([{"id": "ada", "accounts": [{"integration": "slack"}]}])).await;
    platform.user("ada")
}

async fn call(user: &User<'_>, path: &str) -> reqwest::Result<reqwest::Response> {
    user.browser.get(user.address(path)).bearer_auth(&user.token).send().await
}

#[tokio::test]
async fn the_api_answers_what_a_test_asks_for() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let me = json!({"on": "api", "path": "*/sdk/me", "times": 1});
    let with = |effect: Value| {
        let mut rule = me.clone();
        rule["effect"] = effect;
        rule
    };
    platform.fault(with(json!({"kind": "status", "status": 429, "retryAfter": 7}))).await;
    let limited = call(&ada, "/me").await.unwrap();
    assert_eq!(limited.headers()["retry-after"], "7");
    assert_eq!(expect(limited, 429).await["code"], "fault");
    ada.get("/me").await;
    platform.fault(with(json!({"kind": "status", "status": 503, "body": {"own": true}}))).await;
    assert_eq!(expect(call(&ada, "/me").await.unwrap(), 503).await, json!({"own": true}));
    platform.fault(with(json!({"kind": "reset"}))).await;
    let error = call(&ada, "/me").await.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    platform.fault(with(json!({"kind": "half-body"}))).await;
    let half = call(&ada, "/me").await.unwrap();
    assert_eq!(half.status(), 200);
    assert!(half.text().await.is_err(), "the connection breaks in the middle of the body");
    platform.fault(with(json!({"kind": "bad-json"}))).await;
    let bad = call(&ada, "/me").await.unwrap();
    assert_eq!(bad.headers()["content-type"], "application/json");
    assert!(serde_json::from_str::<Value>(&bad.text().await.unwrap()).is_err());
    platform.fault(with(json!({"kind": "slow", "ms": 150}))).await;
    let began = std::time::Instant::now();
    ada.get("/me").await;
    assert!(began.elapsed().as_millis() >= 150);
    let struck = platform.journal(json!({"faulty": true})).await;
    assert_eq!(struck.len(), 6);
    assert!(struck[0]["fault"].as_str().unwrap().starts_with("status 429"));
    ada.get("/me").await;
}

#[tokio::test]
async fn rules_are_for_the_calls_that_they_name() {
    let platform = Platform::start().await;
    let (ada, bob) = (platform.user("ada"), platform.user("bob"));
    let added =
        platform.fault(json!({"user": "bob", "method": "get", "effect": {"kind": "status", "status": 500}})).await;
    ada.get("/me").await;
    expect(call(&bob, "/me").await.unwrap(), 500).await;
    expect(bob.call(Method::PATCH, "/me", Some(json!({"meta": {}})), HeaderMap::new()).await, 200).await;
    let listed = expect(platform.admin(Method::GET, "/faults", Value::Null).await, 200).await;
    assert_eq!((&listed[0]["applied"], &listed[0]["user"]), (&json!(1), &json!("bob")));
    let one = format!("/faults/{}", added["id"]);
    assert_eq!(platform.admin(Method::DELETE, &one, Value::Null).await.status(), 204);
    expect(platform.admin(Method::DELETE, &one, Value::Null).await, 404).await;
    bob.get("/me").await;
    for bad in [
        json!({}),
        json!({"effect": {"kind": "explode"}}),
        json!({"effect": {"kind": "reset", "ms": 1}}),
        json!({"effect": {"kind": "status", "status": 200}}),
        json!({"effect": {"kind": "slow", "ms": 600_001}}),
        json!({"probability": 2, "effect": {"kind": "reset"}}),
        json!({"on": "moon", "effect": {"kind": "reset"}}),
        json!({"effect": {"kind": "reset"}, "sometimes": true}),
    ] {
        expect(platform.admin(Method::POST, "/faults", bad).await, 400).await;
    }
}

#[tokio::test]
async fn providers_fail_and_the_proxy_says_so() {
    let platform = Platform::start().await;
    let ada = connected(&platform).await;
    let provider = async |effect: Value| {
        platform.fault(json!({"on": "provider", "integration": "slack", "times": 1, "effect": effect})).await;
        call(&ada, "/proxy/slack/auth.test").await.unwrap()
    };
    let limited =
        provider(json!({"kind": "status", "status": 429, "retryAfter": 3, "body": {"error": "ratelimited"}})).await;
    assert_eq!(expect(limited, 429).await["output"], json!({"error": "ratelimited"}));
    let reset = provider(json!({"kind": "reset"})).await;
    assert_eq!(expect(reset, 502).await["code"], "provider_unreachable");
    let half = provider(json!({"kind": "half-body"})).await;
    assert_eq!(expect(half, 502).await["code"], "provider_unreachable");
    let bad = provider(json!({"kind": "bad-json"})).await;
    assert!(
        expect(bad, 200).await["output"].as_str().unwrap().starts_with("{\"fault\""),
        "shown as the text that it is"
    );
    // Raw: status and headers come as the provider sent them.
    platform
        .fault(json!({"on": "provider", "times": 1, "effect": {"kind": "status", "status": 429, "retryAfter": 3}}))
        .await;
    let raw =
        ada.call(Method::GET, "/proxy/slack/auth.test", None, headers(&[("x-paragon-use-raw-response", "1")])).await;
    assert_eq!((raw.status().as_u16(), &raw.headers()["retry-after"]), (429, &"3".parse().unwrap()));
    expect(call(&ada, "/proxy/slack/auth.test").await.unwrap(), 200).await;
}

#[tokio::test]
async fn a_revoked_token_and_a_failing_refresh_end_the_account() {
    for (kind, late) in [("revoked-token", false), ("failing-refresh", true)] {
        let platform = Platform::start().await;
        let ada = connected(&platform).await;
        platform.fault(json!({"integration": "slack", "effect": {"kind": kind}})).await;
        if late {
            // The access token is good until it ends.
            expect(call(&ada, "/proxy/slack/auth.test").await.unwrap(), 200).await;
            platform.admin(Method::PATCH, "/clock", json!({"advanceMs": 3_590_000})).await;
        }
        let refused = expect(call(&ada, "/proxy/slack/auth.test").await.unwrap(), 401).await;
        assert_eq!(
            (&refused["code"], &refused["meta"]["isIntegrationError"]),
            (&json!("credential_invalid"), &json!(true))
        );
        assert_eq!(ada.get("/me").await["integrations"]["slack"]["credentialStatus"], "INVALID", "{kind}");
    }
}

#[tokio::test]
async fn a_providers_page_can_sever_itself() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    platform.fault(json!({"on": "page", "path": "*/authorize", "effect": {"kind": "coop"}})).await;
    let attempt = ada.begin("slack", &[]).await;
    let page = ada.browser.get(&attempt.redirect).send().await.unwrap();
    assert_eq!(page.headers()["cross-origin-opener-policy"], "same-origin");
    let home = ada.browser.get(platform.sandbox()).send().await.unwrap();
    assert!(home.headers().get("cross-origin-opener-policy").is_none());
}
