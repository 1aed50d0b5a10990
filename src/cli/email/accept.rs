//! Accepting an email change with its one-time password.

use jiff::Timestamp;

use super::follow::{is_over, until_over};
use super::known::{apply_report, cached_facts, open};
use super::{code, forms};
use crate::cli::arguments::{AcceptEmail, Arguments, Consent};
use crate::cli::context::{CommandContext, Needs, print};
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::{self, print_error, print_note};
use crate::domain::account::Account;
use crate::domain::caller::short;
use crate::domain::cause::Cause;
use crate::domain::change::Change;
use crate::domain::email::EmailAddress;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, StartedEmailChange, StartedProgress};
use crate::domain::emails::EmailFacts;
use crate::domain::write::{Seen, WriteOutcome};
use crate::words::api_error::headline;
use crate::words::cli::email as words;
use crate::words::cli::program::DEMO_FORGETS;
use crate::words::email::{ADDRESS_UNKNOWN, without_address};
use crate::words::time::left;

pub(super) async fn accept(arguments: &Arguments, wanted: &AcceptEmail) -> Done {
    wanted.consent.check()?;
    let name = wanted.account.clone().unwrap_or_default();
    let context = CommandContext::read_about(arguments, std::slice::from_ref(&name), Needs::Emails).await?;
    let account = context.find(&name)?;
    let facts = match (cached_facts(&context, account.id).await, &wanted.new_email) {
        (Ok(facts), _) => facts,
        (Err(_), Some(_)) => EmailFacts::default(),
        (Err(error), None) => return Err(error),
    };
    let is_accepted = |started: &StartedEmailChange| started.progress == StartedProgress::Accepted;
    if wanted.new_email.is_none() && facts.started.as_ref().is_some_and(is_accepted) {
        return accepted_already(&context, account, facts, wanted).await;
    }
    let addresses = addresses(&context, account, &facts, wanted.new_email.as_ref()).await?;
    let [newest, earlier @ ..] = addresses.as_slice() else { return Exit::NotPermitted.end() };
    let acceptance = |new: &EmailAddress, otp| Change::AcceptEmailChange { account: account.id, new: new.clone(), otp };
    let judged = acceptance(newest, None);
    context.permit_change(&judged, account, None, &wanted.consent).await?;
    announce(&context, (account, &facts), (&judged, &addresses), &wanted.consent);
    let (new, otp) = code::ask(account.id, &addresses).await?;
    if !earlier.is_empty() {
        print_note(&words::code_taken_for(new));
    }
    send(&context, account, facts.clone(), acceptance(new, Some(otp)), wanted).await
}

/// The addresses whose password may have come, the newest first. That there is none is complained of.
async fn addresses<'a>(
    context: &CommandContext,
    account: &Account,
    facts: &'a EmailFacts,
    named: Option<&'a EmailAddress>,
) -> Result<Vec<&'a EmailAddress>, CliError> {
    if let Some(named) = named {
        return Ok(vec![named]);
    }
    let now = context.engine.now();
    let open = open(facts);
    let waiting: Vec<&EmailAddress> =
        open.iter().filter(|change| !change.is_expired(now)).map(|change| &change.new).collect();
    if !waiting.is_empty() {
        return Ok(waiting);
    }
    let id = account.id;
    if let Some(expired) = open.first() {
        return Err(CliError::not_ready(words::code_too_old(&expired.new, context.email_command("resend", id))));
    }
    let error = CliError::not_ready(words::none_waits(&account.name, id));
    if context.is_demo() {
        return Err(error.and(DEMO_FORGETS));
    }
    Err(match context.engine.email_change(id).await {
        Ok(report) if report.status == EmailChangeStatus::Pending => {
            error.and(words::name_the_address(lacks_address(facts, report, now)))
        }
        Ok(report) => error.and(words::shows_status(report.status.as_str())),
        Err(failed) => {
            error.print();
            context.error(&failed).ending(Exit::NotPermitted)
        }
    })
}

fn lacks_address(facts: &EmailFacts, report: EmailChangeReport, now: Timestamp) -> &'static str {
    let mut facts = facts.clone();
    apply_report(&mut facts, Ok(report), now);
    without_address(&facts.state(now)).unwrap_or(ADDRESS_UNKNOWN)
}

/// A run before this one has done it; all that is left is to see what became of it.
async fn accepted_already(
    context: &CommandContext,
    account: &Account,
    mut facts: EmailFacts,
    wanted: &AcceptEmail,
) -> Done {
    print_note(words::ACCEPTED_ALREADY);
    let report = context.engine.email_change(account.id).await;
    let report = report.map_err(|error| context.error(&error).ending(Exit::Unknown))?;
    apply_report(&mut facts, Ok(report), context.engine.now());
    finish(context, account, facts, wanted).await
}

