//! What became of a change whose answer was never seen, judged by what AWS shows now.
//!
//! A journal is read by people who ask who did what, so nothing is judged that is not shown: a report of
//! AWS counts for a change only if its time fits, and not if a later change of the same thing could be
//! behind it. What can't be told stays unknown, with the reason.

mod email;
mod looks;
mod switches;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use super::account::AccountId;
use super::change::{Change, Switch};
use super::email::EmailAddress;
use super::email_change::EmailChangeReport;
use super::fault::Fault;
use super::journal::{JournalEntry, JournalOutcome, Subject};
use super::recorded_change::{FORGOTTEN, RecordedAddress, RecordedChange};
use super::root_credentials::RootCredential;
use super::root_feature::RootFeatures;
use super::root_session::LONGEST_SECONDS;
use super::trusted_access::{DelegatedAdministrator, ServicePrincipal, TrustedAccess};
use super::write::Seen;

use switches::Setting;

pub use looks::{judge_by_audit, judge_by_login_profile, judge_by_policy, judge_by_seen};

/// AWS rounds its times to seconds: what lies closer together, its reports don't tell apart.
pub const ROUNDING: SignedDuration = SignedDuration::from_secs(2);

/// So much later than its entry a call may reach AWS: it waits for its pace, and one attempt may take a
/// minute. The clocks of both sides may differ by as much, or AWS would not take the signature.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// A switch has no memory: that it is as it was before proves nothing once somebody may have turned it on
/// and off again. So long nobody is taken to have.
const TRACELESS: SignedDuration = SignedDuration::from_hours(1);

/// What came of looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// AWS shows it; in words, for the journal.
    Done(String),
    /// AWS shows that it was not done; in words, for the journal.
    NotDone(String),
    /// It can't be told.
    Open(Doubt),
}

/// Why it can't be told what became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// AWS does not show it; until this time another rootdeck may still have it under way.
    Recent(Timestamp),
    /// What would tell could not be read.
    Unread(Fault),
    /// A later change of the same thing, from here, hides what this one did.
    LaterFromHere,
    /// What AWS shows is of another time, and says nothing about this one.
    OtherTime,
    /// It is as this was to make it, and was so before.
    SoBefore(Timestamp),
    /// It is not as this was to make it; whether it was meanwhile, nothing tells.
    Traceless,
    /// AWS tells nothing about the features while trusted access for IAM is off.
    Hidden,
    /// A deep audit of the account would tell. It opens a root session, which sets off alarms.
    NeedsAudit(AccountId),
    /// A look at the policy would tell, perhaps. It opens a root session, which sets off alarms.
    NeedsPolicy(AccountId),
    /// A root session may have been issued; it lives until this time at most. Nothing lists sessions.
    Session(Timestamp),
    /// Nothing this program reads tells.
    NothingTells,
}

/// An entry that stays open, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillOpen {
    /// The number of the entry.
    pub entry: i64,
    /// Why.
    pub doubt: Doubt,
}

/// What came of looking at entries whose end was not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Those that are known now: the number of the entry, and `Ok` or `Failed`.
    pub settled: Vec<(i64, JournalOutcome)>,
    /// Those that are not.
    pub open: Vec<StillOpen>,
}

impl Resolution {
    /// How many were looked at.
    #[must_use]
    pub fn count(&self) -> usize {
        self.settled.len() + self.open.len()
    }

    /// How many turned out so.
    #[must_use]
    pub fn settled_as(&self, outcome: JournalOutcome) -> usize {
        self.settled.iter().filter(|(_, settled)| *settled == outcome).count()
    }

    /// When one of them may be settled by looking again.
    #[must_use]
    pub fn again(&self) -> Option<Timestamp> {
        let times = self.open.iter().filter_map(|open| match open.doubt {
            Doubt::Recent(until) => Some(until),
            _ => None,
        });
        times.min()
    }
}

/// A change that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// When it was about to be made.
    pub at: Timestamp,
    /// What it was.
    pub what: What,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
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
    /// A policy of a bucket or queue.
    Policy(AccountId),
    /// A root session.
    Session,
    /// Something this program does not know.
    Other,
}

impl What {
    fn of(account: Option<AccountId>, operation: &str, change: &RecordedChange) -> Self {
        match account {
            Some(account) => Self::of_account(account, operation, change),
            None => Self::of_switch(change),
        }
    }

