//! Starting the changes of a plan. It can be cut off at any moment, and nothing is sent twice.
//!
//! An item is claimed in the records, then written like any change, then settled. One that is found claimed may be
//! about to be sent by another rootdeck, or was cut off; of one that is unknown, the answer was lost. When a plan is
//! resumed:
//!
//! - the journal has AWS's yes, or AWS reports a change since the claim: it was started;
//! - the claim is older than any call takes, and the journal has no intention, or only a no, or AWS reports nothing
//!   since: it was not started, and waits again;
//! - otherwise nobody knows. That is reported, and it is not sent again.
//!
//! A refusal that holds for all accounts leaves the item, and those after it, waiting.

mod find_out;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use tokio::sync::watch;

use super::root::{Gate, OperationContext, Told, tell};
use super::shared::{Clock, Engine};
use crate::aws::pace::Pace;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::client_error::{AfterLostAnswer, ClientError};
use crate::domain::email_change::EmailChangeStatus;
use crate::domain::email_plan::{EmailPlan, ItemState, PlanId, PlanItem, PlanProblem};
use crate::domain::journal::Subject;
use crate::domain::permit::Refusal;
use crate::domain::request_limits::RequestLimits;
use crate::domain::run::{ItemReport, PlanToStart, RunReport};
use crate::domain::write::{Seen, WriteOutcome, WriteRequest, Written};

/// Enough for one start a second where the call and the read after it take longer. Few, so that whoever sees the first
/// ones fail and stops has stopped nearly all of them.
const STARTED_AT_ONCE: usize = 3;

/// How often a throttled start is tried: at the pace of the quota, only others in the account can cause that.
const TRIES: usize = 3;

/// How many finished plans are listed beside the unfinished ones.
pub(crate) const RECENT_PLANS: usize = 20;

const START: &str = "account:StartPrimaryEmailUpdate";

impl Engine {
    pub(crate) async fn email_plans(&self) -> Result<Vec<EmailPlan>, ApiError> {
        self.keep(|records| records.plans(RECENT_PLANS)).await
    }

    /// The plan with this number.
    pub async fn email_plan(&self, id: PlanId) -> Result<Option<EmailPlan>, ApiError> {
        self.keep(move |records| records.plan(id)).await
    }

    /// Deletes a plan as it was seen, on this machine; whether it was deleted.
    pub(crate) async fn drop_email_plan(&self, plan: EmailPlan) -> Result<bool, ApiError> {
        self.bound_organization().await?;
        self.keep(move |records| records.drop_plan(&plan)).await
    }

    pub(super) async fn start_plan(
        self,
        plan: PlanToStart,
        accounts: Vec<Account>,
        (skipped, resend): (Vec<(u64, PlanProblem)>, bool),
        gate: Gate,
        clock: Clock,
        report: &Told,
    ) {
        let plan = match self.stored_plan(plan, self.clients().clock.at(clock())).await {
            Ok(plan) => plan,
            Err(error) => return report(RunReport::Halted(error)),
        };
        report(RunReport::PlanKept(plan.id));
        let all = plan.items.iter().filter(|item| item.state != ItemState::Already).count();
        let context = OperationContext::new(&self, clock, plan.reason.clone()).on(all);
        let throttled = context.throttled();
        let accounts = accounts.into_iter().map(|account| (account.id, account)).collect();
        let skipped = skipped.into_iter().collect();
        let inner = Inner {
            plan: plan.id,
            reason: plan.reason,
            accounts,
            skipped,
            resend,
            halted: OnceLock::new(),
            slow: OnceLock::new(),
            engine: self,
            context,
        };
        let work = Work { inner: Arc::new(inner), gate };
        let open = plan.items.into_iter().filter(|item| !item.state.is_settled()).collect();
        let (waiting, others) = work.find_out_all(open).await;
        work.start_all(waiting, throttled.clone(), report).await;
        // Time has passed: more may be known about those in progress.
        let (waiting, others) = work.find_out_all(others).await;
        for item in others {
            report(work.report(item));
        }
        work.start_all(waiting, throttled, report).await;
        if let Some(error) = work.inner.halted.get() {
            report(RunReport::Halted(error.clone()));
        }
    }

    /// The plan as stored. A new one is stored now.
    async fn stored_plan(&self, plan: PlanToStart, now: Timestamp) -> Result<EmailPlan, ApiError> {
        self.bound_organization().await?;
        let by = self.caller().arn.clone();
        // What can't be resumed after a stop is not started.
        self.journal_lasts().await?;
        let kept = self.keep(move |records| {
            let id = match plan {
                PlanToStart::New(plan) => records.save_plan(&plan, now, &by)?,
                PlanToStart::Kept(id) => id,
            };
            records.plan(id)
        });
        kept.await?.ok_or_else(|| ApiError::client("records", ApiErrorKind::Local, ClientError::PlanGone))
    }
}

