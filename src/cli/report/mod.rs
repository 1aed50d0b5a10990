//! `rootdeck report`: one file for an audit.

mod contacts;
mod files;

use super::arguments::{Arguments, FailOn, ReportArguments, ReportForm, WhichAccounts};
use super::audit::kept::KeptAudits;
use super::audit::work::{Sorted, of_each, print_unknown, sort_out};
use super::bulk;
use super::contacts::sort_out as sort_out_contacts;
use super::context::{CommandContext, Needs};
use super::error::{Came, CliError, Done, Exit};
use super::find::given_which;
use super::output::{self, print_error, print_note, shows_notes};
use super::version::VERSION;
use crate::domain::audit_difference::differences;
use crate::domain::recovery::LeftOpen;
use crate::domain::report::{Comparison, EarlierReport, Reading, Report, ReportedAccount, Source, compare};
use crate::domain::root_credentials::AuditDepth;
use crate::words::cli::arguments::NO_KEPT_AUDITS;
use crate::words::cli::report as words;
use crate::words::columns::audit::{Found, Row};
use crate::words::report::{html, markdown, ocsf};
use crate::words::root_access::accounts as accounts_of;
use files::{Files, Since};

pub(super) async fn run(arguments: &Arguments, wanted: &ReportArguments) -> Done {
    // What is wrong with a file is told before a root session is opened.
    let files = Files::read(arguments, wanted)?;
    if arguments.no_cache && (wanted.max_age.is_some() || matches!(files.since, Some(Since::Time(_)))) {
        return Err(CliError::usage(NO_KEPT_AUDITS));
    }
    let which = given_which(arguments, WhichAccounts::joined(&wanted.accounts))?;
    let context = CommandContext::read_which(arguments, &which, Needs::Switches).await?;
    context.engine.give_reason(wanted.purpose.reason.as_deref());
    let accounts = context.which(&which)?;
    // What stops contacts is told before a root session is opened.
    let contacts = if wanted.contacts { Some(sort_out_contacts(&context, &accounts)?) } else { None };
    let kept = KeptAudits::read(&context, false, wanted.max_age).await?;
    let depth = if wanted.quick { AuditDepth::Quick } else { AuditDepth::Deep };
    let sorted = sort_out(&context, &accounts, &kept, depth)?;
    let is_named = matches!(which, WhichAccounts::Named(_));
    sorted.announce(&context, is_named)?;
    let run = sorted.run(depth);
    let Sorted { taken, answered, skipped } = sorted;
    let is_skipped = is_named && !skipped.is_empty();
    let worked = Box::pin(bulk::work(&context.engine, run, "audit")).await;
    let mut interrupted = worked.interrupted;
    let rows = of_each(&taken, answered, skipped, worked);
    let mut reported: Vec<ReportedAccount> = rows.iter().map(account).collect();
    if let Some(sorted) = contacts.filter(|_| !interrupted) {
        interrupted |= contacts::read_into(&context, sorted, &mut reported).await;
    }
    reported.sort_by_key(|account| account.id);
    let report = assemble(&context, wanted, depth, reported, &files, !is_named).await?;
    let text = match wanted.format {
        ReportForm::Markdown => markdown(&report),
        ReportForm::Html => html(&report),
        ReportForm::Ocsf => ocsf(&report)?,
    };
    if shows_notes() {
        print_unknown(&rows, &context);
    }
    deliver(wanted, &text)?;
    print_sum(&report);
    if interrupted { Exit::Interrupted.end() } else { exit(&report, is_skipped, &wanted.fail_on).end() }
}

fn account(row: &Row<'_>) -> ReportedAccount {
    let reading = match &row.found {
        Found::Audited(audit, at) => Reading::Audited(audit.clone(), *at),
        Found::NotAudited(why) => Reading::NotAudited(why.unwrap_or_default().to_owned()),
        Found::Skipped(why) => Reading::Skipped(why.clone()),
    };
    ReportedAccount {
        id: row.account.id,
        name: row.account.name.clone(),
        email: row.account.email.clone(),
        reading,
        contacts: None,
        contacts_skipped: None,
        findings: Vec::new(),
    }
}

