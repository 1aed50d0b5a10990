//! Email changes that AWS reported as open and that were not started from here.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::journaled_starts::journaled_starts;
use super::{ScopedStore, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailAlarm, EmailChangeReport, EmailChangeStatus};

impl ScopedStore {
    pub(crate) fn alarms(&self) -> Result<Vec<EmailAlarm>, ApiError> {
        let sql = "SELECT account, status, updated, at FROM alarm WHERE binding = ?1 ORDER BY account";
        self.read(|transaction, binding| transaction.prepare_cached(sql)?.query_map([binding], alarm)?.collect())
    }
}

pub(super) fn note_report(
    store: &ScopedStore,
    account: AccountId,
    report: &EmailChangeReport,
    at: Timestamp,
) -> Result<(), ApiError> {
    store.for_writing()?;
    let is_open = match report.status {
        EmailChangeStatus::Pending | EmailChangeStatus::Accepted => true,
        EmailChangeStatus::None | EmailChangeStatus::Completed | EmailChangeStatus::Failed => false,
        EmailChangeStatus::Other(_) => return Ok(()),
    };
    // Nearly every report is of no change and finds no alarm; that needs no write.
    if !is_open && !store.read(|transaction, binding| is_any(transaction, ALARM, binding, account))? {
        return Ok(());
    }
    store.write(|transaction, binding| {
        if is_open
            && !is_any(transaction, OURS, binding, account)?
            && !is_forgotten(transaction, binding, account, report)?
        {
            raise(transaction, binding, account, report, at)?;
        } else {
            transaction.execute(&format!("DELETE {ALARM}"), params![binding, account.to_string()])?;
        }
        Ok(())
    })
}

const ALARM: &str = "FROM alarm WHERE binding = ?1 AND account = ?2";
const STARTED: &str = "FROM started WHERE binding = ?1 AND account = ?2";
/// A change that was started from here, or whose address a person has entered, and that is open.
const OURS: &str = "FROM started WHERE binding = ?1 AND account = ?2
                    AND progress IN ('unconfirmed', 'pending', 'accepted')";

fn is_any(transaction: &Transaction<'_>, rows: &str, binding: i64, account: AccountId) -> rusqlite::Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 {rows})");
    transaction.query_row(&sql, params![binding, account.to_string()], |found| found.get(0))
}

/// Whether nothing is kept of the account's changes, and the journal has the start of the one reported.
fn is_forgotten(
    transaction: &Transaction<'_>,
    binding: i64,
    account: AccountId,
    report: &EmailChangeReport,
) -> rusqlite::Result<bool> {
    if is_any(transaction, STARTED, binding, account)? {
        return Ok(false);
    }
    let starts = journaled_starts(transaction, binding)?;
    Ok(starts.iter().any(|start| start.account == account && start.is_reported_by(report)))
}

fn raise(
    transaction: &Transaction<'_>,
    binding: i64,
    account: AccountId,
    report: &EmailChangeReport,
    at: Timestamp,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO alarm (binding, account, status, updated, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET status = excluded.status, updated = excluded.updated, at = excluded.at",
        params![
            binding,
            account.to_string(),
            report.status.as_str(),
            report.updated.map(|updated| updated.to_string()),
            at.to_string()
        ],
    )?;
    Ok(())
}

fn alarm(found: &Row<'_>) -> rusqlite::Result<EmailAlarm> {
    let status = EmailChangeStatus::from_wire(&row::text(found, "status")?);
    Ok(EmailAlarm {
        account: row::parsed(found, "account")?,
        report: EmailChangeReport { status, updated: row::optional(found, "updated")? },
        at: row::parsed(found, "at")?,
    })
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
