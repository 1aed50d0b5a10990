//! Following an accepted change until it is over.

use super::known::apply_report;
use crate::cli::context::CommandContext;
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::Progress;
use crate::cli::signals::Interrupts;
use crate::cli::waiting::count_down;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::{EmailFacts, follow_delay};
use crate::words::api_error::headline;
use crate::words::cli::email as words;

pub(super) async fn until_over(context: &CommandContext, account: &Account, facts: &mut EmailFacts) -> Done {
    let mut interrupts = Interrupts::new();
    let progress = Progress::new();
    let mut looks = 0;
    while !is_over(facts) {
        let delay = follow_delay(looks).as_secs();
        looks += 1;
        if !count_down(&progress, &mut interrupts, delay, words::asked_again_in).await {
            return Err(CliError::interrupted(words::AWS_GOES_ON));
        }
        match context.engine.email_change(account.id).await {
            Ok(report) => apply_report(facts, Ok(report), context.engine.now()),
            Err(error) if error.kind.is_refusal() || error.kind.is_about_credentials() => {
                return Err(context.error(&error).ending(Exit::Unknown));
            }
            Err(error) => progress.print_error(&words::asked_again_later(headline(&error))),
        }
    }
    Ok(())
}

/// Follows several accepted changes until AWS reports of each that it is over, or refuses to report; whether that was
/// interrupted. `ended` is told how each ended.
pub(super) async fn until_all_over(
    context: &CommandContext,
    mut open: Vec<AccountId>,
    mut ended: impl FnMut(AccountId, Result<EmailChangeStatus, ApiError>),
) -> bool {
    let mut interrupts = Interrupts::new();
    let progress = Progress::new();
    let mut looks = 0;
    while !open.is_empty() {
        let delay = follow_delay(looks).as_secs();
        looks += 1;
        if !count_down(&progress, &mut interrupts, delay, words::asked_again_in).await {
            return true;
        }
        let mut waiting = Vec::new();
        for account in open {
            match context.engine.email_change(account).await.map(|report| report.status) {
                Ok(status) if has_ended(&status) => ended(account, Ok(status)),
                Err(error) if error.kind.is_refusal() || error.kind.is_about_credentials() => {
                    ended(account, Err(error));
                }
                // Also what could not be read this time.
                _ => waiting.push(account),
            }
        }
        open = waiting;
    }
    false
}

fn has_ended(status: &EmailChangeStatus) -> bool {
    matches!(status, EmailChangeStatus::Completed | EmailChangeStatus::Failed)
}

pub(super) fn is_over(facts: &EmailFacts) -> bool {
    facts.report().is_some_and(|report| has_ended(&report.status))
}
