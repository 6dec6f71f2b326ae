//! The program is killed while runs are under way: each goes on where it stood, and no step that was done is done again.

use std::collections::HashMap;
use std::path::Path;

use reqwest::Client;
use serde_json::{Value, json};

use super::support::{KEY, PATIENCE, Receiver, on_event};
use crate::binary::{Server, project, token};

/// How often the process is killed.
const KILLS: usize = 6;
/// Runs that are started between two kills.
const RUNS: usize = 4;
/// Requests of one run.
const REQUESTS: usize = 5;

fn steps() -> &'static str {
    "[[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/{{1.event.id}}/2'\n\
     [[integrations.workflows.steps]]\nkind = 'request'\nmethod = 'POST'\nurl = '/{{1.event.id}}/{{2.response.body.next}}'\n\
     [[integrations.workflows.steps]]\nkind = 'fanOut'\nover = '{{1.event.list}}'\n\
     steps = [{ kind = 'request', method = 'POST', url = '/{{1.event.id}}/4[{{4.instance}}]/5' }]\n"
}

/// Requests by path (`/<run>/<place>`).
fn counts(receiver: &Receiver) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for one in receiver.all() {
        let path = percent_encoding::percent_decode_str(one.uri.path()).decode_utf8().unwrap().replace("/v1/", "");
        *counts.entry(path).or_default() += 1;
    }
    counts
}

/// Requests whose steps are written down as done, by path.
fn done(data: &Path) -> Vec<String> {
    let database = rusqlite::Connection::open(data.join("platform.db")).unwrap();
    let mut query = database
        .prepare(
            "SELECT t.output, s.place FROM step_execution s
             JOIN step_execution t ON t.execution_id = s.execution_id AND t.place = '1'
             WHERE s.type = 'ACTION/REQUEST' AND s.status = 'SUCCEEDED'",
        )
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    rows.map(|row| {
        let (trigger, place) = row.unwrap();
        let trigger: Value = serde_json::from_str(&trigger).unwrap();
        format!("{}/{place}", trigger["event"]["id"].as_str().unwrap())
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_run_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::start().await;
    receiver.always(|_| axum::response::IntoResponse::into_response(axum::Json(json!({"next": "3"}))));
    let config = on_event(&receiver, steps()).replace("\nPROJECT", "").replace("SETTINGS", "");
    std::fs::write(folder.path().join("paragon.toml"), config).unwrap();
    let token = token(folder.path());
    let client = Client::new();
    let mut finished: HashMap<String, usize> = HashMap::new();
    for round in 0..=KILLS {
        let server = Server::start(folder.path());
        let address = format!("{}/projects/{}/sdk", server.base(), project(server.base()).await);
        let call =
            |path: &str, body: Value| client.post(format!("{address}{path}")).bearer_auth(&token).json(&body).send();
        if round == 0 {
            let all: Value = client
                .get(format!("{address}/integrations"))
                .bearer_auth(&token)
                .send()
                .await
                .unwrap()
                .json()
                .await
                .unwrap();
            let body = json!({"integrationId": all[0]["id"], "payload": {"key": KEY}});
            assert_eq!(call("/credentials", body).await.unwrap().status(), 200);
        }
        if round < KILLS {
            for run in 0..RUNS {
                let event = json!({"name": "go", "payload": {"id": format!("r{round}x{run}"), "list": [0, 1, 2]}});
                assert_eq!(call("/events/trigger", event).await.unwrap().status(), 201);
            }
            // Killed in the middle of the work, at another place each time.
            receiver.wait(receiver.all().len().min(round * RUNS * REQUESTS) + 1 + round * 3 % 7).await;
            server.kill();
            let counted = counts(&receiver);
            for path in done(folder.path()) {
                let now = counted.get(&path).copied().unwrap_or_default();
                assert!(now >= 1, "{path} is written down as done, and never came");
                assert_eq!(*finished.entry(path.clone()).or_insert(now), now, "{path} was done, and came again");
            }
        } else {
            let all_ended = async {
                while done(folder.path()).len() < KILLS * RUNS * REQUESTS {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(PATIENCE * 2, all_ended).await.expect("some runs did not end");
            server.kill();
        }
    }
    let counted = counts(&receiver);
    for (path, before) in finished {
        assert_eq!(counted[&path], before, "{path} was done before a kill, and came again");
    }
    assert_eq!(counted.len(), KILLS * RUNS * REQUESTS, "every step of every acknowledged event was taken");
}
