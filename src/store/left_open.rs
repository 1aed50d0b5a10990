//! Accounts whose password recovery was allowed and not closed again, from the journal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::params;

use super::{ScopedStore, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::recovery::LeftOpen;

const ALLOW: &str = "iam:CreateLoginProfile";
const CLOSE: &str = "iam:DeleteLoginProfile";

impl ScopedStore {
    /// The accounts that were opened, or may have been, and were not surely closed afterwards; since
    /// when, and by whom first.
    ///
    /// What AWS refused because there was a login profile already opened nothing. An entry whose end
    /// is not known counts as the worse of both: an allowance as made, a closing as not.
    pub fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        self.read(|transaction, binding| {
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
        })
    }
}

#[cfg(test)]
#[path = "left_open_tests.rs"]
mod tests;
