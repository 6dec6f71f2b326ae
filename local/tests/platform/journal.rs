//! The journal: what it notes, how it is asked, and that no secret is in it.

use paragon_local::journal::{Body, Entry, Filter, Kind};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::harness::{MAIL_KEY, Platform, User, expect, headers};

#[tokio::test]
async fn calls_are_noted_in_and_out_with_their_bodies() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    platform.seed(json!([{"id": "ada", "accounts": [{"integration": "slack"}]}])).await;
    platform.admin(Method::DELETE, "/journal", Value::Null).await;
    let body = json!({"channel": "#general", "text": "Hello journal"});
    let sent = ada.call(Method::POST, "/proxy/slack/chat.postMessage", Some(body.clone()), HeaderMap::new()).await;
    expect(sent, 200).await;
    let proxied = platform.journal(json!({"kind": "proxy"})).await;
    assert_eq!(proxied.len(), 1);
    let call = &proxied[0];
    assert_eq!(
        (&call["method"], &call["status"], &call["user"], &call["integration"]),
        (&json!("POST"), &json!(200), &json!("ada"), &json!("slack"))
    );
    assert_eq!(call["address"], format!("/projects/{}/sdk/proxy/slack/chat.postMessage", platform.project));
    assert_eq!(call["request"]["body"], body);
    assert_eq!(call["response"]["body"]["output"]["ok"], true);
    assert_eq!(call["request"]["headers"]["authorization"], "[redacted]");
    let out = platform.journal(json!({"kind": "provider", "parent": call["id"]})).await;
    assert_eq!(out.len(), 1);
    assert_eq!(out[0]["address"], format!("{}/slack/api/chat.postMessage", platform.sandbox()));
    assert_eq!((&out[0]["request"]["body"], &out[0]["user"]), (&body, &json!("ada")));
    assert_eq!(out[0]["response"]["body"]["ok"], true);
    expect(ada.post("/events/trigger", json!({"name": "Order made", "payload": {"n": 1}})).await, 201).await;
    for (filter, count) in [
        (json!({}), 3),
        (json!({"kind": "hermes"}), 1),
        (json!({"path": "*/chat.postMessage"}), 2),
        (json!({"method": "get"}), 0),
        (json!({"status": "2xx"}), 3),
        (json!({"status": "201"}), 1),
        (json!({"sent": "Hello journal"}), 2),
        (json!({"answered": "general"}), 0),
        (json!({"user": "bob"}), 0),
        (json!({"faulty": true}), 0),
        (json!({"after": call["id"]}), 2),
        (json!({"limit": 1}), 1),
    ] {
        assert_eq!(platform.journal(filter.clone()).await.len(), count, "{filter}");
    }
    let by_query = platform.admin(Method::GET, "/journal?kind=proxy&status=4xx&limit=5", Value::Null).await;
    assert_eq!(expect(by_query, 200).await, json!({"calls": []}));
    expect(platform.admin(Method::GET, "/journal?colour=red", Value::Null).await, 400).await;
}

#[tokio::test]
async fn one_can_wait_for_a_call() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let wait = |timeout: u64| {
        let body = json!({"filter": {"path": "*/sdk/me"}, "count": 2, "timeoutMs": timeout});
        platform.admin(Method::POST, "/journal/wait", body)
    };
    ada.get("/me").await;
    let short = expect(wait(1).await, 200).await;
    assert_eq!((&short["met"], short["calls"].as_array().unwrap().len()), (&json!(false), 1));
    let (met, _) = tokio::join!(wait(60_000), ada.get("/me"));
    assert_eq!(expect(met, 200).await["met"], true);
}

#[tokio::test]
async fn no_secret_is_in_it() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let attempt = ada.begin("slack", &[]).await;
    let callback = ada.decide(&attempt.redirect, "ada", "allow").await;
    ada.finish(&callback).await;
    ada.get(&format!("/actions/session-id/{}", attempt.key)).await;
    // The cloud's way, with the token in the address.
    let id = ada.integration_id("jira").await;
    ada.nonce_page(&id, None, None).await;
    expect(ada.connect_mailer(MAIL_KEY, json!({"bypassPostOAuthPrompt": true})).await, 200).await;
    expect(ada.connect_mailer("SG.wrong-but-secret-all-the-same", json!({})).await, 400).await;
    expect(ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await, 200).await;
    expect(ada.call(Method::GET, "/proxy/sendgrid/user/profile", None, HeaderMap::new()).await, 200).await;
    platform.control(json!({"revokeAll": true})).await;
    ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await;
    let secrets: Vec<String> = platform
        .running
        .app
        .store
        .read(|db| {
            let mut all = db.prepare("SELECT secrets FROM credential")?;
            all.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()
        })
        .await
        .unwrap();
    let mut known = vec![ada.token.clone(), attempt.key.clone(), "wrong-but-secret".into(), "local-only-secret".into()];
    let query: Vec<(String, String)> =
        url::Url::parse(&callback).unwrap().query_pairs().map(|(key, value)| (key.into(), value.into())).collect();
    known.extend(query.into_iter().map(|(_, value)| value));
    for secret in &secrets {
        let secret: Value = serde_json::from_str(secret).unwrap();
        for place in ["/token/access_token", "/token/refresh_token", "/inputs/apiKey"] {
            known.extend(secret.pointer(place).and_then(Value::as_str).map(str::to_owned));
        }
    }
    assert!(known.len() >= 9, "{known:?}");
    let text = json!(platform.journal(json!({})).await).to_string();
    assert!(text.contains("/oauth/callback?code=[redacted]"), "the callback is noted");
    for secret in known {
        assert!(!text.contains(&secret), "{secret} is in the journal");
    }
}

