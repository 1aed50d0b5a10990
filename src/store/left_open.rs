//! Accounts whose password recovery was allowed and not closed again, from the journal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::{change_columns, row};
use crate::domain::account::AccountId;
use crate::domain::recorded_change::RecordedChange;
use crate::domain::recovery::LeftOpen;

const ALLOW: &str = "iam:CreateLoginProfile";
const CLOSE: &str = "iam:DeleteLoginProfile";
const EXISTS: &str = "EntityAlreadyExists";

pub(super) fn left_open(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Vec<LeftOpen>> {
    let mut statement = transaction.prepare_cached(
        "SELECT account, operation, intended.at AS at, caller, reason, outcome, code, kind, old_email, new_email,
                credential_id, text, subject
         FROM intended LEFT JOIN concluded
           ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)
         WHERE binding = ?1 AND account IS NOT NULL
           AND (operation = ?2 AND (coalesce(outcome, 'unknown') IN ('ok', 'unknown')
                                    OR outcome = 'refused' AND code = ?4)
             OR operation = ?3 AND outcome = 'ok')
         ORDER BY intended.id",
    )?;
    let mut open: BTreeMap<AccountId, LeftOpen> = BTreeMap::new();
    let mut rows = statement.query(params![binding, ALLOW, CLOSE, EXISTS])?;
    while let Some(found) = rows.next()? {
        let account: AccountId = row::parsed(found, "account")?;
        if row::text(found, "operation")? == CLOSE {
            open.remove(&account);
        } else {
            let since: Timestamp = row::parsed(found, "at")?;
            let until = match change_columns::change(found)? {
                RecordedChange::AllowRootPasswordRecovery { until } => until,
                _ => None,
            };
            let allowed = LeftOpen {
                account,
                since,
                by: row::text(found, "caller")?,
                until,
                reason: row::optional_text(found, "reason")?,
            };
            let was_there = row::optional_text(found, "code")?.is_some_and(|code| code == EXISTS);
            match open.get_mut(&account) {
                // It is open since the first time, even if AWS refused another as already so. Who allowed it with an end last, says when it is to be closed.
                Some(known) if until.is_some() => *known = LeftOpen { since: known.since, ..allowed },
                Some(_) => {}
                // A password that was there already was not opened here.
                None if was_there => {}
                None => drop(open.insert(account, allowed)),
            }
        }
    }
    Ok(open.into_values().collect())
}

#[cfg(test)]
#[path = "left_open_tests.rs"]
mod tests;
