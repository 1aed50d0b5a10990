//! Waiting until AWS shows a policy as it was set.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use crate::app::draft::InEditor;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::{PolicyHolder, PolicyText, is_same_policy};
use crate::domain::policy_judgement::{LockState, lock_state};
use crate::domain::remote_data::ReadId;
use crate::domain::root_change::RootChange;

/// How long AWS may take to show a policy as it was set (SQS documents 60 seconds).
pub(crate) const POLICY_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// Where a new policy comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PolicySource {
    File(PathBuf),
    Editor,
    /// The present one without the statement at this place, from 0.
    Without(usize),
}

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
    pub(in crate::app) saved: Vec<(AccountId, PolicyHolder, PolicyText, PathBuf)>,
    /// What was edited and not put, of policies whose pages are closed.
    pub(in crate::app) edits: BTreeMap<(AccountId, PolicyHolder), InEditor>,
    /// What the policies read in this run do.
    locks: BTreeMap<(AccountId, PolicyHolder), Result<LockState, ApiErrorKind>>,
}

impl Unlocking {
    /// What its policy does, or why that could not be read; `None` where it was not read.
    pub(crate) fn lock(&self, account: AccountId, holder: &PolicyHolder) -> Option<Result<LockState, ApiErrorKind>> {
        self.locks.get(&(account, holder.clone())).copied()
    }

    /// Records what a read of a policy showed.
    pub(in crate::app) fn note(
        &mut self,
        account: AccountId,
        holder: &PolicyHolder,
        read: &Result<Option<PolicyText>, ApiError>,
        partition: &str,
    ) {
        let state = match read {
            Ok(policy) => Ok(lock_state(policy.as_deref(), holder, account, partition)),
            Err(error) => Err(error.kind),
        };
        self.locks.insert((account, holder.clone()), state);
    }

    /// The buckets and queues of an account whose policies were read.
    pub(in crate::app) fn known(&self, account: AccountId) -> impl Iterator<Item = &PolicyHolder> {
        self.locks.keys().filter(move |(of, _)| *of == account).map(|(_, holder)| holder)
    }

    /// What was read of the policies of an account may have changed.
    pub(in crate::app) fn forget_locks(&mut self, account: AccountId) {
        self.locks.retain(|(of, _), _| *of != account);
    }
}
