//! The choices of the menus.

use crate::domain::account::AccountId;
use crate::domain::console_link::ConsoleLink;
use crate::domain::contacts::AlternateKind;
use crate::domain::email_plan::PlanId;
use crate::domain::export::ExportForm;
use crate::domain::permit::Refusal;
use crate::domain::root_credentials::AuditDepth;
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AskScope {
    Open,
    Selected,
    Marked,
    Shown,
    All,
}

/// What of an account is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditTarget {
    Contact(AlternateKind),
    Name,
}

/// A row of what is known of an account's contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ContactChoice(pub(crate) AccountId, pub(crate) EditTarget);

/// A page of AWS's console, and what is done with its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkChoice(pub(crate) ConsoleLink, pub(crate) LinkUse);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkUse {
    Open,
    Copy,
}

/// What becomes of the rows of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExportChoice(pub(crate) ExportForm, pub(crate) ExportTo);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportTo {
    File,
    Clipboard,
}

impl ExportChoice {
    pub(crate) const ALL: [Self; 4] = [
        Self(ExportForm::Csv, ExportTo::File),
        Self(ExportForm::Json, ExportTo::File),
        Self(ExportForm::Csv, ExportTo::Clipboard),
        Self(ExportForm::Json, ExportTo::Clipboard),
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    Id,
    Name,
    Email,
    NewEmail,
    Path,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlanChoice {
    Read,
    Resume(PlanId),
    Begun,
    Results(PlanId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResultsOf {
    Begun,
    Kept(PlanId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyAction {
    Save,
    Delete,
    PutFile,
    Edit,
    /// The statement at this place, from 0.
    RemoveStatement(usize),
    ReadAgain,
}

/// A task about the root access of accounts, which may have to wait for a gate to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RootWish {
    Audit(AuditDepth, Vec<AccountId>),
    Delete(Vec<AccountId>),
}

impl RootWish {
    /// The task policy of its root sessions.
    pub(crate) fn task(&self) -> TaskPolicy {
        match self {
            Self::Audit(..) => TaskPolicy::AuditRootCredentials,
            Self::Delete(_) => TaskPolicy::DeleteRootCredentials,
        }
    }

    pub(in crate::app) fn accounts(&self) -> &[AccountId] {
        match self {
            Self::Audit(_, accounts) | Self::Delete(accounts) => accounts,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuditScope {
    Selected,
    Marked,
    Shown,
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SkippedAccount {
    pub(crate) account: AccountId,
    pub(crate) reason: Refusal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RootTask {
    /// Let the root mailbox set a password.
    AllowRecovery,
    CloseRecovery,
    UnlockBucket,
    UnlockQueue,
    Session,
}

impl RootTask {
    pub(crate) const ALL: [Self; 5] =
        [Self::AllowRecovery, Self::CloseRecovery, Self::UnlockBucket, Self::UnlockQueue, Self::Session];

    /// The task policy of its session; `None` where the person has yet to choose it.
    pub(crate) fn policy(self) -> Option<TaskPolicy> {
        match self {
            Self::AllowRecovery => Some(TaskPolicy::AllowPasswordRecovery),
            Self::CloseRecovery => Some(TaskPolicy::DeleteRootCredentials),
            Self::UnlockBucket => Some(TaskPolicy::UnlockBucketPolicy),
            Self::UnlockQueue => Some(TaskPolicy::UnlockQueuePolicy),
            Self::Session => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RootMenu {
    Tasks(AccountId),
    Policies(AccountId),
    Sessions,
    LeftOpen,
    /// What can be done with the policy on screen, of this account.
    Policy(AccountId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RootChoice {
    Task(AccountId, RootTask),
    Open(SessionKey),
    Session(SessionKey),
    /// An account whose recovery is to be closed.
    Close(AccountId),
    Policy(PolicyAction),
}
