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
        tried: format!("{} did not work", error.operation),
        said,
        cause: cause(why),
        consequence: consequence(why, error),
        fix: fix(why, error, caller),
    }
}

pub(crate) fn headline(error: &ApiError) -> String {
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
        ApiErrorKind::InvalidCredentials => "credentials not accepted",
        ApiErrorKind::Configuration => "AWS configuration",
        ApiErrorKind::CredentialLoop => "credentials of itself",
        ApiErrorKind::MfaCodeNeeded => "needs an MFA code",
        ApiErrorKind::AccessDenied | ApiErrorKind::NotPermitted => "not permitted",
        ApiErrorKind::DeniedByScp => "denied by an SCP",
        ApiErrorKind::AssumeRootDenied => "no root session",
        ApiErrorKind::UnknownOperation => "not served here",
        ApiErrorKind::WrongRegion => "another region",
        ApiErrorKind::RootFeatureOff(_) => "needs feature",
        ApiErrorKind::AlreadyExists => "there already",
        ApiErrorKind::TrustedAccessOff => "needs trust",
        ApiErrorKind::NotManagementOrDelegated => "not management or delegated",
        ApiErrorKind::NotManagement => "management account only",
        ApiErrorKind::NotInOrganization => "no organization",
        ApiErrorKind::NotAllFeatures => "needs all features",
        ApiErrorKind::Conflict => "conflict",
        ApiErrorKind::DelegateExists => "has delegated administrators",
        ApiErrorKind::Invalid => "not accepted",
        ApiErrorKind::NotFound => "not found",
        ApiErrorKind::NoEmailChange => "no change known",
        ApiErrorKind::Throttled => "throttled",
        ApiErrorKind::Service => "AWS failed",
        ApiErrorKind::Unreachable => "not reachable",
        ApiErrorKind::ConnectionLost => "connection lost",
        ApiErrorKind::Timeout => "no answer in time",
        ApiErrorKind::Unreadable => "unreadable answer",
        ApiErrorKind::NotFromAws => "not AWS's answer",
        ApiErrorKind::Local => "this machine",
        ApiErrorKind::Other => "failed",
    }
}
