//! Accounts whose password recovery was allowed from here and not closed again.

use jiff::{SignedDuration, Timestamp};

use super::account::AccountId;

/// When a recovery that is allowed should be closed again, as a person chooses it. AWS itself knows no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecoveryEnd {
    /// After so many hours.
    Hours(i64),
    /// Nobody says when.
    Open,
}

impl RecoveryEnd {
    /// The first is proposed.
    pub(crate) const ALL: [Self; 5] = [Self::Hours(4), Self::Hours(8), Self::Hours(24), Self::Hours(1), Self::Open];

    /// When that is, of one that is allowed `now`: in whole seconds, as it is shown and recorded.
    pub(crate) fn at(self, now: Timestamp) -> Option<Timestamp> {
        let Self::Hours(hours) = self else { return None };
        let end = now.checked_add(SignedDuration::from_hours(hours)).ok()?;
        Timestamp::from_second(end.as_second()).ok()
    }
}

/// An account that was left open, by the journal of this machine. Only an audit tells whether it still is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOpen {
    /// The member account.
    pub account: AccountId,
    pub(crate) since: Timestamp,
    /// The ARN of who allowed it.
    pub by: String,
    /// When it should be closed again; `None` if nobody said.
    pub(crate) until: Option<Timestamp>,
    /// The reason or ticket that was given.
    pub(crate) reason: Option<String>,
}

impl LeftOpen {
    pub(crate) fn new(account: AccountId, since: Timestamp, by: String) -> Self {
        Self { account, since, by, until: None, reason: None }
    }

    pub(crate) fn ending(self, until: Option<Timestamp>) -> Self {
        Self { until, ..self }
    }

    /// Whether it should have been closed by now.
    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// The time until it should be closed; negative once that is past.
    pub(crate) fn left(&self, now: Timestamp) -> Option<SignedDuration> {
        self.until.map(|until| until.duration_since(now))
    }
}
