//! What is about to be done is written down before it goes out, and what came of it after.

use jiff::Timestamp;

use super::Engine;
use crate::domain::account::AccountId;
use crate::domain::fault::Fault;
use crate::domain::journal::{Conclusion, Intention, JournalOutcome};
use crate::domain::write::Outcome;

/// What the journal says of something, without secrets.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The member account, if it is about one.
    pub(super) account: Option<AccountId>,
    /// The AWS operation.
    pub(super) operation: &'static str,
    /// What it is, in words.
    pub(super) summary: String,
    /// The reason or ticket that the person gave.
    pub(super) reason: Option<String>,
}

impl Engine {
    /// Journals that `subject` is about to be done; the number of the entry.
    ///
    /// # Errors
    /// If it is not surely kept. It must not be done then.
    pub(super) async fn intend(&self, subject: &Subject, at: Timestamp) -> Result<i64, Fault> {
        let intention = Intention {
            at,
            caller: self.caller().arn.clone(),
            profile: self.session().profile().map(ToOwned::to_owned),
            account: subject.account,
            operation: subject.operation.to_owned(),
            summary: subject.summary.clone(),
            reason: subject.reason.clone(),
        };
        self.keep(move |records| records.intend(&intention)).await
    }

    /// Journals and logs what came of it. If that can't be kept, the entry stays `intended`, which
    /// says that it was cut off.
    pub(super) async fn conclude(&self, entry: i64, subject: &Subject, at: Timestamp, conclusion: Conclusion) {
        tracing::info!(
            operation = subject.operation,
            account = subject.account.map(tracing::field::display),
            outcome = conclusion.outcome.as_str(),
            code = conclusion.code.as_deref(),
            request_id = conclusion.request_id.as_deref(),
            "a change"
        );
        let concluded = self.keep(move |records| records.conclude(entry, at, &conclusion)).await;
        if let Err(fault) = concluded {
            tracing::error!(entry, message = fault.message, "the outcome of a change could not be journaled");
        }
    }

    /// Journals that rootdeck did not let it out.
    pub(super) async fn journal_refusal(&self, subject: &Subject, at: Timestamp) {
        match self.intend(subject, at).await {
            Ok(entry) => {
                let refused = Conclusion { outcome: JournalOutcome::Refused, code: None, request_id: None };
                self.conclude(entry, subject, at, refused).await;
            }
            Err(fault) => tracing::error!(message = fault.message, "a refusal could not be journaled"),
        }
    }
}

/// What the journal keeps of an outcome.
pub(super) fn conclusion(outcome: &Outcome, request_id: Option<String>) -> Conclusion {
    let (outcome, code) = match outcome {
        Outcome::Taken(_) => (JournalOutcome::Ok, None),
        Outcome::AlreadySo(fault) => (JournalOutcome::Ok, fault.code.clone()),
        Outcome::NotPermitted(_) => (JournalOutcome::Refused, None),
        Outcome::Refused(fault) => (JournalOutcome::Refused, fault.code.clone()),
        Outcome::Failed(fault) => (JournalOutcome::Failed, fault.code.clone()),
        Outcome::Unknown(fault) => (JournalOutcome::Unknown, fault.code.clone()),
    };
    Conclusion { outcome, code, request_id }
}
