//! The journal: intentions and their outcomes. Rows are added and never changed.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params, params_from_iter};

use super::change_columns::{self, ChangeColumns};
use super::error::problem;
use super::{ScopedStore, row};
use super::{journaled_starts, left_open};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::client_error::StoreProblem;
use crate::domain::email_change::JournaledStart;
use crate::domain::journal::{Conclusion, Intention, JournalEntry, JournalOutcome, JournalStep, OutcomeCause};
use crate::domain::records::JournalRecords;
use crate::domain::recovery::LeftOpen;

impl JournalRecords for ScopedStore {
    fn intend(&self, intention: &Intention) -> Result<i64, ApiError> {
        self.write(|transaction, binding| intend(transaction, binding, intention))
    }

    fn conclude(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError> {
        self.store.with(|connection| conclude(connection, id, at, conclusion))
    }

    fn journal_together(&self, steps: &[JournalStep]) -> Vec<Result<i64, ApiError>> {
        let written = self.write(|transaction, binding| {
            let mut results = Vec::with_capacity(steps.len());
            for step in steps {
                let result = match step {
                    JournalStep::Intend(intention) => intend(transaction, binding, intention),
                    JournalStep::Conclude(id, at, how) => conclude(transaction, *id, *at, how).map(|()| *id),
                };
                // A full disk makes SQLite roll back by itself. Its reason is this; later there is only nothing to
                // commit.
                if let (true, Err(error)) = (transaction.is_autocommit(), &result) {
                    return Err(error.clone());
                }
                results.push(result);
            }
            Ok(results)
        });
        written.unwrap_or_else(|error| vec![Err(error); steps.len()])
    }

    fn journal(&self, limit: usize) -> Result<Vec<JournalEntry>, ApiError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.entries("ORDER BY intended.id DESC LIMIT ?2", &[&limit])
    }

    fn open_entries(&self, since: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        self.entries(
            "AND intended.at >= ?2 AND coalesce(outcome, 'unknown') = 'unknown' ORDER BY intended.id DESC",
            &[&since.to_string()],
        )
    }

    fn settle(&self, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<bool, ApiError> {
        self.write(|transaction, binding| {
            let known: Option<Option<String>> = transaction
                .query_row(
                    "SELECT (SELECT outcome FROM concluded WHERE intended = intended.id ORDER BY id DESC LIMIT 1)
                     FROM intended WHERE id = ?1 AND binding = ?2",
                    [id, binding],
                    |found| found.get(0),
                )
                .optional()?;
            let Some(outcome) = known else { return Err(problem(StoreProblem::NoEntry(id))) };
            let is_open = outcome.is_none_or(|word| word == JournalOutcome::Unknown.as_str());
            if is_open {
                conclude(transaction, id, at, conclusion)?;
            }
            Ok(is_open)
        })
    }

    fn journal_about(&self, account: AccountId, operation: &str) -> Result<Vec<JournalEntry>, ApiError> {
        self.entries(
            "AND account = ?2 AND operation = ?3 ORDER BY intended.id DESC",
            &[&account.to_string(), &operation],
        )
    }

    fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        self.read(left_open::left_open)
    }

    fn journaled_starts(&self) -> Result<Vec<JournaledStart>, ApiError> {
        self.read(journaled_starts::journaled_starts)
    }
}

impl ScopedStore {
    fn entries(&self, which: &str, values: &[&dyn ToSql]) -> Result<Vec<JournalEntry>, ApiError> {
        let sql = format!("{ENTRIES} WHERE binding = ?1 {which}");
        self.read(|transaction, binding| {
            let values = std::iter::once(&binding as &dyn ToSql).chain(values.iter().copied());
            transaction.prepare_cached(&sql)?.query_map(params_from_iter(values), entry)?.collect()
        })
    }
}

/// The entries, each with its last conclusion. A request id that was known once stays: a read has none of its own.
const ENTRIES: &str = "
    SELECT intended.*, concluded.at AS finished, outcome, code, cause, note,
           coalesce(request_id, (SELECT request_id FROM concluded WHERE intended = intended.id
                                 AND request_id IS NOT NULL ORDER BY id DESC LIMIT 1)) AS request_id
    FROM intended LEFT JOIN concluded
      ON concluded.id = (SELECT max(id) FROM concluded WHERE intended = intended.id)";

fn intend(connection: &Connection, binding: i64, intention: &Intention) -> Result<i64, ApiError> {
    let ChangeColumns { kind, old_email, new_email, credential_id, text, subject } =
        ChangeColumns::of(&intention.change);
    connection.execute(
        "INSERT INTO intended (binding, at, caller, profile, account, operation, kind, old_email, new_email,
                               credential_id, text, subject, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            binding,
            intention.at.to_string(),
            intention.caller,
            intention.profile,
            intention.account.map(|account| account.to_string()),
            intention.operation,
            kind,
            old_email,
            new_email,
            credential_id,
            text,
            subject,
            intention.reason,
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

fn conclude(connection: &Connection, id: i64, at: Timestamp, conclusion: &Conclusion) -> Result<(), ApiError> {
    if conclusion.outcome == JournalOutcome::Intended {
        return Err(problem(StoreProblem::IntentionAsOutcome));
    }
    let known = connection.query_row("SELECT id FROM intended WHERE id = ?1", [id], |_| Ok(())).optional()?;
    if known.is_none() {
        return Err(problem(StoreProblem::NoEntry(id)));
    }
    // An address could not be forgotten there.
    let note = conclusion.note.as_ref().filter(|note| !note.contains('@'));
    connection.execute(
        "INSERT INTO concluded (intended, at, outcome, code, cause, note, request_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            at.to_string(),
            conclusion.outcome.as_str(),
            conclusion.code,
            conclusion.cause.map(OutcomeCause::as_str),
            note,
            conclusion.request_id
        ],
    )?;
    Ok(())
}

fn entry(found: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let outcome = match row::optional_text(found, "outcome")? {
        None => JournalOutcome::Intended,
        Some(word) => {
            JournalOutcome::from_word(&word).ok_or_else(|| row::unreadable("outcome", "not a word of this program"))?
        }
    };
    Ok(JournalEntry {
        id: found.get("id")?,
        at: row::parsed(found, "at")?,
        caller: row::text(found, "caller")?,
        profile: row::optional_text(found, "profile")?,
        account: row::optional(found, "account")?,
        operation: row::text(found, "operation")?,
        change: change_columns::change(found)?,
        reason: row::optional_text(found, "reason")?,
        outcome,
        finished: row::optional(found, "finished")?,
        code: row::optional_text(found, "code")?,
        cause: row::optional_text(found, "cause")?.as_deref().and_then(OutcomeCause::from_word),
        note: row::optional_text(found, "note")?,
        request_id: row::optional_text(found, "request_id")?,
    })
}

#[cfg(test)]
#[path = "journal_tests.rs"]
pub(crate) mod tests;
