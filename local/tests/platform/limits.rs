//! The proxy beside providers that are slow, endless, broken or hostile; and what it never does twice.

use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::harness::{Platform, THIS_MACHINE, User, expect, headers};
use crate::raw::{Answer, BOUNDLESS, BROKEN, Raw, SILENT, TOO_LONG};

const PATIENCE: Duration = Duration::from_secs(60);

async fn platform(provider: &Raw, project: &str) -> Platform {
    Platform::with_config(&format!(
        "[project]\n{project}\n[[integrations]]\ntype = 'custom'\nname = 'S'\nbaseUrl = '{}'\n\
         authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
         preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n",
        provider.address
    ))
    .await
}

async fn connect(user: &User<'_>) {
    let id = user.integration_id("custom").await;
    expect(user.post("/credentials", json!({"integrationId": id, "payload": {"key": "k"}})).await, 200).await;
}

async fn get(user: &User<'_>, path: &str, headers: HeaderMap) -> Response {
    let path = format!("/proxy/custom.s{path}");
    timeout(PATIENCE, user.call(Method::GET, &path, None, headers)).await.expect("the platform answers")
}

async fn failure(user: &User<'_>, path: &str, status: u16) -> Value {
    expect(get(user, path, HeaderMap::new()).await, status).await
}

#[tokio::test]
async fn answers_that_are_huge_endless_packed_or_of_a_wrong_size_are_bounded() {
    let provider = Raw::start(&[BOUNDLESS, BROKEN].concat()).await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for (path, _) in BOUNDLESS {
        let error = failure(&ada, path, 502).await;
        assert_eq!(error["code"], "answer_too_long", "{path}");
        assert!(error["message"].as_str().unwrap().contains("X-Paragon-Use-Raw-Response"), "{error}");
    }
    for (path, _) in BROKEN {
        let error = failure(&ada, path, 502).await;
        assert_eq!(
            (&error["code"], &error["meta"]["isIntegrationError"]),
            (&json!("provider_unreachable"), &json!(true)),
            "{path}"
        );
    }
    // A raw answer goes through as it comes; one that breaks off breaks off.
    let raw = get(&ada, "/short", headers(&[("x-paragon-use-raw-response", "1")])).await;
    assert_eq!(raw.status(), 200);
    assert!(raw.bytes().await.is_err());
    let raw = get(&ada, "/huge", headers(&[("x-paragon-use-raw-response", "1")])).await;
    assert_eq!(raw.bytes().await.unwrap().len(), TOO_LONG);
    assert_eq!(expect(get(&ada, "/well", HeaderMap::new()).await, 200).await["output"], json!({}));
}

#[tokio::test]
async fn what_comes_after_an_answer_is_no_answer_to_the_next_call() {
    let provider = Raw::start(&[("/more", || {
        let first = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        Answer::Bytes([first.as_slice(), b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n\"false\""].concat())
    })])
    .await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for path in ["/more", "/well", "/more", "/well"] {
        assert_eq!(expect(get(&ada, path, HeaderMap::new()).await, 200).await["output"], json!({}), "{path}");
    }
}