#[derive(Clone)]
struct Work {
    inner: Arc<Inner>,
    gate: Gate,
}

struct Inner {
    engine: Engine,
    plan: PlanId,
    reason: Option<String>,
    accounts: HashMap<AccountId, Account>,
    /// Why the items of these lines can't be started any more.
    skipped: HashMap<u64, PlanProblem>,
    resend: bool,
    context: OperationContext,
    halted: OnceLock<ApiError>,
    /// Slows the starts down from the first throttled one, where an endpoint on this machine has quotas of its own.
    slow: OnceLock<Pace>,
}

impl Work {
    async fn start_all(&self, items: Vec<PlanItem>, throttled: watch::Receiver<u64>, report: &Told) {
        let starts = items.into_iter().map(|item| self.clone().start(item));
        tell(stream::iter(starts).buffer_unordered(STARTED_AT_ONCE), throttled, report).await;
    }

    async fn journal_skipped(&self, item: &PlanItem, problem: &PlanProblem) {
        let PlanProblem::NotPermitted(refusal) = problem else { return };
        let (account, old, new) = (item.account, item.old.clone(), item.new.clone());
        let subject = Subject::of(&Change::StartEmailChange { account, old, new }, self.inner.reason.clone());
        self.inner.engine.journal_refusal(&subject, self.inner.context.now(), refusal).await;
    }

    /// Starts the change of a waiting item, and settles it. `None` if it was left as it is.
    async fn start(mut self, item: PlanItem) -> Option<RunReport> {
        let mut throttled = None;
        for _ in 0..TRIES {
            if !self.gate.opens().await || self.inner.halted.get().is_some() {
                break;
            }
            if let Some(problem) = self.inner.skipped.get(&item.line) {
                self.journal_skipped(&item, problem).await;
                let state = if problem.is_same() { ItemState::Already } else { ItemState::Refused };
                let after = moved(&item, state, Some(self.inner.context.now()), Some(problem.record()));
                return self.reported(&item, after).await;
            }
            let account = self.inner.accounts.get(&item.account).cloned()?;
            if let Some(pace) = self.inner.slow.get() {
                pace.wait_for_start(START, account.id).await;
            }
            let claimed = self.claim(&item).await?;
            let report = self.send(claimed, account).await;
            // AWS did nothing and is asked again in its turn; anything else is final.
            if report.item.state != ItemState::Waiting || self.inner.halted.get().is_some() {
                return Some(RunReport::PlanItem(Box::new(report)));
            }
            throttled = Some(report);
            self.inner.slow.get_or_init(|| Pace::new(true, RequestLimits::default()));
        }
        throttled.map(|report| RunReport::PlanItem(Box::new(report)))
    }

    /// `None` if that failed.
    async fn claim(&self, item: &PlanItem) -> Option<PlanItem> {
        let claimed = moved(item, ItemState::Sending, Some(self.inner.context.now()), None);
        match self.move_item(item, &claimed).await {
            Ok(true) => Some(claimed),
            // Another rootdeck has it, and reports the result.
            Ok(false) => None,
            Err(error) => {
                self.halt(error);
                None
            }
        }
    }

    async fn send(&self, claimed: PlanItem, account: Account) -> ItemReport {
        let sent = claimed.at.unwrap_or_else(|| self.inner.context.now());
        let (old, new) = (account.email.clone(), claimed.new.clone());
        let change = Change::StartEmailChange { account: account.id, old, new };
        let reason = self.inner.reason.clone();
        let request =
            WriteRequest { resend: self.inner.resend, ..WriteRequest::new(change.clone(), Some(account), reason) };
        let context = self.inner.context.at_line(self.inner.plan, claimed.line);
        let (written, request_id) = self.inner.engine.write_with_request_id(request, context).await;
        let (after, holds_for_all) = settled(&claimed, &written, request_id.as_deref(), self.inner.context.now());
        if let Some(error) = holds_for_all {
            self.halt(error);
        }
        if let Err(error) = self.settle(&claimed, &after).await {
            tracing::error!(line = after.line, message = error.message, "what came of an item could not be kept");
            self.halt(error);
        }
        ItemReport { plan: self.inner.plan, item: after, written: Some((change, sent, written)) }
    }

    async fn reported(&self, before: &PlanItem, after: PlanItem) -> Option<RunReport> {
        match self.move_item(before, &after).await {
            Ok(true) => Some(self.report(after)),
            Ok(false) => None,
            Err(error) => {
                self.halt(error);
                None
            }
        }
    }

