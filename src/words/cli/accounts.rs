//! What `rootdeck accounts` says.

use jiff::Timestamp;

use super::audit::found;
use crate::domain::account::Account;
use crate::domain::root_credentials::RootAudit;
use crate::words::root_access::accounts;
use crate::words::time::ago;

pub(crate) const BEFORE_CLOSING: &str = "Before closing";
pub(crate) const NO_PATHS: &str = "organizations:ListAccounts: the answer has no Paths for this account";
/// Why rows that are printed as they are read have no findings.
pub(crate) const NEEDS_WHOLE_LIST: &str = "judged by the whole list, which -o ndjson does not wait for (-o json does)";
pub(crate) const PRIMARY_EMAIL: &str = "Primary email";
pub(crate) const EMAIL_CHANGE: &str = "Email change";
pub(crate) const MANAGEMENT: &str = "management account";
pub(crate) const NO_CHANGE: &str = "none";

sentences! {
    not_yet_audited(account) = "not audited on this machine (rootdeck audit --accounts {account})";
    never_audited(why) = "not audited on this machine: {why}";
    no_findings(why) = "changes since the last listing are unknown: {why}";
    unknown(why) = "unknown: {why}";
    no_state(word, known) = "no state {word}; known are {known}";
    change(status, new, left) = "{status}{new}{left}";
    recovery_open(since) = "password recovery allowed since {since:.0}";
}

pub(crate) fn no_unit(word: impl std::fmt::Display, known: impl std::fmt::Display, more: usize) -> String {
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("no organizational unit {word}; known are {known}{more}")
}

pub(crate) fn unplaced(count: usize) -> String {
    format!("AWS does not report the organizational unit of {}: not listed", accounts(count))
}

pub(crate) fn joined(account: &Account) -> String {
    let method = account.joined_method.as_ref().map(|method| format!(" ({})", method.as_str())).unwrap_or_default();
    account.joined.map_or_else(|| format!("?{method}"), |at| format!("{at:.0}{method}"))
}

/// What an audit found, with its age.
pub(crate) fn audited(audit: &RootAudit, at: Timestamp, now: Timestamp) -> [(&'static str, String); 5] {
    let [password, keys, devices, certificates] = found(audit, now);
    [
        ("Audited", ago(at, now)),
        ("  password", password),
        ("  access keys", keys),
        ("  MFA devices", devices),
        ("  certificates", certificates),
    ]
}
