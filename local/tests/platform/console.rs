//! The console's page, and what of the admin API is for it alone: the stream of changes, users and credentials, runs.

use reqwest::header::{HeaderMap, ORIGIN};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use crate::harness::{MAIL_KEY, Platform, expect, expect_text, headers};

#[tokio::test]
async fn the_page_holds_no_secret_and_stands_in_nobodys_frame() {
    let platform = Platform::start().await;
    for path in ["/console", "/console/default/calls/5?kind=api", "/console/a/b/c/d"] {
        let page = Client::new()
            .get(format!("{}{path}", platform.base()))
            .header(ORIGIN, "http://localhost:5173")
            .send()
            .await
            .unwrap();
        let all = page.headers().clone();
        let policy = all["content-security-policy"].to_str().unwrap().to_owned();
        // The page may not be built where only Rust is tested; then there is another page, which is as strict.
        for part in
            ["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "base-uri 'none'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(all["cross-origin-opener-policy"], "same-origin");
        assert_eq!(all["cross-origin-resource-policy"], "same-origin");
        assert_eq!(all["referrer-policy"], "no-referrer");
        assert!(all.keys().all(|name| !name.as_str().starts_with("access-control")), "{all:?}");
        let text = page.text().await.unwrap();
        assert!(!text.contains(&platform.running.secret));
    }
    // Another name for this machine is refused here, too.
    let rebound =
        Client::new().get(format!("{}/console", platform.base())).header("host", "evil.test").send().await.unwrap();
    assert_eq!(rebound.status(), 421);
}

#[tokio::test]
async fn what_the_console_reads_is_guarded_as_everything_else() {
    let platform = Platform::start().await;
    let secret = format!("Bearer {}", platform.running.secret);
    for (method, path) in [
        (Method::GET, "/watch"),
        (Method::GET, "/catalog"),
        (Method::GET, "/users"),
        (Method::GET, "/runs"),
        (Method::GET, "/journal/1"),
        (Method::DELETE, "/credentials/0192f7c8-1c1e-7aaa-bbbb-1234567890ab"),
    ] {
        let call = async |more: &[(&'static str, &str)]| {
            let address = format!("{}/_admin/projects/default{path}", platform.base());
            Client::new().request(method.clone(), address).headers(headers(more)).send().await.unwrap()
        };
        assert_eq!(expect(call(&[]).await, 401).await["code"], "secret_wrong", "{path}");
        for foreign in
            [("origin", "http://localhost:5173"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
        {
            let refused = call(&[("authorization", &secret), foreign]).await;
            assert_eq!(expect(refused, 403).await["code"], "admin_refused", "{path} {foreign:?}");
        }
    }
}

/// The events of a stream.
struct Events {
    answer: Response,
    rest: String,
}

impl Events {
    async fn of(platform: &Platform, project: &str) -> Self {
        let answer = platform.admin_call(Method::GET, &format!("/projects/{project}/watch"), Value::Null).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, rest: String::new() }
    }

    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.rest.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.rest = rest;
                // The stream's heartbeat is a comment.
                match event.strip_prefix("data: ") {
                    Some(data) => return Some(serde_json::from_str(data).unwrap()),
                    None => continue,
                }
            }
            let chunk = self.answer.chunk().await.unwrap()?;
            self.rest.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Reads on until an event fits.
    async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        let reading = async {
            loop {
                let event = self.next().await.expect("the stream has ended");
                if fits(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), reading).await.expect("no such event came")
    }
}

#[tokio::test]
async fn the_stream_tells_everything_once_and_then_what_changes() {
    let platform = Platform::start().await;
    let ada = platform.user("ada");
    platform.seed(json!([{"id": "ada", "accounts": [{"integration": "slack"}]}])).await;
    ada.get("/me").await;
    let mut events = Events::of(&platform, "default").await;
    let first = events.next().await.unwrap();
    assert_eq!(first["clock"], json!({"offsetMs": 0, "frozenAt": null}));
    assert_eq!((&first["faults"], &first["projects"]), (&json!([]), &json!([platform.project])));
    let known = first["calls"].as_array().unwrap();
    let me = known.iter().find(|call| call["address"].as_str().unwrap().ends_with("/sdk/me")).unwrap();
    assert_eq!((&me["status"], &me["user"], &me["kind"]), (&json!(200), &json!("ada"), &json!("api")));
    assert!(me.get("request").is_none(), "lines have no bodies");
    assert!(first["slices"][0]["incoming"]["good"].as_u64().unwrap() >= 1);
    assert_eq!(
        first["slices"][0]["incoming"]["latency"].as_array().unwrap().len(),
        1 + first["tally"]["classes"].as_array().unwrap().len()
    );

    // A call that goes on, and its end.
    platform.fault(json!({"path": "*/integrations", "times": 1, "effect": {"kind": "slow", "ms": 1500}})).await;
    assert_eq!(events.until(|event| event.get("faults").is_some()).await["faults"][0]["applied"], 0);
    let body = json!({"channel": "#general", "text": "secret-free"});
    let (_, open) = tokio::join!(
        ada.get("/integrations"),
        events.until(|event| event["calls"][0]["durationMs"].is_null() && event.get("calls").is_some())
    );
    let id = open["calls"][0]["id"].clone();
    let done = events
        .until(|event| {
            event["calls"]
                .as_array()
                .is_some_and(|all| all.iter().any(|call| call["id"] == id && call["status"] == 200))
        })
        .await;
    assert!(done.get("clock").is_none(), "what has not changed is not told again");

    // One call with bodies, by its number.
    let sent = ada.call(Method::POST, "/proxy/slack/chat.postMessage", Some(body.clone()), HeaderMap::new()).await;
    expect(sent, 200).await;
    let proxied = events
        .until(|event| event["calls"].as_array().is_some_and(|all| all.iter().any(|call| call["kind"] == "proxy")))
        .await;
    let proxied =
        proxied["calls"].as_array().unwrap().iter().find(|call| call["kind"] == "proxy").unwrap()["id"].clone();
    let whole = expect(platform.admin(Method::GET, &format!("/journal/{proxied}"), Value::Null).await, 200).await;
    assert_eq!(
        (&whole["request"]["body"], &whole["request"]["headers"]["authorization"]),
        (&body, &json!("[redacted]"))
    );
    expect(platform.admin(Method::GET, "/journal/999999", Value::Null).await, 404).await;

    // The clock, what is stored, the journal that is emptied.
    platform.admin(Method::PATCH, "/clock", json!({"set": "2040-01-01T00:00:00Z", "frozen": true})).await;
    assert_eq!(events.until(|event| event.get("clock").is_some()).await["clock"]["frozenAt"], 2_208_988_800_000i64);
    platform.seed(json!([{"id": "bob"}])).await;
    events.until(|event| event.get("stored").is_some()).await;
    platform.admin(Method::DELETE, "/journal", Value::Null).await;
    let emptied = events.until(|event| event.get("clears").is_some()).await;
    assert!(emptied["oldest"].as_u64() > proxied.as_u64());
}

#[tokio::test]
async fn the_stream_ends_with_its_project() {
    let platform = Platform::start().await;
    let made = expect(platform.admin_call(Method::POST, "/projects", json!({})).await, 201).await;
    let id = made["id"].as_str().unwrap();
    let mut events = Events::of(&platform, id).await;
    assert_eq!(events.next().await.unwrap()["projects"].as_array().unwrap().len(), 2);
    platform.admin_call(Method::DELETE, &format!("/projects/{id}"), Value::Null).await;
    let end = async { while events.next().await.is_some() {} };
    tokio::time::timeout(std::time::Duration::from_secs(60), end).await.expect("the stream goes on");
    let gone = platform.admin_call(Method::GET, &format!("/projects/{id}/watch"), Value::Null).await;
    assert_eq!(expect(gone, 404).await["code"], "project_unknown");
}

#[tokio::test]
async fn users_are_listed_with_credentials_and_without_secrets() {
    let platform = Platform::start().await;
    platform
        .seed(json!([
            {"id": "ada", "meta": {"plan": "pro"}, "accounts": [{"integration": "slack"}, {"integration": "sendgrid", "inputs": {"apiKey": MAIL_KEY}}]},
            {"id": "bob"},
            {"id": "100%"},
        ]))
        .await;
    let get = async |path: &str| expect(platform.admin(Method::GET, path, Value::Null).await, 200).await;
    let all = get("/users").await;
    assert_eq!(all["total"], 3);
    for (search, ids) in [("AD", json!(["ada"])), ("%", json!(["100%"])), ("nobody", json!([]))] {
        let found = get(&format!("/users?search={}", search.replace('%', "%25"))).await;
        assert_eq!(
            found["users"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Value>(),
            ids,
            "{search}"
        );
    }
    assert_eq!(get("/users?offset=2").await["users"].as_array().unwrap().len(), 1);
    let ada = all["users"].as_array().unwrap().iter().find(|one| one["id"] == "ada").unwrap();
    assert_eq!((&ada["credentials"], &ada["unusable"]), (&json!(2), &json!(0)));
    let answer =
        platform.admin(Method::GET, &format!("/users/{}", ada["personaId"].as_str().unwrap()), Value::Null).await;
    let text = expect_text(answer, 200).await;
    assert!(!text.contains(MAIL_KEY) && !text.contains("access_token") && !text.contains("secrets"), "{text}");
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["meta"], json!({"plan": "pro"}));
    let [slack, mail] = [&whole["credentials"][0], &whole["credentials"][1]];
    assert_eq!(
        (&slack["integration"]["key"], &slack["status"], &slack["canExpire"], &slack["canRevoke"]),
        (&json!("slack"), &json!("VALID"), &json!(true), &json!(true))
    );
    assert_eq!((&mail["canExpire"], &mail["canRevoke"]), (&json!(false), &json!(false)));
    // A key neither ends nor can be revoked.
    for what in ["expire", "revoke"] {
        let path = format!("/credentials/{}/{what}", mail["id"].as_str().unwrap());
        expect(platform.admin(Method::POST, &path, Value::Null).await, 409).await;
    }
    for unknown in ["/users/nobody", "/users/0192f7c8-1c1e-7aaa-bbbb-1234567890ab"] {
        expect(platform.admin(Method::GET, unknown, Value::Null).await, 404).await;
    }
    expect(platform.admin(Method::POST, "/credentials/x/expire", Value::Null).await, 404).await;
    expect(platform.admin(Method::GET, "/users?color=red", Value::Null).await, 400).await;
}

#[tokio::test]
async fn a_token_can_end_a_permission_be_revoked_and_an_account_be_disconnected() {
    let platform = Platform::start().await;
    let sown = platform.seed(json!([{"id": "ada", "accounts": [{"integration": "slack"}]}])).await;
    let path = format!("/credentials/{}", sown["users"][0]["credentialIds"][0].as_str().unwrap());
    let ada = platform.user("ada");
    let ask = async || ada.call(Method::GET, "/proxy/slack/auth.test", None, HeaderMap::new()).await;
    let renewals = async || platform.journal(json!({"kind": "provider", "sent": "refresh_token"})).await.len();
    expect(ask().await, 200).await;
    assert_eq!(renewals().await, 0);
    assert_eq!(platform.admin(Method::POST, &format!("{path}/expire"), Value::Null).await.status(), 204);
    expect(ask().await, 200).await;
    assert_eq!(renewals().await, 1, "the next call renews it, and goes on");

    assert_eq!(platform.admin(Method::POST, &format!("{path}/revoke"), Value::Null).await.status(), 204);
    let status = async || ada.get("/me").await["integrations"]["slack"]["allCredentials"][0]["status"].clone();
    assert_eq!(status().await, "VALID", "the platform does not know yet");
    assert_eq!(expect(ask().await, 401).await["code"], "credential_invalid");
    assert_eq!(status().await, "INVALID");

    assert_eq!(platform.admin(Method::DELETE, &path, Value::Null).await.status(), 204);
    assert_eq!(ada.get("/me").await["integrations"]["slack"]["allCredentials"], json!([]));
    expect(platform.admin(Method::DELETE, &path, Value::Null).await, 404).await;
}

#[tokio::test]
async fn a_run_stands_beside_what_was_declared_without_the_projects_secrets() {
    let config = r#"
        [project]
        secrets = { API = "a-very-secret-value" }
        [[integrations]]
        type = "custom"
        name = "Shop"
        baseUrl = "{{sandbox}}/nothing"
        authorization = { kind = "header", name = "x-key", value = "{{inputs.key}}" }
        [[integrations.preOptions]]
        id = "key"
        title = "Key"
        type = "PASSWORD"
        [[integrations.workflows]]
        key = "orders"
        description = "Handle orders"
        defaultEnabled = true
        trigger = { kind = "appEvent", event = "Order Made" }
        [[integrations.workflows.steps]]
        kind = "conditional"
        if = [[{ variable = "{{1.event.big}}", operator = "$booleanTrue" }]]
        [[integrations.workflows.steps.then]]
        kind = "fanOut"
        over = "{{1.event.items}}"
        [[integrations.workflows.steps.then.steps]]
        kind = "request"
        target = "api"
        url = "{{sandbox}}/never?api_key=written-in-the-file"
        authorization = { kind = "bearer", token = "written-here-too" }
        continueOnFailure = true
        [[integrations.workflows.steps.else]]
        kind = "request"
        name = "small"
        url = "/small"
        [[integrations.workflows.steps]]
        kind = "request"
        url = "/last"
        continueOnFailure = true
    "#;
    let platform = Platform::with_config(config).await;
    platform
        .seed(
            json!([{"id": "ada", "accounts": [{"integration": "custom.shop", "inputs": {"key": "shop-key-of-ada"}}]}]),
        )
        .await;
    let ada = platform.user("ada");
    let event = json!({"name": "Order Made", "payload": {"big": true, "items": [1, 2]}});
    expect(ada.post("/events/trigger", event).await, 201).await;
    let get = async |path: &str| expect(platform.admin(Method::GET, path, Value::Null).await, 200).await;
    let mut events = Events::of(&platform, "default").await;
    let run = loop {
        let all = get("/runs").await;
        if all["runs"][0]["ended"].is_string() {
            break all["runs"][0].clone();
        }
        events.until(|event| event.get("stored").is_some()).await;
    };
    assert_eq!(
        (&run["description"], &run["user"], &run["integration"]["key"]),
        (&json!("Handle orders"), &json!("ada"), &json!("custom.shop"))
    );
    let path = format!("/runs/{}", run["id"].as_str().unwrap());
    let text = expect_text(platform.admin(Method::GET, &path, Value::Null).await, 200).await;
    for secret in ["a-very-secret-value", "written-in-the-file", "written-here-too", "shop-key-of-ada"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let whole: Value = serde_json::from_str(&text).unwrap();
    let outline = &whole["outline"];
    assert_eq!((&outline[0]["number"], &outline[0]["type"]), (&json!(2), &json!("IFELSE/ACTION")));
    assert_eq!(
        (&outline[0]["then"][0]["number"], &outline[0]["then"][0]["over"]),
        (&json!(3), &json!("{{1.event.items}}"))
    );
    assert_eq!(outline[0]["then"][0]["steps"][0]["number"], 4);
    assert_eq!((&outline[0]["else"][0]["number"], &outline[0]["else"][0]["name"]), (&json!(5), &json!("small")));
    assert_eq!((&outline[1]["number"], &outline[1]["url"]), (&json!(6), &json!("/last")));
    let places: Vec<&str> =
        whole["steps"].as_array().unwrap().iter().map(|step| step["place"].as_str().unwrap()).collect();
    for place in ["1", "2", "3", "3[0]/4", "3[1]/4", "6"] {
        assert!(places.contains(&place), "{place}: {places:?}");
    }
    assert_eq!(whole["steps"][1]["output"], json!({"result": true}));

    let again = expect(platform.admin(Method::POST, &format!("{path}/replay"), Value::Null).await, 201).await;
    let repeated = get(&format!("/runs/{}", again["id"].as_str().unwrap())).await;
    assert_eq!(repeated["replayOf"], run["id"]);
    assert_eq!(get("/runs?user=bob").await, json!({"runs": [], "total": 0}));
    assert_eq!(get(&format!("/runs?user=ada&workflow={}", run["workflow"].as_str().unwrap())).await["total"], 2);
    for (bad, status) in [("/runs/x", 404), ("/runs?status=LOST", 400)] {
        expect(platform.admin(Method::GET, bad, Value::Null).await, status).await;
    }
    let catalog = get("/catalog").await;
    assert_eq!(
        (&catalog["integrations"][0]["users"], &catalog["integrations"][0]["workflows"][0]["key"]),
        (&json!(1), &json!("orders"))
    );
    assert!(!catalog.to_string().contains("a-very-secret-value"));
}
