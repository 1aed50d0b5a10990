//! Member accounts, through root sessions.
//!
//! Every way into a member account leads through [`Engine::visit`]: [`permit_task`] says yes, a
//! session is there or is opened (journaled, the one of the account and task reused while it lives),
//! and the calls are made with its credentials. If AWS says that they have expired, by its own clock
//! or because this machine slept, they are renewed once: AWS did nothing with such a request.
//!
//! [`permit_task`]: crate::domain::permit::permit_task

mod change;
mod delete;
mod keep;
mod queues;
mod run;
mod sessions;

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::{Clock, Engine};
use crate::aws::clock::AwsClock;
use crate::aws::retry::Throttles;
use crate::aws::root::{RootCalls, audit};
use crate::aws::{s3, sqs};
use crate::domain::account::{Account, AccountId};
use crate::domain::email_plan::PlanId;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing, QueueSearch};
use crate::domain::recovery::LeftOpen;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_session::{LONGEST_SECONDS, RootSession, SessionKey};
use crate::domain::task_policy::TaskPolicy;

pub(super) use change::Sent;
pub(super) use keep::UnkeptAudits;
pub(super) use run::{Gate, tell};
pub(super) use sessions::Sessions;

/// What calls in member accounts are made for.
#[derive(Clone)]
pub(super) struct Errand {
    /// This machine's clock.
    clock: Clock,
    /// By how much AWS's differs.
    aws: AwsClock,
    /// The reason or ticket that the person gave, for the journal.
    reason: Option<String>,
    /// The plan that it works through and the line it is at, for the journal.
    place: Option<(PlanId, u64)>,
    /// Whether nothing is changed on it, and no session handed over.
    reads: bool,
    /// Counts what AWS throttled.
    throttles: Throttles,
    /// Why no account will let anybody in on this errand.
    hopeless: Arc<OnceLock<Fault>>,
}

impl Errand {
    /// `clock` is this machine's.
    pub(super) fn new(engine: &Engine, clock: Clock, reason: Option<String>) -> Self {
        let aws = engine.clients().clock.clone();
        let (throttles, hopeless) = (Throttles::default(), Arc::default());
        Self { clock, aws, reason, place: None, reads: false, throttles, hopeless }
    }

    /// The same errand at this line of a plan.
    pub(super) fn at_line(&self, plan: PlanId, line: u64) -> Self {
        Self { place: Some((plan, line)), ..self.clone() }
    }

    /// The plan that it works through and the line it is at.
    pub(super) fn place(&self) -> Option<(PlanId, u64)> {
        self.place
    }

    /// A look at something, now.
    fn look(engine: &Engine) -> Self {
        Self { reads: true, ..Self::to_hand_over(engine) }
    }

    /// A session for somebody else, now.
    fn to_hand_over(engine: &Engine) -> Self {
        Self::new(engine, Arc::new(Timestamp::now), None)
    }

    /// Notes a refusal that is about the caller or the organization: every further account would be
    /// asked in vain, and each of the calls is journaled here and logged there.
    fn note(&self, refused: &Fault) {
        let gate = matches!(refused.kind, FaultKind::TrustedAccessOff | FaultKind::RootFeatureOff(_));
        if gate || refused.kind.is_about_credentials() {
            // The request id is that of one account's call, and not of the others'.
            self.hopeless.set(Fault { request_id: None, ..refused.clone() }).ok();
        }
    }

    /// The count of throttled calls, as it grows.
    pub(super) fn throttled(&self) -> tokio::sync::watch::Receiver<u64> {
        self.throttles.count()
    }

    /// The time for the journal, and for whether a session still lives: AWS's, since it is AWS's reports
    /// and sessions that are judged by it.
    pub(super) fn now(&self) -> Timestamp {
        self.aws.at((self.clock)())
    }
}

impl Engine {
    /// A root session for a task in a member account: the one that is open if it lives long enough,
    /// a new one of `seconds` seconds otherwise. Each `AssumeRoot` is journaled.
    ///
    /// # Errors
    /// If it is not permitted, or AWS refuses, or does not answer.
    pub async fn root_session(&self, account: &Account, task: TaskPolicy, seconds: u16) -> Result<RootSession, Fault> {
        let opened = self.open_session(account.id, Some(account), task, seconds, &Errand::to_hand_over(self)).await?;
        Ok(opened.journaled().await)
    }

    /// The session that is open, if it still lives.
    #[must_use]
    pub fn live_session(&self, key: SessionKey, now: Timestamp) -> Option<RootSession> {
        self.0.sessions.living(key, now)
    }

