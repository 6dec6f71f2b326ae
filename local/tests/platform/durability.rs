//! A `kill -9` at any moment loses nothing that was answered, and leaves nothing half done.
//!
//! `PARAGON_LOCAL_KILLS` says how often the process is killed; a few hundred take some minutes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::binary::{Server, project, token};
use crate::harness::MAIL_KEY;

const KILLS: u64 = 20;
const WRITERS: usize = 4;

/// What was answered so far.
#[derive(Default)]
struct Acknowledged {
    /// The highest number of each writer in the user's metadata.
    highest: [AtomicU64; WRITERS],
    /// The time that the clock was set to.
    clock: AtomicI64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_loses_nothing_acknowledged() {
    let kills = std::env::var("PARAGON_LOCAL_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().unwrap();
    let known = Arc::new(Acknowledged::default());
    let (mut events, mut accounts) = (Vec::new(), Vec::new());
    // Made once: that takes longer than some rounds do.
    let client = http();
    for round in 0..kills {
        let server = Server::start(folder.path());
        let base = server.base().to_owned();
        let sdk = format!("{base}/projects/{}/sdk", project(&base).await);
        // A new one each time: the clock moves on, and hundreds of rounds are longer than a token lives.
        let api = Api { client: client.clone(), sdk, token: token(folder.path()) };
        let me = api.get("/me").await;
        for (writer, number) in known.highest.iter().enumerate() {
            let stored = me["meta"][format!("w{writer}")].as_u64().unwrap_or(0);
            assert!(stored >= number.load(Ordering::SeqCst), "round {round}: writer {writer} lost a write");
            assert_eq!(me["meta"][format!("w{writer}")], me["meta"][format!("again{writer}")], "half a write");
        }
        let clock = format!("{base}/_admin/projects/default/clock");
        let shown: Value = client.get(&clock).bearer_auth(server.secret()).send().await.unwrap().json().await.unwrap();
        assert!(shown["ms"].as_i64().unwrap() >= known.clock.load(Ordering::SeqCst), "the clock went back");

        // Each answer gives a permit; the kill comes when so many have been given, in the middle of whatever comes next.
        let answers = Arc::new(Semaphore::new(0));
        let integrations = api.get("/integrations").await;
        let mailer =
            integrations.as_array().unwrap().iter().find(|one| one["type"] == "sendgrid").unwrap()["id"].clone();
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            writers.spawn(write(api.clone(), writer, round, mailer.clone(), known.clone(), answers.clone()));
        }
        let mover =
            tokio::spawn(move_clock(client.clone(), clock, server.secret().to_owned(), known.clone(), answers.clone()));
        let wanted = 5 + u32::try_from((round * 37) % 61).unwrap();
        let enough = tokio::time::timeout(Duration::from_secs(120), answers.acquire_many(wanted)).await;
        enough.expect("the platform answers").unwrap().forget();
        server.kill();
        mover.await.unwrap();
        while let Some(written) = writers.join_next().await {
            let written = written.unwrap();
            events.extend(written.0);
            accounts.extend(written.1);
        }
    }
    let database = rusqlite::Connection::open(folder.path().join("platform.db")).unwrap();
    let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert!(!database.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
    let find = |sql: &str, ids: &[String]| {
        let mut find = database.prepare(sql).unwrap();
        for id in ids {
            assert!(find.exists([id]).unwrap(), "{id}, which was acknowledged, is gone");
        }
    };
    assert!(events.len() as u64 >= kills && !accounts.is_empty(), "the load was too small to show anything");
    find("SELECT 1 FROM app_event WHERE id = ?1", &events);
    find("SELECT 1 FROM credential WHERE id = ?1", &accounts);
    let halves =
        "SELECT count(*) FROM credential c WHERE 1 != (SELECT count(*) FROM configuration WHERE credential_id = c.id)";
    assert_eq!(
        database.query_row(halves, [], |row| row.get::<_, i64>(0)).unwrap(),
        0,
        "an account without its settings"
    );
}

#[derive(Clone)]
struct Api {
    client: Client,
    sdk: String,
    token: String,
}

impl Api {
    async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.sdk)).bearer_auth(&self.token);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The answer; `None` if the process died before it was whole.
    async fn send(&self, method: reqwest::Method, path: &str, body: Value) -> Option<Value> {
        let request = self.client.request(method, format!("{}{path}", self.sdk)).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.ok()?;
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.ok()
    }
}

/// A request that a dying server swallows is not acknowledged, and must not hold the test up.
fn http() -> Client {
    Client::builder().timeout(Duration::from_secs(60)).no_proxy().build().unwrap()
}

/// Writes until the process dies; ids of the events and accounts that were acknowledged.
async fn write(
    api: Api,
    writer: usize,
    round: u64,
    mailer: Value,
    known: Arc<Acknowledged>,
    answers: Arc<Semaphore>,
) -> (Vec<String>, Vec<String>) {
    let (mut events, mut accounts) = (Vec::new(), Vec::new());
    for number in known.highest[writer].load(Ordering::SeqCst) + 1.. {
        let event = json!({"name": "load", "payload": {"writer": writer, "number": number}});
        let Some(answer) = api.send(reqwest::Method::POST, "/events/trigger", event).await else { break };
        events.push(answer["id"].as_str().unwrap().to_owned());
        answers.add_permits(1);
        let meta = json!({"meta": {format!("w{writer}"): number, format!("again{writer}"): number}});
        if api.send(reqwest::Method::PATCH, "/me", meta).await.is_none() {
            break;
        }
        known.highest[writer].store(number, Ordering::SeqCst);
        answers.add_permits(1);
        if writer == 0 {
            let options = json!({"externalId": format!("{round}-{number}")});
            let body = json!({"integrationId": mailer, "payload": {"apiKey": MAIL_KEY}, "installOptions": options});
            let Some(answer) = api.send(reqwest::Method::POST, "/credentials", body).await else { break };
            accounts.push(answer["id"].as_str().unwrap().to_owned());
            answers.add_permits(1);
        }
    }
    (events, accounts)
}

/// Moves the clock on, a second at a time, until the process dies.
async fn move_clock(client: Client, clock: String, secret: String, known: Arc<Acknowledged>, answers: Arc<Semaphore>) {
    loop {
        let sent = client.patch(&clock).bearer_auth(&secret).json(&json!({"advanceMs": 1000})).send().await;
        let Ok(answer) = sent else { return };
        let Ok(shown) = answer.json::<Value>().await else { return };
        known.clock.fetch_max(shown["ms"].as_i64().unwrap(), Ordering::SeqCst);
        answers.add_permits(1);
    }
}
