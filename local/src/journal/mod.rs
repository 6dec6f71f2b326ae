//! The journal: the last calls of a project, in and out, with bodies. Secrets are taken out before anybody sees it.

mod entry;
mod filter;
mod layer;
mod redact;
mod tee;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

pub use entry::{Body, Entry, Kind, Part};
pub use filter::Filter;
pub use layer::{current, record};
pub use redact::Hidden;
pub use tee::Tee;

/// So many bytes of bodies are kept.
const BYTES: usize = 32 * 1024 * 1024;
/// After so many calls the bodies are counted: they go on growing after their calls have begun.
const WEIGHED: u64 = 32;

/// The last calls of a project.
#[derive(Debug)]
pub struct Journal {
    kept: Mutex<Kept>,
    changed: watch::Sender<()>,
    /// Names of members and parameters that are secret in this project, beside the usual ones.
    hidden: Hidden,
    /// So many calls are kept.
    keep: usize,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Arc<Entry>>,
    last_id: u64,
}

impl Journal {
    /// An empty one that keeps so many calls.
    pub fn new(hidden: Hidden, keep: usize) -> Self {
        Self { kept: Mutex::default(), changed: watch::Sender::new(()), hidden, keep }
    }

    /// Adds a call that has just begun.
    pub fn begin(&self, make: impl FnOnce(u64) -> Entry) -> Arc<Entry> {
        let mut kept = self.kept();
        kept.last_id += 1;
        let entry = Arc::new(make(kept.last_id));
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

    /// A call has got on: those who wait for one look again.
    pub fn touched(&self) {
        self.changed.send_replace(());
    }

    /// Forgets all calls. Numbers go on, so that "later than number n" keeps its meaning.
    pub fn clear(&self) {
        self.kept().entries.clear();
        self.touched();
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
        let mut changed = self.changed.subscribe();
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
