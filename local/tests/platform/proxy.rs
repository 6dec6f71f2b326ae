//! The proxy: what goes to the provider, and what comes back.

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;
use wiremock::matchers::{body_bytes, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::custom::Provider;
use crate::harness::{MAIL_KEY, Platform, expect, headers};

#[tokio::test]
async fn raw_answers_come_byte_for_byte() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    ada.connect("googledrive", &[]).await;
    let raw = headers(&[("x-paragon-use-raw-response", "1")]);
    let file = "/proxy/googledrive/files/file-random-1mb";
    let meta = expect(ada.call(Method::GET, file, None, raw.clone()).await, 200).await;
    let answer = ada.call(Method::GET, &format!("{file}?alt=media"), None, raw.clone()).await;
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    assert_eq!(answer.headers()["content-length"], "1048576");
    let bytes = answer.bytes().await.unwrap();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
    let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, meta["sha256Checksum"].as_str().unwrap());

    let mut part = raw.clone();
    part.insert("range", "bytes=10-19".parse().unwrap());
    let answer = ada.call(Method::GET, &format!("{file}?alt=media"), None, part).await;
    assert_eq!((answer.status().as_u16(), answer.bytes().await.unwrap().len()), (206, 10));

    let missing = ada.call(Method::GET, "/proxy/googledrive/files/none", None, raw).await;
    assert_eq!(missing.headers()["x-paragon-integration-response"], "true");
    assert_eq!(expect(missing, 404).await["error"]["code"], 404);
}

#[tokio::test]
async fn failures_of_the_provider_are_marked() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    let before = expect(ada.call(Method::GET, "/proxy/sendgrid/scopes", None, HeaderMap::new()).await, 400).await;
    assert_eq!(before["code"], "integration_not_enabled");
    let created = expect(ada.connect_mailer(MAIL_KEY, json!({"bypassPostOAuthPrompt": true})).await, 200).await;
    assert_eq!(created["status"], "VALID");
    let wrong = ada.call(Method::POST, "/proxy/sendgrid/mail/send", Some(json!({})), HeaderMap::new()).await;
    let error = expect(wrong, 400).await;
    assert_eq!((&error["code"], &error["meta"]["isIntegrationError"]), (&json!("provider_failed"), &json!(true)));
    assert!(error["output"]["errors"].is_array());
    platform.control(json!({"down": true})).await;
    let down = expect(ada.call(Method::GET, "/proxy/sendgrid/scopes", None, HeaderMap::new()).await, 503).await;
    assert_eq!(down["meta"]["isIntegrationError"], true);
}

#[tokio::test]
async fn only_what_is_meant_for_the_provider_goes_there() {
    let mock = Provider::start().await;
    Mock::given(path("/api/x"))
        .respond_with(
            ResponseTemplate::new(200)
                .insert_header("set-cookie", "a=b")
                .insert_header("x-own", "1")
                .set_body_json(json!([1])),
        )
        .mount(&mock.server)
        .await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    let sent = headers(&[
        ("cookie", "session=1"),
        ("origin", "http://localhost:5173"),
        ("referer", "http://localhost:5173/x"),
        ("x-paragon-sdk-version", "1"),
        ("x-mine", "yes"),
    ]);
    let answer = ada.call(Method::GET, "/proxy/custom.acme/x?a=%20b&c", None, sent).await;
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(answer.headers()["access-control-allow-origin"], "http://localhost:5173");
    assert_eq!(expect(answer, 200).await, json!({"output": [1]}));
    let got = mock.server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(got.url.query(), Some("a=%20b&c"));
    assert_eq!(got.headers["authorization"], "Bearer token-1");
    assert_eq!(got.headers["x-mine"], "yes");
    for name in ["cookie", "origin", "referer", "x-paragon-sdk-version"] {
        assert!(got.headers.get(name).is_none(), "{name}");
    }
}

