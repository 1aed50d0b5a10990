//! `rootdeck accounts -o ndjson`: each account leaves as soon as its page is read.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::LazyLock;

use crate::cli::arguments::{Arguments, FailOnAccount, Form, ListAccounts};
use crate::cli::environment::Environment;
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::{self, Progress};
use crate::cli::{rows, target};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::address_finding::AddressFinding;
use crate::domain::api_error::ApiError;
use crate::domain::finding::Finding;
use crate::domain::organization::UnitNames;
use crate::engine::Engine;
use crate::words::api_error::headline;
use crate::words::cli::accounts as words;
use crate::words::cli::program::no_units;
use crate::words::columns::accounts::{Beside, columns};

use super::filter::{self, Filter};
use super::found::{found, print_found};

/// Whether nothing that was asked for needs the whole list: findings compare it with the one before, addresses are
/// compared with each other, and a state that AWS does not document is known once somebody has it.
pub(super) fn can_stream(wanted: &ListAccounts) -> bool {
    let is_documented =
        |word: &String| AccountState::NAMED.iter().any(|state| state.as_str().eq_ignore_ascii_case(word.trim()));
    let judges_all = |what: &FailOnAccount| matches!(what, FailOnAccount::Finding | FailOnAccount::Address);
    *wanted.output == Form::Ndjson
        && !wanted.finding
        && !wanted.address_finding
        && !wanted.fail_on.iter().any(judges_all)
        && wanted.state.iter().all(is_documented)
}

pub(super) async fn list(arguments: &Arguments, wanted: &ListAccounts, place: &Environment) -> Done {
    let pending = if filter::asks_for_changes(wanted) { Some(filter::pending(place).await?) } else { None };
    let mut rows = Rows { wanted, pending, unplaced: 0, fails: false, printed: Ok(()) };
    let read = place.ask(arguments, async |engine, progress| read(engine, progress, &mut rows).await).await;
    place.tell_store_trouble().await;
    let (units, found) = read??;
    print_found(found);
    if let Err(error) = &units {
        output::print_error(&no_units(headline(error)));
    }
    if rows.unplaced > 0 {
        output::print_error(&words::unplaced(rows.unplaced));
    }
    rows.printed?;
    if rows.fails {
        return Exit::Failed.end();
    }
    if rows.unplaced > 0 { Exit::Some.end() } else { Ok(()) }
}

type Read = (Result<UnitNames, ApiError>, Result<Vec<Finding>, ApiError>);

/// Inside, what is wrong with the filter.
async fn read(engine: &Engine, progress: &Progress, rows: &mut Rows<'_>) -> Result<Result<Read, CliError>, ApiError> {
    // What is there, and is called what, is judged by the whole tree.
    let tree = if rows.wanted.ou.is_empty() { None } else { Some(engine.unit_names().await) };
    if let Some(tree) = &tree
        && let Err(error) = rows.filter(tree.as_ref()).is_possible(&[])
    {
        return Ok(Err(error));
    }
    let shows = target::shows_pages(engine, progress).await;
    let mut listed = 0;
    let mut print = |page: &[Arc<Account>], units: Result<&UnitNames, &ApiError>| {
        listed += page.len();
        shows(listed);
        progress.aside(|| rows.print(page, units));
    };
    let units = match tree {
        Some(tree) => engine.accounts(|page| print(page, tree.as_ref())).await.map(|()| tree)?,
        None => engine.placed_accounts(&mut print).await?,
    };
    Ok(Ok((units, found(engine).await)))
}

/// What becomes of the accounts that are read.
struct Rows<'a> {
    wanted: &'a ListAccounts,
    /// The accounts with an open email change, where that is asked for.
    pending: Option<BTreeSet<AccountId>>,
    /// How many are not listed because their place is unknown.
    unplaced: usize,
    /// Whether a job is to fail on one of those listed.
    fails: bool,
    printed: Done,
}

impl Rows<'_> {
    fn filter<'f>(&'f self, units: Result<&'f UnitNames, &'f ApiError>) -> Filter<'f> {
        Filter { wanted: self.wanted, units, pending: self.pending.as_ref(), found: &[], addresses: &NO_ADDRESSES }
    }

    fn print(&mut self, page: &[Arc<Account>], units: Result<&UnitNames, &ApiError>) {
        let mut unplaced = 0;
        let filter = self.filter(units);
        let listed = page.iter().filter(|account| filter.takes(account, &mut unplaced));
        let listed: Vec<Account> = listed.map(|account| Account::clone(account)).collect();
        let fails = filter.fails(&listed);
        self.unplaced += unplaced;
        self.fails |= fails;
        let cause = || words::NEEDS_WHOLE_LIST.to_owned();
        let beside = Beside {
            units: units.map_err(headline),
            findings: Err(cause()),
            addresses: Err(cause()),
            shows_addresses: false,
        };
        // Nobody reads on where one could not be printed.
        if self.printed.is_ok() {
            self.printed = output::deliver(rows::write(Form::Ndjson, &columns(&beside), &listed));
        }
    }
}

static NO_ADDRESSES: LazyLock<HashMap<AccountId, Vec<AddressFinding>>> = LazyLock::new(HashMap::new);