async fn assemble(
    context: &CommandContext,
    wanted: &ReportArguments,
    depth: AuditDepth,
    accounts: Vec<ReportedAccount>,
    files: &Files,
    is_whole: bool,
) -> Result<Report, CliError> {
    let facts = context.facts(None);
    let Some(organization) = facts.organization else { return Err(CliError::failed(words::NO_ORGANIZATION)) };
    let mut report = Report {
        organization: organization.id.clone(),
        management_account: organization.management_account,
        features: facts.root_features.cloned(),
        caller: context.engine.caller().arn.clone(),
        endpoint: facts.endpoint.map(ToOwned::to_owned),
        made: context.engine.now(),
        version: VERSION.to_owned(),
        depth,
        accounts,
        has_contacts: wanted.contacts,
        exceptions: Vec::new(),
        exceptions_file: files.exceptions_file.clone(),
        comparison: None,
        recoveries: context.engine.left_open().await.ok(),
    };
    let is_reported = |one: &LeftOpen| report.accounts.iter().any(|account| account.id == one.account);
    report.recoveries = report.recoveries.take().map(|all| all.into_iter().filter(is_reported).collect());
    report.judge(files.exceptions.clone(), is_whole);
    report.comparison = compared(context, &report, files, is_whole).await?;
    Ok(report)
}

async fn compared(
    context: &CommandContext,
    report: &Report,
    files: &Files,
    is_whole: bool,
) -> Result<Option<Comparison>, CliError> {
    let mut comparison = match &files.since {
        None => return Ok(None),
        Some(Since::File(path, earlier)) => {
            if earlier.organization != report.organization {
                return Err(CliError::usage(words::other_organization(
                    path,
                    &earlier.organization,
                    &report.organization,
                )));
            }
            compare(report, Source::File { path: path.clone(), made: earlier.made }, earlier)
        }
        Some(Since::Time(at)) => {
            let audits = context.audits_as_of(*at).await?;
            if audits.is_empty() {
                print_note(words::NO_AUDITS_THEN);
            }
            let earlier = EarlierReport::from_audits(*at, &report.organization, &audits);
            let mut comparison = compare(report, Source::History(*at), &earlier);
            for account in &report.accounts {
                if let (Some(before), Some(after)) = (audits.get(&account.id), account.audit()) {
                    let found = differences(before, after).into_iter();
                    comparison.differences.extend(found.map(|one| (account.id, one)));
                }
            }
            comparison
        }
    };
    if !is_whole {
        // A report about some accounts says nothing of the others.
        comparison.missing_now.clear();
    }
    Ok(Some(comparison))
}

fn deliver(wanted: &ReportArguments, text: &str) -> Done {
    let Some(path) = &wanted.out else { return output::deliver(Ok(text.to_owned())) };
    files::save(path, text, wanted.force)?;
    print_note(&words::written(path.display()));
    Ok(())
}

fn print_sum(report: &Report) {
    let unread = report.accounts.iter().filter(|account| is_unread(account)).count();
    let excepted = report.accounts.iter().flat_map(|account| &account.findings);
    let excepted = excepted.filter(|one| one.exception.is_some()).count();
    for one in &report.exceptions {
        if let Some(text) = words::exception(one) {
            print_error(&text);
        }
    }
    print_note(&words::sum(&accounts_of(report.accounts.len()), report.open().count(), excepted, unread));
}

fn is_unread(account: &ReportedAccount) -> bool {
    match &account.reading {
        Reading::Skipped(_) => account.contacts.as_ref().is_some_and(|contacts| contacts.errors().next().is_some()),
        Reading::Audited(..) | Reading::NotAudited(_) => {
            !account.is_read() || account.contacts.as_ref().is_some_and(|contacts| contacts.errors().next().is_some())
        }
    }
}

/// As an audit ends: a finding is one, whatever else was not read.
fn exit(report: &Report, is_skipped: bool, fail_on: &[FailOn]) -> Exit {
    let unread = is_skipped || report.accounts.iter().any(is_unread);
    let failed = |what: &FailOn| match what {
        FailOn::Finding => report.open().next().is_some(),
        FailOn::Unread => unread,
    };
    if fail_on.iter().any(failed) {
        return Exit::Failed;
    }
    let came = |account: &ReportedAccount| if is_unread(account) { Came::Failed } else { Came::Good };
    let skipped = is_skipped.then_some(Came::Failed);
    Exit::of_each(&report.accounts.iter().map(came).chain(skipped).collect::<Vec<_>>(), false, None)
}
