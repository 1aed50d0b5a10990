//! Deleting root credentials: what to delete, and what is verified.

use super::account::Account;
use super::api_error::{ApiError, ApiErrorKind};
use super::root_credentials::{RootAudit, RootCredential};
use super::write::WriteOutcome;

/// What to delete in one account: exactly what the dry run listed and a person confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionPlan {
    /// The member account, as it was known when it was confirmed.
    pub account: Account,
    /// The credentials, in the order they are to go.
    pub credentials: Vec<RootCredential>,
}

/// What came of the call that deletes one credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeletionCall {
    /// It was made, and ended so.
    Made(WriteOutcome),
    /// It was never sent: the session was refused, one before it failed, or the run was stopped.
    NotAttempted(Option<ApiError>),
}

/// The call's answer for one credential, and what was read afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionResult {
    /// Which credential.
    pub credential: RootCredential,
    /// What came of the call.
    pub call: DeletionCall,
    /// Whether the fresh audit still shows it; `None` if that could not be read.
    pub(crate) still_there: Option<bool>,
}

/// The one word for a [`DeletionResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeletionVerdict {
    /// Deleted by this program, and seen to be gone.
    Deleted,
    /// It was gone before, or did not go by this call, and is seen to be gone.
    AlreadyAbsent,
    /// AWS took it, and a read shows it still, or could not be made.
    Unproved,
    /// A service control policy denies it.
    DeniedByScp,
    /// Refused or failed; it is still there as far as anyone knows.
    Failed,
    /// The answer was lost, and it is not seen to be gone.
    Unknown,
    /// Never sent.
    NotAttempted,
}

impl DeletionVerdict {
    pub(crate) fn is_gone(self) -> bool {
        matches!(self, Self::Deleted | Self::AlreadyAbsent)
    }
}

impl DeletionResult {
    /// Nothing is "deleted" without what `audit` says of it.
    pub(crate) fn proved_by(credential: RootCredential, call: DeletionCall, audit: &RootAudit) -> Self {
        let still_there = audit.shows(&credential);
        Self { credential, call, still_there }
    }

    pub(crate) fn may_have_changed(&self) -> bool {
        matches!(self.call, DeletionCall::Made(WriteOutcome::Taken(_) | WriteOutcome::Unknown(_)))
    }

    /// The one word for it.
    pub fn verdict(&self) -> DeletionVerdict {
        let gone = self.still_there == Some(false);
        let outcome = match &self.call {
            DeletionCall::Made(outcome) => outcome,
            DeletionCall::NotAttempted(Some(error)) if error.kind == ApiErrorKind::DeniedByScp => {
                return DeletionVerdict::DeniedByScp;
            }
            DeletionCall::NotAttempted(_) => return DeletionVerdict::NotAttempted,
        };
        match outcome {
            WriteOutcome::NotPermitted(_) => DeletionVerdict::NotAttempted,
            WriteOutcome::Taken(_) | WriteOutcome::Unknown(_) if gone => DeletionVerdict::Deleted,
            // Whoever it was that deleted it, it is not there.
            WriteOutcome::AlreadySo(_) | WriteOutcome::Refused(_) | WriteOutcome::Failed(_) if gone => {
                DeletionVerdict::AlreadyAbsent
            }
            WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => DeletionVerdict::Unproved,
            // That it is still there shows little: the call may yet reach AWS, or AWS may show it late.
            WriteOutcome::Unknown(_) => DeletionVerdict::Unknown,
            WriteOutcome::Refused(error) if error.kind == ApiErrorKind::DeniedByScp => DeletionVerdict::DeniedByScp,
            WriteOutcome::Refused(_) | WriteOutcome::Failed(_) => DeletionVerdict::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::root_credentials::AuditDepth;
    use proptest::prelude::*;

    fn api_error(kind: ApiErrorKind) -> ApiError {
        ApiError::new("iam:DeleteLoginProfile", kind, "x")
    }

    fn call() -> impl Strategy<Value = DeletionCall> {
        let kind =
            || prop_oneof![Just(ApiErrorKind::DeniedByScp), Just(ApiErrorKind::Timeout), Just(ApiErrorKind::Other)];
        prop_oneof![
            Just(DeletionCall::Made(WriteOutcome::Taken(None))),
            Just(DeletionCall::Made(WriteOutcome::AlreadySo(api_error(ApiErrorKind::NotFound)))),
            kind().prop_map(|kind| DeletionCall::Made(WriteOutcome::Refused(api_error(kind)))),
            kind().prop_map(|kind| DeletionCall::Made(WriteOutcome::Failed(api_error(kind)))),
            kind().prop_map(|kind| DeletionCall::Made(WriteOutcome::Unknown(api_error(kind)))),
            kind().prop_map(|kind| DeletionCall::NotAttempted(Some(api_error(kind)))),
            Just(DeletionCall::NotAttempted(None)),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_called_gone_that_was_not_read_to_be_gone(call in call(), still_there: Option<bool>) {
            let result = DeletionResult { credential: RootCredential::Password, call, still_there };
            if matches!(result.verdict(), DeletionVerdict::Deleted | DeletionVerdict::AlreadyAbsent) {
                prop_assert_eq!(result.still_there, Some(false));
            }
        }
    }

    #[test]
    fn after_a_lost_answer_it_is_gone_once_that_is_read_and_else_unknown() {
        let lost = |still_there| DeletionResult {
            credential: RootCredential::Password,
            call: DeletionCall::Made(WriteOutcome::Unknown(api_error(ApiErrorKind::Timeout))),
            still_there,
        };
        let verdicts = [Some(false), Some(true), None].map(|seen| lost(seen).verdict());
        assert_eq!(verdicts, [DeletionVerdict::Deleted, DeletionVerdict::Unknown, DeletionVerdict::Unknown]);
    }

    #[test]
    fn an_audit_that_failed_proves_nothing() {
        let audit = RootAudit::unknown(AuditDepth::Deep, &api_error(ApiErrorKind::Timeout));
        let result =
            DeletionResult::proved_by(RootCredential::Password, DeletionCall::Made(WriteOutcome::Taken(None)), &audit);
        assert_eq!(result.verdict(), DeletionVerdict::Unproved);
    }
}
