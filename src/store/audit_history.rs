//! The audits of each account over time: one row for audits in a row that had the same result.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::{ScopedStore, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::audit_difference::{AuditComparison, AuditDifference, differences};
use crate::domain::audit_history::PastAudit;
use crate::domain::audit_record::AuditRecord;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::RootAudit;

/// So many results of an account are kept.
const MOST: i64 = 100;

impl ScopedStore {
    /// The audits of an account, newest first.
    pub(crate) fn audit_history(&self, account: AccountId) -> Result<Vec<PastAudit>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(Vec::new());
        }
        self.read(|transaction, binding| {
            let mut statement = transaction.prepare_cached(
                "SELECT at, until, audits, found, since, changes FROM audit_history
                 WHERE binding = ?1 AND account = ?2 ORDER BY id DESC",
            )?;
            let mut rows = statement.query(params![binding, account.to_string()])?;
            let mut all = Vec::new();
            while let Some(found) = rows.next()? {
                let (Some(audit), Some(differences)) = (row::json(found, "found")?, row::json(found, "changes")?)
                else {
                    continue;
                };
                all.push(PastAudit {
                    at: row::parsed(found, "at")?,
                    until: row::parsed(found, "until")?,
                    audits: found.get("audits")?,
                    audit,
                    since: row::optional(found, "since")?,
                    differences,
                });
            }
            Ok(all)
        })
    }

    /// What the newest audit that showed a difference showed, by account.
    pub(crate) fn audit_comparisons(&self) -> Result<BTreeMap<AccountId, AuditComparison>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(BTreeMap::new());
        }
        self.read(|transaction, binding| {
            let mut statement = transaction.prepare_cached(
                "SELECT account, since, changes FROM audit_history WHERE id IN (
                     SELECT max(id) FROM audit_history
                     WHERE binding = ?1 AND changes <> '[]' AND since IS NOT NULL GROUP BY account)",
            )?;
            let mut rows = statement.query([binding])?;
            let mut all = BTreeMap::new();
            while let Some(found) = rows.next()? {
                if let Some(differences) = row::json(found, "changes")? {
                    let since = row::parsed(found, "since")?;
                    all.insert(row::parsed(found, "account")?, AuditComparison { since, differences });
                }
            }
            Ok(all)
        })
    }

    /// What was known of each account at that time: the newest audit up to then that read anything.
    pub(crate) fn audits_as_of(&self, at: Timestamp) -> Result<BTreeMap<AccountId, Known<RootAudit>>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(BTreeMap::new());
        }
        self.read(|transaction, binding| {
            let mut statement = transaction.prepare_cached(
                "SELECT account, at, until, found FROM audit_history WHERE binding = ?1 ORDER BY account, id DESC",
            )?;
            let mut rows = statement.query([binding])?;
            let mut all = BTreeMap::new();
            while let Some(found) = rows.next()? {
                let (account, began): (AccountId, Timestamp) =
                    (row::parsed(found, "account")?, row::parsed(found, "at")?);
                if began > at || all.contains_key(&account) {
                    continue;
                }
                let until: Timestamp = row::parsed(found, "until")?;
                let audit = row::json(found, "found")?.filter(|audit: &RootAudit| !audit.read_nothing());
                if let Some(value) = audit {
                    all.insert(account, Known { value, at: until.min(at) });
                }
            }
            Ok(all)
        })
    }
}

/// Adds an audit to the history of its account, unless a later one is there.
pub(super) fn note(
    transaction: &Transaction<'_>,
    binding: i64,
    account: AccountId,
    (at, audit): (Timestamp, &RootAudit),
    before: Option<&AuditRecord>,
) -> rusqlite::Result<()> {
    let newest = newest(transaction, binding, account)?;
    if newest.as_ref().is_some_and(|(_, until, _)| *until > at) {
        return Ok(());
    }
    let known = before.and_then(AuditRecord::known);
    let different: Vec<AuditDifference> = known.as_ref().map(|known| differences(known, audit)).unwrap_or_default();
    let found = text_of(audit)?;
    if let Some((id, _, last)) = newest
        && different.is_empty()
        && essence(&last) == essence(&found)
    {
        let mut statement = transaction
            .prepare_cached("UPDATE audit_history SET until = ?2, audits = audits + 1, found = ?3 WHERE id = ?1")?;
        statement.execute(params![id, at.to_string(), found])?;
        return Ok(());
    }
    let since = known.map(|known| known.at.to_string());
    let (account, at, changes) = (account.to_string(), at.to_string(), text_of(&different)?);
    transaction
        .prepare_cached(
            "INSERT INTO audit_history (binding, account, at, until, audits, found, since, changes)
             VALUES (?1, ?2, ?3, ?3, 1, ?4, ?5, ?6)",
        )?
        .execute(params![binding, account, at, found, since, changes])?;
    transaction
        .prepare_cached(
            "DELETE FROM audit_history WHERE binding = ?1 AND account = ?2 AND id <= (
                 SELECT id FROM audit_history WHERE binding = ?1 AND account = ?2
                 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        )?
        .execute(params![binding, account, MOST])?;
    Ok(())
}

type Newest = (i64, Timestamp, String);

fn newest(transaction: &Transaction<'_>, binding: i64, account: AccountId) -> rusqlite::Result<Option<Newest>> {
    transaction
        .prepare_cached(
            "SELECT id, until, found FROM audit_history WHERE binding = ?1 AND account = ?2 ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![binding, account.to_string()], |found| {
            Ok((found.get("id")?, row::parsed(found, "until")?, found.get("found")?))
        })
        .optional()
}

fn text_of(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// A result without what is different each time that AWS is asked: the words and the request of an error.
fn essence(found: &str) -> Option<Value> {
    let mut value = serde_json::from_str(found).ok()?;
    forget_requests(&mut value);
    Some(value)
}

fn forget_requests(value: &mut Value) {
    match value {
        Value::Object(all) => {
            all.remove("request_id");
            all.remove("message");
            all.values_mut().for_each(forget_requests);
        }
        Value::Array(all) => all.iter_mut().for_each(forget_requests),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
#[path = "audit_history_tests.rs"]
mod tests;
