//! Email changes that were started from this machine.
//!
//! No API returns the new address of a pending change, so losing it forces a new start. Each start is a row, recorded
//! before its call goes out; the newest of an account is what is shown. Rows below it stay as long as it is
//! unconfirmed: if AWS refuses it, the one before, with its own address and time, is the newest again. Only when the
//! newest is known to be pending (or further) are they deleted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{ScopedStore, alarms, listing, row};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, Over, StartedEmailChange, StartedProgress};
use crate::domain::records::StartRecords;

const COLUMNS: &str = "SELECT account, old_email, new_email, caller, at, progress FROM started";

impl StartRecords for ScopedStore {
    fn record_start(&self, change: &StartedEmailChange) -> Result<(), ApiError> {
        self.claim_start(change, &Over::Anything).map(|_| ())
    }

    fn claim_start(&self, start: &StartedEmailChange, over: &Over) -> Result<Option<StartedEmailChange>, ApiError> {
        let claimed = self.write(|transaction, binding| {
            let newest = newest_of(transaction, binding, start.account)?;
            if !over.allows(start, newest.as_ref()) {
                return Ok(Err(newest));
            }
            let id = insert(transaction, binding, start)?;
            advance(transaction, id, start.progress)?;
            Ok(Ok(id))
        })?;
        let id = match claimed {
            Ok(id) => id,
            Err(newest) => return Ok(newest),
        };
        let mut session = self.session();
        if start.progress == StartedProgress::Unconfirmed {
            session.unanswered.insert(start.account, id);
        } else {
            session.unanswered.remove(&start.account);
        }
        Ok(None)
    }

    fn set_progress(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        if progress == StartedProgress::Unconfirmed {
            return Ok(());
        }
        self.answered(account, |transaction, id| advance(transaction, id, progress))
    }

    fn never_started(&self, account: AccountId) -> Result<(), ApiError> {
        let sql = "DELETE FROM started WHERE id = ?1 AND progress = 'unconfirmed'";
        self.answered(account, |transaction, id| transaction.execute(sql, [id]).map(drop))
    }

    fn set_back(&self, account: AccountId, progress: StartedProgress) -> Result<(), ApiError> {
        self.write(|transaction, binding| {
            if let Some(id) = newest(transaction, binding, account)? {
                let sql = "UPDATE started SET progress = ?2 WHERE id = ?1 AND progress NOT IN ('completed', 'failed')";
                transaction.execute(sql, params![id, progress.as_str()])?;
            }
            Ok(())
        })
    }

    fn started(&self) -> Result<Vec<StartedEmailChange>, ApiError> {
        self.starts(&format!(
            "{COLUMNS} AS one WHERE binding = ?1
             AND id = (SELECT max(id) FROM started WHERE binding = ?1 AND account = one.account) ORDER BY account"
        ))
    }

    fn forget(&self, account: AccountId) -> Result<(), ApiError> {
        let sql = "DELETE FROM started WHERE binding = ?1 AND account = ?2";
        self.write(|transaction, binding| {
            transaction.execute(sql, params![binding, account.to_string()])?;
            Ok(())
        })?;
        self.session().unanswered.remove(&account);
        Ok(())
    }

    fn note_report(&self, account: AccountId, report: &EmailChangeReport, at: Timestamp) -> Result<(), ApiError> {
        alarms::note_report(self, account, report, at)
    }
}

impl ScopedStore {
    /// Notes what became of the start of this run whose answer is still out, or else of the newest of the account.
    fn answered(
        &self,
        account: AccountId,
        note: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<()>,
    ) -> Result<(), ApiError> {
        let own = self.session().unanswered.get(&account).copied();
        self.write(|transaction, binding| {
            // Another rootdeck may have recorded a start meanwhile, about which the answer to ours says nothing.
            let id = own.map_or_else(|| newest(transaction, binding, account), |id| Ok(Some(id)))?;
            Ok(id.map_or(Ok(()), |id| note(transaction, id))?)
        })?;
        self.session().unanswered.remove(&account);
        Ok(())
    }

