//! What all calls of a journal share: the count of changes, by which those who watch know what is new, and the tally.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::tally::Tally;

/// Clones are the same pulse.
#[derive(Clone, Debug, Default)]
pub struct Pulse(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    changes: watch::Sender<u64>,
    tally: Mutex<Tally>,
}

impl Pulse {
    /// Something changes. `note` is told the change's number before anybody hears of it, so that who asks for what is later
    /// than a number never misses anything.
    pub fn beat(&self, note: impl FnOnce(u64, &mut Tally)) {
        self.0.changes.send_modify(|number| {
            *number += 1;
            note(*number, &mut self.tally());
        });
    }

    /// The number of the last change.
    pub fn number(&self) -> u64 {
        *self.0.changes.borrow()
    }

    /// Hears of every change from now on.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// How many calls went how.
    pub fn tally(&self) -> MutexGuard<'_, Tally> {
        self.0.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
