//! What STS still believes: it learns late of what was withdrawn (captured).

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// What root sessions need.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Grant {
    TrustedAccess,
    RootCredentialsManagement,
    RootSessions,
    /// The account is the delegated administrator for IAM.
    Delegate(String),
}

/// That other services see the change at once is captured; that STS sees what is granted at once is a guess.
#[derive(Debug)]
pub(crate) struct Withdrawals {
    delay: SignedDuration,
    ends: HashMap<Grant, Timestamp>,
}

impl Withdrawals {
    pub(crate) fn new(delay: Duration) -> Self {
        Self { delay: SignedDuration::try_from(delay).unwrap_or(SignedDuration::MAX), ends: HashMap::new() }
    }

    pub(crate) fn note(&mut self, grant: Grant, now: Timestamp) {
        self.ends.insert(grant, now.saturating_add(self.delay).unwrap_or(Timestamp::MAX));
    }

    pub(crate) fn is_still_seen(&self, grant: &Grant, now: Timestamp) -> bool {
        self.ends.get(grant).is_some_and(|end| now < *end)
    }
}
