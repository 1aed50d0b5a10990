//! What went wrong, from the SDK's errors.

use std::error::Error;
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::answer::{self, Doubtful};
use super::credentials;
use super::limit::TooLong;
use super::said::Said;
use crate::domain::cause::table;
use crate::domain::fault::{Fault, FaultKind, LONGEST_CODE};
use crate::domain::text;

/// The failure of a call of `operation`.
///
/// Code and message come from the error's metadata: the SDK's `Display` of a `ValidationException`
/// is redacted, and its `Debug` may hold what must not be shown.
pub fn of<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Fault
where
    E: ProvideErrorMetadata + Error + 'static,
{
    with_reason(operation, error, None)
}

/// The same, with the `Reason` that exceptions of Organizations carry.
pub fn with_reason<E>(operation: &'static str, error: &SdkError<E, HttpResponse>, reason: Option<&str>) -> Fault
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let mut fault = match error {
        SdkError::ServiceError(context) => {
            let (response, status) = (context.raw(), context.raw().status());
            let said = Said::of(error, response);
            // The SDK calls it an error of the service when it can't read the answer to a call
            // that AWS carried out.
            if status.is_success() {
                Fault::new(operation, FaultKind::Unreadable, &readable(error))
            } else if answer::is_refusal_of_aws(response, said.code.as_deref(), Some(&said.message)) {
                answered(operation, status.as_u16(), said, reason)
            } else {
                let doubtful = Doubtful::NotAws(answer::describe(response));
                Fault::new(operation, FaultKind::NotFromAws, &doubtful.to_string())
            }
        }
        SdkError::TimeoutError(_) => Fault::new(operation, FaultKind::Timeout, &readable(error)),
        SdkError::ResponseError(context) => {
            let (response, status) = (context.raw(), context.raw().status());
            let found = chain(error).find_map(|cause| cause.downcast_ref::<Doubtful>()).cloned();
            let elsewhere = || (!answer::is_named(response)).then(|| Doubtful::NotAws(answer::describe(response)));
            let too_long = chain(error).any(<dyn Error>::is::<TooLong>);
            let doubtful = found.or_else(elsewhere).filter(|_| !too_long);
            let kind = match doubtful {
                Some(Doubtful::NotAws(_)) => FaultKind::NotFromAws,
                _ if status.as_u16() >= 500 => FaultKind::Service,
                _ => FaultKind::Unreadable,
            };
            // What the SDK could not read comes before it, and says less.
            let message = doubtful.map_or_else(|| readable(error), |doubtful| doubtful.to_string());
            Fault::new(operation, kind, &message)
        }
        // Neither of them came as far as an answer: credentials, configuration or the network.
        _ => unanswered(operation, error),
    };
    fault.request_id = error.request_id().map(|id| text::at_most(&text::clean(id), LONGEST_CODE));
    logged(fault)
}

/// Writes `fault` to the log, without its message: AWS repeats in it what it was given and who asks.
pub(super) fn logged(fault: Fault) -> Fault {
    // That there was never an email change is an answer.
    if fault.kind != FaultKind::NoEmailChange {
        let (code, request_id) = (fault.code.as_deref(), fault.request_id.as_deref());
        tracing::info!(operation = fault.operation, kind = ?fault.kind, code, request_id, "a call failed");
    }
    fault
}

fn answered(operation: &'static str, status: u16, said: Said, reason: Option<&str>) -> Fault {
    let Said { code, message, reason: found } = said;
    let reason = reason.or(found.as_deref()).unwrap_or_default();
    let kind = kind(operation, status, code.as_deref().unwrap_or_default(), &message, reason);
    let message = match (message.is_empty(), reason.is_empty()) {
        (true, true) => format!("HTTP status {status}, without a message"),
        (true, false) => reason.to_owned(),
        (false, true) => message,
        // AWS's word for what is wrong; its sentences may say less.
        (false, false) => format!("{message} ({reason})"),
    };
    let code = code.map(|code| text::at_most(&text::clean(&code), LONGEST_CODE));
    Fault { code, ..Fault::new(operation, kind, &message) }
}

/// Which kind of failure an answer is: by the table of `domain`, then by what the SDK takes for
/// throttling, then by the status alone.
fn kind(operation: &str, status: u16, code: &str, message: &str, reason: &str) -> FaultKind {
    let plain = code.strip_prefix("AWS.SimpleQueueService.").unwrap_or(code);
    match table::case(operation, code, message, reason) {
        Some(case) => case.kind,
        None if aws_runtime::retries::classifiers::THROTTLING_ERRORS.contains(&plain) => FaultKind::Throttled,
        None => match status {
            429 => FaultKind::Throttled,
            500.. => FaultKind::Service,
            _ => FaultKind::Other,
        },
    }
}

fn unanswered<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Fault
where
    E: ProvideErrorMetadata + Error + 'static,
{
    if let Some(inner) = chain(error).find_map(|cause| cause.downcast_ref::<CredentialsError>()) {
        return credentials::fault(operation, inner);
    }
    let kind = match error {
        SdkError::DispatchFailure(failure) => {
            if never_connected(error) {
                FaultKind::Unreachable
            } else if failure.is_timeout() {
                FaultKind::Timeout
            } else {
                FaultKind::ConnectionLost
            }
        }
        // An endpoint that is no URL, for example.
        _ => FaultKind::Configuration,
    };
    Fault::new(operation, kind, &readable(error))
}

/// Whether the connection was never made: name, route, refusal, TLS, or too slow to connect.
///
/// The SDK keeps hyper's error to itself, so its text is what there is (a test holds on to it).
/// If it changed, such a failure would count as a lost connection: the cautious side.
pub(crate) fn never_connected(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|cause| {
        let text = cause.to_string();
        text == "client error (Connect)" || text.starts_with("HTTP connect timeout")
    })
}

/// `error` and its causes. An `io::Error` gives the source of what it wraps as its own, so what it
/// wraps would be skipped: that is where TLS says what is wrong.
pub(crate) fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// What the causes say, without the SDK's words for its own layers and without repetitions.
pub(crate) fn readable(error: &(dyn Error + 'static)) -> String {
    const LAYERS: [&str; 15] = [
        "dispatch failure",
        "io error",
        "other",
        "timeout",
        "user error",
        "client error (Connect)",
        "client error (SendRequest)",
        "response error",
        "service error",
        "unhandled error",
        "failed to construct request",
        "an error occurred while loading credentials",
        "unexpected credentials error",
        "an error occurred while loading an access token",
        "the credential provider was not enabled",
    ];
    // Behind the names of what stands in the way of a call, ours included.
    const INTERCEPTOR: &str = " interceptor encountered an error";
    let mut parts: Vec<String> = Vec::new();
    for cause in chain(error) {
        let part = cause.to_string();
        let known = part.ends_with(INTERCEPTOR)
            || LAYERS.contains(&part.as_str())
            || parts.iter().any(|earlier| earlier.contains(&part));
        if !known {
            // A cause that quotes the ones before it replaces them.
            parts.retain(|earlier| !part.contains(earlier.as_str()));
            parts.push(part);
        }
    }
    if parts.is_empty() { error.to_string() } else { parts.join(": ") }
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
