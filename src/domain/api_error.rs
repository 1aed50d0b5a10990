//! Why something could not be read or done.

use serde::{Deserialize, Deserializer, Serialize};

use super::client_error::ClientError;
use super::root_feature::RootFeature;

/// The name of an operation. To serde a plain `&'static str` is one that borrows from its input.
type Operation = &'static str;

/// A failure of a call, in AWS's own words where AWS spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// In IAM's notation: `account:GetPrimaryEmail`.
    #[serde(deserialize_with = "saved_operation")]
    pub operation: Operation,
    /// Decides cause, fix and whether to try again.
    pub kind: ApiErrorKind,
    /// AWS's error code, where AWS answered.
    pub code: Option<String>,
    /// AWS's message, or the system's, cleaned; or a record of `ClientError`, `Refusal` or `PlanProblem`.
    pub message: String,
    /// The request id, by which CloudTrail and AWS Support find the call.
    pub request_id: Option<String>,
}

/// The kinds of failure that a person is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ApiErrorKind {
    /// No source of credentials gave any.
    NoCredentials,
    /// The credentials have expired.
    ExpiredCredentials,
    /// AWS does not know the credentials, or their signature is wrong.
    InvalidCredentials,
    /// The configuration files of AWS could not be used.
    Configuration,
    /// The program that the profile has its credentials from comes back to the same profile, without end.
    CredentialLoop,
    /// The role of the profile wants a code of an MFA device: none was given, or AWS did not accept it.
    MfaCodeNeeded,
    /// Not permitted, for a reason the message may hold.
    AccessDenied,
    /// A service control policy of the member account denies it.
    DeniedByScp,
    /// `AssumeRoot` said no: the management account is the target, no permission, or no longer delegated. AWS returns
    /// the same error in all three cases.
    AssumeRootDenied,
    /// The endpoint does not know the operation: the global one of STS serves no `AssumeRoot`.
    UnknownOperation,
    /// What is asked for is in another region.
    WrongRegion,
    /// The feature of centralized root access that is the task's gate is off.
    RootFeatureOff(RootFeature),
    /// The policy or entity to be created is there already.
    AlreadyExists,
    /// Trusted access for the service is off.
    TrustedAccessOff,
    /// The caller's account is neither the management account nor a delegated administrator.
    NotManagementOrDelegated,
    /// Only the management account may do this.
    NotManagement,
    /// The account belongs to no organization.
    NotInOrganization,
    /// The organization does not have all features.
    NotAllFeatures,
    /// In use by another account, or another change is in progress.
    Conflict,
    /// A delegated administrator must be deregistered first.
    DelegateExists,
    /// AWS does not accept a value.
    Invalid,
    /// Not there.
    NotFound,
    /// `GetPrimaryEmailUpdateStatus` knows of no change: an answer rather than a failure.
    NoEmailChange,
    /// Too many requests, after all retries.
    Throttled,
    /// AWS failed on its side. A write may or may not have been done.
    Service,
    /// No connection could be made: nothing was sent.
    Unreachable,
    /// The connection broke after the request may have been sent.
    ConnectionLost,
    /// No answer in time.
    Timeout,
    /// The answer could not be understood.
    Unreadable,
    /// The answer is not surely AWS's: a proxy, or whoever else stands in between, may have given it.
    NotFromAws,
    /// Something on this machine: a file, the store.
    Local,
    /// Refused by rootdeck itself, before any call.
    NotPermitted,
    /// Anything else that AWS answered.
    Other,
}

impl ApiErrorKind {
    /// Whether a write that failed this way may have been carried out all the same.
    pub fn leaves_outcome_unknown(self) -> bool {
        matches!(self, Self::Service | Self::ConnectionLost | Self::Timeout | Self::Unreadable | Self::NotFromAws)
    }

    /// Whether to fix the credentials.
    pub(crate) fn is_about_credentials(self) -> bool {
        matches!(
            self,
            Self::NoCredentials
                | Self::ExpiredCredentials
                | Self::InvalidCredentials
                | Self::Configuration
                | Self::CredentialLoop
                | Self::MfaCodeNeeded
        )
    }

    /// Whether AWS or rootdeck said no; otherwise something broke.
    pub(crate) fn is_refusal(self) -> bool {
        match self {
            Self::ExpiredCredentials | Self::InvalidCredentials => true,
            Self::Throttled | Self::Unreachable | Self::Local | Self::Other => false,
            kind => !kind.is_about_credentials() && !kind.leaves_outcome_unknown(),
        }
    }
}

/// In characters: more than any message of AWS's has, and less than a page of somebody else's.
const LONGEST_MESSAGE: usize = 2000;
pub(crate) const LONGEST_CODE: usize = 200;

impl ApiError {
    /// A failure that AWS gave no code for.
    pub fn new(operation: &'static str, kind: ApiErrorKind, message: &str) -> Self {
        let message = super::text::at_most(&super::text::one_line(message), LONGEST_MESSAGE);
        Self { operation, kind, code: None, message, request_id: None }
    }

    /// A failure that rootdeck reports itself: data, whose sentence is made when it is shown.
    pub(crate) fn client(operation: &'static str, kind: ApiErrorKind, error: impl Into<ClientError>) -> Self {
        Self { operation, kind, code: None, message: error.into().record(), request_id: None }
    }
}

/// The operations of saved errors; any other is shown as the audit's.
const SAVED: [&str; 7] = [
    "iam:GetAccountSummary",
    "iam:GetLoginProfile",
    "iam:ListAccessKeys",
    "iam:GetAccessKeyLastUsed",
    "iam:ListMFADevices",
    "iam:ListSigningCertificates",
    "sts:AssumeRoot",
];

fn saved_operation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let saved = String::deserialize(deserializer)?;
    Ok(SAVED.into_iter().find(|known| *known == saved).unwrap_or("iam:GetAccountSummary"))
}
