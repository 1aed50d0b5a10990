//! Everything that can happen to the program.

use std::path::PathBuf;

use crate::app::effect::{StoreRequest, TextUse, Wake};
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

/// Defines [`Answer`]: what each answer is about, and what it is if it did not fail.
macro_rules! answers {
    ($($(#[$about:meta])* $name:ident($($of:ty,)* => $value:ty),)+) => {
        /// An answer to a read.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Answer {
            /// One or more pages of `Read::Accounts`; more come.
            AccountPages(Vec<Account>),
            $($(#[$about])* $name($($of,)* Result<$value, ApiError>),)+
        }

        impl Answer {
            /// Why the read failed, if it did.
            #[must_use]
            pub fn fault(&self) -> Option<&ApiError> {
                match self {
                    Self::AccountPages(_) => None,
                    $(Self::$name(.., result) => result.as_ref().err(),)+
                }
            }
        }
    };
}

answers! {
    /// To `Read::Stored`.
    Stored(=> Stored),
    /// To `Read::Profiles`.
    Profiles(=> Vec<Profile>),
    /// To `Read::Connect` and `Effect::Connect`.
    Connected(=> Connection),
    /// To `Read::Organization`.
    Organization(=> Organization),
    /// To `Read::OrgRole`.
    OrgRole(=> OrgRole),
    /// The end of `Read::Accounts`.
    AccountsEnd(=> ()),
    /// To `Read::UnitNames`.
    UnitNames(=> UnitNames),
    /// To `Read::TrustedAccess`.
    TrustedAccess(=> TrustedAccess),
    /// To `Read::RootFeatures`.
    RootFeatures(=> RootFeatures),
    /// To `Read::DelegatedAdministrators`.
    DelegatedAdministrators(=> Vec<DelegatedAdministrator>),
    /// To `Read::PrimaryEmail`.
    PrimaryEmail(AccountId, => String),
    /// To `Read::EmailChange`.
    EmailChange(AccountId, => EmailChangeReport),
    /// To `Read::Journal`.
    Journal(=> Journal),
    /// To `Read::Resolve`, with its entry.
    Resolved(Option<i64>, => Resolution),
    /// To `Read::Readiness`.
    Readiness(=> Box<SimulationResult>),
    /// To `Read::Calls`.
    Calls(=> Calls),
    /// To `Effect::Keep`.
    Kept(Box<StoreRequest>, => ()),
    /// To `TextFile::Load` of a plan: its text, and the encoding where it was not UTF-8.
    PlanLoaded(PathBuf, => (Paste, Option<PlanNote>)),
    /// To `TextFile::Load` of anything else.
    TextLoaded(PathBuf, TextUse, => Paste),
    /// To `TextFile::Save`.
    TextSaved(PathBuf, TextUse, => ()),
    /// To `Visit::Buckets`.
    Buckets(AccountId, => Vec<Bucket>),
    /// To `Visit::Queues`.
    Queues(AccountId, => QueueListing),
    /// To `Visit::Policy`; `None` if it has none.
    Policy(AccountId, PolicyHolder, => Option<PolicyText>),
    /// To `Visit::Session`.
    Session(SessionKey, => SessionInHand),
    /// To `PolicyFile::Save`: where it is.
    Saved(PolicyHolder, => PathBuf),
    /// To `PolicyFile::Load`.
    Loaded(PathBuf, => PolicyText),
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
