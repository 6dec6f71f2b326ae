//! The program itself: its command line, and that a `kill -9` loses nothing that was answered.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_paragon-local");
/// How often the process is killed.
const KILLS: u64 = 25;

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

pub fn token(data: &Path) -> String {
    let output = run(&["token", "--user", "ada", "--data", data.to_str().unwrap()]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1);
    text.trim().to_owned()
}

pub struct Server(Child, Vec<String>);

impl Server {
    pub fn start(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--data", data, "--port", "0", "--sandbox-port", "0", "--demo-port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().take(3);
        let addresses = lines.map(|line| line.unwrap().split_whitespace().last().unwrap().to_owned()).collect();
        Self(child, addresses)
    }

    pub fn base(&self) -> &str {
        &self.1[0]
    }

    /// SIGKILL: the process gets no chance to tidy up.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub async fn project(base: &str) -> String {
    let known: Value =
        Client::new().get(format!("{base}/.well-known/paragon-local")).send().await.unwrap().json().await.unwrap();
    known["projectId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_made_before_the_first_start_works() {
    let folder = tempfile::tempdir().unwrap();
    let before = token(folder.path());
    let server = Server::start(folder.path());
    let project = project(server.base()).await;
    for token in [before, token(folder.path())] {
        let me = Client::new()
            .get(format!("{}/projects/{project}/sdk/me", server.base()))
            .bearer_auth(token)
            .send()
            .await
            .unwrap();
        assert_eq!(me.status(), 200);
    }
    let second = run(&[
        "serve",
        "--data",
        folder.path().to_str().unwrap(),
        "--port",
        "0",
        "--sandbox-port",
        "0",
        "--demo-port",
        "0",
    ]);
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another paragon-local is using the data folder"));
    assert!(folder.path().join("paragon.toml").exists());
    #[cfg(unix)]
    for private in ["platform.db", "platform.db-wal", "signing-key.local-only.pem"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = folder.path().join(private).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{private}");
    }
}

#[test]
fn a_wide_bind_needs_its_flag() {
    let output =
        run(&["serve", "--host", "0.0.0.0", "--memory", "--port", "0", "--sandbox-port", "0", "--demo-port", "0"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--allow-remote"));
}

#[test]
fn a_broken_project_file_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "[project]\nbillingplan = 'x'\n").unwrap();
    let output =
        run(&["serve", "--config", file.to_str().unwrap(), "--data", folder.path().to_str().unwrap(), "--port", "0"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && text.contains("mine.toml") && text.contains("line 2"), "{text}");
}

/// Writes until the process dies. What was answered is noted: events by id, and the highest number of each writer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let token = token(folder.path());
    let mut events: Vec<String> = Vec::new();
    let highest: Arc<Vec<AtomicU64>> = Arc::new((0..4).map(|_| AtomicU64::new(0)).collect());
    let mut project_id = String::new();
    // A request that a dying server swallows is not acknowledged, and must not hold the test up. Made once: that takes
    // longer than some rounds do.
    let client = Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
    for round in 0..KILLS {
        let server = Server::start(folder.path());
        if round == 0 {
            project_id = project(server.base()).await;
        }
        let address = format!("{}/projects/{project_id}/sdk", server.base());
        let me: Value =
            Client::new().get(format!("{address}/me")).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
        for (writer, number) in highest.iter().enumerate() {
            let stored = me["meta"][format!("w{writer}")].as_u64().unwrap_or(0);
            assert!(stored >= number.load(Ordering::SeqCst), "round {round}: writer {writer} lost a write");
        }
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..4usize {
            let (client, address, token, highest) = (client.clone(), address.clone(), token.clone(), highest.clone());
            writers.spawn(async move {
                let mut acknowledged = Vec::new();
                for number in highest[writer].load(Ordering::SeqCst) + 1.. {
                    let event = json!({"name": "load", "payload": {"writer": writer, "number": number}});
                    let sent =
                        client.post(format!("{address}/events/trigger")).bearer_auth(&token).json(&event).send().await;
                    let Ok(answer) = sent else { break };
                    let Ok(answer) = answer.json::<Value>().await else {
                        break;
                    };
                    acknowledged.push(answer["id"].as_str().unwrap().to_owned());
                    let meta = json!({"meta": {format!("w{writer}"): number}});
                    let sent = client.patch(format!("{address}/me")).bearer_auth(&token).json(&meta).send().await;
                    let Ok(answer) = sent else { break };
                    if answer.json::<Value>().await.is_err() {
                        break;
                    }
                    highest[writer].store(number, Ordering::SeqCst);
                }
                acknowledged
            });
        }
        tokio::time::sleep(Duration::from_millis(20 + (round * 37) % 250)).await;
        server.kill();
        while let Some(acknowledged) = writers.join_next().await {
            events.extend(acknowledged.unwrap());
        }
    }
    assert!(events.len() > KILLS as usize, "the load was too small to show anything: {}", events.len());
    let database = rusqlite::Connection::open(folder.path().join("platform.db")).unwrap();
    let healthy: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(healthy, "ok");
    let mut find = database.prepare("SELECT 1 FROM app_event WHERE id = ?1").unwrap();
    for id in &events {
        assert!(find.exists([id]).unwrap(), "the acknowledged event {id} is gone");
    }
}
