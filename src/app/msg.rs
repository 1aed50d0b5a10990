//! Everything that can happen to the program.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::draft::Draft;
use crate::app::effect::{StoreRequest, TextUse, Wake};
use crate::app::ids::{RunId, WriteId};
use crate::app::key::{Key, Paste};
use crate::app::mouse::Mouse;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::caller::OrgRole;
use crate::domain::connection::Connection;
use crate::domain::contacts::Contacts;
use crate::domain::control_policy::Controls;
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
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::run::RunReport;
use crate::domain::stored::Stored;
use crate::domain::trusted_access::{DelegatedAdministrator, TrustedAccess};
use crate::domain::write::Written;

#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    Key(Key),
    Paste(Paste),
    Mouse(Mouse),
    Geometry(Geometry),
    Answer(ReadId, Answer),
    Written(WriteId, Box<Written>),
    Run(RunId, Box<RunReport>),
    ShellEnded(SessionKey),
    SignedIn(Result<(), ApiError>),
    Woken(Wake),
    Findings(Vec<Finding>),
    Mail(Vec<Mail>),
    Local(ApiError),
    /// What is wrong with how the program was started, as a sentence.
    Warning(String),
    /// SIGTERM, SIGHUP, or the terminal is gone.
    Terminate,
}

/// Defines [`Answer`]: what each answer is about, and its value if it did not fail.
macro_rules! answers {
    ($($(#[$about:meta])* $name:ident($($of:ty,)* => $value:ty),)+) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Answer {
            /// One or more pages of `Read::Accounts`; more follow.
            AccountPages(Vec<Arc<Account>>),
            /// One that is on screen, before `Read::Accounts` comes to it.
            AccountFirst(Box<Account>),
            /// To `Effect::Edit`: what the editor wrote, and why that is not used.
            Unusable(Draft, ApiError),
            $($(#[$about])* $name($($of,)* Result<$value, ApiError>),)+
        }

        impl Answer {
            pub(crate) fn error(&self) -> Option<&ApiError> {
                match self {
                    Self::AccountPages(_) | Self::AccountFirst(_) => None,
                    Self::Unusable(_, error) => Some(error),
                    $(Self::$name(.., result) => result.as_ref().err(),)+
                }
            }
        }
    };
}

answers! {
    Stored(=> Box<Stored>),
    Profiles(=> Vec<Profile>),
    /// To `Read::Connect` and `Effect::Connect`.
    Connected(=> Connection),
    Organization(=> Organization),
    OrgRole(=> OrgRole),
    AccountsEnd(=> ()),
    UnitNames(=> UnitNames),
    TrustedAccess(=> TrustedAccess),
    RootFeatures(=> RootFeatures),
    DelegatedAdministrators(=> Vec<DelegatedAdministrator>),
    PrimaryEmail(AccountId, => String),
    EmailChange(AccountId, => EmailChangeReport),
    Contacts(AccountId, => Box<Contacts>),
    Controls(AccountId, => Box<Controls>),
    Journal(=> Journal),
    /// To `Read::Resolve`, with its entry.
    Resolved(Option<i64>, => Resolution),
    Readiness(=> Box<SimulationResult>),
    Calls(=> Calls),
    Kept(Box<StoreRequest>, => ()),
    /// To `TextFile::Load` of a plan: its text, and the encoding where it was not UTF-8.
    PlanLoaded(PathBuf, => (Paste, Option<PlanNote>)),
    /// To `TextFile::Load` of anything else.
    TextLoaded(PathBuf, TextUse, => Paste),
    TextSaved(PathBuf, TextUse, => ()),
    Buckets(AccountId, => Vec<Bucket>),
    Queues(AccountId, => QueueListing),
    /// `None`: it has no policy.
    Policy(AccountId, PolicyHolder, => Option<PolicyText>),
    Session(SessionKey, => SessionInfo),
    Edited(=> Paste),
    Saved(PolicyHolder, => PathBuf),
    Loaded(PathBuf, => PolicyText),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    pub(crate) list_rows: usize,
    pub(crate) dialog_rows: usize,
    pub(crate) dialog_lines: usize,
    /// How many of them have to be read, where that is not all: a long list behind the rest does not.
    pub(crate) lines_to_read: Option<usize>,
    /// How often the text has what is searched for, and the line of the match that is shown.
    pub(crate) matches: usize,
    pub(crate) match_line: usize,
    pub(crate) one_pane: bool,
    pub(crate) too_small: bool,
}
