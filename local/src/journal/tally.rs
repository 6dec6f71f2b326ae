//! How many calls went how, and how long they took, in slices of some seconds of the machine's time. Unlike the calls
//! themselves it lasts for an hour, however many there are.

use std::collections::VecDeque;

use serde::Serialize;

/// Milliseconds of a slice.
pub const SLICE_MS: i64 = 5_000;
/// So many slices are kept: an hour.
const KEPT: usize = 720;
/// Upper ends of the classes of latency, in milliseconds; what takes longer is in a last class of its own.
pub const CLASSES: [u64; 24] =
    [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 90, 128, 180, 256, 360, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 60_000];

/// The last slices that had calls, the oldest first.
#[derive(Debug, Default)]
pub struct Tally(VecDeque<Slice>);

/// The calls that were answered in a slice of time.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Slice {
    /// Its beginning, in milliseconds since 1970, by the machine's clock.
    pub at: i64,
    /// Calls to the platform.
    pub incoming: Counts,
    /// Requests of the platform to providers.
    pub outgoing: Counts,
    /// The number of its last change.
    #[serde(skip)]
    pub changed: u64,
}

/// How calls went.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Status below 400.
    pub good: u32,
    /// Status from 400 to 499.
    pub refused: u32,
    /// Status from 500 on, or no answer.
    pub failed: u32,
    /// How many of them are in each class of latency.
    pub latency: [u32; CLASSES.len() + 1],
}

impl Tally {
    /// Adds a call that is over; `now` is the machine's time, `change` the number of this change.
    pub fn add(&mut self, now: i64, change: u64, is_outgoing: bool, status: Option<u16>, ms: u64) {
        let at = now - now.rem_euclid(SLICE_MS);
        // The machine's clock may be put back; slices stay in order.
        if self.0.back().is_none_or(|last| last.at < at) {
            self.0.push_back(Slice { at, ..Slice::default() });
            if self.0.len() > KEPT {
                self.0.pop_front();
            }
        }
        let Some(slice) = self.0.back_mut() else { return };
        slice.changed = change;
        let counts = if is_outgoing { &mut slice.outgoing } else { &mut slice.incoming };
        match status {
            Some(..400) => counts.good += 1,
            Some(400..500) => counts.refused += 1,
            _ => counts.failed += 1,
        }
        counts.latency[CLASSES.partition_point(|class| *class < ms)] += 1;
    }

    /// The slices that have changed after a change.
    pub fn after(&self, change: u64) -> Vec<Slice> {
        self.0.iter().filter(|slice| slice.changed > change).cloned().collect()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_slice_side_outcome_and_latency() {
        let mut tally = Tally::default();
        tally.add(10_000, 1, false, Some(200), 0);
        tally.add(14_999, 2, false, Some(404), 5);
        tally.add(15_000, 3, true, Some(503), 7);
        tally.add(15_001, 4, true, None, 1_000_000);
        // The machine's clock was put back.
        tally.add(2_000, 5, false, Some(302), 1);
        let all = tally.after(0);
        assert_eq!(all.iter().map(|slice| slice.at).collect::<Vec<_>>(), [10_000, 15_000]);
        let counts = |counts: &Counts| (counts.good, counts.refused, counts.failed);
        assert_eq!((counts(&all[0].incoming), counts(&all[0].outgoing)), ((1, 1, 0), (0, 0, 0)));
        assert_eq!((counts(&all[1].incoming), counts(&all[1].outgoing)), ((1, 0, 0), (0, 0, 2)));
        assert_eq!((all[0].incoming.latency[0], all[0].incoming.latency[4]), (1, 1), "0 ms and 5 ms");
        assert_eq!(
            (all[1].outgoing.latency[5], all[1].outgoing.latency[24]),
            (1, 1),
            "7 ms and longer than all classes"
        );
        assert_eq!(tally.after(2).len(), 1);
        assert!(tally.after(5).is_empty());
    }

    #[test]
    fn does_not_grow_without_end() {
        let mut tally = Tally::default();
        for slice in 0..2_000 {
            tally.add(slice * SLICE_MS, 1, false, Some(200), 1);
        }
        assert_eq!(tally.after(0).len(), KEPT);
        assert_eq!(tally.after(0)[0].at, (2_000 - KEPT as i64) * SLICE_MS);
    }
}
