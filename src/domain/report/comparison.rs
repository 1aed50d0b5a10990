//! What is different from the report before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::finding::FindingName;
use crate::domain::account::AccountId;
use crate::domain::audit_difference::AuditDifference;

/// What a report is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A report in this file.
    File { path: String, made: Timestamp },
    /// The audits on this machine, as of this time.
    History(Timestamp),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) source: Source,
    pub(crate) changes: Vec<FindingChange>,
    /// What happened to credentials, where the audits of then are known.
    pub(crate) differences: Vec<(AccountId, AuditDifference)>,
    /// The accounts with something new that were not read then: it may have been there.
    pub(crate) unread_then: Vec<AccountId>,
    /// What one of the two did not ask for or could not read, so that it is neither new nor resolved.
    pub(crate) undecided: BTreeMap<FindingName, BTreeSet<AccountId>>,
    /// The accounts that this report has not.
    pub(crate) missing_now: Vec<AccountId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingChange {
    pub(crate) account: AccountId,
    pub(crate) name: FindingName,
    /// It is there now and was not; otherwise it was there and is resolved.
    pub(crate) is_new: bool,
}
