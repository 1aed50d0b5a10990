//! The causes that are known, and what a failure for each leaves behind.

use crate::domain::api_error::ApiErrorKind;
use crate::domain::root_feature::RootFeature;

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No source of credentials gave any.
    NoCredentials,
    /// The sign-in with IAM Identity Center has expired, or was never made.
    SsoExpired,
    /// The same of `aws login`.
    LoginExpired,
    /// The session token of the credentials has expired.
    TokenExpired,
    /// AWS does not know the access key.
    KeyUnknown,
    /// The region does not know the session: it is not enabled for the account.
    RegionNotEnabled,
    /// The secret does not fit the access key.
    SecretWrong,
    /// The clock of this machine is wrong, so AWS takes its signatures for old or not yet valid.
    ClockSkewed,
    /// The request came without a signature.
    Unsigned,
    /// The role that the profile names may not be assumed.
    RoleNotAssumed,
    /// The role of the profile wants a code of an MFA device.
    MfaCodeNeeded,
    /// AWS did not accept the code of the MFA device.
    MfaCodeNotAccepted,
    /// The AWS CLI did not sign a person in.
    SignInFailed,
    /// The program that the profile has its credentials from gave none.
    ProcessFailed,
    /// The configuration of AWS on this machine can't be used.
    Configuration,
    /// The program that the profile has its credentials from comes back to the same profile.
    CredentialLoop,
    /// The name of the endpoint is not known.
    NameUnknown,
    /// Nobody listens at the endpoint.
    ConnectionRefused,
    /// The proxy did not let it through.
    Proxy,
    /// The certificate of the endpoint is not trusted: most often a proxy that opens TLS.
    CertificateUntrusted,
    /// Both sides have no version or cipher of TLS in common.
    TlsVersion,
    /// What answers does not speak TLS, or hangs up while it should.
    NotTls,
    /// No connection, for another reason.
    Unreachable,
    /// No policy of the caller allows it.
    NoIdentityPolicy,
    /// A policy of the caller denies it.
    DeniedByIdentityPolicy,
    /// The permissions boundary of the caller does not allow it, or denies it.
    PermissionsBoundary,
    /// A service control policy denies it to the caller's account, or does not allow it.
    CallersControlPolicy,
    /// A service control policy denies it to the root user of the member account.
    RootsControlPolicy,
    /// No service control policy allows it to the root user of the member account.
    NotAllowedByRootsControlPolicy,
    /// The policy of the caller's own session does not allow it, or denies it.
    SessionPolicy,
    /// The task policy of the root session does not allow it.
    TaskPolicy,
    /// The policy of the bucket or queue denies it.
    ResourcePolicy,
    /// A resource control policy of the organization denies it.
    ResourceControlPolicy,
    /// The policy of a VPC endpoint denies it.
    EndpointPolicy,
    /// A policy of a kind that this program does not know denies it, or does not allow it.
    OtherPolicy,
    /// Organizations tells only the management account and delegated administrators.
    OrganizationsDenied,
    /// Only the management account changes the organization.
    OrganizationsChangeDenied,
    /// Account Management was asked about the management account, or about one that is not active.
    NotAMemberToAsk,
    /// Account Management was asked by an account that is neither management nor delegated.
    NotManagementOrDelegatedForAccount,
    /// The three causes that `AssumeRoot` has one text for.
    AssumeRootDenied,
    /// Denied, without a word why.
    Denied,
    /// Trusted access for Account Management is off.
    AccountTrustOff,
    /// Trusted access for IAM is off.
    IamTrustOff,
    /// Trusted access for a service is off.
    TrustOff,
    /// A feature of centralized root access is off.
    FeatureOff(RootFeature),
    /// The caller's account is neither the management account nor delegated for IAM.
    NotManagementOrDelegated,
    /// Only the management account may do it.
    NotManagement,
    /// The caller's account belongs to no organization.
    NotInOrganization,
    /// The organization has consolidated billing only.
    NotAllFeatures,
    /// The service still has delegated administrators.
    DelegateExists,
    /// The service has as many delegated administrators as it can have.
    DelegateLimit,
    /// The account is a delegated administrator of the service already.
    AlreadyDelegate,
    /// The account is no delegated administrator of the service.
    NotDelegate,
    /// The management account can't be a delegated administrator.
    ManagementAsDelegate,
    /// A suspended account can't be a delegated administrator.
    SuspendedAsDelegate,
    /// Organizations does not know the service principal.
    ServicePrincipalUnknown,
    /// Another change of the organization is under way.
    OrganizationBusy,
    /// The address is in use, or another change of the account is under way.
    EmailConflict,
    /// AWS did not accept the one-time password, or the address it was given with.
    CodeNotAccepted,
    /// AWS said that the one-time password is expired.
    CodeExpired,
    /// The account has no email change that waits for a password.
    NoPendingChange,
    /// AWS is changing the credential at this moment.
    CredentialBusy,
    /// A value was not accepted.
    Invalid,
    /// A condition of AWS's for the organization is not met.
    Constraint,
    /// The target of a root session is none.
    TargetInvalid,
    /// What was asked for is not there.
    NotFound,
    /// What was to be created is there already.
    AlreadyExists,
    /// AWS knows of no email change of the account.
    NoEmailChange,
    /// The endpoint does not serve the operation.
    OperationUnknown,
    /// `AssumeRoot` was sent to the global endpoint of STS, which does not serve it.
    GlobalEndpoint,
    /// It is in another region.
    WrongRegion,
    /// Too many requests.
    Throttled,
    /// AWS failed on its side.
    Service,
    /// The connection broke.
    ConnectionLost,
    /// No answer in time.
    Timeout,
    /// The answer could not be understood.
    Unreadable,
    /// The answer is not surely AWS's.
    NotFromAws,
    /// Something on this machine.
    Local,
    /// rootdeck did not let it out.
    NotPermitted,
    /// AWS answered something that rootdeck does not know.
    Other,
    /// AWS answered with an error that has no code.
    NoCode,
}

