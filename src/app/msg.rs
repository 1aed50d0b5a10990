//! Everything that can happen to the program.

use std::path::PathBuf;

use crate::app::effect::{Read, StoreRequest, TextUse, Wake};
use crate::app::ids::{RunId, WriteId};
use crate::app::key::{Key, Paste};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::caller::OrgRole;
use crate::domain::connection::Connection;
use crate::domain::email_change::EmailChangeReport;
use crate::domain::email_plan::PlanNote;
use crate::domain::finding::Finding;
use crate::domain::journal::Journal;
use crate::domain::mail::Mail;
use crate::domain::organization::{Organization, UnitNames};
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing};
use crate::domain::profile::Profile;
use crate::domain::readiness::Calls;
use crate::domain::readiness::simulation::SimulationResult;
use crate::domain::remote_data::ReadId;
use crate::domain::resolution::Resolution;
use crate::domain::root_feature::RootFeatures;
use crate::domain::root_session::{SessionInHand, SessionKey};
use crate::domain::run::RunReport;
use crate::domain::stored::Stored;
use crate::domain::trusted_access::{DelegatedAdministrator, TrustedAccess};
use crate::domain::write::Written;

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted.
    Paste(Paste),
    /// The screen was drawn this way.
    Geometry(Geometry),
    /// A read was answered.
    Answer(ReadId, Answer),
    /// A write has ended, however it ended.
    Written(WriteId, Box<Written>),
    /// News of a run.
    Run(RunId, Box<RunReport>),
    /// The shell that had the terminal has ended.
    ShellEnded(SessionKey),
    /// The program that signed a person in has ended.
    SignedIn(Result<(), ApiError>),
    /// A time that was asked for has passed.
    Woken(Wake),
    /// What the listings showed to be otherwise than before, and nobody has read yet; all of it.
    Findings(Vec<Finding>),
    /// The demo's mailbox changed; all its mails.
    Mail(Vec<Mail>),
    /// Something about this machine that the person should know.
    Local(ApiError),
    /// The system asks the program to end (SIGTERM, SIGHUP), or the terminal is gone.
    Terminate,
}

/// An answer to a read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To `Read::Stored`.
    Stored(Result<Stored, ApiError>),
    /// To `Read::Profiles`.
    Profiles(Result<Vec<Profile>, ApiError>),
    /// To `Read::Connect` and `Effect::Connect`.
    Connected(Result<Connection, ApiError>),
    /// To `Read::Organization`.
    Organization(Result<Organization, ApiError>),
    /// To `Read::OrgRole`.
    OrgRole(Result<OrgRole, ApiError>),
    /// One or more pages of `Read::Accounts`; more come.
    AccountPages(Vec<Account>),
    /// The end of `Read::Accounts`.
    AccountsEnd(Result<(), ApiError>),
    /// To `Read::UnitNames`.
    UnitNames(Result<UnitNames, ApiError>),
    /// To `Read::TrustedAccess`.
    TrustedAccess(Result<TrustedAccess, ApiError>),
    /// To `Read::RootFeatures`.
    RootFeatures(Result<RootFeatures, ApiError>),
    /// To `Read::DelegatedAdministrators`.
    DelegatedAdministrators(Result<Vec<DelegatedAdministrator>, ApiError>),
    /// To `Read::PrimaryEmail`.
    PrimaryEmail(AccountId, Result<String, ApiError>),
    /// To `Read::EmailChange`.
    EmailChange(AccountId, Result<EmailChangeReport, ApiError>),
    /// To `Read::Journal`.
    Journal(Result<Journal, ApiError>),
    /// To `Read::Resolve`, with its entry.
    Resolved(Option<i64>, Result<Resolution, ApiError>),
    /// To `Read::Readiness`.
    Readiness(Box<Result<SimulationResult, ApiError>>),
    /// To `Read::Calls`.
    Calls(Box<Result<Calls, ApiError>>),
    /// To `Effect::Keep`.
    Kept(Box<StoreRequest>, Result<(), ApiError>),
    /// To `TextFile::Load` of a plan: its text, and the encoding where it was not UTF-8.
    PlanLoaded(PathBuf, Result<(Paste, Option<PlanNote>), ApiError>),
    /// To `TextFile::Load` of anything else.
    TextLoaded(PathBuf, TextUse, Result<Paste, ApiError>),
    /// To `TextFile::Save`.
    TextSaved(PathBuf, TextUse, Result<(), ApiError>),
    /// To `Visit::Buckets`.
    Buckets(AccountId, Result<Vec<Bucket>, ApiError>),
    /// To `Visit::Queues`.
    Queues(AccountId, Result<QueueListing, ApiError>),
    /// To `Visit::Policy`; `None` if it has none.
    Policy(AccountId, PolicyHolder, Result<Option<PolicyText>, ApiError>),
    /// To `Visit::Session`.
    Session(SessionKey, Result<SessionInHand, ApiError>),
    /// To `PolicyFile::Save`: where it is.
    Saved(PolicyHolder, Result<PathBuf, ApiError>),
    /// To `PolicyFile::Load`.
    Loaded(PathBuf, Result<PolicyText, ApiError>),
}

