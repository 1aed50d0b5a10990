//! Where credentials come from, and why there are none.

use std::error::Error;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::config_files::ASKS_AGAIN;
use super::fault;
use super::profile::Configured;
use crate::domain::fault::{Fault, FaultKind};

/// The only sources where a profile was asked for: keys in the environment if those come first, then that
/// profile. What it lacks is nobody's to give.
///
/// The SDK's own chain asks the environment first even where the profile was named on the command line, so
/// that `--profile prod` would act with the keys of whatever account the shell holds; and the container or
/// instance last, which would act under the profile's name. The AWS CLI does neither.
pub(crate) fn of_profile(configured: &Configured, config: &ProviderConfig) -> CredentialsProviderChain {
    let profile = ProfileFileCredentialsProvider::builder()
        .configure(config)
        .profile_files(configured.files.for_sdk().clone())
        .profile_name(configured.key())
        .build();
    if configured.environment_comes_first() {
        let environment = EnvironmentVariableCredentialsProvider::new();
        return CredentialsProviderChain::first_try("Environment", environment).or_else("Profile", profile);
    }
    CredentialsProviderChain::first_try("Profile", profile)
}

/// Why the credentials for a call of `operation` could not be had.
///
/// [`Fault::operation`] names the call that gives them where that is known, so that a person can
/// be told how to renew them: `sso:GetRoleCredentials` (`aws sso login`),
/// `signin:CreateOAuth2Token` (`aws login`), `sts:AssumeRole`.
pub(crate) fn fault(operation: &'static str, error: &CredentialsError) -> Fault {
    for cause in fault::chain(error) {
        if let Some(refused) = cause.downcast_ref::<SdkError<AssumeRoleError, HttpResponse>>() {
            return fault::of("sts:AssumeRole", refused);
        }
        if let Some(refused) = cause.downcast_ref::<SdkError<AssumeRoleWithWebIdentityError, HttpResponse>>() {
            return fault::of("sts:AssumeRoleWithWebIdentity", refused);
        }
    }
    let all: Vec<String> = fault::chain(error).map(ToString::to_string).collect();
    let source = Source::of(&all);
    let kind = kind(error, source, &all);
    Fault::new(source.operation().unwrap_or(operation), kind, &fault::readable(error))
}

/// What gives credentials after a person has signed in. The SDK does not export these errors, so
/// their texts tell (a test holds on to them).
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

fn kind(error: &CredentialsError, source: Source, texts: &[String]) -> FaultKind {
    let has = |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| text.contains(word)));
    if has(&[ASKS_AGAIN]) {
        return FaultKind::CredentialLoop;
    }
    // A token that was never there is mended like one that has expired: by signing in.
    let signed_out = source != Source::Other
        && has(&[
            "failed to load the cached SSO token",
            "failed to read",
            "UnauthorizedException",
            "failed to load cached Login token",
            "Please reauthenticate",
        ]);
    if signed_out || has(&["has expired", "is expired", "ExpiredToken"]) {
        return FaultKind::ExpiredCredentials;
    }
    if has(&["dispatch failure"]) {
        return if fault::never_connected(error) { FaultKind::Unreachable } else { FaultKind::ConnectionLost };
    }
    match innermost(error) {
        CredentialsError::InvalidConfiguration(_) => FaultKind::Configuration,
        CredentialsError::ProviderTimedOut(_) => FaultKind::Timeout,
        _ => FaultKind::NoCredentials,
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
                FaultKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (
                E::provider_error("failed to load the cached SSO token"),
                FaultKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (
                E::provider_error("UnauthorizedException: Session token not found or invalid"),
                FaultKind::ExpiredCredentials,
                "sso:GetRoleCredentials",
            ),
            (E::unhandled("cached Login token is expired"), FaultKind::ExpiredCredentials, "signin:CreateOAuth2Token"),
            (E::not_loaded("no credentials found in chain. Attempted:\n  Environment"), FaultKind::NoCredentials, CALL),
            (
                E::provider_error(E::invalid_configuration("profile formed an infinite loop")),
                FaultKind::Configuration,
                CALL,
            ),
            (
                E::provider_error("Error retrieving credentials: external process exited with code 1"),
                FaultKind::NoCredentials,
                CALL,
            ),
            (E::provider_timed_out(std::time::Duration::from_secs(5)), FaultKind::Timeout, CALL),
        ];
        for (error, kind, operation) in cases {
            let fault = fault(CALL, &error);
            assert_eq!((fault.kind, fault.operation), (kind, operation), "{}", fault.message);
        }
    }

    #[test]
    fn the_message_is_the_cause_and_not_the_sdks_wrapping() {
        let error = CredentialsError::provider_error("Error retrieving credentials: external process exited");
        assert_eq!(fault(CALL, &error).message, "Error retrieving credentials: external process exited");
    }
}
