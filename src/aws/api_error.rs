//! What went wrong, from the SDK's errors.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::answer::{self, Doubtful};
use super::error_chain::{chain, never_connected, readable};
use super::failure::{Failure, Stage};
use super::limit::TooLong;
use super::no_credentials;
use super::said::Said;
use crate::domain::api_error::{ApiError, ApiErrorKind, LONGEST_CODE};
use crate::domain::cause::table;
use crate::domain::client_error::{AnswerError, ClientError};
use crate::domain::text;

/// Code and message come from the error's metadata: the SDK's `Display` of a `ValidationException` is redacted, and its
/// `Debug` may hold what must not be shown.
pub(crate) fn of<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> ApiError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let stage = match error {
        SdkError::ServiceError(context) => Stage::Service(context.raw()),
        SdkError::TimeoutError(_) => Stage::Timeout,
        SdkError::ResponseError(context) => Stage::Response(context.raw()),
        SdkError::DispatchFailure(failure) => Stage::Dispatch { is_timeout: failure.is_timeout() },
        _ => Stage::Construction,
    };
    let (code, message, request_id) = (error.code(), error.message(), error.request_id());
    of_failure(operation, &Failure { stage, error, code, message, request_id })
}

fn of_failure(operation: &'static str, failure: &Failure<'_>) -> ApiError {
    let error = failure.error;
    let mut api_error = match &failure.stage {
        Stage::Service(response) => {
            let status = response.status();
            let said = Said::of(failure, response);
            // The SDK also calls it so when it can't read the answer to a call that AWS carried out.
            if status.is_success() {
                ApiError::new(operation, ApiErrorKind::Unreadable, &readable(error))
            } else if answer::is_refusal_of_aws(response, said.code.as_deref(), Some(&said.message)) {
                answered(operation, status.as_u16(), said)
            } else {
                let doubtful = Doubtful::NotAws(answer::describe(response));
                ApiError::new(operation, ApiErrorKind::NotFromAws, &doubtful.to_string())
            }
        }
        Stage::Timeout => ApiError::new(operation, ApiErrorKind::Timeout, &readable(error)),
        Stage::Response(response) => unread(operation, error, response),
        Stage::Dispatch { is_timeout } => {
            let kind = if never_connected(error) {
                ApiErrorKind::Unreachable
            } else if *is_timeout {
                ApiErrorKind::Timeout
            } else {
                ApiErrorKind::ConnectionLost
            };
            unanswered(operation, error, kind)
        }
        // An endpoint that is no URL, for example.
        Stage::Construction => unanswered(operation, error, ApiErrorKind::Configuration),
    };
    api_error.request_id = failure.request_id.map(|id| text::at_most(&text::clean(id), LONGEST_CODE));
    logged(api_error)
}

fn unread(operation: &'static str, error: &(dyn Error + 'static), response: &HttpResponse) -> ApiError {
    let found = chain(error).find_map(|cause| cause.downcast_ref::<Doubtful>()).cloned();
    let elsewhere = || (!answer::is_named(response)).then(|| Doubtful::NotAws(answer::describe(response)));
    let too_long = chain(error).any(<dyn Error>::is::<TooLong>);
    let doubtful = found.or_else(elsewhere).filter(|_| !too_long);
    let kind = match doubtful {
        Some(Doubtful::NotAws(_)) => ApiErrorKind::NotFromAws,
        _ if response.status().as_u16() >= 500 => ApiErrorKind::Service,
        _ => ApiErrorKind::Unreadable,
    };
    // What the SDK could not read comes before it, and says less.
    let message = doubtful.map_or_else(|| readable(error), |doubtful| doubtful.to_string());
    ApiError::new(operation, kind, &message)
}

/// [`ApiError::operation`] names the call that gives the credentials, where that is known, so that a person learns how
/// to renew them: `sso:GetRoleCredentials` (`aws sso login`), `signin:CreateOAuth2Token` (`aws login`),
/// `sts:AssumeRole`.
pub(crate) fn of_credentials(operation: &'static str, error: &CredentialsError) -> ApiError {
    for cause in chain(error) {
        if let Some(refused) = cause.downcast_ref::<SdkError<AssumeRoleError, HttpResponse>>() {
            return of("sts:AssumeRole", refused);
        }
        if let Some(refused) = cause.downcast_ref::<SdkError<AssumeRoleWithWebIdentityError, HttpResponse>>() {
            return of("sts:AssumeRoleWithWebIdentity", refused);
        }
    }
    no_credentials::api_error(operation, error)
}

/// Writes `error` to the log, without its message: AWS repeats in it what it was given and who asks.
pub(super) fn logged(error: ApiError) -> ApiError {
    // That there was never an email change is an answer.
    if error.kind != ApiErrorKind::NoEmailChange {
        let (code, request_id) = (error.code.as_deref(), error.request_id.as_deref());
        tracing::info!(operation = error.operation, kind = ?error.kind, code, request_id, "a call failed");
    }
    error
}

fn answered(operation: &'static str, status: u16, said: Said) -> ApiError {
    let Said { code, message, reason } = said;
    let reason = reason.unwrap_or_default();
    let kind = kind(operation, status, code.as_deref().unwrap_or_default(), &message, &reason);
    let message = match (message.is_empty(), reason.is_empty()) {
        (true, true) => ClientError::from(AnswerError::NoMessage { status }).record(),
        (true, false) => reason,
        (false, true) => message,
        // AWS's word for what is wrong; its sentences may say less.
        (false, false) => format!("{message} ({reason})"),
    };
    let code = code.map(|code| text::at_most(&text::clean(&code), LONGEST_CODE));
    ApiError { code, ..ApiError::new(operation, kind, &message) }
}

/// By the table of `domain`, then by the SDK's list of throttling codes, then by the status.
fn kind(operation: &str, status: u16, code: &str, message: &str, reason: &str) -> ApiErrorKind {
    let plain = code.strip_prefix("AWS.SimpleQueueService.").unwrap_or(code);
    match table::case(operation, code, message, reason) {
        Some(case) => case.kind,
        None if aws_runtime::retries::classifiers::THROTTLING_ERRORS.contains(&plain) => ApiErrorKind::Throttled,
        None => match status {
            429 => ApiErrorKind::Throttled,
            500.. => ApiErrorKind::Service,
            _ => ApiErrorKind::Other,
        },
    }
}

fn unanswered(operation: &'static str, error: &(dyn Error + 'static), kind: ApiErrorKind) -> ApiError {
    match chain(error).find_map(|cause| cause.downcast_ref::<CredentialsError>()) {
        Some(inner) => of_credentials(operation, inner),
        None => ApiError::new(operation, kind, &readable(error)),
    }
}

#[cfg(test)]
#[path = "api_error_tests.rs"]
mod tests;
