//! What `rootdeck recovery` says.

use jiff::Timestamp;

use crate::words::time::{ago, left, utc_second};

pub(crate) const NOT_ATTEMPTED: &str = "not sent (interrupted)";
pub(crate) const NOTES_CLOSED: &str = "no login profile found; this records it as closed";
pub(crate) const LOGIN_PROFILE_UNKNOWN: &str = "unknown whether a login profile exists";
pub(crate) const ALLOWED_ALREADY: &str =
    "root already has a login profile: a password is set, or recovery was allowed before";
pub(crate) const CLOSED_ALREADY: &str = "recovery is already closed: root has no login profile";
pub(crate) const BY_THE_JOURNAL: &str = "from the journal of this machine; run an audit to verify";

pub(crate) const NONE_EXPIRED: &str = "no recovery that was allowed on this machine is past its end";
pub(crate) const NO_END: &str = "--until: expected a time in the future, such as 2026-12-01T18:00, 2026-12-01T09:00:00Z or \
    2026-12-01 (its end)";

/// When it is to be closed, as a table has it.
pub(crate) fn until(until: Option<Timestamp>, now: Timestamp) -> String {
    match until {
        None => "-".to_owned(),
        Some(end) if end <= now => format!("!! {} ({})", utc_second(end), ago(end, now)),
        Some(end) => format!("{} ({})", utc_second(end), left(end.duration_since(now))),
    }
}

sentences! {
    ends(until, close) = "to be closed by {until}: rootdeck reminds of it and counts down, and `{close}` closes it after \
        that. AWS itself does not close it";
    not_there(account) = "{account}: not in the organization any more";
    now_unread(why) = "whether recovery is allowed could not be read: {why}";
    root_mailbox(email) = "the root mailbox is {email}";
    is_closed_already(account) = "{account}: recovery is already closed (verified)";
    recovery_is(account, state) = "{account}: recovery is {state} (verified)";
    heading(name, id) = "{name} ({id}): ";
    not_attempted(account) = "{account}: not sent (interrupted)";
    taken_and_not_shown(account) = "{account}: accepted by AWS, not shown yet";
    shows_the_opposite(account, code) = "{account}: AWS returned {code}, but shows the opposite now";
    nothing_changed(state, code) = "{state}; nothing was changed (AWS: {code})";
    now_ends(what, until) = "{what}; to be closed by {until} now";
    of(account, what) = "{account}: {what}";
    end_not_set(account) = "{account}: the end was not set: root already has a login profile, and the journal of this \
        machine has no open recovery of it";
}

pub(crate) fn in_accounts(allow: bool, accounts: usize, table: &str) -> String {
    let what = if allow { "Allow recovery of the root password" } else { "Close recovery of the root password" };
    format!("{what} in {accounts} accounts:\n{table}")
}

pub(crate) fn would_go(created: Option<Timestamp>) -> String {
    let since = created.map(|at| format!(" of {at}")).unwrap_or_default();
    format!("will be deleted: the login profile{since}, with its password if one is set")
}