    async fn settle(&self, claimed: &PlanItem, after: &PlanItem) -> Result<(), ApiError> {
        if self.move_item(claimed, after).await? || after.state == ItemState::Waiting {
            return Ok(());
        }
        // Another rootdeck has judged it meanwhile. AWS's answer takes precedence, unless the item is being sent again.
        let plan = self.inner.engine.email_plan(self.inner.plan).await?;
        let there = plan.and_then(|plan| plan.items.into_iter().find(|item| item.line == claimed.line));
        match there {
            Some(there) if there.state != ItemState::Sending => self.move_item(&there, after).await.map(|_| ()),
            _ => Ok(()),
        }
    }

    async fn move_item(&self, before: &PlanItem, after: &PlanItem) -> Result<bool, ApiError> {
        let (plan, before, after) = (self.inner.plan, before.clone(), after.clone());
        self.inner.engine.keep(move |records| records.move_item(plan, &before, &after)).await
    }

    fn halt(&self, error: ApiError) {
        self.inner.halted.set(ApiError { request_id: None, ..error }).ok();
    }

    fn report(&self, item: PlanItem) -> RunReport {
        RunReport::PlanItem(Box::new(ItemReport { plan: self.inner.plan, item, written: None }))
    }
}

fn moved(item: &PlanItem, state: ItemState, at: Option<Timestamp>, message: Option<String>) -> PlanItem {
    PlanItem { state, at, code: None, message, request_id: None, ..item.clone() }
}

/// Where an item is after the attempt, and the reason that applies to all items, if it is one: then it waits again.
fn settled(
    claimed: &PlanItem,
    written: &Written,
    request_id: Option<&str>,
    now: Timestamp,
) -> (PlanItem, Option<ApiError>) {
    let request_id = request_id.map(str::to_owned);
    let to = |state, at| PlanItem { state, at, request_id: request_id.clone(), ..claimed.clone() };
    let with = |state, at, error: &ApiError| PlanItem {
        code: error.code.clone(),
        message: Some(error.message.clone()),
        request_id: error.request_id.clone().or_else(|| request_id.clone()),
        ..to(state, at)
    };
    match &written.outcome {
        WriteOutcome::Taken(_) => (to(ItemState::Started, Some(now)), None),
        WriteOutcome::AlreadySo(error) => (with(ItemState::Already, Some(now), error), None),
        WriteOutcome::NotPermitted(refusal) => {
            let error = ApiError::new(START, ApiErrorKind::NotPermitted, &refusal.record());
            if is_of_item(refusal) {
                (with(ItemState::Refused, Some(now), &error), None)
            } else {
                (with(ItemState::Waiting, None, &error), Some(error))
            }
        }
        WriteOutcome::Refused(error) | WriteOutcome::Failed(error) if holds_for_all(error.kind) => {
            (with(ItemState::Waiting, None, error), Some(error.clone()))
        }
        WriteOutcome::Refused(error) => (with(ItemState::Refused, Some(now), error), None),
        // AWS did nothing, and may do it later.
        WriteOutcome::Failed(error) if error.kind == ApiErrorKind::Throttled => {
            (with(ItemState::Waiting, None, error), None)
        }
        WriteOutcome::Failed(error) => (with(ItemState::Failed, Some(now), error), None),
        WriteOutcome::Unknown(error) => {
            let is_reported = match &written.seen {
                Seen::Email { report: Ok(report), .. } => {
                    claimed.at.is_some_and(|at| report.is_since(at) == Some(true)) && has_begun(&report.status)
                }
                _ => false,
            };
            if is_reported {
                return (
                    PlanItem {
                        message: Some(ClientError::AnswerLost(AfterLostAnswer::ThisChange).record()),
                        ..to(ItemState::Started, Some(now))
                    },
                    None,
                );
            }
            // The time of the claim stays: AWS may still report what came after it.
            (with(ItemState::Unknown, claimed.at, error), None)
        }
    }
}

/// Whether a refusal is about the account or its new address, and not about all of them.
fn is_of_item(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Protected(_) | Refusal::DomainNotAllowed(_) | Refusal::ManagementAccount | Refusal::NotActive(_)
    )
}

/// Whether every other account would fail in the same way.
fn holds_for_all(kind: ApiErrorKind) -> bool {
    kind.is_about_credentials()
        || matches!(
            kind,
            ApiErrorKind::TrustedAccessOff
                | ApiErrorKind::NotManagementOrDelegated
                | ApiErrorKind::NotManagement
                | ApiErrorKind::NotInOrganization
                | ApiErrorKind::NotAllFeatures
                | ApiErrorKind::Unreachable
                | ApiErrorKind::Local
        )
}

fn has_begun(status: &EmailChangeStatus) -> bool {
    matches!(status, EmailChangeStatus::Pending | EmailChangeStatus::Accepted | EmailChangeStatus::Completed)
}
