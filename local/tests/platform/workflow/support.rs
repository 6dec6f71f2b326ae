//! A receiver of requests, and a platform whose only integration speaks to it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::harness::{Platform, User, expect};

/// How long a test waits for something that must happen.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Arrived {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {:?}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn query(&self) -> Vec<(String, String)> {
        let query = self.uri.query().unwrap_or_default();
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }
}

type Answer = Box<dyn Fn(&Arrived) -> Response + Send>;

#[derive(Default)]
struct Inner {
    arrived: Mutex<Vec<Arrived>>,
    answers: Mutex<VecDeque<Answer>>,
    always: Mutex<Option<Answer>>,
    changed: Notify,
}

/// A server that keeps what it gets. Answers come from a queue, then from `always`, then they are `{"ok": true}`.
#[derive(Clone)]
pub struct Receiver {
    inner: Arc<Inner>,
    pub address: String,
}

impl Receiver {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner::default());
        let router = Router::new().fallback(receive).with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { inner, address }
    }

    /// Answers the next request that has no answer yet.
    pub fn next(&self, answer: impl Fn(&Arrived) -> Response + Send + 'static) {
        self.inner.answers.lock().unwrap().push_back(Box::new(answer));
    }

    pub fn next_json(&self, status: u16, body: Value) {
        self.next(move |_| (StatusCode::from_u16(status).unwrap(), axum::Json(body.clone())).into_response());
    }

    pub fn always(&self, answer: impl Fn(&Arrived) -> Response + Send + 'static) {
        *self.inner.always.lock().unwrap() = Some(Box::new(answer));
    }

    pub fn all(&self) -> Vec<Arrived> {
        self.inner.arrived.lock().unwrap().clone()
    }

    /// Waits until so many requests have arrived.
    pub async fn wait(&self, count: usize) -> Vec<Arrived> {
        let arrived = async {
            loop {
                let changed = self.inner.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                let all = self.all();
                if all.len() >= count {
                    return all;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, arrived)
            .await
            .unwrap_or_else(|_| panic!("only {} requests came", self.all().len()))
    }
}

async fn receive(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let arrived = Arrived { method, uri, headers, body };
    let queued = inner.answers.lock().unwrap().pop_front();
    let answer = match (queued, &*inner.always.lock().unwrap()) {
        (Some(answer), _) => answer(&arrived),
        (None, Some(answer)) => answer(&arrived),
        (None, None) => axum::Json(json!({"ok": true})).into_response(),
    };
    inner.arrived.lock().unwrap().push(arrived);
    inner.changed.notify_waiters();
    answer
}

/// The integration `custom.acme` at a receiver, with the key `secret-key-of-acme`; `workflows` goes into its table.
pub fn acme(receiver: &Receiver, workflows: &str) -> String {
    format!(
        "[project]\nsecrets = {{ API = 'project-secret-value' }}\nPROJECT\n\
         [[integrations]]\ntype = 'custom'\nname = 'Acme'\nbaseUrl = '{}/v1'\n\
         authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
         preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n\
         SETTINGS\n{workflows}\n",
        receiver.address
    )
    .replace("RECEIVER", &receiver.address)
}

/// `acme` with one workflow `w` that is on from the start, after the app event `go`.
pub fn on_event(receiver: &Receiver, steps: &str) -> String {
    workflow(receiver, "trigger = { kind = 'appEvent', event = 'go' }", steps)
}

/// The same with any trigger.
pub fn workflow(receiver: &Receiver, trigger: &str, steps: &str) -> String {
    let text = acme(
        receiver,
        &format!("[[integrations.workflows]]\nkey = 'w'\ndescription = 'W'\ndefaultEnabled = true\n{trigger}\nSTEPS"),
    );
    text.replace("STEPS", &steps.replace("RECEIVER", &receiver.address))
}

/// Starts a platform with this project file.
pub async fn platform(text: &str) -> Platform {
    Platform::with_config(&text.replace("\nPROJECT", "").replace("SETTINGS", "")).await
}

pub const KEY: &str = "secret-key-of-acme";

/// Connects `custom.acme` by its key.
pub async fn connect(user: &User<'_>) -> Value {
    let id = user.integration_id("custom").await;
    let body = json!({"integrationId": id, "payload": {"key": KEY}});
    expect(user.post("/credentials", body).await, 200).await
}

/// Sends the app event `go`.
pub async fn go(user: &User<'_>, payload: Value) {
    let answer = user.post("/events/trigger", json!({"name": "go", "payload": payload})).await;
    expect(answer, 201).await;
}

pub async fn workflow_id(user: &User<'_>) -> String {
    let all = user.get("/integrations").await;
    let shown = all[0]["workflows"][0]["id"].as_str().or(all[0]["noPermissionWorkflows"][0].as_str());
    shown.unwrap().to_owned()
}

impl Platform {
    /// A call of the task history, with the API key.
    pub async fn history(&self, path: &str) -> Value {
        let address = format!("{}/projects/{}/task-history/workflow-executions{path}", self.base(), self.project);
        let key = &self.running.app.project.api_key;
        expect(Client::new().get(address).bearer_auth(key).send().await.unwrap(), 200).await
    }

    /// Waits until `count` runs have ended; the oldest first, each with its steps.
    pub async fn ended(&self, count: usize) -> Vec<Value> {
        let all = async {
            loop {
                let mut progressed = std::pin::pin!(self.running.app.workflows.progressed.notified());
                progressed.as_mut().enable();
                let list = self.history("?sortBy=ASC").await["workflowExecutions"].clone();
                let list = list.as_array().unwrap().clone();
                let ended = list.iter().filter(|one| one["status"] == "SUCCEEDED" || one["status"] == "FAILED").count();
                if ended >= count {
                    return list;
                }
                progressed.await;
            }
        };
        let list = tokio::time::timeout(PATIENCE, all).await.unwrap_or_else(|_| panic!("the runs did not end"));
        let mut runs = Vec::new();
        for one in list {
            runs.push(self.history(&format!("/{}", one["id"].as_str().unwrap())).await);
        }
        runs
    }

    /// Waits until a run has this status; the run with its steps.
    pub async fn reaches(&self, status: &str) -> Value {
        let found = async {
            loop {
                let mut progressed = std::pin::pin!(self.running.app.workflows.progressed.notified());
                progressed.as_mut().enable();
                let list = self.history(&format!("?status={status}")).await;
                if let Some(id) = list["workflowExecutions"][0]["id"].as_str() {
                    return self.history(&format!("/{id}")).await;
                }
                progressed.await;
            }
        };
        tokio::time::timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("no run became {status}"))
    }

    /// Input and output of the step at a place (`2`, `3[0]/4`) of a run.
    pub async fn step(&self, run: &Value, place: &str) -> Value {
        let steps = run["stepExecutions"].as_array().unwrap();
        let step = steps.iter().find(|step| step["step"] == place).unwrap_or_else(|| panic!("no step {place}: {run}"));
        let (run, step) = (run["id"].as_str().unwrap(), step["id"].as_str().unwrap());
        self.history(&format!("/{run}/step-executions/{step}")).await
    }
}
