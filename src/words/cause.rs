//! Why a call failed, what that leaves behind, and what fixes it.

use super::keys::{key, view};
use crate::app::command::CommandId;
use crate::domain::api_error::ApiError;
use crate::domain::aws_command::{AwsCommand, CallerOptions};
use crate::domain::cause::named_policy::NamedPolicy;
use crate::domain::cause::{Cause, Consequence};
use crate::domain::root_feature::RootFeature;

#[expect(clippy::too_many_lines, reason = "a table: one row for each cause")]
pub(crate) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::NoCredentials => {
            "No credentials found: checked the environment, the profile, SSO, credential_process, `aws login`, the \
             container and the instance."
        }
        Cause::SsoExpired => "The IAM Identity Center (SSO) sign-in has expired or does not exist.",
        Cause::LoginExpired => "The `aws login` sign-in has expired or does not exist.",
        Cause::TokenExpired => "The session of these credentials has expired.",
        Cause::KeyUnknown => {
            "AWS does not recognize these credentials. Most likely the access key was deleted, or belongs to \
             another partition or endpoint."
        }
        Cause::RegionNotEnabled => {
            "AWS does not recognize the session in that region. Most likely the region is not enabled for the \
             account."
        }
        Cause::SecretWrong => "The secret access key does not match the access key id.",
        Cause::ClockSkewed => "The clock of this machine is off by more than 5 minutes, so AWS rejects the signature.",
        Cause::Unsigned => "The request reached AWS without a complete signature. A proxy may have changed it.",
        Cause::RoleNotAssumed => {
            "The caller cannot assume the role of the profile. Most likely the role's trust policy does not allow \
             the caller, or requires MFA or an external id."
        }
        Cause::MfaCodeNeeded => "The role of the profile requires an MFA code (mfa_serial).",
        Cause::MfaCodeNotAccepted => "AWS did not accept the MFA code. Each code works once, for about a minute.",
        Cause::SignInFailed => "Sign-in with the AWS CLI failed.",
        Cause::ProcessFailed => "The credential_process of the profile returned no credentials.",
        Cause::Configuration => "The AWS configuration of this machine is invalid.",
        Cause::CredentialLoop => "The profile's credential_process calls itself for credentials.",
        Cause::NameUnknown => "The host name of the endpoint could not be resolved.",
        Cause::ConnectionRefused => "The endpoint refused the connection.",
        Cause::Proxy => "The proxy did not connect.",
        Cause::TlsVersion => {
            "The server and rootdeck have no common TLS version or cipher. rootdeck supports TLS 1.2 and 1.3."
        }
        Cause::NotTls => "The server does not speak TLS, or closes the connection during the TLS handshake.",
        Cause::CertificateUntrusted => "The server's certificate is not trusted. Most likely a proxy intercepts TLS.",
        Cause::Unreachable => "The connection failed.",
        Cause::NoIdentityPolicy => "No policy of the caller allows this action.",
        Cause::DeniedByIdentityPolicy => {
            "A policy of the caller explicitly denies this action. A Deny overrides \
            every Allow."
        }
        Cause::PermissionsBoundary => "The caller's permissions boundary does not allow this action.",
        Cause::CallersControlPolicy => "A service control policy of the caller's account does not allow this action.",
        Cause::RootsControlPolicy => "A service control policy (SCP) denies this action to the account's root user.",
        Cause::NotAllowedByRootsControlPolicy => {
            "No service control policy (SCP) allows this action to the account's root user."
        }
        Cause::SessionPolicy => "The session policy of the caller's session does not allow this action.",
        Cause::TaskPolicy => "The task policy of this root session does not allow this action.",
        Cause::ResourcePolicy => "The policy of the bucket or queue does not allow this action.",
        Cause::ResourceControlPolicy => "A resource control policy of the organization does not allow this action.",
        Cause::EndpointPolicy => "The VPC endpoint policy does not allow this action.",
        Cause::OtherPolicy => "A policy does not allow this action. AWS's message names its type.",
        Cause::OrganizationsDenied => {
            "Only the management account and delegated administrators can read this, and the caller needs the \
             permission."
        }
        Cause::OrganizationsChangeDenied => {
            "Only the management account can change this, and the caller needs the permission. AWS returns the same \
             error in both cases."
        }
        Cause::NotAMemberToAsk => {
            "Account Management cannot read or change the root email of the management account. AWS does not \
             document whether this error also means that an account is not ACTIVE."
        }
        Cause::NotManagementOrDelegatedForAccount => {
            "The caller's account is neither the management account nor the delegated administrator for Account \
             Management, or the caller lacks the permission. AWS returns the same error in both cases."
        }
        Cause::AssumeRootDenied => {
            "The target is the management account, the caller lacks sts:AssumeRoot for it, or the caller's account \
             is no longer the delegated administrator for IAM. AWS returns the same error in all three cases."
        }
        Cause::Denied => {
            "The caller lacks the permission, or a policy or condition denies it. AWS does not report which."
        }
        Cause::AccountTrustOff => "Trusted access for Account Management is off in the organization.",
        Cause::IamTrustOff => "Trusted access for IAM is off in the organization.",
        Cause::TrustOff => "Trusted access for this service is off in the organization.",
        Cause::FeatureOff(RootFeature::RootCredentialsManagement) => {
            "RootCredentialsManagement is off. It is required to audit, delete and recover root credentials; \
             RootSessions does not include it."
        }
        Cause::FeatureOff(RootFeature::RootSessions) => {
            "RootSessions is off. It is required to unlock bucket and queue policies; RootCredentialsManagement \
             does not include it."
        }
        Cause::NotManagementOrDelegated => {
            "Only the management account or the delegated administrator for IAM can read this. The feature may be \
             on or off."
        }
        Cause::NotManagement => "Only the management account can do this.",
        Cause::NotInOrganization => "The account of these credentials is not in an organization.",
        Cause::NotAllFeatures => "The organization has consolidated billing only. This requires all features.",
        Cause::DelegateExists => "The service still has delegated administrators.",
        Cause::DelegateLimit => {
            "The service already has the maximum number of delegated administrators (Account Management: 1)."
        }
        Cause::AlreadyDelegate => "The account is already a delegated administrator for this service.",
        Cause::NotDelegate => "The account is not a delegated administrator for this service.",
        Cause::ManagementAsDelegate => "The management account cannot be its own delegated administrator.",
        Cause::SuspendedAsDelegate => "A suspended account cannot be a delegated administrator.",
        Cause::ServicePrincipalUnknown => "Organizations does not know this service principal.",
        Cause::OrganizationBusy => "Another change of the organization is in progress.",
        Cause::EmailConflict => {
            "The address is used by another AWS account, or another change of this account is in progress."
        }
        Cause::CodeNotAccepted => {
            "AWS did not accept the one-time password for this address. Most likely it is mistyped, or a newer one \
             replaced it."
        }
        Cause::CodeExpired => "The one-time password has expired (sent more than 24 hours ago).",
        Cause::NoPendingChange => "No email change of this account is waiting for a one-time password.",
        Cause::CredentialBusy => "AWS is currently changing this credential.",
        Cause::Invalid => "AWS rejected the input.",
        Cause::Constraint => "An AWS Organizations constraint does not allow this. AWS's message names it.",
        Cause::TargetInvalid => "AWS cannot open a root session in this account.",
        Cause::NotFound => "The resource does not exist.",
        Cause::AlreadyExists => "The resource already exists.",
        Cause::NoEmailChange => "AWS has no email change for this account.",
        Cause::OperationUnknown => "This endpoint does not support the operation.",
        Cause::GlobalEndpoint => "The global STS endpoint does not support AssumeRoot.",
        Cause::WrongRegion => "The bucket is in another region, and only that region answers for it.",
        Cause::Throttled => "Too many requests. The quota is shared by everything that runs in this account.",
        Cause::Service => "Internal error at AWS.",
        Cause::ConnectionLost => {
            "The connection was lost before the response arrived. AWS may have received the \
            request."
        }
        Cause::Timeout => "No response in time. AWS may have received the request.",
        Cause::Unreadable => "The response is not a valid AWS response. A proxy may have answered.",
        Cause::NotFromAws => {
            "Something between this machine and AWS answered instead, most likely a proxy that inspects traffic. It \
             is unknown whether AWS received the request."
        }
        Cause::Local => "Local error on this machine.",
        Cause::NotPermitted => "rootdeck did not send it.",
        Cause::Other => "AWS returned an error that this version of rootdeck does not know.",
        Cause::NoCode => "AWS refused the request without an error code.",
    }
}

