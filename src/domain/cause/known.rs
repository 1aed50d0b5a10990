use crate::domain::api_error::ApiErrorKind;
use crate::domain::root_feature::RootFeature;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cause {
    NoCredentials,
    /// The sign-in with IAM Identity Center has expired, or was never made.
    SsoExpired,
    /// The sign-in with `aws login` has expired.
    LoginExpired,
    TokenExpired,
    /// AWS does not know the access key.
    KeyUnknown,
    /// The region does not know the session: it is not enabled for the account.
    RegionNotEnabled,
    SecretWrong,
    /// AWS takes the signatures for old or not yet valid.
    ClockSkewed,
    Unsigned,
    RoleNotAssumed,
    MfaCodeNeeded,
    MfaCodeNotAccepted,
    SignInFailed,
    ProcessFailed,
    Configuration,
    /// The program that the profile has its credentials from comes back to the same profile.
    CredentialLoop,
    NameUnknown,
    ConnectionRefused,
    Proxy,
    /// Most often a proxy opens TLS.
    CertificateUntrusted,
    /// Both sides have no version or cipher of TLS in common.
    TlsVersion,
    /// What answers does not speak TLS, or hangs up while it should.
    NotTls,
    Unreachable,
    NoIdentityPolicy,
    DeniedByIdentityPolicy,
    PermissionsBoundary,
    CallersControlPolicy,
    /// A service control policy denies it to the root user of the member account.
    RootsControlPolicy,
    NotAllowedByRootsControlPolicy,
    /// The policy of the caller's own session.
    SessionPolicy,
    /// The task policy of the root session does not allow it.
    TaskPolicy,
    /// The policy of the bucket or queue.
    ResourcePolicy,
    ResourceControlPolicy,
    EndpointPolicy,
    /// A kind of policy that this program does not know.
    OtherPolicy,
    /// Organizations tells only the management account and delegated administrators.
    OrganizationsDenied,
    /// Only the management account changes the organization.
    OrganizationsChangeDenied,
    /// Account Management was asked about the management account, or about one that is not active.
    NotAMemberToAsk,
    NotManagementOrDelegatedForAccount,
    /// The three causes that `AssumeRoot` has one text for.
    AssumeRootDenied,
    /// Denied, without a word why.
    Denied,
    AccountTrustOff,
    IamTrustOff,
    TrustOff,
    FeatureOff(RootFeature),
    /// The caller's account is neither the management account nor delegated for IAM.
    NotManagementOrDelegated,
    NotManagement,
    NotInOrganization,
    /// The organization has consolidated billing only.
    NotAllFeatures,
    DelegateExists,
    DelegateLimit,
    AlreadyDelegate,
    NotDelegate,
    ManagementAsDelegate,
    SuspendedAsDelegate,
    ServicePrincipalUnknown,
    OrganizationBusy,
    /// The address is in use, or another change of the account is in progress.
    EmailConflict,
    /// AWS did not accept the one-time password, or the address it was given with.
    CodeNotAccepted,
    CodeExpired,
    NoPendingChange,
    CredentialBusy,
    Invalid,
    /// A condition of AWS's for the organization is not met.
    Constraint,
    TargetInvalid,
    NotFound,
    AlreadyExists,
    NoEmailChange,
    OperationUnknown,
    /// `AssumeRoot` was sent to the global endpoint of STS, which does not serve it.
    GlobalEndpoint,
    WrongRegion,
    Throttled,
    Service,
    ConnectionLost,
    Timeout,
    Unreadable,
    /// The answer is not surely AWS's.
    NotFromAws,
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
pub(crate) enum Consequence {
    NothingSent,
    /// AWS said no: what was asked for is unknown.
    NothingChanged,
    MayBeDone,
    AlreadySo,
}

impl Cause {
    pub(crate) fn consequence(self, kind: ApiErrorKind) -> Consequence {
        use ApiErrorKind as K;
        match (self, kind) {
            (_, K::AlreadyExists) => Consequence::AlreadySo,
            (_, kind) if kind.leaves_outcome_unknown() => Consequence::MayBeDone,
            (
                _,
                K::NoCredentials | K::Configuration | K::CredentialLoop | K::Unreachable | K::Local | K::NotPermitted,
            )
            | (Self::SsoExpired | Self::LoginExpired | Self::RoleNotAssumed | Self::MfaCodeNeeded, _) => {
                Consequence::NothingSent
            }
            _ => Consequence::NothingChanged,
        }
    }

    /// Where nothing but the kind is known.
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