#[tokio::test]
async fn headers_of_a_connection_stay_with_it() {
    let provider = Raw::start(&[("/hops", || {
        let head = "HTTP/1.1 200 OK\r\nconnection: x-hop\r\nx-hop: 1\r\nkeep-alive: timeout=5\r\nproxy-authenticate: Basic\r\n\
            trailer: x-late\r\nupgrade: h2c\r\nx-end: 1\r\ncontent-length: 2\r\n\r\n{}";
        Answer::Last(head.as_bytes().to_vec())
    })])
    .await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let sent = headers(&[
        ("connection", "x-mine"),
        ("x-mine", "1"),
        ("keep-alive", "timeout=5"),
        ("proxy-authorization", "Basic eA=="),
        ("proxy-connection", "keep-alive"),
        ("te", "trailers"),
        ("trailer", "x-late"),
        ("upgrade", "h2c"),
        ("expect", "100-continue"),
        ("x-end", "1"),
        ("x-paragon-use-raw-response", "1"),
    ]);
    let answer = get(&ada, "/hops", sent).await;
    assert_eq!(answer.headers()["x-end"], "1");
    for name in ["x-hop", "keep-alive", "proxy-authenticate", "trailer", "upgrade"] {
        assert!(answer.headers().get(name).is_none(), "{name}");
    }
    let head = provider.last_head();
    let names: Vec<&str> = head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    assert!(names.contains(&"x-end") && names.contains(&"authorization"), "{head}");
    for name in
        ["x-mine", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade", "expect"]
    {
        assert!(!names.contains(&name), "{head}");
    }
    let host = format!("host: {}", provider.address.trim_start_matches("http://"));
    assert_eq!(head.lines().filter(|line| line.starts_with("host:")).collect::<Vec<_>>(), [host]);
}

#[tokio::test]
async fn a_provider_that_is_silent_is_left_in_time() {
    let provider = Raw::start(SILENT).await;
    let platform = platform(&provider, "providerTimeoutSeconds = 1").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for (path, _) in SILENT {
        let error = failure(&ada, path, 504).await;
        assert_eq!(error["code"], "provider_unreachable");
        // What drips is never silent, and yet it has to end.
        let why = if *path == "/drips" { "not complete after 5 seconds" } else { "did not answer in time" };
        assert!(error["message"].as_str().unwrap().contains(why), "{error}");
    }
}

#[tokio::test]
async fn connections_to_a_provider_are_used_again() {
    let provider = Raw::start(&[]).await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for number in 0..20 {
        let raw = headers(&[("x-paragon-use-raw-response", if number % 2 == 0 { "1" } else { "" })]);
        assert_eq!(get(&ada, "/x", raw).await.bytes().await.unwrap().len(), if number % 2 == 0 { 2 } else { 13 });
    }
    assert_eq!(provider.count("/x"), 20);
    // One for each of the two clients; the raw one does not unpack.
    assert!(provider.connections.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_not_sent_twice() {
    let provider = Raw::start(&[
        ("/lost", || Answer::Last(Vec::new())),
        ("/refused", || Answer::Bytes(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}".to_vec())),
        ("/busy", || Answer::Bytes(b"HTTP/1.1 503 Busy\r\nretry-after: 1\r\ncontent-length: 2\r\n\r\n{}".to_vec())),
        ("/moved", || {
            Answer::Bytes(b"HTTP/1.1 307 Moved\r\nlocation: /elsewhere\r\ncontent-length: 2\r\n\r\n{}".to_vec())
        }),
    ])
    .await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for (path, status) in [("/lost", 502), ("/busy", 503), ("/refused", 401), ("/moved", 307)] {
        // The connection is an old one, which might have been closed meanwhile.
        expect(get(&ada, "/x", HeaderMap::new()).await, 200).await;
        let raw = headers(&[("x-paragon-use-raw-response", if status == 307 { "1" } else { "" })]);
        let answer = ada.call(Method::POST, &format!("/proxy/custom.s{path}"), Some(json!({"a": 1})), raw).await;
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(provider.count(path), 1, "{path}");
    }
    assert_eq!(provider.count("/elsewhere"), 0);
}

#[tokio::test]
async fn names_and_headers_cannot_lead_elsewhere() {
    let provider = Raw::start(&[]).await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for name in
        ["custom.s%2f..%2fx", "custom.s%3fa", "custom.s%23a", "..", "%2e%2e", "custom.s%00", "custom", "custom/x"]
    {
        let answer = ada.call(Method::GET, &format!("/proxy/{name}/x"), None, HeaderMap::new()).await;
        assert!(answer.status().is_client_error(), "{name}: {}", answer.status());
    }
    assert_eq!(provider.count("/x"), 0);
    // Written by hand: libraries do not send such things.
    let base = platform.base().trim_start_matches("http://");
    let path = ada.address("/proxy/custom.s/x");
    let path = path.split_once(base).unwrap().1;
    let head = |more: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nhost: {base}\r\nauthorization: Bearer {}\r\nconnection: close\r\n{more}\r\n",
            ada.token
        )
    };
    for (more, wanted) in [
        ("x-a: b\rx-c: d\r\n", "HTTP/1.1 400"),
        ("x-paragon-proxy-url: /x\r\n\tfolded\r\n", "HTTP/1.1 400"),
        ("host: evil.test\r\n", "HTTP/1.1 4"),
        ("x-paragon-proxy-url: //evil.test/x\r\n", "HTTP/1.1 400"),
    ] {
        let mut stream = TcpStream::connect(base).await.unwrap();
        stream.write_all(head(more).as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(wanted), "{more:?}: {answer}");
    }
    assert_eq!(provider.count("/x"), 0);
}

#[tokio::test]
async fn a_provider_cannot_lead_the_proxy_into_this_machine() {
    let inside = Raw::start(&[]).await;
    let port: &'static str = inside.address.rsplit(':').next().unwrap().to_owned().leak();
    // Redirects that a test can only name once it knows the port.
    let outside = axum::Router::new().route(
        "/{host}",
        axum::routing::get(move |axum::extract::Path(host): axum::extract::Path<String>| async move {
            axum::response::Redirect::temporary(&format!("http://{host}:{port}/x"))
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider = Raw::at(format!("http://{}", listener.local_addr().unwrap()));
    tokio::spawn(async move { axum::serve(listener, outside).await });
    for private in [false, true] {
        let platform = platform(&provider, &format!("privateTargets = {private}")).await;
        let ada = platform.user("ada");
        connect(&ada).await;
        for host in THIS_MACHINE {
            for raw in ["", "1"] {
                let answer = get(&ada, &format!("/{host}"), headers(&[("x-paragon-use-raw-response", raw)])).await;
                if !private {
                    assert_eq!(expect(answer, 403).await["code"], "private_target", "{host}");
                }
            }
        }
        // With the setting on the same redirects arrive, so it is the setting that kept them out.
        assert_eq!(inside.count("/x") > 0, private);
    }
}
