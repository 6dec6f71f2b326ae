//! The server as a whole: what survives a restart, the control address, hosts, options that cannot be used.

mod common;

use common::*;
use paragon_sandbox::{Client, Error, Options, Sandbox as Server, machine_clock};
use reqwest::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn a_restart_keeps_tokens_keys_sessions_and_what_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Sandbox::start_with(Some(folder.path()), 0).await;
    let port = first.port();
    let browser = Browser::new();
    let slack = browser.connect(&first, &SLACK, "grace").await;
    let old = slack.refresh.clone();
    let slack = Tokens::of(refresh(&first, &SLACK, &old).await.1);
    let drive = first.connect(&DRIVE).await;
    let unused_code = browser.code(&first, &JIRA).await;
    let message = json!({ "channel": "random", "text": "still here" });
    assert_eq!(first.post_json("/slack/api/chat.postMessage", &slack.access, &message).await.1["ok"], true);
    first.stop().await;

    let second = Sandbox::start_with(Some(folder.path()), port).await;
    assert!(works(&second, &SLACK, &slack.access).await);
    assert!(works(&second, &DRIVE, &drive.access).await);
    assert_eq!(exchange(&second, &JIRA, &unused_code).await.0, StatusCode::OK);
    let history = second.get_json("/slack/api/conversations.history?channel=random", &slack.access).await;
    assert_eq!(history["messages"][0]["text"], "still here");
    let page = browser.open(&second, &SLACK, &good_request(&SLACK)).await.text().await.expect("a page");
    assert!(page.contains("value=\"ada\" checked"), "the last one who allowed something");
    let channels = second.get_json("/slack/api/conversations.list?limit=1000", &slack.access).await;
    assert_eq!(channels["channels"].as_array().map(Vec::len), Some(250), "seeded once");
    assert_eq!(refresh(&second, &SLACK, &old).await.1["error"], "invalid_grant", "reuse is known after a restart");
    assert!(!works(&second, &SLACK, &slack.access).await);

    // No secret is in the file.
    let mut stored = Vec::new();
    for name in ["sandbox.db", "sandbox.db-wal"] {
        stored.extend(std::fs::read(folder.path().join(name)).unwrap_or_default());
    }
    assert!(contains(&stored, "still here"), "the search would find text");
    for secret in [&slack.access, &slack.refresh, &drive.access, &drive.refresh, &unused_code] {
        assert!(!contains(&stored, secret));
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn control_needs_its_header_and_plain_members() {
    let sandbox = Sandbox::start().await;
    let address = sandbox.url("/_control");
    let bare = http().post(&address).json(&json!({ "down": true })).send().await.expect("an answer");
    assert_eq!(bare.status(), StatusCode::FORBIDDEN);
    for body in [json!({ "dwon": true }), json!({ "down": "yes" }), json!({ "accessTokenLifetime": -1 }), json!([])] {
        let request = http().post(&address).header("x-sandbox-control", "1").json(&body);
        assert_eq!(request.send().await.expect("an answer").status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let preflight = http().request(reqwest::Method::OPTIONS, &address).header(header::ORIGIN, "http://evil.test");
    let preflight =
        preflight.header("access-control-request-headers", "x-sandbox-control").send().await.expect("an answer");
    assert!(!preflight.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    let settings = sandbox.control(json!({})).await;
    assert_eq!(settings, json!({ "down": false, "accessTokenLifetime": 3600, "coop": false, "failRefresh": false }));
}

#[tokio::test]
async fn control_changes_behaviour() {
    let sandbox = Sandbox::start().await;
    let tokens = sandbox.connect(&SLACK).await;
    sandbox.control(json!({ "down": true })).await;
    for path in ["/", SLACK.probe, SLACK.authorize, "/sendgrid/v3/scopes", "/_assets/style.css", "/nowhere"] {
        assert_eq!(sandbox.get(path, &tokens.access).await.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
    sandbox.control(json!({ "down": false, "failRefresh": true })).await;
    assert!(works(&sandbox, &SLACK, &tokens.access).await);
    assert_eq!(refresh(&sandbox, &SLACK, &tokens.refresh).await.1["error"], "invalid_grant");
    sandbox.control(json!({ "failRefresh": false, "accessTokenLifetime": 0 })).await;
    let (status, answer) = refresh(&sandbox, &SLACK, &tokens.refresh).await;
    assert_eq!((status, &answer["expires_in"]), (StatusCode::OK, &json!(0)), "nothing was used up");
    let expired = sandbox.get_json(SLACK.probe, answer["access_token"].as_str().expect("a token")).await;
    assert_eq!(expired["error"], "token_expired");
    assert!(works(&sandbox, &SLACK, &tokens.access).await, "earlier tokens keep their time");

    let open = async || Browser::new().open(&sandbox, &SLACK, &good_request(&SLACK)).await;
    assert!(!open().await.headers().contains_key("cross-origin-opener-policy"));
    sandbox.control(json!({ "coop": true })).await;
    assert_eq!(open().await.headers()["cross-origin-opener-policy"], "same-origin");

    sandbox.control(json!({ "revokeAll": true })).await;
    assert!(!works(&sandbox, &SLACK, &tokens.access).await);
    assert!(!sandbox.connect(&SLACK).await.access.is_empty(), "new connections can be made");
}

#[tokio::test]
async fn reset_goes_back_to_the_beginning() {
    let sandbox = Sandbox::start().await;
    let tokens = sandbox.connect(&SLACK).await;
    sandbox
        .post_json("/slack/api/chat.postMessage", &tokens.access, &json!({ "channel": "random", "text": "x" }))
        .await;
    let settings = sandbox.control(json!({ "coop": true, "reset": true })).await;
    assert_eq!(settings["coop"], true, "members beside reset count after it");
    assert!(!works(&sandbox, &SLACK, &tokens.access).await);
    let tokens = sandbox.connect(&SLACK).await;
    let history = sandbox.get_json("/slack/api/conversations.history?channel=random", &tokens.access).await;
    assert_eq!(history["messages"], json!([]));
}

#[tokio::test]
async fn only_its_own_names_are_served() {
    let sandbox = Sandbox::start().await;
    let port = sandbox.port();
    let ask = async |host: String| {
        http().get(sandbox.url("/")).header(header::HOST, host).send().await.expect("an answer").status()
    };
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(ask(format!("{host}:{port}")).await, StatusCode::OK, "{host}");
    }
    for host in [
        "evil.test".to_owned(),
        format!("evil.test:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1.evil.test:{port}"),
    ] {
        assert_eq!(ask(host.clone()).await, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
}

#[tokio::test]
async fn pages_are_there() {
    let sandbox = Sandbox::start().await;
    for (path, status, text) in [
        ("/", StatusCode::OK, "Issue Tracker"),
        ("/sendgrid/outbox", StatusCode::OK, "Nothing was sent yet"),
        ("/salesforce/packaging/installPackage.apexp?p0=04t000000000001", StatusCode::OK, "Production host"),
        ("/test.salesforce.com/packaging/installPackage.apexp?p0=04t000000000001", StatusCode::OK, "Test host"),
        ("/salesforce/packaging/installPackage.apexp?p0=%3Cb%3E", StatusCode::BAD_REQUEST, "No package is named"),
        ("/nowhere", StatusCode::NOT_FOUND, "Nothing is at this address"),
    ] {
        let response = http().get(sandbox.url(path)).send().await.expect("an answer");
        assert_eq!(response.status(), status, "{path}");
        assert!(response.text().await.expect("a page").contains(text), "{path}");
    }
}

#[tokio::test]
async fn bad_options_are_named() {
    let options = |base: &str, redirect: &str| Options {
        base_url: base.into(),
        data: None,
        clients: vec![Client {
            id: "c".into(),
            secret: "s".into(),
            redirect_uris: vec![redirect.into()],
            install_uris: vec![],
        }],
        clock: machine_clock(),
    };
    for base in ["", "localhost:9401", "ftp://127.0.0.1", "http://127.0.0.1:9401/path", "http://127.0.0.1?x"] {
        assert!(matches!(Server::open(options(base, CALLBACK)), Err(Error::BaseUrl(_))), "{base}");
    }
    for redirect in ["", "/callback", "javascript:alert(1)", "http://127.0.0.1/#x"] {
        let result = Server::open(options("http://127.0.0.1:9401", redirect));
        assert!(matches!(result, Err(Error::RedirectUri { .. })), "{redirect}");
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut in_file = options("http://127.0.0.1:9401", CALLBACK);
    in_file.data = Some(file.path().join("below"));
    assert!(matches!(Server::open(in_file.clone()), Err(Error::Folder { .. })));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("sandbox.db"),
        "this is no database, but it is long enough to look like one".repeat(20),
    )
    .expect("writes");
    in_file.data = Some(folder.path().to_owned());
    let error = Server::open(in_file).expect_err("a damaged file");
    assert!(matches!(error, Error::Database(_)));
    assert!(error.to_string().contains("delete sandbox.db"));
}
