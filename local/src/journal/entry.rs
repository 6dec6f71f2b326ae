//! One call of the journal. It is there from its beginning on, and fills while it goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::pulse::Pulse;
use super::redact::{self, Hidden};
use crate::clock;

/// So many bytes of each body are kept.
const BODY: usize = 64 * 1024;

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A call of the SDK or of the app's server.
    Api,
    /// A request through the proxy.
    Proxy,
    /// The popup and its attempt.
    Oauth,
    /// An event or another trigger of workflows.
    Hermes,
    /// A request of the platform to a provider.
    Provider,
    /// A page or call of a sandbox provider, as browsers ask for it. For faults; the journal does not note these.
    Page,
}

impl Kind {
    /// What a call to the platform is about; `None` for addresses that no project has (icons, the home page).
    pub fn of_path(path: &str) -> Option<Self> {
        if path == "/oauth/callback" {
            return Some(Self::Oauth);
        }
        if path.starts_with("/triggers/") {
            return Some(Self::Hermes);
        }
        let (_, rest) = path.strip_prefix("/v2").unwrap_or(path).strip_prefix("/projects/")?.split_once('/')?;
        let is = |prefix: &str| rest.starts_with(prefix);
        Some(if is("sdk/proxy/") {
            Self::Proxy
        } else if is("sdk/actions/") {
            Self::Oauth
        } else if is("sdk/events/") || is("sdk/triggers/") {
            Self::Hermes
        } else {
            Self::Api
        })
    }
}

/// The beginning of a body.
#[derive(Clone, Debug, Default)]
pub struct Body {
    start: Vec<u8>,
    size: u64,
}

impl Body {
    /// A whole body.
    pub fn of(bytes: &[u8]) -> Self {
        let mut body = Self::default();
        body.add(bytes);
        body
    }

    /// Takes what came.
    pub fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        let room = BODY.saturating_sub(self.start.len());
        self.start.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

/// Headers and body of one direction.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Body,
}

/// A call.
#[derive(Debug)]
pub struct Entry {
    /// Its number; later calls have higher ones.
    pub id: u64,
    /// The call that it was made for.
    pub parent: Option<u64>,
    /// What it is about.
    pub kind: Kind,
    /// Milliseconds since 1970, by the project's clock.
    pub at: i64,
    /// Verb.
    pub method: String,
    /// Path and query of a call that came in; the whole address of one that went out.
    pub address: String,
    /// When it was noted, in milliseconds since 1970, by the machine's clock.
    noted: i64,
    began: Instant,
    rest: Mutex<Rest>,
    /// The number of its last change.
    changed: AtomicU64,
    pulse: Pulse,
}

/// What is known of a call as it goes on.
#[derive(Debug, Default)]
pub struct Rest {
    /// The app's id of the user.
    pub user: Option<String>,
    /// Name of the integration.
    pub integration: Option<String>,
    /// Request.
    pub request: Part,
    /// Status of the answer.
    pub status: Option<u16>,
    /// Milliseconds until the answer began.
    pub duration: Option<u64>,
    /// Answer.
    pub response: Part,
    /// The fault that was made.
    pub fault: Option<String>,
    /// Why there was no answer.
    pub error: Option<String>,
    /// Values that must not be seen.
    pub secrets: Vec<String>,
}

impl Entry {
    /// A call that begins; the journal gives its number and pulse.
    pub fn new(
        (id, pulse): (u64, Pulse),
        parent: Option<u64>,
        kind: Kind,
        at: i64,
        method: &str,
        address: String,
    ) -> Self {
        Self {
            id,
            parent,
            kind,
            at,
            method: method.into(),
            address,
            noted: clock::machine_ms(),
            began: Instant::now(),
            rest: Mutex::default(),
            changed: AtomicU64::default(),
            pulse,
        }
    }

