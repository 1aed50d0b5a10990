//! `rootdeck audit`: which root credentials the member accounts have.

mod history;
pub(super) mod kept;
pub(super) mod work;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::arguments::{Arguments, AuditArguments, AuditCommand, AuditNow, FailOn, Form, WhichAccounts};
use super::bulk;
use super::context::{CommandContext, Needs};
use super::error::{Came, CliError, Done, Exit};
use super::find::given_which;
use super::output::{self, print_error, print_note, shows_notes};
use super::rows;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::organization::UnitNames;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::RunReport;
use crate::words::api_error::headline;
use crate::words::cli::arguments::NO_KEPT_AUDITS;
use crate::words::cli::audit as words;
use crate::words::cli::program::no_units;
use crate::words::columns::accounts::path;
use crate::words::columns::audit::{Found, Row, Verdict, changes_column, columns};
use kept::KeptAudits;
use work::{Sorted, is_unread, of_each, print_unknown, row_of, sort_out};

pub(super) async fn run(arguments: &Arguments, wanted: &AuditArguments) -> Done {
    match &wanted.command {
        Some(AuditCommand::History(wanted)) => history::run(arguments, wanted).await,
        None => audit(arguments, &wanted.audit).await,
    }
}

async fn audit(arguments: &Arguments, wanted: &AuditNow) -> Done {
    if arguments.no_cache && (wanted.since_last || wanted.max_age.is_some()) {
        return Err(CliError::usage(NO_KEPT_AUDITS));
    }
    let which = given_which(arguments, wanted.accounts.which())?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let accounts = context.which(&which)?;
    // Before this audit takes their place.
    let kept = KeptAudits::read(&context, wanted.since_last, wanted.max_age).await?;
    let depth = if wanted.deep { AuditDepth::Deep } else { AuditDepth::Quick };
    let sorted = sort_out(&context, &accounts, &kept, depth)?;
    let is_named = matches!(which, WhichAccounts::Named(_));
    sorted.announce(&context, is_named)?;
    let run = sorted.run(depth);
    let Sorted { taken, answered, skipped } = sorted;
    let is_stream = *wanted.output == Form::Ndjson;
    let now = context.engine.now();
    let columns = columns(depth, now);
    let names = async || context.engine.unit_names_of(&accounts).await;
    // A table has no paths; a stream needs them from the first row on.
    let mut units = if is_stream { Some(names().await) } else { None };
    let mut streamed: Done = Ok(());
    let print = |report: &RunReport, at| {
        let row = is_stream.then(|| row_of(&taken, report, at)).flatten();
        if let Some(mut row) = row
            && kept.mark(&mut row)
            && streamed.is_ok()
        {
            place(&mut row, units.as_ref());
            streamed = output::deliver(rows::line(&columns, &row));
        }
    };
    let needs_names = !is_stream && *wanted.output != Form::Table;
    let reads = async {
        let late = async { if needs_names { Some(names().await) } else { None } };
        tokio::join!(bulk::work_with(&context.engine, run, "audit", print), late)
    };
    let (worked, late) = Box::pin(reads).await;
    units = units.or(late);
    if let Some(Err(error)) = &units {
        print_error(&no_units(headline(error)));
    }
    let interrupted = worked.interrupted;
    let incomplete = is_named && !skipped.is_empty();
    let of_kept: BTreeSet<AccountId> = answered.iter().map(|(account, _)| account.id).collect();
    let (mut rows, hidden) = kept.sorted_out(of_each(&taken, answered, skipped, worked));
    let unread_again = hidden.iter().filter(|row| is_unread(row)).count();
    for row in &mut rows {
        place(row, units.as_ref());
    }
    // What needs no second factor comes before everything else.
    let guarded = |row: &Row<'_>| !row.audit().is_some_and(RootAudit::lacks_mfa);
    rows.sort_by_key(|row| (row.verdict(now), guarded(row), row.account.id));
    // Of what was streamed, the rest.
    let is_rest = |row: &&Row<'_>| !matches!(row.found, Found::Audited(..)) || of_kept.contains(&row.account.id);
    let printed = if is_stream {
        streamed.and_then(|()| output::deliver(rows::write(Form::Ndjson, &columns, rows.iter().filter(is_rest))))
    } else {
        output::deliver(form(*wanted.output, &rows, depth, now))
    };
    // Why is in the rows as well.
    if shows_notes() {
        print_unknown(rows.iter().chain(&hidden), &context);
    }
    if wanted.since_last && rows.is_empty() {
        let read = hidden.iter().filter(|row| row.audit().is_some() && !is_unread(row)).count();
        print_note(&words::none_new(read, unread_again));
    } else {
        print_summary(&rows, unread_again, now);
    }
    printed?;
    let failed = FailsOn { what: &wanted.fail_on, incomplete, unread_again: unread_again > 0 };
    if interrupted { Exit::Interrupted.end() } else { exit(&rows, &failed, now).end() }
}

type Units = Result<UnitNames, ApiError>;

/// Says in a row where its account is.
fn place(row: &mut Row<'_>, units: Option<&Units>) {
    if let Some(units) = units {
        row.path = path(row.account, &units.as_ref().map_err(headline));
    }
}

/// The rows in this form; the table is without the accounts that are skipped.
fn form(form: Form, all: &[Row<'_>], depth: AuditDepth, now: Timestamp) -> std::io::Result<String> {
    let is_listed = |row: &&Row<'_>| form != Form::Table || !matches!(row.found, Found::Skipped(_));
    let mut columns = columns(depth, now);
    if all.iter().any(|row| row.new.is_some()) {
        columns.push(changes_column());
    }
    rows::write(form, &columns, all.iter().filter(is_listed))
}

fn print_summary(rows: &[Row<'_>], unread_again: usize, now: Timestamp) {
    let count = |verdict| rows.iter().filter(|row| row.verdict(now) == verdict).count();
    print_note(&words::sum(&words::Sum {
        accounts: rows.len(),
        findings: count(Verdict::Finding),
        lack_mfa: rows.iter().filter(|row| row.audit().is_some_and(RootAudit::lacks_mfa)).count(),
        unread: rows.iter().filter(|row| is_unread(row)).count(),
        clean: count(Verdict::Clean),
        not_audited: count(Verdict::NotAudited),
        skipped: count(Verdict::Skipped),
        unread_again,
    }));
}

struct FailsOn<'a> {
    what: &'a [FailOn],
    /// Accounts were named that can't be audited.
    incomplete: bool,
    /// Accounts that are not shown could not be read, as before.
    unread_again: bool,
}

/// A finding is one, whatever else was not read.
fn exit(rows: &[Row<'_>], on: &FailsOn<'_>, now: Timestamp) -> Exit {
    let is_not_read = |row: &Row<'_>| is_unread(row) || matches!(row.found, Found::NotAudited(_));
    let unread = on.incomplete || on.unread_again || rows.iter().any(is_not_read);
    let is_finding = |row: &Row<'_>| match &row.new {
        Some(new) => !new.findings.is_empty(),
        None => row.verdict(now) == Verdict::Finding,
    };
    let finding = rows.iter().any(is_finding);
    let failed = |what: &FailOn| match what {
        FailOn::Finding => finding,
        FailOn::Unread => unread,
    };
    if on.what.iter().any(failed) {
        return Exit::Failed;
    }
    let came = |row: &Row<'_>| if is_not_read(row) { Came::Failed } else { Came::Good };
    let skipped = on.incomplete.then_some(Came::Failed);
    Exit::of_each(&rows.iter().map(came).chain(skipped).collect::<Vec<_>>(), false, None)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
