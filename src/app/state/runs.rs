//! The run over many accounts that is under way: how far it is, how fast, and steering it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::app::ids::RunId;
use crate::app::view::ViewId;
use crate::domain::account::AccountId;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::Steering;

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// An audit that somebody asked for.
    Audit(AuditDepth),
    /// The deep audit that shows what a deletion would delete.
    DryRun,
    /// The deletion of root credentials.
    Deletion,
    /// Asking AWS where email changes stand.
    AskEmailChanges,
    /// Starting the email changes of a plan.
    StartEmailChanges,
    /// Accepting email changes with the passwords of pasted mails.
    AcceptEmailChanges,
}

impl RunKind {
    /// The view that shows it.
    #[must_use]
    pub fn view(self) -> ViewId {
        match self {
            Self::Audit(_) | Self::DryRun | Self::Deletion => ViewId::RootAccess,
            Self::AskEmailChanges | Self::StartEmailChanges | Self::AcceptEmailChanges => ViewId::EmailChanges,
        }
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_writing(self) -> bool {
        match self {
            Self::Deletion | Self::StartEmailChanges | Self::AcceptEmailChanges => true,
            Self::Audit(_) | Self::DryRun | Self::AskEmailChanges => false,
        }
    }
}

/// A run under way. Its times are those of the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunUnderWay {
    /// Its number.
    pub id: RunId,
    /// What it is for.
    pub kind: RunKind,
    /// The accounts that have not been reported on.
    pub awaited: BTreeSet<AccountId>,
    /// The accounts that have been.
    pub done: BTreeSet<AccountId>,
    /// How many of those root can sign in or call in.
    pub findings: usize,
    /// How many of those could not be read, or not wholly.
    pub unread: usize,
    /// How many of its changes did not surely succeed.
    pub failed: usize,
    /// The calls that were throttled and tried again.
    pub throttled: u64,
    /// Of its accounts those that were marked for it, and of them those that it was done in.
    pub(in crate::app) marked: BTreeSet<AccountId>,
    pub(in crate::app) succeeded: BTreeSet<AccountId>,
    /// What was wanted of it last.
    pub steering: Steering,
    started: Timestamp,
    /// When it was last reported on.
    last: Timestamp,
    pub(in crate::app) paused_at: Option<Timestamp>,
    pub(in crate::app) paused: SignedDuration,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// What it was for.
    pub kind: RunKind,
    /// The accounts reported on.
    pub done: usize,
    /// All of them.
    pub total: usize,
    /// How many root can sign in or call in.
    pub findings: usize,
    /// How many of those the filter of view 3 hides.
    pub hidden: usize,
    /// How many could not be read, or not wholly.
    pub unread: usize,
    /// How many of its changes did not surely succeed.
    pub failed: usize,
}

impl RunUnderWay {
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
            marked: BTreeSet::new(),
            succeeded: BTreeSet::new(),
            steering: Steering::GoOn,
            started: now,
            last: now,
            paused_at: None,
            paused: SignedDuration::ZERO,
        }
    }

    /// All its accounts.
    #[must_use]
    pub fn total(&self) -> usize {
        self.awaited.len() + self.done.len()
    }

    /// The time one account took so far, pauses aside; `None` before there is one.
    #[must_use]
    pub fn per_account(&self) -> Option<SignedDuration> {
        let done = i32::try_from(self.done.len()).ok().filter(|done| *done > 0)?;
        let spent = self.last.duration_since(self.started).saturating_sub(self.paused);
        (spent > SignedDuration::ZERO).then(|| spent / done)
    }

    /// The accounts in ten seconds, which shows one decimal of the rate per second.
    #[must_use]
    pub fn per_ten_seconds(&self) -> Option<i128> {
        let each = self.per_account()?.as_millis().max(1);
        Some(10_000 / each)
    }

    /// The time that is left at the rate so far.
    #[must_use]
    pub fn left(&self) -> Option<SignedDuration> {
        let left = i32::try_from(self.awaited.len()).ok()?;
        self.per_account().map(|each| each.saturating_mul(left))
    }

    /// Notes that an account was reported on; whether it was awaited.
    pub(in crate::app) fn take(&mut self, account: AccountId, now: Timestamp) -> bool {
        let awaited = self.awaited.remove(&account);
        if awaited {
            self.done.insert(account);
            self.last = now;
        }
        awaited
    }

    /// Takes what was found in an account; whether it was awaited.
    pub(in crate::app) fn apply_audit(&mut self, account: AccountId, audit: &RootAudit, now: Timestamp) -> bool {
        let awaited = self.take(account, now);
        if awaited {
            self.findings += usize::from(audit.is_finding());
            self.unread += usize::from(audit.fault().is_some());
        }
        awaited
    }

    /// Notes whether it was done in an account.
    pub(in crate::app) fn note(&mut self, account: AccountId, done: bool) {
        if done {
            self.succeeded.insert(account);
        }
    }

    pub(in crate::app) fn summary(&self) -> RunSummary {
        RunSummary {
            kind: self.kind,
            done: self.done.len(),
            total: self.total(),
            findings: self.findings,
            hidden: 0,
            unread: self.unread,
            failed: self.failed,
        }
    }
}
