//! What `rootdeck contacts` says.

use crate::domain::account::AccountId;
use crate::domain::contact_edit::EditStatus as Status;
use crate::domain::email_plan::{ACCOUNT_COLUMN, Unreadable};
use crate::words::plans;
use crate::words::root_access::accounts;

pub(crate) const INTERRUPTED: &str = "interrupted";
pub(crate) const ONLY_ITSELF: &str = "only the management account reads its own contacts";
pub(crate) const NEEDS_SECURITY: &str = "--fail-on finding needs the security contacts: add security to --type";
pub(crate) const NONE_READ: &str = "the contacts of none of these accounts can be read";

pub(crate) const NO_ACCOUNT: &str = "account id missing";
pub(crate) const NOTHING_SENT: &str = "nothing was changed";
pub(crate) const NOTHING_GIVEN: &str = "nothing to set: give at least one of the contact's texts, such as --email";
pub(crate) const ALL_ALREADY: &str = "nothing to change: all of it is so already";
pub(crate) const NOT_SHOWN: &str = "accepted by AWS, not shown yet";
pub(crate) const SEEN_AFTERWARDS: &str = "the answer was lost; AWS shows the change";

sentences! {
    not_active(state) = "the account is {state}";
    name_in_use(account, name, other) = "{account}: account {other} is named {name}, too. Commands take accounts by name only where the name is unique.";
    unread(why) = "the present contact could not be read, so give all of its texts: {why}";
    line(number, why) = "line {number}: {why}";
}

/// Why a file is no plan of contacts.
pub(crate) fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::Empty => "the file is empty: start with a header such as account_id,security_email".to_owned(),
        Unreadable::NoColumn(ACCOUNT_COLUMN, found) => {
            format!("no column {ACCOUNT_COLUMN} in the header; found {}", found.join(", "))
        }
        Unreadable::NoColumn(_, found) => {
            format!("no column of contacts or names in the header (--help lists them); found {}", found.join(", "))
        }
        Unreadable::AllBlank => "no cell of contacts or names is filled in".to_owned(),
        other => plans::unreadable(other),
    }
}

pub(crate) fn twice(account: AccountId, line: u64) -> String {
    format!("{account} is in line {line} already")
}

/// Why nothing is sent for a line or account.
pub(crate) fn problem(line: Option<u64>, name: &str, id: &str, why: &str) -> String {
    match line {
        Some(number) => format!("line {number}: {name} ({id}): {why}"),
        None => format!("{name} ({id}): {why}"),
    }
}

pub(crate) fn will_change(changes: usize, of: usize, table: &str) -> String {
    format!("Will make {changes} changes in {}:\n{table}", accounts(of))
}

/// `30 changed, 2 refused`.
pub(crate) fn ended(all: impl Iterator<Item = Status>) -> String {
    let all: Vec<Status> = all.collect();
    let words = [
        (Status::Changed, "changed (verified)"),
        (Status::Already, "already so"),
        (Status::Refused, "refused"),
        (Status::Failed, "failed"),
        (Status::Unknown, "unknown"),
        (Status::NotAttempted, "not sent"),
    ];
    let count = |status: Status| all.iter().filter(|one| **one == status).count();
    let parts = words.into_iter().map(|(status, word)| (count(status), word)).filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
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