    fn of_switch(change: &RecordedChange) -> Self {
        match change {
            RecordedChange::EnableTrustedAccess { service } => {
                Self::Switch(Switch::TrustedAccess(service.clone()), true)
            }
            RecordedChange::DisableTrustedAccess { service } => {
                Self::Switch(Switch::TrustedAccess(service.clone()), false)
            }
            RecordedChange::EnableRootFeature { feature } => Self::Switch(Switch::RootFeature(*feature), true),
            RecordedChange::DisableRootFeature { feature } => Self::Switch(Switch::RootFeature(*feature), false),
            RecordedChange::RegisterDelegatedAdministrator { .. }
            | RecordedChange::DeregisterDelegatedAdministrator { .. }
            | RecordedChange::StartPrimaryEmailChange { .. }
            | RecordedChange::SendOneTimePasswordAgain
            | RecordedChange::AcceptPrimaryEmailChange { .. }
            | RecordedChange::AcceptPrimaryEmailChangesOfMails
            | RecordedChange::StartPlanOfPrimaryEmailChanges { .. }
            | RecordedChange::DeleteRootCredential { .. }
            | RecordedChange::AllowRootPasswordRecovery
            | RecordedChange::CloseRootPasswordRecovery
            | RecordedChange::DeletePolicy { .. }
            | RecordedChange::PutPolicy { .. }
            | RecordedChange::OpenRootSession { .. }
            | RecordedChange::Other { .. } => Self::Other,
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
            RecordedChange::AllowRootPasswordRecovery => Self::Recovery(account),
            RecordedChange::DeletePolicy { .. } | RecordedChange::PutPolicy { .. } => Self::Policy(account),
            RecordedChange::OpenRootSession { .. } => Self::Session,
            RecordedChange::Other { .. } => Self::of_operation(account, operation),
            RecordedChange::EnableTrustedAccess { .. }
            | RecordedChange::DisableTrustedAccess { .. }
            | RecordedChange::EnableRootFeature { .. }
            | RecordedChange::DisableRootFeature { .. }
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

/// The address, unless it was forgotten.
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
    /// What `entry` was about.
    #[must_use]
    pub fn of(entry: &JournalEntry) -> Self {
        Self { at: entry.at, what: What::of(entry.account, &entry.operation, &entry.change) }
    }

    /// What `change` is about.
    #[must_use]
    pub fn of_change(at: Timestamp, change: &Change) -> Self {
        Self { at, what: What::of(change.account(), change.operation(), &RecordedChange::of(change)) }
    }

    /// Why no read without a root session tells, if none does.
    #[must_use]
    pub fn doubt(&self) -> Option<Doubt> {
        match self.what {
            What::Start(..) | What::Accept(..) | What::Switch(..) | What::Delegate(..) => None,
            What::Credential(account, _) | What::Recovery(account) => Some(Doubt::NeedsAudit(account)),
            What::Policy(account) => Some(Doubt::NeedsPolicy(account)),
            What::Session => Some(Doubt::Session(self.at + SignedDuration::from_secs(LONGEST_SECONDS.into()))),
            What::Other => Some(Doubt::NothingTells),
        }
    }

    /// Whether it still matters at `now`: a root session that may have been issued is over by itself.
    #[must_use]
    pub fn matters(&self, now: Timestamp) -> bool {
        !matches!(self.doubt(), Some(Doubt::Session(until)) if until + MARGIN < now)
    }

    /// Whether `other` changes the same thing, so that AWS's word on the one may be about the other.
    #[must_use]
    pub fn shares_with(&self, other: &Self) -> bool {
        match (&self.what, &other.what) {
            (What::Start(one, _) | What::Accept(one, _), What::Start(another, _) | What::Accept(another, _)) => {
                one == another
            }
            (What::Switch(one, _), What::Switch(another, _)) => one == another,
            (What::Delegate(one, service, _), What::Delegate(another, other, _)) => (one, service) == (another, other),
            _ => false,
        }
    }

    /// Whether `evidence`, about `account` where it is about one, can tell of it.
    #[must_use]
    pub fn is_told_by(&self, evidence: &Evidence, account: Option<AccountId>) -> bool {
        match (&self.what, evidence) {
            (What::Start(of, _) | What::Accept(of, _), Evidence::Email { .. }) => Some(*of) == account,
            (What::Switch(Switch::TrustedAccess(_), _), Evidence::TrustedAccess(_))
            | (What::Switch(Switch::RootFeature(_), _), Evidence::RootFeatures(_))
            | (What::Delegate(..), Evidence::Delegates(_)) => true,
            _ => false,
        }
    }

    /// Judges by what AWS shows; `later` are the changes of the same thing from here behind it, or at the
    /// same time, that AWS may have taken.
    #[must_use]
    pub fn judge(&self, evidence: &Evidence, later: &[Self], now: Timestamp) -> Verdict {
        match (&self.what, evidence) {
            (What::Start(_, new), Evidence::Email { report, primary }) => {
                email::start(self.at, new.as_ref(), report, primary.as_deref(), later)
            }
            (What::Accept(_, new), Evidence::Email { report, primary }) => {
                email::accept(self.at, new.as_ref(), report, primary.as_deref(), later)
            }
            (What::Switch(..) | What::Delegate(..), _) if !later.is_empty() => Verdict::Open(Doubt::LaterFromHere),
            (What::Switch(Switch::TrustedAccess(service), on), Evidence::TrustedAccess(trusted)) => {
                let setting = trusted.get(service).map_or(Setting::Off, |service| Setting::On(service.enabled));
                switches::dated(self.at, *on, setting, now)
            }
            (What::Delegate(account, service, on), Evidence::Delegates(delegates)) => {
                let of_it = delegates.iter().filter(|delegate| delegate.account == *account);
                let mut services = of_it.flat_map(|delegate| &delegate.services);
                let found = services.find(|(other, _)| other == service);
                let setting = found.map_or(Setting::Off, |(_, since)| Setting::On(*since));
                switches::dated(self.at, *on, setting, now)
            }
            (What::Switch(Switch::RootFeature(feature), on), Evidence::RootFeatures(features)) => {
                switches::root_feature(self.at, *on, features.is_on(*feature), now)
            }
            _ => Verdict::Open(self.doubt().unwrap_or(Doubt::NothingTells)),
        }
    }
}

/// What AWS shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The newest email change of the account, and the address it has, if that could be read.
    Email {
        /// `GetPrimaryEmailUpdateStatus`.
        report: EmailChangeReport,
        /// `GetPrimaryEmail`.
        primary: Option<String>,
    },
    /// The services whose trusted access is on.
    TrustedAccess(TrustedAccess),
    /// The root features.
    RootFeatures(RootFeatures),
    /// The delegated administrators.
    Delegates(Vec<DelegatedAdministrator>),
}

impl Evidence {
    /// What was read right after a write, if it says anything here.
    #[must_use]
    pub fn of_seen(seen: &Seen) -> Option<Self> {
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

/// A time as the notes have it: AWS's own are no finer.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
