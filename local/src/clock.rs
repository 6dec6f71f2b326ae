//! The platform's clock: one place that answers "what time is it", so that it can be moved in tests.

use std::sync::atomic::{AtomicI64, Ordering};

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::sync::Notify;

/// The machine may sleep or its own clock be set; waiting looks again at least this often.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// A clock that follows the machine's, plus an offset.
#[derive(Debug, Default)]
pub struct Clock {
    offset_ms: AtomicI64,
    moved: Notify,
}

impl Clock {
    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        let machine = (OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000) as i64;
        machine + self.offset_ms.load(Ordering::Relaxed)
    }

    /// Moves the clock by `ms` from where it is now.
    pub fn advance_ms(&self, ms: i64) {
        self.offset_ms.fetch_add(ms, Ordering::Relaxed);
        self.moved.notify_waiters();
    }

    /// Waits until this clock shows `ms` (since 1970), or has been moved there.
    pub async fn sleep_until(&self, ms: i64) {
        loop {
            // Listening begins before the look, so that no move is missed in between.
            let mut moved = std::pin::pin!(self.moved.notified());
            moved.as_mut().enable();
            let left = ms.saturating_sub(self.now_ms());
            if left <= 0 {
                return;
            }
            let nap = Duration::from_millis(left.unsigned_abs()).min(LOOK_AGAIN);
            tokio::select! {
                () = moved => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
    }
}

/// Milliseconds since 1970 as the text that JavaScript's `Date` writes.
pub fn iso(ms: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .ok()
        .and_then(|date| date.format(&Rfc3339).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_dates_that_javascript_reads() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(1_700_000_000_123), "2023-11-14T22:13:20.123Z");
    }

    #[test]
    fn moves_when_told() {
        let clock = Clock::default();
        let before = clock.now_ms();
        clock.advance_ms(60_000);
        assert!(clock.now_ms() - before >= 60_000);
    }

    #[tokio::test]
    async fn who_waits_wakes_when_it_moves() {
        let clock = std::sync::Arc::new(Clock::default());
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(clock.now_ms() + 86_400_000).await }
        });
        tokio::task::yield_now().await;
        clock.advance_ms(86_400_000);
        waiting.await.unwrap();
    }
}