/// Says what would be done. Typing the one-time password after that is what confirms it.
fn announce(
    context: &CommandContext,
    (account, facts): (&Account, &EmailFacts),
    (change, addresses): (&Change, &[&EmailAddress]),
    consent: &Consent,
) {
    let [newest, earlier @ ..] = addresses else { return };
    print(change, Some(account), consent);
    consent.tell(&words::now_then(&account.email, newest));
    context.print_command(change);
    if let Some(started) = facts.started.as_ref().filter(|started| started.new == **newest) {
        let remaining = left(started.time_left(context.engine.now()));
        consent.tell(&words::started_by(started.started, started.by.as_deref().map(short), &remaining));
    }
    for address in earlier {
        consent.tell(&words::earlier_start(address));
    }
}

async fn send(
    context: &CommandContext,
    account: &Account,
    facts: EmailFacts,
    change: Change,
    wanted: &AcceptEmail,
) -> Done {
    let written = context.write(CommandContext::request(change, Some(account), &wanted.consent)).await;
    let now = context.engine.now();
    // The password may have settled which of several starts counts.
    let mut facts = cached_facts(context, account.id).await.unwrap_or(facts);
    let report = match written.seen {
        Seen::Email { report, .. } => report.ok(),
        _ => None,
    };
    // Whether AWS is seen to be past the password; what was reported of an earlier change is not.
    let mut shown = facts.clone();
    if let Some(report) = &report {
        apply_report(&mut shown, Ok(report.clone()), now);
    }
    let past =
        |status: &EmailChangeStatus| matches!(status, EmailChangeStatus::Accepted | EmailChangeStatus::Completed);
    let is_past = shown.report().is_some_and(|report| past(&report.status));
    match &written.outcome {
        WriteOutcome::Taken(status) if !is_past && !is_over(&shown) => {
            // The report lags behind the answer.
            let status = status.clone().unwrap_or(EmailChangeStatus::Accepted);
            apply_report(&mut facts, Ok(EmailChangeReport { status, updated: Some(now) }), now);
        }
        WriteOutcome::Taken(_) => facts = shown,
        WriteOutcome::Unknown(error) | WriteOutcome::Refused(error) if is_past => {
            print_error(&words::accepted_all_the_same(headline(error)));
            facts = shown;
        }
        outcome => return refused(context, account, outcome, (shown, now), wanted),
    }
    finish(context, account, facts, wanted).await
}

fn refused(
    context: &CommandContext,
    account: &Account,
    outcome: &WriteOutcome,
    (facts, now): (EmailFacts, Timestamp),
    wanted: &AcceptEmail,
) -> Done {
    let id = account.id;
    match (context.judge(outcome, None), outcome) {
        (Ok(_), WriteOutcome::Unknown(error)) => {
            let row = forms::row(account, facts).unknown(headline(error));
            output::deliver(forms::single(&row, *wanted.output, now)).unwrap_or_else(|error| error.print());
            let look = context.email_command("status", id);
            Err(CliError::unknown(words::look_first(look)))
        }
        (Ok(_), _) => Ok(()),
        (Err(error), WriteOutcome::Refused(refused))
            if matches!(Cause::of(refused), Cause::CodeNotAccepted | Cause::CodeExpired) =>
        {
            let resend = context.email_command("resend", id);
            Err(error.and(words::still_waits(resend)))
        }
        (Err(error), _) => Err(error),
    }
}

async fn finish(context: &CommandContext, account: &Account, mut facts: EmailFacts, wanted: &AcceptEmail) -> Done {
    let over = if wanted.wait { until_over(context, account, &mut facts).await } else { Ok(()) };
    let row = forms::row(account, facts.clone());
    let printed = output::deliver(forms::single(&row, *wanted.output, context.engine.now()));
    over?;
    let id = account.id;
    match facts.report().map(|report| &report.status) {
        Some(EmailChangeStatus::Failed) => return Err(CliError::failed(words::CHANGE_FAILED)),
        Some(EmailChangeStatus::Completed) => match context.engine.primary_email(id).await {
            Ok(email) => print_note(&words::primary_email_is(id, email)),
            Err(error) => print_error(&words::address_unread(headline(&error))),
        },
        status => print_note(&words::tells(words::carried_out(status), context.email_command("status", id))),
    }
    printed
}
