//! Email changes that AWS reported as open and that were not started from here.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, TransactionBehavior, params};

use super::journaled_starts::journaled_starts;
use super::{ScopedStore, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailAlarm, EmailChangeReport, EmailChangeStatus};

impl ScopedStore {
    pub fn alarms(&self) -> Result<Vec<EmailAlarm>, ApiError> {
        self.store.with(|connection| {
            let Some(binding) = self.for_reading(connection)? else { return Ok(Vec::new()) };
            let mut statement = connection
                .prepare_cached("SELECT account, status, updated, at FROM alarm WHERE binding = ?1 ORDER BY account")?;
            let alarms = statement.query_map([binding], alarm)?.collect::<Result<_, _>>()?;
            Ok(alarms)
        })
    }

    /// Takes what AWS reported at `at` of the newest change of `account`. One that is open and was not
    /// started from here is an alarm from now on; what AWS reports to be over, or is known to be ours, is
    /// none any more. A word that this program does not know says neither.
    pub fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), ApiError> {
        let binding = self.for_writing()?;
        let is_open = match report.status {
            EmailChangeStatus::Pending | EmailChangeStatus::Accepted => true,
            EmailChangeStatus::None | EmailChangeStatus::Completed | EmailChangeStatus::Failed => false,
            EmailChangeStatus::Other(_) => return Ok(()),
        };
        self.store.with(|connection| {
            // Nearly every report is of no change and finds no alarm; that needs no write.
            if !is_open && !is_alarm(connection, binding, account)? {
                return Ok(());
            }
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if is_open
                && !is_ours(&transaction, binding, account)?
                && !is_forgotten(&transaction, binding, account, report)?
            {
                raise(&transaction, binding, account, report, at)?;
            } else {
                transaction.execute(
                    "DELETE FROM alarm WHERE binding = ?1 AND account = ?2",
                    params![binding, account.to_string()],
                )?;
            }
            transaction.commit()?;
            Ok(())
        })
    }
}

fn is_alarm(connection: &rusqlite::Connection, binding: i64, account: AccountId) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM alarm WHERE binding = ?1 AND account = ?2)";
    connection.query_row(sql, params![binding, account.to_string()], |found| found.get(0))
}

/// Whether a change that was started from here, or whose address a person has entered, is open.
fn is_ours(transaction: &Transaction<'_>, binding: i64, account: AccountId) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM started WHERE binding = ?1 AND account = ?2
                              AND progress IN ('unconfirmed', 'pending', 'accepted'))";
    transaction.query_row(sql, params![binding, account.to_string()], |found| found.get(0))
}

/// Whether nothing is kept of the account's changes, and the journal has the start of the one reported.
fn is_forgotten(
    transaction: &Transaction<'_>,
    binding: i64,
    account: AccountId,
    report: &EmailChangeReport,
) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM started WHERE binding = ?1 AND account = ?2)";
    if transaction.query_row(sql, params![binding, account.to_string()], |found| found.get(0))? {
        return Ok(false);
    }
    let starts = journaled_starts(transaction, binding)?;
    Ok(starts.iter().any(|start| start.account == account && start.is_told_by(report)))
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
