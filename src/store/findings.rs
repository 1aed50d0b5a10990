//! What a new listing showed to be otherwise than the one before, until a person has read it.

use rusqlite::{Row, TransactionBehavior, params};

use super::{ScopedStore, row};
use crate::domain::account::AccountState;
use crate::domain::fault::Fault;
use crate::domain::finding::{Difference, Finding};

impl ScopedStore {
    /// The findings that nobody has read, oldest first.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn findings(&self) -> Result<Vec<Finding>, Fault> {
        self.store.with(|connection| {
            let Some(binding) = self.for_reading(connection)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT id, account, name, kind, before, after, since, at FROM finding
                 WHERE binding = ?1 ORDER BY id",
            )?;
            let findings = statement.query_map([binding], finding)?.collect::<Result<_, _>>()?;
            Ok(findings)
        })
    }

    /// Notes that the findings of these numbers were read: they are not kept any longer.
    ///
    /// # Errors
    /// If the store is not bound or can't be written.
    pub fn acknowledge(&self, findings: &[i64]) -> Result<(), Fault> {
        let binding = self.for_writing()?;
        self.store.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for id in findings {
                transaction.execute("DELETE FROM finding WHERE binding = ?1 AND id = ?2", params![binding, id])?;
            }
            transaction.commit()?;
            Ok(())
        })
    }
}

fn finding(found: &Row<'_>) -> rusqlite::Result<Finding> {
    let (before, after) = (row::optional_text(found, "before")?, row::optional_text(found, "after")?);
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let state = |word: &str| if word.is_empty() { AccountState::Unknown } else { AccountState::from_wire(word) };
    let difference = match row::text(found, "kind")?.as_str() {
        "email" => Difference::Email { old: before, new: after },
        "new" => Difference::New,
        "gone" => Difference::Gone,
        "state" => Difference::State { old: state(&before), new: state(&after) },
        _ => return Err(row::unreadable("kind", "not a word of this program")),
    };
    Ok(Finding {
        id: found.get("id")?,
        account: row::parsed(found, "account")?,
        name: row::text(found, "name")?,
        difference,
        since: row::parsed(found, "since")?,
        seen: row::parsed(found, "at")?,
    })
}
