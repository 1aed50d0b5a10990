//! Following an accepted change until it is over.

use std::time::Duration;

use super::known::apply_report;
use crate::cli::context::CommandContext;
use crate::cli::error::{CliError, Done, Exit};
use crate::cli::output::{Progress, print_error};
use crate::cli::signals::Interrupts;
use crate::domain::account::Account;
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::emails::{EmailFacts, follow_delay};
use crate::words::api_error::headline;

/// Asks AWS again and again, until it shows the change as completed or failed.
pub(super) async fn until_over(context: &CommandContext, account: &Account, facts: &mut EmailFacts) -> Done {
    let mut interrupts = Interrupts::new().ok();
    let progress = Progress::new();
    let mut looks = 0;
    while !is_over(facts) {
        let mut left = follow_delay(looks).as_secs();
        looks += 1;
        while left > 0 {
            progress.show(&format!("accepted; AWS is asked again in {left} s"));
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => left -= 1,
                () = Interrupts::next_of(&mut interrupts) => {
                    progress.show("");
                    return Err(CliError::interrupted("AWS goes on with the change by itself"));
                }
            }
        }
        progress.show("");
        match context.engine.email_change(account.id).await {
            Ok(report) => apply_report(facts, Ok(report), context.engine.now()),
            Err(fault) if fault.kind.is_refusal() || fault.kind.is_about_credentials() => {
                return Err(context.error(&fault).ending(Exit::Unknown));
            }
            Err(fault) => print_error(&format!("not read, asked again later: {}", headline(&fault))),
        }
    }
    Ok(())
}

/// Whether AWS shows the change as over.
pub(super) fn is_over(facts: &EmailFacts) -> bool {
    let over = |status: &EmailChangeStatus| matches!(status, EmailChangeStatus::Completed | EmailChangeStatus::Failed);
    facts.report().is_some_and(|report| over(&report.status))
}