#[tokio::test]
async fn redirects_never_carry_the_proof_elsewhere() {
    let (mock, other) = (Provider::start().await, MockServer::start().await);
    let away = format!("{}/file", other.uri());
    Mock::given(path("/api/away"))
        .respond_with(ResponseTemplate::new(302).insert_header("location", away.as_str()))
        .mount(&mock.server)
        .await;
    Mock::given(path("/api/near"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", "there?x=1"))
        .mount(&mock.server)
        .await;
    Mock::given(path("/api/there"))
        .and(header("authorization", "Bearer token-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!("near")))
        .mount(&mock.server)
        .await;
    Mock::given(path("/api/loop"))
        .respond_with(ResponseTemplate::new(302).insert_header("location", "loop"))
        .mount(&mock.server)
        .await;
    Mock::given(path("/file")).respond_with(ResponseTemplate::new(200).set_body_json(json!("far"))).mount(&other).await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    let get = async |name: &str| {
        ada.call(Method::GET, &format!("/proxy/custom.acme/{name}"), None, headers(&[("x-api-key", "app's own")])).await
    };
    assert_eq!(expect(get("near").await, 200).await["output"], "near");
    assert_eq!(expect(get("away").await, 200).await["output"], "far");
    let request = other.received_requests().await.unwrap().pop().unwrap();
    assert!(request.headers.get("authorization").is_none() && request.headers.get("x-api-key").is_none());
    assert_eq!(expect(get("loop").await, 502).await["code"], "redirect_refused");
    // A write is not repeated elsewhere.
    let post = ada.call(Method::POST, "/proxy/custom.acme/away", Some(json!({})), HeaderMap::new()).await;
    assert_eq!(post.status(), 200);
    assert_eq!(other.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn whole_addresses_go_to_listed_hosts_only() {
    let (mock, other) = (Provider::start().await, MockServer::start().await);
    Mock::given(path("/x"))
        .and(header("authorization", "Bearer token-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!(1)))
        .mount(&other)
        .await;
    let listed = format!("allowedHosts = ['{}']", other.uri().trim_start_matches("http://"));
    let platform = Platform::with_config(&mock.config(&listed)).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    let full = format!("{}/x", other.uri());
    let encoded = full.replace(':', "%3A").replace('/', "%2F");
    for (address, headers) in [
        (format!("/proxy/custom.acme/{full}"), HeaderMap::new()),
        (format!("/proxy/custom.acme/{encoded}"), HeaderMap::new()),
        ("/proxy/custom.acme/".to_owned(), headers(&[("x-paragon-proxy-url", &full)])),
    ] {
        assert_eq!(expect(ada.call(Method::GET, &address, None, headers).await, 200).await["output"], 1, "{address}");
    }
    for elsewhere in ["https://evil.test/x", "http://127.0.0.1:1/x", "http://user@127.0.0.1/x"] {
        let answer =
            ada.call(Method::GET, "/proxy/custom.acme/", None, headers(&[("x-paragon-proxy-url", elsewhere)])).await;
        let error = expect(answer, 400).await;
        assert!(error["message"].as_str().unwrap().starts_with("This domain is invalid for the current integration"));
    }
    for climbing in ["%2e%2e/admin", "a%5c..%5cb", "%2fevil.test", "..%2f..%2fadmin"] {
        let answer = ada.call(Method::GET, &format!("/proxy/custom.acme/{climbing}"), None, HeaderMap::new()).await;
        assert_ne!(answer.status(), 200, "{climbing}");
    }
    let unreached = mock.server.received_requests().await.unwrap();
    assert!(unreached.iter().all(|request| !request.url.path().contains("admin")));
}

#[tokio::test]
async fn bodies_go_through_in_full() {
    let mock = Provider::start().await;
    let big = vec![7u8; 3 * 1024 * 1024];
    Mock::given(method("PUT"))
        .and(path("/api/big"))
        .and(body_bytes(big.clone()))
        .respond_with(ResponseTemplate::new(201))
        .mount(&mock.server)
        .await;
    Mock::given(path("/api/auto")).respond_with(ResponseTemplate::new(200)).mount(&mock.server).await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    let put =
        ada.browser.put(ada.address("/proxy/custom.acme/big")).bearer_auth(&ada.token).body(big).send().await.unwrap();
    assert_eq!(expect(put, 201).await, json!({"output": null}));
    for (body, expected) in [("{\"a\":1}", "application/json"), ("a,b", "text/plain; charset=utf-8")] {
        let post = ada
            .browser
            .post(ada.address("/proxy/custom.acme/auto"))
            .bearer_auth(&ada.token)
            .header("content-type", "auto");
        assert_eq!(post.body(body).send().await.unwrap().status(), 200);
        let got = mock.server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(got.headers["content-type"], expected);
        assert_eq!(got.body, body.as_bytes());
    }
}

#[tokio::test]
async fn compressed_answers_are_read_or_passed_on() {
    let mock = Provider::start().await;
    // {"a":1}
    let gzip: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0x54, 0xb2, 0x32, 0xac, 0x05,
        0x00, 0xaf, 0xac, 0x1b, 0x56, 0x07, 0x00, 0x00, 0x00,
    ];
    Mock::given(path("/api/zip"))
        .respond_with(
            ResponseTemplate::new(200)
                .insert_header("content-encoding", "gzip")
                .set_body_raw(gzip.to_vec(), "application/json"),
        )
        .mount(&mock.server)
        .await;
    let platform = Platform::with_config(&mock.config("")).await;
    let ada = platform.user("ada");
    mock.connect(&ada).await;
    let read = ada.call(Method::GET, "/proxy/custom.acme/zip", None, HeaderMap::new()).await;
    assert_eq!(expect(read, 200).await, json!({"output": {"a": 1}}));
    let raw = headers(&[("x-paragon-use-raw-response", "true"), ("accept-encoding", "gzip")]);
    let answer = ada.call(Method::GET, "/proxy/custom.acme/zip", None, raw).await;
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(answer.bytes().await.unwrap(), gzip);
}