    /// Which root credentials an account has. What could not be read says why.
    pub async fn audit(&self, account: &Account, depth: AuditDepth) -> RootAudit {
        let audit = self.audit_for(account.id, Some(account), depth, &Errand::look(self)).await;
        self.audits_kept().await;
        audit
    }

    /// The buckets of an account.
    ///
    /// # Errors
    /// If no session can be had, or AWS refuses, or does not answer.
    pub async fn buckets(&self, account: &Account) -> Result<Vec<Bucket>, Fault> {
        let work = |calls: RootCalls| async move { s3::buckets(&calls).await };
        self.visit(account.id, Some(account), TaskPolicy::UnlockBucketPolicy, &Errand::look(self), work).await.flatten()
    }

    /// The queues of an account, where they are looked for.
    ///
    /// # Errors
    /// If no session can be had, or what is looked for can't be a queue of the account; that a region
    /// could not be read stands in the listing.
    pub async fn queues(&self, account: &Account, search: &QueueSearch) -> Result<QueueListing, Fault> {
        let wanted = queues::Wanted::of(search, account.id)?;
        let work = |calls: RootCalls| queues::look(calls, wanted.clone());
        self.visit(account.id, Some(account), TaskPolicy::UnlockQueuePolicy, &Errand::look(self), work).await.flatten()
    }

    /// The policy of a bucket or queue; `None` if it has none.
    ///
    /// # Errors
    /// If no session can be had, or AWS refuses, or does not answer.
    pub async fn policy(&self, account: &Account, holder: &PolicyHolder) -> Result<Option<PolicyText>, Fault> {
        self.policy_for(account.id, Some(account), holder, &Errand::look(self)).await
    }

    /// The accounts whose password recovery was allowed from this machine and not closed again.
    ///
    /// # Errors
    /// If the journal can't be read.
    pub async fn left_open(&self) -> Result<Vec<LeftOpen>, Fault> {
        self.keep(|records| records.left_open()).await
    }

    async fn audit_for(
        &self,
        id: AccountId,
        account: Option<&Account>,
        depth: AuditDepth,
        errand: &Errand,
    ) -> RootAudit {
        let begun = errand.now();
        let work = |calls: RootCalls| async move {
            let audit = audit::audit(&calls, depth).await;
            match audit.fault() {
                Some(fault) if fault.kind == FaultKind::ExpiredCredentials => Err(fault.clone()),
                _ => Ok(audit),
            }
        };
        let audit = self.visit(id, account, TaskPolicy::AuditRootCredentials, errand, work).await.flatten();
        let audit = audit.unwrap_or_else(|fault| RootAudit::unknown(depth, &fault));
        self.settle_by_audit(id, &audit, errand.now()).await;
        self.keep_audit(id, begun, &audit);
        audit
    }

    async fn policy_for(
        &self,
        id: AccountId,
        account: Option<&Account>,
        holder: &PolicyHolder,
        errand: &Errand,
    ) -> Result<Option<PolicyText>, Fault> {
        let policy = match holder {
            PolicyHolder::Bucket { name, region } => {
                let work = |calls: RootCalls| async move { s3::policy(&calls, name, region).await };
                self.visit(id, account, TaskPolicy::UnlockBucketPolicy, errand, work).await.flatten()?
            }
            PolicyHolder::Queue { url, region } => {
                let work = |calls: RootCalls| async move { sqs::policy(&calls, url, region).await };
                self.visit(id, account, TaskPolicy::UnlockQueuePolicy, errand, work).await.flatten()?
            }
        };
        self.settle_by_policy(id, holder, policy.as_ref(), errand.now()).await;
        Ok(policy)
    }

    /// Does something in a member account, with the credentials of a session for `task`; what came of
    /// it. `account` is what is known of the account.
    ///
    /// # Errors
    /// If no session can be had: then nothing was sent to the account.
    async fn visit<T, W: Future<Output = Result<T, Fault>>>(
        &self,
        id: AccountId,
        account: Option<&Account>,
        task: TaskPolicy,
        errand: &Errand,
        work: impl Fn(RootCalls) -> W,
    ) -> Result<Result<T, Fault>, Fault> {
        let opened = self.open_session(id, account, task, LONGEST_SECONDS, errand).await?;
        let calls = |session: &RootSession| RootCalls::new(self.clients(), session, &errand.throttles);
        let answer = work(calls(&opened.session)).await;
        let session = opened.journaled().await;
        if !answer.as_ref().is_err_and(|fault| fault.kind == FaultKind::ExpiredCredentials) {
            return Ok(answer);
        }
        self.0.sessions.forget(&session);
        let opened = self.open_session(id, account, task, LONGEST_SECONDS, errand).await?;
        let answer = work(calls(&opened.session)).await;
        opened.journaled().await;
        Ok(answer)
    }
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
