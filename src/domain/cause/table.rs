//! What AWS's errors mean: the kind that the program decides by and the cause that a person is told. The texts are
//! as captured from the real service, or as AWS documents them; the first row that fits counts.

use super::known::Cause;
use crate::domain::api_error::ApiErrorKind;
use crate::domain::root_feature::RootFeature;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// What the operation begins with, one of these; empty for any.
    at: &'static [&'static str],
    /// The codes; empty for any.
    codes: &'static [&'static str],
    /// All of these are in the message.
    says: &'static [&'static str],
    /// What the `Reason` of an exception of Organizations begins with; empty for any.
    reason: &'static str,
    pub(crate) kind: ApiErrorKind,
    pub(crate) cause: Cause,
}

const fn row(at: &'static [&'static str], codes: &'static [&'static str], kind: ApiErrorKind, cause: Cause) -> Case {
    Case { at, codes, says: &[], reason: "", kind, cause }
}

const fn feature_off(feature: RootFeature) -> Case {
    row(ASSUME_ROOT, DENIED, K::RootFeatureOff(feature), C::FeatureOff(feature))
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
        (self.at.is_empty() || self.at.iter().any(|start| operation.starts_with(start)))
            && (self.codes.is_empty() || self.codes.contains(&code))
            && self.says.iter().all(|words| message.contains(words))
            // What is kept of a failure has its reason in the message only.
            && (self.reason.is_empty() || self.reason == reason || message.contains(self.reason))
    }
}

/// What docs/troubleshooting.md shows of the table.
#[cfg(test)]
impl Case {
    pub(crate) const fn all() -> &'static [Self] {
        TABLE
    }

    /// What their names begin with; empty for any.
    pub(crate) const fn operations(&self) -> &'static [&'static str] {
        self.at
    }

    pub(crate) const fn codes(&self) -> &'static [&'static str] {
        self.codes
    }

    pub(crate) const fn words(&self) -> &'static [&'static str] {
        self.says
    }

    pub(crate) const fn reasons(&self) -> &'static str {
        self.reason
    }
}

/// SQS prefixes the names that errors had before it spoke JSON.
pub(crate) fn case(operation: &str, code: &str, message: &str, reason: &str) -> Option<&'static Case> {
    let code = code.strip_prefix("AWS.SimpleQueueService.").unwrap_or(code);
    TABLE.iter().find(|case| case.fits(operation, code, message, reason))
}

use ApiErrorKind as K;
use Cause as C;

