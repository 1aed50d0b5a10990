//! Plans and what came of them, as rows: the same fields before and after.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;

use crate::cli::arguments::Form;
use crate::cli::rows::{self, Column, fields as f};
use crate::domain::account::AccountId;
use crate::domain::email_plan::{CheckedPlan, LineProblem, PlanItem, PlannedChange};
use crate::words::cli::plans as words;
use crate::words::record::message;
use crate::words::schema::Shape;

/// A line of a plan. In a file with problems the account is what the line says.
#[derive(Default)]
pub(in crate::cli) struct Row {
    line: u64,
    account_id: String,
    account_name: Option<String>,
    emails: Option<(String, String)>,
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
            emails: Some((account.email.clone(), change.new.to_string())),
            status,
            message,
            ..Self::default()
        }
    }

    fn of_problem(problem: &LineProblem) -> Self {
        Self {
            line: problem.line,
            account_id: problem.account.clone(),
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
            emails: Some((item.old.clone(), item.new.to_string())),
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
    let of_change = |change: &PlannedChange| match unanswered.get(&change.line) {
        Some(option) => Row::of(change, "problem", Some(option.clone())),
        None => Row::of(change, "would_start", None),
    };
    let mut all: Vec<Row> = checked.changes.iter().map(of_change).collect();
    if form != Form::Table {
        let same = checked.already.iter();
        all.extend(same.map(|already| Row::of(&already.change, "already", Some(words::problem(&already.why)))));
        all.extend(checked.problems.iter().map(Row::of_problem));
        all.sort_by_key(|row| row.line);
    }
    rows::write(form, &planned(), &all)
}

fn planned() -> Vec<Column<'static, Row>> {
    let old = |row: &Row| row.emails.as_ref().map(|(old, _)| old.clone()).unwrap_or_default();
    let shown = [
        Column::table_only("LINE", |row: &Row| row.line),
        Column::table_only("ACCOUNT", |row: &Row| row.account_id.clone()),
        Column::table_only("NAME", |row: &Row| row.account_name.clone()),
        Column::table_only("PRIMARY EMAIL", old),
        Column::table_only("NEW EMAIL", |row: &Row| row.emails.as_ref().map(|(_, new)| new.clone())),
    ];
    shown.into_iter().chain(columns()).collect()
}

/// `names` are those of the accounts that are listed.
pub(super) fn outcomes(items: &[PlanItem], names: &BTreeMap<AccountId, String>, form: Form) -> io::Result<String> {
    let all: Vec<Row> = items.iter().map(|item| Row::of_item(item, names)).collect();
    let shown = [
        Column::table_only("LINE", |row: &Row| row.line),
        Column::table_only("ACCOUNT", |row: &Row| row.account_id.clone()),
        Column::table_only("NEW EMAIL", |row: &Row| row.emails.as_ref().map(|(_, new)| new.clone())),
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
        Column::new(f::OLD_EMAIL.or_null(), |row: &Row| row.emails.as_ref().map(|(old, _)| old.clone())),
        Column::new(f::NEW_EMAIL.or_null(), |row: &Row| row.emails.as_ref().map(|(_, new)| new.clone())),
        Column::new(f::PLAN_STATUS, |row: &Row| row.status),
        Column::new(f::AWS_CODE.or_null(), |row: &Row| row.code.clone()),
        Column::new(f::MESSAGE.or_null(), |row: &Row| row.message.clone()),
        Column::new(f::REQUEST_ID.or_null(), |row: &Row| row.request_id.clone()),
        Column::new(f::TIME.or_null(), |row: &Row| row.time),
    ]
}
