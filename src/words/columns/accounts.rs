//! The columns of a listing of accounts.

use std::collections::HashMap;

use crate::domain::account::{Account, AccountId};
use crate::domain::address_finding::AddressFinding;
use crate::domain::finding::Finding;
use crate::domain::organization::UnitNames;
use crate::words::address_finding;
use crate::words::cli::accounts as words;
use crate::words::fields as f;
use crate::words::rows::{Cell, Column};
use crate::words::schema::record;

/// What a cell of a CSV or a table shows of what is not known.
const UNKNOWN: &str = "unknown";

/// What is known beside the accounts; else why it is not.
pub(crate) struct Beside<'a> {
    pub(crate) units: Result<&'a UnitNames, String>,
    /// What is otherwise than in earlier listings, and nobody has read yet in the dashboard.
    pub(crate) findings: Result<HashMap<AccountId, Vec<&'a Finding>>, String>,
    /// What is wrong with the primary emails.
    pub(crate) addresses: Result<HashMap<AccountId, Vec<AddressFinding>>, String>,
    /// Whether a table names them.
    pub(crate) shows_addresses: bool,
}

pub(crate) fn by_account(findings: &[Finding]) -> HashMap<AccountId, Vec<&Finding>> {
    let mut by_account: HashMap<AccountId, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        by_account.entry(finding.account).or_default().push(finding);
    }
    by_account
}

/// The path by name, where it is known; else why not.
pub(crate) fn path(account: &Account, units: &Result<&UnitNames, String>) -> Result<String, String> {
    units.as_ref().map_err(Clone::clone)?.path_of(account).ok_or_else(|| words::NO_PATHS.to_owned())
}

pub(crate) fn columns<'a>(beside: &'a Beside<'a>) -> Vec<Column<'a, Account>> {
    // Null if AWS does not tell it, as the email and the units.
    let reported = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let shown = move |text: &String| reported(text).unwrap_or_else(|| "?".to_owned());
    let mut columns = vec![
        Column::new(f::ACCOUNT_ID, |account: &Account| account.id.to_string()).head("ACCOUNT"),
        Column::new(f::ACCOUNT_NAME.or_null(), move |account: &Account| reported(&account.name))
            .head("NAME")
            .shown(move |account| shown(&account.name)),
        Column::new(f::EMAIL.or_null(), move |account: &Account| reported(&account.email))
            .head("PRIMARY EMAIL")
            .shown(move |account| shown(&account.email)),
        Column::new(f::STATE, |account: &Account| account.state.as_str().to_owned()).head("STATE"),
        Column::new(f::PATH.or_unknown(), |account: &Account| {
            path(account, &beside.units).map_or_else(Cell::Unknown, Cell::Text)
        })
        .head("PATH"),
        // From the root down.
        Column::json_only(f::UNIT_IDS.or_null(), |account: &Account| {
            account.unit_ids.as_deref().map(|ids| Cell::list(ids, Cell::from))
        }),
        Column::new(f::JOINED.or_null(), |account: &Account| account.joined),
        Column::new(f::JOINED_METHOD.or_null(), |account: &Account| {
            account.joined_method.as_ref().map(|method| method.as_str().to_owned())
        }),
        Column::json_only(f::FINDINGS.or_unknown(), |account: &Account| match &beside.findings {
            Ok(found) => Cell::list(found.get(&account.id).into_iter().flatten(), |finding| finding_cell(finding)),
            Err(cause) => Cell::Unknown(cause.clone()),
        }),
        Column::json_only(f::ADDRESS_FINDINGS.or_unknown(), |account: &Account| match &beside.addresses {
            Ok(found) => Cell::list(found.get(&account.id).into_iter().flatten(), |finding| address_cell(*finding)),
            Err(cause) => Cell::Unknown(cause.clone()),
        }),
        Column::csv_only(f::ADDRESS_FINDINGS.name, |account: &Account| address_names(beside, account)),
    ];
    if beside.shows_addresses {
        columns.push(Column::table_only("ADDRESS FINDINGS", |account: &Account| address_names(beside, account)));
    }
    columns
}

fn address_names(beside: &Beside<'_>, account: &Account) -> String {
    let Ok(found) = &beside.addresses else { return UNKNOWN.to_owned() };
    let found = found.get(&account.id).into_iter().flatten();
    found.map(|finding| finding.as_str()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn address_cell(finding: AddressFinding) -> Cell {
    record([
        (f::ADDRESS_FINDING_NAME, finding.as_str().into()),
        (f::SEVERITY, finding.severity().as_str().into()),
        (f::MESSAGE, address_finding::short(finding).into()),
        (f::FIX, address_finding::fix(finding).into()),
    ])
}

pub(crate) fn finding_cell(finding: &Finding) -> Cell {
    let (before, after) = finding.difference.values();
    record([
        (f::KIND, finding.difference.kind().as_str().into()),
        (f::BEFORE, before.into()),
        (f::AFTER, after.into()),
        (f::SINCE, finding.since.into()),
        (f::SEEN, finding.seen.into()),
    ])
}
