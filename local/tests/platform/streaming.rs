//! Streams: what one side sends arrives at the other before the sender has finished.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::harness::{Platform, User, expect};

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Default)]
struct Signals {
    /// The provider has the first part of the upload.
    arrived: Arc<Notify>,
    /// The app has the first part of the download.
    read: Arc<Notify>,
    /// The platform has left the provider's stream.
    left: Arc<Notify>,
}

/// Says so when a stream is dropped.
struct Left(Arc<Notify>);

impl Drop for Left {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

/// Two parts, the second only after the signal.
fn parts(signal: Arc<Notify>) -> impl futures_util::Stream<Item = Result<&'static str, std::io::Error>> {
    unfold(0, move |turn| {
        let signal = signal.clone();
        async move {
            match turn {
                0 => Some((Ok("first,"), 1)),
                1 => {
                    signal.notified().await;
                    Some((Ok("second"), 2))
                }
                _ => None,
            }
        }
    })
}

async fn provider(signals: Signals) -> String {
    let download = |State(signals): State<Signals>| async move { Body::from_stream(parts(signals.read)) };
    let upload = |State(signals): State<Signals>, body: Body| async move {
        let mut stream = body.into_data_stream();
        let mut all = Vec::new();
        while let Some(Ok(chunk)) = stream.next().await {
            all.extend_from_slice(&chunk);
            signals.arrived.notify_one();
        }
        axum::Json(String::from_utf8(all).unwrap())
    };
    let sent = |State(signals): State<Signals>, headers: HeaderMap| async move {
        assert_eq!(headers["last-event-id"], "0");
        let left = Left(signals.left);
        let stream = events(signals.read).inspect(move |_| {
            let _ = &left;
        });
        ([("content-type", "text/event-stream")], Body::from_stream(stream))
    };
    let router =
        Router::new().route("/both", get(download).post(upload)).route("/events", get(sent)).with_state(signals);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn platform(base: &str) -> Platform {
    Platform::with_config(&format!(
        "[[integrations]]\ntype = 'custom'\nname = 'S'\nbaseUrl = '{base}'\n\
         authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
         preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n"
    ))
    .await
}

async fn connect(user: &User<'_>) {
    let id = user.integration_id("custom").await;
    let key = serde_json::json!({"integrationId": id, "payload": {"key": "k"}});
    expect(user.post("/credentials", key).await, 200).await;
}

/// Two events, the second only after the signal; then the stream stays open.
fn events(signal: Arc<Notify>) -> impl futures_util::Stream<Item = Result<&'static str, std::io::Error>> {
    unfold(0, move |turn| {
        let signal = signal.clone();
        async move {
            if turn > 0 {
                signal.notified().await;
            }
            Some((Ok(if turn == 0 { "id: 1\ndata: one\n\n" } else { "id: 2\ndata: two\n\n" }), turn + 1))
        }
    })
}

#[tokio::test]
async fn server_sent_events_arrive_as_they_are_sent() {
    let signals = Signals::default();
    let base = provider(signals.clone()).await;
    let platform = platform(&base).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let request = ada.browser.get(ada.address("/proxy/custom.s/events")).bearer_auth(&ada.token);
    let request = request.header("x-paragon-use-raw-response", "1").header("accept", "text/event-stream");
    let mut answer = request.header("last-event-id", "0").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    for event in ["id: 1\ndata: one\n\n", "id: 2\ndata: two\n\n", "id: 2\ndata: two\n\n"] {
        assert_eq!(timeout(PATIENCE, answer.chunk()).await.unwrap().unwrap().unwrap(), event);
        signals.read.notify_one();
    }
    // The app goes away: the provider's connection ends with it.
    drop(answer);
    timeout(PATIENCE, signals.left.notified()).await.expect("the provider is told");
}

#[tokio::test]
async fn both_directions_stream() {
    let signals = Signals::default();
    let base = provider(signals.clone()).await;
    let platform = platform(&base).await;
    let ada = platform.user("ada");
    connect(&ada).await;
    let address = ada.address("/proxy/custom.s/both");

    let request = ada.browser.get(&address).bearer_auth(&ada.token).header("x-paragon-use-raw-response", "1");
    let mut answer = request.send().await.unwrap();
    // The provider waits for this to be read before it sends the rest.
    assert_eq!(timeout(PATIENCE, answer.chunk()).await.unwrap().unwrap().unwrap(), "first,");
    signals.read.notify_one();
    assert_eq!(timeout(PATIENCE, answer.chunk()).await.unwrap().unwrap().unwrap(), "second");

    // The app waits for the first part to arrive before it sends the rest.
    let body = reqwest::Body::wrap_stream(parts(signals.arrived.clone()));
    let request = ada.browser.post(&address).bearer_auth(&ada.token).header("content-type", "text/plain").body(body);
    let answer = timeout(PATIENCE, request.send()).await.unwrap().unwrap();
    assert_eq!(expect(answer, 200).await["output"], "first,second");
}
