//! What the journal said before its fourth version: a sentence for each change, read once by the migration.

use rusqlite::{Transaction, params};

use super::change_columns::ChangeColumns;
use crate::domain::journal::OutcomeCause;
use crate::domain::recorded_change::{FORGOTTEN, HolderKind, RecordedAddress, RecordedChange, RecordedHolder};
use crate::domain::root_credentials::RootCredential;
use crate::domain::root_feature::RootFeature;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::trusted_access::ServicePrincipal;

/// Puts the data in place of the sentences. What can't be read stays as it is, as a text.
pub(super) fn read_all(tables: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut entries = tables.prepare("SELECT id, summary FROM intended")?;
    let entries = entries.query_map([], |found| Ok((found.get(0)?, found.get(1)?)))?;
    let entries: Vec<(i64, String)> = entries.collect::<Result<_, _>>()?;
    let mut put = tables.prepare(
        "UPDATE intended SET kind = ?2, old_email = ?3, new_email = ?4, credential_id = ?5, text = ?6, subject = ?7
         WHERE id = ?1",
    )?;
    for (id, sentence) in entries {
        let ChangeColumns { kind, old_email, new_email, credential_id, text, subject } =
            ChangeColumns::of(&read(&sentence));
        put.execute(params![id, kind, old_email, new_email, credential_id, text, subject])?;
    }
    Ok(())
}

pub(super) fn read_notes(tables: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut notes = tables.prepare("SELECT id, note FROM concluded WHERE note IS NOT NULL")?;
    let notes = notes.query_map([], |found| Ok((found.get(0)?, found.get(1)?)))?;
    let notes: Vec<(i64, String)> = notes.collect::<Result<_, _>>()?;
    let mut put = tables.prepare("UPDATE concluded SET cause = ?2 WHERE id = ?1")?;
    for (id, note) in notes {
        put.execute(params![id, cause(&note).map(OutcomeCause::as_str)])?;
    }
    Ok(())
}

fn cause(note: &str) -> Option<OutcomeCause> {
    Some(match note {
        "another rootdeck was quicker; nothing was sent" => OutcomeCause::AnotherWasFirst,
        "it was so already; nothing was changed" => OutcomeCause::AlreadySo,
        "no connection could be made" => OutcomeCause::NoConnection,
        "the connection was lost before the answer" => OutcomeCause::ConnectionLost,
        "no answer in time" => OutcomeCause::Timeout,
        "the answer could not be read" => OutcomeCause::Unreadable,
        "the answer was not surely AWS's" => OutcomeCause::NotFromAws,
        "not sent: this machine could not record it" => OutcomeCause::NotRecorded,
        "not sent: no credentials" => OutcomeCause::NoCredentials,
        _ if note.starts_with("rootdeck: ") => OutcomeCause::NotPermitted,
        _ if note.starts_with("seen afterwards: ") => OutcomeCause::SeenAfterwards,
        _ if note.starts_with("AWS said yes; ") => OutcomeCause::NotSeenAfterwards,
        _ => return None,
    })
}

pub(super) fn read(sentence: &str) -> RecordedChange {
    let change = switch(sentence)
        .or_else(|| email(sentence))
        .or_else(|| credential(sentence))
        .or_else(|| policy(sentence))
        .or_else(|| session(sentence));
    change.unwrap_or_else(|| RecordedChange::Other { text: sentence.to_owned() })
}

fn switch(sentence: &str) -> Option<RecordedChange> {
    let service = |words: &str, change: fn(ServicePrincipal) -> RecordedChange| {
        let name = sentence.strip_prefix(words).filter(|name| !name.is_empty() && !name.contains(' '))?;
        Some(change(ServicePrincipal::new(name)))
    };
    let feature = |words: &str| RootFeature::from_word(sentence.strip_prefix(words)?);
    service("enable trusted access ", |service| RecordedChange::EnableTrustedAccess { service })
        .or_else(|| service("disable trusted access ", |service| RecordedChange::DisableTrustedAccess { service }))
        .or_else(|| {
            let register = |service| RecordedChange::RegisterDelegatedAdministrator { service };
            service("register delegated administrator for ", register)
        })
        .or_else(|| {
            let deregister = |service| RecordedChange::DeregisterDelegatedAdministrator { service };
            service("deregister delegated administrator for ", deregister)
        })
        .or_else(|| feature("enable ").map(|feature| RecordedChange::EnableRootFeature { feature }))
        .or_else(|| feature("disable ").map(|feature| RecordedChange::DisableRootFeature { feature }))
}

