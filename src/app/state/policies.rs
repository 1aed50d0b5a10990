//! Waiting until AWS shows a policy as it was set.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::AccountId;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, is_same_policy};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::RootChange;

/// How long AWS may take to show a policy as it was set (SQS documents 60 seconds).
pub(crate) const POLICY_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// A policy that AWS accepted or deleted, and does not show so yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AwaitedPolicy {
    pub(crate) account: AccountId,
    pub(crate) holder: PolicyHolder,
    pub(crate) change: RootChange,
    pub(crate) since: Timestamp,
    pub(crate) asked: Option<ReadId>,
}

impl AwaitedPolicy {
    /// Whether it has been awaited for longer than AWS needs.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) >= POLICY_WITHIN
    }
}

pub(in crate::app) fn is_policy_as(change: &RootChange, policy: Option<&PolicyText>) -> bool {
    match (change, policy) {
        (RootChange::DeletePolicy(_), None) => true,
        (RootChange::PutPolicy(_, text), Some(shown)) => is_same_policy(text, shown),
        _ => false,
    }
}

/// The policies that AWS accepted and does not show yet, and the files being written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unlocking {
    pub(crate) awaited: Vec<AwaitedPolicy>,
    pub(in crate::app) saving: Vec<(ReadId, AccountId, PolicyHolder, PolicyText)>,
    /// Where each was last saved in this run: it may be put back long after its page was closed.
    pub(in crate::app) saved: Vec<(AccountId, PolicyHolder, PathBuf)>,
}
