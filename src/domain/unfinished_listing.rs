//! A listing of the accounts that was not read to its end.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::account::Account;

/// Accounts that were read longer ago are read again. A listing of the largest organization takes five minutes.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// The pages of a listing that were read so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedListing {
    /// Tells it from other listings. Two copies that continue the same one add the same pages.
    pub listing: u64,
    /// When its first page was read.
    pub began: Timestamp,
    /// In AWS's order.
    pub accounts: Vec<Arc<Account>>,
    /// Of the next page.
    pub token: String,
}

impl UnfinishedListing {
    /// Whether its accounts are known well enough to be shown with those of now.
    pub fn is_recent(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.began);
        (SignedDuration::ZERO..=LONGEST).contains(&age)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_long_ago_or_by_another_clock_is_read_again() {
        let began = Timestamp::from_second(1_800_000_000).expect("a time");
        let part = UnfinishedListing { listing: 1, began, accounts: Vec::new(), token: "t".into() };
        let after = |seconds| began.checked_add(SignedDuration::from_secs(seconds)).expect("a time");
        assert_eq!([-1, 0, 900, 901].map(|seconds| part.is_recent(after(seconds))), [false, true, true, false]);
    }
}
