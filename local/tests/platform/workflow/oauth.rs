//! OAuth authorizations of API requests, at an OAuth server that is not ours (`tests/oauth-server.mjs`).

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::support::{Receiver, connect, go, on_event, platform};

/// The server; it ends with its standard input.
struct Server {
    child: Child,
    facts: Value,
}

impl Server {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oauth-server.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test needs node, and npm ci");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let facts = lines.filter_map(|line| serde_json::from_str(&line).ok()).next();
        Self { child, facts: facts.expect("the OAuth server did not start; is npm ci done?") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two requests, with the end of the first token between them; what the guarded resource answered.
async fn twice(server: &Server, authorization: &str) -> Vec<Value> {
    let address = server.facts["address"].as_str().unwrap();
    let secret = "clientSecret = '{{secrets.OAUTH}}'";
    let steps = format!(
        "[[integrations.workflows.steps]]\nkind = 'request'\ntarget = 'api'\nurl = '{address}/api'\nauthorization = {{ {authorization} }}\n"
    )
    .replace("CLIENT", &format!("tokenUrl = '{address}/token', {secret}"));
    let receiver = Receiver::start().await;
    let text = on_event(&receiver, &steps)
        .replace("API = ", &format!("OAUTH = '{}', API = ", server.facts["secret"].as_str().unwrap()));
    let platform = platform(&text).await;
    connect(&platform.user("ada")).await;
    let event = json!({"refresh": server.facts["refreshToken"]});
    go(&platform.user("ada"), event.clone()).await;
    platform.ended(1).await;
    platform.running.app.clock.advance_ms(600_000);
    go(&platform.user("ada"), event).await;
    let mut answers = Vec::new();
    for run in platform.ended(2).await {
        let step = platform.step(&run, "2").await;
        assert_eq!(run["status"], "SUCCEEDED", "{step}");
        assert!(!step.to_string().contains(server.facts["secret"].as_str().unwrap()));
        answers.push(step["output"]["response"]["body"].clone());
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_independent_server_accepts_every_grant() {
    let server = Server::start();
    for place in ["header", "body"] {
        let auth = if place == "header" { "basic" } else { "body" };
        let authorization = format!(
            "kind = 'clientCredentials', client = {{ CLIENT, clientId = '{place}', clientAuth = '{auth}', scopes = ['things:read'] }}"
        );
        let answers = twice(&server, &authorization).await;
        assert_eq!(
            answers,
            [json!({"client": place, "scope": "things:read"}), json!({"client": place, "scope": "things:read"})]
        );
    }
    let password =
        "kind = 'password', client = { CLIENT, clientId = 'owner' }, username = 'ada', password = 'lovelace & co'";
    assert!(twice(&server, password).await.iter().all(|one| one["account"] == "ada"));
    // It rotates: the first refresh token works once, so the second request needs the one that was kept.
    let refresh = "kind = 'refreshToken', client = { CLIENT, clientId = 'refresh', clientAuth = 'basic' }, refreshToken = '{{1.event.refresh}}'";
    assert!(twice(&server, refresh).await.iter().all(|one| one["account"] == "ada"));
}
