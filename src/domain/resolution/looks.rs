//! What was to be done in a member account, judged by a look that somebody takes there anyway.

use jiff::Timestamp;

use super::sought::{Evidence, Sought, What};
use super::verdict::{Doubt, MARGIN, ROUNDING, TRACELESS, Verdict, second};
use crate::domain::account_change::AccountChange;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::client_error::ClientError;
use crate::domain::journal::JournalEntry;
use crate::domain::policy_holder::{PolicyHolder, PolicyText, is_same_policy};
use crate::domain::recorded_change::{RecordedChange, RecordedHolder};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Password, Presence, RootAudit, RootCredential};
use crate::domain::write::Seen;

/// What an audit says about `entry`. `later` are changes of the same thing that may have made what it shows.
pub(crate) fn judge_by_audit(entry: &JournalEntry, audit: &RootAudit, later: &[Sought], now: Timestamp) -> Verdict {
    let sought = Sought::of(entry);
    let (account, verdict) = match &sought.what {
        What::Credential(account, credential) => (*account, deleted(sought.at, credential, audit)),
        What::Recovery(account) => (*account, allowed(sought.at, audit, now)),
        _ => return Verdict::Open(sought.doubt().unwrap_or(Doubt::NothingTells)),
    };
    match verdict {
        Some(Verdict::Done(_) | Verdict::NotDone(_)) if !later.is_empty() => Verdict::Open(Doubt::LaterFromHere),
        verdict => verdict.unwrap_or(Verdict::Open(Doubt::NeedsAudit(account))),
    }
}

fn deleted(at: Timestamp, credential: &RootCredential, audit: &RootAudit) -> Option<Verdict> {
    let there = audit.shows(credential)?;
    if !there {
        return Some(Verdict::Done("seen afterwards: an audit shows it gone".to_owned()));
    }
    // A password can have been set again since; an id is never given twice.
    if *credential == RootCredential::Password {
        let created = audit.password.details()?.created?;
        if created + ROUNDING >= at {
            return Some(Verdict::Open(Doubt::OtherTime));
        }
    }
    Some(Verdict::NotDone("seen afterwards: an audit shows it still there".to_owned()))
}

fn allowed(at: Timestamp, audit: &RootAudit, now: Timestamp) -> Option<Verdict> {
    match &audit.password {
        Presence::Unknown(_) => None,
        Presence::Absent if now.duration_since(at) <= TRACELESS => {
            Some(Verdict::NotDone("seen afterwards: an audit shows no login profile".to_owned()))
        }
        Presence::Absent => Some(Verdict::Open(Doubt::Traceless)),
        Presence::Present(password) => {
            let created = password.as_ref()?.created?;
            Some(if created + MARGIN < at {
                Verdict::Open(Doubt::SoBefore(created))
            } else if created > at + MARGIN {
                Verdict::Open(Doubt::OtherTime)
            } else {
                Verdict::Done(format!("seen afterwards: a login profile since {}", second(created)))
            })
        }
    }
}

/// What a look at the policy of `holder` says about `entry`, of the same account; `None` if it says nothing. A policy
/// that is there can be another one than before, and one that is not there can have been deleted since.
pub(crate) fn judge_by_policy(
    entry: &JournalEntry,
    holder: &PolicyHolder,
    policy: Option<&PolicyText>,
    now: Timestamp,
) -> Option<Verdict> {
    let holder = RecordedHolder::of(holder);
    let deletes = matches!(&entry.change, RecordedChange::DeletePolicy { holder: of } if *of == holder);
    let puts = matches!(&entry.change, RecordedChange::PutPolicy { holder: of, .. } if *of == holder);
    let recent = now.duration_since(entry.at) <= TRACELESS;
    match policy {
        None if deletes => Some(Verdict::Done("seen afterwards: there is no policy".to_owned())),
        None if puts && recent => Some(Verdict::NotDone("seen afterwards: there is no policy".to_owned())),
        Some(_) if deletes && recent => Some(Verdict::NotDone("seen afterwards: there is a policy".to_owned())),
        _ => None,
    }
}