const DENIED: &[&str] = &["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
const SIGNATURE: &[&str] = &["SignatureDoesNotMatch", "InvalidSignatureException"];
const KEY: &[&str] = &["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken"];
const CONSTRAINT: &[&str] = &["ConstraintViolationException"];
/// Of query services, JSON services, S3, and of Organizations in a region that does not have it.
const UNKNOWN_OPERATION: &[&str] = &[
    "InvalidAction",
    "UnknownOperationException",
    "UnknownOperation",
    "MethodNotAllowed",
    "NotImplemented",
    "UnsupportedAPIEndpointException",
];
const NOT_DELEGATED: &[&str] = &["AccountNotManagementOrDelegatedAdministratorException"];
const NO_ORGANIZATION: &[&str] = &["AWSOrganizationsNotInUseException", "OrganizationNotFoundException"];
const BUSY: &[&str] = &["EntityTemporarilyUnmodifiable", "ConcurrentModificationException"];
const OTHER_REGION: &[&str] =
    &["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"];
const EXPIRED: &[&str] = &["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"];
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
const NOT_FOUND: &[&str] = &[
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
];
const UNSIGNED: &[&str] = &[
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
];
const SERVICE: &[&str] = &[
    "ServiceException",
    "ServiceFailure",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "InternalFailure",
    "InternalError",
    "InternalServerException",
];

const NO_PERMISSIONS: &str = "You don't have permissions";
const NO_SCP: &str = "no service control policy allows";
const SCP: &str = "with an explicit deny in a service control policy";
const ANY: &[&str] = &[];
const STS: &[&str] = &["sts:"];
/// What the caller does in its own name, not root in a member account.
const CALLERS: &[&str] = &[
    "sts:",
    "account:",
    "organizations:",
    "iam:ListOrganizations",
    "iam:EnableOrganizations",
    "iam:DisableOrganizations",
    "iam:SimulatePrincipalPolicy",
    "iam:GetRole",
];
const ORGANIZATION_CHANGES: &[&str] =
    &["organizations:Enable", "organizations:Disable", "organizations:Register", "organizations:Deregister"];
const ASSUME_ROOT: &[&str] = &["sts:AssumeRoot"];
const ASSUME_ROLE: &[&str] = &["sts:AssumeRole"];
const ACCEPT: &[&str] = &["account:AcceptPrimaryEmailUpdate"];

/// The narrower rows first.
const TABLE: &[Case] = &[
    // Denials that are about a gate.
    row(&["account:"], DENIED, K::TrustedAccessOff, C::AccountTrustOff).says(&["must first enable trusted access"]),
    row(ANY, DENIED, K::TrustedAccessOff, C::IamTrustOff).says(&["Service not enabled for AWS Organizations"]),
    row(ANY, DENIED, K::TrustedAccessOff, C::TrustOff).says(&["must first enable trusted access"]),
    feature_off(RootFeature::RootCredentialsManagement).says(&["Root credentials management feature is not enabled"]),
    feature_off(RootFeature::RootSessions).says(&["Root sessions feature is not enabled"]),
    row(ASSUME_ROLE, DENIED, K::MfaCodeNeeded, C::MfaCodeNotAccepted).says(&["MultiFactorAuthentication failed"]),
    // Denials whose text names the kind of policy. In a member account root is denied; elsewhere, the caller.
    row(STS, DENIED, K::AccessDenied, C::CallersControlPolicy).says(&[SCP]),
    row(CALLERS, DENIED, K::DeniedByScp, C::CallersControlPolicy).says(&[SCP]),
    row(ANY, DENIED, K::DeniedByScp, C::RootsControlPolicy).says(&[SCP]),
    row(CALLERS, DENIED, K::AccessDenied, C::CallersControlPolicy).says(&[NO_SCP]),
    row(ANY, DENIED, K::AccessDenied, C::NotAllowedByRootsControlPolicy).says(&[NO_SCP]),
    row(ANY, DENIED, K::AccessDenied, C::ResourceControlPolicy).says(&["resource control policy"]),
    row(ANY, DENIED, K::AccessDenied, C::PermissionsBoundary).says(&["permissions boundary"]),
    row(ANY, DENIED, K::AccessDenied, C::EndpointPolicy).says(&["VPC endpoint policy"]),
    row(ANY, DENIED, K::AccessDenied, C::DeniedByIdentityPolicy).says(&["explicit deny in an identity-based policy"]),
    row(ANY, DENIED, K::AccessDenied, C::NoIdentityPolicy).says(&["no identity-based policy allows"]),
    row(CALLERS, DENIED, K::AccessDenied, C::SessionPolicy).says(&["session policy"]),
    row(ANY, DENIED, K::AccessDenied, C::TaskPolicy).says(&["session policy"]),
    row(ANY, DENIED, K::AccessDenied, C::ResourcePolicy).says(&["resource-based policy"]),
    row(ANY, DENIED, K::AccessDenied, C::OtherPolicy).says(&["with an explicit deny in"]),
    row(ANY, DENIED, K::AccessDenied, C::OtherPolicy).says(&["because no ", " policy allows"]),
    // Without a word about policies: AWS has one text for several causes.
    row(ASSUME_ROOT, DENIED, K::AssumeRootDenied, C::AssumeRootDenied),
    row(ASSUME_ROLE, DENIED, K::AccessDenied, C::RoleNotAssumed),
    // Account Management's three shapes (captured).
    row(&["account:"], DENIED, K::AccessDenied, C::NotAMemberToAsk).says(&["(Access Denied)"]),
    row(&["account:"], DENIED, K::AccessDenied, C::NotManagementOrDelegatedForAccount)
        .says(&["is not authorized to perform"]),
    row(ORGANIZATION_CHANGES, DENIED, K::AccessDenied, C::OrganizationsChangeDenied).says(&[NO_PERMISSIONS]),
    row(&["organizations:"], DENIED, K::AccessDenied, C::OrganizationsDenied).says(&[NO_PERMISSIONS]),
    row(ANY, DENIED, K::AccessDenied, C::Denied),
    // Gates and standings with codes of their own.
    row(&["account:"], &["ServiceAccessNotEnabledException"], K::TrustedAccessOff, C::AccountTrustOff),
    row(ANY, &["ServiceAccessNotEnabledException"], K::TrustedAccessOff, C::IamTrustOff),
    row(ANY, NOT_DELEGATED, K::NotManagementOrDelegated, C::NotManagementOrDelegated),
    row(ANY, &["CallerIsNotManagementAccountException"], K::NotManagement, C::NotManagement),
    row(ANY, NO_ORGANIZATION, K::NotInOrganization, C::NotInOrganization),
    row(ANY, &["OrganizationNotInAllFeaturesModeException"], K::NotAllFeatures, C::NotAllFeatures),
    row(ANY, CONSTRAINT, K::DelegateExists, C::DelegateExists)
        .reason("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
    row(ANY, CONSTRAINT, K::DelegateExists, C::DelegateExists).says(&["delegated administrator/s for this service"]),
    row(ANY, CONSTRAINT, K::NotAllFeatures, C::NotAllFeatures).reason("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"),
    row(ANY, CONSTRAINT, K::TrustedAccessOff, C::TrustOff).reason("SERVICE_ACCESS_NOT_ENABLED"),
    row(ANY, CONSTRAINT, K::Invalid, C::ManagementAsDelegate)
        .reason("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
    row(ANY, CONSTRAINT, K::Invalid, C::SuspendedAsDelegate)
        .reason("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
    row(ANY, CONSTRAINT, K::Invalid, C::DelegateLimit)
        .reason("MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED"),
    row(&["organizations:RegisterDelegatedAdministrator"], CONSTRAINT, K::Invalid, C::DelegateLimit).says(&["limit"]),
    row(ANY, CONSTRAINT, K::Invalid, C::Constraint),
    row(ANY, &["AccountAlreadyRegisteredException"], K::AlreadyExists, C::AlreadyDelegate),
    row(ANY, &["AccountNotRegisteredException"], K::NotFound, C::NotDelegate),
    row(ANY, &["InvalidInputException"], K::Invalid, C::ServicePrincipalUnknown)
        .reason("UNRECOGNIZED_SERVICE_PRINCIPAL"),
    row(ANY, &["InvalidInputException"], K::Invalid, C::ServicePrincipalUnknown).says(&["service principal"]),
    row(ANY, &["EntityAlreadyExists"], K::AlreadyExists, C::AlreadyExists),
    row(&["organizations:"], &["ConcurrentModificationException"], K::Conflict, C::OrganizationBusy),
    row(&["iam:"], BUSY, K::Conflict, C::CredentialBusy),
    row(ACCEPT, &["ConflictException"], K::Conflict, C::CodeExpired).says(&["expired"]),
    row(ANY, BUSY, K::Conflict, C::EmailConflict),
    row(ANY, &["ConflictException"], K::Conflict, C::EmailConflict),
    // What the global endpoint of STS says (captured).
    row(ASSUME_ROOT, &["InvalidAction"], K::UnknownOperation, C::GlobalEndpoint),
    row(ANY, UNKNOWN_OPERATION, K::UnknownOperation, C::OperationUnknown),
    // What S3 says to a request that came to another region than the bucket's.
    row(ANY, OTHER_REGION, K::WrongRegion, C::WrongRegion),
    // Values.
    row(&["account:GetPrimaryEmailUpdateStatus"], &["ValidationException"], K::NoEmailChange, C::NoEmailChange)
        .says(&["No email update found"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::NoPendingChange).says(&["No email update found"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::CodeExpired).says(&["expired"]),
    row(ACCEPT, &["ResourceNotFoundException"], K::NotFound, C::CodeExpired).says(&["expired"]),
    row(ACCEPT, &["ValidationException"], K::Invalid, C::CodeNotAccepted),
    row(ACCEPT, &["ResourceNotFoundException"], K::NotFound, C::CodeNotAccepted),
    row(ASSUME_ROOT, &["ValidationError"], K::Invalid, C::TargetInvalid).says(&["valid target principal"]),
    row(ANY, INVALID, K::Invalid, C::Invalid),
    row(ANY, NOT_FOUND, K::NotFound, C::NotFound),
    // Credentials and clocks.
    row(ANY, EXPIRED, K::ExpiredCredentials, C::TokenExpired),
    row(ANY, &["RequestTimeTooSkewed", "RequestExpired"], K::InvalidCredentials, C::ClockSkewed),
    row(ANY, SIGNATURE, K::InvalidCredentials, C::ClockSkewed).says(&["Signature expired"]),
    row(ANY, SIGNATURE, K::InvalidCredentials, C::ClockSkewed).says(&["Signature not yet current"]),
    row(ANY, SIGNATURE, K::InvalidCredentials, C::SecretWrong),
    row(&["s3:", "sqs:"], KEY, K::InvalidCredentials, C::RegionNotEnabled),
    row(ANY, KEY, K::InvalidCredentials, C::KeyUnknown),
    row(ANY, UNSIGNED, K::InvalidCredentials, C::Unsigned),
    row(ANY, &["AuthFailure"], K::InvalidCredentials, C::KeyUnknown),
    row(ASSUME_ROOT, &["RegionDisabledException"], K::InvalidCredentials, C::RegionNotEnabled),
    // AWS itself.
    row(ANY, &["RequestTimeout", "RequestTimeoutException"], K::Timeout, C::Timeout),
    row(ANY, SERVICE, K::Service, C::Service),
];
