//! Tables of accounts: those of a listing, whole or not.

use std::collections::BTreeMap;

use rusqlite::{Row, Transaction, params};

use super::row;
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod};

/// Stands between unit ids, as it does in the paths they come from.
const UNIT_SEPARATOR: char = '/';

/// Kept where AWS did not tell the units of an account. No unit has such an id.
const UNITS_UNKNOWN: &str = "?";

/// Those of a table of accounts, in its order.
pub(super) fn accounts(transaction: &Transaction<'_>, table: &str, binding: i64) -> rusqlite::Result<Vec<Account>> {
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT account, name, email, state, joined, joined_method, units FROM {table} WHERE binding = ?1 ORDER BY position"
    ))?;
    statement.query_map([binding], account)?.collect()
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
