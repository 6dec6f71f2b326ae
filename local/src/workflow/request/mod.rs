//! The Request step.

mod authorize;
pub(crate) mod body;
mod file;
mod page;
mod send;
pub(crate) mod xml;

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::redact::Redactor;
use super::values::Scope;
use crate::app::App;
use crate::config::Integration;
use crate::config::step::RequestStep;
use crate::http::ApiError;
use crate::store::credential::Credential;

pub use page::partial;

/// Seconds before the second try, the third, …
const WAITS: [i64; 5] = [10, 20, 30, 50, 80];
/// A provider that asks for a longer pause than this gets this one.
const LONGEST_WAIT_SECONDS: i64 = 24 * 60 * 60;

/// What a step works with.
pub struct Job<'a> {
    /// The platform.
    pub app: &'a Arc<App>,
    /// The workflow's integration.
    pub integration: &'a Integration,
    /// The run's account; replaced when its token is renewed.
    pub account: &'a Mutex<Credential>,
    /// Learns the secrets that the step uses.
    pub redactor: &'a Redactor,
    /// What to send.
    pub step: &'a RequestStep,
}

/// What was sent, and what came of it.
pub struct Sent {
    /// For the history.
    pub input: Value,
    /// Output or failure.
    pub outcome: Outcome,
}

/// How a step came out.
pub enum Outcome {
    /// `{response: {body, headers, statusCode}}`.
    Done(Value),
    /// It failed.
    Failed {
        /// The same, or `{response: {error}}` if there was no answer.
        output: Value,
        /// Whether another try makes sense.
        retry: Option<Retry>,
        /// How far it came; to be given to the next try.
        progress: Option<Value>,
    },
}

/// When to try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Retry {
    /// After the usual pause.
    Soon,
    /// After the seconds that the provider asked for.
    After(i64),
}

/// Milliseconds before the next try after `failed` tries that have failed before this one; `None` if it was the last.
pub fn pause(failed: i64, asked: Retry) -> Option<i64> {
    let usual = *WAITS.get(usize::try_from(failed).ok()?)?;
    let seconds = match asked {
        Retry::Soon => usual,
        Retry::After(seconds) => seconds.clamp(0, LONGEST_WAIT_SECONDS),
    };
    Some(seconds * 1000)
}

/// Sends the request, or the requests of all pages.
pub async fn perform(job: &Job<'_>, scope: &Scope<'_>, progress: Option<Value>) -> Sent {
    match &job.step.pagination {
        Some(pagination) => page::all(job, scope, pagination, progress).await,
        None => send::once(job, scope).await,
    }
}

/// The output of a step that got no answer.
fn no_answer(redactor: &Redactor, error: &ApiError) -> Value {
    json!({"response": {"error": redactor.clean_text(&error.message_text())}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (0..6).map(|failed| pause(failed, Retry::Soon)).collect();
        assert_eq!(pauses, [Some(10_000), Some(20_000), Some(30_000), Some(50_000), Some(80_000), None]);
        assert_eq!(pause(0, Retry::After(7)), Some(7_000));
        assert_eq!(pause(5, Retry::After(7)), None);
        assert_eq!(pause(0, Retry::After(i64::MAX)), Some(86_400_000));
    }
}
