//! Plans and what came of them, as rows.

use std::collections::BTreeMap;
use std::io;

use crate::cli::arguments::Form;
use crate::cli::rows::{self, Column};
use crate::domain::email_plan::{CheckedPlan, LineProblem, PlanItem, PlannedChange};
use crate::words::cli::plans as words;
use crate::words::record::message;

struct Planned<'a> {
    line: u64,
    account_id: String,
    change: Option<&'a PlannedChange>,
    status: &'static str,
    cause: Option<String>,
}

impl<'a> Planned<'a> {
    fn of(change: &'a PlannedChange, status: &'static str, cause: Option<String>) -> Self {
        Self { line: change.line, account_id: change.account.id.to_string(), change: Some(change), status, cause }
    }

    fn of_problem(problem: &LineProblem) -> Self {
        let cause = Some(words::problem(&problem.problem));
        Self { line: problem.line, account_id: problem.account.clone(), change: None, status: "problem", cause }
    }
}

/// What would be started; programs get all lines. `unanswered` has the lines with an open question, and its option.
pub(super) fn preview(checked: &CheckedPlan, unanswered: &BTreeMap<u64, String>, form: Form) -> io::Result<String> {
    let mut all: Vec<Planned<'_>> = Vec::with_capacity(checked.changes.len());
    for change in &checked.changes {
        all.push(match unanswered.get(&change.line) {
            Some(option) => Planned::of(change, "problem", Some(option.clone())),
            None => Planned::of(change, "would_start", None),
        });
    }
    if form != Form::Table {
        let same = checked.already.iter();
        all.extend(same.map(|already| Planned::of(&already.change, "already", Some(words::problem(&already.why)))));
        all.extend(checked.problems.iter().map(Planned::of_problem));
        all.sort_by_key(|row| row.line);
    }
    rows::write(form, &planned(), &all)
}

fn planned<'a>() -> Vec<Column<'static, Planned<'a>>> {
    vec![
        Column::new("line", |row: &Planned<'_>| row.line).head("LINE"),
        Column::new("account_id", |row: &Planned<'_>| row.account_id.clone()).head("ACCOUNT"),
        Column::new("name", |row: &Planned<'_>| row.change.map(|change| change.account.name.clone())).head("NAME"),
        Column::new("old_email", |row: &Planned<'_>| row.change.map(|change| change.account.email.clone()))
            .head("PRIMARY EMAIL"),
        Column::new("new_email", |row: &Planned<'_>| row.change.map(|change| change.new.to_string())).head("NEW EMAIL"),
        Column::new("status", |row: &Planned<'_>| row.status),
        Column::new("cause", |row: &Planned<'_>| row.cause.clone()),
    ]
}

pub(super) fn outcomes(items: &[PlanItem], form: Form) -> io::Result<String> {
    rows::write(form, &outcome(), items)
}

fn outcome() -> Vec<Column<'static, PlanItem>> {
    vec![
        Column::new("line", |item: &PlanItem| item.line).head("LINE"),
        Column::new("account_id", |item: &PlanItem| item.account.to_string()).head("ACCOUNT"),
        Column::new("old_email", |item: &PlanItem| item.old.clone()),
        Column::new("new_email", |item: &PlanItem| item.new.to_string()).head("NEW EMAIL"),
        Column::new("state", |item: &PlanItem| item.state.as_str()).head("STATE"),
        Column::table_only("SAID", |item: &PlanItem| {
            let code = item.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
            format!("{code}{}", item.message.as_deref().map(message).unwrap_or_default())
        }),
        Column::new("code", |item: &PlanItem| item.code.clone()),
        Column::new("message", |item: &PlanItem| item.message.as_deref().map(message)),
        Column::new("request_id", |item: &PlanItem| item.request_id.clone()),
        Column::new("at", |item: &PlanItem| item.at),
    ]
}
