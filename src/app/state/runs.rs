//! The run over many accounts in progress: progress, rate, and steering.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::app::ids::RunId;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_finding::RootFinding;
use crate::domain::run::Steering;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunKind {
    Audit(AuditDepth),
    /// The deep audit that shows what a deletion would delete.
    DryRun,
    Deletion,
    AskEmailChanges,
    StartEmailChanges,
    AcceptEmailChanges,
}

impl RunKind {
    pub(crate) fn view(self) -> ViewId {
        match self {
            Self::Audit(_) | Self::DryRun | Self::Deletion => ViewId::RootAccess,
            Self::AskEmailChanges | Self::StartEmailChanges | Self::AcceptEmailChanges => ViewId::EmailChanges,
        }
    }

    pub(crate) fn is_writing(self) -> bool {
        match self {
            Self::Deletion | Self::StartEmailChanges | Self::AcceptEmailChanges => true,
            Self::Audit(_) | Self::DryRun | Self::AskEmailChanges => false,
        }
    }
}

/// Its times are those of the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunInProgress {
    pub(crate) id: RunId,
    pub(crate) kind: RunKind,
    /// The accounts without a report yet.
    pub(crate) awaited: BTreeSet<AccountId>,
    pub(crate) done: BTreeSet<AccountId>,
    /// How many of those have findings.
    pub(crate) findings: usize,
    /// How many of those could not be read, or not completely.
    pub(crate) unread: usize,
    /// How many changes did not certainly succeed.
    pub(crate) failed: usize,
    /// The calls that were throttled and retried.
    pub(crate) throttled: u64,
    /// The percentage of the usual rate that is left after AWS throttled; `None`: all of it.
    pub(crate) slowed: Option<u8>,
    /// The accounts that were marked for it, and those of them where it succeeded.
    pub(in crate::app) marked: BTreeSet<AccountId>,
    pub(in crate::app) succeeded: BTreeSet<AccountId>,
    pub(crate) steering: Steering,
    started: Timestamp,
    last: Timestamp,
    pub(in crate::app) paused_at: Option<Timestamp>,
    pub(in crate::app) paused: SignedDuration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RunSummary {
    pub(crate) kind: RunKind,
    pub(crate) done: usize,
    pub(crate) total: usize,
    /// How many have findings.
    pub(crate) findings: usize,
    /// How many of those the filter of view 3 hides.
    pub(crate) hidden: usize,
    /// How many could not be read, or not completely.
    pub(crate) unread: usize,
    /// How many changes did not certainly succeed.
    pub(crate) failed: usize,
}

impl RunInProgress {
    pub(in crate::app) fn new(id: RunId, kind: RunKind, accounts: BTreeSet<AccountId>, now: Timestamp) -> Self {
        Self {
            id,
            kind,
            awaited: accounts,
            done: BTreeSet::new(),
            findings: 0,
            unread: 0,
            failed: 0,
            throttled: 0,
            slowed: None,
            marked: BTreeSet::new(),
            succeeded: BTreeSet::new(),
            steering: Steering::GoOn,
            started: now,
            last: now,
            paused_at: None,
            paused: SignedDuration::ZERO,
        }
    }

    pub(crate) fn total(&self) -> usize {
        self.awaited.len() + self.done.len()
    }

    /// The time per account so far, without pauses; `None` before the first one.
    pub(crate) fn per_account(&self) -> Option<SignedDuration> {
        let done = i32::try_from(self.done.len()).ok().filter(|done| *done > 0)?;
        let spent = self.last.duration_since(self.started).saturating_sub(self.paused);
        (spent > SignedDuration::ZERO).then(|| spent / done)
    }

    /// Accounts in ten seconds, which shows one decimal of the rate per second.
    pub(crate) fn per_ten_seconds(&self) -> Option<i128> {
        let each = self.per_account()?.as_millis().max(1);
        Some(10_000 / each)
    }

    /// The time left at the rate so far.
    pub(crate) fn left(&self) -> Option<SignedDuration> {
        let left = i32::try_from(self.awaited.len()).ok()?;
        self.per_account().map(|each| each.saturating_mul(left))
    }

    /// Whether a report on the account was expected.
    pub(in crate::app) fn take(&mut self, account: AccountId, succeeded: bool, now: Timestamp) -> bool {
        let awaited = self.awaited.remove(&account);
        if awaited {
            self.done.insert(account);
            self.last = now;
            if succeeded {
                self.succeeded.insert(account);
            }
        }
        awaited
    }

    pub(in crate::app) fn count_audit(&mut self, audit: &RootAudit, now: Timestamp) {
        self.findings += usize::from(RootFinding::any(audit, now) == Some(true));
        self.unread += usize::from(audit.error().is_some());
    }

    /// `hidden`: how many findings the filter of view 3 hides.
    pub(in crate::app) fn summary(&self, hidden: usize) -> RunSummary {
        RunSummary {
            kind: self.kind,
            done: self.done.len(),
            total: self.total(),
            findings: self.findings,
            hidden,
            unread: self.unread,
            failed: self.failed,
        }
    }
}
