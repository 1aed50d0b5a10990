//! Accounts whose password recovery was allowed from here and not closed again.

use jiff::{SignedDuration, Timestamp};

use super::account::AccountId;

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

    /// Whether it should have been closed by now.
    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// The time until it should be closed; negative once that is past.
    pub(crate) fn left(&self, now: Timestamp) -> Option<SignedDuration> {
        self.until.map(|until| until.duration_since(now))
    }
}
