//! What `rootdeck contacts` says.

use crate::words::root_access::accounts;

pub(crate) const INTERRUPTED: &str = "interrupted";
pub(crate) const ONLY_ITSELF: &str = "only the management account reads its own contacts";
pub(crate) const NEEDS_SECURITY: &str = "--fail-on finding needs the security contacts: add security to --type";
pub(crate) const NONE_READ: &str = "the contacts of none of these accounts can be read";

sentences! {
    not_active(state) = "the account is {state}";
}

pub(crate) struct Sum {
    pub(crate) accounts: usize,
    /// `None` if no security contact was asked for.
    pub(crate) findings: Option<usize>,
    pub(crate) unread: usize,
    pub(crate) clean: usize,
    pub(crate) skipped: usize,
}

pub(crate) fn sum(sum: &Sum) -> String {
    let some = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let parts = [
        sum.findings.map(|count| format!("{count} without a security contact")),
        some(sum.unread, "unread or partly read"),
        Some(format!("{} {}", sum.clean, if sum.findings.is_some() { "without findings" } else { "read" })),
        some(sum.skipped, "skipped"),
    ];
    format!("{}: {}", accounts(sum.accounts), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
