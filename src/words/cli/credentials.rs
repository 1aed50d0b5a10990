//! What `rootdeck credentials` says.

use jiff::Timestamp;

use crate::domain::credential_age::AgeVerdict;
use crate::domain::root_credentials::{AccessKey, LastUsed};
use crate::words::api_error::short;
use crate::words::root_access::WEAKENED;
use crate::words::time::ago;

pub(crate) const NOTHING_DELETED: &str = "nothing was deleted";
pub(crate) const AUDIT_CUT_OFF: &str = "the audit did not complete";
pub(crate) const RUN_CUT_OFF: &str = "the batch ended without a result";
pub(crate) const WHICH_UNKNOWN: &str = "present, but not listed by AWS";
pub(crate) const IN_USE_SINCE: &str = "enabled";
pub(crate) const NOT_READ: &str = "? unread";

sentences! {
    heading(name, id) = "{name} ({id}):";
    left_as_it_is(name, id, kinds) = "{name} ({id}): unknown, so unchanged: {kinds}";
    would_go(credentials) = "will be deleted:\n{credentials}";
    kept(name, id, credential, why) = "{name} ({id}): {credential}: {why}";
    proof_unread(id) = "{id}: verification could not be read";
}

/// That the password of an account would be left without its second factor, if it `surely` has one.
pub(crate) fn weakened(name: &str, id: impl std::fmt::Display, surely: bool) -> String {
    let unsure = if surely { "" } else { "Unknown whether a password exists. If so: " };
    format!("{name} ({id}): {unsure}{WEAKENED}")
}

/// Why `--older-than` and `--unused-for` leave a credential.
pub(crate) fn why_kept(why: &AgeVerdict, now: Timestamp) -> String {
    match why {
        AgeVerdict::Due => String::new(),
        AgeVerdict::Younger(created) => format!("kept, created {}", ago(*created, now)),
        AgeVerdict::UsedSince(at) => format!("kept, last used {}", ago(*at, now)),
        AgeVerdict::AgeUnknown => "not deleted: AWS does not report when it was created".to_owned(),
        AgeVerdict::UseUnknown(None) => "not deleted: AWS does not report when it was last used".to_owned(),
        AgeVerdict::UseUnknown(Some(error)) => {
            format!("not deleted: last use unknown ({})", short(error.kind))
        }
    }
}

pub(crate) fn key_details(key: &AccessKey, now: Timestamp) -> String {
    let made = key.created.map(|at| format!(", created {}", ago(at, now))).unwrap_or_default();
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => format!("last used {} for {service} in {region}", ago(*at, now)),
        LastUsed::Unknown(error) => format!("last use unknown ({})", short(error.kind)),
    };
    format!("{}{made}, {used}", key.status)
}