/// What it leaves behind. For a read that is what is known now: nothing new.
pub(crate) fn consequence(cause: Cause, error: &ApiError) -> &'static str {
    let read = is_read(error.operation);
    if error.operation == "sts:AssumeRoot" && cause.consequence(error.kind) != Consequence::MayBeDone {
        return "No root session was opened. Nothing was changed in the account.";
    }
    match (cause.consequence(error.kind), read) {
        (Consequence::NothingSent, true) => "No request was sent.",
        (Consequence::NothingSent, false) => "Nothing was sent or changed.",
        (Consequence::NothingChanged | Consequence::MayBeDone | Consequence::AlreadySo, true) => {
            "The state is unknown, which does not mean \"none\" or \"off\"."
        }
        (Consequence::NothingChanged, false) => "Nothing was changed.",
        (Consequence::MayBeDone, false) => "The change may have been made. Check before you repeat it.",
        (Consequence::AlreadySo, false) => "No change was needed.",
    }
}

fn is_read(operation: &str) -> bool {
    let name = operation.split_once(':').map_or(operation, |(_, name)| name);
    ["Get", "List", "Describe", "Simulate"].iter().any(|start| name.starts_with(start))
}

/// Without `caller`, as in the demo, commands would act elsewhere: only those for this machine are named.
#[expect(clippy::too_many_lines, reason = "a table: one row for each cause")]
pub(crate) fn fix(cause: Cause, error: &ApiError, caller: Option<&CallerOptions>) -> String {
    // Signing in is about a profile alone; where AWS is reached makes no difference to it.
    let signed =
        CallerOptions { profile: caller.and_then(|caller| caller.profile.clone()), ..CallerOptions::default() };
    let sign_in = |words: &[&str]| AwsCommand::of(words).by(&signed);
    let (sso, login) = (sign_in(&["aws", "sso", "login"]), sign_in(&["aws", "login"]));
    let (i, toggle) = (key(CommandId::SignIn), key(CommandId::Toggle));
    let organization = view(CommandId::ViewOrganization);
    let in_aws = |service, command| caller.map(|caller| AwsCommand::new(service, command).by(caller));
    let identity =
        || in_aws("sts", "get-caller-identity").unwrap_or_else(|| AwsCommand::new("sts", "get-caller-identity"));
    match cause {
        Cause::NoCredentials => format!(
            "Sign in with `{sso}` or `{login}`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID. To try rootdeck without \
             AWS: `rootdeck --demo`."
        ),
        Cause::SsoExpired => format!("Sign in again: key {i} in the dashboard, or `{sso}`."),
        Cause::LoginExpired => format!("Sign in again: key {i} in the dashboard, or `{login}`."),
        Cause::TokenExpired => {
            format!("Renew them: key {i} in the dashboard, `{sso}` or `{login}`.")
        }
        Cause::KeyUnknown | Cause::SecretWrong => {
            format!("Check them with `{}`. Check AWS_ENDPOINT_URL and the region, too.", identity())
        }
        Cause::RegionNotEnabled => "Enable the region for the account, or use an enabled one (--region).".to_owned(),
        Cause::ClockSkewed => "Correct the clock of this machine (`timedatectl` or NTP) and try again.".to_owned(),
        Cause::RoleNotAssumed => format!(
            "Check the role's trust policy and `{}`. If the role requires MFA, set mfa_serial in the profile.",
            identity()
        ),
        Cause::SignInFailed => format!(
            "Try again with key {i}; if this machine has no browser, use one on another machine. Requires AWS CLI \
             version 2."
        ),
        Cause::ProcessFailed => "Run the credential_process command by itself and read its output.".to_owned(),
        Cause::MfaCodeNeeded => {
            format!("Enter the code: key {i} in the dashboard. Subcommands ask for it on a terminal.")
        }
        Cause::MfaCodeNotAccepted => "Wait for the next code and enter it.".to_owned(),
        Cause::Configuration => format!("Check it with `{}`.", sign_in(&["aws", "configure", "list"])),
        Cause::CredentialLoop => {
            "Set another profile in the command: credential_process = rootdeck --profile OTHER session ...".to_owned()
        }
        Cause::Unsigned | Cause::Unreadable | Cause::NotFromAws => "Check HTTPS_PROXY and the endpoint.".to_owned(),
        Cause::NameUnknown => "Check the endpoint, the region and DNS on this machine.".to_owned(),
        Cause::ConnectionRefused => "Check the endpoint (AWS_ENDPOINT_URL, --endpoint-url) and HTTPS_PROXY.".to_owned(),
        Cause::Proxy => "Check HTTPS_PROXY and NO_PROXY, and whether the proxy requires a password.".to_owned(),
        Cause::TlsVersion => "Check the endpoint and HTTPS_PROXY. The server must support TLS 1.2 or 1.3.".to_owned(),
        Cause::NotTls => "Check the endpoint (http or https, the port) and HTTPS_PROXY.".to_owned(),
        Cause::CertificateUntrusted => {
            "If it is your proxy, set AWS_CA_BUNDLE to its certificate. If not, someone else may be intercepting \
             the traffic."
                .to_owned()
        }
        Cause::Unreachable => "Check the network, the proxy (HTTPS_PROXY) and the endpoint.".to_owned(),
        // No policy gives an ordinary member a say.
        Cause::OrganizationsDenied => format!(
            "Use credentials of the management account or a delegated administrator that allow {}. `rootdeck \
             policy` prints the policy.",
            error.operation
        ),
        Cause::OrganizationsChangeDenied => format!(
            "Use credentials of the management account that allow {}. `rootdeck policy` prints the policy.",
            error.operation
        ),
        Cause::NoIdentityPolicy | Cause::Denied => format!(
            "Allow {} for this caller, or use another profile (--profile). `rootdeck policy` prints the policy.",
            error.operation
        ),
        Cause::DeniedByIdentityPolicy
        | Cause::PermissionsBoundary
        | Cause::CallersControlPolicy
        | Cause::RootsControlPolicy
        | Cause::NotAllowedByRootsControlPolicy
        | Cause::ResourceControlPolicy
        | Cause::SessionPolicy
        | Cause::TaskPolicy
        | Cause::OtherPolicy => policy_fix(cause, error, caller),
        Cause::ResourcePolicy => format!(
            "Unlock the policy of the bucket or queue first: key {} in the dashboard.",
            key(CommandId::RootTasks)
        ),
        Cause::EndpointPolicy => format!("Allow {} in the VPC endpoint policy.", error.operation),
        Cause::NotAMemberToAsk => {
            "For the management account, sign in to the console as its root user. For other accounts, check their \
             state."
                .to_owned()
        }
        Cause::NotManagementOrDelegatedForAccount => format!(
            "Use credentials of the management account or the delegated administrator for Account Management that \
             allow {}.",
            error.operation
        ),
        Cause::AssumeRootDenied => format!(
            "Check the target. Allow sts:AssumeRoot for this caller (condition sts:TaskPolicyArn). Check the \
             delegated administrator for iam.amazonaws.com ({organization})."
        ),
        Cause::AccountTrustOff | Cause::IamTrustOff | Cause::TrustOff => {
            format!("Enable it: {organization}, select the service, press {toggle} (management account only).")
        }
        Cause::FeatureOff(feature) => {
            format!("Enable {feature}: {organization}, select it, press {toggle} (management account only).")
        }
        Cause::NotManagementOrDelegated | Cause::NotManagement => {
            "Use credentials of the management account.".to_owned()
        }
        Cause::NotInOrganization => "Use credentials of the organization's management account (--profile).".to_owned(),
        Cause::NotAllFeatures => match in_aws("organizations", "enable-all-features") {
            Some(run) => format!("Enable all features: `{run}`."),
            None => "Enable all features in the management account.".to_owned(),
        },
        Cause::DelegateExists | Cause::DelegateLimit => {
            match in_aws("organizations", "list-delegated-administrators") {
                Some(run) => {
                    format!("Deregister the current one first. See {organization}, or `{run}`.")
                }
                None => format!("Deregister the current one first ({organization})."),
            }
        }
        Cause::ManagementAsDelegate | Cause::SuspendedAsDelegate => {
            "Use another account (an ACTIVE member).".to_owned()
        }
        Cause::ServicePrincipalUnknown => {
            "Check the name. Valid here: account.amazonaws.com and iam.amazonaws.com.".to_owned()
        }
        Cause::NotDelegate | Cause::NotFound => "Reload the list.".to_owned(),
        Cause::OrganizationBusy | Cause::CredentialBusy => "Wait a moment and try again.".to_owned(),
        Cause::EmailConflict => {
            let (look, finish) = (key(CommandId::Verify), key(CommandId::EnterOtp));
            format!(
                "Check the account's change with {look}. Wait for it, complete it with {finish}, or use another \
                 address."
            )
        }
        Cause::CodeNotAccepted => "Use the code in the newest mail, resend it, or continue later.".to_owned(),
        Cause::CodeExpired => {
            format!("Request a new one ({} in {}).", key(CommandId::SendAgain), view(CommandId::ViewEmailChanges))
        }
        Cause::NoPendingChange | Cause::NoEmailChange => format!("Start one with {}.", key(CommandId::ChangeEmail)),
        Cause::Invalid | Cause::TargetInvalid => "Correct the input and try again.".to_owned(),
        Cause::Constraint => "Follow AWS's message, then try again.".to_owned(),
        Cause::AlreadyExists | Cause::AlreadyDelegate => "No action needed. Check the state in AWS.".to_owned(),
        Cause::OperationUnknown => {
            "Check the endpoint (AWS_ENDPOINT_URL, --endpoint-url) and the region, and whether the service is \
             available there."
                .to_owned()
        }
        Cause::GlobalEndpoint => {
            "Set a region (--region). Check whether AWS_ENDPOINT_URL_STS or the profile uses sts.amazonaws.com."
                .to_owned()
        }
        Cause::WrongRegion => "Use the region of the bucket, shown in the list of buckets.".to_owned(),
        Cause::Throttled => "Wait half a minute and try again.".to_owned(),
        Cause::Service => "Wait, then check before you repeat anything.".to_owned(),
        Cause::ConnectionLost | Cause::Timeout => "Check the state in AWS before you try again.".to_owned(),
        Cause::Local => "See the message. rootdeck continues without it where possible.".to_owned(),
        Cause::NotPermitted => "See the message above.".to_owned(),
        Cause::Other | Cause::NoCode => {
            "See AWS's message above. Find the call in CloudTrail by its request id.".to_owned()
        }
    }
}

