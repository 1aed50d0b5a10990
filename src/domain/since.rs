//! A time in the past, as a person types it: how long ago, a day, or a moment.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub(crate) fn since(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(ago) = duration(text.trim()) {
        return now.checked_sub(ago).ok();
    }
    if let Some(day) = day_of(text) {
        return start_of(day, zone);
    }
    text.to_ascii_uppercase().parse().ok()
}

/// The same for an end: of a day its last moment.
pub(crate) fn until(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    match day_of(text.trim()) {
        Some(day) => start_of(day.tomorrow().ok()?, zone)?.checked_sub(SignedDuration::from_nanos(1)).ok(),
        None => since(text, now, zone),
    }
}

/// A time in the future: a day (its end), a time of day in the person's zone with its day, or a moment.
pub(crate) fn ending(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    let end = match day_of(text) {
        Some(day) => start_of(day.tomorrow().ok()?, zone)?,
        None => match text.to_ascii_uppercase().parse::<Timestamp>() {
            Ok(moment) => moment,
            Err(_) => text.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?.timestamp(),
        },
    };
    (end > now).then_some(end)
}

/// A span such as `90d`, of at least a second.
pub(crate) fn span(text: &str) -> Option<SignedDuration> {
    duration(text.trim()).filter(SignedDuration::is_positive)
}

fn day_of(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == "2026-01-31".len())
}

fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

/// How long, such as `7d`.
pub(crate) fn duration(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().last()?;
    let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|count| *count >= 0)?;
    let seconds = match unit.to_ascii_lowercase() {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    count.checked_mul(seconds).map(SignedDuration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn an_end_is_a_day_a_time_here_or_a_moment_and_is_to_come() {
        let now = time("2026-02-01T12:00:00Z");
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        let meant = |text| ending(text, now, &tokyo);
        assert_eq!(meant("2026-02-02"), Some(time("2026-02-02T15:00:00Z")));
        assert_eq!(meant("2026-02-01T23:30"), Some(time("2026-02-01T14:30:00Z")));
        assert_eq!(meant("2026-02-01 23:30"), Some(time("2026-02-01T14:30:00Z")));
        assert_eq!(meant("2026-02-01t14:00:00z"), Some(time("2026-02-01T14:00:00Z")));
        for wrong in ["", "2h", "18:00", "2026-02-01T12:00:00Z", "2026-01-31", "tomorrow"] {
            assert_eq!(meant(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn spans_days_and_times_are_told_apart() {
        let now = time("2026-02-01T12:00:00Z");
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        let meant = |text| since(text, now, &tokyo);
        assert_eq!(meant("90s"), Some(time("2026-02-01T11:58:30Z")));
        assert_eq!(meant("30m"), Some(time("2026-02-01T11:30:00Z")));
        assert_eq!(meant("2H"), Some(time("2026-02-01T10:00:00Z")));
        assert_eq!(meant("7d"), Some(time("2026-01-25T12:00:00Z")));
        assert_eq!(meant("1w"), meant("7d"));
        assert_eq!(meant("2026-01-31"), Some(time("2026-01-30T15:00:00Z")));
        assert_eq!(meant("2026-01-31t14:00:00z"), Some(time("2026-01-31T14:00:00Z")));
        for wrong in ["", "h", "2", "-2h", "2y", "2h30", "yesterday", "2026-13-01", "2026-01"] {
            assert_eq!(meant(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_end_of_a_day_is_its_last_moment_and_of_a_time_that_time() {
        let now = time("2026-02-01T12:00:00Z");
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(until("2026-01-31", now, &tokyo), Some(time("2026-01-31T14:59:59.999999999Z")));
        assert_eq!(until("2026-01-31T14:00:00Z", now, &tokyo), Some(time("2026-01-31T14:00:00Z")));
        assert_eq!((until("7d", now, &tokyo), until("tomorrow", now, &tokyo)), (since("7d", now, &tokyo), None));
        assert_eq!(until("9999-12-31", now, &tokyo), None);
    }

    #[test]
    fn a_span_is_no_moment() {
        assert_eq!((span("90d"), span("12w")), (Some(SignedDuration::from_hours(2160)), duration("84d")));
        for wrong in ["0d", "2026-01-31", "90", ""] {
            assert_eq!(span(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_none(text in "\\PC{0,30}") {
            let at = since(&text, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
            // Each form has a digit.
            prop_assert!(at.is_none() || text.contains(|letter: char| letter.is_ascii_digit()));
        }

        #[test]
        fn any_number_of_units_is_survived(count in any::<u64>(), unit in "[smhdw]") {
            let at = since(&format!("{count}{unit}"), Timestamp::UNIX_EPOCH, &TimeZone::UTC);
            prop_assert!(at.is_none_or(|at| at <= Timestamp::UNIX_EPOCH));
        }
    }
}
