//! Accounts whose password recovery was allowed and not closed again, from the journal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::row;
use crate::domain::account::AccountId;
use crate::domain::recovery::LeftOpen;

const ALLOW: &str = "iam:CreateLoginProfile";
const CLOSE: &str = "iam:DeleteLoginProfile";

pub(super) fn left_open(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Vec<LeftOpen>> {
    let mut statement = transaction.prepare_cached(
        "SELECT account, operation, intended.at AS at, caller
         FROM intended LEFT JOIN concluded
           ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)
         WHERE binding = ?1 AND account IS NOT NULL
           AND (operation = ?2 AND coalesce(outcome, 'unknown') IN ('ok', 'unknown')
                  AND coalesce(code, '') <> 'EntityAlreadyExists'
             OR operation = ?3 AND outcome = 'ok')
         ORDER BY intended.id",
    )?;
    let mut open: BTreeMap<AccountId, LeftOpen> = BTreeMap::new();
    let mut rows = statement.query(params![binding, ALLOW, CLOSE])?;
    while let Some(found) = rows.next()? {
        let account: AccountId = row::parsed(found, "account")?;
        if row::text(found, "operation")? == CLOSE {
            open.remove(&account);
        } else {
            let since: Timestamp = row::parsed(found, "at")?;
            let by = row::text(found, "caller")?;
            open.entry(account).or_insert(LeftOpen { account, since, by });
        }
    }
    Ok(open.into_values().collect())
}

#[cfg(test)]
#[path = "left_open_tests.rs"]
mod tests;
