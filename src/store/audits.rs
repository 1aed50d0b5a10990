//! The last audits: for the first frame of the next run, which then opens no root session for what is known.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::{ScopedStore, audit_history, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::audit_record::AuditRecord;
use crate::domain::credential_change::{CredentialChange, CredentialChangeKind};
use crate::domain::records::AuditRecords;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{Password, Presence, RootAudit};

const NEWEST: &str = "newest";
const EARLIER: &str = "earlier";

impl AuditRecords for ScopedStore {
    fn save_audits(&self, audits: &[(AccountId, Timestamp, RootAudit)]) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            for (account, at, audit) in audits {
                let before = kept(transaction, binding, Some(*account))?.pop();
                audit_history::note(transaction, binding, *account, (*at, audit), before.as_ref())?;
                if before.as_ref().is_none_or(|before| before.newest.at <= *at) {
                    save(transaction, binding, &AuditRecord::after(before, *account, audit.clone(), *at))?;
                }
            }
            Ok(())
        })
    }

    fn note_login_profile(&self, account: AccountId, login: &Presence<Password>) -> Result<(), ApiError> {
        if !self.store.keeps_listing() || login.error().is_some() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            if let Some(mut record) = kept(transaction, binding, Some(account))?.pop() {
                record.take_login_profile(login);
                save(transaction, binding, &record)?;
            }
            Ok(())
        })
    }
}

impl ScopedStore {
    pub(crate) fn audits(&self) -> Result<Vec<AuditRecord>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(Vec::new());
        }
        self.read(|transaction, binding| kept(transaction, binding, None))
    }

    pub(crate) fn credential_changes(&self) -> Result<Vec<CredentialChange>, ApiError> {
        self.read(|transaction, binding| {
            let mut statement = transaction.prepare_cached(
                "SELECT account, operation, intended.at AS at
                 FROM intended LEFT JOIN concluded
                   ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)
                 WHERE binding = ?1 AND account IS NOT NULL AND operation LIKE 'iam:%'
                   AND coalesce(outcome, 'unknown') IN ('ok', 'unknown')
                   AND coalesce(code, '') NOT IN ('EntityAlreadyExists', 'NoSuchEntity')
                 ORDER BY intended.id",
            )?;
            let mut newest = BTreeMap::new();
            let mut rows = statement.query([binding])?;
            while let Some(found) = rows.next()? {
                let Some(kind) = CredentialChangeKind::from_operation(&row::text(found, "operation")?) else {
                    continue;
                };
                let account: AccountId = row::parsed(found, "account")?;
                newest.insert(account, CredentialChange { account, kind, at: row::parsed(found, "at")? });
            }
            Ok(newest.into_values().collect())
        })
    }
}

/// The audits of one account, or of all. What can't be read, of a later version perhaps, is skipped.
fn kept(transaction: &Transaction<'_>, binding: i64, only: Option<AccountId>) -> rusqlite::Result<Vec<AuditRecord>> {
    let mut statement = transaction.prepare_cached(
        "SELECT account, place, at, found FROM audit
         WHERE binding = ?1 AND account BETWEEN coalesce(?2, '') AND coalesce(?2, '~') ORDER BY account, place DESC",
    )?;
    let mut rows = statement.query(params![binding, only.map(|account| account.to_string())])?;
    let mut records: Vec<AuditRecord> = Vec::new();
    while let Some(found) = rows.next()? {
        let account = row::parsed(found, "account")?;
        let Some(audit) = audit(found)? else { continue };
        // The newest comes first.
        if row::text(found, "place")? == NEWEST {
            records.push(AuditRecord { account, newest: audit, earlier: None });
        } else if let Some(record) = records.last_mut().filter(|record| record.account == account) {
            record.earlier = Some(audit);
        }
    }
    Ok(records)
}

fn audit(found: &Row<'_>) -> rusqlite::Result<Option<Known<RootAudit>>> {
    let at = row::parsed(found, "at")?;
    Ok(row::json(found, "found")?.map(|value| Known { value, at }))
}

fn save(transaction: &Transaction<'_>, binding: i64, record: &AuditRecord) -> rusqlite::Result<()> {
    let account = record.account.to_string();
    transaction.execute("DELETE FROM audit WHERE binding = ?1 AND account = ?2", params![binding, account])?;
    let parts = [(NEWEST, Some(&record.newest)), (EARLIER, record.earlier.as_ref())];
    for (place, known) in parts.into_iter().filter_map(|(place, known)| Some((place, known?))) {
        let found = serde_json::to_string(&known.value)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        transaction
            .prepare_cached("INSERT INTO audit (binding, account, place, at, found) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![binding, account, place, known.at.to_string(), found])?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "audits_tests.rs"]
mod tests;