    /// What is known so far, to be added to.
    pub fn rest(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer has begun.
    pub fn answered(&self, status: u16, headers: &HeaderMap) {
        let passed = self.passed();
        {
            let mut rest = self.rest();
            rest.status = Some(status);
            rest.duration = Some(passed);
            rest.response.headers = headers.clone();
        }
        self.over(Some(status), passed);
    }

    /// There is no answer.
    pub fn failed(&self, why: String) {
        let passed = self.passed();
        let is_first = {
            let mut rest = self.rest();
            rest.error = Some(why);
            let is_first = rest.duration.is_none();
            rest.duration.get_or_insert(passed);
            is_first
        };
        if is_first {
            self.over(None, passed);
        } else {
            self.touched();
        }
    }

    /// It has got on: those who watch look again.
    pub fn touched(&self) {
        self.pulse.beat(|number, _| self.changed.store(number, Ordering::Relaxed));
    }

    fn over(&self, status: Option<u16>, ms: u64) {
        self.pulse.beat(|number, tally| {
            self.changed.store(number, Ordering::Relaxed);
            tally.add(clock::machine_ms(), number, self.kind == Kind::Provider, status, ms);
        });
    }

    /// True if it has got on after a change.
    pub(super) fn has_changed(&self, after: u64) -> bool {
        self.changed.load(Ordering::Relaxed) > after
    }

    fn passed(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Bytes of bodies that it holds.
    pub(super) fn bytes(&self) -> usize {
        let rest = self.rest();
        rest.request.body.start.len() + rest.response.body.start.len()
    }

    /// The call without its secrets.
    pub(super) fn show(&self, hidden: &Hidden) -> Value {
        let rest = self.rest();
        let mut shown = self.head(&rest, hidden);
        shown["request"] = part(&rest.request, hidden);
        shown["response"] = part(&rest.response, hidden);
        redact::values(&mut shown, &rest.secrets);
        shown
    }

    /// A line about it: no headers and no bodies, but how long these are.
    pub(super) fn line(&self, hidden: &Hidden) -> Value {
        let rest = self.rest();
        let mut shown = self.head(&rest, hidden);
        redact::values(&mut shown, &rest.secrets);
        shown["noted"] = self.noted.into();
        shown["sent"] = rest.request.body.size.into();
        shown["answered"] = rest.response.body.size.into();
        shown
    }

    fn head(&self, rest: &Rest, hidden: &Hidden) -> Value {
        json!({
            "id": self.id,
            "parent": self.parent,
            "kind": self.kind,
            "at": clock::iso(self.at),
            "method": self.method,
            "address": redact::address(&self.address, hidden),
            "user": rest.user,
            "integration": rest.integration,
            "status": rest.status,
            "durationMs": rest.duration,
            "fault": rest.fault,
            "error": rest.error,
        })
    }
}

fn part(part: &Part, hidden: &Hidden) -> Value {
    let mut headers = Map::new();
    for (name, value) in &part.headers {
        let text = redact::header(name, value, hidden);
        match headers.get_mut(name.as_str()) {
            Some(Value::String(known)) => *known = format!("{known}, {text}"),
            _ => {
                headers.insert(name.as_str().into(), text.into());
            }
        }
    }
    let whole = part.body.size == part.body.start.len() as u64;
    json!({ "headers": headers, "size": part.body.size, "body": redact::body(&part.headers, &part.body.start, whole, hidden) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_a_call_is_about() {
        for (path, kind) in [
            ("/projects/p/sdk/me", Some(Kind::Api)),
            ("/projects/p/sdk/proxy/slack/x", Some(Kind::Proxy)),
            ("/v2/projects/p/sdk/actions/build-oauth", Some(Kind::Oauth)),
            ("/projects/p/sdk/actions", Some(Kind::Api)),
            ("/oauth/callback", Some(Kind::Oauth)),
            ("/projects/p/sdk/events/trigger", Some(Kind::Hermes)),
            ("/triggers/connect/p/i/custom-triggers/w", Some(Kind::Hermes)),
            ("/integrations/slack.svg", None),
            ("/", None),
        ] {
            assert_eq!(Kind::of_path(path), kind, "{path}");
        }
    }
}
