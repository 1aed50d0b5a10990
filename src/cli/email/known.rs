//! What this machine and AWS know of email changes, judged as the dashboard judges it.

use jiff::Timestamp;

use crate::cli::context::CommandContext;
use crate::cli::error::CliError;
use crate::cli::output::print_error;
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::email_change::{EmailChangeReport, StartedEmailChange};
use crate::domain::emails::{EmailFacts, Emails};
use crate::domain::stored::Stored;
use crate::words::cli::email as words;
use crate::words::email::ADDRESS_UNKNOWN;
use crate::words::time::ago;

pub(super) async fn cached_emails(context: &CommandContext) -> Result<Emails, CliError> {
    Ok(emails_of(context.stored().await?))
}

pub(in crate::cli) fn emails_of(stored: Stored) -> Emails {
    let Stored { started, earlier, journaled_starts, alarms, .. } = stored;
    let mut emails = Emails::default();
    emails.set_started(started, earlier);
    emails.set_journaled(journaled_starts);
    emails.set_alarms(alarms);
    emails
}

pub(super) async fn cached_facts(context: &CommandContext, account: AccountId) -> Result<EmailFacts, CliError> {
    Ok(cached_emails(context).await?.get(account).cloned().unwrap_or_default())
}

/// Says that a change was started elsewhere, if AWS has not said since that it is over.
pub(super) fn print_alarm(id: AccountId, facts: &EmailFacts, now: Timestamp) {
    if let Some(known) = facts.change.last().filter(|_| facts.is_alarm(now)) {
        let status = known.value.status.as_str();
        print_error(&words::started_elsewhere(id, status, ago(known.at, now), ADDRESS_UNKNOWN));
    }
}

pub(in crate::cli) fn apply_report(facts: &mut EmailFacts, report: Result<EmailChangeReport, ApiError>, at: Timestamp) {
    facts.change.set(report, at);
    facts.follow_report();
}

pub(super) fn open(facts: &EmailFacts) -> Vec<&StartedEmailChange> {
    facts.started.iter().chain(&facts.earlier).filter(|change| !change.progress.is_final()).collect()
}
