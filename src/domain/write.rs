//! A write on its way to AWS, and what came of it.

use jiff::Timestamp;

use super::account::Account;
use super::api_error::ApiError;
use super::change::Change;
use super::contacts::{AlternateContact, PrimaryContact};
use super::email_change::{EmailChangeReport, EmailChangeStatus};
use super::permit::Refusal;
use super::policy_holder::PolicyText;
use super::root_credentials::{Password, Presence, RootAudit};
use super::root_feature::RootFeatures;
use super::trusted_access::{DelegatedAdministrator, TrustedAccess};

/// A confirmed change, ready for the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteRequest {
    /// What to do.
    pub change: Change,
    /// The account it is about, as it was known when it was confirmed.
    pub account: Option<Account>,
    /// The reason or ticket the person gave, for the journal.
    pub reason: Option<String>,
    /// Which policy a change of a bucket's or queue's policy may take away.
    pub present: PresentPolicy,
    /// When a recovery that is allowed should be closed again, for the journal.
    pub until: Option<Timestamp>,
    /// Whether a one-time password is sent again. Otherwise a start of what is pending already is not sent.
    pub resend: bool,
}

impl WriteRequest {
    /// A change as such: whatever policy is there, and not sent again.
    pub(crate) fn new(change: Change, account: Option<Account>, reason: Option<String>) -> Self {
        Self { change, account, reason, present: PresentPolicy::Any, until: None, resend: false }
    }
}

/// The policy that was there when its change was confirmed. Another one stays: nobody has seen or saved it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PresentPolicy {
    /// It is not about a policy, or about whichever is there.
    #[default]
    Any,
    /// This one; or none.
    Only(Option<PolicyText>),
}

/// What came of a write, and what was read right after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How it ended.
    pub outcome: WriteOutcome,
    /// What AWS showed afterwards. "Done" is what is seen here, not what the call answered.
    pub seen: Seen,
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// AWS took it; with the status it answered, for email changes.
    Taken(Option<EmailChangeStatus>),
    /// What was to go is gone (`NoSuchEntity`), what was to be is there (`EntityAlreadyExists`).
    AlreadySo(ApiError),
    /// rootdeck itself did not let it out.
    NotPermitted(Refusal),
    /// AWS said no. Nothing was changed.
    Refused(ApiError),
    /// It broke before AWS did anything.
    Failed(ApiError),
    /// It may or may not have been done.
    Unknown(ApiError),
}

impl WriteOutcome {
    pub(crate) fn from_fault(error: ApiError) -> Self {
        if error.kind.leaves_outcome_unknown() {
            Self::Unknown(error)
        } else if error.kind.is_refusal() {
            Self::Refused(error)
        } else {
            Self::Failed(error)
        }
    }

    /// Whether it is as the change was to make it, by the answer.
    pub(crate) fn is_yes(&self) -> bool {
        matches!(self, Self::Taken(_) | Self::AlreadySo(_))
    }

    pub(crate) fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Taken(_) | Self::AlreadySo(_) | Self::NotPermitted(_) => None,
            Self::Refused(error) | Self::Failed(error) | Self::Unknown(error) => Some(error),
        }
    }

    /// Whether AWS did not take the one-time password. It does not document which of these it answers then.
    pub(crate) fn is_about_the_code(&self) -> bool {
        use super::api_error::ApiErrorKind as K;
        let kinds = [K::Invalid, K::Conflict, K::AccessDenied, K::NotFound, K::Other];
        matches!(self, Self::Refused(error) if kinds.contains(&error.kind))
    }
}

/// What was read right after a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: the write never went out.
    Nothing,
    /// The services whose trusted access is on.
    TrustedAccess(Result<TrustedAccess, ApiError>),
    /// The delegated administrators.
    Delegates(Result<Vec<DelegatedAdministrator>, ApiError>),
    /// The root features.
    RootFeatures(Result<RootFeatures, ApiError>),
    /// Where the email change of the account stands, and the primary email it has.
    Email {
        /// `GetPrimaryEmailUpdateStatus`.
        report: Result<EmailChangeReport, ApiError>,
        /// `GetPrimaryEmail`.
        email: Result<String, ApiError>,
    },
    /// An alternate contact of the account; `None` if it has none.
    Contact(Result<Option<AlternateContact>, ApiError>),
    /// The primary contact of the account.
    PrimaryContact(Result<Option<Box<PrimaryContact>>, ApiError>),
    /// The name of the account.
    AccountName(Result<String, ApiError>),
    /// The root credentials of the account, after a deletion.
    RootCredentials(Box<RootAudit>),
    /// Whether root has a login profile, after recovery was allowed or closed.
    LoginProfile(Presence<Password>),
    /// The policy of the bucket or queue; `None` if it has none.
    Policy(Result<Option<PolicyText>, ApiError>),
}
