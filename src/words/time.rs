//! Times and spans of time.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The time of day, `14:02`.
pub(crate) fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// The day, `2024-06-09`.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string()
}

/// Day and time, `2024-06-09 12:23`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Day and time without the year, `06-09 12:23`.
pub(crate) fn moment_of_year(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string()
}

/// As much of a time as tells it from others: `12:23` today, `06-09 12:23` this year.
pub(crate) fn near(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (day, today) = (at.to_zoned(zone.clone()).date(), now.to_zoned(zone.clone()).date());
    if day == today {
        clock(at, zone)
    } else if day.year() == today.year() {
        moment_of_year(at, zone)
    } else {
        moment(at, zone)
    }
}

/// Day and time to the second, `2024-06-09 12:23:45`.
pub(crate) fn second(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Day and time in UTC to the second, `2024-06-09T12:23:45Z`.
pub(crate) fn utc_second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long ago, roughly: `just now`, `5 min ago`, `3 h ago`, `12 days ago`.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    age(at, now).map_or_else(|| "just now".to_owned(), |(count, unit)| format!("{count} {unit} ago"))
}

/// The same in as few columns as it goes: `5min ago`.
pub(crate) fn short_ago(at: Timestamp, now: Timestamp) -> String {
    age(at, now).map_or_else(|| "just now".to_owned(), |(count, unit)| format!("{count}{unit} ago"))
}

/// How old something is, roughly; `None` below a minute.
fn age(at: Timestamp, now: Timestamp) -> Option<(i64, &'static str)> {
    let span = now.duration_since(at);
    match (span.as_secs() / 60, span.as_hours()) {
        (..1, _) => None,
        (minutes @ 1..60, _) => Some((minutes, "min")),
        (_, hours @ ..48) => Some((hours, "h")),
        (_, hours) => Some((hours / 24, "days")),
    }
}

/// A span in its largest unit, in four columns: `59m`, `23h`, `12d`; never less than nothing.
pub(crate) fn largest(span: SignedDuration) -> String {
    let minutes = span.as_secs() / 60;
    match (minutes / 60, minutes) {
        (_, ..1) => "<1m".to_owned(),
        (..1, minutes) => format!("{minutes}m"),
        (hours @ ..48, _) => format!("{hours}h"),
        (hours, _) => format!("{}d", hours / 24),
    }
}

/// What is left of a span, `23h 59m left`; never less than nothing.
pub(crate) fn left(span: SignedDuration) -> String {
    format!("{} left", hours(span))
}

/// A span, `<1m`, `23h 59m`, `12 days`; never less than nothing.
pub(crate) fn hours(span: SignedDuration) -> String {
    let minutes = span.as_secs() / 60;
    match (minutes / 60, minutes) {
        (hours @ 48.., _) => format!("{} days", hours / 24),
        (hours @ 1.., _) => format!("{hours}h {:02}m", minutes % 60),
        (_, 1..) => format!("{minutes}m"),
        _ if span.is_positive() => "<1m".to_owned(),
        _ => "0m".to_owned(),
    }
}

/// What is left of a short span, `14:32`; never less than nothing.
pub(crate) fn minutes(span: SignedDuration) -> String {
    let seconds = span.as_secs().max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_well() {
        let at = |seconds| Timestamp::from_second(seconds).expect("a time");
        assert_eq!(ago(at(0), at(30)), "just now");
        assert_eq!(ago(at(0), at(300)), "5 min ago");
        assert_eq!((short_ago(at(0), at(300)), short_ago(at(0), at(30))), ("5min ago".into(), "just now".into()));
        assert_eq!(ago(at(0), at(3 * 3600 + 5)), "3 h ago");
        assert_eq!(ago(at(0), at(72 * 3600)), "3 days ago");
        assert_eq!(left(SignedDuration::from_secs(23 * 3600 + 59 * 60 + 59)), "23h 59m left");
        assert_eq!(left(SignedDuration::from_secs(-5)), "0m left");
        assert_eq!(
            (left(SignedDuration::from_secs(59)), left(SignedDuration::from_secs(60))),
            ("<1m left".into(), "1m left".into())
        );
        assert_eq!(left(SignedDuration::from_hours(47)), "47h 00m left");
        assert_eq!(left(SignedDuration::from_hours(239_975)), "9998 days left");
        assert_eq!(minutes(SignedDuration::from_secs(872)), "14:32");
        assert_eq!(minutes(SignedDuration::from_millis(9_900)), "0:09");
    }
}
