//! The way into a member account, and the reads there.

use jiff::Timestamp;

use super::operation_context::OperationContext;
use super::queues;
use crate::aws::root::{RootCalls, audit};
use crate::aws::{s3, sqs};
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::policy_holder::{Bucket, PolicyHolder, PolicyText, QueueListing, QueueSearch};
use crate::domain::recovery::LeftOpen;
use crate::domain::root_credentials::{AuditDepth, RootAudit};
use crate::domain::root_session::{LONGEST_SECONDS, RootSession, SessionKey};
use crate::domain::task_policy::TaskPolicy;
use crate::engine::shared::Engine;

/// A member account, and what is known of it.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Member<'a> {
    pub(in crate::engine) id: AccountId,
    pub(in crate::engine) account: Option<&'a Account>,
}

impl<'a> From<&'a Account> for Member<'a> {
    fn from(account: &'a Account) -> Self {
        Self { id: account.id, account: Some(account) }
    }
}

impl Engine {
    /// A root session for a task in a member account: the open one if it is valid long enough, otherwise a new one of
    /// `seconds` seconds. Each `AssumeRoot` is journaled.
    pub async fn root_session(
        &self,
        account: &Account,
        task: TaskPolicy,
        seconds: u16,
        reason: Option<String>,
    ) -> Result<RootSession, ApiError> {
        let context = OperationContext::to_hand_over(self, reason);
        let opened = self.open_session(account.into(), task, seconds, &context).await?;
        Ok(opened.journaled().await)
    }

    /// The open session, if it is still valid.
    pub fn live_session(&self, key: SessionKey, now: Timestamp) -> Option<RootSession> {
        self.0.sessions.living(key, now)
    }

    /// The root credentials of an account. What could not be read says why.
    pub async fn audit(&self, account: &Account, depth: AuditDepth) -> RootAudit {
        let audit = self.audit_for(account.into(), depth, &OperationContext::look(self)).await;
        self.audits_kept().await;
        audit
    }

    /// The buckets of an account.
    pub async fn buckets(&self, account: &Account) -> Result<Vec<Bucket>, ApiError> {
        let work = |calls: RootCalls| async move { s3::buckets(&calls).await };
        self.visit(account.into(), TaskPolicy::UnlockBucketPolicy, &OperationContext::look(self), work).await.flatten()
    }

    /// The queues of an account, where they are looked for. Regions that could not be read are in the listing.
    pub async fn queues(&self, account: &Account, search: &QueueSearch) -> Result<QueueListing, ApiError> {
        let wanted = queues::QueueScope::of(search, account.id)?;
        let work = |calls: RootCalls| queues::look(calls, wanted.clone());
        self.visit(account.into(), TaskPolicy::UnlockQueuePolicy, &OperationContext::look(self), work).await.flatten()
    }

    /// `None` if the bucket or queue has no policy.
    pub async fn policy(&self, account: &Account, holder: &PolicyHolder) -> Result<Option<PolicyText>, ApiError> {
        self.policy_for(account.into(), holder, &OperationContext::look(self)).await
    }

    /// The accounts whose password recovery was allowed from this machine and not closed again.
    pub async fn left_open(&self) -> Result<Vec<LeftOpen>, ApiError> {
        self.keep(|records| records.left_open()).await
    }

    pub(super) async fn audit_for(
        &self,
        member: Member<'_>,
        depth: AuditDepth,
        context: &OperationContext,
    ) -> RootAudit {
        let begun = context.now();
        let work = |calls: RootCalls| async move {
            let audit = audit::audit(&calls, depth).await;
            match audit.error() {
                Some(error) if error.kind == ApiErrorKind::ExpiredCredentials => Err(error.clone()),
                _ => Ok(audit),
            }
        };
        let audit = self.visit(member, TaskPolicy::AuditRootCredentials, context, work).await.flatten();
        let audit = audit.unwrap_or_else(|error| RootAudit::unknown(depth, &error));
        self.settle_by_audit(member.id, &audit, context.now()).await;
        self.persist_audit(member.id, begun, &audit);
        audit
    }

    pub(super) async fn policy_for(
        &self,
        member: Member<'_>,
        holder: &PolicyHolder,
        context: &OperationContext,
    ) -> Result<Option<PolicyText>, ApiError> {
        let policy = match holder {
            PolicyHolder::Bucket { name, region } => {
                let work = |calls: RootCalls| async move { s3::policy(&calls, name, region).await };
                self.visit(member, TaskPolicy::UnlockBucketPolicy, context, work).await.flatten()?
            }
            PolicyHolder::Queue { url, region } => {
                let work = |calls: RootCalls| async move { sqs::policy(&calls, url, region).await };
                self.visit(member, TaskPolicy::UnlockQueuePolicy, context, work).await.flatten()?
            }
        };
        self.settle_by_policy(member.id, holder, policy.as_ref(), context.now()).await;
        Ok(policy)
    }

    /// Runs `work` in a member account, with a session for `task`; its result.
    ///
    /// # Errors
    /// If there is no session: then nothing was sent to the account.
    pub(super) async fn visit<T, W: Future<Output = Result<T, ApiError>>>(
        &self,
        member: Member<'_>,
        task: TaskPolicy,
        context: &OperationContext,
        work: impl Fn(RootCalls) -> W,
    ) -> Result<Result<T, ApiError>, ApiError> {
        let opened = self.open_session(member, task, LONGEST_SECONDS, context).await?;
        let calls = |session: &RootSession| RootCalls::new(self.clients(), session, &context.throttles);
        let answer = work(calls(&opened.session)).await;
        let session = opened.journaled().await;
        if !answer.as_ref().is_err_and(|error| error.kind == ApiErrorKind::ExpiredCredentials) {
            return Ok(answer);
        }
        self.0.sessions.forget(&session);
        let opened = self.open_session(member, task, LONGEST_SECONDS, context).await?;
        let answer = work(calls(&opened.session)).await;
        opened.journaled().await;
        Ok(answer)
    }
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
