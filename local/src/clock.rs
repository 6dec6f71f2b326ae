//! The platform's clock: one place that answers "what time is it", so that tests can stop and move it.
//!
//! Whatever ends, is due or repeats at some time asks [`Clock::now_ms`] and waits with [`Clock::sleep_until`], never with
//! the machine's own clock: then everybody who waits wakes up as soon as the clock is moved past their time.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::sync::watch;

/// The end of the year 9999: later times have no text that other programs read.
const LATEST: i64 = 253_402_300_799_999;
/// A machine that was suspended is noticed after this long.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// How a clock runs; what is stored of it. Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Setting {
    /// How far it is ahead of the machine's clock while it runs.
    pub offset_ms: i64,
    /// Where it stands, if it stands (since 1970).
    pub frozen_at: Option<i64>,
}

impl Setting {
    fn now(self) -> i64 {
        within(self.frozen_at.unwrap_or_else(|| machine_ms().saturating_add(self.offset_ms)))
    }

    fn at(self, ms: i64) -> Self {
        let ms = within(ms);
        match self.frozen_at {
            Some(_) => Self { frozen_at: Some(ms), ..self },
            None => Self { offset_ms: ms - machine_ms(), ..self },
        }
    }
}

/// A clock; clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock(watch::Sender<Setting>);

impl Default for Clock {
    /// A clock that shows the machine's time.
    fn default() -> Self {
        Self(watch::Sender::new(Setting::default()))
    }
}

impl Clock {
    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        self.0.borrow().now()
    }

    /// Waits until the clock shows `ms` (since 1970) or more, by running there or by being moved there. A clock that is
    /// stopped before `ms` keeps its waiters waiting.
    pub async fn sleep_until(&self, ms: i64) {
        let mut moved = self.0.subscribe();
        loop {
            let setting = *moved.borrow_and_update();
            let left = ms.saturating_sub(setting.now());
            if left <= 0 {
                return;
            }
            if setting.frozen_at.is_some() {
                // The clock itself keeps the other end open.
                let _ = moved.changed().await;
            } else {
                let left = Duration::from_millis(left.unsigned_abs()).min(LONGEST_SLEEP);
                let _ = tokio::time::timeout(left, moved.changed()).await;
            }
        }
    }

    /// The same clock as a function that tells the time.
    pub fn shared(&self) -> Arc<dyn Fn() -> i64 + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now_ms())
    }

    /// Moves the clock by `ms` from where it is now; back if `ms` is negative.
    pub fn advance_ms(&self, ms: i64) {
        self.0.send_modify(|setting| *setting = setting.at(setting.now().saturating_add(ms)));
    }

    /// Moves the clock to `ms` since 1970. It runs on from there, or stands there, as before.
    pub fn set_ms(&self, ms: i64) {
        self.0.send_modify(|setting| *setting = setting.at(ms));
    }

    /// Stops the clock where it is.
    pub fn freeze(&self) {
        self.0.send_modify(|setting| setting.frozen_at = Some(setting.now()));
    }

    /// Lets a stopped clock run on from where it stands.
    pub fn resume(&self) {
        self.0.send_modify(|setting| {
            let now = setting.now();
            *setting = Setting::default().at(now);
        });
    }

    /// How it runs.
    pub fn setting(&self) -> Setting {
        *self.0.borrow()
    }

    /// Makes it run as it did when [`Self::setting`] was asked; the default one is the machine's time.
    pub fn restore(&self, setting: Setting) {
        self.0.send_replace(setting);
    }
}

fn within(ms: i64) -> i64 {
    ms.clamp(0, LATEST)
}

/// The machine's own time, in milliseconds since 1970: for what must not follow a clock that is stopped or moved.
pub fn machine_ms() -> i64 {
    (OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000) as i64
}

/// Milliseconds since 1970 as the text that JavaScript's `Date` writes.
pub fn iso(ms: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .ok()
        .and_then(|date| date.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Milliseconds since 1970 of a date and time in ISO 8601, such as `2030-01-01T12:00:00Z`; `None` if it is none.
pub fn from_iso(text: &str) -> Option<i64> {
    let date = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(date.unix_timestamp_nanos().div_euclid(1_000_000)).ok().filter(|ms| *ms == within(*ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_dates_as_javascript_does() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(1_700_000_000_123), "2023-11-14T22:13:20.123Z");
        assert_eq!(from_iso("2023-11-14T22:13:20.123Z"), Some(1_700_000_000_123));
        assert_eq!(from_iso("2023-11-14T23:13:20+01:00"), Some(1_700_000_000_000));
        for bad in ["", "tomorrow", "2023-11-14", "1969-12-31T23:59:59Z", "2023-13-01T00:00:00Z"] {
            assert_eq!(from_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn moves_when_told_and_runs_on() {
        let clock = Clock::default();
        let before = clock.now_ms();
        clock.advance_ms(60_000);
        assert!(clock.now_ms() - before >= 60_000);
        clock.set_ms(1_000_000);
        assert!((1_000_000..1_060_000).contains(&clock.now_ms()));
    }

    #[test]
    fn stands_while_frozen_and_goes_on_from_there() {
        let clock = Clock::default();
        clock.freeze();
        let stood = clock.now_ms();
        std::thread::yield_now();
        assert_eq!(clock.now_ms(), stood);
        clock.advance_ms(-stood - 5);
        assert_eq!(clock.now_ms(), 0, "time does not go below 1970");
        clock.set_ms(i64::MAX);
        assert_eq!(clock.now_ms(), LATEST);
        clock.set_ms(5_000);
        let kept = clock.setting();
        clock.resume();
        assert!((5_000..65_000).contains(&clock.now_ms()) && clock.setting().frozen_at.is_none());
        clock.restore(kept);
        assert_eq!(clock.now_ms(), 5_000);
    }

    #[tokio::test]
    async fn those_who_wait_wake_when_it_moves() {
        let clock = Clock::default();
        clock.freeze();
        let start = clock.now_ms();
        let mut waits = Vec::new();
        for hours in [1, 2] {
            let clock = clock.clone();
            waits.push(tokio::spawn(async move { clock.sleep_until(start + hours * 3_600_000).await }));
        }
        let late = waits.pop().unwrap();
        clock.advance_ms(3_600_000);
        waits.pop().unwrap().await.unwrap();
        assert!(!late.is_finished());
        // A running clock wakes them, too.
        clock.resume();
        clock.advance_ms(3_600_000);
        late.await.unwrap();
        clock.sleep_until(clock.now_ms() + 20).await;
    }
}
