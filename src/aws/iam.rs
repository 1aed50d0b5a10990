//! IAM: the features of centralized root access.

use aws_types::request_id::RequestId;

use super::clients::Clients;
use super::retry::SendOnce;
use super::wire;
use crate::domain::api_error::{ApiError, ApiErrorKind};
use crate::domain::client_error::AnswerError;
use crate::domain::root_feature::{RootFeature, RootFeatures};

const LIST: &str = "iam:ListOrganizationsFeatures";

/// While trusted access for `iam.amazonaws.com` is off AWS does not tell (captured:
/// `ServiceAccessNotEnabledException`), which is an answer. That the caller may not know (`NotManagementOrDelegated`)
/// is an error: unknown, never off.
pub(crate) async fn root_features(clients: &Clients) -> Result<RootFeatures, ApiError> {
    clients.pace.wait(LIST).await;
    match clients.answered(LIST, clients.iam.list_organizations_features().send().await) {
        // An answer that lists features also names the organization.
        Ok(answer) if answer.organization_id().is_none() => {
            Err(wire::unreadable(LIST, AnswerError::Lacks("OrganizationId".to_owned())))
        }
        Ok(answer) => Ok(RootFeatures::Enabled(
            answer.enabled_features().iter().filter_map(|feature| RootFeature::from_word(feature.as_str())).collect(),
        )),
        Err(error) if error.kind == ApiErrorKind::TrustedAccessOff => Ok(RootFeatures::NeedTrustedAccess),
        Err(error) => Err(error),
    }
}

pub(crate) async fn set_root_feature(
    clients: &Clients,
    feature: RootFeature,
    on: bool,
) -> Result<Option<String>, ApiError> {
    let iam = &clients.iam;
    let once = aws_sdk_iam::config::Builder::default().retry_classifier(SendOnce);
    // Four operations of four types; only their names differ.
    macro_rules! send {
        ($call:ident, $operation:literal) => {{
            clients.pace.wait($operation).await;
            let answer = iam.$call().customize().config_override(once).send().await;
            clients.answered($operation, answer).map(|answer| answer.request_id().map(ToOwned::to_owned))
        }};
    }
    match (feature, on) {
        (RootFeature::RootCredentialsManagement, true) => {
            send!(enable_organizations_root_credentials_management, "iam:EnableOrganizationsRootCredentialsManagement")
        }
        (RootFeature::RootCredentialsManagement, false) => {
            send!(
                disable_organizations_root_credentials_management,
                "iam:DisableOrganizationsRootCredentialsManagement"
            )
        }
        (RootFeature::RootSessions, true) => {
            send!(enable_organizations_root_sessions, "iam:EnableOrganizationsRootSessions")
        }
        (RootFeature::RootSessions, false) => {
            send!(disable_organizations_root_sessions, "iam:DisableOrganizationsRootSessions")
        }
    }
}
