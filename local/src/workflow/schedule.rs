//! When a schedule is due next.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use crate::config::Trigger;

/// What is wrong with a schedule of the project file, if anything.
pub fn check(interval_seconds: Option<u32>, cron: Option<&str>, time_zone: &str) -> Result<(), String> {
    match (interval_seconds, cron) {
        (Some(0), None) => Err("intervalSeconds must be at least 1.".into()),
        (Some(_), None) => Ok(()),
        (None, Some(cron)) => {
            let zone = zone(time_zone).ok_or_else(|| {
                format!("timeZone \"{time_zone}\" is unknown. Use an IANA name such as \"America/Los_Angeles\".")
            })?;
            let some_day = DateTime::<Utc>::UNIX_EPOCH.with_timezone(&zone);
            let first = parse(cron)?.find_next_occurrence(&some_day, false);
            first.map(drop).map_err(|_| format!("cron \"{cron}\" never comes: there is no such day."))
        }
        _ => Err("a scheduler needs intervalSeconds or cron, and not both.".into()),
    }
}

/// The first time after `after` (milliseconds since 1970); `None` for what is no schedule, or has no further time.
pub fn next(trigger: &Trigger, after: i64) -> Option<i64> {
    let Trigger::Scheduler { interval_seconds, cron, time_zone } = trigger else {
        return None;
    };
    match (interval_seconds, cron) {
        (Some(seconds), _) => Some(after + i64::from(*seconds) * 1000),
        (None, Some(cron)) => {
            // Whole seconds: what is left of one would go on into the time that is found.
            let local = DateTime::<Utc>::from_timestamp(after.div_euclid(1000), 0)?.with_timezone(&zone(time_zone)?);
            let found = parse(cron).ok()?.find_next_occurrence(&local, false).ok()?;
            Some(found.timestamp_millis())
        }
        (None, None) => None,
    }
}

fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

fn parse(cron: &str) -> Result<Cron, String> {
    let parser = CronParser::builder().seconds(Seconds::Required).year(Year::Disallowed).build();
    parser.parse(cron).map_err(|error| {
        format!("cron \"{cron}\" is not valid: {error}. Write six fields: second, minute, hour, day, month, weekday.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cron(text: &str, zone: &str) -> Trigger {
        Trigger::Scheduler { interval_seconds: None, cron: Some(text.into()), time_zone: zone.into() }
    }

    fn after(trigger: &Trigger, start: &str) -> String {
        let start = DateTime::parse_from_rfc3339(start).unwrap().timestamp_millis();
        DateTime::from_timestamp_millis(next(trigger, start).unwrap()).unwrap().to_rfc3339()
    }

    #[test]
    fn times_are_those_of_the_zone() {
        let daily = cron("0 0 9 * * *", "America/Los_Angeles");
        assert_eq!(after(&daily, "2024-01-15T00:00:00Z"), "2024-01-15T17:00:00+00:00");
        assert_eq!(after(&daily, "2024-07-15T00:00:00Z"), "2024-07-15T16:00:00+00:00");
        // On the day of the change there are 23 hours between two mornings.
        assert_eq!(after(&daily, "2024-03-09T17:00:00Z"), "2024-03-10T16:00:00+00:00");
        assert_eq!(after(&cron("*/10 * * * * *", "UTC"), "2024-01-01T00:00:10Z"), "2024-01-01T00:00:20+00:00");
        assert_eq!(
            after(&cron("0 30 8 * * MON-FRI", "Europe/Berlin"), "2024-06-07T12:00:00Z"),
            "2024-06-10T06:30:00+00:00"
        );
        let every = Trigger::Scheduler { interval_seconds: Some(90), cron: None, time_zone: "UTC".into() };
        assert_eq!(next(&every, 1000), Some(91_000));
        assert_eq!(next(&cron("* * * * * *", "UTC"), 1_234), Some(2_000));
    }

    #[test]
    fn what_is_no_schedule_is_told() {
        assert!(check(None, Some("0 9 * * *"), "UTC").unwrap_err().contains("six fields"));
        assert!(check(None, Some("0 0 9 * * * 2030"), "UTC").is_err());
        assert!(check(None, Some("0 0 9 * * *"), "Mars/Olympus").unwrap_err().contains("Mars/Olympus"));
        assert!(check(Some(5), Some("0 0 9 * * *"), "UTC").is_err());
        assert!(check(None, None, "UTC").is_err());
        assert!(check(Some(0), None, "UTC").is_err());
        assert!(check(None, Some("0 0 0 30 2 *"), "UTC").unwrap_err().contains("never comes"));
        check(None, Some("0 0 0 29 2 *"), "UTC").unwrap();
    }
}
