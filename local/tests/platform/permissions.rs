//! What a user token with permissions reaches, plan features, and how many users may connect.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::harness::{MAIL_KEY, Platform, User, expect, headers};

/// The same user with a token that has this claim.
fn limited<'a>(user: &User<'a>, name: &str, claim: &Value) -> User<'a> {
    let app = &user.platform.running.app;
    let token = app.tokens.sign_with(name, app.clock.now_ms(), 3600, Some(claim)).unwrap();
    User { token, ..user.platform.user(name) }
}

async fn refused(user: &User<'_>, method: Method, path: &str, body: Option<Value>, headers: HeaderMap) {
    let error = expect(user.call(method.clone(), path, body, headers).await, 403).await;
    assert_eq!(error["code"], "7210", "{method} {path}: {error}");
}

fn id(account: &Value) -> String {
    account["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_reaches_the_accounts_that_it_names() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.connect("slack", &[]).await;
    let other = ada.connect("slack", &[("installOptions", r#"{"allowMultipleCredentials":true}"#)]).await;
    let drive = ada.connect("googledrive", &[]).await;
    assert_ne!(slack["id"], other["id"]);
    let one = limited(&ada, "ada", &json!({"integration:slack": {format!("credential:{}", id(&other)): true}}));
    let all = one.get("/credentials").await;
    assert_eq!((all.as_array().unwrap().len(), &all[0]["id"]), (1, &other["id"]));
    let me = one.get("/me").await;
    assert_eq!(me["integrations"]["slack"]["credentialId"], other["id"]);
    assert_eq!(me["integrations"]["slack"]["allCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(me["integrations"]["googledrive"]["enabled"], false);
    for hidden in [&slack, &drive] {
        let found = one.call(Method::GET, &format!("/credentials/{}", id(hidden)), None, HeaderMap::new()).await;
        assert_eq!(expect(found, 404).await["code"], "credential_unknown");
    }
    // Without a name the proxy takes the account that the token reaches, and no other one by its id.
    let path = "/proxy/slack/auth.test";
    expect(one.call(Method::GET, path, None, HeaderMap::new()).await, 200).await;
    let named = headers(&[("x-paragon-credential", &id(&slack))]);
    expect(one.call(Method::GET, path, None, named).await, 404).await;
    expect(one.call(Method::GET, "/proxy/googledrive/about", None, HeaderMap::new()).await, 400).await;
    let listed = one.get("/integrations").await;
    let has =
        |kind: &str| listed.as_array().unwrap().iter().any(|one| one["type"] == kind && one["hasCredential"] == true);
    assert!(has("slack") && !has("googledrive"));
    // A new account is none of those that it names.
    let attempt = one.build(&one.integration_id("slack").await, "key-of-an-attempt", &[]).await;
    expect(attempt, 200).await;
    let elsewhere = one.build(&one.integration_id("jira").await, "key-of-another", &[]).await;
    assert_eq!(expect(elsewhere, 403).await["code"], "7210");
}

#[tokio::test]
async fn a_list_lets_see_and_do_what_it_names() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.connect("slack", &[]).await;
    let credential = format!("/credentials/{}", id(&slack));
    let integrations = ada.get("/integrations").await;
    let integration = format!("/integrations/{}", integrations[0]["id"].as_str().unwrap());
    let workflow = format!("/workflows/{}", integrations[0]["workflows"][0]["id"].as_str().unwrap());
    let settings = json!({"config": {"sharedSettings": {"channel": "C1"}}});

    let reader = limited(&ada, "ada", &json!({"integration:*": []}));
    assert_eq!(reader.get(&credential).await["id"], slack["id"]);
    let none = HeaderMap::new;
    refused(&reader, Method::PATCH, &credential, Some(settings.clone()), none()).await;
    refused(&reader, Method::POST, &format!("{credential}/configurations"), Some(json!({})), none()).await;
    refused(&reader, Method::POST, &format!("{credential}/complete-setup"), Some(json!({})), none()).await;
    refused(&reader, Method::POST, &workflow, None, none()).await;
    refused(&reader, Method::DELETE, &integration, None, none()).await;
    refused(&reader, Method::GET, "/proxy/slack/auth.test", None, none()).await;
    assert_eq!(expect(reader.connect_mailer(MAIL_KEY, json!({})).await, 403).await["code"], "7210");
    let resource = reader.get("/me").await["resources"][0]["id"].as_str().unwrap().to_owned();
    refused(&reader, Method::POST, &format!("/resources/{resource}/connect"), Some(json!({"apiKey": "k"})), none())
        .await;

    // .NET apps write the claim as a text.
    let writer = limited(&ada, "ada", &json!(r#"{"integration:slack": {"credential:*": ["credential:write"]}}"#));
    expect(writer.call(Method::PATCH, &credential, Some(settings), none()).await, 200).await;
    expect(writer.call(Method::POST, &workflow, None, none()).await, 200).await;
    refused(&writer, Method::GET, "/proxy/slack/auth.test", None, none()).await;
    assert_eq!(expect(writer.connect_mailer(MAIL_KEY, json!({})).await, 403).await["code"], "7210");
    // An event starts nothing for a token that may not use the account, and is recorded.
    let event = json!({"name": "Task Created", "payload": {"title": "x"}});
    expect(writer.post("/events/trigger", event.clone()).await, 201).await;
    assert_eq!(platform.history("").await["total"], 0);
    expect(ada.post("/events/trigger", event).await, 201).await;
    assert_eq!(platform.history("").await["total"], 1);
    expect(writer.call(Method::DELETE, &integration, None, none()).await, 200).await;
    assert_eq!(ada.get("/credentials").await, json!([]));
}

#[tokio::test]
async fn connecting_never_replaces_an_account_out_of_reach() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let first = expect(ada.connect_mailer(MAIL_KEY, json!({})).await, 200).await;
    let claim = json!({"integration:sendgrid": {"credential:*": true, format!("credential:{}", id(&first)): {"configuration:ext:none": true}}});
    // It sees that account and may not change it.
    let careful = limited(&ada, "ada", &claim);
    assert_eq!(expect(careful.connect_mailer(MAIL_KEY, json!({})).await, 403).await["code"], "7210");
    let more = json!({"allowMultipleCredentials": true});
    let second = expect(careful.connect_mailer(MAIL_KEY, more).await, 200).await;
    assert_ne!(second["id"], first["id"]);
    // One that it does not see at all is not replaced either.
    let claim = json!({"integration:sendgrid": {"credential:*": true, format!("credential:{}", id(&first)): {}, format!("credential:{}", id(&second)): {}}});
    let blind = limited(&ada, "ada", &claim);
    assert_eq!(blind.get("/credentials").await, json!([]));
    let third = expect(blind.connect_mailer(MAIL_KEY, json!({})).await, 200).await;
    assert!(third["id"] != first["id"] && third["id"] != second["id"]);
    assert_eq!(ada.get("/credentials").await.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn settings_are_reached_by_external_id() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let slack = ada.connect("slack", &[]).await;
    let path = format!("/credentials/{}", id(&slack));
    for team in ["Team A", "Team B"] {
        expect(ada.post(&format!("{path}/configurations"), json!({"externalId": team})).await, 200).await;
    }
    let team = limited(&ada, "ada", &json!({"integration:*": {"credential:*": {"configuration:ext:Team A": true}}}));
    let seen = team.get(&path).await;
    let shown: Vec<&Value> = seen["configurations"].as_array().unwrap().iter().map(|one| &one["externalId"]).collect();
    assert_eq!(shown, [&json!("Team A")]);
    let settings = json!({"config": {"sharedSettings": {"channel": "C1"}}});
    let own = headers(&[("x-paragon-configuration-id", "ext:Team A")]);
    let saved = expect(team.call(Method::PATCH, &path, Some(settings.clone()), own.clone()).await, 200).await;
    assert_eq!(saved["configurations"].as_array().unwrap().len(), 1);
    let other = headers(&[("x-paragon-configuration-id", "ext:Team B")]);
    expect(team.call(Method::PATCH, &path, Some(settings), other).await, 404).await;
    expect(team.call(Method::GET, "/proxy/slack/auth.test", None, own).await, 200).await;
    refused(
        &team,
        Method::POST,
        &format!("{path}/configurations"),
        Some(json!({"externalId": "Team C"})),
        HeaderMap::new(),
    )
    .await;
    let integration = format!("/integrations/{}", slack["integrationId"].as_str().unwrap());
    refused(&team, Method::DELETE, &integration, None, HeaderMap::new()).await;
    let all = ada.get(&path).await;
    assert_eq!(all["configurations"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_claim_that_cannot_be_meant_is_a_bad_token() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    for claim in [json!([1]), json!({"integration": true}), json!({"integration:*": 1})] {
        let user = limited(&ada, "ada", &claim);
        let error = expect(user.call(Method::GET, "/me", None, HeaderMap::new()).await, 401).await;
        assert_eq!(error["code"], "token_invalid");
        assert!(error["message"].as_str().unwrap().contains("urn:useparagon:connect:permissions"), "{error}");
    }
    let made = platform.admin(Method::POST, "/token", json!({"user": "ada", "permissions": {"integration:box": true}}));
    let made = expect(made.await, 200).await;
    let user = User { token: made["token"].as_str().unwrap().to_owned(), ..platform.user("ada") };
    assert_eq!(expect(user.connect_mailer(MAIL_KEY, json!({})).await, 403).await["code"], "7210");
    let wrong = platform.admin(Method::POST, "/token", json!({"user": "ada", "permissions": {"box": true}})).await;
    assert_eq!(expect(wrong, 400).await["code"], "token_impossible");
}

const KEYED: &str = "[[integrations]]\ntype = 'custom'\nname = 'Own'\nbaseUrl = 'http://127.0.0.1:9'\n\
    authorization = { kind = 'bearer', token = '{{inputs.key}}' }\n\
    preOptions = [{ id = 'key', title = 'Key', type = 'PASSWORD' }]\n";

#[tokio::test]
async fn what_the_plan_does_not_include_is_refused() {
    let platform = Platform::with_config(&format!("[project]\nfeatures = []\n{KEYED}")).await;
    let ada = platform.user("ada");
    let meta = ada.call(Method::PATCH, "/me", Some(json!({"meta": {"plan": "pro"}})), HeaderMap::new()).await;
    assert_eq!(expect(meta, 400).await["code"], "plan_feature_missing");
    // An empty change is none: signing in sends one.
    expect(ada.call(Method::PATCH, "/me", Some(json!({"meta": {}})), HeaderMap::new()).await, 200).await;
    let all = ada.get("/integrations").await;
    assert_eq!(all[0]["isActive"], false);
    let body = json!({"integrationId": all[0]["id"], "payload": {"key": "k"}});
    assert_eq!(expect(ada.post("/credentials", body).await, 404).await["code"], "integration_unknown");
    let address = format!("{}/projects/{}/task-history/workflow-executions", platform.base(), platform.project);
    let key = &platform.running.app.project.api_key;
    let history = Client::new().get(address).bearer_auth(key).send().await.unwrap();
    assert_eq!(expect(history, 400).await["code"], "plan_feature_missing");
    assert_eq!(ada.get("/me").await["project"]["accessibleFeatures"], json!([]));
}

#[tokio::test]
async fn only_so_many_users_may_connect() {
    let platform = Platform::with_config(&KEYED.replace("name =", "connectedUserLimit = 1\nname =")).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    let limit = async |user: &User<'_>| {
        let one = user.get("/integrations").await[0].clone();
        (one["connectedUserLimitOnDevCred"].clone(), one["connectedUserLimitReached"].clone())
    };
    assert_eq!(limit(&ada).await, (json!(1), json!(false)));
    let connect = async |user: &User<'_>| {
        let body = json!({"integrationId": user.integration_id("custom").await, "payload": {"key": "k"}});
        user.post("/credentials", body).await
    };
    expect(connect(&ada).await, 200).await;
    assert_eq!(limit(&grace).await, (json!(1), json!(true)));
    assert_eq!(expect(connect(&grace).await, 400).await["code"], "connected_user_limit");
    // Whoever is connected may connect again.
    let account = expect(connect(&ada).await, 200).await;
    let gone = format!("/integrations/{}", account["integrationId"].as_str().unwrap());
    expect(ada.call(Method::DELETE, &gone, None, HeaderMap::new()).await, 200).await;
    expect(connect(&grace).await, 200).await;
}