    /// The starts below the newest of `account`, the latest first: one of them may be the pending one, as long as the
    /// newest is unconfirmed.
    pub fn started_earlier(&self, account: AccountId) -> Result<Vec<StartedEmailChange>, ApiError> {
        let sql = format!("{COLUMNS} WHERE binding = ?1 ORDER BY id DESC");
        let all = self.starts(&sql)?;
        Ok(all.into_iter().filter(|change| change.account == account).skip(1).collect())
    }

    fn starts(&self, sql: &str) -> Result<Vec<StartedEmailChange>, ApiError> {
        self.read(|transaction, binding| transaction.prepare_cached(sql)?.query_map([binding], change)?.collect())
    }
}

/// Adds a row above those of its account; those that are over go.
fn insert(transaction: &Transaction<'_>, binding: i64, change: &StartedEmailChange) -> rusqlite::Result<i64> {
    let account = change.account.to_string();
    transaction.execute(
        "DELETE FROM started WHERE binding = ?1 AND account = ?2 AND progress IN ('completed', 'failed')",
        params![binding, account],
    )?;
    transaction.execute(
        "INSERT INTO started (binding, account, old_email, new_email, caller, at, progress)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'unconfirmed')",
        params![
            binding,
            account,
            change.old,
            change.new.as_str(),
            // The empty text means that the caller is not known.
            change.by.as_deref().unwrap_or_default(),
            change.started.to_string()
        ],
    )?;
    Ok(transaction.last_insert_rowid())
}

fn newest(connection: &Connection, binding: i64, account: AccountId) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT max(id) FROM started WHERE binding = ?1 AND account = ?2";
    connection.query_row(sql, params![binding, account.to_string()], |found| found.get(0))
}

fn newest_of(
    connection: &Connection,
    binding: i64,
    account: AccountId,
) -> rusqlite::Result<Option<StartedEmailChange>> {
    let sql = format!("{COLUMNS} WHERE binding = ?1 AND account = ?2 ORDER BY id DESC LIMIT 1");
    connection.query_row(&sql, params![binding, account.to_string()], change).optional()
}

/// Notes the progress of the row `id`, and what follows from it for the others of its account.
fn advance(transaction: &Transaction<'_>, id: i64, progress: StartedProgress) -> rusqlite::Result<()> {
    match progress {
        StartedProgress::Unconfirmed => return Ok(()),
        StartedProgress::Failed if is_refused_with_others(transaction, id)? => {
            transaction.execute("DELETE FROM started WHERE id = ?1", [id])?;
            return Ok(());
        }
        StartedProgress::Failed => {}
        StartedProgress::Pending | StartedProgress::Accepted | StartedProgress::Completed => {
            transaction.execute(
                "DELETE FROM started WHERE id < ?1
                 AND (binding, account) = (SELECT binding, account FROM started WHERE id = ?1)",
                [id],
            )?;
        }
    }
    transaction.execute("UPDATE started SET progress = ?2 WHERE id = ?1", params![id, progress.as_str()])?;
    if progress == StartedProgress::Completed {
        listing::follow(transaction, id)?;
    }
    Ok(())
}

/// Whether a failure of the row `id` means that it never came about, and its account has others.
fn is_refused_with_others(transaction: &Transaction<'_>, id: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (
                   SELECT 1 FROM started AS one JOIN started AS other USING (binding, account)
                   WHERE one.id = ?1 AND one.progress = 'unconfirmed' AND other.id <> ?1)";
    transaction.query_row(sql, [id], |found| found.get(0))
}

fn change(found: &Row<'_>) -> rusqlite::Result<StartedEmailChange> {
    Ok(StartedEmailChange {
        account: row::parsed(found, "account")?,
        old: row::text(found, "old_email")?,
        new: row::email(found, "new_email")?,
        by: Some(row::text(found, "caller")?).filter(|by| !by.is_empty()),
        started: row::parsed(found, "at")?,
        progress: row::word(found, "progress", StartedProgress::from_word)?,
    })
}

#[cfg(test)]
#[path = "started_tests.rs"]
mod tests;
