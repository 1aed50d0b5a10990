//! What the program wants done outside itself, as plain data.

use std::path::PathBuf;
use std::time::Duration;

use crate::app::ids::{NotificationId, RunId, WriteId};
use crate::app::key::Paste;
use crate::domain::account::{Account, AccountId};
use crate::domain::change::Switch;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::journal::{JournalEntry, Subject};
use crate::domain::mfa::MfaCode;
use crate::domain::permit::Refusal;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, QueueSearch};
use crate::domain::profile::{Browser, SignIn};
use crate::domain::remote_data::ReadId;
use crate::domain::root_session::SessionKey;
use crate::domain::run::{Run, Steering};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::WriteRequest;

/// Something for the runtime to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask AWS, or this machine; the answer comes back with the number.
    Read(ReadId, Read),
    /// Make a confirmed change; what came of it comes back with the number.
    Write(WriteId, Box<WriteRequest>),
    /// Look into a member account, or open a session in it; the answer comes back with the number.
    Visit(ReadId, Box<Visit>),
    /// Keep or fetch a policy in a file of this machine; the answer comes back with the number.
    File(ReadId, Box<PolicyFile>),
    /// Change what this machine keeps; what came of it comes back with the number.
    Keep(ReadId, Box<StoreRequest>),
    /// Read or write a text file of this machine; what came of it comes back with the number.
    Text(ReadId, Box<TextFile>),
    /// Work through many accounts; the reports come back with the number.
    Run(RunId, Box<Run>),
    /// Steer a run under way.
    Steer(RunId, Steering),
    /// Put the credentials of an open root session on the clipboard, as shell exports.
    CopyExports(SessionKey),
    /// Hand the terminal to a shell with the credentials of an open root session in its environment,
    /// and take it back when that ends.
    Subshell(SessionKey),
    /// Hand the terminal to the program that signs a person in, and take it back when that ends.
    SignIn(SignIn, Browser),
    /// Connect with the code of an MFA device; the answer comes back with the number.
    Connect(ReadId, MfaCode),
    /// Have everything from now on done with this profile, or none; what was asked before is answered no
    /// more.
    TakeProfile(Option<String>),
    /// Send this message back after this time.
    Wake(Duration, Wake),
    /// Put this text on the clipboard of the machine the person sits at.
    Copy(String),
    /// Put the text of a mail on it, which can hold a one-time password.
    CopyMail(Paste),
    /// Stop the process until the shell resumes it.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// What this machine keeps: started email changes, the last listing.
    Stored,
    /// The profiles of the AWS configuration.
    Profiles,
    /// Load credentials and configuration, and ask AWS whose they are.
    Connect,
    /// `DescribeOrganization`.
    Organization,
    /// What the caller is in the organization.
    OrgRole,
    /// `ListAccounts`, page by page.
    Accounts,
    /// The names of the organizational units.
    UnitNames,
    /// `ListAWSServiceAccessForOrganization`.
    TrustedAccess,
    /// `ListOrganizationsFeatures`.
    RootFeatures,
    /// `ListDelegatedAdministrators` and what each is delegated for.
    DelegatedAdministrators,
    /// `GetPrimaryEmail`.
    PrimaryEmail(AccountId),
    /// `GetPrimaryEmailUpdateStatus`.
    EmailChange(AccountId),
    /// What IAM says about the caller's policies, permission by permission.
    Readiness,
    /// What the calls of this run showed. AWS is not asked.
    Calls,
    /// The newest entries of the journal of this machine.
    Journal,
    /// What became of the changes of the last days whose end is not known, or of this entry of the journal.
    Resolve(Option<i64>),
}

/// A change of what this machine keeps. Nothing of it goes to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreRequest {
    /// Keep the address of a change that was started elsewhere, as a person has entered it.
    Adopt(StartedEmailChange),
    /// Forget the changes of an account that were started from here.
    Forget(AccountId),
    /// Note that these findings were read.
    Acknowledge(Vec<i64>),
    /// Journal what rootdeck did not let a person do, and why.
    Refusal(Subject, Refusal),
}

/// A text in a file that a person has named. `~` at its beginning is their home folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFile {
    /// Read it.
    Load(PathBuf, TextUse),
    /// Write a new one, for its owner to read only, without overwriting anything but an earlier result
    /// file with a newer.
    Save(PathBuf, TextUse, String),
    /// Write these entries of the journal to a new one, in this form.
    SaveJournal(PathBuf, ExportForm, Vec<JournalEntry>),
}

/// What a file of the journal holds, by how its name ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// `.csv`
    Csv,
    /// `.json`
    Json,
}

/// What a text file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextUse {
    /// Mails with one-time passwords.
    Mails,
    /// A plan of email changes.
    Plan,
    /// A template for a plan.
    Template,
    /// What came of a plan.
    Results,
    /// The journal.
    Journal,
}

/// A look into a member account, through a root session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Its buckets.
    Buckets(Account),
    /// Its queues.
    Queues(Account, QueueSearch),
    /// The policy of one of them.
    Policy(Account, PolicyHolder),
    /// A session to hand over, of so many seconds.
    Session(Account, TaskPolicy, u16),
}

/// A policy in a file of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFile {
    /// Save this one, for its owner to read only, without overwriting anything.
    Save(AccountId, PolicyHolder, PolicyText),
    /// Read one, saved before or edited meanwhile.
    Load(PathBuf),
}

/// Why the program wanted to be woken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// The cursor has rested; the number tells whether it moved since.
    Rest(u64),
    /// A notice has been shown long enough.
    Fade(NotificationId),
    /// A countdown on screen goes on.
    Minute,
    /// See whether AWS shows a switch as it was set.
    LookAt(Switch),
    /// See how far an accepted email change has come.
    Follow(AccountId),
    /// See whether AWS shows a policy as it was set.
    LookAtPolicy(AccountId, PolicyHolder),
    /// The countdown of a root session goes on.
    Countdown,
    /// Look again what became of changes whose end is not known.
    Resolve,
    /// Ask about the next account's email change.
    AskNext,
}
