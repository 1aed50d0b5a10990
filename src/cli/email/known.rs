//! What this machine and AWS know of email changes, judged as the dashboard judges it.

use jiff::Timestamp;

use crate::cli::error::CliError;
use crate::cli::ground::Ground;
use crate::cli::output::complain;
use crate::domain::account::AccountId;
use crate::domain::email_change::{EmailChangeReport, StartedEmailChange};
use crate::domain::emails::{EmailFacts, Emails};
use crate::domain::fault::Fault;
use crate::domain::stored::Stored;
use crate::words::email::ADDRESS_UNKNOWN;
use crate::words::time::ago;

/// What is kept on this machine.
pub(super) async fn kept(ground: &Ground) -> Result<Emails, CliError> {
    let Stored { started, earlier, journaled_starts, alarms, .. } = ground.stored().await?;
    let mut emails = Emails::default();
    emails.set_started(started, earlier);
    emails.set_journaled(journaled_starts);
    emails.set_alarms(alarms);
    Ok(emails)
}

/// What is kept of one account.
pub(super) async fn kept_of(ground: &Ground, account: AccountId) -> Result<EmailFacts, CliError> {
    Ok(kept(ground).await?.get(account).cloned().unwrap_or_default())
}

/// Says that a change was open that was started elsewhere, as far as is known: AWS has not said since that
/// it is over.
pub(super) fn tell_alarm(id: AccountId, facts: &EmailFacts, now: Timestamp) {
    if let Some(known) = facts.change.state().last().filter(|_| facts.is_alarm(now)) {
        let status = known.value.status.as_str();
        complain(&format!(
            "{id}: started elsewhere, {status} when AWS was asked {}; {ADDRESS_UNKNOWN}",
            ago(known.at, now)
        ));
    }
}

/// Takes what AWS tells of the account's newest change.
pub(super) fn take_report(facts: &mut EmailFacts, report: Result<EmailChangeReport, Fault>, at: Timestamp) {
    facts.change.set(report, at);
    facts.follow_report();
}

/// The changes from here that are not over, the newest first.
pub(super) fn open(facts: &EmailFacts) -> Vec<&StartedEmailChange> {
    facts.started.iter().chain(&facts.earlier).filter(|change| !change.progress.is_final()).collect()
}
