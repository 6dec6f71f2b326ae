//! The proxy beside providers that are slow, endless, broken or hostile; and what it never does twice.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::harness::{Platform, THIS_MACHINE, User, expect, headers};

const PATIENCE: Duration = Duration::from_secs(60);
/// As much as the platform reads itself, and a little more.
const TOO_LONG: usize = 33 * 1024 * 1024;

/// What a raw provider does with a connection after it has read a request.
type Behaviour = fn() -> Vec<u8>;

/// A provider that speaks HTTP by hand, so that it can break every rule. It keeps connections open.
struct Raw {
    address: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<HashMap<String, usize>>>,
}

impl Raw {
    async fn start(paths: &'static [(&'static str, Behaviour)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (connections, requests) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<HashMap<_, _>>>::default());
        let (opened, counted) = (connections.clone(), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, paths, counted.clone()));
            }
        });
        Self { address, connections, requests }
    }

    fn count(&self, path: &str) -> usize {
        self.requests.lock().unwrap().get(path).copied().unwrap_or_default()
    }
}

async fn serve(
    mut stream: TcpStream,
    paths: &'static [(&'static str, Behaviour)],
    counted: Arc<Mutex<HashMap<String, usize>>>,
) {
    let mut read = Vec::new();
    loop {
        let mut chunk = [0; 16 * 1024];
        let end = loop {
            if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => read.extend_from_slice(&chunk[..count]),
            }
        };
        let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next()?.parse().ok());
        let whole = end + length.unwrap_or(0usize);
        while read.len() < whole {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => read.extend_from_slice(&chunk[..count]),
            }
        }
        read.drain(..whole);
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        *counted.lock().unwrap().entry(path.clone()).or_default() += 1;
        let answer = paths.iter().find(|(known, _)| *known == path).map_or_else(ok, |(_, answer)| answer());
        if answer == b"silence" {
            std::future::pending::<()>().await;
        }
        if answer == b"endless" {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
            let part = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
            while stream.write_all(&part).await.is_ok() {}
            return;
        }
        let (closes, answer) = answer.strip_prefix(b"close:").map_or((false, &answer[..]), |rest| (true, rest));
        if stream.write_all(answer).await.is_err() || closes {
            return;
        }
    }
}

fn ok() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec()
}

fn bomb() -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    // Stored blocks would be as long as what they hold: this is one run of a thousand zeros a few bits each, by hand.
    let deflated = deflate_zeros(TOO_LONG);
    packed.extend(deflated);
    let mut answer =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", packed.len()).into_bytes();
    answer.extend(packed);
    answer
}

/// So many zero bytes, deflated with the fixed Huffman code: a literal, then lengths of 258 at distance 1.
fn deflate_zeros(count: usize) -> Vec<u8> {
    let mut bits: Vec<u8> = Vec::new();
    let (mut byte, mut filled) = (0u8, 0);
    let mut push = |bit: u8| {
        byte |= bit << filled;
        filled += 1;
        if filled == 8 {
            bits.push(byte);
            (byte, filled) = (0, 0);
        }
    };
    let mut word = |code: u16, length: u32| (0..length).rev().for_each(|at| push((code >> at & 1) as u8));
    // Final block, fixed codes (01, lowest bit first).
    word(0b110, 3);
    word(0x30, 8);
    for _ in 0..count / 258 {
        // 285 (258 bytes) is 11000101, distance code 0 is 00000.
        word(0b1100_0101, 8);
        word(0, 5);
    }
    word(0, 7);
    word(0, 8);
    bits
}

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
    let provider = Raw::start(&[
        ("/huge", || {
            let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {TOO_LONG}\r\n\r\n").into_bytes();
            answer.resize(answer.len() + TOO_LONG, b' ');
            answer
        }),
        ("/endless", || b"endless".to_vec()),
        ("/bomb", bomb),
        ("/short", || b"close:HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}".to_vec()),
        ("/garbage", || b"close:no HTTP at all\r\n\r\n".to_vec()),
        ("/heads", || {
            let mut answer = b"HTTP/1.1 200 OK\r\n".to_vec();
            (0..200_000).for_each(|number| writeln!(answer, "x-{number}: 1\r").unwrap());
            answer
        }),
        ("/half", || {
            b"close:HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00".to_vec()
        }),
    ])
    .await;
    let platform = platform(&provider, "").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for path in ["/huge", "/endless", "/bomb"] {
        let error = failure(&ada, path, 502).await;
        assert_eq!(error["code"], "answer_too_long", "{path}");
        assert!(error["message"].as_str().unwrap().contains("X-Paragon-Use-Raw-Response"), "{error}");
    }
    for path in ["/short", "/garbage", "/heads", "/half"] {
        let error = failure(&ada, path, 502).await;
        assert_eq!(
            (&error["code"], &error["meta"]["isIntegrationError"]),
            (&json!("provider_unreachable"), &json!(true))
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
async fn a_provider_that_is_silent_is_left_in_time() {
    let provider = Raw::start(&[
        ("/never", || b"silence".to_vec()),
        ("/stops", || b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_vec()),
    ])
    .await;
    let platform = platform(&provider, "providerTimeoutSeconds = 1").await;
    let ada = platform.user("ada");
    connect(&ada).await;
    for path in ["/never", "/stops"] {
        let error = failure(&ada, path, 504).await;
        assert_eq!(error["code"], "provider_unreachable");
        assert!(error["message"].as_str().unwrap().contains("did not answer in time"), "{error}");
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
        ("/lost", || b"close:".to_vec()),
        ("/refused", || b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}".to_vec()),
        ("/busy", || b"HTTP/1.1 503 Busy\r\nretry-after: 1\r\ncontent-length: 2\r\n\r\n{}".to_vec()),
        ("/moved", || b"HTTP/1.1 307 Moved\r\nlocation: /elsewhere\r\ncontent-length: 2\r\n\r\n{}".to_vec()),
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
    let provider = Raw {
        address: format!("http://{}", listener.local_addr().unwrap()),
        connections: Arc::default(),
        requests: Arc::default(),
    };
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
