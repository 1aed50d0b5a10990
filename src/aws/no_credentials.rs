//! Why there are no credentials, where no call for them was refused.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;

use super::error_chain::{chain, never_connected, readable};
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::ASKS_AGAIN;

/// Under the name of the call that gives the credentials, where that is known.
pub(super) fn api_error(operation: &'static str, error: &CredentialsError) -> ApiError {
    let all: Vec<String> = chain(error).map(ToString::to_string).collect();
    let source = Source::of(&all);
    let kind = kind(error, source, &all);
    ApiError::new(source.operation().unwrap_or(operation), kind, &readable(error))
}

/// What gives credentials after a person has signed in. The SDK exports no such errors, so texts tell (a test notices
/// if they change).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Sso,
    Login,
    Other,
}

impl Source {
    fn of(texts: &[String]) -> Self {
        let has = |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| text.contains(word)));
        if has(&["SSO", "/sso/cache/", "UnauthorizedException"]) {
            Self::Sso
        } else if has(&["Login token", "/login/cache/"]) {
            Self::Login
        } else {
            Self::Other
        }
    }

    fn operation(self) -> Option<&'static str> {
        match self {
            Self::Sso => Some("sso:GetRoleCredentials"),
            Self::Login => Some("signin:CreateOAuth2Token"),
            Self::Other => None,
        }
    }
}

fn kind(error: &CredentialsError, source: Source, texts: &[String]) -> ApiErrorKind {
    let has = |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| text.contains(word)));
    if has(&[ASKS_AGAIN]) {
        return ApiErrorKind::CredentialLoop;
    }
    // A token that was never there is like one that has expired: signing in fixes it.
    let signed_out = source != Source::Other
        && has(&[
            "failed to load the cached SSO token",
            "failed to read",
            "UnauthorizedException",
            "failed to load cached Login token",
            "Please reauthenticate",
        ]);
    if signed_out || has(&["has expired", "is expired", "ExpiredToken"]) {
        return ApiErrorKind::ExpiredCredentials;
    }
    if has(&["dispatch failure"]) {
        return if never_connected(error) { ApiErrorKind::Unreachable } else { ApiErrorKind::ConnectionLost };
    }
    match innermost(error) {
        CredentialsError::InvalidConfiguration(_) => ApiErrorKind::Configuration,
        CredentialsError::ProviderTimedOut(_) => ApiErrorKind::Timeout,
        _ => ApiErrorKind::NoCredentials,
    }
}

/// Sources wrap the errors of the sources they build on; the first one knows best.
fn innermost(error: &CredentialsError) -> &CredentialsError {
    let mut innermost = error;
    let mut next = error.source();
    while let Some(cause) = next {
        if let Some(inner) = cause.downcast_ref::<CredentialsError>() {
            innermost = inner;
        }
        next = cause.source();
    }
    innermost
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = "sts:GetCallerIdentity";

    #[test]
    fn what_a_person_has_to_do_decides_the_kind() {
        use CredentialsError as E;
        let cases = [
            (
                E::provider_error(E::provider_error("the SSO token has expired and cannot be refreshed")),
                ApiErrorKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (
                E::provider_error("failed to load the cached SSO token"),
                ApiErrorKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (
                E::provider_error("UnauthorizedException: Session token not found or invalid"),
                ApiErrorKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (
                E::unhandled("cached Login token is expired"),
                ApiErrorKind::ExpiredCredentials,
                "signin:CreateOAuth2Token",
            ),
            (
                E::not_loaded("no credentials found in chain. Attempted:\n  Environment"),
                ApiErrorKind::NoCredentials,
                CALL,
            ),
            (
                E::provider_error(E::invalid_configuration("profile formed an infinite loop")),
                ApiErrorKind::Configuration,
                CALL,
            ),
            (
                E::provider_error("Error retrieving credentials: external process exited with code 1"),
                ApiErrorKind::NoCredentials,
                CALL,
            ),
            (E::provider_timed_out(std::time::Duration::from_secs(5)), ApiErrorKind::Timeout, CALL),
        ];
        for (error, kind, operation) in cases {
            let error = api_error(CALL, &error);
            assert_eq!((error.kind, error.operation), (kind, operation), "{}", error.message);
        }
    }

    #[test]
    fn the_message_is_the_cause_and_not_the_sdks_wrapping() {
        let error = CredentialsError::provider_error("Error retrieving credentials: external process exited");
        assert_eq!(api_error(CALL, &error).message, "Error retrieving credentials: external process exited");
    }
}
