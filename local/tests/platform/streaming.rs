//! Streams: what one side sends arrives at the other before the sender has finished.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::harness::{Platform, expect};

const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Default)]
struct Signals {
    /// The provider has the first part of the upload.
    arrived: Arc<Notify>,
    /// The app has the first part of the download.
    read: Arc<Notify>,
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
    let router = Router::new().route("/both", get(download).post(upload)).with_state(signals);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn both_directions_stream() {
    let signals = Signals::default();
    let base = provider(signals.clone()).await;
    let platform = Platform::with_config(&format!(
        "[[integrations]]\ntype = 'custom'\nname = 'S'\nbaseUrl = '{base}'\n\
         authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
         preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n"
    ))
    .await;
    let ada = platform.user("ada");
    let id = ada.integration_id("custom").await;
    let key = serde_json::json!({"integrationId": id, "payload": {"key": "k"}});
    expect(ada.post("/credentials", key).await, 200).await;
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
