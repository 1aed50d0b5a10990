//! What `rootdeck contacts` says.

use crate::words::root_access::accounts;

pub(crate) const INTERRUPTED: &str = "interrupted";
pub(crate) const ONLY_ITSELF: &str = "only the management account reads its own contacts";
pub(crate) const NONE_READ: &str = "the contacts of none of these accounts can be read";

sentences! {
    not_active(state) = "the account is {state}";
}

pub(crate) struct Sum {
    pub(crate) accounts: usize,
    pub(crate) findings: usize,
    pub(crate) unread: usize,
    pub(crate) clean: usize,
    pub(crate) skipped: usize,
}

pub(crate) fn sum(sum: &Sum) -> String {
    let some = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let parts = [
        Some(format!("{} without a security contact", sum.findings)),
        some(sum.unread, "unread or partly read"),
        Some(format!("{} without findings", sum.clean)),
        some(sum.skipped, "skipped"),
    ];
    format!("{}: {}", accounts(sum.accounts), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
