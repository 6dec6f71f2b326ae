//! The journal: the last calls of a project, in and out, with bodies. Secrets are taken out before anybody sees it.

mod entry;
mod filter;
mod layer;
mod pulse;
pub mod redact;
mod tally;
mod tee;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

pub use entry::{Body, Entry, Kind, Part};
pub use filter::Filter;
pub use layer::{current, record};
pub use pulse::Pulse;
pub use redact::Hidden;
pub use tally::{CLASSES, SLICE_MS, Slice};
pub use tee::Tee;

/// So many bytes of bodies are kept.
const BYTES: usize = 32 * 1024 * 1024;
/// After so many calls the bodies are counted: they go on growing after their calls have begun.
const WEIGHED: u64 = 32;

/// The last calls of a project.
#[derive(Debug)]
pub struct Journal {
    kept: Mutex<Kept>,
    pulse: Pulse,
    /// Names of members and parameters that are secret in this project, beside the usual ones.
    hidden: Hidden,
    /// So many calls are kept.
    keep: usize,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Arc<Entry>>,
    last_id: u64,
    clears: u64,
}

/// What is new in a journal.
#[derive(Debug)]
pub struct News {
    /// Ask with this next time.
    pub number: u64,
    /// How often the journal has been emptied. Another number than before: what was told before is gone.
    pub clears: u64,
    /// Calls with lower numbers are no longer kept.
    pub oldest: u64,
    /// A line about each call that is new or has got on, oldest first.
    pub calls: Vec<Value>,
    /// How many calls went how; slices that are new or have grown.
    pub slices: Vec<Slice>,
}

impl Journal {
    /// An empty one that keeps so many calls.
    pub fn new(hidden: Hidden, keep: usize) -> Self {
        Self { kept: Mutex::default(), pulse: Pulse::default(), hidden, keep }
    }

    /// Adds a call that has just begun.
    pub fn begin(&self, make: impl FnOnce((u64, Pulse)) -> Entry) -> Arc<Entry> {
        let mut kept = self.kept();
        kept.last_id += 1;
        let entry = Arc::new(make((kept.last_id, self.pulse.clone())));
        entry.touched();
        kept.entries.push_back(entry.clone());
        if kept.entries.len() > self.keep {
            kept.entries.pop_front();
        }
        if kept.last_id.is_multiple_of(WEIGHED) {
            let mut bytes: usize = kept.entries.iter().map(|one| one.bytes()).sum();
            while bytes > BYTES {
                bytes -= kept.entries.pop_front().map_or(0, |one| one.bytes());
            }
        }
        entry
    }

    /// The secret values of an address.
    fn secrets_of(&self, address: &str) -> Vec<String> {
        redact::secrets_of(address, &self.hidden)
    }

    /// How many calls are kept.
    pub fn held(&self) -> usize {
        self.kept().entries.len()
    }

    /// Forgets all calls. Numbers go on, so that "later than number n" keeps its meaning.
    pub fn clear(&self) {
        let mut kept = self.kept();
        kept.entries.clear();
        kept.clears += 1;
        self.pulse.beat(|_, tally| tally.clear());
    }

    /// Hears of every change.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.pulse.subscribe()
    }

    /// What has changed after a change; 0 for everything that there is, but at most `limit` calls.
    pub fn news(&self, after: u64, limit: usize) -> News {
        let kept = self.kept();
        let number = self.pulse.number();
        let changed = kept.entries.iter().rev().filter(|entry| entry.has_changed(after)).take(limit);
        let mut entries: Vec<Arc<Entry>> = changed.cloned().collect();
        let slices = self.pulse.tally().after(after);
        let oldest = kept.entries.front().map_or(kept.last_id + 1, |entry| entry.id);
        let clears = kept.clears;
        drop(kept);
        entries.reverse();
        News { number, clears, oldest, calls: entries.iter().map(|entry| entry.line(&self.hidden)).collect(), slices }
    }

    /// An address without what is secret in it.
    pub fn address(&self, address: &str) -> String {
        redact::address(address, &self.hidden).into_owned()
    }

    /// The call with this number.
    pub fn read(&self, id: u64) -> Option<Value> {
        let found = self.kept().entries.iter().rev().find(|entry| entry.id == id).cloned();
        found.map(|entry| entry.show(&self.hidden))
    }

    /// The calls that a filter lets through, oldest first.
    pub fn find(&self, filter: &Filter) -> Vec<Value> {
        let entries: Vec<Arc<Entry>> = self.kept().entries.iter().cloned().collect();
        let mut found: Vec<Value> = entries
            .iter()
            .rev()
            .map_while(|entry| (entry.id > filter.after()).then(|| entry.show(&self.hidden)))
            .filter(|shown| filter.fits(shown))
            .take(filter.limit())
            .collect();
        found.reverse();
        found
    }

    /// The same, as soon as there are `count` of them; what there is when `longest` is over.
    pub async fn wait(&self, filter: &Filter, count: usize, longest: Duration) -> Vec<Value> {
        let until = tokio::time::Instant::now() + longest;
        let mut changed = self.subscribe();
        loop {
            changed.borrow_and_update();
            let found = self.find(filter);
            if found.len() >= count || tokio::time::timeout_at(until, changed.changed()).await.is_err() {
                return found;
            }
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
