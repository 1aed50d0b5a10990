//! Work on many accounts at once: independent items, each with its own result.

use jiff::Timestamp;

use super::account::{Account, AccountId};
use super::api_error::ApiError;
use super::change::Change;
use super::contacts::{ContactKind, Contacts};
use super::deletion::{DeletionPlan, DeletionResult};
use super::email::EmailAddress;
use super::email_change::EmailChangeReport;
use super::email_plan::{NewPlan, PlanId, PlanItem, PlanProblem};
use super::otp::Otp;
use super::root_credentials::{AuditDepth, RootAudit};
use super::write::Written;

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
    /// Ask AWS where the email changes of these accounts stand.
    AskEmailChanges {
        /// The accounts.
        accounts: Vec<AccountId>,
    },
    /// Read the contacts of these accounts.
    ReadContacts {
        /// The accounts.
        accounts: Vec<AccountId>,
        /// Which of their contacts.
        kinds: Vec<ContactKind>,
    },
    /// Change contacts and names, one after the other.
    ChangeAccounts {
        /// What was confirmed.
        items: Vec<(Account, Change)>,
        /// The reason or ticket the person gave, for the journal.
        reason: Option<String>,
    },
    /// Start the waiting email changes of a plan, in their order; what was cut off is found out first.
    StartEmailChanges {
        /// The plan.
        plan: PlanToStart,
        /// The accounts of the items that can be started, as they are now.
        accounts: Vec<Account>,
        /// The lines of what can't be started any more, and why: they are settled as such.
        skipped: Vec<(u64, PlanProblem)>,
        /// Whether the password of a change that is pending already is sent again.
        resend: bool,
    },
    /// Accept email changes with the one-time passwords of their mails, one after the other.
    AcceptEmailChanges {
        /// What was confirmed.
        items: Vec<Acceptance>,
        /// The reason or ticket the person gave, for the journal.
        reason: Option<String>,
    },
}

/// The plan that a run starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanToStart {
    /// One that was confirmed just now; it is kept before anything of it is sent.
    New(NewPlan),
    /// One that the records keep.
    Kept(PlanId),
}

/// An email change to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The account, as it was known when this was confirmed.
    pub account: Account,
    /// The address that the change was started with.
    pub new: EmailAddress,
    /// The one-time password from the mail to that address.
    pub otp: Otp,
}

impl Acceptance {
    pub(crate) fn change(&self) -> Change {
        Change::AcceptEmailChange { account: self.account.id, new: self.new.clone(), otp: Some(self.otp.clone()) }
    }
}

impl Run {
    pub(crate) fn account_ids(&self) -> Vec<AccountId> {
        match self {
            Self::Audit { accounts, .. } | Self::StartEmailChanges { accounts, .. } => {
                accounts.iter().map(|account| account.id).collect()
            }
            Self::DeleteCredentials { plans, .. } => plans.iter().map(|plan| plan.account.id).collect(),
            Self::AskEmailChanges { accounts } | Self::ReadContacts { accounts, .. } => accounts.clone(),
            Self::ChangeAccounts { items, .. } => items.iter().map(|(account, _)| account.id).collect(),
            Self::AcceptEmailChanges { items, .. } => items.iter().map(|item| item.account.id).collect(),
        }
    }

    /// How many accounts it is about.
    pub fn accounts(&self) -> usize {
        self.account_ids().len()
    }

    pub(crate) fn is_writing(&self) -> bool {
        match self {
            Self::Audit { .. } | Self::AskEmailChanges { .. } | Self::ReadContacts { .. } => false,
            Self::DeleteCredentials { .. }
            | Self::ChangeAccounts { .. }
            | Self::StartEmailChanges { .. }
            | Self::AcceptEmailChanges { .. } => true,
        }
    }
}

/// What is wanted of a run in progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Steering {
    /// Go on.
    #[default]
    GoOn,
    /// Start nothing new until told to go on.
    Pause,
    /// Start nothing new at all; what is in progress is finished.
    Stop,
}

/// Where an item of a plan is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReport {
    pub(crate) plan: PlanId,
    /// The item.
    pub item: PlanItem,
    /// The change that was made for it, when it was sent, and what came of it; `None` if none was.
    pub(crate) written: Option<(Change, Timestamp, Written)>,
}

/// News of a run in progress.
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
    /// Where the email change of an account stands.
    EmailChange(AccountId, Result<EmailChangeReport, ApiError>),
    /// The contacts of an account. Those that could not be read say why.
    Contacts(AccountId, Box<Contacts>),
    /// What came of one of the changes of the run, when it was sent, and what was read right after it.
    Written(Box<Change>, Timestamp, Box<Written>),
    /// The plan of the run is kept under this number, and its changes begin.
    PlanKept(PlanId),
    /// Where an item of a plan is now.
    PlanItem(Box<ItemReport>),
    /// Nothing more is begun, for a reason that holds for all that is left.
    Halted(ApiError),
    /// So many calls of this run were throttled and tried again so far.
    Throttled(u64),
    /// AWS has throttled: calls go out at so many percent of the usual rate for a while; `None`: at the whole rate again.
    Slowed(Option<u8>),
    /// The run is over; nothing more comes.
    Ended,
}
