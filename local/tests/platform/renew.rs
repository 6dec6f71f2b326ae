//! Access tokens that end, are refused, or cannot be renewed.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use wiremock::matchers::{body_string, body_string_contains, header, path};
use wiremock::{Mock, ResponseTemplate};

use crate::custom::Provider;
use crate::harness::{Platform, User, expect};

async fn list(user: &User<'_>) -> reqwest::Response {
    user.call(Method::GET, "/proxy/googledrive/files?pageSize=1", None, HeaderMap::new()).await
}

async fn status(user: &User<'_>) -> Value {
    user.get("/me").await["integrations"]["googledrive"]["credentialStatus"].clone()
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_once_for_many_calls() {
    let platform = Platform::start().await;
    platform.control(json!({"accessTokenLifetime": 120})).await;
    let ada = platform.user("ada");
    let before = ada.connect("googledrive", &[]).await;
    platform.running.app.clock.advance_ms(90_000);
    // A refresh token that is used twice would end the whole connection, so twenty good answers show that it was not.
    let answers = many(&ada, 20).await;
    assert!(answers.iter().all(|status| *status == 200), "{answers:?}");
    let after = ada.get(&format!("/credentials/{}", before["id"].as_str().unwrap())).await;
    assert_ne!(after["dateRefreshed"], before["dateRefreshed"]);
    expect(list(&ada).await, 200).await;
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_body_is_sent_again() {
    let mock = Provider::start().await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    // "token-1" came with the code; the provider now takes "token-2" only.
    mock.renewals("token-2", 1).await;
    Mock::given(path("/api/echo"))
        .and(header("authorization", "Bearer token-1"))
        .respond_with(ResponseTemplate::new(401))
        .expect(1)
        .mount(&mock.server)
        .await;
    Mock::given(path("/api/echo"))
        .and(header("authorization", "Bearer token-2"))
        .and(body_string("once more"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"ok": true})))
        .expect(1)
        .mount(&mock.server)
        .await;
    let answer = ada
        .browser
        .post(ada.address("/proxy/custom.acme/echo"))
        .bearer_auth(&ada.token)
        .body("once more")
        .send()
        .await
        .unwrap();
    assert_eq!(expect(answer, 200).await, json!({"output": {"ok": true}}));
}

#[tokio::test]
async fn a_caller_that_goes_away_loses_no_rotated_token() {
    let mock = Provider::start().await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    let account = mock.connect(&ada).await;
    Mock::given(path("/token"))
        .and(body_string_contains("refresh-1"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_delay(Duration::from_millis(400))
                .set_body_json(json!({"access_token": "token-2", "token_type": "bearer", "refresh_token": "refresh-2", "expires_in": 3600})),
        )
        .expect(1)
        .with_priority(1)
        .mount(&mock.server)
        .await;
    platform.running.app.clock.advance_ms(3_590_000);
    let gone = ada
        .browser
        .get(ada.address("/proxy/custom.acme/x"))
        .bearer_auth(&ada.token)
        .timeout(Duration::from_millis(100));
    assert!(gone.send().await.is_err());
    tokio::time::sleep(Duration::from_millis(700)).await;
    let after = ada.get(&format!("/credentials/{}", account["id"].as_str().unwrap())).await;
    assert_ne!(after["dateRefreshed"], account["dateRefreshed"]);
}

#[tokio::test]
async fn an_account_that_the_provider_ended_becomes_invalid_and_comes_back() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let account = ada.connect("googledrive", &[]).await;
    platform.control(json!({"revokeAll": true})).await;
    let error = expect(list(&ada).await, 401).await;
    assert_eq!((&error["code"], &error["meta"]["isIntegrationError"]), (&json!("credential_invalid"), &json!(true)));
    assert_eq!(status(&ada).await, "INVALID");
    // Now the provider is not called at all.
    platform.control(json!({"down": true})).await;
    assert_eq!(expect(list(&ada).await, 401).await["code"], "credential_invalid");
    platform.control(json!({"down": false})).await;
    let again = ada.connect("googledrive", &[]).await;
    assert_eq!((&again["id"], &again["status"]), (&account["id"], &json!("VALID")));
    expect(list(&ada).await, 200).await;
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_takes_nothing_away() {
    let platform = Platform::start().await;
    platform.control(json!({"accessTokenLifetime": 120})).await;
    let ada = platform.user("ada");
    ada.connect("googledrive", &[]).await;
    platform.running.app.clock.advance_ms(90_000);
    platform.control(json!({"down": true})).await;
    let error = expect(list(&ada).await, 502).await;
    assert_eq!((&error["code"], &error["meta"]["isIntegrationError"]), (&json!("provider_unreachable"), &json!(true)));
    assert_eq!(status(&ada).await, "VALID");
    platform.control(json!({"down": false})).await;
    expect(list(&ada).await, 200).await;
}

#[tokio::test]
async fn a_refused_renewal_makes_the_account_invalid() {
    let platform = Platform::start().await;
    platform.control(json!({"accessTokenLifetime": 120})).await;
    let ada = platform.user("ada");
    ada.connect("googledrive", &[]).await;
    platform.running.app.clock.advance_ms(90_000);
    platform.control(json!({"failRefresh": true})).await;
    assert_eq!(expect(list(&ada).await, 401).await["code"], "credential_invalid");
    assert_eq!(status(&ada).await, "INVALID");
    let account = &ada.get("/me").await["integrations"]["googledrive"]["allCredentials"][0];
    assert_eq!(account["refreshFailureCount"], 1);
}

#[tokio::test]
async fn disconnecting_ends_the_permission_at_the_provider() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    ada.connect("googledrive", &[]).await;
    let account = expect(
        ada.call(Method::GET, "/credentials?integration=googledrive&includeAccountAuth=true", None, HeaderMap::new())
            .await,
        200,
    )
    .await;
    let token = account["accountAuth"]["OAUTH_ACCESS_TOKEN"].as_str().unwrap().to_owned();
    let direct = || {
        reqwest::Client::new().get(format!("{}/google/drive/v3/files", platform.sandbox())).bearer_auth(&token).send()
    };
    assert_eq!(direct().await.unwrap().status(), 200);
    let id = ada.integration_id("googledrive").await;
    expect(ada.call(Method::DELETE, &format!("/integrations/{id}"), None, HeaderMap::new()).await, 200).await;
    assert_eq!(direct().await.unwrap().status(), 401);
    assert_eq!(ada.get("/credentials").await, json!([]));
}

async fn many(user: &User<'_>, count: usize) -> Vec<u16> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..count {
        let request = user.browser.get(user.address("/proxy/googledrive/files?pageSize=1")).bearer_auth(&user.token);
        tasks.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    tasks.join_all().await
}
