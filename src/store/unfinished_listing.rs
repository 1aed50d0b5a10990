//! A listing that is being read: its pages so far, for the next start.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{ScopedStore, account_rows, row};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::unfinished_listing::UnfinishedListing;

/// A copy that has added no page for so long does not read any more, in seconds.
const GONE_AFTER: i64 = 60;

impl ScopedStore {
    /// The first pages of a listing: they take the place of another one, unless that is still being read.
    pub(super) fn begin_unfinished(&self, part: &UnfinishedListing, now: Timestamp) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            let added: Option<Timestamp> = transaction
                .query_row("SELECT added FROM unfinished_listing WHERE binding = ?1", [binding], |found| {
                    row::parsed(found, "added")
                })
                .optional()?;
            if added.is_some_and(|added| now.duration_since(added).abs().as_secs() < GONE_AFTER) {
                return Ok(());
            }
            forget(transaction, binding)?;
            transaction.execute(
                "INSERT INTO unfinished_listing (binding, listing, began, added, next) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![binding, number(part.listing), part.began.to_string(), now.to_string(), part.token],
            )?;
            Ok(insert(transaction, binding, 0, &part.accounts)?)
        })
    }

    /// The next pages, unless another listing has taken its place.
    pub(super) fn continue_unfinished(&self, part: &UnfinishedListing, now: Timestamp) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            let is_there = transaction.execute(
                "UPDATE unfinished_listing SET added = ?3, next = ?4 WHERE binding = ?1 AND listing = ?2",
                params![binding, number(part.listing), now.to_string(), part.token],
            )?;
            if is_there == 0 {
                return Ok(());
            }
            let next: i64 = transaction.query_row(
                "SELECT coalesce(max(position), -1) + 1 FROM unfinished_listed WHERE binding = ?1",
                [binding],
                |found| found.get(0),
            )?;
            Ok(insert(transaction, binding, next, &part.accounts)?)
        })
    }

    pub(super) fn unfinished(&self) -> Result<Option<UnfinishedListing>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(None);
        }
        self.read(|transaction, binding| {
            let part = transaction
                .query_row(
                    "SELECT listing, began, next FROM unfinished_listing WHERE binding = ?1",
                    [binding],
                    |found| {
                        let listing: i64 = found.get("listing")?;
                        Ok(UnfinishedListing {
                            listing: u64::from_ne_bytes(listing.to_ne_bytes()),
                            began: row::parsed(found, "began")?,
                            accounts: Vec::new(),
                            // Not for people, and AWS wants it as it was.
                            token: found.get("next")?,
                        })
                    },
                )
                .optional()?;
            let Some(part) = part else { return Ok(None) };
            let mut accounts = account_rows::accounts(transaction, "unfinished_listed", binding)?;
            // Two copies that continued it have added the same pages.
            let mut seen: HashSet<AccountId> = HashSet::with_capacity(accounts.len());
            accounts.retain(|account| seen.insert(account.id));
            Ok(Some(UnfinishedListing { accounts, ..part }))
        })
    }

    pub(super) fn forget_unfinished(&self) -> Result<(), ApiError> {
        self.write(|transaction, binding| Ok(forget(transaction, binding)?))
    }
}

fn insert(transaction: &Transaction<'_>, binding: i64, first: i64, accounts: &[Arc<Account>]) -> rusqlite::Result<()> {
    account_rows::insert(transaction, ("unfinished_listed", binding, first), accounts, &BTreeMap::new())
}

fn number(listing: u64) -> i64 {
    i64::from_ne_bytes(listing.to_ne_bytes())
}

pub(super) fn forget(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM unfinished_listed WHERE binding = ?1", [binding])?;
    transaction.execute("DELETE FROM unfinished_listing WHERE binding = ?1", [binding])?;
    Ok(())
}

#[cfg(test)]
#[path = "unfinished_listing_tests.rs"]
mod tests;
