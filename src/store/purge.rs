//! Forgetting every address that is kept on this machine.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::handle::Store;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::OTP_LIFETIME;
use crate::domain::recorded_change::FORGOTTEN;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    pub listings: u64,
    pub accounts: u64,
    /// Differences between listings that nobody has read.
    pub findings: u64,
    pub audits: u64,
    /// Email changes that were started elsewhere and are open. They have no address.
    pub alarms: u64,
    pub changes: u64,
    /// Those of them that can still be finished, or are about to be: their new address is stored nowhere else.
    pub open_changes: u64,
    /// Views that were left with a filter.
    pub filters: u64,
    pub plans: u64,
    /// Those of them with an email change that was not started yet.
    pub unfinished_plans: u64,
    pub entries: u64,
    /// Those of them with an address, be it in the reason.
    pub entries_with_addresses: u64,
}

impl Holdings {
    pub(crate) fn is_empty(&self) -> bool {
        self.listings
            + self.findings
            + self.audits
            + self.changes
            + self.filters
            + self.plans
            + self.entries_with_addresses
            == 0
    }
}

impl Store {
    pub fn holdings(&self, now: Timestamp) -> Result<Holdings, ApiError> {
        self.with(|connection| {
            let transaction = connection.transaction()?;
            Ok(holdings(&transaction, now)?)
        })
    }

    /// Forgets every address. Listings, findings, audits, email changes, plans and how views were left go as a whole; in the journal each
    /// word with an `@` is replaced. Callers stay there, and so do alarms, which have no address. All of it or nothing;
    /// then the file is rewritten, so that nothing is left between its rows. If only that fails, it can be done again.
    pub fn purge(&self) -> Result<(), ApiError> {
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute_batch(
                "DELETE FROM finding; DELETE FROM listed; DELETE FROM listing; DELETE FROM audit;
                 DELETE FROM unfinished_listed; DELETE FROM unfinished_listing;
                 DELETE FROM audit_history;
                 DELETE FROM started; DELETE FROM plan_item; DELETE FROM plan; DELETE FROM view_choice;",
            )?;
            forget_in_journal(&transaction)?;
            transaction.commit()?;
            // What an earlier version deleted may still lie between the rows.
            connection.execute_batch("VACUUM")?;
            Ok(())
        })
    }
}

fn holdings(connection: &Connection, now: Timestamp) -> rusqlite::Result<Holdings> {
    let count = |from: &str| {
        let sql = format!("SELECT count(*) FROM {from}");
        let count: i64 = connection.query_row(&sql, [], |found| found.get(0))?;
        Ok::<u64, rusqlite::Error>(count.unsigned_abs())
    };
    // Times are kept as this text, which no quote can be in.
    let expired = now.saturating_sub(OTP_LIFETIME).unwrap_or(Timestamp::MIN);
    Ok(Holdings {
        listings: count("listing")? + count("unfinished_listing")?,
        accounts: count("listed")?,
        findings: count("finding")?,
        audits: count("audit WHERE place = 'newest'")?,
        alarms: count("alarm")?,
        changes: count("started")?,
        open_changes: count(&format!(
            "started WHERE progress = 'accepted' OR progress IN ('unconfirmed', 'pending') AND at > '{expired}'"
        ))?,
        filters: count("view_choice WHERE filter <> ''")?,
        plans: count("plan")?,
        unfinished_plans: count(
            "plan WHERE EXISTS (SELECT 1 FROM plan_item WHERE plan = plan.id AND state IN ('waiting', 'sending'))",
        )?,
        entries: count("intended")?,
        entries_with_addresses: count(&format!("intended WHERE {HAS_ADDRESS}"))?,
    })
}

/// Whether an entry of the journal has an address to forget. Those of its change have columns of their own; in what
/// people wrote or named (`reason`, `text`, `credential_id`) only an `@` tells.
const HAS_ADDRESS: &str = "old_email <> '(address forgotten)' OR new_email <> '(address forgotten)'
    OR credential_id LIKE '%@%' OR text LIKE '%@%' OR reason LIKE '%@%'";

fn forget_in_journal(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut entries =
        transaction.prepare(&format!("SELECT id, credential_id, text, reason FROM intended WHERE {HAS_ADDRESS}"))?;
    let entries = entries.query_map([], |found| {
        let texts: [Option<String>; 3] = [found.get(1)?, found.get(2)?, found.get(3)?];
        Ok((found.get(0)?, texts))
    })?;
    let entries: Vec<(i64, [Option<String>; 3])> = entries.collect::<Result<_, _>>()?;
    // Nothing takes the place of nothing.
    let mut forgetting = transaction.prepare(
        "UPDATE intended SET old_email = iif(old_email IS NULL, NULL, ?2),
                             new_email = iif(new_email IS NULL, NULL, ?2),
                             credential_id = ?3, text = ?4, reason = ?5 WHERE id = ?1",
    )?;
    for (id, texts) in entries {
        let [credential, text, reason] = texts;
        // The name of a device is forgotten as a whole: a part of it would name another one.
        let credential = credential.map(|id| if id.contains('@') { FORGOTTEN.to_owned() } else { id });
        let [text, reason] = [text, reason].map(|text| text.as_deref().map(without_addresses));
        forgetting.execute(params![id, FORGOTTEN, credential, text, reason])?;
    }
    Ok(())
}

/// `text` without the words that hold an address; as it is where there are none.
fn without_addresses(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let word = |word| if str::contains(word, '@') { FORGOTTEN } else { word };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "purge_tests.rs"]
mod tests;
