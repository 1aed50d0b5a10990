//! What this machine and AWS know of email changes, judged as the dashboard judges it.

use jiff::Timestamp;

use crate::app::emails::{EmailFacts, Emails};
use crate::app::msg::Stored;
use crate::cli::Exit;
use crate::cli::ground::Ground;
use crate::domain::account::AccountId;
use crate::domain::email_change::{EmailChangeReport, StartedEmailChange};
use crate::domain::fault::Fault;

/// What is kept on this machine.
pub(super) async fn kept(ground: &Ground) -> Result<Emails, Exit> {
    let Stored { started, earlier, .. } = ground.stored().await?;
    let mut emails = Emails::default();
    emails.set_started(started, earlier);
    Ok(emails)
}

/// What is kept of one account.
pub(super) async fn kept_of(ground: &Ground, account: AccountId) -> Result<EmailFacts, Exit> {
    Ok(kept(ground).await?.get(account).cloned().unwrap_or_default())
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