/// What a failed call leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// Nothing was sent.
    NothingSent,
    /// AWS said no: nothing was changed, and what was asked for is unknown.
    NothingChanged,
    /// A write may have been done.
    MayBeDone,
    /// It was so already.
    AlreadySo,
}

impl Cause {
    /// What a failure for this cause leaves behind.
    pub(crate) fn consequence(self) -> Consequence {
        match self {
            Self::NoCredentials
            | Self::SsoExpired
            | Self::LoginExpired
            | Self::RoleNotAssumed
            | Self::MfaCodeNeeded
            | Self::SignInFailed
            | Self::ProcessFailed
            | Self::Configuration
            | Self::CredentialLoop
            | Self::NameUnknown
            | Self::ConnectionRefused
            | Self::Proxy
            | Self::CertificateUntrusted
            | Self::TlsVersion
            | Self::NotTls
            | Self::Unreachable
            | Self::Local
            | Self::NotPermitted => Consequence::NothingSent,
            Self::Service | Self::ConnectionLost | Self::Timeout | Self::Unreadable | Self::NotFromAws => {
                Consequence::MayBeDone
            }
            Self::AlreadyExists | Self::AlreadyDelegate => Consequence::AlreadySo,
            _ => Consequence::NothingChanged,
        }
    }

    /// What such a failure is when nothing but its kind is known.
    pub(super) fn of_kind(kind: ApiErrorKind) -> Self {
        match kind {
            ApiErrorKind::NoCredentials => Self::NoCredentials,
            ApiErrorKind::ExpiredCredentials => Self::TokenExpired,
            ApiErrorKind::InvalidCredentials => Self::KeyUnknown,
            ApiErrorKind::Configuration => Self::Configuration,
            ApiErrorKind::CredentialLoop => Self::CredentialLoop,
            ApiErrorKind::MfaCodeNeeded => Self::MfaCodeNeeded,
            ApiErrorKind::AccessDenied => Self::Denied,
            ApiErrorKind::DeniedByScp => Self::RootsControlPolicy,
            ApiErrorKind::AssumeRootDenied => Self::AssumeRootDenied,
            ApiErrorKind::UnknownOperation => Self::OperationUnknown,
            ApiErrorKind::WrongRegion => Self::WrongRegion,
            ApiErrorKind::RootFeatureOff(feature) => Self::FeatureOff(feature),
            ApiErrorKind::AlreadyExists => Self::AlreadyExists,
            ApiErrorKind::TrustedAccessOff => Self::TrustOff,
            ApiErrorKind::NotManagementOrDelegated => Self::NotManagementOrDelegated,
            ApiErrorKind::NotManagement => Self::NotManagement,
            ApiErrorKind::NotInOrganization => Self::NotInOrganization,
            ApiErrorKind::NotAllFeatures => Self::NotAllFeatures,
            ApiErrorKind::Conflict => Self::EmailConflict,
            ApiErrorKind::DelegateExists => Self::DelegateExists,
            ApiErrorKind::Invalid => Self::Invalid,
            ApiErrorKind::NotFound => Self::NotFound,
            ApiErrorKind::NoEmailChange => Self::NoEmailChange,
            ApiErrorKind::Throttled => Self::Throttled,
            ApiErrorKind::Service => Self::Service,
            ApiErrorKind::Unreachable => Self::Unreachable,
            ApiErrorKind::ConnectionLost => Self::ConnectionLost,
            ApiErrorKind::Timeout => Self::Timeout,
            ApiErrorKind::Unreadable => Self::Unreadable,
            ApiErrorKind::NotFromAws => Self::NotFromAws,
            ApiErrorKind::Local => Self::Local,
            ApiErrorKind::NotPermitted => Self::NotPermitted,
            ApiErrorKind::Other => Self::Other,
        }
    }
}
