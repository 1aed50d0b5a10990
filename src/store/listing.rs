//! The last listing: for the first frame of the next run, and to tell what the next one shows to be different.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::account_rows::{accounts, insert};
use super::findings::Noted;
use super::{ScopedStore, findings, row, unfinished_listing};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::finding::Finding;
use crate::domain::records::{ListingRecords, TimedListing};
use crate::domain::unfinished_listing::UnfinishedListing;
use crate::domain::view_choice::ViewChoice;

impl ListingRecords for ScopedStore {
    fn save_listing(&self, accounts: &[Arc<Account>], at: Timestamp) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            let noted = match listed_at(transaction, binding)? {
                Some(since) => findings::note(transaction, binding, since, (at, accounts))?,
                None => Noted::default(),
            };
            transaction.execute(
                "INSERT INTO listing (binding, at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = excluded.at",
                params![binding, at.to_string()],
            )?;
            if !noted.is_kept {
                replace(transaction, binding, accounts, &noted.late)?;
            }
            // It is whole now.
            Ok(unfinished_listing::forget(transaction, binding)?)
        })
    }

    fn begin_listing(&self, part: &UnfinishedListing, now: Timestamp) -> Result<(), ApiError> {
        self.begin_unfinished(part, now)
    }

    fn continue_listing(&self, part: &UnfinishedListing, now: Timestamp) -> Result<(), ApiError> {
        self.continue_unfinished(part, now)
    }

    fn unfinished_listing(&self) -> Result<Option<UnfinishedListing>, ApiError> {
        self.unfinished()
    }

    fn forget_unfinished_listing(&self) -> Result<(), ApiError> {
        self.forget_unfinished()
    }

    fn last_listing(&self) -> Result<Option<TimedListing>, ApiError> {
        self.listing()
    }

    fn last_listing_length(&self) -> Result<usize, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(0);
        }
        self.read(|transaction, binding| {
            let count = "SELECT count(*) FROM listed WHERE binding = ?1";
            let count: i64 = transaction.query_row(count, [binding], |found| found.get(0))?;
            Ok(usize::try_from(count).unwrap_or_default())
        })
    }

    fn findings(&self) -> Result<Vec<Finding>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(Vec::new());
        }
        self.read(findings::unread)
    }

    fn save_view_choice(&self, choice: &ViewChoice) -> Result<(), ApiError> {
        self.save(choice)
    }

    fn acknowledge(&self, findings: &[i64]) -> Result<(), ApiError> {
        self.write(|transaction, binding| {
            for id in findings {
                transaction.execute("DELETE FROM finding WHERE binding = ?1 AND id = ?2", params![binding, id])?;
            }
            Ok(())
        })
    }
}

impl ScopedStore {
    /// The last listing and when it was made; `None` if there is none, or listings are not kept.
    pub fn listing(&self) -> Result<Option<TimedListing>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(None);
        }
        self.read(kept)
    }
}

fn kept(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Option<TimedListing>> {
    let Some(at) = listed_at(transaction, binding)? else { return Ok(None) };
    Ok(Some((at, accounts(transaction, "listed", binding)?)))
}

fn listed_at(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Option<Timestamp>> {
    transaction
        .query_row("SELECT at FROM listing WHERE binding = ?1", [binding], |found| row::parsed(found, "at"))
        .optional()
}

/// Puts a completed change, that of the row `started`, into the listing: the next one is compared with what is known.
pub(super) fn follow(transaction: &Transaction<'_>, started: i64) -> rusqlite::Result<()> {
    transaction.execute(
        "UPDATE listed SET email = started.new_email FROM started
         WHERE started.id = ?1 AND listed.binding = started.binding AND listed.account = started.account",
        [started],
    )?;
    Ok(())
}

fn replace(
    transaction: &Transaction<'_>,
    binding: i64,
    accounts: &[Arc<Account>],
    late: &BTreeMap<AccountId, String>,
) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM listed WHERE binding = ?1", [binding])?;
    insert(transaction, ("listed", binding, 0), accounts, late)
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;
