//! Plans and what came of them, as rows: the same fields before and after.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;

use crate::cli::arguments::Form;
use crate::cli::rows::{self, Column, fields as f};
use crate::domain::account::{Account, AccountId};
use crate::domain::email_plan::{CheckedPlan, LineProblem, PlanItem, PlanRow, PlannedChange};
use crate::domain::text::clean;
use crate::words::cli::plans as words;
use crate::words::record::message;
use crate::words::schema::Shape;

/// A line of a plan. In a file with problems the account is what the line says.
#[derive(Default)]
pub(in crate::cli) struct Row {
    line: u64,
    account_id: String,
    account_name: Option<String>,
    old: Option<String>,
    new: Option<String>,
    status: &'static str,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    time: Option<Timestamp>,
}

impl Row {
    fn of(change: &PlannedChange, status: &'static str, message: Option<String>) -> Self {
        let account = &change.account;
        Self {
            line: change.line,
            account_id: account.id.to_string(),
            account_name: Some(account.name.clone()),
            old: Some(account.email.clone()),
            new: Some(change.new.to_string()),
            status,
            message,
            ..Self::default()
        }
    }

    /// `row` is the line as it is in the file, `account` the one that it names, if there is one.
    fn of_problem(problem: &LineProblem, row: Option<&PlanRow>, account: Option<&Account>) -> Self {
        Self {
            line: problem.line,
            account_id: problem.account.clone(),
            account_name: account.map(|account| account.name.clone()),
            old: account.map(|account| account.email.clone()),
            new: row.map(|row| clean(&row.new)),
            status: "problem",
            message: Some(words::problem(&problem.problem)),
            ..Self::default()
        }
    }

    fn of_item(item: &PlanItem, names: &BTreeMap<AccountId, String>) -> Self {
        Self {
            line: item.line,
            account_id: item.account.to_string(),
            account_name: names.get(&item.account).cloned(),
            old: Some(item.old.clone()),
            new: Some(item.new.to_string()),
            status: item.state.as_str(),
            code: item.code.clone(),
            message: item.message.as_deref().map(message),
            request_id: item.request_id.clone(),
            time: item.at,
        }
    }
}

/// What would be started; programs get all lines. `unanswered` has the lines with an open question, and its option.
pub(super) fn preview(checked: &CheckedPlan, unanswered: &BTreeMap<u64, String>, form: Form) -> io::Result<String> {
    rows::write(form, &planned(), &lines(checked, unanswered, form))
}

/// All lines of a plan with problems.
pub(super) fn problems(
    checked: &CheckedPlan,
    lines_of_file: &[PlanRow],
    accounts: &[Account],
    form: Form,
) -> io::Result<String> {
    let of_problem = |problem: &LineProblem| {
        let row = lines_of_file.iter().find(|row| row.line == problem.line);
        let id = row.and_then(|row| row.account.parse::<AccountId>().ok());
        Row::of_problem(problem, row, accounts.iter().find(|account| Some(account.id) == id))
    };
    let mut all = lines(checked, &BTreeMap::new(), form);
    all.extend(checked.problems.iter().map(of_problem));
    all.sort_by_key(|row| row.line);
    rows::write(form, &planned(), &all)
}

fn lines(checked: &CheckedPlan, unanswered: &BTreeMap<u64, String>, form: Form) -> Vec<Row> {
    let of_change = |change: &PlannedChange| match unanswered.get(&change.line) {
        Some(option) => Row::of(change, "problem", Some(option.clone())),
        None => Row::of(change, "would_start", None),
    };
    let mut all: Vec<Row> = checked.changes.iter().map(of_change).collect();
    if form != Form::Table {
        let same = checked.already.iter();
        all.extend(same.map(|already| Row::of(&already.change, "already", Some(words::problem(&already.why)))));
        all.sort_by_key(|row| row.line);
    }
    all
}

fn planned() -> Vec<Column<'static, Row>> {
    let old = |row: &Row| row.old.clone().unwrap_or_default();
    let shown = [
        Column::table_only("LINE", |row: &Row| row.line),
        Column::table_only("ACCOUNT", |row: &Row| row.account_id.clone()),
        Column::table_only("NAME", |row: &Row| row.account_name.clone()),
        Column::table_only("PRIMARY EMAIL", old),
        Column::table_only("NEW EMAIL", |row: &Row| row.new.clone()),
    ];
    shown.into_iter().chain(columns()).collect()
}

/// `names` are those of the accounts that are listed.
pub(super) fn outcomes(items: &[PlanItem], names: &BTreeMap<AccountId, String>, form: Form) -> io::Result<String> {
    let all: Vec<Row> = items.iter().map(|item| Row::of_item(item, names)).collect();
    let shown = [
        Column::table_only("LINE", |row: &Row| row.line),
        Column::table_only("ACCOUNT", |row: &Row| row.account_id.clone()),
        Column::table_only("NEW EMAIL", |row: &Row| row.new.clone()),
        Column::table_only("STATE", |row: &Row| row.status),
        Column::table_only("MESSAGE", |row: &Row| {
            let code = row.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
            format!("{code}{}", row.message.clone().unwrap_or_default())
        }),
    ];
    rows::write(form, &shown.into_iter().chain(columns()).collect::<Vec<_>>(), &all)
}

/// For programs.
pub(in crate::cli) fn columns() -> Vec<Column<'static, Row>> {
    vec![
        Column::new(f::LINE, |row: &Row| row.line),
        Column::new(f::ACCOUNT_ID.shaped(Shape::Text), |row: &Row| row.account_id.clone()),
        Column::new(f::ACCOUNT_NAME.or_null(), |row: &Row| row.account_name.clone()),
        Column::new(f::OLD_EMAIL.or_null(), |row: &Row| row.old.clone()),
        Column::new(f::NEW_EMAIL.or_null(), |row: &Row| row.new.clone()),
        Column::new(f::PLAN_STATUS, |row: &Row| row.status),
        Column::new(f::AWS_CODE.or_null(), |row: &Row| row.code.clone()),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()),
        Column::new(f::REQUEST_ID.or_null(), |row: &Row| row.request_id.clone()),
        Column::new(f::TIME.or_null(), |row: &Row| row.time),
    ]
}
