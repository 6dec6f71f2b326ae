//! When a request of the app's is sent again, and after how long.

use super::effect::{Answer, Host};
use super::names::Name as N;
use super::value::Value;

/// The shortest first pause, in milliseconds; it may be twice as long, and so may each further one be.
const FIRST_PAUSE: f64 = 500.0;
const LONGEST_PAUSE: f64 = 30_000.0;
/// How long after the first sending a request may be sent again, unless the app says otherwise; milliseconds.
const BUDGET: f64 = 60_000.0;
const MOST: f64 = 10.0;

/// Does trouble of this kind pass by itself?
pub(super) fn passes(status: u32) -> bool {
    matches!(status, 0 | 408 | 425 | 429 | 502 | 503 | 504)
}

/// How often it was sent again already.
pub(super) fn attempt<V: Value>(sending: V) -> f64 {
    sending.get(N::attempt).as_number().max(0.0)
}

/// How long to pause before `answer` is asked for again, in milliseconds; `None` if it is not to be. Of `sending`, the
/// `options` are the app's: `retries` is a number, or `{limit, unsafe, maxWait}`; `since` is when the first
/// began.
pub(super) fn pause<V: Value>(host: &dyn Host<V>, sending: V, answer: Answer<V>) -> Option<f64> {
    // A 500 says that something broke, not that it will mend.
    if !passes(answer.status) {
        return None;
    }
    let options = sending.get(N::options);
    let attempt = attempt(sending);
    let wanted = options.get(N::retries);
    let limit = or(wanted.as_number(), wanted.get(N::limit).as_number(), 0.0).min(MOST);
    if attempt >= limit || !repeatable(options) {
        return None;
    }
    let most = FIRST_PAUSE * f64::from(1u32 << (attempt as u32).min(16));
    let jittered = most.min(LONGEST_PAUSE) * (1.0 + host.random());
    let pause = or(answer.retry_after, jittered, 0.0);
    let timeout = or(options.get(N::timeout).as_number(), f64::INFINITY, 0.0);
    let budget = or(wanted.get(N::maxWait).as_number(), BUDGET, 0.0).min(timeout);
    (host.now() + pause - sending.get(N::since).as_number() <= budget).then_some(pause)
}

/// May the request reach the provider twice, and can it be sent twice?
fn repeatable<V: Value>(options: V) -> bool {
    let method = options.get(N::method).or(V::name(N::GET));
    let safe = [N::GET, N::HEAD, N::OPTIONS, N::PUT, N::DELETE].iter().any(|one| method.is(*one));
    let is_stream = options.get(N::body).get(N::getReader).is_function();
    (safe || options.get(N::retries).get(N::r#unsafe).truthy()) && !is_stream
}

/// The first that is a number.
fn or(first: f64, second: f64, third: f64) -> f64 {
    [first, second].into_iter().find(|number| !number.is_nan()).unwrap_or(third)
}
