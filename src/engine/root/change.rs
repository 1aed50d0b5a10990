//! One change in a member account, and the read afterwards.

use super::operation_context::OperationContext;
use super::visit::Member;
use crate::aws::root::{RootCalls, audit, change};
use crate::aws::s3;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::ClientError;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, Presence};
use crate::domain::write::{PresentPolicy, Seen, WriteOutcome};
use crate::engine::shared::Engine;

pub(in crate::engine) struct Sent {
    pub(in crate::engine) outcome: WriteOutcome,
    pub(in crate::engine) request_id: Option<String>,
    /// If it was not sent, there is nothing to read afterwards.
    pub(in crate::engine) went_out: bool,
    pub(in crate::engine) entry: Option<i64>,
}

impl Sent {
    pub(in crate::engine) fn answered(outcome: WriteOutcome, request_id: Option<String>) -> Self {
        Self { outcome, request_id, went_out: true, entry: None }
    }

    pub(in crate::engine) fn faulted(error: ApiError, outcome: fn(ApiError) -> WriteOutcome) -> Self {
        let request_id = error.request_id.clone();
        Self::answered(outcome(error), request_id)
    }

    fn unsent(error: ApiError) -> Self {
        let outcome = if error.kind.is_refusal() { WriteOutcome::Refused } else { WriteOutcome::Failed };
        Self { went_out: false, ..Self::faulted(error, outcome) }
    }
}

impl Engine {
    /// Makes a change in a member account. Only its session is permitted and journaled here.
    pub(in crate::engine) async fn change_root(
        &self,
        member: Member<'_>,
        change: &RootChange,
        present: &PresentPolicy,
        context: &OperationContext,
    ) -> Sent {
        if let Err(error) = self.check_present(member, change, present, context).await {
            return Sent::unsent(error);
        }
        let work = |calls: RootCalls| async move { change::make(&calls, change).await };
        match self.visit(member, change.task(), context, work).await {
            Ok(Ok(request_id)) => Sent::answered(WriteOutcome::Taken(None), request_id),
            Ok(Err(error)) if is_already_so(change, &error) => Sent::faulted(error, WriteOutcome::AlreadySo),
            Ok(Err(error)) => Sent::faulted(error, WriteOutcome::from_fault),
            // Whatever became of the session, the change was not sent.
            Err(error) => Sent::unsent(error),
        }
    }

    /// Whether a policy that `change` would replace or delete is still the one that was confirmed.
    ///
    /// # Errors
    /// If it is another one, which nobody has seen or saved, or can't be read.
    async fn check_present(
        &self,
        member: Member<'_>,
        change: &RootChange,
        present: &PresentPolicy,
        context: &OperationContext,
    ) -> Result<(), ApiError> {
        let (PresentPolicy::Only(present), RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _)) =
            (present, change)
        else {
            return Ok(());
        };
        let now = self.policy_for(member, holder, context).await?;
        if now.is_none() || now == *present {
            return Ok(());
        }
        Err(ApiError::client(change.operation(), ApiErrorKind::NotPermitted, ClientError::PolicyChanged))
    }

    /// Reads the changed state again, in the same session where that is allowed.
    pub(in crate::engine) async fn read_back_root(
        &self,
        member: Member<'_>,
        change: &RootChange,
        context: &OperationContext,
    ) -> Seen {
        match change {
            RootChange::DeleteCredential(_) => {
                Seen::RootCredentials(Box::new(self.audit_for(member, AuditDepth::Deep, context).await))
            }
            RootChange::AllowPasswordRecovery | RootChange::ClosePasswordRecovery => {
                let work = |calls: RootCalls| async move {
                    match audit::login_profile(&calls).await {
                        Presence::Unknown(error) => Err(error),
                        profile => Ok(profile),
                    }
                };
                let profile = self.visit(member, change.task(), context, work).await.flatten();
                let profile = profile.unwrap_or_else(Presence::Unknown);
                self.persist_login_profile(member.id, &profile).await;
                self.settle_by_login_profile(member.id, &profile, context.now()).await;
                Seen::LoginProfile(profile)
            }
            RootChange::DeletePolicy(holder) | RootChange::PutPolicy(holder, _) => {
                Seen::Policy(self.policy_for(member, holder, context).await)
            }
        }
    }
}

fn is_already_so(change: &RootChange, error: &ApiError) -> bool {
    match change {
        RootChange::DeleteCredential(_) | RootChange::ClosePasswordRecovery => {
            error.code.as_deref() == Some("NoSuchEntity")
        }
        RootChange::AllowPasswordRecovery => error.kind == ApiErrorKind::AlreadyExists,
        RootChange::DeletePolicy(_) => s3::is_without_policy(error),
        RootChange::PutPolicy(..) => false,
    }
}
