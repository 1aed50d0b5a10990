//! Writes are sent once.

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::ErrorKind;

/// Forbids every repetition but that of a throttled request, which AWS did not carry out.
///
/// No write of this program carries a client token (service models), so after a failure on AWS's
/// side or a lost answer a second request could do it twice: a second one-time password, a
/// conflict with oneself. The SDK repeats those by default; whoever wrote reads the state instead.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SendOnce;

impl ClassifyRetry for SendOnce {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        RetryAction::NoActionIndicated
    }

    fn classify_retry_v2(&self, _: &InterceptorContext, previous: &RetryAction) -> RetryAction {
        match previous {
            RetryAction::RetryIndicated(RetryReason::RetryableError { kind: ErrorKind::ThrottlingError, .. })
            | RetryAction::NoActionIndicated => RetryAction::NoActionIndicated,
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "Writes are sent once"
    }

    // Last, so that `previous` is what all the others make of it.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}
