//! What is looked for, and what AWS shows.

use jiff::{SignedDuration, Timestamp};

use super::verdict::{Doubt, MARGIN};
use crate::domain::account::AccountId;
use crate::domain::change::{Change, Switch};
use crate::domain::contacts::{AlternateContact, AlternateKind};
use crate::domain::email::EmailAddress;
use crate::domain::email_change::EmailChangeReport;
use crate::domain::journal::{JournalEntry, Subject};
use crate::domain::recorded_change::{FORGOTTEN, RecordedAddress, RecordedChange};
use crate::domain::root_credentials::RootCredential;
use crate::domain::root_feature::RootFeatures;
use crate::domain::root_session::LONGEST_SECONDS;
use crate::domain::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};
use crate::domain::write::Seen;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sought {
    /// When it was about to be made.
    pub(crate) at: Timestamp,
    /// What it was.
    pub(crate) what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The start of an email change, and the address, unless that was forgotten.
    Start(AccountId, Option<EmailAddress>),
    /// The acceptance of an email change, and the address, unless that was forgotten.
    Accept(AccountId, Option<EmailAddress>),
    /// A switch, and what it was to be set to.
    Switch(Switch, bool),
    /// An account as delegated administrator for a service, and whether it was to be one.
    Delegate(AccountId, ServicePrincipal, bool),
    /// The end of a credential of root; closing the recovery ends its password.
    Credential(AccountId, RootCredential),
    /// The login profile that lets the root mailbox set a password.
    Recovery(AccountId),
    Policy(AccountId),
    /// An alternate contact, and how it was to be.
    Contact(AccountId, AlternateKind, ContactAim),
    /// The name that an account was to have.
    Name(AccountId, String),
    Session,
    Other,
}

/// How an alternate contact was to be, as far as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ContactAim {
    Deleted,
    /// With this address, and with another one before.
    Address(String),
    /// With this address; whether there was none before, or one that nobody had read, the journal does not have.
    AddressAnew(String),
    /// The address was forgotten, or the other texts were to change: nothing tells.
    NotTold,
}

impl ContactAim {
    fn of(old: Option<&RecordedAddress>, new: &RecordedAddress) -> Self {
        match new.known() {
            Some(address) if old.is_none() => Self::AddressAnew(address.to_owned()),
            Some(address) if old != Some(new) => Self::Address(address.to_owned()),
            _ => Self::NotTold,
        }
    }
}

impl What {
    fn of(account: Option<AccountId>, operation: &str, change: &RecordedChange) -> Self {
        match account {
            Some(account) => Self::of_account(account, operation, change),
            None => change.switch().map_or(Self::Other, |(switch, on)| Self::Switch(switch, on)),
        }
    }

    fn of_account(account: AccountId, operation: &str, change: &RecordedChange) -> Self {
        match change {
            RecordedChange::RegisterDelegatedAdministrator { service } => {
                Self::Delegate(account, service.clone(), true)
            }
            RecordedChange::DeregisterDelegatedAdministrator { service } => {
                Self::Delegate(account, service.clone(), false)
            }
            RecordedChange::StartPrimaryEmailChange { new_email, .. } => {
                Self::Start(account, new_email.as_ref().and_then(parsed))
            }
            RecordedChange::SendOneTimePasswordAgain => Self::Start(account, None),
            RecordedChange::AcceptPrimaryEmailChange { new_email } => {
                Self::Accept(account, new_email.as_ref().and_then(parsed))
            }
            RecordedChange::DeleteRootCredential { credential } if is_forgotten(credential) => Self::Other,
            RecordedChange::DeleteRootCredential { credential } => Self::Credential(account, credential.clone()),
            RecordedChange::CloseRootPasswordRecovery => Self::Credential(account, RootCredential::Password),
            RecordedChange::AllowRootPasswordRecovery { .. } => Self::Recovery(account),
            RecordedChange::DeletePolicy { .. } | RecordedChange::PutPolicy { .. } => Self::Policy(account),
            RecordedChange::OpenRootSession { .. } => Self::Session,
            RecordedChange::Other { .. } => Self::of_operation(account, operation),
            RecordedChange::PutAlternateContact { contact, old_email, new_email } => {
                Self::Contact(account, *contact, ContactAim::of(old_email.as_ref(), new_email))
            }
            RecordedChange::DeleteAlternateContact { contact, .. } => {
                Self::Contact(account, *contact, ContactAim::Deleted)
            }
            RecordedChange::RenameAccount { new_name, .. } => Self::Name(account, new_name.clone()),
            RecordedChange::EnableTrustedAccess { .. }
            | RecordedChange::DisableTrustedAccess { .. }
            | RecordedChange::EnableRootFeature { .. }
            | RecordedChange::DisableRootFeature { .. }
            | RecordedChange::PutPrimaryContact
            | RecordedChange::AcceptPrimaryEmailChangesOfMails
            | RecordedChange::StartPlanOfPrimaryEmailChanges { .. } => Self::Other,
        }
    }

