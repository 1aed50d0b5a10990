//! A failure for a person: what was tried, what AWS said, why that is, what follows, what fixes it.

use super::cause::{cause, consequence, fix};
use super::record::message;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiErrorWords {
    pub(crate) tried: String,
    pub(crate) said: String,
    pub(crate) cause: &'static str,
    pub(crate) consequence: &'static str,
    pub fix: String,
}

/// The whole message. `caller` is how the commands that fix reach AWS as this run does.
pub fn explain(error: &ApiError, caller: Option<&CallerOptions>) -> ApiErrorWords {
    let request = error.request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default();
    let said = match &error.code {
        Some(code) => format!("{code}: {}{request}", message(&error.message)),
        None => format!("{}{request}", message(&error.message)),
    };
    let why = Cause::of(error);
    ApiErrorWords {
        tried: format!("{} failed", ours(error).unwrap_or(error.operation)),
        said,
        cause: cause(why),
        consequence: consequence(why, error),
        fix: fix(why, error, caller),
    }
}

/// What of rootdeck itself failed, where it was no call.
fn ours(error: &ApiError) -> Option<&'static str> {
    error.operation.strip_prefix("rootdeck:")
}

pub(crate) fn headline(error: &ApiError) -> String {
    if ours(error).is_some() {
        return message(&error.message);
    }
    match &error.code {
        Some(code) => format!("{}: {code}: {}", error.operation, message(&error.message)),
        None => format!("{}: {}", error.operation, message(&error.message)),
    }
}

/// Two or three words for a place where a value should stand.
pub(crate) fn short(kind: ApiErrorKind) -> &'static str {
    match kind {
        ApiErrorKind::NoCredentials => "no credentials",
        ApiErrorKind::ExpiredCredentials => "credentials expired",
        ApiErrorKind::InvalidCredentials => "credentials rejected",
        ApiErrorKind::Configuration => "AWS configuration",
        ApiErrorKind::CredentialLoop => "credential loop",
        ApiErrorKind::MfaCodeNeeded => "MFA code required",
        ApiErrorKind::AccessDenied | ApiErrorKind::NotPermitted => "not permitted",
        ApiErrorKind::DeniedByScp => "denied by an SCP",
        ApiErrorKind::AssumeRootDenied => "no root session",
        ApiErrorKind::UnknownOperation => "not supported here",
        ApiErrorKind::WrongRegion => "another region",
        ApiErrorKind::RootFeatureOff(_) => "feature is off",
        ApiErrorKind::AlreadyExists => "already exists",
        ApiErrorKind::TrustedAccessOff => "trusted access is off",
        ApiErrorKind::NotManagementOrDelegated => "neither management nor delegated",
        ApiErrorKind::NotManagement => "management account only",
        ApiErrorKind::NotInOrganization => "no organization",
        ApiErrorKind::NotAllFeatures => "all features required",
        ApiErrorKind::Conflict => "conflict",
        ApiErrorKind::DelegateExists => "has delegated administrators",
        ApiErrorKind::Invalid => "rejected",
        ApiErrorKind::NotFound => "not found",
        ApiErrorKind::NoEmailChange => "no email change",
        ApiErrorKind::Throttled => "throttled",
        ApiErrorKind::Service => "AWS error",
        ApiErrorKind::Unreachable => "unreachable",
        ApiErrorKind::ConnectionLost => "connection lost",
        ApiErrorKind::Timeout => "timeout",
        ApiErrorKind::Unreadable => "invalid response",
        ApiErrorKind::NotFromAws => "not from AWS",
        ApiErrorKind::Local => "local error",
        ApiErrorKind::Other => "failed",
    }
}
