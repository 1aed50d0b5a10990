//! The journal is written before a change goes out, and again with its outcome.
//!
//! Each line is on disk before work continues. Lines that come up meanwhile are written together: one by one they would
//! hold up work on many accounts.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::shared::Engine;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::{ClientError, Work};
pub use crate::domain::journal::Subject;
use crate::domain::journal::{self as domain, Conclusion, Intention, JournalOutcome, JournalStep, OutcomeCause};
use crate::domain::permit::Refusal;
use crate::domain::write::WriteOutcome;

/// The number of an entry that could not be made, in a run without a journal.
const UNJOURNALED: i64 = -1;
const _: () = assert!(UNJOURNALED < 0, "the store counts its entries from 1");

impl Engine {
    /// The newest entries of the journal, at most `limit`, and what is derived from them.
    pub async fn read_journal(&self, limit: usize) -> Result<domain::Journal, ApiError> {
        // Before and after: what starts or ends meanwhile is not cut off.
        let mut in_progress = self.0.journal.in_progress().clone();
        let (entries, trouble) =
            self.keep(move |records| Ok((records.journal(limit)?, records.lasting().err()))).await?;
        in_progress.extend(self.0.journal.in_progress().iter());
        Ok(domain::Journal { entries, in_progress, trouble })
    }

    /// Journals that `subject` is about to be done; the number of the entry. After an error it must not be done.
    pub(super) async fn intend(&self, subject: &Subject, at: Timestamp) -> Result<i64, ApiError> {
        let intention = Intention {
            at,
            caller: self.caller().arn.clone(),
            profile: self.session().connection().profile.clone(),
            account: subject.account,
            operation: subject.operation.to_owned(),
            change: subject.change.clone(),
            reason: subject.reason.clone(),
        };
        let entry = match self.journal(JournalStep::Intend(intention)).await {
            Err(error) if self.goes_on_without(&error) => return Ok(UNJOURNALED),
            entry => entry?,
        };
        self.0.journal.in_progress().insert(entry);
        Ok(entry)
    }

    /// Journals and logs the outcome. If that fails, the entry stays `intended`: cut off.
    pub(super) async fn conclude(&self, entry: i64, subject: &Subject, at: Timestamp, conclusion: Conclusion) {
        tracing::info!(
            operation = subject.operation,
            account = subject.account.map(tracing::field::display),
            outcome = conclusion.outcome.as_str(),
            code = conclusion.code.as_deref(),
            request_id = conclusion.request_id.as_deref(),
            "a change"
        );
        if entry == UNJOURNALED {
            return;
        }
        let concluded = self.journal(JournalStep::Conclude(entry, at, conclusion)).await;
        self.0.journal.in_progress().remove(&entry);
        if let Err(error) = concluded {
            tracing::error!(entry, message = error.message, "the outcome of a change could not be journaled");
        }
    }