pub(crate) fn judge_by_login_profile(
    entry: &JournalEntry,
    login: &Presence<Password>,
    later: &[Sought],
    now: Timestamp,
) -> Option<Verdict> {
    let only = RootAudit { password: login.clone(), ..RootAudit::unknown(AuditDepth::Deep, &nobody_looked()) };
    match Sought::of(entry).what {
        What::Recovery(_) | What::Credential(_, RootCredential::Password) => {
            Some(judge_by_audit(entry, &only, later, now))
        }
        _ => None,
    }
}

/// What was read right after `change` was sent at `at` says about its end.
pub(crate) fn judge_by_seen(at: Timestamp, change: &Change, seen: &Seen, later: &[Sought], now: Timestamp) -> Verdict {
    let by = |done: bool, what: &str| {
        let note = format!("seen afterwards: {what}");
        if done { Verdict::Done(note) } else { Verdict::NotDone(note) }
    };
    match (change, seen) {
        (Change::Account { change, .. }, seen) => match shows(change, seen) {
            Some(true) => by(true, "AWS shows it"),
            Some(false) => by(false, "AWS shows something else"),
            None => Verdict::Open(Doubt::NothingTells),
        },
        (Change::Root { change, .. }, seen) => match (change, seen) {
            (RootChange::DeleteCredential(credential), Seen::RootCredentials(audit)) => match audit.shows(credential) {
                Some(false) => by(true, "it is gone"),
                Some(true) => by(false, "it is still there"),
                None => Verdict::Open(Doubt::NothingTells),
            },
            (RootChange::ClosePasswordRecovery, Seen::LoginProfile(login)) if login.is_absent() => {
                by(true, "there is no login profile")
            }
            (RootChange::ClosePasswordRecovery, Seen::LoginProfile(Presence::Present(_))) => {
                by(false, "there is still a login profile")
            }
            (RootChange::AllowPasswordRecovery, Seen::LoginProfile(login)) => {
                let only =
                    RootAudit { password: login.clone(), ..RootAudit::unknown(AuditDepth::Deep, &nobody_looked()) };
                allowed(at, &only, now).unwrap_or(Verdict::Open(Doubt::NothingTells))
            }
            (RootChange::DeletePolicy(_), Seen::Policy(Ok(None))) => by(true, "there is no policy"),
            (RootChange::DeletePolicy(_), Seen::Policy(Ok(Some(_)))) => by(false, "there is still a policy"),
            (RootChange::PutPolicy(_, text), Seen::Policy(Ok(Some(there)))) if is_same_policy(text, there) => {
                by(true, "the policy is there")
            }
            (RootChange::PutPolicy(..), Seen::Policy(Ok(_))) => by(false, "the policy is another one, or none"),
            _ => Verdict::Open(Doubt::NothingTells),
        },
        (change, seen) => match Evidence::of_seen(seen) {
            Some(evidence) => Sought::of_change(at, change).judge(&evidence, later, now),
            None => Verdict::Open(Doubt::NothingTells),
        },
    }
}

/// Whether what was read is as `change` was to make it; `None` if it could not be read.
pub(crate) fn shows(change: &AccountChange, seen: &Seen) -> Option<bool> {
    match (change, seen) {
        (AccountChange::PutContact(_, contact, _), Seen::Contact(Ok(found))) => {
            Some(found.as_ref() == Some(&**contact))
        }
        (AccountChange::DeleteContact(..), Seen::Contact(Ok(found))) => Some(found.is_none()),
        (AccountChange::PutPrimaryContact(contact), Seen::PrimaryContact(Ok(found))) => {
            Some(found.as_ref() == Some(contact))
        }
        (AccountChange::Rename { new, .. }, Seen::AccountName(Ok(name))) => Some(name == new.as_str()),
        _ => None,
    }
}

fn nobody_looked() -> ApiError {
    ApiError::client("iam:GetLoginProfile", ApiErrorKind::Local, ClientError::OnlyLoginProfileRead)
}