    /// As far as the operation alone tells, where nothing else is known.
    fn of_operation(account: AccountId, operation: &str) -> Self {
        match operation {
            Subject::START => Self::Start(account, None),
            Subject::ACCEPT => Self::Accept(account, None),
            Subject::SESSION => Self::Session,
            "iam:CreateLoginProfile" => Self::Recovery(account),
            "iam:DeleteLoginProfile" => Self::Credential(account, RootCredential::Password),
            _ if operation.starts_with("s3:") || operation.starts_with("sqs:") => Self::Policy(account),
            _ => Self::Other,
        }
    }
}

fn parsed(address: &RecordedAddress) -> Option<EmailAddress> {
    address.known().and_then(|address| EmailAddress::parse(address).ok())
}

/// Whether a purge has forgotten which one it is: that no such is there proves nothing.
fn is_forgotten(credential: &RootCredential) -> bool {
    match credential {
        RootCredential::Password => false,
        RootCredential::AccessKey(id) | RootCredential::SigningCertificate(id) | RootCredential::MfaDevice(id) => {
            id == FORGOTTEN
        }
    }
}

impl Sought {
    pub(crate) fn of(entry: &JournalEntry) -> Self {
        Self { at: entry.at, what: What::of(entry.account, &entry.operation, &entry.change) }
    }

    pub(crate) fn of_change(at: Timestamp, change: &Change) -> Self {
        Self { at, what: What::of(change.account(), change.operation(), &RecordedChange::of(change)) }
    }

    /// Why no read without a root session tells, if none does.
    pub(crate) fn doubt(&self) -> Option<Doubt> {
        match self.what {
            What::Contact(_, _, ContactAim::NotTold) => Some(Doubt::NothingTells),
            What::Start(..)
            | What::Accept(..)
            | What::Switch(..)
            | What::Delegate(..)
            | What::Contact(..)
            | What::Name(..) => None,
            What::Credential(account, _) | What::Recovery(account) => Some(Doubt::NeedsAudit(account)),
            What::Policy(account) => Some(Doubt::NeedsPolicy(account)),
            What::Session => Some(Doubt::Session(self.at + SignedDuration::from_secs(LONGEST_SECONDS.into()))),
            What::Other => Some(Doubt::NothingTells),
        }
    }

    /// Whether it still matters at `now`: a root session that may have been issued is over by itself.
    pub(crate) fn matters(&self, now: Timestamp) -> bool {
        !matches!(self.doubt(), Some(Doubt::Session(until)) if until + MARGIN < now)
    }

    /// Whether `other` changes the same thing, so that AWS's word on the one may be about the other.
    pub(crate) fn shares_with(&self, other: &Self) -> bool {
        match (&self.what, &other.what) {
            (What::Start(one, _) | What::Accept(one, _), What::Start(another, _) | What::Accept(another, _)) => {
                one == another
            }
            (What::Switch(one, _), What::Switch(another, _)) => one == another,
            (What::Delegate(one, service, _), What::Delegate(another, other, _)) => (one, service) == (another, other),
            (What::Contact(one, kind, _), What::Contact(another, other, _)) => (one, kind) == (another, other),
            (What::Name(one, ..), What::Name(another, ..)) => one == another,
            (What::Credential(one, credential), What::Credential(another, other)) => {
                (one, credential) == (another, other)
            }
            // Recovery makes and deletes the login profile that is the password.
            (
                What::Recovery(one) | What::Credential(one, RootCredential::Password),
                What::Recovery(another) | What::Credential(another, RootCredential::Password),
            ) => one == another,
            _ => false,
        }
    }

    /// Whether `evidence`, about `account` where it is about one, says something about it.
    pub(crate) fn is_reported_by(&self, evidence: &Evidence, account: Option<AccountId>) -> bool {
        match (&self.what, evidence) {
            (What::Start(of, _) | What::Accept(of, _), Evidence::Email { .. }) => Some(*of) == account,
            (What::Switch(Switch::TrustedAccess(_), _), Evidence::TrustedAccess(_))
            | (What::Switch(Switch::RootFeature(_), _), Evidence::RootFeatures(_))
            | (What::Delegate(..), Evidence::Delegates(_)) => true,
            _ => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The newest email change of the account, and the address it has, if that could be read.
    Email {
        /// `GetPrimaryEmailUpdateStatus`.
        report: EmailChangeReport,
        /// `GetPrimaryEmail`.
        primary: Option<String>,
    },
    TrustedAccess(TrustedAccess),
    RootFeatures(RootFeatures),
    Delegates(Vec<DelegatedAdministrator>),
    /// The contact that is looked for; `None`: AWS has none.
    Contact(Option<AlternateContact>),
    /// The name that the account has.
    AccountName(String),
}

impl Evidence {
    /// What was read right after a write, if it says anything here.
    pub(crate) fn of_seen(seen: &Seen) -> Option<Self> {
        Some(match seen {
            Seen::TrustedAccess(Ok(trusted)) => Self::TrustedAccess(trusted.clone()),
            Seen::RootFeatures(Ok(features)) => Self::RootFeatures(features.clone()),
            Seen::Delegates(Ok(delegates)) => Self::Delegates(delegates.clone()),
            Seen::Email { report: Ok(report), email } => {
                Self::Email { report: report.clone(), primary: email.as_ref().ok().cloned() }
            }
            _ => return None,
        })
    }
}
