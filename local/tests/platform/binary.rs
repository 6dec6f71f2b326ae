//! The program itself: its command line.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use reqwest::Client;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_paragon-local");
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

/// The running program, and what it printed.
pub struct Server(Child, Vec<String>);

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::start_as(data, |_| ())
    }

    /// The same; `change` adds to how it is started.
    pub fn start_as(data: &Path, change: impl FnOnce(&mut Command)) -> Self {
        let data = data.to_str().unwrap();
        let mut command = Command::new(PROGRAM);
        command
            .args(["serve", "--data", data, "--port", "0", "--sandbox-port", "0", "--demo-port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        change(&mut command);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().take(5);
        let addresses = lines.map(|line| line.unwrap().split_whitespace().last().unwrap().to_owned()).collect();
        Self(child, addresses)
    }

    pub fn base(&self) -> &str {
        &self.1[0]
    }

    pub fn secret(&self) -> &str {
        &self.1[3]
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
    let mut child = Command::new(PROGRAM)
        .args(["serve", "--host", "0.0.0.0", "--allow-remote", "--memory"])
        .args(["--port", "0", "--sandbox-port", "0", "--demo-port", "0"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let first = BufReader::new(child.stderr.take().unwrap()).lines().next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains("WARN") && first.contains("can act as any user"), "{first}");
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

#[tokio::test]
async fn the_command_line_steers_a_running_platform() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let steer = |arguments: &[&str]| {
        let output = run(&[arguments, &["--data", data]].concat());
        let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        let shown: Value = serde_json::from_str(&out).unwrap_or_default();
        (output.status.success(), shown, err)
    };
    let (done, _, why) = steer(&["clock", "show"]);
    assert!(!done && why.contains("paragon-local serve"), "{why}");
    let server = Server::start(folder.path());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(folder.path().join("admin.json").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let seed = folder.path().join("seed.json");
    std::fs::write(&seed, r#"{"users": [{"id": "ada", "accounts": [{"integration": "slack"}]}]}"#).unwrap();
    let seed = seed.to_str().unwrap();
    assert!(steer(&["clock", "freeze"]).0 && steer(&["clock", "set", "2040-01-01T00:00:00Z"]).0);
    assert!(steer(&["seed", seed]).0 && steer(&["snapshot", "save", "seed"]).0);
    assert_eq!(steer(&["clock", "advance", "1h 30m"]).1["now"], "2040-01-01T01:30:00Z");
    let added = steer(&["fault", "add", "429", "--retry-after", "5", "--path", "*/sdk/me", "--times", "1"]).1;
    assert_eq!(added["effect"], json!({"kind": "status", "status": 429, "retryAfter": 5}));
    // The token is signed by the platform's clock.
    let (project, token) = (project(server.base()).await, token(folder.path()));
    let me = async || {
        let address = format!("{}/projects/{project}/sdk/me", server.base());
        Client::new().get(address).bearer_auth(&token).send().await.unwrap().status().as_u16()
    };
    assert_eq!((me().await, me().await), (429, 200));
    let calls = steer(&["journal", "list", "--path", "*/sdk/me"]).1;
    assert_eq!((&calls[0]["status"], &calls[1]["status"]), (&json!(429), &json!(200)));
    let (met, _, why) = steer(&["journal", "wait", "--status", "500", "--timeout", "1ms"]);
    assert!(!met && why.contains("did not come"), "{why}");
    let exported = folder.path().join("exported.json");
    std::fs::write(&exported, run(&["snapshot", "export", "seed", "--data", data]).stdout).unwrap();
    assert!(steer(&["snapshot", "import", "copy", exported.to_str().unwrap()]).0);
    assert!(steer(&["snapshot", "load", "copy"]).0 && steer(&["snapshot", "delete", "copy"]).0);
    assert_eq!(steer(&["snapshot", "list"]).1.as_array().unwrap().len(), 1);
    let made = steer(&["project", "create", "--ids", "x"]).1;
    assert_eq!(steer(&["project", "list"]).1.as_array().unwrap().len(), 2);
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(steer(&["reset", "--project", &id]).0 && steer(&["reset"]).0);
    assert_eq!(steer(&["clock", "show"]).1["now"], "2040-01-01T00:00:00Z", "the seed has its own time");
    // All of it outlives the process.
    server.kill();
    let server = Server::start(folder.path());
    assert_eq!(steer(&["clock", "show"]).1["now"], "2040-01-01T00:00:00Z");
    assert_eq!(steer(&["project", "show", "--project", &id]).1["signingKey"], made["signingKey"]);
    assert!(steer(&["project", "delete", &id]).0 && !steer(&["project", "show", "--project", &id]).0);
    let other = ["--admin", &format!("{}/_admin", server.base()), "--secret", server.secret()];
    assert!(run(&[&["clock", "show"][..], &other].concat()).status.success());
    assert!(!run(&["clock", "show", "--admin", other[1], "--secret", "wrong"]).status.success());
}