/// What to do about a policy. Since 2026 AWS names it, so that it can be read and changed.
fn policy_fix(cause: Cause, error: &ApiError, caller: Option<&CallerOptions>) -> String {
    let fix = policy_change(cause, error, caller);
    if !is_about_root(cause) {
        return fix;
    }
    let explain = key(CommandId::ExplainScps);
    format!("{fix} Statement and change: {explain}.")
}

/// Whether a control policy of the member account keeps root from it.
pub(crate) fn is_about_root(cause: Cause) -> bool {
    matches!(cause, Cause::RootsControlPolicy | Cause::NotAllowedByRootsControlPolicy | Cause::ResourceControlPolicy)
}

/// The same without what shows more.
pub(crate) fn policy_change(cause: Cause, error: &ApiError, caller: Option<&CallerOptions>) -> String {
    let operation = error.operation;
    let policy = NamedPolicy::in_message(&error.message);
    let arn = policy.as_ref().map(|policy| format!(" {}", policy.arn)).unwrap_or_default();
    let fix = match cause {
        Cause::DeniedByIdentityPolicy => {
            format!("Remove the Deny of {operation} from the caller's policy{arn}, or use another profile.")
        }
        Cause::PermissionsBoundary => {
            format!("Allow {operation} in the permissions boundary{arn}, too, or use another profile.")
        }
        Cause::SessionPolicy => {
            format!("Start the session with a session policy that allows {operation}, or use another profile.")
        }
        Cause::TaskPolicy => "Use a task whose policy allows it.".to_owned(),
        Cause::RootsControlPolicy => {
            "Exempt root sessions in that policy with the condition \"Null\": {\"aws:AssumedRoot\": \"true\"} (Control \
             Tower: ExemptAssumeRoot)."
                .to_owned()
        }
        Cause::NotAllowedByRootsControlPolicy => {
            format!("Allow {operation} in the service control policies of the account.")
        }
        Cause::CallersControlPolicy => {
            format!("Allow {operation} in the service control policies of the caller's account.")
        }
        Cause::ResourceControlPolicy => "Exempt the call in this resource control policy.".to_owned(),
        _ => "Change this policy, or use another profile.".to_owned(),
    };
    let read = match policy {
        Some(NamedPolicy { organization_id: Some(id), .. }) => {
            AwsCommand::new("organizations", "describe-policy").with("policy-id", id)
        }
        Some(NamedPolicy { arn, .. }) if arn.contains(":iam:") && arn.contains(":policy/") => {
            AwsCommand::new("iam", "get-policy").with("policy-arn", arn)
        }
        _ => return fix,
    };
    match caller {
        Some(caller) => format!("{fix} Read it: `{}`.", read.by(caller)),
        None => fix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api_error::ApiErrorKind;

    #[test]
    fn a_policy_that_aws_names_is_in_the_fix_and_one_it_does_not_name_is_not_made_up() {
        let caller = CallerOptions { profile: Some("prod".into()), ..CallerOptions::default() };
        let fix = |operation, message: &str| {
            let denied = ApiError::new(operation, ApiErrorKind::Other, message);
            let table = crate::domain::cause::table::case(operation, "AccessDenied", message, "").expect("a row");
            let error = ApiError { code: Some("AccessDenied".into()), kind: table.kind, ..denied };
            fix(Cause::of(&error), &error, Some(&caller))
        };
        let read = "aws organizations describe-policy --policy-id";
        let scp = "User: r is not authorized to perform: iam:GetUser with an explicit deny in a service control policy";
        let arn = "arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/p-2kgnabcd";
        for operation in ["iam:GetUser", "sts:AssumeRoot", "iam:ListOrganizationsFeatures"] {
            let named = fix(operation, &format!("{scp}: {arn}"));
            assert!(named.contains(&format!("`{read} p-2kgnabcd --profile prod`.")), "{named}");
            assert_eq!(named.ends_with("Statement and change: E."), operation == "iam:GetUser", "{named}");
            assert!(!fix(operation, scp).contains(read));
        }
        assert!(fix("iam:GetUser", scp).contains("aws:AssumedRoot"));
        let rcp = "arn:aws:organizations::111122223333:policy/o-8j81brsjuj/resource_control_policy/p-9x8y7z6w";
        let named = fix("sts:AssumeRoot", &format!("x with an explicit deny in a resource control policy: {rcp}"));
        assert!(named.contains(&format!("{read} p-9x8y7z6w")), "{named}");
        let limits = "arn:aws:iam::111122223333:policy/Limits";
        let named = fix("sts:AssumeRoot", &format!("x with an explicit deny in a permissions boundary: {limits}"));
        assert!(named.contains(&format!("permissions boundary {limits}")), "{named}");
        let named = fix("sts:AssumeRoot", &format!("x with an explicit deny in an identity-based policy: {limits}"));
        assert!(named.contains(&format!("policy {limits}")) && !named.contains("p-"), "{named}");
    }
}
