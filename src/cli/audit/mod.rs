//! `rootdeck audit`: which root credentials the member accounts have.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::arguments::{Arguments, AuditArguments, FailOn, Form, WhichAccounts};
use super::bulk::{self, Worked};
use super::context::CommandContext;
use super::error::{Came, CliError, Done, Exit};
use super::output::{self, print_error, print_note};
use super::rows;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::permit::Refusal;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::words::cli::audit as words;
use crate::words::columns::audit::{Found, Row, Verdict, columns};
use crate::words::refusal::refusal as refusal_words;

pub(super) async fn run(arguments: &Arguments, wanted: &AuditArguments) -> Done {
    let context = CommandContext::read(arguments).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let which = WhichAccounts::joined(&wanted.accounts);
    let accounts = match &which {
        WhichAccounts::All => context.accounts.iter().collect(),
        WhichAccounts::Named(names) => context.find_each(names)?,
    };
    let (taken, skipped) = sort_out(&context, accounts)?;
    print_skipped(&skipped);
    let is_named = matches!(which, WhichAccounts::Named(_));
    if taken.is_empty() && is_named {
        return Err(CliError::not_ready(words::NONE_AUDITED));
    }
    context.print_alarms();
    let depth = if wanted.deep { AuditDepth::Deep } else { AuditDepth::Quick };
    let run = Run::Audit { accounts: taken.iter().map(|&account| account.clone()).collect(), depth };
    let is_stream = *wanted.output == Form::Ndjson;
    let columns = columns(depth, Timestamp::now());
    let mut streamed: Done = Ok(());
    let print = |report: &RunReport, at| {
        let row = is_stream.then(|| row_of(&taken, report, at)).flatten();
        if let Some(row) = row
            && streamed.is_ok()
        {
            streamed = output::deliver(rows::line(&columns, &row));
        }
    };
    let worked = bulk::work_with(&context.engine, run, "audit", print).await;
    let interrupted = worked.interrupted;
    let incomplete = is_named && !skipped.is_empty();
    let mut rows = of_each(&taken, skipped, worked);
    // What needs no second factor comes before everything else.
    let guarded = |row: &Row<'_>| !row.audit().is_some_and(RootAudit::lacks_mfa);
    rows.sort_by_key(|row| (row.verdict(), guarded(row), row.account.id));
    // Of what was streamed, the rest.
    let is_rest = |row: &&Row<'_>| !matches!(row.found, Found::Audited(..));
    let printed = if is_stream {
        streamed.and_then(|()| output::deliver(rows::write(Form::Ndjson, &columns, rows.iter().filter(is_rest))))
    } else {
        output::deliver(form(*wanted.output, &rows, depth, Timestamp::now()))
    };
    print_unknown(&rows, &context);
    print_summary(&rows);
    printed?;
    if interrupted { Exit::Interrupted.end() } else { exit(&rows, incomplete, &wanted.fail_on).end() }
}

type Skipped<'a> = Vec<(&'a Account, String)>;

/// The accounts to look at, and those that AWS opens no root session in.
fn sort_out<'a>(
    context: &CommandContext,
    accounts: Vec<&'a Account>,
) -> Result<(Vec<&'a Account>, Skipped<'a>), CliError> {
    let task = TaskPolicy::AuditRootCredentials;
    let (mut taken, mut skipped) = (Vec::new(), Vec::new());
    for account in accounts {
        match context.permit(task, account) {
            Ok(()) => taken.push(account),
            Err(refusal @ (Refusal::RootOfManagement | Refusal::NotActive(_))) => {
                skipped.push((account, refusal_words(&refusal)));
            }
            Err(refusal) => return Err(context.refusal(&refusal, task)),
        }
    }
    Ok((taken, skipped))
}

fn row_of<'a>(taken: &[&'a Account], report: &RunReport, at: Timestamp) -> Option<Row<'a>> {
    let RunReport::Audited(id, audit) = report else { return None };
    let account = taken.iter().find(|account| account.id == *id)?;
    Some(Row { account, found: Found::Audited(audit.clone(), at) })
}

