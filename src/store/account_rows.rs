//! Tables of accounts: those of a listing, whole or not.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Row, Transaction, params};

use super::row;
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod, UnitIds};

/// Stands between unit ids, as it does in the paths they come from.
const UNIT_SEPARATOR: &str = "/";

/// Kept where AWS did not tell the units of an account. No unit has such an id.
const UNITS_UNKNOWN: &str = "?";

const COLUMNS: &str = "account, name, email, state, joined, joined_method, units";

/// Those of a table of accounts, in its order.
pub(super) fn accounts(
    transaction: &Transaction<'_>,
    table: &str,
    binding: i64,
) -> rusqlite::Result<Vec<Arc<Account>>> {
    let mut units = UnitIds::default();
    let mut all = Vec::new();
    each(transaction, table, binding, |found| {
        all.push(Arc::new(account(found, &mut units)?));
        Ok(())
    })?;
    Ok(all)
}

/// Gives each row of a table of accounts to `on_row`, in its order: a large listing is not kept in memory twice.
pub(super) fn each(
    transaction: &Transaction<'_>,
    table: &str,
    binding: i64,
    mut on_row: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let text = format!("SELECT {COLUMNS} FROM {table} WHERE binding = ?1 ORDER BY position");
    let mut statement = transaction.prepare_cached(&text)?;
    let mut rows = statement.query([binding])?;
    while let Some(found) = rows.next()? {
        on_row(found)?;
    }
    Ok(())
}

/// Puts accounts into a table of them, from this position on; those of `late` with these addresses.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    (table, binding, first): (&str, i64, i64),
    accounts: &[Arc<Account>],
    late: &BTreeMap<AccountId, String>,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(&format!(
        "INSERT INTO {table} (binding, position, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    ))?;
    for (position, account) in (first..).zip(accounts) {
        let kept = Kept::of(account);
        statement.execute(params![
            binding,
            position,
            kept.id,
            kept.name,
            late.get(&account.id).map_or(kept.email, String::as_str),
            kept.state,
            kept.joined,
            kept.method,
            kept.units,
        ])?;
    }
    Ok(())
}

/// Whether the row holds what would be kept of the account.
pub(super) fn is_of(found: &Row<'_>, account: &Account) -> rusqlite::Result<bool> {
    let kept = Kept::of(account);
    let wanted = [
        Some(&*kept.id),
        Some(kept.name),
        Some(kept.email),
        kept.state,
        kept.joined.as_deref(),
        kept.method,
        Some(&*kept.units),
    ];
    for (column, wanted) in wanted.into_iter().enumerate() {
        if found.get_ref(column)?.as_str_or_null()? != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An account as it is kept, in the order of the columns.
struct Kept<'a> {
    id: String,
    name: &'a str,
    email: &'a str,
    /// `NULL` where AWS gave none.
    state: Option<&'a str>,
    joined: Option<String>,
    method: Option<&'a str>,
    units: Cow<'a, str>,
}

impl<'a> Kept<'a> {
    fn of(account: &'a Account) -> Self {
        let state = Some(&account.state).filter(|state| **state != AccountState::Unknown);
        Self {
            id: account.id.to_string(),
            name: &account.name,
            email: &account.email,
            state: state.map(AccountState::as_str),
            joined: account.joined.map(|joined| joined.to_string()),
            method: account.joined_method.as_ref().map(JoinedMethod::as_str),
            units: match account.unit_ids.as_deref() {
                None => UNITS_UNKNOWN.into(),
                Some(ids) => ids.join(UNIT_SEPARATOR).into(),
            },
        }
    }
}

fn account(found: &Row<'_>, known: &mut UnitIds) -> rusqlite::Result<Account> {
    let method = row::optional_text(found, "joined_method")?;
    let units = row::text(found, "units")?;
    Ok(Account {
        id: row::parsed(found, "account")?,
        name: row::text(found, "name")?,
        email: row::text(found, "email")?,
        state: state(found)?,
        joined: row::optional(found, "joined")?,
        joined_method: method.map(|word| JoinedMethod::from_wire(&word)),
        unit_ids: (units != UNITS_UNKNOWN).then(|| known.of_path(&units)),
    })
}

pub(super) fn state(found: &Row<'_>) -> rusqlite::Result<AccountState> {
    let word = row::optional_text(found, "state")?;
    Ok(word.map_or(AccountState::Unknown, |word| AccountState::from_wire(&word)))
}
