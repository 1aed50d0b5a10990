use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::journal::known_from;
use crate::domain::spreadsheet;
use crate::domain::word_enum::word_enum;

/// The number of a plan in the records of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlanId(pub i64);

/// A confirmed plan in the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailPlan {
    /// Its number.
    pub id: PlanId,
    pub(crate) at: Timestamp,
    /// An ARN.
    pub(crate) by: String,
    pub(crate) source: String,
    pub(crate) reason: Option<String>,
    /// Its email changes, in the order of their lines.
    pub items: Vec<PlanItem>,
}

/// A confirmed plan that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// The file it comes from.
    pub source: String,
    /// The reason or ticket for the journal.
    pub reason: Option<String>,
    /// Its email changes in the order of their lines: `Waiting` or `Already`.
    pub items: Vec<PlanItem>,
}

/// One email change of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The account.
    pub account: AccountId,
    /// The address it had when the plan was confirmed.
    pub old: String,
    /// The address it is to have.
    pub new: EmailAddress,
    /// How far it is.
    pub state: ItemState,
    /// When it got there; `None` while it waits. Of `Sending` and `Unknown`: when it was claimed.
    pub at: Option<Timestamp>,
    /// AWS's error code, where AWS said no.
    pub code: Option<String>,
    /// What AWS or rootdeck said.
    pub message: Option<String>,
    /// AWS's request id.
    pub request_id: Option<String>,
}

word_enum! {
    /// How far an item of a plan is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ItemState {
        /// Not sent.
        Waiting = "waiting",
        /// Claimed, without an answer yet. One that stays so was cut off, or belongs to another rootdeck.
        Sending = "sending",
        /// AWS has sent the one-time password.
        Started = "started",
        /// The account had the address already, or its change was pending; nothing was sent.
        Already = "already",
        /// AWS or rootdeck said no; nothing was changed.
        Refused = "refused",
        /// It broke before AWS did anything.
        Failed = "failed",
        /// It may or may not have been started.
        Unknown = "unknown",
    }
}

impl ItemState {
    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Self::Started | Self::Already | Self::Refused | Self::Failed)
    }

    pub(crate) fn is_good(self) -> bool {
        matches!(self, Self::Started | Self::Already)
    }
}

impl PlanItem {
    /// Until when the change may still be in progress elsewhere; `None` if it can be told now whether it started.
    pub(crate) fn known_from(&self, now: Timestamp) -> Option<Timestamp> {
        let unsure = matches!(self.state, ItemState::Sending | ItemState::Unknown);
        self.at.filter(|_| unsure).map(known_from).filter(|from| now < *from)
    }

    /// A change that waits to be started.
    pub fn waiting(line: u64, account: AccountId, old: &str, new: EmailAddress) -> Self {
        let old = old.to_owned();
        let state = ItemState::Waiting;
        Self { line, account, old, new, state, at: None, code: None, message: None, request_id: None }
    }
}

impl EmailPlan {
    /// Whether it can be resumed.
    pub(crate) fn is_open(&self) -> bool {
        self.items.iter().any(|item| !item.state.is_settled())
    }

    /// How many of its items are in this state.
    pub fn count(&self, state: ItemState) -> usize {
        self.items.iter().filter(|item| item.state == state).count()
    }
}

pub(crate) fn counts(items: &[PlanItem]) -> BTreeMap<ItemState, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item.state).or_default() += 1;
    }
    counts
}

pub(crate) const RESULT_COLUMNS: [&str; 9] =
    ["line", "account_id", "old_email", "new_email", "status", "aws_code", "message", "request_id", "time"];

/// A result file for a spreadsheet; `spoken` makes the sentence of a message that is saved as data.
pub(crate) fn results(items: &[PlanItem], spoken: impl Fn(&str) -> String) -> String {
    let rows = items.iter().map(|item| {
        [
            item.line.to_string(),
            item.account.to_string(),
            item.old.clone(),
            item.new.to_string(),
            item.state.as_str().to_owned(),
            item.code.clone().unwrap_or_default(),
            item.message.as_deref().map(&spoken).unwrap_or_default(),
            item.request_id.clone().unwrap_or_default(),
            item.at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default(),
        ]
    });
    spreadsheet::table(RESULT_COLUMNS, rows)
}

/// The source of a plan from a pipe: it has no result file.
pub(crate) const NO_FILE: &str = "-";

/// The source of a plan of marked accounts, which is no path of a file.
pub(crate) const MARKED: &str = "*";

/// Beside the plan in `source`.
pub(crate) fn result_file(source: &str) -> Option<PathBuf> {
    (![NO_FILE, MARKED].contains(&source)).then(|| PathBuf::from(format!("{source}.results.csv")))
}

pub(crate) fn is_result_file(text: &str) -> bool {
    text.lines().next().is_some_and(|first| first == RESULT_COLUMNS.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_a_word_of_its_own() {
        for state in ItemState::ALL {
            assert_eq!(ItemState::from_word(state.as_str()), Some(state));
        }
        assert_eq!(ItemState::from_word("done"), None);
    }

    #[test]
    fn the_result_file_holds_what_came_of_each_line_and_no_formula() {
        let new = EmailAddress::parse("+new@example.com").expect("an address");
        let mut item = PlanItem::waiting(7, "000012345678".parse().expect("an id"), "old@example.com", new);
        item.message = Some("a, \"b\"".into());
        item.at = Some("2026-03-01T14:02:00.5Z".parse().expect("a time"));
        let text = results(&[item], str::to_uppercase);
        assert_eq!(
            text,
            "line,account_id,old_email,new_email,status,aws_code,message,request_id,time\n\
             7,000012345678,old@example.com,'+new@example.com,waiting,,\"A, \"\"B\"\"\",,2026-03-01T14:02:00Z\n"
        );
        assert!(is_result_file(&text) && !is_result_file("account_id,new_email\n"));
    }
}
