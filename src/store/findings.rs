//! What a new listing showed to be otherwise than the one before, until a person has read it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::{account_rows, row};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::finding::{Difference, Differences, Different, Finding, OwnChange, Together, Whose, whose};

/// How a listing differs from the one that is kept.
#[derive(Debug, Default)]
pub(super) struct Noted {
    /// The accounts whose address the listing has not caught up with, and the address that is known.
    pub(super) late: BTreeMap<AccountId, String>,
    /// Nothing does: what would be kept is there.
    pub(super) is_kept: bool,
}

/// Stores the differences between the listing that is kept, made at `since`, and that of `now`.
pub(super) fn note(
    transaction: &Transaction<'_>,
    binding: i64,
    since: Timestamp,
    now: (Timestamp, &[Arc<Account>]),
) -> rusqlite::Result<Noted> {
    let (found, is_kept) = compare(transaction, binding, now.1)?;
    let mut late = BTreeMap::new();
    if found.is_empty() {
        return Ok(Noted { late, is_kept });
    }
    let own = own_changes(transaction, binding)?;
    let mut by_account: BTreeMap<AccountId, Vec<Finding>> = BTreeMap::new();
    for finding in unread(transaction, binding)? {
        by_account.entry(finding.account).or_default().push(finding);
    }
    for one in found {
        if let Difference::Email { old, new } = &one.difference {
            match whose(one.account, old, new, since, now.0, &own) {
                Whose::Ours => continue,
                Whose::Late => {
                    late.insert(one.account, old.clone());
                    continue;
                }
                Whose::Others => {}
            }
        }
        let unread = by_account.entry(one.account).or_default();
        if !join(transaction, unread, &one.difference, now.0)? {
            insert(transaction, binding, &one, (since, now.0))?;
        }
    }
    Ok(Noted { late, is_kept })
}

/// The differences, and whether the listing is the one that is kept, text by text.
fn compare(
    transaction: &Transaction<'_>,
    binding: i64,
    now: &[Arc<Account>],
) -> rusqlite::Result<(Vec<Different>, bool)> {
    let mut differences = Differences::from(now);
    let (mut is_kept, mut position) = (true, 0);
    account_rows::each(transaction, "listed", binding, |found| {
        let id = row::parsed(found, "account")?;
        let same = match now.get(position).filter(|account| account.id == id) {
            Some(account) => account_rows::is_of(found, account)?,
            None => false,
        };
        position += 1;
        if same {
            differences.same(id);
            return Ok(());
        }
        is_kept = false;
        let email = row::text(found, "email")?;
        let state = account_rows::state(found)?;
        differences.before(id, (&email, &state), || row::text(found, "name"))
    })?;
    Ok((differences.all(), is_kept && position == now.len()))
}

/// Takes a later difference into an unread finding of the same account, if it belongs there.
fn join(
    transaction: &Transaction<'_>,
    unread: &mut Vec<Finding>,
    later: &Difference,
    at: Timestamp,
) -> rusqlite::Result<bool> {
    for index in (0..unread.len()).rev() {
        let Some(finding) = unread.get_mut(index) else { continue };
        match finding.difference.with_later(later) {
            Together::Both => {}
            Together::One(difference) => {
                let (before, after) = difference.values();
                transaction.execute(
                    "UPDATE finding SET before = ?2, after = ?3, at = ?4 WHERE id = ?1",
                    params![finding.id, before, after, at.to_string()],
                )?;
                finding.difference = difference;
                return Ok(true);
            }
            Together::Neither => {
                transaction.execute("DELETE FROM finding WHERE id = ?1", [finding.id])?;
                unread.remove(index);
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn insert(
    transaction: &Transaction<'_>,
    binding: i64,
    one: &Different,
    (since, at): (Timestamp, Timestamp),
) -> rusqlite::Result<()> {
    let (before, after) = one.difference.values();
    let kind = one.difference.kind().as_str();
    transaction
        .prepare_cached(
            "INSERT INTO finding (binding, account, name, kind, before, after, since, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            binding,
            one.account.to_string(),
            one.name,
            kind,
            before,
            after,
            since.to_string(),
            at.to_string()
        ])?;
    Ok(())
}

/// The changes of primary emails that this machine had a part in: what was started here and is not known to have
/// failed, and what was accepted here or may have been.
fn own_changes(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Vec<OwnChange>> {
    let mut statement = transaction.prepare_cached(
        "SELECT account, old_email, new_email, at, progress FROM started WHERE binding = ?1 AND progress <> 'failed'",
    )?;
    let started = statement.query_map([binding], |found| {
        let completed = row::text(found, "progress")? == "completed";
        Ok(OwnChange {
            account: row::parsed(found, "account")?,
            new: row::text(found, "new_email")?,
            at: row::parsed(found, "at")?,
            replaced: completed.then(|| row::text(found, "old_email")).transpose()?,
        })
    })?;
    let own = started.collect::<Result<Vec<_>, _>>()?;
    let mut statement = transaction.prepare_cached(
        "SELECT account, intended.at AS at, new_email FROM intended LEFT JOIN concluded
           ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)
         WHERE binding = ?1 AND kind = 'accept_primary_email_change' AND account IS NOT NULL
           AND new_email IS NOT NULL AND coalesce(outcome, 'unknown') IN ('ok', 'unknown')",
    )?;
    let accepted = statement.query_map([binding], |found| {
        Ok(OwnChange {
            account: row::parsed(found, "account")?,
            new: row::text(found, "new_email")?,
            at: row::parsed(found, "at")?,
            replaced: None,
        })
    })?;
    own.into_iter().map(Ok).chain(accepted).collect()
}

pub(super) fn unread(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Vec<Finding>> {
    let mut statement = transaction.prepare_cached(
        "SELECT id, account, name, kind, before, after, since, at FROM finding
         WHERE binding = ?1 ORDER BY id",
    )?;
    statement.query_map([binding], finding)?.collect()
}

fn finding(found: &Row<'_>) -> rusqlite::Result<Finding> {
    let (before, after) = (row::optional_text(found, "before")?, row::optional_text(found, "after")?);
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let state = |word: &str| if word.is_empty() { AccountState::Unknown } else { AccountState::from_wire(word) };
    let difference = match row::text(found, "kind")?.as_str() {
        "email" => Difference::Email { old: before, new: after },
        "new" => Difference::New,
        "gone" => Difference::Gone,
        "state" => Difference::State { old: state(&before), new: state(&after) },
        _ => return Err(row::unreadable("kind", "not a word of this program")),
    };
    Ok(Finding {
        id: found.get("id")?,
        account: row::parsed(found, "account")?,
        name: row::text(found, "name")?,
        difference,
        since: row::parsed(found, "since")?,
        seen: row::parsed(found, "at")?,
    })
}

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
