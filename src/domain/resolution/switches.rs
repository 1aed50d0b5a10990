//! Switches of the organization, judged by how they are set now.

use jiff::Timestamp;

use super::verdict::{Doubt, MARGIN, ROUNDING, TRACELESS, Verdict, second};

/// How something is set that AWS gives a time for, as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Off,
    On(Option<Timestamp>),
}

/// Whether trusted access, or a delegation, was set as wanted.
pub(super) fn dated(at: Timestamp, on: bool, setting: Setting, now: Timestamp) -> Verdict {
    match (on, setting) {
        (true, Setting::On(Some(since))) if since + MARGIN < at => Verdict::Open(Doubt::SoBefore(since)),
        (true, Setting::On(Some(since))) if since > at + MARGIN => Verdict::Open(Doubt::OtherTime),
        (true, Setting::On(Some(since))) => Verdict::Done(format!("seen afterwards: on since {}", second(since))),
        (false, Setting::On(Some(since))) if since + ROUNDING < at => {
            Verdict::NotDone(format!("seen afterwards: on since {}, from before", second(since)))
        }
        (false, Setting::On(Some(_))) => Verdict::Open(Doubt::OtherTime),
        (_, Setting::On(_)) => without_a_time(at, on, true, now),
        (_, Setting::Off) => without_a_time(at, on, false, now),
    }
}

/// Whether a root feature was set as wanted; `is_on` is `None` where AWS does not tell.
pub(super) fn root_feature(at: Timestamp, on: bool, is_on: Option<bool>, now: Timestamp) -> Verdict {
    is_on.map_or(Verdict::Open(Doubt::Hidden), |is_on| without_a_time(at, on, is_on, now))
}

fn without_a_time(at: Timestamp, on: bool, is_on: bool, now: Timestamp) -> Verdict {
    let word = if is_on { "on" } else { "off" };
    if on == is_on {
        Verdict::Done(format!("seen afterwards: {word}"))
    } else if now.duration_since(at) <= TRACELESS {
        Verdict::NotDone(format!("seen afterwards: {word}"))
    } else {
        Verdict::Open(Doubt::Traceless)
    }
}
