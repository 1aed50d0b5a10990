//! Plans and what came of them, as columns for people and rows for programs.

use std::io;

use jiff::Timestamp;

use crate::cli::arguments::Form;
use crate::cli::rows;
use crate::domain::email_plan::{CheckedPlan, LineProblem, PlanItem, PlannedChange, results};
use crate::words::plans as words;

/// A line of a plan before anything is started.
#[derive(serde::Serialize)]
struct Planned<'a> {
    line: u64,
    account_id: &'a str,
    /// Null where that can't be told.
    name: Option<&'a str>,
    old_email: Option<&'a str>,
    new_email: Option<&'a str>,
    status: &'static str,
    cause: Option<String>,
}

/// What would be started.
pub(super) fn preview(checked: &CheckedPlan, form: Form) -> io::Result<String> {
    match form {
        Form::Table => {
            let row = |change: &PlannedChange| {
                let account = &change.account;
                let line = change.line.to_string();
                vec![line, account.id.to_string(), account.name.clone(), account.email.clone(), change.new.to_string()]
            };
            let head = ["LINE", "ACCOUNT", "NAME", "PRIMARY EMAIL", "NEW EMAIL"];
            Ok(rows::columns(&head, checked.changes.iter().map(row).collect()))
        }
        Form::Json | Form::Csv => programs(checked, form),
    }
}

/// What is wrong, and with the lines that nothing is wrong with: a program gets all lines.
pub(super) fn problems(checked: &CheckedPlan, form: Form) -> io::Result<String> {
    programs(checked, form)
}

fn programs(checked: &CheckedPlan, form: Form) -> io::Result<String> {
    let ids: Vec<String> = checked.changes.iter().map(|change| change.account.id.to_string()).collect();
    let good = checked.changes.iter().zip(&ids).map(|(change, id)| Planned {
        line: change.line,
        account_id: id,
        name: Some(&change.account.name),
        old_email: Some(&change.account.email),
        new_email: Some(change.new.as_str()),
        status: "would_start",
        cause: None,
    });
    let same_ids: Vec<String> = checked.already.iter().map(|already| already.change.account.id.to_string()).collect();
    let same = checked.already.iter().zip(&same_ids).map(|(already, id)| Planned {
        line: already.change.line,
        account_id: id,
        name: Some(&already.change.account.name),
        old_email: Some(&already.change.account.email),
        new_email: Some(already.change.new.as_str()),
        status: "already",
        cause: Some(already.why.to_string()),
    });
    let bad = checked.problems.iter().map(|problem: &LineProblem| Planned {
        line: problem.line,
        account_id: &problem.account,
        name: None,
        old_email: None,
        new_email: None,
        status: "problem",
        cause: Some(words::problem(&problem.problem)),
    });
    let mut all: Vec<Planned<'_>> = good.chain(same).chain(bad).collect();
    all.sort_by_key(|row| row.line);
    if form == Form::Json {
        return rows::json(&all);
    }
    let text = |cell: Option<&str>| cell.unwrap_or_default().to_owned();
    let row = |row: &Planned<'_>| {
        vec![
            row.line.to_string(),
            row.account_id.to_owned(),
            text(row.name),
            text(row.old_email),
            text(row.new_email),
            row.status.to_owned(),
            text(row.cause.as_deref()),
        ]
    };
    let head = ["line", "account_id", "name", "old_email", "new_email", "status", "cause"];
    rows::csv(&head, all.iter().map(row))
}

/// What came of a change.
#[derive(serde::Serialize)]
struct Outcome<'a> {
    line: u64,
    account_id: String,
    old_email: &'a str,
    new_email: &'a str,
    state: &'static str,
    code: Option<&'a str>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    #[serde(serialize_with = "crate::cli::rows::seconds")]
    at: Option<Timestamp>,
}

/// What came of a plan.
pub(super) fn outcomes<'a>(items: &'a [PlanItem], form: Form) -> io::Result<String> {
    match form {
        Form::Table => {
            let row = |item: &PlanItem| {
                let code = item.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
                let message = item.message.clone().unwrap_or_default();
                let (line, account) = (item.line.to_string(), item.account.to_string());
                vec![line, account, item.new.to_string(), item.state.as_str().to_owned(), format!("{code}{message}")]
            };
            let head = ["LINE", "ACCOUNT", "NEW EMAIL", "STATE", "SAID"];
            Ok(rows::columns(&head, items.iter().map(row).collect()))
        }
        Form::Json => {
            let outcome = |item: &'a PlanItem| Outcome {
                line: item.line,
                account_id: item.account.to_string(),
                old_email: &item.old,
                new_email: item.new.as_str(),
                state: item.state.as_str(),
                code: item.code.as_deref(),
                message: item.message.as_deref(),
                request_id: item.request_id.as_deref(),
                at: item.at,
            };
            rows::json(&items.iter().map(outcome).collect::<Vec<_>>())
        }
        Form::Csv => Ok(results(items)),
    }
}