#[tokio::test]
async fn a_secret_that_a_provider_repeats_is_hidden() {
    let provider = MockServer::start().await;
    let echo = |request: &wiremock::Request| {
        let sent = request.headers["x-shop"].to_str().unwrap();
        ResponseTemplate::new(200).set_body_json(json!({"you": format!("are {sent}"), "deep": [{"sent": sent}]}))
    };
    Mock::given(any()).respond_with(echo).mount(&provider).await;
    let file = format!(
        "[[integrations]]\ntype = 'custom'\nname = 'Shop'\nbaseUrl = '{}'\npreOptions = [{{id = 'phrase', title = 'Phrase', type = 'PASSWORD'}}]\nauthorization = {{kind = 'header', name = 'x-shop', value = '{{{{inputs.phrase}}}}'}}\n",
        provider.uri()
    );
    let platform = Platform::with_config(&file).await;
    platform
        .seed(json!([{"id": "ada", "accounts": [{"integration": "custom.shop", "inputs": {"phrase": "open sesame"}}]}]))
        .await;
    let ada = platform.user("ada");
    for raw in ["", "1"] {
        let answer =
            ada.call(Method::GET, "/proxy/custom.shop/x", None, headers(&[("x-paragon-use-raw-response", raw)]));
        assert!(answer.await.text().await.unwrap().contains("are open sesame"));
    }
    let calls = platform.journal(json!({"path": "*/x"})).await;
    assert_eq!(calls.len(), 4);
    for call in &calls {
        assert!(call.to_string().contains("are [redacted]") && !call.to_string().contains("sesame"), "{call}");
    }
}

#[tokio::test]
async fn it_is_bounded_and_long_bodies_are_cut() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let long = "x".repeat(300_000);
    expect(
        ada.post("/events/trigger", json!({"name": "long", "payload": {"text": long, "token": "hunter2222"}})).await,
        201,
    )
    .await;
    let calls = platform.journal(json!({"kind": "hermes"})).await;
    let shown = calls[0]["request"]["body"].as_str().unwrap();
    assert!(calls[0]["request"]["size"].as_u64().unwrap() > 300_000 && shown.len() <= 64 * 1024);
    many(&ada, 60).await;
    let all = platform.journal(json!({"kind": "api", "limit": 10_000})).await;
    assert_eq!(all.len(), 60);
    let ids: Vec<u64> = all.iter().map(|call| call["id"].as_u64().unwrap()).collect();
    assert!(ids.is_sorted());
}

#[tokio::test]
async fn it_keeps_the_last_calls_and_no_more() {
    let platform = Platform::start().await;
    let journal = &platform.running.app.journal;
    let add = |count: usize, size: usize| {
        for _ in 0..count {
            let entry = journal.begin(|new| Entry::new(new, None, Kind::Api, 0, "GET", "/x".into()));
            entry.rest().request.body = Body::of(&vec![b'x'; size]);
        }
    };
    add(2_500, 5);
    assert_eq!(journal.held(), 2_000);
    let all: Filter = serde_json::from_value(json!({"limit": 2_500})).unwrap();
    assert_eq!(journal.find(&all).len(), 500, "an answer has at most 500");
    // 64 KB of each body count, and 32 MB of all: far fewer than 1000 of these remain.
    add(1_000, 1024 * 1024);
    let remaining = journal.held();
    assert!((300..=550).contains(&remaining), "{remaining}");
    platform.admin(Method::DELETE, "/journal", Value::Null).await;
    assert_eq!(journal.held(), 0);
}

async fn many(user: &User<'_>, count: usize) {
    for _ in 0..count {
        user.get("/me").await;
    }
}

#[tokio::test]
async fn it_keeps_as_many_calls_as_the_project_file_says() {
    let platform = Platform::with_config("[project]\nkeepCalls = 4\n").await;
    let ada = platform.user("ada");
    for n in 0..9 {
        expect(ada.post("/events/trigger", json!({"name": format!("n{n}")})).await, 201).await;
    }
    let calls = platform.journal(json!({})).await;
    let names: Vec<&Value> = calls.iter().map(|call| &call["request"]["body"]["name"]).collect();
    assert_eq!(names, ["n5", "n6", "n7", "n8"]);
}
