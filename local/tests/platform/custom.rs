//! Integrations of one's own: any provider by its addresses alone.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use url::Url;
use wiremock::matchers::{body_string_contains, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::harness::{Platform, User, expect, expect_text};

/// A provider that behaves as a test says, as the custom integration `custom.acme`.
pub struct Provider {
    pub server: MockServer,
}

impl Provider {
    /// Its token endpoint gives `token-1` and `refresh-1` for the code `good`.
    pub async fn start() -> Self {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/token"))
            .and(body_string_contains("code=good"))
            .respond_with(ResponseTemplate::new(200).set_body_json(
                json!({"access_token": "token-1", "token_type": "bearer", "refresh_token": "refresh-1", "expires_in": 3600}),
            ))
            .mount(&server)
            .await;
        Self { server }
    }

    /// Answers `times` renewals of `refresh-1`.
    pub async fn renewals(&self, token: &str, times: u64) {
        Mock::given(path("/token"))
            .and(body_string_contains("grant_type=refresh_token"))
            .and(body_string_contains("refresh_token=refresh-1"))
            .respond_with(ResponseTemplate::new(200).set_body_json(
                json!({"access_token": token, "token_type": "bearer", "refresh_token": "refresh-2", "expires_in": 3600}),
            ))
            .expect(times)
            .mount(&self.server)
            .await;
    }

    /// A project file with this provider; `more` goes into its table.
    pub fn config(&self, more: &str) -> String {
        let base = self.server.uri();
        format!(
            "[[integrations]]\ntype = 'custom'\nname = 'Acme!'\nbaseUrl = '{base}/api'\n{more}\n\
             [integrations.oauth]\nauthorizeUrl = '{base}/authorize'\ntokenUrl = '{base}/token'\nclientId = 'me'\nclientSecret = 'hush-hush'\n\
             scopes = ['a', 'b c']\nclientAuth = 'basic'\nauthorizeParameters = {{ prompt = 'consent', resource = 'urn:x' }}\n"
        )
    }

    /// Connects without a consent page: the provider says yes at once.
    pub async fn connect(&self, user: &User<'_>) -> Value {
        let attempt = user.begin("custom", &[]).await;
        let state = parameter(&attempt.redirect, "state");
        let callback = format!("{}/oauth/callback?code=good&state={state}", user.platform.base());
        expect_text(user.finish(&callback).await, 200).await;
        user.get("/credentials").await[0].clone()
    }
}

fn parameter(address: &str, name: &str) -> String {
    Url::parse(address).unwrap().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn an_oauth_provider_by_its_addresses_alone() {
    let mock = Provider::start().await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    let shown = &ada.get("/integrations").await[0];
    assert_eq!((&shown["type"], &shown["customIntegration"]["slug"]), (&json!("custom"), &json!("custom.acme")));

    let attempt = ada.begin("custom", &[]).await;
    for (name, value) in [
        ("prompt", "consent"),
        ("resource", "urn:x"),
        ("scope", "a b c"),
        ("client_id", "me"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&attempt.redirect, name), value);
    }
    assert!(!attempt.redirect.contains("hush"));
    let account = mock.connect(&ada).await;
    assert_eq!(account["status"], "VALID");
    let exchange = mock.server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(exchange.headers["authorization"], "Basic bWU6aHVzaC1odXNo");
    let form = String::from_utf8(exchange.body).unwrap();
    assert!(form.contains("code_verifier=") && !form.contains("hush"), "{form}");

    Mock::given(path("/api/things"))
        .and(header("authorization", "Bearer token-1"))
        .respond_with(ResponseTemplate::new(200).set_body_string("plain"))
        .expect(2)
        .mount(&mock.server)
        .await;
    let custom_id = shown["customIntegrationId"].as_str().unwrap();
    for address in ["/proxy/custom.acme/things".to_owned(), format!("/proxy/custom/{custom_id}/things")] {
        let answer = ada.call(Method::GET, &address, None, HeaderMap::new()).await;
        assert_eq!(expect(answer, 200).await, json!({"output": "plain"}));
    }
}

#[tokio::test]
async fn a_code_that_the_provider_refuses_connects_nothing() {
    let mock = Provider::start().await;
    Mock::given(path("/token"))
        .respond_with(
            ResponseTemplate::new(400)
                .set_body_json(json!({"error": "invalid_grant", "error_description": "used <b>before</b>"})),
        )
        .with_priority(9)
        .mount(&mock.server)
        .await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    let attempt = ada.begin("custom", &[]).await;
    let callback =
        format!("{}/oauth/callback?code=bad&state={}", platform.base(), parameter(&attempt.redirect, "state"));
    let page = expect_text(ada.finish(&callback).await, 200).await;
    assert!(page.contains("oauth_error_callback") && !page.contains("<b>before"), "{page}");
    assert_eq!(ada.get("/credentials").await, json!([]));
    let result = ada.get(&format!("/actions/session-id/{}", attempt.key)).await;
    assert_eq!(result["error"]["meta"]["oauthError"], "invalid_grant");
}

#[tokio::test]
async fn keys_go_where_the_provider_wants_them() {
    let cases = [
        ("kind = 'bearer', token = '{{inputs.key}}'", "authorization", "Bearer k1"),
        ("kind = 'basic', username = '{{inputs.key}}', password = 'x'", "authorization", "Basic azE6eA=="),
        ("kind = 'header', name = 'X-Key', value = 'v {{inputs.key}}'", "x-key", "v k1"),
    ];
    for (authorization, name, value) in cases {
        let server = MockServer::start().await;
        let wanted = Mock::given(path("/me")).and(header(name, value));
        wanted.respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": 7}))).expect(2).mount(&server).await;
        connect_by_key(&server, authorization).await;
    }
    let server = MockServer::start().await;
    Mock::given(path("/me"))
        .and(query_param("key", "k1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": 7})))
        .expect(2)
        .mount(&server)
        .await;
    connect_by_key(&server, "kind = 'query', name = 'key', value = '{{inputs.key}}'").await;
}

