//! Whatever is sent to whatever address: no call makes the platform fail, and every refusal has the form of an error.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use reqwest::{Client, Method};
use serde_json::{Map, Value, json};

use crate::harness::{MAIL_KEY, Platform};

/// Requests that are sent. The generator begins with the same seed each time.
const CASES: u32 = 1_000;
/// In an address: the id of something that is there.
const ID: &str = "{id}";

/// Calls of the SDK, of the app's server, of providers and of the admin API, with bodies that they take.
fn calls() -> Vec<(Method, &'static str, Value)> {
    let nothing = || json!({});
    vec![
        (Method::GET, "/sdk/me", nothing()),
        (Method::PATCH, "/sdk/me", json!({"meta": {"a": 1}})),
        (Method::GET, "/sdk/integrations", nothing()),
        (Method::GET, "/sdk/metadata", nothing()),
        (Method::DELETE, "/sdk/integrations/{id}", nothing()),
        (Method::GET, "/sdk/credentials", nothing()),
        (
            Method::POST,
            "/sdk/credentials",
            json!({"integrationId": ID, "payload": {"apiKey": "x"}, "installOptions": {"externalId": "e"}, "config": {}}),
        ),
        (Method::GET, "/sdk/credentials/{id}", nothing()),
        (Method::PATCH, "/sdk/credentials/{id}", json!({"config": {"configuredWorkflows": {}, "sharedSettings": {}}})),
        (Method::POST, "/sdk/credentials/{id}/complete-setup", json!({"payload": {"senderName": "x"}})),
        (Method::POST, "/sdk/credentials/{id}/configurations", json!({"externalId": "e"})),
        (Method::PATCH, "/sdk/credentials/{id}/configurations", json!({"config": {}, "configurationId": ID})),
        (Method::DELETE, "/sdk/credentials/{id}/configurations", json!({"configurationId": ID})),
        (Method::POST, "/sdk/workflows/{id}", nothing()),
        (Method::DELETE, "/sdk/workflows/{id}", nothing()),
        (Method::POST, "/sdk/actions", json!({"action": "slack", "parameters": [{"key": "a", "source": {}}]})),
        (Method::GET, "/sdk/actions/build-oauth?integrationId={id}&oauthMetaKeyId=0123456789", nothing()),
        (Method::GET, "/sdk/actions/session-id/{id}", nothing()),
        (Method::DELETE, "/sdk/actions/session-id/{id}", nothing()),
        (Method::POST, "/sdk/events/trigger", json!({"name": "n", "payload": {"a": 1}})),
        (Method::POST, "/sdk/triggers/{id}", json!({"a": 1})),
        (Method::GET, "server/task-history/workflow-executions?limit=1", nothing()),
        (Method::GET, "server/task-history/workflow-executions/{id}", nothing()),
        (Method::POST, "server/task-history/workflow-executions/{id}/replay", nothing()),
        (Method::GET, "server/task-history/workflow-executions/{id}/step-executions/{id}", nothing()),
        (Method::POST, "webhook/{id}/custom-triggers/{id}?id={id}", json!({"a": 1})),
        (Method::POST, "/sdk/proxy/sendgrid/mail/send", json!({"from": {"email": "a@b.test"}})),
        (Method::GET, "/sdk/proxy/custom/{id}/x", nothing()),
        (Method::PATCH, "admin/clock", json!({"advanceMs": 1, "frozen": false})),
        (Method::POST, "admin/token", json!({"user": "x", "seconds": 60})),
        (Method::POST, "admin/journal/wait", json!({"filter": {"kind": "api", "path": "*"}, "count": 0})),
        (Method::GET, "admin/journal?kind=api", nothing()),
        (Method::DELETE, "admin/faults/1", nothing()),
        (Method::POST, "admin/snapshots/{id}/load", nothing()),
        (Method::PUT, "admin/snapshots/x/file", json!({"format": "paragon-local-snapshot", "version": 1, "schema": 1})),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("__proto__")),
        Just(json!("{{inputs.x}}")),
        Just(json!("'; DROP TABLE person; --")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::vec((".{0,8}", inner), 0..3)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// What becomes of a body that a call takes.
#[derive(Clone, Debug)]
enum Body {
    AsItIs,
    /// The member of this number is replaced.
    Member(usize, Value),
    Other(Value),
    Bytes(Vec<u8>),
}

#[derive(Clone, Debug)]
struct Case {
    call: usize,
    id: Option<String>,
    query: Vec<(String, String)>,
    body: Body,
    method: Option<usize>,
}

fn any_case(calls: usize) -> impl Strategy<Value = Case> {
    let body = prop_oneof![
        2 => Just(Body::AsItIs),
        4 => (0usize..4, any_json()).prop_map(|(member, value)| Body::Member(member, value)),
        1 => any_json().prop_map(Body::Other),
        1 => proptest::collection::vec(any::<u8>(), 0..64).prop_map(Body::Bytes),
    ];
    let query = proptest::collection::vec(("[a-zA-Z]{1,12}|wait|limit|status", ".{0,12}"), 0..3);
    let id = proptest::option::weighted(0.4, "[^\u{0}]{1,24}");
    let method = proptest::option::weighted(0.05, 0usize..5);
    (0..calls, id, query, body, method).prop_map(|(call, id, query, body, method)| Case {
        call,
        id,
        query,
        body,
        method,
    })
}

struct Target {
    client: Client,
    base: String,
    project: String,
    token: String,
    secret: String,
    api_key: String,
    known: String,
    calls: Vec<(Method, &'static str, Value)>,
}

impl Target {
    /// Sends a case; says what is wrong with the answer.
    async fn send(&self, case: &Case) -> Result<(), String> {
        let (method, path, base) = &self.calls[case.call];
        let method = case.method.map_or(method.clone(), |other| {
            [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE][other].clone()
        });
        let id = case.id.as_ref().map_or_else(
            || self.known.clone(),
            |id| percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string(),
        );
        let (origin, project) = (&self.base, &self.project);
        let (start, bearer) = match path.split_once('/').unwrap_or_default() {
            ("admin", rest) => (format!("{origin}/_admin/projects/default/{rest}"), &self.secret),
            ("server", rest) => (format!("{origin}/projects/{project}/{rest}"), &self.api_key),
            ("webhook", rest) => (format!("{origin}/triggers/connect/{project}/{rest}"), &self.token),
            _ => (format!("{origin}/projects/{project}{path}"), &self.token),
        };
        let mut body: Value = serde_json::from_str(&base.to_string().replace(ID, &self.known)).unwrap();
        let bytes = match &case.body {
            Body::AsItIs => body.to_string().into_bytes(),
            Body::Member(number, value) => {
                let members = body.as_object_mut().unwrap();
                match members.values_mut().nth(*number) {
                    Some(member) => *member = value.clone(),
                    None => drop(members.insert("more".into(), value.clone())),
                }
                body.to_string().into_bytes()
            }
            Body::Other(value) => value.to_string().into_bytes(),
            Body::Bytes(bytes) => bytes.clone(),
        };
        let request = self.client.request(method, start.replace(ID, &id)).query(&case.query).bearer_auth(bearer);
        let answer = request
            .header("content-type", "application/json")
            .body(bytes)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let status = answer.status();
        let json =
            answer.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let text = answer.text().await.map_err(|error| error.to_string())?;
        if status.as_u16() == 500 {
            return Err(format!("the platform failed: {text}"));
        }
        if status.is_success() {
            return Ok(());
        }
        let error: Value = serde_json::from_str(&text).unwrap_or_default();
        let good = json && error["code"].is_string() && error["status"] == status.as_u16() && error["meta"].is_object();
        let told = error["message"].as_str().is_some_and(|message| !message.is_empty()) || error["message"].is_array();
        if good && told { Ok(()) } else { Err(format!("{status} is no error as it should be: {text}")) }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_sent_makes_it_fail() {
    let platform = Platform::start().await;
    let accounts = json!([{"integration": "sendgrid", "inputs": {"apiKey": MAIL_KEY}}]);
    let sown = platform.seed(json!([{"id": "ada", "accounts": accounts}])).await;
    let app = &platform.running.app;
    let target = Arc::new(Target {
        client: Client::builder().no_proxy().build().unwrap(),
        base: platform.base().into(),
        project: platform.project.clone(),
        // The clock is moved about.
        token: app.tokens.sign("ada", 0, 300_000_000_000).unwrap(),
        secret: platform.running.secret.clone(),
        api_key: app.project.api_key.clone(),
        known: sown["users"][0]["credentialIds"][0].as_str().unwrap().into(),
        calls: calls(),
    });
    let runtime = tokio::runtime::Handle::current();
    let found = tokio::task::spawn_blocking(move || {
        let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
        let seeded = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config, seeded);
        let outcome = runner.run(&any_case(target.calls.len()), |case| {
            runtime.block_on(target.send(&case)).map_err(|wrong| {
                let (method, path, _) = &target.calls[case.call];
                TestCaseError::fail(format!("{method} {path}: {wrong}"))
            })
        });
        outcome.err().map(|error| match error {
            TestError::Fail(why, case) => format!("{why}\n{case:#?}"),
            other => other.to_string(),
        })
    });
    assert_eq!(found.await.unwrap(), None);
}
