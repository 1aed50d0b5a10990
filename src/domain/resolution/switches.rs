//! Switches of the organization, judged by how they are set now.

use jiff::Timestamp;

use super::{Doubt, MARGIN, ROUNDING, TRACELESS, Verdict, second};
use crate::domain::trusted_access::TrustedService;

/// Whether trusted access was set as wanted; `entry` is there if it is on.
pub(super) fn trusted_access(at: Timestamp, on: bool, entry: Option<&TrustedService>, now: Timestamp) -> Verdict {
    let since = entry.and_then(|service| service.enabled);
    match (on, entry, since) {
        (true, Some(_), Some(since)) if since + MARGIN < at => Verdict::Open(Doubt::SoBefore(since)),
        (true, Some(_), Some(since)) if since > at + MARGIN => Verdict::Open(Doubt::OtherTime),
        (true, Some(_), Some(since)) => Verdict::Done(format!("seen afterwards: on since {}", second(since))),
        (false, Some(_), Some(since)) if since + ROUNDING < at => {
            Verdict::NotDone(format!("seen afterwards: on since {}, from before", second(since)))
        }
        (false, Some(_), Some(_)) => Verdict::Open(Doubt::OtherTime),
        (_, entry, _) => without_a_time(at, on, entry.is_some(), now),
    }
}

/// Whether a root feature was set as wanted; `is_on` is `None` where AWS does not tell.
pub(super) fn root_feature(at: Timestamp, on: bool, is_on: Option<bool>, now: Timestamp) -> Verdict {
    is_on.map_or(Verdict::Open(Doubt::Hidden), |is_on| without_a_time(at, on, is_on, now))
}

/// Judges by the setting alone.
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