fn of_each<'a>(taken: &[&'a Account], skipped: Skipped<'a>, worked: Worked) -> Vec<Row<'a>> {
    let mut found: BTreeMap<AccountId, (Box<RootAudit>, Timestamp)> = BTreeMap::new();
    for (report, at) in worked.reports {
        if let RunReport::Audited(id, audit) = report {
            found.insert(id, (audit, at));
        }
    }
    let audited = taken.iter().map(|&account| {
        let found = found
            .remove(&account.id)
            .map_or(Found::NotAudited(Some(words::INTERRUPTED)), |(audit, at)| Found::Audited(audit, at));
        Row { account, found }
    });
    let mut rows: Vec<Row<'a>> = audited.collect();
    rows.extend(skipped.into_iter().map(|(account, why)| Row { account, found: Found::Skipped(why) }));
    rows
}

/// The rows in this form; the table is without the accounts that are skipped.
fn form(form: Form, all: &[Row<'_>], depth: AuditDepth, now: Timestamp) -> std::io::Result<String> {
    let is_listed = |row: &&Row<'_>| form != Form::Table || !matches!(row.found, Found::Skipped(_));
    rows::write(form, &columns(depth, now), all.iter().filter(is_listed))
}

fn print_skipped(skipped: &[(&Account, String)]) {
    let mut reasons: BTreeMap<&str, Vec<AccountId>> = BTreeMap::new();
    for (account, why) in skipped {
        reasons.entry(why).or_default().push(account.id);
    }
    for (why, ids) in reasons {
        print_error(&words::skipped(words::list(&ids), why));
    }
}

fn print_unknown(rows: &[Row<'_>], context: &CommandContext) {
    let mut reasons: Vec<(&ApiError, Vec<AccountId>)> = Vec::new();
    for row in rows {
        let Some(error) = row.audit().and_then(RootAudit::error) else { continue };
        let reason = |error: &ApiError| -> (&'static str, ApiErrorKind, Option<String>) {
            (error.operation, error.kind, error.code.clone())
        };
        match reasons.iter_mut().find(|(other, _)| reason(other) == reason(error)) {
            Some((_, ids)) => ids.push(row.account.id),
            None => reasons.push((error, vec![row.account.id])),
        }
    }
    for (error, ids) in reasons {
        print_error(&words::not_read(words::list(&ids)));
        context.print_api_error(error);
    }
}

fn print_summary(rows: &[Row<'_>]) {
    let count = |verdict| rows.iter().filter(|row| row.verdict() == verdict).count();
    print_note(&words::sum(&words::Sum {
        accounts: rows.len(),
        findings: count(Verdict::Finding),
        lack_mfa: rows.iter().filter(|row| row.audit().is_some_and(RootAudit::lacks_mfa)).count(),
        unread: rows.iter().filter(|row| is_unread(row)).count(),
        clean: count(Verdict::Clean),
        not_audited: count(Verdict::NotAudited),
        skipped: count(Verdict::Skipped),
    }));
}

fn is_unread(row: &Row<'_>) -> bool {
    row.audit().is_some_and(|audit| audit.error().is_some())
}

/// `incomplete` says that accounts were named that can't be audited. A finding is one, whatever else was not read.
fn exit(rows: &[Row<'_>], incomplete: bool, fail_on: &[FailOn]) -> Exit {
    let is_not_read = |row: &Row<'_>| is_unread(row) || matches!(row.found, Found::NotAudited(_));
    let unread = incomplete || rows.iter().any(is_not_read);
    let finding = rows.iter().any(|row| row.verdict() == Verdict::Finding);
    let failed = |what: &FailOn| match what {
        FailOn::Finding => finding,
        FailOn::Unread => unread,
    };
    if fail_on.iter().any(failed) {
        return Exit::Failed;
    }
    let came = |row: &Row<'_>| if is_not_read(row) { Came::Failed } else { Came::Good };
    let skipped = incomplete.then_some(Came::Failed);
    Exit::of_each(&rows.iter().map(came).chain(skipped).collect::<Vec<_>>(), false, None)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
