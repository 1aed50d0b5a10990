//! What became of the items of a plan that were claimed and not settled.

use jiff::Timestamp;

use super::{START, Work, has_begun};
use crate::domain::api_error::ApiError;
use crate::domain::client_error::{AfterLostAnswer, ClientError};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_plan::{ItemState, PlanItem};
use crate::domain::journal::{JournalEntry, JournalOutcome, known_from};

impl Work {
    /// Splits items into those that wait to be started, in their order, and the others.
    pub(super) async fn find_out_all(&self, items: Vec<PlanItem>) -> (Vec<PlanItem>, Vec<PlanItem>) {
        let (mut waiting, mut others) = (Vec::new(), Vec::new());
        for item in items {
            match item.state {
                ItemState::Waiting => waiting.push(item),
                ItemState::Sending | ItemState::Unknown => {
                    let item = if self.gate.clone().opens().await { self.find_out(item).await } else { item };
                    if item.state == ItemState::Waiting { waiting.push(item) } else { others.push(item) }
                }
                ItemState::Started | ItemState::Already | ItemState::Refused | ItemState::Failed => others.push(item),
            }
        }
        (waiting, others)
    }

    async fn find_out(&self, item: PlanItem) -> PlanItem {
        let Some(claimed) = item.at else { return item };
        // Reported, but not stored: it can be read another time.
        let failed = |error: ApiError| PlanItem { code: error.code, message: Some(error.message), ..item.clone() };
        let entries = match self.entries_since(&item, claimed).await {
            Ok(entries) => entries,
            Err(error) => return failed(error),
        };
        // The journal counts from its own entry, and so does this.
        let begun = entries.iter().map(|entry| entry.at).max().unwrap_or(claimed);
        let after = match self.look_at(&item, claimed, &entries, begun).await {
            Ok(Some(after)) => after,
            Ok(None) => return PlanItem { at: Some(begun), ..item },
            Err(error) => return failed(error),
        };
        match self.move_item(&item, &after).await {
            Ok(true) => after,
            Ok(false) => item,
            Err(error) => {
                self.halt(error);
                item
            }
        }
    }

    /// Where it is now; `None` if nothing more is known of it than before.
    async fn look_at(
        &self,
        item: &PlanItem,
        claimed: Timestamp,
        entries: &[JournalEntry],
        begun: Timestamp,
    ) -> Result<Option<PlanItem>, ApiError> {
        let now = self.inner.context.now();
        if let Some(taken) = entries.iter().find(|entry| entry.outcome == JournalOutcome::Ok) {
            let request_id = taken.request_id.clone();
            return Ok(Some(PlanItem { request_id, ..settled(item, ItemState::Started, now, None) }));
        }
        let waits = now >= known_from(begun);
        let again = || waits.then(|| PlanItem { at: None, ..settled(item, ItemState::Waiting, now, None) });
        if entries.is_empty() {
            // The intention is journaled before anything is sent.
            return Ok(again());
        }
        let report = self.inner.engine.email_change(item.account).await?;
        let lost = |shown| Some(ClientError::AnswerLost(shown).record());
        let status = || report.status.as_str().to_owned();
        let went_out =
            entries.iter().any(|entry| matches!(entry.outcome, JournalOutcome::Intended | JournalOutcome::Unknown));
        let is_since = report.is_since(claimed);
        // What AWS reports PENDING is never sent again without a request, whoever started it.
        if report.status == EmailChangeStatus::Pending && !(went_out && is_since == Some(true)) {
            let message = lost(AfterLostAnswer::AnotherChange(status()));
            return Ok(waits.then(|| PlanItem { at: item.at, ..settled(item, ItemState::Unknown, now, message) }));
        }
        if !went_out {
            return Ok(again());
        }
        let journal = async |taken| self.inner.engine.settle_starts(entries, &report, taken, now).await;
        Ok(match (is_since, &report.status) {
            (_, EmailChangeStatus::None) | (Some(false), _) => {
                if waits {
                    journal(false).await;
                }
                again()
            }
            (Some(true), status) if has_begun(status) => {
                journal(true).await;
                Some(settled(item, ItemState::Started, now, lost(AfterLostAnswer::ThisChange)))
            }
            (Some(true), EmailChangeStatus::Failed) => {
                Some(settled(item, ItemState::Failed, now, lost(AfterLostAnswer::Status(status()))))
            }
            (Some(true) | None, _) if waits => Some(PlanItem {
                at: item.at,
                ..settled(item, ItemState::Unknown, now, lost(AfterLostAnswer::Status(status())))
            }),
            _ => None,
        })
    }

    async fn entries_since(&self, item: &PlanItem, claimed: Timestamp) -> Result<Vec<JournalEntry>, ApiError> {
        let account = item.account;
        let entries = self.inner.engine.keep(move |records| records.journal_about(account, START)).await?;
        Ok(entries.into_iter().filter(|entry| entry.at >= claimed).collect())
    }
}

fn settled(item: &PlanItem, state: ItemState, now: Timestamp, message: Option<String>) -> PlanItem {
    PlanItem { state, at: Some(now), code: None, message, request_id: None, ..item.clone() }
}
