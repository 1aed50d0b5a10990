//! Compares a report with the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, FindingChange, Source};
use super::document::{Report, ReportedAccount};
use super::earlier::EarlierReport;
use super::finding::FindingName;
use crate::domain::account::AccountId;

/// Compares findings, whether excepted or not. What could not be read is not resolved.
pub(crate) fn compare(report: &Report, source: Source, earlier: &EarlierReport) -> Comparison {
    let mut changes = Vec::new();
    let mut unread_then = Vec::new();
    let now: BTreeMap<AccountId, &ReportedAccount> =
        report.accounts.iter().map(|account| (account.id, account)).collect();
    for account in &report.accounts {
        let then = earlier.findings.get(&account.id);
        let found: BTreeSet<FindingName> = account.findings.iter().map(|one| one.name).collect();
        let before = then.cloned().unwrap_or_default();
        let change = |name: &FindingName, is_new| FindingChange { account: account.id, name: *name, is_new };
        let new: Vec<_> = found.difference(&before).map(|name| change(name, true)).collect();
        if !new.is_empty() && (then.is_none() || earlier.unread.contains(&account.id)) {
            unread_then.push(account.id);
        }
        changes.extend(new);
        let resolved = before.difference(&found).filter(|name| account.decides(**name));
        changes.extend(resolved.map(|name| change(name, false)));
    }
    changes.sort_by_key(|change| (!change.is_new, change.name.severity(), change.account));
    let missing_now = earlier.findings.keys().filter(|id| !now.contains_key(id)).copied().collect();
    Comparison { source, changes, differences: Vec::new(), unread_then, missing_now }
}
