//! The starts of email changes that the journal holds, with or without their address.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::row;
use crate::domain::account::AccountId;
use crate::domain::email_change::JournaledStart;

const START: &str = "account:StartPrimaryEmailUpdate";
const ACCEPT: &str = "account:AcceptPrimaryEmailUpdate";

pub(super) fn journaled_starts(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Vec<JournaledStart>> {
    let mut statement = transaction.prepare_cached(
        "SELECT account, operation, intended.at AS at
         FROM intended LEFT JOIN concluded
           ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)
         WHERE binding = ?1 AND account IS NOT NULL
           AND (operation = ?2 AND coalesce(outcome, 'unknown') IN ('ok', 'unknown')
             OR operation = ?3 AND outcome = 'ok')
         ORDER BY intended.id",
    )?;
    let mut starts: BTreeMap<AccountId, Vec<JournaledStart>> = BTreeMap::new();
    let mut rows = statement.query(params![binding, START, ACCEPT])?;
    while let Some(found) = rows.next()? {
        let account: AccountId = row::parsed(found, "account")?;
        if row::text(found, "operation")? == ACCEPT {
            starts.remove(&account);
        } else {
            starts.entry(account).or_default().push(JournaledStart { account, at: row::parsed(found, "at")? });
        }
    }
    Ok(starts.into_values().flatten().collect())
}

#[cfg(test)]
#[path = "journaled_starts_tests.rs"]
mod tests;
