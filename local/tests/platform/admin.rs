//! The admin API: who may use it; the clock; seeds.

use reqwest::header::{HOST, HeaderMap, ORIGIN};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::harness::{MAIL_KEY, Platform, expect, expect_text, headers};

#[tokio::test]
async fn only_who_knows_the_secret_and_no_foreign_page_may_use_it() {
    let platform = Platform::start().await;
    let base = platform.base().to_owned();
    let secret = format!("Bearer {}", platform.running.secret);
    let call = async |more: &[(&'static str, &str)]| {
        let address = format!("{base}/_admin/projects/default/clock");
        Client::new().get(address).headers(headers(more)).send().await.unwrap()
    };
    for wrong in ["", "Bearer ", "Bearer x", "Basic x", &secret[..secret.len() - 1], &format!("{secret}x")] {
        let error = expect(call(&[("authorization", wrong)]).await, 401).await;
        assert_eq!(error["code"], "secret_wrong", "{wrong}");
        assert!(!error.to_string().contains(&platform.running.secret));
    }
    // A user token is not the secret.
    let token = format!("Bearer {}", platform.user("ada").token);
    expect(call(&[("authorization", &token)]).await, 401).await;
    for foreign in [
        &[("origin", "http://localhost:5173")][..],
        &[("origin", "null")],
        &[("origin", &platform.running.addresses.demo)],
        &[("origin", &base), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", &base.replace("http:", "https:"))],
    ] {
        let mut all = vec![("authorization", secret.as_str())];
        all.extend(foreign);
        let answer = call(&all).await;
        assert!(answer.headers().keys().all(|name| !name.as_str().starts_with("access-control-allow")), "{foreign:?}");
        assert_eq!(expect(answer, 403).await["code"], "admin_refused", "{foreign:?}");
    }
    let own = [("authorization", secret.as_str()), ("origin", base.as_str()), ("sec-fetch-site", "same-origin")];
    expect(call(&own).await, 200).await;
    // No page gets leave to send the secret from elsewhere.
    let preflight = Client::new()
        .request(Method::OPTIONS, format!("{base}/_admin/projects"))
        .header(ORIGIN, "http://localhost:5173")
        .header("access-control-request-method", "GET")
        .send()
        .await
        .unwrap();
    assert!(!preflight.status().is_success() && preflight.headers().get("access-control-allow-origin").is_none());
    // DNS rebinding.
    let rebound = Client::new().get(format!("{base}/_admin/projects")).header(HOST, "evil.test").send().await.unwrap();
    assert_eq!(rebound.status(), 421);
    expect(platform.admin_call(Method::GET, "/nothing", Value::Null).await, 404).await;
}

#[tokio::test]
async fn tokens_end_by_the_clock_and_so_do_those_of_providers() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let clock = async |change: Value| expect(platform.admin(Method::PATCH, "/clock", change).await, 200).await;
    let frozen = clock(json!({"set": "2040-01-01T00:00:00Z", "frozen": true})).await;
    assert_eq!(frozen, json!({"now": "2040-01-01T00:00:00Z", "ms": 2_208_988_800_000i64, "frozen": true}));
    let late = ada.call(Method::GET, "/me", None, HeaderMap::new()).await;
    assert_eq!(expect(late, 401).await["code"], "token_expired");
    let fresh = expect(platform.admin(Method::POST, "/token", json!({"user": "ada", "seconds": 60})).await, 200).await;
    let ada = crate::harness::User { token: fresh["token"].as_str().unwrap().into(), ..platform.user("ada") };
    platform.seed(json!([{"id": "ada", "accounts": [{"integration": "slack"}]}])).await;
    clock(json!({"advanceMs": 7_200_000})).await;
    let ada = crate::harness::User { token: platform.user("ada").token, ..ada };
    // The provider's access token has ended: it is renewed, and the answer comes.
    let answer = ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await;
    assert_eq!(expect(answer, 200).await["output"]["ok"], true);
    let slack = &ada.get("/me").await["integrations"]["slack"]["allCredentials"][0];
    assert_eq!(slack["dateRefreshed"], "2040-01-01T02:00:00Z");
    let moved = clock(json!({"advanceMs": 3_599_999})).await;
    assert_eq!(moved["now"], "2040-01-01T02:59:59.999Z");
    ada.get("/me").await;
    clock(json!({"advanceMs": 1})).await;
    expect(ada.call(Method::GET, "/me", None, HeaderMap::new()).await, 401).await;
    assert_eq!(clock(json!({"reset": true})).await["frozen"], false);
    for bad in [json!({"set": "tomorrow"}), json!({"speed": 2}), json!({"frozen": "yes"})] {
        expect(platform.admin(Method::PATCH, "/clock", bad).await, 400).await;
    }
}

#[tokio::test]
async fn a_seed_connects_accounts_without_a_popup() {
    let platform = Platform::start().await;
    let sown = platform
        .seed(json!([
            {"id": "ada", "meta": {"plan": "pro"}, "accounts": [
                {"integration": "slack", "as": "grace"},
                {"integration": "salesforce"},
                {"integration": "sendgrid", "inputs": {"apiKey": MAIL_KEY}, "options": {"externalId": "mail"}},
            ]},
            {"id": "bob"},
        ]))
        .await;
    assert_eq!(sown["users"][0]["credentialIds"].as_array().unwrap().len(), 3);
    let ada = platform.user("ada");
    let me = ada.get("/me").await;
    assert_eq!(me["meta"], json!({"plan": "pro"}));
    for kind in ["slack", "salesforce", "sendgrid"] {
        assert_eq!(me["integrations"][kind]["enabled"], true, "{kind}");
    }
    let who = ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await;
    assert_eq!(expect(who, 200).await["output"]["user"], "grace");
    for (account, why) in [
        (json!({"integration": "nothing"}), "no active integration"),
        (json!({"integration": "slack", "as": "eve"}), "There is no person"),
        (json!({"integration": "sendgrid"}), "apiKey"),
        (json!({"integration": "slack", "accounts": 1}), "unknown field"),
    ] {
        let body = json!({"users": [{"id": "x", "accounts": [account]}]});
        let refused = platform.admin(Method::POST, "/seed", body).await;
        assert!(refused.status().is_client_error());
        let status = refused.status().as_u16();
        let text = expect_text(refused, status).await;
        assert!(text.contains(why), "{why}: {text}");
    }
}
