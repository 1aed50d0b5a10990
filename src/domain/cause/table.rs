//! The one table of what AWS's errors mean: from service, operation, code and the shape of the message
//! to the kind that the program decides by and the cause that a person is told.
//!
//! Codes of the JSON services and of the query services mean the same under different names. The texts
//! are as captured from the real service, or as AWS documents them; the first row that fits counts.

use super::Cause;
use crate::domain::fault::FaultKind;
use crate::domain::root_feature::RootFeature;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What the operation begins with, in IAM's notation; empty for any.
    at: &'static str,
    /// The codes; empty for any.
    codes: &'static [&'static str],
    /// Words that the message holds, all of them.
    says: &'static [&'static str],
    /// What the `Reason` of an exception of Organizations begins with; empty for any.
    reason: &'static str,
    /// What the program goes by.
    pub kind: FaultKind,
    /// What a person is told.
    pub cause: Cause,
}

const fn row(at: &'static str, codes: &'static [&'static str], kind: FaultKind, cause: Cause) -> Case {
    Case { at, codes, says: &[], reason: "", kind, cause }
}

impl Case {
    const fn says(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    const fn reason(self, reason: &'static str) -> Self {
        Self { reason, ..self }
    }

    fn fits(&self, operation: &str, code: &str, message: &str, reason: &str) -> bool {
        // Real reasons may carry a suffix behind a colon (captured).
        let reason = reason.split(':').next().unwrap_or_default();
        operation.starts_with(self.at)
            && (self.codes.is_empty() || self.codes.contains(&code))
            && self.says.iter().all(|words| message.contains(words))
            && (self.reason.is_empty() || self.reason == reason)
    }
}

/// The row for an error of AWS. SQS calls things by the names they had before it spoke JSON: they count
/// without their prefix.
#[must_use]
pub fn case(operation: &str, code: &str, message: &str, reason: &str) -> Option<&'static Case> {
    let code = code.strip_prefix("AWS.SimpleQueueService.").unwrap_or(code);
    TABLE.iter().find(|case| case.fits(operation, code, message, reason))
}

use Cause as C;
use FaultKind as K;

const DENIED: &[&str] = &["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
const SIGNATURE: &[&str] = &["SignatureDoesNotMatch", "InvalidSignatureException"];
const KEY: &[&str] = &["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken"];
const CONSTRAINT: &[&str] = &["ConstraintViolationException"];
const INVALID: &[&str] = &[
    "ValidationException",
    "ValidationError",
    "InvalidInputException",
    "InvalidInput",
    "InvalidParameterValue",
    "MalformedPolicy",
    "MalformedPolicyDocument",
    "InvalidArgument",
    "InvalidBucketName",
    "InvalidAddress",
    "InvalidAttributeName",
    "InvalidAttributeValue",
];

const NO_PERMISSIONS: &str = "You don't have permissions";
const SCP: &str = "with an explicit deny in a service control policy";
const ASSUME_ROOT: &str = "sts:AssumeRoot";
const ASSUME_ROLE: &str = "sts:AssumeRole";
const ACCEPT: &str = "account:AcceptPrimaryEmailUpdate";

/// The rows, the narrower ones first.
const TABLE: &[Case] = &[
    // Denials that are about a gate.
    row("account:", DENIED, K::TrustedAccessOff, C::AccountTrustOff).says(&["must first enable trusted access"]),
    row("", DENIED, K::TrustedAccessOff, C::IamTrustOff).says(&["Service not enabled for AWS Organizations"]),
    row("", DENIED, K::TrustedAccessOff, C::TrustOff).says(&["must first enable trusted access"]),
    row(
        ASSUME_ROOT,
        DENIED,
        K::RootFeatureOff(RootFeature::RootCredentialsManagement),
        C::FeatureOff(RootFeature::RootCredentialsManagement),
    )
    .says(&["Root credentials management feature is not enabled"]),
    row(ASSUME_ROOT, DENIED, K::RootFeatureOff(RootFeature::RootSessions), C::FeatureOff(RootFeature::RootSessions))
        .says(&["Root sessions feature is not enabled"]),
    // An SCP that denies AssumeRoot is about the caller's account, not about the target.
    row(ASSUME_ROOT, DENIED, K::AccessDenied, C::CallersControlPolicy).says(&[SCP]),
    row(ASSUME_ROOT, DENIED, K::AccessDenied, C::PermissionsBoundary)
        .says(&["explicit deny in a permissions boundary"]),
    row(ASSUME_ROOT, DENIED, K::AccessDenied, C::DeniedByIdentityPolicy)
        .says(&["explicit deny in an identity-based policy"]),
    row(ASSUME_ROOT, DENIED, K::AccessDenied, C::SessionPolicy).says(&["explicit deny in a session policy"]),
    row(ASSUME_ROOT, DENIED, K::AccessDenied, C::Denied).says(&["with an explicit deny in"]),
    row(ASSUME_ROOT, DENIED, K::AssumeRootDenied, C::AssumeRootDenied),
    // The credentials themselves, by a role that can't be assumed.
    row(ASSUME_ROLE, DENIED, K::MfaCodeNeeded, C::MfaCodeNotAccepted).says(&["MultiFactorAuthentication failed"]),
    row(ASSUME_ROLE, DENIED, K::AccessDenied, C::RoleNotAssumed),
    // Denials by a policy that is named.
    // In a member account it is root who is denied; everywhere else the caller.
    row("account:", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("organizations:", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("iam:ListOrganizations", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("iam:EnableOrganizations", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("iam:DisableOrganizations", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("iam:SimulatePrincipalPolicy", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("iam:GetRole", DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row("", DENIED, K::DeniedByScp, C::RootsControlPolicy).says(&[SCP]),
    row("", DENIED, K::AccessDenied, C::CallersControlPolicy).says(&["no service control policy allows"]),
    row("", DENIED, K::AccessDenied, C::ResourceControlPolicy).says(&["resource control policy"]),
    row("", DENIED, K::AccessDenied, C::PermissionsBoundary).says(&["permissions boundary"]),
    row("", DENIED, K::AccessDenied, C::EndpointPolicy).says(&["VPC endpoint policy"]),
    row("", DENIED, K::AccessDenied, C::DeniedByIdentityPolicy).says(&["explicit deny in an identity-based policy"]),
    row("", DENIED, K::AccessDenied, C::NoIdentityPolicy).says(&["no identity-based policy allows"]),
    row("", DENIED, K::AccessDenied, C::SessionPolicy).says(&["session policy"]),
    row("", DENIED, K::AccessDenied, C::ResourcePolicy).says(&["resource-based policy"]),
    // Account Management's three shapes (captured).
    row("account:", DENIED, K::AccessDenied, C::NotAMemberToAsk).says(&["(Access Denied)"]),
    row("account:", DENIED, K::AccessDenied, C::NotManagementOrDelegatedForAccount)
        .says(&["is not authorized to perform"]),
    row("organizations:Enable", DENIED, K::AccessDenied, C::OrganizationsChangeDenied).says(&[NO_PERMISSIONS]),
    row("organizations:Disable", DENIED, K::AccessDenied, C::OrganizationsChangeDenied).says(&[NO_PERMISSIONS]),
    row("organizations:Register", DENIED, K::AccessDenied, C::OrganizationsChangeDenied).says(&[NO_PERMISSIONS]),
    row("organizations:Deregister", DENIED, K::AccessDenied, C::OrganizationsChangeDenied).says(&[NO_PERMISSIONS]),
    row("organizations:", DENIED, K::AccessDenied, C::OrganizationsDenied).says(&[NO_PERMISSIONS]),
    row("", DENIED, K::AccessDenied, C::Denied),
    // Gates and standings with codes of their own.
    row("account:", &["ServiceAccessNotEnabledException"], K::TrustedAccessOff, C::AccountTrustOff),
    row("", &["ServiceAccessNotEnabledException"], K::TrustedAccessOff, C::IamTrustOff),
    row(
        "",
        &["AccountNotManagementOrDelegatedAdministratorException"],
        K::NotManagementOrDelegated,
        C::NotManagementOrDelegated,
    ),
    row("", &["CallerIsNotManagementAccountException"], K::NotManagement, C::NotManagement),
    row(
        "",
        &["AWSOrganizationsNotInUseException", "OrganizationNotFoundException"],
        K::NotInOrganization,
        C::NotInOrganization,
    ),
    row("", &["OrganizationNotInAllFeaturesModeException"], K::NotAllFeatures, C::NotAllFeatures),
    row("", CONSTRAINT, K::DelegateExists, C::DelegateExists).reason("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
    row("", CONSTRAINT, K::DelegateExists, C::DelegateExists).says(&["delegated administrator/s for this service"]),
    row("", CONSTRAINT, K::NotAllFeatures, C::NotAllFeatures).reason("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"),
    row("", CONSTRAINT, K::TrustedAccessOff, C::TrustOff).reason("SERVICE_ACCESS_NOT_ENABLED"),
    row("", CONSTRAINT, K::Invalid, C::ManagementAsDelegate)
        .reason("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
    row("", CONSTRAINT, K::Invalid, C::SuspendedAsDelegate)
        .reason("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
    row("", CONSTRAINT, K::Invalid, C::DelegateLimit).reason("MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED"),
    // The reason is no part of what is kept of a failure: the same by the operation.
    row("organizations:RegisterDelegatedAdministrator", CONSTRAINT, K::Invalid, C::DelegateLimit).says(&["limit"]),
    row("", CONSTRAINT, K::Invalid, C::Invalid),
    row("", &["AccountAlreadyRegisteredException"], K::AlreadyExists, C::AlreadyDelegate),
    row("", &["AccountNotRegisteredException"], K::NotFound, C::NotDelegate),
    row("", &["InvalidInputException"], K::Invalid, C::ServicePrincipalUnknown)
        .reason("UNRECOGNIZED_SERVICE_PRINCIPAL"),
    row("", &["InvalidInputException"], K::Invalid, C::ServicePrincipalUnknown).says(&["service principal"]),
    row("", &["EntityAlreadyExists"], K::AlreadyExists, C::AlreadyExists),
    row("organizations:", &["ConcurrentModificationException"], K::Conflict, C::OrganizationBusy),
    row("iam:", &["EntityTemporarilyUnmodifiable", "ConcurrentModificationException"], K::Conflict, C::CredentialBusy),
    row(ACCEPT, &["ConflictException"], K::Conflict, C::CodeExpired).says(&["expired"]),
    row(
        "",
        &["ConflictException", "ConcurrentModificationException", "EntityTemporarilyUnmodifiable"],
        K::Conflict,
        C::EmailConflict,
    ),
    row("", &["InvalidAction"], K::UnknownOperation, C::OperationUnknown),
    // What S3 says to a request that came to another region than the bucket's.
    row(
        "",
        &["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"],
        K::WrongRegion,
        C::WrongRegion,
    ),
    // Values.
    row("account:GetPrimaryEmailUpdateStatus", &["ValidationException"], K::NoEmailChange, C::NoEmailChange)
        .says(&["No email update found"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::NoPendingChange).says(&["No email update found"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::CodeExpired).says(&["expired"]),
    row(ACCEPT, &["ResourceNotFoundException"], K::NotFound, C::CodeExpired).says(&["expired"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::CodeNotAccepted),
    row(ACCEPT, &["ResourceNotFoundException"], K::NotFound, C::CodeNotAccepted),
    row(ASSUME_ROOT, &["ValidationError"], K::Invalid, C::TargetInvalid).says(&["valid target principal"]),
    row("", INVALID, K::Invalid, C::Invalid),
    row(
        "",
        &[
            "ResourceNotFoundException",
            "AccountNotFoundException",
            "ParentNotFoundException",
            "ChildNotFoundException",
            "TargetNotFoundException",
            "NoSuchEntity",
            "NoSuchBucket",
            "NoSuchBucketPolicy",
            "QueueDoesNotExist",
            "NonExistentQueue",
        ],
        K::NotFound,
        C::NotFound,
    ),
    // Credentials and clocks.
    row("", &["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"], K::ExpiredCredentials, C::TokenExpired),
    row("", &["RequestTimeTooSkewed", "RequestExpired"], K::InvalidCredentials, C::ClockSkewed),
    row("", SIGNATURE, K::InvalidCredentials, C::ClockSkewed).says(&["Signature expired"]),
    row("", SIGNATURE, K::InvalidCredentials, C::ClockSkewed).says(&["Signature not yet current"]),
    row("", SIGNATURE, K::InvalidCredentials, C::SecretWrong),
    row("s3:", KEY, K::InvalidCredentials, C::RegionNotEnabled),
    row("sqs:", KEY, K::InvalidCredentials, C::RegionNotEnabled),
    row("", KEY, K::InvalidCredentials, C::KeyUnknown),
    row(
        "",
        &[
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
        ],
        K::InvalidCredentials,
        C::Unsigned,
    ),
    row("", &["AuthFailure"], K::InvalidCredentials, C::KeyUnknown),
    row("sts:AssumeRoot", &["RegionDisabledException"], K::InvalidCredentials, C::RegionNotEnabled),
    // AWS itself.
    row("", &["RequestTimeout", "RequestTimeoutException"], K::Timeout, C::Timeout),
    row(
        "",
        &[
            "ServiceException",
            "ServiceFailure",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "InternalFailure",
            "InternalError",
            "InternalServerException",
        ],
        K::Service,
        C::Service,
    ),
];
