//! What `rootdeck credentials` says.

use jiff::Timestamp;

use crate::domain::root_credentials::{AccessKey, LastUsed};
use crate::words::api_error::short;
use crate::words::root_access::WEAKENED;
use crate::words::time::ago;

pub(crate) const NOTHING_DELETED: &str = "nothing was deleted";
pub(crate) const AUDIT_CUT_OFF: &str = "the audit did not come to its end";
pub(crate) const RUN_CUT_OFF: &str = "the run ended without telling";
pub(crate) const WHICH_UNKNOWN: &str = "AWS shows some, and does not say which";
pub(crate) const IN_USE_SINCE: &str = "in use since";
pub(crate) const NOT_READ: &str = "? not read";

sentences! {
    heading(name, id) = "{name} ({id}):";
    left_as_it_is(name, id, kinds) = "{name} ({id}): not known, so left as it is: {kinds}";
    would_go(credentials) = "this would go:\n{credentials}";
    proof_unread(id) = "{id}: the proof could not be read";
}

/// That the password of an account would be left without its second factor, if it `surely` has one.
pub(crate) fn weakened(name: &str, id: impl std::fmt::Display, surely: bool) -> String {
    let unsure = if surely { "" } else { "Whether there is a password is not known. If there is: " };
    format!("{name} ({id}): {unsure}{WEAKENED}")
}

pub(crate) fn key_details(key: &AccessKey, now: Timestamp) -> String {
    let made = key.created.map(|at| format!(", made {}", ago(at, now))).unwrap_or_default();
    let used = match &key.last_used {
        LastUsed::Never => "never used".to_owned(),
        LastUsed::Used { at, service, region } => format!("last used {} for {service} in {region}", ago(*at, now)),
        LastUsed::Unknown(error) => format!("last use not known ({})", short(error.kind)),
    };
    format!("{}{made}, {used}", key.status)
}
