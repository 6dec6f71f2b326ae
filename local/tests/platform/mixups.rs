//! OAuth attempts in the wrong hands: states and codes of another provider, user or project connect nothing.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use url::Url;

use crate::harness::{APP, Platform, User, expect, expect_text};

fn parameter(address: &str, name: &str) -> String {
    Url::parse(address).unwrap().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

/// The address with another value of a parameter.
fn with(address: &str, name: &str, value: &str) -> String {
    let mut url = Url::parse(address).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let pairs = pairs.into_iter().map(|(key, old)| if key == name { (key, value.to_owned()) } else { (key, old) });
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url.into()
}

#[tokio::test]
async fn a_code_of_another_provider_connects_nothing() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let (slack, drive) = (ada.begin("slack", &[]).await, ada.begin("googledrive", &[]).await);
    let from_slack = ada.decide(&slack.redirect, "ada", "allow").await;
    let from_drive = ada.decide(&drive.redirect, "ada", "allow").await;
    let mixed = with(&from_slack, "code", &parameter(&from_drive, "code"));
    assert!(expect_text(ada.finish(&mixed).await, 200).await.contains("oauth_error_callback"));
    let result = ada.get(&format!("/actions/session-id/{}", slack.key)).await;
    assert_eq!(result["error"]["meta"]["oauthError"], "invalid_grant", "{result}");
    assert_eq!(ada.get("/credentials").await, json!([]));
    // The code is still good where it belongs.
    assert!(expect_text(ada.finish(&from_drive).await, 200).await.contains("oauth_success_callback"));
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_state_of_another_user_connects_nothing_to_either() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    // Both in one browser, so that it has both cookies: the account is the one's who began.
    let grace = User { browser: ada.browser.clone(), ..platform.user("grace") };
    let (of_ada, of_grace) = (ada.begin("slack", &[]).await, grace.begin("slack", &[]).await);
    let (one, two) =
        (ada.decide(&of_ada.redirect, "ada", "allow").await, grace.decide(&of_grace.redirect, "grace", "allow").await);
    // The code that Grace's permission gave, with Ada's state: PKCE binds it to Grace's attempt.
    let mixed = with(&one, "code", &parameter(&two, "code"));
    assert!(expect_text(ada.finish(&mixed).await, 200).await.contains("oauth_error_callback"));
    assert_eq!((ada.get("/credentials").await, grace.get("/credentials").await), (json!([]), json!([])));
    // A wrong guess has used the code up; with a new one the account is Grace's, whoever asks.
    let of_grace = grace.begin("slack", &[]).await;
    let two = grace.decide(&of_grace.redirect, "grace", "allow").await;
    assert!(expect_text(grace.finish(&two).await, 200).await.contains("oauth_success_callback"));
    assert_eq!(ada.get(&format!("/actions/session-id/{}", of_grace.key)).await, json!({}));
    assert_eq!(ada.get("/credentials").await, json!([]));
    assert_eq!(grace.get("/credentials").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_state_of_another_project_connects_nothing_here() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let made = expect(platform.admin_call(Method::POST, "/projects", json!({})).await, 201).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let signed = platform.admin_call(Method::POST, &format!("/projects/{id}/token"), json!({"user": "ada"})).await;
    let token = expect(signed, 200).await["token"].as_str().unwrap().to_owned();
    let sdk = format!("{}/projects/{id}/sdk", platform.base());
    let get = async |path: &str| {
        expect(ada.browser.get(format!("{sdk}{path}")).bearer_auth(&token).send().await.unwrap(), 200).await
    };
    let all = get("/integrations").await;
    let slack = all.as_array().unwrap().iter().find(|one| one["type"] == "slack").unwrap()["id"].clone();
    let begin = async |key: &str| {
        let query =
            [("integrationId", slack.as_str().unwrap()), ("originForPostMessage", APP), ("oauthMetaKeyId", key)];
        let page =
            ada.browser.get(format!("{sdk}/actions/oauth-nonce")).query(&query).header("referer", format!("{APP}/"));
        assert_eq!(page.send().await.unwrap().status(), 200);
        let built = get(&format!("/actions/build-oauth?integrationId={}&oauthMetaKeyId={key}", query[0].1)).await;
        built["redirectUrl"].as_str().unwrap().to_owned()
    };
    let sandbox = made["sandbox"].as_str().unwrap();
    let there = ada.decide_at(&begin("attempt-of-there").await, sandbox, "ada", "allow").await;
    let here = ada.begin("slack", &[]).await;
    let own = ada.decide(&here.redirect, "ada", "allow").await;
    // The other project's code with this project's state: another server gave it.
    let mixed = with(&own, "code", &parameter(&there, "code"));
    assert!(expect_text(ada.finish(&mixed).await, 200).await.contains("oauth_error_callback"));
    // The attempt of the other project is none of this one.
    assert_eq!(ada.get("/actions/session-id/attempt-of-there").await, json!({}));
    // And with the project the state is gone.
    let gone = platform.admin_call(Method::DELETE, &format!("/projects/{id}"), Value::Null).await;
    assert_eq!(gone.status(), 204);
    assert_eq!(ada.finish(&there).await.status(), 400);
    assert_eq!(ada.get("/credentials").await, json!([]));
    assert_eq!(Client::new().get(format!("{sdk}/me")).bearer_auth(&token).send().await.unwrap().status(), 404);
}
