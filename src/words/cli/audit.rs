//! What `rootdeck audit` says.

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::root_credentials::{AccessKey, LastUsed, Presence, RootAudit, SigningCertificate};
use crate::words::api_error::{headline, short};
use crate::words::root_access::{accounts, mfa_kind};
use crate::words::time::{ago, utc_second};

/// So many accounts are named where several share a reason.
const NAMED: usize = 8;

pub(crate) const NONE_AUDITED: &str = "none of these accounts can be audited";
pub(crate) const NOT_AUDITED: &str = "? not audited";
const UNREAD_AGAIN: &str = "unread or partly read as before";
pub(crate) const INTERRUPTED: &str = "interrupted";

sentences! {
    no_history(account) = "no audits of {account} on this machine (rootdeck audit makes them; the management account has none)";
    never_audited(account, why) = "no audits of {account} on this machine: {why}";
    skipped(accounts, why) = "skipped {accounts}: {why}";
    not_read(accounts) = "unread or partly read: {accounts}";
}

/// Of the accounts that were read, and those that could not be, as before.
pub(crate) fn none_new(read: usize, unread_again: usize) -> String {
    let again = if unread_again > 0 { format!(", {unread_again} {UNREAD_AGAIN}") } else { String::new() };
    format!("nothing new in {}{again}", accounts(read))
}

pub(crate) fn from_kept(count: usize, oldest: &str) -> String {
    format!("{} answered from audits on this machine, the oldest made {oldest}: no root session", accounts(count))
}

pub(crate) fn list(ids: &[AccountId]) -> String {
    let named: Vec<String> = ids.iter().take(NAMED).map(ToString::to_string).collect();
    let more = ids.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

pub(crate) struct Sum {
    pub(crate) accounts: usize,
    pub(crate) findings: usize,
    pub(crate) lack_mfa: usize,
    pub(crate) unread: usize,
    pub(crate) clean: usize,
    pub(crate) not_audited: usize,
    pub(crate) skipped: usize,
    /// That are not shown.
    pub(crate) unread_again: usize,
}

pub(crate) fn sum(sum: &Sum) -> String {
    let some = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let parts = [
        Some(format!("{} with findings", sum.findings)),
        some(sum.lack_mfa, "with a password and no MFA"),
        Some(format!("{} unread or partly read", sum.unread)),
        Some(format!("{} without findings", sum.clean)),
        some(sum.not_audited, "not audited"),
        some(sum.skipped, "skipped"),
        some(sum.unread_again, UNREAD_AGAIN),
    ];
    format!("{}: {}", accounts(sum.accounts), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What an audit found, in words: password, keys, MFA devices, certificates.
pub(crate) fn found(audit: &RootAudit, now: Timestamp) -> [String; 4] {
    [
        cell(&audit.password, |password| {
            password.created.map_or("yes".to_owned(), |at| format!("set {}", ago(at, now)))
        }),
        cell(&audit.access_keys, |keys| each(keys, |key| key_words(key, now))),
        if audit.lacks_mfa() {
            "!! none".to_owned()
        } else {
            cell(&audit.mfa_devices, |devices| {
                each(devices, |device| format!("{} ({})", device.serial, mfa_kind(device.kind())))
            })
        },
        cell(&audit.signing_certificates, |certificates| {
            each(certificates, |one| dated(&format!("{} {}", one.id, one.status), "uploaded", one.uploaded, now))
        }),
    ]
}

fn cell<T>(presence: &Presence<T>, details: impl Fn(&T) -> String) -> String {
    match presence {
        Presence::Absent => "-".to_owned(),
        Presence::Present(None) => "yes".to_owned(),
        Presence::Present(Some(found)) => details(found),
        Presence::Unknown(error) => format!("? {}", short(error.kind)),
    }
}

pub(crate) fn each<T>(all: &[T], words: impl Fn(&T) -> String) -> String {
    all.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn dated(what: &str, verb: &str, at: Option<Timestamp>, now: Timestamp) -> String {
    at.map_or_else(|| what.to_owned(), |at| format!("{what}, {verb} {}", ago(at, now)))
}

fn key_words(key: &AccessKey, now: Timestamp) -> String {
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, .. } => format!("used {} ({service})", ago(*at, now)),
        LastUsed::Unknown(error) => format!("last use ? {}", short(error.kind)),
    };
    format!("{}, {used}", dated(&format!("{} {}", key.id, key.status), "made", key.created, now))
}

pub(crate) fn key_line(key: &AccessKey) -> String {
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => format!("used {} {service} {region}", utc_second(*at)),
        LastUsed::Unknown(error) => format!("last use unknown: {}", headline(error)),
    };
    format!("{} {} created {} {used}", key.id, key.status, time(key.created))
}

pub(crate) fn certificate_line(one: &SigningCertificate) -> String {
    format!("{} {} uploaded {}", one.id, one.status, time(one.uploaded))
}

fn time(at: Option<Timestamp>) -> String {
    at.map(utc_second).unwrap_or_default()
}
