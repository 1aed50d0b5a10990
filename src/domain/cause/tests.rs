use super::*;
use crate::domain::api_error::ApiErrorKind;

fn api_error(operation: &'static str, code: &str, message: &str) -> ApiError {
    let kind = table::case(operation, code, message, "").map_or(ApiErrorKind::Other, |case| case.kind);
    ApiError { code: Some(code.to_owned()), ..ApiError::new(operation, kind, message) }
}

#[test]
fn denials_are_told_apart_by_their_words() {
    let user = "User: arn:aws:iam::1:user/x is not authorized to perform: iam:X on resource: *";
    let scp = "with an explicit deny in a service control policy";
    let no_scp = "because no service control policy allows the action";
    let root = "User: arn:aws:iam::4:root is not authorized to perform: iam:DeleteLoginProfile";
    for (operation, code, message, expected) in [
        (
            "iam:ListOrganizationsFeatures",
            "AccessDenied",
            format!("{user} because no identity-based policy allows the iam:X action"),
            Cause::NoIdentityPolicy,
        ),
        (
            "iam:ListOrganizationsFeatures",
            "AccessDenied",
            format!("{user} with an explicit deny in an identity-based policy"),
            Cause::DeniedByIdentityPolicy,
        ),
        (
            "iam:ListOrganizationsFeatures",
            "AccessDenied",
            format!("{user} because no permissions boundary allows the iam:X action"),
            Cause::PermissionsBoundary,
        ),
        ("iam:ListOrganizationsFeatures", "AccessDenied", format!("{user} {scp}"), Cause::CallersControlPolicy),
        ("iam:DeleteLoginProfile", "AccessDenied", format!("{root} {scp}"), Cause::RootsControlPolicy),
        ("iam:GetUser", "AccessDenied", format!("{root} with an explicit deny in a session policy"), Cause::TaskPolicy),
        (
            "iam:ListOrganizationsFeatures",
            "AccessDenied",
            format!("{user} because no session policy allows the iam:X action"),
            Cause::SessionPolicy,
        ),
        ("iam:GetUser", "AccessDenied", format!("{root} {no_scp}"), Cause::NotAllowedByRootsControlPolicy),
        ("iam:ListOrganizationsFeatures", "AccessDenied", format!("{user} {no_scp}"), Cause::CallersControlPolicy),
        ("iam:GetUser", "AccessDenied", format!("{root} because no future policy allows it"), Cause::OtherPolicy),
        ("s3:GetBucketPolicy", "AccessDenied", "Access Denied".to_owned(), Cause::Denied),
        (
            "s3:GetBucketPolicy",
            "AccessDenied",
            "x with an explicit deny in a resource-based policy".to_owned(),
            Cause::ResourcePolicy,
        ),
        (
            "account:GetPrimaryEmail",
            "AccessDeniedException",
            "User: x is not authorized to perform: account:GetPrimaryEmail (Access Denied)".to_owned(),
            Cause::NotAMemberToAsk,
        ),
        (
            "account:GetPrimaryEmail",
            "AccessDeniedException",
            "User: x is not authorized to perform: account:GetPrimaryEmail".to_owned(),
            Cause::NotManagementOrDelegatedForAccount,
        ),
        (
            "account:GetPrimaryEmail",
            "AccessDeniedException",
            "x (Your organization must first enable trusted access with AWS Account Management.)".to_owned(),
            Cause::AccountTrustOff,
        ),
        (
            "organizations:ListAccounts",
            "AccessDeniedException",
            "You don't have permissions to access this resource.".to_owned(),
            Cause::OrganizationsDenied,
        ),
    ] {
        reported(operation, code, &message, expected);
    }
}

#[test]
fn denials_of_root_sessions_are_told_apart_where_aws_names_the_policy() {
    let assume = "User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRoot on resource: \
                  arn:aws:iam::4:root";
    let scp = "with an explicit deny in a service control policy";
    let no_scp = "because no service control policy allows the action";
    for (operation, code, message, expected) in [
        // AssumeRoot has one text for three causes only where AWS names no policy.
        ("sts:AssumeRoot", "AccessDenied", format!("{assume} {no_scp}"), Cause::CallersControlPolicy),
        (
            "sts:AssumeRoot",
            "AccessDenied",
            format!("{assume} because no permissions boundary allows the sts:AssumeRoot action"),
            Cause::PermissionsBoundary,
        ),
        (
            "sts:AssumeRoot",
            "AccessDenied",
            format!("{assume} because no session policy allows the sts:AssumeRoot action"),
            Cause::SessionPolicy,
        ),
        (
            "sts:AssumeRoot",
            "AccessDenied",
            format!("{assume} because no identity-based policy allows the sts:AssumeRoot action"),
            Cause::NoIdentityPolicy,
        ),
        (
            "sts:AssumeRoot",
            "AccessDenied",
            format!("{assume} with an explicit deny in a resource control policy"),
            Cause::ResourceControlPolicy,
        ),
        (
            "sts:AssumeRoot",
            "AccessDenied",
            format!("{assume} with an explicit deny in a policy of a kind to come"),
            Cause::OtherPolicy,
        ),
        ("sts:AssumeRole", "AccessDenied", format!("{assume} {scp}"), Cause::CallersControlPolicy),
        ("sts:AssumeRoot", "AccessDenied", assume.to_owned(), Cause::AssumeRootDenied),
        ("sts:AssumeRoot", "AccessDenied", format!("{assume} {scp}"), Cause::CallersControlPolicy),
    ] {
        reported(operation, code, &message, expected);
    }
}

