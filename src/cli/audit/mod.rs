//! `rootdeck audit`: which root credentials the member accounts have.

mod kept;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::arguments::{Arguments, AuditArguments, FailOn, Form, WhichAccounts};
use super::bulk::{self, Worked};
use super::context::{CommandContext, Needs};
use super::error::{Came, CliError, Done, Exit};
use super::find::given_which;
use super::output::{self, print_error, print_note, shows_notes};
use super::rows;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::organization::UnitNames;
use crate::domain::permit::Refusal;
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::run::{Run, RunReport};
use crate::domain::task_policy::TaskPolicy;
use crate::words::api_error::headline;
use crate::words::cli::arguments::NO_KEPT_AUDITS;
use crate::words::cli::audit as words;
use crate::words::cli::program::no_units;
use crate::words::cli::status::NOT_CHECKED;
use crate::words::columns::accounts::path;
use crate::words::columns::audit::{Found, Row, Verdict, columns};
use crate::words::refusal::refusal as refusal_words;
use crate::words::root_access::accounts as accounts_of;
use crate::words::time::ago;
use kept::KeptAudits;

pub(super) async fn run(arguments: &Arguments, wanted: &AuditArguments) -> Done {
    if arguments.no_cache && (wanted.since_last || wanted.max_age.is_some()) {
        return Err(CliError::usage(NO_KEPT_AUDITS));
    }
    let which = given_which(wanted.accounts.which())?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let accounts = context.which(&which)?;
    // Before this audit takes their place.
    let kept = KeptAudits::read(&context, wanted).await?;
    let depth = if wanted.deep { AuditDepth::Deep } else { AuditDepth::Quick };
    let Sorted { taken, answered, skipped } = sort_out(&context, &accounts, &kept, depth)?;
    print_skipped(&skipped);
    let is_named = matches!(which, WhichAccounts::Named(_));
    if taken.is_empty() && answered.is_empty() && is_named {
        return Err(CliError::not_ready(words::NONE_AUDITED));
    }
    if !taken.is_empty() {
        context.print_alarms(false);
    }
    if let Some(oldest) = answered.iter().map(|(_, known)| known.at).min() {
        print_note(&words::from_kept(answered.len(), &ago(oldest, context.engine.now())));
    }
    let run = Run::Audit { accounts: taken.iter().map(|&account| account.clone()).collect(), depth };
    let is_stream = *wanted.output == Form::Ndjson;
    let columns = columns(depth, Timestamp::now());
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
    let mut rows = of_each(&taken, answered, skipped, worked);
    let audited = rows.len();
    rows.retain_mut(|row| kept.mark(row));
    for row in &mut rows {
        place(row, units.as_ref());
    }
    // What needs no second factor comes before everything else.
    let guarded = |row: &Row<'_>| !row.audit().is_some_and(RootAudit::lacks_mfa);
    rows.sort_by_key(|row| (row.verdict(), guarded(row), row.account.id));
    // Of what was streamed, the rest.
    let is_rest = |row: &&Row<'_>| !matches!(row.found, Found::Audited(..)) || of_kept.contains(&row.account.id);
    let printed = if is_stream {
        streamed.and_then(|()| output::deliver(rows::write(Form::Ndjson, &columns, rows.iter().filter(is_rest))))
    } else {
        output::deliver(form(*wanted.output, &rows, depth, Timestamp::now()))
    };
    // Why is in the rows as well.
    if shows_notes() {
        print_unknown(&rows, &context);
    }
    if wanted.since_last && rows.is_empty() {
        print_note(&words::none_new(accounts_of(audited)));
    } else {
        print_summary(&rows);
    }
    printed?;
    if interrupted { Exit::Interrupted.end() } else { exit(&rows, incomplete, &wanted.fail_on).end() }
}

type Units = Result<UnitNames, ApiError>;

/// Says in a row where its account is.
fn place(row: &mut Row<'_>, units: Option<&Units>) {
    if let Some(units) = units {
        row.path = path(row.account, &units.as_ref().map_err(headline));
    }
}

type Answered<'a> = Vec<(&'a Account, Known<RootAudit>)>;

struct Sorted<'a> {
    /// The accounts to look at.
    taken: Vec<&'a Account>,
    /// Those whose kept audit answers.
    answered: Answered<'a>,
    /// Those that AWS opens no root session in.
    skipped: Skipped<'a>,
}

type Skipped<'a> = Vec<(&'a Account, String)>;

fn sort_out<'a>(
    context: &CommandContext,
    accounts: &[&'a Account],
    kept: &KeptAudits,
    depth: AuditDepth,
) -> Result<Sorted<'a>, CliError> {
    let task = TaskPolicy::AuditRootCredentials;
    let mut sorted = Sorted { taken: Vec::new(), answered: Vec::new(), skipped: Vec::new() };
    for &account in accounts {
        let answer = kept.answer(account.id, depth).cloned();
        match (context.permit(task, account), answer) {
            (Err(refusal @ (Refusal::RootOfManagement | Refusal::NotActive(_))), _) => {
                sorted.skipped.push((account, refusal_words(&refusal)));
            }
            // It needs no session, so nothing has to be open for one.
            (_, Some(known)) => sorted.answered.push((account, known)),
            (Ok(()), None) => sorted.taken.push(account),
            (Err(refusal), None) => return Err(context.refusal(&refusal, task)),
        }
    }
    Ok(sorted)
}

fn row(account: &Account, found: Found) -> Row<'_> {
    Row { account, found, path: Err(NOT_CHECKED.to_owned()), new: None }
}

fn row_of<'a>(taken: &[&'a Account], report: &RunReport, at: Timestamp) -> Option<Row<'a>> {
    let RunReport::Audited(id, audit) = report else { return None };
    let account = taken.iter().find(|account| account.id == *id)?;
    Some(row(account, Found::Audited(audit.clone(), at)))
}

fn of_each<'a>(taken: &[&'a Account], answered: Answered<'a>, skipped: Skipped<'a>, worked: Worked) -> Vec<Row<'a>> {
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
        row(account, found)
    });
    let mut rows: Vec<Row<'a>> = audited.collect();
    let of_kept = |(account, known): (&'a Account, Known<RootAudit>)| {
        row(account, Found::Audited(Box::new(known.value), known.at))
    };
    rows.extend(answered.into_iter().map(of_kept));
    rows.extend(skipped.into_iter().map(|(account, why)| row(account, Found::Skipped(why))));
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
        print_note(&words::skipped(words::list(&ids), why));
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
