//! One change of an address is sent once, whichever plan, dialog or copy of the program starts it.
//!
//! The records arbitrate: a start is recorded only if the newest one of its account does not stand for it already. One
//! that does is checked first:
//!
//! - its call is in progress, here or in another rootdeck: wait;
//! - AWS reports it as pending or accepted: nothing is sent;
//! - AWS reports nothing since: it did not come about, and the new start takes its place.

use std::time::Duration;

use jiff::SignedDuration;

use super::root::OperationContext;
use super::shared::Engine;
use crate::domain::account::AccountId;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::StartProblem;
use crate::domain::email_change::{EmailChangeReport, EmailChangeStatus, Over, StartedEmailChange, StartedProgress};
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::write::WriteOutcome;

const START: &str = "account:StartPrimaryEmailUpdate";

/// An older call has ended.
const CALL_LIVES: SignedDuration = SignedDuration::from_mins(3);
/// How often a call in progress is checked …
const LOOKS: usize = 60;
/// … and how long each time.
const BETWEEN: Duration = Duration::from_millis(500);
/// How many checks until AWS is asked for the result: the sender may have been killed.
const LOOKS_PER_QUESTION: usize = 10;

impl Engine {
    /// Checks what stands for a start already; what it may take the place of.
    ///
    /// # Errors
    /// The outcome instead: it is pending already, or that could not be found out.
    pub(super) async fn may_start(
        &self,
        start: &StartedEmailChange,
        mut over: Over,
        context: &OperationContext,
    ) -> Result<Over, WriteOutcome> {
        for look in 1..=LOOKS {
            let there = match self.newest_start(start.account).await {
                Ok(Some(there)) => there,
                Ok(None) => return Ok(over),
                Err(error) if self.goes_on_without(&error) => return Ok(over),
                Err(error) => return Err(WriteOutcome::Failed(error)),
            };
            if over.allows(start, Some(&there)) {
                return Ok(over);
            }
            let is_out = self.is_out(&there, context).await.map_err(WriteOutcome::Failed)?;
            if is_out && look % LOOKS_PER_QUESTION != 0 {
                tokio::time::sleep(BETWEEN).await;
                continue;
            }
            let is_known = there.progress != StartedProgress::Unconfirmed;
            match self.email_change(there.account).await {
                Ok(report) if stands(&there, &report, context) => return Err(already(&there)),
                _ if is_out => {}
                Ok(EmailChangeReport { status: EmailChangeStatus::Other(word), .. }) if !is_known => {
                    return Err(unsure(StartProblem::EarlierMayExist(word)));
                }
                Ok(_) => over = Over::This(there),
                // It is known that AWS accepted it.
                Err(_) if is_known => return Err(already(&there)),
                Err(error) => return Err(WriteOutcome::Unknown(error)),
            }
        }
        Err(unsure(StartProblem::SentElsewhere))
    }

    pub(super) async fn newest_start(&self, account: AccountId) -> Result<Option<StartedEmailChange>, ApiError> {
        let started = self.started_email_changes().await?;
        Ok(started.into_iter().find(|change| change.account == account))
    }

    async fn is_out(&self, there: &StartedEmailChange, context: &OperationContext) -> Result<bool, ApiError> {
        let age = context.now().duration_since(there.started);
        if there.progress != StartedProgress::Unconfirmed || age.abs() > CALL_LIVES {
            return Ok(false);
        }
        let account = there.account;
        let entries = self.keep(move |records| records.journal_about(account, START)).await?;
        let is_open = |entry: &JournalEntry| entry.outcome == JournalOutcome::Intended;
        // The intention is journaled right before the start.
        Ok(entries.iter().any(|entry| is_open(entry) && entry.at + CALL_LIVES > there.started))
    }
}

fn unsure(problem: StartProblem) -> WriteOutcome {
    WriteOutcome::Unknown(ApiError::client(START, ApiErrorKind::Local, problem))
}

fn stands(there: &StartedEmailChange, report: &EmailChangeReport, context: &OperationContext) -> bool {
    let is_known = there.progress != StartedProgress::Unconfirmed;
    if there.is_reported_by(report) {
        match report.status {
            EmailChangeStatus::Pending | EmailChangeStatus::Accepted => return true,
            EmailChangeStatus::Completed | EmailChangeStatus::Failed => return false,
            EmailChangeStatus::Other(_) => return is_known,
            EmailChangeStatus::None => {}
        }
    }
    // AWS accepted it; its reports may lag behind for a while.
    is_known && context.now().duration_since(there.started) <= CALL_LIVES
}

fn already(there: &StartedEmailChange) -> WriteOutcome {
    let problem = match there.progress {
        StartedProgress::Accepted => StartProblem::AlreadyAccepted,
        _ => StartProblem::AlreadyPending(there.started),
    };
    WriteOutcome::AlreadySo(ApiError::client(START, ApiErrorKind::AlreadyExists, problem))
}