impl Answer {
    /// The answer to a read that failed.
    #[must_use]
    pub fn failed(read: Read, fault: ApiError) -> Self {
        match read {
            Read::Stored => Self::Stored(Err(fault)),
            Read::Profiles => Self::Profiles(Err(fault)),
            Read::Connect => Self::Connected(Err(fault)),
            Read::Organization => Self::Organization(Err(fault)),
            Read::OrgRole => Self::OrgRole(Err(fault)),
            Read::Accounts => Self::AccountsEnd(Err(fault)),
            Read::UnitNames => Self::UnitNames(Err(fault)),
            Read::TrustedAccess => Self::TrustedAccess(Err(fault)),
            Read::RootFeatures => Self::RootFeatures(Err(fault)),
            Read::DelegatedAdministrators => Self::DelegatedAdministrators(Err(fault)),
            Read::PrimaryEmail(account) => Self::PrimaryEmail(account, Err(fault)),
            Read::EmailChange(account) => Self::EmailChange(account, Err(fault)),
            Read::Readiness => Self::Readiness(Box::new(Err(fault))),
            Read::Calls => Self::Calls(Box::new(Err(fault))),
            Read::Journal => Self::Journal(Err(fault)),
            Read::Resolve(entry) => Self::Resolved(entry, Err(fault)),
        }
    }

    /// Why the read failed, if it did.
    #[must_use]
    pub fn fault(&self) -> Option<&ApiError> {
        match self {
            Self::Stored(result) => result.as_ref().err(),
            Self::Profiles(result) => result.as_ref().err(),
            Self::Connected(result) => result.as_ref().err(),
            Self::Organization(result) => result.as_ref().err(),
            Self::OrgRole(result) => result.as_ref().err(),
            Self::AccountPages(_) => None,
            Self::AccountsEnd(result) => result.as_ref().err(),
            Self::UnitNames(result) => result.as_ref().err(),
            Self::TrustedAccess(result) => result.as_ref().err(),
            Self::RootFeatures(result) => result.as_ref().err(),
            Self::DelegatedAdministrators(result) => result.as_ref().err(),
            Self::PrimaryEmail(_, result) => result.as_ref().err(),
            Self::EmailChange(_, result) => result.as_ref().err(),
            Self::Readiness(result) => result.as_ref().as_ref().err(),
            Self::Calls(result) => result.as_ref().as_ref().err(),
            Self::Journal(result) => result.as_ref().err(),
            Self::Resolved(_, result) => result.as_ref().err(),
            Self::Kept(_, result) => result.as_ref().err(),
            Self::PlanLoaded(_, result) => result.as_ref().err(),
            Self::TextLoaded(_, _, result) => result.as_ref().err(),
            Self::TextSaved(_, _, result) => result.as_ref().err(),
            Self::Buckets(_, result) => result.as_ref().err(),
            Self::Queues(_, result) => result.as_ref().err(),
            Self::Policy(_, _, result) => result.as_ref().err(),
            Self::Session(_, result) => result.as_ref().err(),
            Self::Saved(_, result) => result.as_ref().err(),
            Self::Loaded(_, result) => result.as_ref().err(),
        }
    }
}

/// What the drawing tells about the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The rows of the main list.
    pub list_rows: usize,
    /// The rows of the text in the top dialog or reader.
    pub dialog_rows: usize,
    /// The lines that text has.
    pub dialog_lines: usize,
    /// Whether only one pane fits.
    pub one_pane: bool,
    /// Whether nothing fits.
    pub too_small: bool,
}
