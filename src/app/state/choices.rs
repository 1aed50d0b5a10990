//! Asking AWS where email changes stand: of one account, of the marked ones, of all.

use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::email_plan::PlanId;
use crate::domain::permit::Refusal;
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_credentials::AuditDepth;
use crate::domain::root_session::SessionKey;
use crate::domain::task_policy::TaskPolicy;

/// Which accounts AWS is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskScope {
    /// Those with a change that is not over.
    Open,
    /// The selected one.
    Selected,
    /// The marked ones.
    Marked,
    /// Those that the filter lets through.
    Shown,
    /// All active members.
    All,
}

/// What a menu asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// Which switch to turn.
    Switches,
    /// What to copy.
    Copy,
    /// What to audit.
    Audit,
    /// Which email changes to ask AWS about.
    AskChanges,
    /// What to do about plans.
    Plans,
    /// How to sign in.
    SignIn,
    /// One of the menus of the root tasks.
    Root(RootMenu),
}

/// A choice of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A switch.
    Switch(Switch),
    /// A text of an account, and what kind it is.
    Text(TextKind, String),
    /// An audit.
    Audit(AuditDepth, AuditScope),
    /// Asking AWS about email changes.
    AskChanges(AskScope),
    /// Something about plans.
    Plan(PlanChoice),
    /// Signing in with a browser here or elsewhere.
    SignIn(SignIn, Browser),
    /// One of the root tasks.
    Root(RootChoice),
}

/// The texts of an account that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The id.
    Id,
    /// The name.
    Name,
    /// The primary email.
    Email,
    /// The address that a started change is to bring.
    NewEmail,
    /// The path of organizational units.
    Path,
}

/// What can be done about plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// Read one from a file.
    Read,
    /// Go on with one that is not finished.
    Resume(PlanId),
    /// See what came of the run begun last.
    Begun,
    /// See what came of one that is kept.
    Results(PlanId),
}

/// Which plan a list of results is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultsOf {
    /// The one begun last.
    Begun,
    /// One that is kept.
    Kept(PlanId),
}

/// What can be done with the policy on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyAction {
    /// Save it to a file.
    Save,
    /// Delete it.
    Delete,
    /// Put one from a file in its place.
    PutFile,
    /// Ask AWS for it again.
    ReadAgain,
}

impl PolicyAction {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Save, Self::Delete, Self::PutFile, Self::ReadAgain];
}

/// Something wanted of the root access of accounts, which may have to wait for a gate to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootWish {
    /// Audit them.
    Audit(AuditDepth, Vec<AccountId>),
    /// Delete root credentials of them.
    Delete(Vec<AccountId>),
}

impl RootWish {
    /// The task it needs root sessions for.
    #[must_use]
    pub fn task(&self) -> TaskPolicy {
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

/// Which accounts an audit is to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditScope {
    /// The selected one.
    Selected,
    /// The marked ones.
    Marked,
    /// Those that the filter lets through.
    Shown,
    /// All.
    All,
}

/// An account that can't be worked on, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutAccount {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: Refusal,
}

/// A task of root in one member account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootTask {
    /// Let the root mailbox set a password.
    AllowRecovery,
    /// Take that back.
    CloseRecovery,
    /// Read, delete and put the policy of a bucket.
    UnlockBucket,
    /// The same for a queue.
    UnlockQueue,
    /// Open a session and hand it over to a shell or another program.
    Session,
}

impl RootTask {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::AllowRecovery, Self::CloseRecovery, Self::UnlockBucket, Self::UnlockQueue, Self::Session];

    /// The task policy whose session it works in; `None` where the person has yet to choose it.
    #[must_use]
    pub fn policy(self) -> Option<TaskPolicy> {
        match self {
            Self::AllowRecovery => Some(TaskPolicy::AllowPasswordRecovery),
            Self::CloseRecovery => Some(TaskPolicy::DeleteRootCredentials),
            Self::UnlockBucket => Some(TaskPolicy::UnlockBucketPolicy),
            Self::UnlockQueue => Some(TaskPolicy::UnlockQueuePolicy),
            Self::Session => None,
        }
    }
}

/// What the menus of the tasks ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootMenu {
    /// Which task to begin in this account.
    Tasks(AccountId),
    /// What to open a session in this account for.
    Policies(AccountId),
    /// Which session in hand to look at.
    Sessions,
    /// Which account that was left open to close.
    LeftOpen,
    /// What to do with the policy on screen.
    Policy,
}

/// A choice of these menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootChoice {
    /// A task.
    Task(AccountId, RootTask),
    /// A session to hand over.
    Open(SessionKey),
    /// A session in hand.
    InHand(SessionKey),
    /// An account whose recovery is to be closed.
    Close(AccountId),
    /// Something to do with the policy on screen.
    Policy(PolicyAction),
}
