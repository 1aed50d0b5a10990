//! Work on many accounts at once: independent items, each with its own result.

use super::account::{Account, AccountId};
use super::deletion::{DeletionPlan, DeletionResult};
use super::root_credentials::{AuditDepth, RootAudit};

/// What to do with many accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Audit the root credentials of these accounts.
    Audit {
        /// The accounts.
        accounts: Vec<Account>,
        /// How thoroughly.
        depth: AuditDepth,
    },
    /// Delete what was confirmed, account by account, each followed by a fresh audit.
    DeleteCredentials {
        /// What is to go.
        plans: Vec<DeletionPlan>,
        /// The reason or ticket the person gave, for the journal.
        reason: Option<String>,
    },
}

impl Run {
    /// How many accounts it is about.
    #[must_use]
    pub fn accounts(&self) -> usize {
        match self {
            Self::Audit { accounts, .. } => accounts.len(),
            Self::DeleteCredentials { plans, .. } => plans.len(),
        }
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        matches!(self, Self::DeleteCredentials { .. })
    }
}

/// What is wanted of a run under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Steering {
    /// Go on.
    #[default]
    GoOn,
    /// Start nothing new until told to go on.
    Pause,
    /// Start nothing new at all; what is under way is finished.
    Stop,
}

/// News of a run under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunReport {
    /// An account was audited. Cells that could not be read say why.
    Audited(AccountId, Box<RootAudit>),
    /// What surely became of the credentials of an account, and the fresh audit behind it.
    Deleted {
        /// The account.
        account: AccountId,
        /// One for each credential of the plan.
        results: Vec<DeletionResult>,
        /// The proof.
        audit: Box<RootAudit>,
    },
    /// So many calls of this run were throttled and tried again so far.
    Throttled(u64),
    /// The run is over; nothing more comes.
    Ended,
}
