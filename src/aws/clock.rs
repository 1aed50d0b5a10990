//! AWS's clock, from the `Date` of its answers: a machine whose clock is some seconds ahead would take the report of
//! its own change for one from before.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

#[derive(Clone, Debug, Default)]
pub(crate) struct AwsClock(Arc<Mutex<Option<SignedDuration>>>);

/// AWS sends whole seconds, and an answer takes a while: less than this is no difference.
const BLUR: SignedDuration = SignedDuration::from_secs(2);

impl AwsClock {
    pub(crate) fn note(&self, date: Timestamp, now: Timestamp) {
        let apart = date.duration_since(now);
        let ahead = if apart.abs() <= BLUR { SignedDuration::ZERO } else { apart };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead);
    }

    /// `None` as long as AWS has not answered.
    pub(crate) fn ahead(&self) -> Option<SignedDuration> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What AWS's clock shows when this machine's shows `local`, as far as known.
    pub(crate) fn at(&self, local: Timestamp) -> Timestamp {
        local.saturating_add(self.ahead().unwrap_or_default()).unwrap_or(local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_aws_s_once_it_has_answered() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let clock = AwsClock::default();
        assert_eq!((clock.ahead(), clock.at(at(1_000))), (None, at(1_000)));
        clock.note(at(400), at(1_000));
        assert_eq!(clock.at(at(1_010)), at(410));
        // That the second has begun, and how long the answer took, is no difference.
        clock.note(at(999), at(1_001));
        assert_eq!(clock.clone().at(at(1_010)), at(1_010));
    }
}
