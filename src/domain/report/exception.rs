//! Exceptions: findings that somebody has attested to be acceptable, for a time.

use jiff::civil::Date;

use super::finding::FindingName;
use crate::domain::account::AccountId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exception {
    /// Where it is in its file.
    pub(crate) line: usize,
    pub(crate) account: AccountId,
    pub(crate) finding: FindingName,
    pub(crate) reason: String,
    pub(crate) attested_by: String,
    /// Its last day, in UTC.
    pub(crate) until: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionState {
    Applies,
    /// It is past its day; what it was made for is open again.
    Expired,
    /// The account has no such finding.
    NoFinding,
    /// Whether it has could not be read.
    Unread,
    /// The organization has no such account.
    NoAccount,
    /// The report is not about this account.
    NotReported,
}

impl ExceptionState {
    pub(super) fn of(exception: &Exception, is_found: bool, is_decided: bool, today: Date) -> Self {
        match (is_found, is_decided) {
            _ if exception.until < today => Self::Expired,
            (true, _) => Self::Applies,
            (false, true) => Self::NoFinding,
            (false, false) => Self::Unread,
        }
    }
}

/// What is wrong with a file of exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExceptionProblem {
    pub(crate) line: usize,
    pub(crate) kind: ExceptionProblemKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionProblemKind {
    /// In the words of the parser.
    NotToml(String),
    /// Something else than `[[exception]]`, and whether that may be meant.
    NotAnException(String),
    /// A key, and the one that may be meant.
    UnknownKey(String, Option<&'static str>),
    Missing(&'static str),
    /// Not an account id of 12 digits in quotes.
    Account(String),
    /// Not the name of a finding, and the one that may be meant.
    Finding(String, Option<&'static str>),
    /// Not a text, or an empty one.
    Text(&'static str),
    /// Not a day.
    Until(String),
    /// The same account and finding as in an earlier line.
    Twice(usize),
}