    /// Writes a line together with those waiting; returns the number of its entry.
    async fn journal(&self, step: JournalStep) -> Result<i64, ApiError> {
        let (written, result) = oneshot::channel();
        self.0.journal.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((step, written));
        let pen = Arc::clone(&self.0.journal.pen).lock_owned().await;
        let waiting = std::mem::take(&mut *self.0.journal.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if !waiting.is_empty() {
            let engine = self.clone();
            // Lines of others are among them: they are written even if nobody waits for this one.
            tokio::spawn(async move {
                let (steps, writers): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
                let results = engine.keep(move |records| Ok(records.journal_together(&steps))).await;
                let results = results.unwrap_or_else(|error| vec![Err(error); writers.len()]);
                for (writer, result) in writers.into_iter().zip(results) {
                    writer.send(result).ok();
                }
                drop(pen);
            });
        }
        result.await.unwrap_or_else(|_| {
            Err(ApiError::client("records", ApiErrorKind::Local, ClientError::Interrupted(Work::Journal)))
        })
    }

    /// Fails if the journal ends with the program and the run does not allow that. Nothing may be changed then.
    pub(crate) async fn journal_lasts(&self) -> Result<(), ApiError> {
        match self.keep(|records| records.lasting()).await {
            Err(error) if self.goes_on_without(&error) => Ok(()),
            lasts => lasts,
        }
    }

    /// Whether the run continues although `error` kept something from being recorded; it is logged and counted.
    pub(super) fn goes_on_without(&self, error: &ApiError) -> bool {
        if self.rules().no_journal {
            self.0.journal.unjournaled.fetch_add(1, Ordering::Relaxed);
            tracing::error!(message = error.message, "not journaled, and done all the same");
        }
        self.rules().no_journal
    }

    /// How many changes could not be recorded so far, in a run without a journal.
    pub(crate) fn unjournaled(&self) -> u64 {
        self.0.journal.unjournaled.load(Ordering::Relaxed)
    }

    /// Journals what rootdeck refused before it became a write, and why.
    pub async fn note_refusal(&self, subject: &Subject, at: Timestamp, why: &Refusal) {
        match self.bound_organization().await {
            Ok(_) => self.journal_refusal(subject, at, why).await,
            Err(error) => tracing::error!(kind = ?error.kind, "a refusal could not be journaled"),
        }
    }

    pub(super) async fn journal_refusal(&self, subject: &Subject, at: Timestamp, why: &Refusal) {
        match self.intend(subject, at).await {
            Ok(entry) => {
                let refused = conclusion(&WriteOutcome::NotPermitted(why.clone()), None);
                self.conclude(entry, subject, at, refused).await;
            }
            Err(error) => tracing::error!(message = error.message, "a refusal could not be journaled"),
        }
    }
}

pub(super) fn conclusion(outcome: &WriteOutcome, request_id: Option<String>) -> Conclusion {
    let (word, error) = match outcome {
        WriteOutcome::Taken(_) => (JournalOutcome::Ok, None),
        // What existed before was not made by us; what was gone before is as it was wanted.
        WriteOutcome::AlreadySo(error) if error.kind == ApiErrorKind::AlreadyExists => {
            (JournalOutcome::Refused, Some(error))
        }
        WriteOutcome::AlreadySo(error) => (JournalOutcome::Ok, Some(error)),
        WriteOutcome::NotPermitted(_) => (JournalOutcome::Refused, None),
        WriteOutcome::Refused(error) => (JournalOutcome::Refused, Some(error)),
        WriteOutcome::Failed(error) => (JournalOutcome::Failed, Some(error)),
        WriteOutcome::Unknown(error) => (JournalOutcome::Unknown, Some(error)),
    };
    let known = match outcome {
        WriteOutcome::NotPermitted(refusal) => {
            Some((OutcomeCause::NotPermitted, format!("rootdeck: {}", refusal.record())))
        }
        WriteOutcome::AlreadySo(_) => {
            Some((OutcomeCause::AlreadySo, "it was so already; nothing was changed".to_owned()))
        }
        _ => error.filter(|error| error.code.is_none()).and_then(without_a_code),
    };
    let (cause, note) = known.unzip();
    Conclusion { outcome: word, code: error.and_then(|error| error.code.clone()), cause, note, request_id }
}

/// What happened where AWS gave no code. The system's message is not stored: it can hold anything, even addresses.
fn without_a_code(error: &ApiError) -> Option<(OutcomeCause, String)> {
    let (cause, words) = match error.kind {
        ApiErrorKind::NotPermitted => {
            return Some((OutcomeCause::NotPermitted, format!("rootdeck: {}", error.message)));
        }
        ApiErrorKind::Unreachable => (OutcomeCause::NoConnection, "no connection could be made"),
        ApiErrorKind::ConnectionLost => (OutcomeCause::ConnectionLost, "the connection was lost before the answer"),
        ApiErrorKind::Timeout => (OutcomeCause::Timeout, "no answer in time"),
        ApiErrorKind::Unreadable => (OutcomeCause::Unreadable, "the answer could not be read"),
        ApiErrorKind::NotFromAws => (OutcomeCause::NotFromAws, "the answer was not surely AWS's"),
        ApiErrorKind::Local => (OutcomeCause::NotRecorded, "not sent: this machine could not record it"),
        ApiErrorKind::NoCredentials | ApiErrorKind::Configuration | ApiErrorKind::CredentialLoop => {
            (OutcomeCause::NoCredentials, "not sent: no credentials")
        }
        _ => return None,
    };
    Some((cause, words.to_owned()))
}