fn email(sentence: &str) -> Option<RecordedChange> {
    match sentence {
        "start a primary email change" => return Some(RecordedChange::start_of_email_change(None)),
        "have a one-time password sent again" => return Some(RecordedChange::SendOneTimePasswordAgain),
        "accept a primary email change" => {
            return Some(RecordedChange::AcceptPrimaryEmailChange { new_email: None });
        }
        "accept the primary email changes of mails" => {
            return Some(RecordedChange::AcceptPrimaryEmailChangesOfMails);
        }
        "start the primary email changes of a plan" => {
            return Some(RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: None });
        }
        // Which line it was, it does not say: the sentence is kept.
        "start the primary email change of a line of a plan" => return None,
        _ => {}
    }
    if let Some(new) = sentence.strip_prefix("accept primary email change -> ") {
        return Some(RecordedChange::AcceptPrimaryEmailChange { new_email: Some(address(new)) });
    }
    if let Some(addresses) = sentence.strip_prefix("start primary email change ") {
        let (old, new) = addresses.rsplit_once(" -> ")?;
        let (old_email, new_email) = (Some(address(old)), Some(address(new)));
        return Some(RecordedChange::StartPrimaryEmailChange { old_email, new_email, plan: None, line: None });
    }
    let plan = sentence.strip_prefix("start the ")?.strip_suffix(" primary email changes of a plan")?;
    Some(RecordedChange::StartPlanOfPrimaryEmailChanges { accounts: Some(plan.parse().ok()?) })
}

/// A purge may have left a part of it.
fn address(text: &str) -> RecordedAddress {
    if text.contains(FORGOTTEN) { RecordedAddress::Forgotten } else { RecordedAddress::Known(text.to_owned()) }
}

fn credential(sentence: &str) -> Option<RecordedChange> {
    match sentence {
        "allow recovery of the root password" => {
            return Some(RecordedChange::AllowRootPasswordRecovery { until: None });
        }
        "close recovery of the root password" => return Some(RecordedChange::CloseRootPasswordRecovery),
        _ => {}
    }
    let words = sentence.strip_prefix("delete root ")?;
    let id = |kind: &str| words.strip_prefix(kind).filter(|id| !id.is_empty()).map(str::to_owned);
    let credential = id("access key ")
        .map(RootCredential::AccessKey)
        .or_else(|| id("signing certificate ").map(RootCredential::SigningCertificate))
        .or_else(|| id("MFA device ").map(RootCredential::MfaDevice))
        .or_else(|| (words == "password").then_some(RootCredential::Password))?;
    Some(RecordedChange::DeleteRootCredential { credential })
}

fn policy(sentence: &str) -> Option<RecordedChange> {
    if let Some(of) = sentence.strip_prefix("delete the policy of ") {
        return Some(RecordedChange::DeletePolicy { holder: holder(of)? });
    }
    let (bytes, on) = sentence.strip_prefix("put a policy of ")?.split_once(" bytes on ")?;
    Some(RecordedChange::PutPolicy { holder: holder(on)?, bytes: bytes.parse().ok()? })
}

/// `bucket NAME (REGION)`.
fn holder(words: &str) -> Option<RecordedHolder> {
    let (kind, rest) = words.split_once(' ')?;
    let kind = match kind {
        "bucket" => HolderKind::Bucket,
        "queue" => HolderKind::Queue,
        _ => return None,
    };
    let (name, region) = rest.strip_suffix(')')?.split_once(" (")?;
    Some(RecordedHolder { kind, name: name.to_owned(), region: region.to_owned() })
}

/// `open a root session[ for TASK][, N seconds][, in N accounts]`.
fn session(sentence: &str) -> Option<RecordedChange> {
    let rest = sentence.strip_prefix("open a root session")?;
    if rest.is_empty() {
        return Some(RecordedChange::OpenRootSession { task: None, seconds: None, accounts: None });
    }
    let mut parts = rest.strip_prefix(" for ")?.split(", ");
    let task = Some(TaskPolicy::from_name(parts.next()?)?);
    let (mut seconds, mut accounts) = (None, None);
    for part in parts {
        if let Some(number) = part.strip_suffix(" seconds") {
            seconds = Some(number.parse().ok()?);
        } else {
            accounts = Some(part.strip_prefix("in ")?.strip_suffix(" accounts")?.parse().ok()?);
        }
    }
    Some(RecordedChange::OpenRootSession { task, seconds, accounts })
}

#[cfg(test)]
#[path = "sentences_tests.rs"]
mod tests;