/// Holds for AWS's text as it was, and as it is since 2026, when texts that name a kind of policy end in its ARN.
fn reported(operation: &'static str, code: &str, message: &str, expected: Cause) {
    assert_eq!(Cause::of(&api_error(operation, code, message)), expected, "{operation} {message}");
    if message.ends_with("policy") || message.ends_with("boundary") {
        let named = format!("{message}: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1");
        assert_eq!(Cause::of(&api_error(operation, code, &named)), expected, "{operation} {named}");
    }
}

#[test]
fn an_operation_that_is_not_served_is_about_sts_only_where_sts_was_asked() {
    for code in ["InvalidAction", "UnknownOperationException", "UnsupportedAPIEndpointException", "MethodNotAllowed"] {
        let elsewhere = api_error("iam:ListOrganizationsFeatures", code, "");
        assert_eq!((elsewhere.kind, Cause::of(&elsewhere)), (ApiErrorKind::UnknownOperation, Cause::OperationUnknown));
    }
    assert_eq!(Cause::of(&api_error("sts:AssumeRoot", "InvalidAction", "Unknown Operation")), Cause::GlobalEndpoint);
    assert_eq!(Cause::of(&api_error("sts:GetCallerIdentity", "InvalidAction", "")), Cause::OperationUnknown);
}

#[test]
fn a_reason_that_is_kept_in_the_message_only_still_tells() {
    let limit = "x (MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED)";
    let reported = |message| Cause::of(&api_error("organizations:RegisterDelegatedAdministrator", CONSTRAINT, message));
    assert_eq!(reported(limit), Cause::DelegateLimit);
    assert_eq!(reported("x (SOMETHING_NEW)"), Cause::Constraint);
}

const CONSTRAINT: &str = "ConstraintViolationException";

#[test]
fn an_error_without_a_code_is_not_called_an_unknown_one() {
    let error = ApiError::new("account:PutAccountName", ApiErrorKind::Other, "AccountName must not be blank");
    assert_eq!(Cause::of(&error), Cause::NoCode);
}

#[test]
fn a_wrong_clock_is_told_from_a_wrong_secret_and_an_unknown_key() {
    let skewed = "Signature expired: 20261122T080000Z is now earlier than 20261122T084501Z";
    for (code, message, expected) in [
        ("InvalidSignatureException", skewed, Cause::ClockSkewed),
        ("SignatureDoesNotMatch", skewed, Cause::ClockSkewed),
        ("SignatureDoesNotMatch", "Signature not yet current: x is still later than y", Cause::ClockSkewed),
        ("RequestTimeTooSkewed", "", Cause::ClockSkewed),
        ("SignatureDoesNotMatch", "The request signature we calculated does not match", Cause::SecretWrong),
        ("InvalidClientTokenId", "The security token included in the request is invalid.", Cause::KeyUnknown),
        ("ExpiredTokenException", "The security token included in the request is expired", Cause::TokenExpired),
    ] {
        assert_eq!(Cause::of(&api_error("organizations:ListAccounts", code, message)), expected, "{code} {message}");
    }
    let elsewhere = api_error("sqs:ListQueues", "InvalidClientTokenId", "");
    assert_eq!(Cause::of(&elsewhere), Cause::RegionNotEnabled);
}

#[test]
fn without_a_code_the_texts_of_the_network_tell() {
    let cause = |kind, message: &str| Cause::of(&ApiError::new("sts:GetCallerIdentity", kind, message));
    let unreachable = |message: &str| cause(ApiErrorKind::Unreachable, message);
    assert_eq!(unreachable("invalid peer certificate: UnknownIssuer"), Cause::CertificateUntrusted);
    assert_eq!(unreachable("received fatal alert: CertificateUnknown"), Cause::CertificateUntrusted);
    for version in ["received fatal alert: ProtocolVersion", "received fatal alert: HandshakeFailure"] {
        assert_eq!(unreachable(version), Cause::TlsVersion, "{version}");
    }
    assert_eq!(unreachable("peer is incompatible: ServerDoesNotSupportTls12Or13"), Cause::TlsVersion);
    for other in ["received corrupt message of type InvalidContentType", "tls handshake eof"] {
        assert_eq!(unreachable(other), Cause::NotTls, "{other}");
    }
    assert_eq!(unreachable("proxy authorization required"), Cause::Proxy);
    assert_eq!(unreachable("failed to lookup address information: Name or service not known"), Cause::NameUnknown);
    assert_eq!(unreachable("tcp connect error: Connection refused (os error 111)"), Cause::ConnectionRefused);
    assert_eq!(unreachable("Network is unreachable"), Cause::Unreachable);
    // What was sent may have arrived, whatever then broke.
    assert_eq!(cause(ApiErrorKind::ConnectionLost, "invalid peer certificate"), Cause::ConnectionLost);
    let expired =
        ApiError::new("sso:GetRoleCredentials", ApiErrorKind::ExpiredCredentials, "the SSO token has expired");
    assert_eq!(Cause::of(&expired), Cause::SsoExpired);
}

#[test]
fn what_may_have_been_done_is_never_said_to_be_nothing() {
    for kind in [ApiErrorKind::Service, ApiErrorKind::ConnectionLost, ApiErrorKind::Timeout, ApiErrorKind::Unreadable] {
        assert!(kind.leaves_outcome_unknown());
        let cause = Cause::of(&ApiError::new("account:StartPrimaryEmailUpdate", kind, "refused by the proxy"));
        assert_eq!(cause.consequence(kind), Consequence::MayBeDone, "{kind:?}");
    }
}

#[test]
fn a_code_whose_kind_is_another_is_told_by_its_kind() {
    // Told apart by a Reason that is not kept.
    let error = ApiError {
        code: Some("ConstraintViolationException".into()),
        ..ApiError::new("organizations:X", ApiErrorKind::NotAllFeatures, "in other words")
    };
    assert_eq!(Cause::of(&error), Cause::NotAllFeatures);
}