/// Connects with the key `k1`, and asks `/me` through the proxy.
async fn connect_by_key(server: &MockServer, authorization: &str) {
    let text = format!(
        "[[integrations]]\ntype = 'custom'\nname = 'Weather'\nbaseUrl = '{}'\nauthorization = {{ {authorization} }}\n\
         account = {{ request = {{ url = '/me' }}, id = 'id' }}\n\
         [[integrations.preOptions]]\nid = 'key'\ntitle = 'Key'\ntype = 'PASSWORD'\n",
        server.uri()
    );
    let platform = Platform::with_config(&text).await;
    let ada = platform.user("ada");
    let id = ada.integration_id("custom").await;
    let body = |key: &str| json!({"integrationId": id, "payload": {"key": key}});
    let saved = expect(ada.post("/credentials", body("k1")).await, 200).await;
    assert_eq!((&saved["status"], &saved["providerId"]), (&json!("VALID"), &json!("7")));
    let answer = ada.call(Method::GET, "/proxy/custom.weather/me?key=mine", None, HeaderMap::new()).await;
    assert_eq!(expect(answer, 200).await, json!({"output": {"id": 7}}));
    let refused = expect(ada.post("/credentials", body("k2")).await, 400).await;
    assert_eq!((&refused["code"], &refused["meta"]["isIntegrationError"]), (&json!("7003"), &json!(true)));
    let unsendable = expect(ada.post("/credentials", body("a\nb")).await, 400).await;
    assert!(unsendable["code"] == "key_unusable" || unsendable["code"] == "7003", "{unsendable}");
}

