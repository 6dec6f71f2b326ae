//! The whole OAuth flow of every app: consent, code with PKCE, API call, refresh, revocation, deny.

mod common;

use common::*;
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn every_app_connects_refreshes_and_revokes() {
    let sandbox = Sandbox::start().await;
    for app in ALL {
        let browser = Browser::new();
        let back = browser.allow(&sandbox, app, &good_request(app), "grace").await;
        assert!(back.as_str().starts_with(&format!("{CALLBACK}?")), "{back}");
        assert_eq!(parameter(&back, "state").as_deref(), Some("the state/+ &="));
        let (status, answer) = exchange(&sandbox, app, &parameter(&back, "code").expect("a code")).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("Bearer"), &json!(3600)));
        let first = Tokens::of(answer);
        assert!(works(&sandbox, app, &first.access).await, "{}", app.probe);

        let (status, answer) = refresh(&sandbox, app, &first.refresh).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        let second = Tokens::of(answer);
        assert_ne!(first.access, second.access);
        assert_ne!(first.refresh, second.refresh);
        assert!(works(&sandbox, app, &second.access).await);

        let form = [("token", second.refresh.as_str()), ("client_id", CLIENT), ("client_secret", SECRET)];
        let revoked = http().post(sandbox.url(app.revoke)).form(&form).send().await.expect("an answer");
        assert_eq!(revoked.status(), StatusCode::OK);
        assert!(!works(&sandbox, app, &second.access).await, "{}", app.revoke);
        assert_eq!(refresh(&sandbox, app, &second.refresh).await.1["error"], "invalid_grant");
    }
}

#[tokio::test]
async fn token_answers_carry_what_the_originals_add() {
    let sandbox = Sandbox::start().await;
    let salesforce = sandbox.connect(&SALESFORCE_TEST).await.all;
    assert_eq!(salesforce["instance_url"], format!("{}/salesforce-test", sandbox.base));
    let id = salesforce["id"].as_str().expect("an identity address");
    let access = salesforce["access_token"].as_str().unwrap_or_default();
    assert_eq!(sandbox.get_json(id, access).await["email"], "ada@lighthouse.test");
    let slack = sandbox.connect(&SLACK).await.all;
    assert_eq!((&slack["ok"], &slack["team"]["name"]), (&json!(true), &json!("Lighthouse")));
    assert_eq!(sandbox.connect(&SHOPIFY).await.all["associated_user"]["first_name"], "Ada");
}

#[tokio::test]
async fn refresh_tokens_only_where_the_originals_give_them() {
    let sandbox = Sandbox::start().await;
    for (app, without) in [(&SALESFORCE, "scope"), (&JIRA, "scope"), (&DRIVE, "access_type")] {
        let mut request = good_request(app);
        request.remove(without);
        let back = Browser::new().allow(&sandbox, app, &request, "ada").await;
        let (status, answer) = exchange(&sandbox, app, &parameter(&back, "code").expect("a code")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(answer.get("refresh_token").is_none(), "{answer}");
        assert!(answer["scope"].as_str().is_some_and(|scope| !scope.is_empty()), "default scopes: {answer}");
    }
}

#[tokio::test]
async fn deny_goes_back_with_an_error() {
    let sandbox = Sandbox::start().await;
    for app in ALL {
        let browser = Browser::new();
        let mut request = good_request(app);
        request.insert("redirect_uri".into(), CALLBACK_WITH_QUERY.into());
        let fields = browser.consent(&sandbox, app, &request).await;
        let back = location(&browser.decide(&sandbox, app, &fields, "ada", "deny").await);
        assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
        assert!(parameter(&back, "error_description").is_some_and(|text| !text.is_empty()));
        assert_eq!(parameter(&back, "state").as_deref(), Some("the state/+ &="));
        assert_eq!(parameter(&back, "kept").as_deref(), Some("1"));
        assert_eq!(parameter(&back, "code"), None);
    }
}

#[tokio::test]
async fn the_chosen_person_is_signed_in_and_remembered() {
    let sandbox = Sandbox::start().await;
    let browser = Browser::new();
    let tokens = browser.connect(&sandbox, &SLACK, "alan").await;
    assert_eq!(sandbox.get_json("/slack/api/auth.test", &tokens.access).await["user"], "alan");
    let page = browser.open(&sandbox, &JIRA, &good_request(&JIRA)).await.text().await.expect("a page");
    assert!(page.contains("value=\"alan\" checked"), "remembered across apps");
    let stranger = Browser::new().open(&sandbox, &JIRA, &good_request(&JIRA)).await.text().await.expect("a page");
    assert!(stranger.contains("value=\"ada\" checked"));
}

#[tokio::test]
async fn the_client_may_prove_itself_by_basic_or_body_and_jira_takes_json() {
    let sandbox = Sandbox::start().await;
    let mut request = good_request(&SLACK);
    request.insert("client_id".into(), OTHER_CLIENT.into());
    let back = Browser::new().allow(&sandbox, &SLACK, &request, "ada").await;
    let mut form = exchange_form(&parameter(&back, "code").expect("a code"));
    form.remove("client_id");
    form.remove("client_secret");
    // Id and secret are form-encoded inside Basic.
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let request = http().post(sandbox.url(SLACK.token)).form(&form);
    let response =
        request.basic_auth(encode(OTHER_CLIENT), Some(encode(OTHER_SECRET))).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);

    let code = Browser::new().code(&sandbox, &JIRA).await;
    let response = http().post(sandbox.url(JIRA.token)).json(&exchange_form(&code)).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
}
