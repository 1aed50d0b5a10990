//! Deleting the root credentials of one account, and the proof.

use super::gate::Gate;
use super::operation_context::OperationContext;
use super::sessions::not_permitted;
use crate::domain::account::Account;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::change::Change;
use crate::domain::client_error::ClientError;
use crate::domain::deletion::{DeletionCall, DeletionPlan, DeletionResult};
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, CredentialKind, RootAudit, RootCredential};
use crate::domain::root_session::LONGEST_SECONDS;
use crate::domain::task_policy::TaskPolicy;
use crate::domain::write::{WriteOutcome, WriteRequest};
use crate::engine::shared::Engine;
use crate::engine::write::Write;

/// A call and its journal entry, which is updated by what is read afterwards.
struct Attempt {
    call: DeletionCall,
    journaled: Option<(Write, i64)>,
}

impl From<DeletionCall> for Attempt {
    fn from(call: DeletionCall) -> Self {
        Self { call, journaled: None }
    }
}

impl Engine {
    /// Deletes what was confirmed in one account, one credential at a time and in AWS's order, then reads again what is
    /// there. It never deactivates first: the task policy denies `UpdateAccessKey` (AWS managed policy).
    pub(super) async fn delete_credentials(
        &self,
        plan: DeletionPlan,
        gate: &mut Gate,
        context: &OperationContext,
    ) -> (Vec<DeletionResult>, RootAudit) {
        let account = &plan.account;
        let credentials = in_order(plan.credentials);
        let task = TaskPolicy::DeleteRootCredentials;
        let calls = match self.open_session(account.into(), task, LONGEST_SECONDS, context).await {
            Ok(opened) => {
                opened.journaled().await;
                self.delete_each(account, &credentials, gate, context).await
            }
            Err(error) => {
                let refused = || Attempt::from(DeletionCall::NotAttempted(Some(error.clone())));
                credentials.iter().map(|_| refused()).collect()
            }
        };
        let audit = self.audit_for(account.into(), AuditDepth::Deep, context).await;
        let mut results = Vec::with_capacity(credentials.len());
        for (credential, attempt) in credentials.into_iter().zip(calls) {
            let result = DeletionResult::proved_by(credential, attempt.call, &audit);
            if let (DeletionCall::Made(outcome), Some((write, entry)), Some(there)) =
                (&result.call, attempt.journaled, result.still_there)
            {
                write.conclude_as_proved(entry, outcome, !there).await;
            }
            results.push(result);
        }
        (results, audit)
    }

    async fn delete_each(
        &self,
        account: &Account,
        credentials: &[RootCredential],
        gate: &mut Gate,
        context: &OperationContext,
    ) -> Vec<Attempt> {
        let mut calls = Vec::with_capacity(credentials.len());
        // What root can still sign in or call with keeps its second factor.
        let mut left_behind = false;
        for credential in credentials {
            let attempt = if !gate.opens().await {
                DeletionCall::NotAttempted(None).into()
            } else if credential.kind() == CredentialKind::MfaDevice && left_behind {
                DeletionCall::NotAttempted(Some(mfa_stays())).into()
            } else {
                self.delete_one(account, credential, context).await
            };
            let gone = matches!(&attempt.call, DeletionCall::Made(outcome) if outcome.is_yes());
            left_behind |= !gone && matches!(credential.kind(), CredentialKind::Password | CredentialKind::AccessKey);
            calls.push(attempt);
        }
        calls
    }

    async fn delete_one(&self, account: &Account, credential: &RootCredential, context: &OperationContext) -> Attempt {
        let change = Change::Root { account: account.id, change: RootChange::DeleteCredential(credential.clone()) };
        let request = WriteRequest::new(change, Some(account.clone()), context.reason.clone());
        let write = Write::new(self, request, context.clone());
        let sent = write.make().await;
        let journaled = sent.entry.map(|entry| (write, entry));
        let call = match sent.outcome {
            WriteOutcome::NotPermitted(refusal) => DeletionCall::NotAttempted(Some(not_permitted(&refusal))),
            outcome => DeletionCall::Made(outcome),
        };
        Attempt { call, journaled }
    }
}

/// The order of AWS's own console, whatever the order in the plan; each credential once.
pub(super) fn in_order(mut credentials: Vec<RootCredential>) -> Vec<RootCredential> {
    credentials.sort();
    credentials.dedup();
    credentials
}

fn mfa_stays() -> ApiError {
    ApiError::client("iam:DeactivateMFADevice", ApiErrorKind::NotPermitted, ClientError::FactorInUse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mfa_goes_last_and_nothing_twice_whatever_the_plan_says() {
        use RootCredential as C;
        let key = || C::AccessKey("AKIA1".into());
        let plan = vec![C::MfaDevice("m".into()), key(), C::SigningCertificate("c".into()), C::Password, key()];
        let order = [C::Password, key(), C::SigningCertificate("c".into()), C::MfaDevice("m".into())];
        assert_eq!(in_order(plan), order);
    }
}