#[tokio::test]
async fn client_credentials_are_the_users_own() {
    let server = MockServer::start().await;
    Mock::given(path("/token"))
        .and(body_string_contains("grant_type=client_credentials"))
        .and(body_string_contains("client_id=theirs"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"access_token": "cc", "expires_in": "60"})))
        .mount(&server)
        .await;
    Mock::given(path("/x"))
        .and(header("authorization", "Bearer cc"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let base = server.uri();
    let text = format!(
        "[[integrations]]\ntype = 'custom'\nname = 'CC'\nscheme = 'oauth_client_credential'\nbaseUrl = '{base}'\n\
         oauth = {{ authorizeUrl = '{base}/a', tokenUrl = '{base}/token' }}\n\
         preOptions = [{{ id = 'clientId', title = 'Id', type = 'TEXT_NO_VARS' }}, {{ id = 'clientSecret', title = 'Secret', type = 'PASSWORD' }}]\n"
    );
    let platform = Platform::with_config(&text).await;
    let ada = platform.user("ada");
    let id = ada.integration_id("custom").await;
    let saved = ada
        .post("/credentials", json!({"integrationId": id, "payload": {"clientId": "theirs", "clientSecret": "s"}}))
        .await;
    assert_eq!(expect(saved, 200).await["status"], "VALID");
    let answer = ada.call(Method::GET, "/proxy/custom.cc/x", None, HeaderMap::new()).await;
    assert_eq!(expect(answer, 200).await, json!({"output": null}));
}

#[tokio::test]
async fn two_attempts_at_once_do_not_mix() {
    let mock = Provider::start().await;
    let platform = Platform::with_config(&mock.config("")).await;
    let (ada, grace) = (platform.user("ada"), platform.user("grace"));
    let (one, two) = tokio::join!(ada.begin("custom", &[]), grace.begin("custom", &[]));
    let callback =
        |attempt: &str| format!("{}/oauth/callback?code=good&state={}", platform.base(), parameter(attempt, "state"));
    assert_eq!(ada.finish(&callback(&two.redirect)).await.status(), 400);
    assert_eq!(grace.finish(&callback(&one.redirect)).await.status(), 400);
    assert_eq!(grace.finish(&callback(&two.redirect)).await.status(), 200);
    assert_eq!(ada.get("/credentials").await, json!([]));
    assert_eq!(grace.get("/credentials").await.as_array().unwrap().len(), 1);
    assert_ne!(one.key, two.key);
}

#[tokio::test]
async fn a_token_endpoint_that_repeats_what_it_was_sent_tells_nobody() {
    let mock = Provider::start().await;
    let echo = |asked: &wiremock::Request| {
        let all = format!("{:?} {}", asked.headers, String::from_utf8_lossy(&asked.body));
        ResponseTemplate::new(400).set_body_json(json!({"error": "invalid_request", "error_description": all}))
    };
    Mock::given(path("/token")).respond_with(echo).with_priority(9).mount(&mock.server).await;
    for place in ["basic", "body"] {
        let platform = Platform::with_config(&mock.config("").replace("'basic'", &format!("'{place}'"))).await;
        let ada = platform.user("ada");
        // The code is refused, and later the renewal.
        let attempt = ada.begin("custom", &[]).await;
        let state = parameter(&attempt.redirect, "state");
        let callback = format!("{}/oauth/callback?code=bad-and-secret&state={state}", platform.base());
        let mut told = expect_text(ada.finish(&callback).await, 200).await;
        told += &ada.get(&format!("/actions/session-id/{}", attempt.key)).await.to_string();
        mock.connect(&ada).await;
        platform.running.app.clock.advance_ms(3_590_000);
        let ada = platform.user("ada");
        let failed = ada.call(Method::GET, "/proxy/custom.acme/x", None, HeaderMap::new()).await;
        told += &expect(failed, 502).await.to_string();
        assert!(told.matches("invalid_request").count() > 2, "{told}");
        told += &json!(platform.journal(json!({})).await).to_string();
        for secret in ["hush", "bWU6aHVzaA", "bad-and-secret", "refresh-1"] {
            assert!(!told.contains(secret), "{place}, {secret}: {told}");
        }
    }
}
