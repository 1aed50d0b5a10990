//! What the program wants done outside itself, as plain data.

use std::path::PathBuf;
use std::time::Duration;

use crate::app::draft::Draft;
use crate::app::ids::{NotificationId, RunId, WriteId};
use crate::app::key::Paste;
use crate::domain::account::{Account, AccountId};
use crate::domain::change::Switch;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::export::{Export, ExportForm};
use crate::domain::journal::Subject;
use crate::domain::mfa::MfaCode;
use crate::domain::permit::Refusal;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, QueueSearch};
use crate::domain::profile::{Browser, SignIn};
use crate::domain::remote_data::ReadId;
use crate::domain::root_session::SessionKey;
use crate::domain::run::{Run, Steering};
use crate::domain::task_policy::TaskPolicy;
use crate::domain::view_choice::ViewChoice;
use crate::domain::write::WriteRequest;

/// Something for the runtime to do. The answer, outcome or reports come back with the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Read(ReadId, Read),
    /// Read these accounts by themselves: they are on screen, and the listing, which is that of this id, takes minutes.
    ReadFirst(ReadId, Vec<AccountId>),
    /// As `Read`, after what a person waits for.
    ReadInBackground(ReadId, Read),
    Write(WriteId, Box<WriteRequest>),
    Visit(ReadId, Box<Visit>),
    File(ReadId, Box<PolicyFile>),
    Keep(ReadId, Box<StoreRequest>),
    Text(ReadId, Box<TextFile>),
    Run(RunId, Box<Run>),
    Steer(RunId, Steering),
    /// Copy the credentials of an open root session, as shell exports.
    CopyExports(SessionKey),
    /// Give the terminal to a shell with the credentials of an open root session in its
    /// environment, and take it back when the shell ends.
    Subshell(SessionKey),
    /// Give the terminal to the person's editor, and take it back when it ends.
    Edit(ReadId, Box<Edit>),
    /// Give the terminal to the program that signs in, and take it back when it ends.
    SignIn(SignIn, Browser),
    Connect(ReadId, MfaCode),
    /// Use this profile, or none, from now on; earlier questions are no longer answered.
    TakeProfile(Option<String>),
    /// Send this message back after this time.
    Wake(Duration, Wake),
    /// Copy to the clipboard of the machine the person sits at.
    Copy(String),
    /// The same for the rows of a view.
    CopyExport(ExportForm, Box<Export>),
    /// The same for a mail, which can hold a one-time password.
    CopyMail(Paste),
    /// Open it in a browser of this machine.
    OpenLink(String),
    Suspend,
    Redraw,
    Quit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// From the store: started email changes, the last listing.
    Stored,
    Profiles,
    /// Load credentials and configuration, and ask AWS whose they are.
    Connect,
    Organization,
    OrgRole,
    Accounts,
    UnitNames,
    TrustedAccess,
    RootFeatures,
    /// `ListDelegatedAdministrators`, and the services of each.
    DelegatedAdministrators,
    PrimaryEmail(AccountId),
    EmailChange(AccountId),
    /// All contacts of the account.
    Contacts(AccountId),
    /// The SCPs and RCPs above an account, and what they leave to root sessions.
    Controls(AccountId),
    /// What IAM says about the caller's policies, permission by permission.
    Readiness,
    /// What the calls of this run showed. AWS is not asked.
    Calls,
    Journal,
    /// The results of recent changes whose outcome is unknown, or of this journal entry.
    Resolve(Option<i64>),
}

/// A change to the store. None of it goes to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreRequest {
    /// Save the address, as entered by a person, of a change that was started elsewhere.
    Adopt(StartedEmailChange),
    Forget(AccountId),
    Acknowledge(Vec<i64>),
    /// How a view was left.
    View(ViewChoice),
    /// Journal what rootdeck refused, and why.
    Refusal(Subject, Refusal),
}

/// A text file named by a person. A leading `~` is their home folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFile {
    Load(PathBuf, TextUse),
    /// Write a new file that only its owner can read. Only an earlier result file is overwritten,
    /// by a newer one.
    Save(PathBuf, TextUse, String),
    /// Write the rows of a view, wholly or not at all. A file that is there is only replaced by the last word.
    Export(PathBuf, ExportForm, Box<Export>, Replace),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    Never,
    /// A person has confirmed it.
    Confirmed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextUse {
    Mails,
    Plan,
    Template,
    Results,
    Export,
}

/// What is opened in the person's editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A text, in a file that is removed afterwards. The answer is what it has become.
    Text {
        /// Of the file: editors know by it what the text is.
        name: &'static str,
        text: Draft,
    },
    /// A file of the person. The answer is empty.
    File(PathBuf),
}

/// A read in a member account, through a root session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    Buckets(Account),
    Queues(Account, QueueSearch),
    Policy(Account, PolicyHolder),
    /// A session to hand over, for so many seconds, and the reason that was given.
    Session(Account, TaskPolicy, u16, Option<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFile {
    /// To a new file that only its owner can read.
    Save(AccountId, PolicyHolder, PolicyText),
    /// One saved before, which may have been edited since.
    Load(PathBuf),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// The cursor has rested; the number shows whether it moved since.
    Rest(u64),
    Fade(NotificationId),
    Minute,
    LookAt(Switch),
    Follow(AccountId),
    LookAtPolicy(AccountId, PolicyHolder),
    Countdown,
    Resolve,
    AskNext,
}
