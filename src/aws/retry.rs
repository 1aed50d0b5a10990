//! Writes are sent once, and throttled calls are counted.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::ErrorKind;
use tokio::sync::watch;

use super::pace::Pace;

/// Forbids every repetition but that of a throttled request, which AWS did not carry out.
///
/// No write of this program carries a client token (service models): after a lost answer a second request could do it
/// twice. The SDK would repeat it; we read the state instead.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SendOnce;

impl ClassifyRetry for SendOnce {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        RetryAction::NoActionIndicated
    }

    fn classify_retry_v2(&self, _: &InterceptorContext, previous: &RetryAction) -> RetryAction {
        if is_throttled(previous) || *previous == RetryAction::NoActionIndicated {
            RetryAction::NoActionIndicated
        } else {
            RetryAction::RetryForbidden
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

/// How often AWS throttled the calls that carry it. Clones share the count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Throttles(Arc<watch::Sender<u64>>);

impl Throttles {
    pub(crate) fn count(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

#[dyn_dispatch_hint]
impl Intercept for Throttles {
    fn name(&self) -> &'static str {
        "Throttled calls are counted"
    }

    // Once for each attempt. A classifier of its own would not do: they are asked more than once.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if was_throttled(context, components) {
            self.0.send_modify(|count| *count += 1);
        }
        Ok(())
    }
}

/// Slows the pace of an operation down when AWS throttles it.
#[derive(Clone, Debug)]
pub(crate) struct SlowDown(pub(super) Pace);

#[dyn_dispatch_hint]
impl Intercept for SlowDown {
    fn name(&self) -> &'static str {
        "Throttled operations are called less often"
    }

    // Once for each attempt.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if !context.response().status().is_success()
            && was_throttled(context, components)
            && let Some(operation) = cfg.load::<Metadata>()
        {
            self.0.throttled(operation.service(), operation.name());
        }
        Ok(())
    }
}

fn was_throttled(context: &AfterDeserializationInterceptorContextRef<'_>, components: &RuntimeComponents) -> bool {
    let mut verdict = RetryAction::NoActionIndicated;
    for classifier in components.retry_classifiers() {
        match classifier.classify_retry_v2(context.inner(), &verdict) {
            RetryAction::NoActionIndicated => {}
            opinion => verdict = opinion,
        }
    }
    is_throttled(&verdict)
}

fn is_throttled(action: &RetryAction) -> bool {
    matches!(action, RetryAction::RetryIndicated(RetryReason::RetryableError { kind: ErrorKind::ThrottlingError, .. }))
}
