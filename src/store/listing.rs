//! The last listing: for the first frame of the next run, and to tell what the next one shows to be different.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::{ScopedStore, findings, row, unfinished_listing};
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod};
use crate::domain::api_error::ApiError;
use crate::domain::finding::Finding;
use crate::domain::records::ListingRecords;
use crate::domain::unfinished_listing::UnfinishedListing;
use crate::domain::view_choice::ViewChoice;

/// Stands between unit ids, as it does in the paths they come from.
const UNIT_SEPARATOR: char = '/';

/// Kept where AWS did not tell the units of an account. No unit has such an id.
const UNITS_UNKNOWN: &str = "?";

impl ListingRecords for ScopedStore {
    fn save_listing(&self, accounts: &[Account], at: Timestamp) -> Result<(), ApiError> {
        if !self.store.keeps_listing() {
            return Ok(());
        }
        self.write(|transaction, binding| {
            let late = match kept(transaction, binding)? {
                Some((since, before)) => findings::note(transaction, binding, (since, &before), (at, accounts))?,
                None => BTreeMap::new(),
            };
            Ok(replace(transaction, binding, accounts, at, &late)?)
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

    fn last_listing(&self) -> Result<Option<(Timestamp, Vec<Account>)>, ApiError> {
        self.listing()
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
    pub fn listing(&self) -> Result<Option<(Timestamp, Vec<Account>)>, ApiError> {
        if !self.store.keeps_listing() {
            return Ok(None);
        }
        self.read(kept)
    }
}

fn kept(transaction: &Transaction<'_>, binding: i64) -> rusqlite::Result<Option<(Timestamp, Vec<Account>)>> {
    let at = transaction
        .query_row("SELECT at FROM listing WHERE binding = ?1", [binding], |found| row::parsed(found, "at"))
        .optional()?;
    let Some(at) = at else { return Ok(None) };
    Ok(Some((at, accounts(transaction, "listed", binding)?)))
}

/// Those of a table of accounts, in its order.
pub(super) fn accounts(transaction: &Transaction<'_>, table: &str, binding: i64) -> rusqlite::Result<Vec<Account>> {
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT account, name, email, state, joined, joined_method, units FROM {table} WHERE binding = ?1 ORDER BY position"
    ))?;
    statement.query_map([binding], account)?.collect()
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
    accounts: &[Account],
    at: Timestamp,
    late: &BTreeMap<AccountId, String>,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO listing (binding, at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = excluded.at",
        params![binding, at.to_string()],
    )?;
    transaction.execute("DELETE FROM listed WHERE binding = ?1", [binding])?;
    // It is whole now.
    unfinished_listing::forget(transaction, binding)?;
    insert(transaction, ("listed", binding, 0), accounts, late)
}

/// Puts accounts into a table of them, from this position on; those of `late` with these addresses.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    (table, binding, first): (&str, i64, i64),
    accounts: &[Account],
    late: &BTreeMap<AccountId, String>,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(&format!(
        "INSERT INTO {table} (binding, position, account, name, email, state, joined, joined_method, units)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    ))?;
    for (position, account) in (first..).zip(accounts) {
        statement.execute(params![
            binding,
            position,
            account.id.to_string(),
            account.name,
            late.get(&account.id).unwrap_or(&account.email),
            word(&account.state),
            account.joined.map(|joined| joined.to_string()),
            account.joined_method.as_ref().map(JoinedMethod::as_str),
            account.unit_ids.as_ref().map_or(UNITS_UNKNOWN.to_owned(), |ids| ids.join(&UNIT_SEPARATOR.to_string())),
        ])?;
    }
    Ok(())
}

/// The state as it is kept; `NULL` where AWS gave none.
fn word(state: &AccountState) -> Option<&str> {
    match state {
        AccountState::Unknown => None,
        state => Some(state.as_str()),
    }
}

fn account(found: &Row<'_>) -> rusqlite::Result<Account> {
    let state = row::optional_text(found, "state")?;
    let method = row::optional_text(found, "joined_method")?;
    let units = row::text(found, "units")?;
    Ok(Account {
        id: row::parsed(found, "account")?,
        name: row::text(found, "name")?,
        email: row::text(found, "email")?,
        state: state.map_or(AccountState::Unknown, |word| AccountState::from_wire(&word)),
        joined: row::optional(found, "joined")?,
        joined_method: method.map(|word| JoinedMethod::from_wire(&word)),
        unit_ids: (units != UNITS_UNKNOWN)
            .then(|| units.split(UNIT_SEPARATOR).filter(|id| !id.is_empty()).map(str::to_owned).collect()),
    })
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;
