//! What `rootdeck recovery` says.

use jiff::Timestamp;

pub(crate) const NOTES_CLOSED: &str = "no login profile is seen; this notes that it is closed";
pub(crate) const LOGIN_PROFILE_UNKNOWN: &str = "whether there is a login profile is not known";
pub(crate) const ALLOWED_ALREADY: &str =
    "root has a login profile already: a password is set, or recovery was allowed before";
pub(crate) const CLOSED_ALREADY: &str = "recovery is already closed: root has no login profile";
pub(crate) const BY_THE_JOURNAL: &str = "by the journal of this machine; only an audit tells whether they still are";

sentences! {
    root_mailbox(email) = "the root mailbox is {email}";
    is_closed_already(account) = "{account}: recovery is already closed, AWS shows it";
    recovery_is(account, state) = "{account}: recovery is {state}, AWS shows it";
    taken_and_not_shown(account) = "{account}: AWS took it, and does not show it";
    shows_the_opposite(account, code) = "{account}: AWS answered {code}, and now shows the opposite";
    nothing_changed(account, state, code) = "{account}: {state}; nothing was changed (AWS: {code})";
}

pub(crate) fn would_go(created: Option<Timestamp>) -> String {
    let since = created.map(|at| format!(" of {at}")).unwrap_or_default();
    format!("this would go: the login profile{since}, with the password if one was set")
}
