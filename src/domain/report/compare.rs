//! Compares a report with the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, FindingChange, Source};
use super::document::{Report, ReportedAccount};
use super::earlier::EarlierReport;
use super::finding::FindingName;
use crate::domain::account::AccountId;

/// Compares findings, whether excepted or not. What could not be read, or was not asked for, is neither new nor resolved;
/// of accounts that were not read at all, what they have counts as new.
pub(crate) fn compare(report: &Report, source: Source, earlier: &EarlierReport) -> Comparison {
    let mut changes = Vec::new();
    let mut unread_then = Vec::new();
    let mut undecided: BTreeMap<FindingName, BTreeSet<AccountId>> = BTreeMap::new();
    let now: BTreeMap<AccountId, &ReportedAccount> =
        report.accounts.iter().map(|account| (account.id, account)).collect();
    for account in &report.accounts {
        let then = earlier.findings.get(&account.id);
        let found: BTreeSet<FindingName> = account.findings.iter().map(|one| one.name).collect();
        let before = then.cloned().unwrap_or_default();
        let change = |name: &FindingName, is_new| FindingChange { account: account.id, name: *name, is_new };
        let is_unread = then.is_none() || earlier.unread.contains(&account.id);
        let unknown = earlier.undecided.get(&account.id).filter(|_| !is_unread);
        let was_decided = |name: &&FindingName| !unknown.is_some_and(|all| all.contains(*name));
        let (new, maybe_new): (Vec<_>, Vec<_>) = found.difference(&before).partition(was_decided);
        if !new.is_empty() && is_unread {
            unread_then.push(account.id);
        }
        changes.extend(new.into_iter().map(|name| change(name, true)));
        let is_decided = |name: &&FindingName| report.decides(account, **name);
        let (resolved, maybe): (Vec<_>, Vec<_>) = before.difference(&found).partition(is_decided);
        changes.extend(resolved.into_iter().map(|name| change(name, false)));
        for name in maybe_new.into_iter().chain(maybe) {
            undecided.entry(*name).or_default().insert(account.id);
        }
    }
    changes.sort_by_key(|change| (!change.is_new, change.name.severity(), change.account));
    let missing_now = earlier.findings.keys().filter(|id| !now.contains_key(id)).copied().collect();
    Comparison { source, changes, differences: Vec::new(), unread_then, undecided, missing_now }
}
