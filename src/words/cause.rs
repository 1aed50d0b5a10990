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
            "No credentials were found: not in the environment, the profile, SSO, a credential process, `aws login`, \
             the container or the instance."
        }
        Cause::SsoExpired => "The sign-in with IAM Identity Center (SSO) has expired, or was never made here.",
        Cause::LoginExpired => "The sign-in of `aws login` has expired, or was never made here.",
        Cause::TokenExpired => "The session that these credentials belong to has expired.",
        Cause::KeyUnknown => {
            "AWS does not know these credentials. Most likely the access key was deleted, or belongs to another \
             partition or endpoint."
        }
        Cause::RegionNotEnabled => {
            "AWS does not know the session in that region. Most often the region is not enabled for the account."
        }
        Cause::SecretWrong => "The secret access key does not fit the access key id.",
        Cause::ClockSkewed => {
            "The clock of this machine is wrong by more than AWS allows (5 minutes), so it takes the signature for \
             old or not yet valid."
        }
        Cause::Unsigned => "The request came to AWS without a whole signature. A proxy may have changed it on the way.",
        Cause::RoleNotAssumed => {
            "AWS does not let the caller assume the role of the profile. Most likely the role's trust policy does not \
             allow the caller, or requires MFA or an external id."
        }
        Cause::MfaCodeNeeded => "The role of the profile wants a code of an MFA device (mfa_serial).",
        Cause::MfaCodeNotAccepted => "AWS did not accept the MFA code. A code works once and for about a minute.",
        Cause::SignInFailed => "The AWS CLI did not sign you in.",
        Cause::ProcessFailed => "The program that the profile names (credential_process) gave no credentials.",
        Cause::Configuration => "The AWS configuration of this machine could not be used.",
        Cause::CredentialLoop => "The profile's credential_process needs the credentials that it is to give.",
        Cause::NameUnknown => "The name of the endpoint could not be found.",
        Cause::ConnectionRefused => "Nobody listens at the endpoint.",
        Cause::Proxy => "The proxy did not make the connection.",
        Cause::TlsVersion => {
            "The other side and rootdeck have no version or cipher of TLS in common. rootdeck speaks TLS 1.2 and 1.3."
        }
        Cause::NotTls => "What answers does not speak TLS, or ends the connection before TLS is set up.",
        Cause::CertificateUntrusted => {
            "The certificate that the other side shows is not trusted. Most often a proxy stands in between that \
             opens TLS."
        }
        Cause::Unreachable => "No connection could be made.",
        Cause::NoIdentityPolicy => "No policy of the caller allows it.",
        Cause::DeniedByIdentityPolicy => "A policy of the caller denies it outright; that wins over every allowance.",
        Cause::PermissionsBoundary => "The permissions boundary of the caller does not let it through.",
        Cause::CallersControlPolicy => "A service control policy of the caller's own account does not let it through.",
        Cause::RootsControlPolicy => "A service control policy above the account denies this to its root user.",
        Cause::NotAllowedByRootsControlPolicy => {
            "No service control policy above the account allows this to its root user."
        }
        Cause::SessionPolicy => "The session policy of the caller's own session does not let it through.",
        Cause::TaskPolicy => "The task policy of this root session does not allow it.",
        Cause::ResourcePolicy => "The policy of the bucket or queue itself does not let it through.",
        Cause::ResourceControlPolicy => "A resource control policy of the organization does not let it through.",
        Cause::EndpointPolicy => "The policy of the VPC endpoint that the call goes through does not let it through.",
        Cause::OtherPolicy => "A policy does not let it through. AWS's message says which kind.",
        Cause::OrganizationsDenied => {
            "Only the management account and delegated administrators are told this, and their callers need the \
             permission."
        }
        Cause::OrganizationsChangeDenied => {
            "Only the management account may change this, and its callers need the permission: AWS has one text for \
             both."
        }
        Cause::NotAMemberToAsk => {
            "Account Management gives this answer for the management account, whose own root email can't be read or \
             changed through it. AWS does not document whether it gives it for accounts that are not ACTIVE."
        }
        Cause::NotManagementOrDelegatedForAccount => {
            "The caller's account is neither the management account nor the delegated administrator for Account \
             Management, or the caller lacks the permission: AWS has one text for both."
        }
        Cause::AssumeRootDenied => {
            "AWS has one text for three causes: the target is the management account; the caller lacks \
             sts:AssumeRoot for it; or the caller's account is no longer the delegated administrator for IAM."
        }
        Cause::Denied => {
            "The caller lacks the permission, or a policy or a condition denies it. AWS does not say which."
        }
        Cause::AccountTrustOff => "Trusted access for Account Management is off in the organization.",
        Cause::IamTrustOff => "Trusted access for IAM is off in the organization.",
        Cause::TrustOff => "Trusted access for this service is off in the organization.",
        Cause::FeatureOff(RootFeature::RootCredentialsManagement) => {
            "RootCredentialsManagement is off. It is the gate of auditing, deleting and recovering root credentials; \
             RootSessions does not imply it."
        }
        Cause::FeatureOff(RootFeature::RootSessions) => {
            "RootSessions is off. It is the gate of unlocking bucket and queue policies; RootCredentialsManagement \
             does not imply it."
        }
        Cause::NotManagementOrDelegated => {
            "Only the management account or the delegated administrator for IAM is told. That says nothing about \
             whether it is on."
        }
        Cause::NotManagement => "Only the management account may do this.",
        Cause::NotInOrganization => "The account of these credentials belongs to no organization.",
        Cause::NotAllFeatures => "The organization has consolidated billing only; this needs all features.",
        Cause::DelegateExists => "The service still has delegated administrators.",
        Cause::DelegateLimit => {
            "The service has as many delegated administrators as AWS allows; Account Management has one."
        }
        Cause::AlreadyDelegate => "The account is a delegated administrator of this service already.",
        Cause::NotDelegate => "The account is no delegated administrator of this service.",
        Cause::ManagementAsDelegate => "The management account can't be its own delegated administrator.",
        Cause::SuspendedAsDelegate => "A suspended account can't be a delegated administrator.",
        Cause::ServicePrincipalUnknown => "Organizations does not know a service of this name.",
        Cause::OrganizationBusy => "Another change of the organization is under way.",
        Cause::EmailConflict => {
            "The address is in use by another AWS account, or another change of this account is under way."
        }
        Cause::CodeNotAccepted => {
            "AWS did not accept the one-time password together with this address: it is mistyped, older than 24 \
             hours, replaced by a newer mail's, or the change was started with another address."
        }
        Cause::CodeExpired => "The one-time password is expired: it was sent more than 24 hours ago.",
        Cause::NoPendingChange => "The account has no email change that waits for a one-time password.",
        Cause::CredentialBusy => "AWS is changing this credential at the moment.",
        Cause::Invalid => "AWS does not accept what was given.",
        Cause::Constraint => "A rule of AWS for organizations does not allow this now. AWS's message says which.",
        Cause::TargetInvalid => "AWS does not take this for an account that a root session can be opened in.",
        Cause::NotFound => "AWS does not know what was asked for.",
        Cause::AlreadyExists => "What was to be created is there already.",
        Cause::NoEmailChange => "No email change of this account is known to AWS.",
        Cause::OperationUnknown => "This endpoint does not serve the operation.",
        Cause::GlobalEndpoint => "The global endpoint of STS does not serve AssumeRoot.",
        Cause::WrongRegion => "It is in another region, and AWS answers for it only there.",
        Cause::Throttled => "Too many requests: the quota is shared by everything that runs in this account.",
        Cause::Service => "AWS failed on its side.",
        Cause::ConnectionLost => "The connection broke before the answer came. The request may have arrived.",
        Cause::Timeout => "No answer came in time. The request may have arrived.",
        Cause::Unreadable => "The answer was not one that AWS gives. A proxy may stand in between.",
        Cause::NotFromAws => {
            "Something between this machine and AWS answered in its place, most often a proxy that inspects traffic. \
             Whether the request reached AWS, the answer does not tell."
        }
        Cause::Local => "Something on this machine is in the way.",
        Cause::NotPermitted => "rootdeck did not let it out.",
        Cause::Other => "AWS answered with an error that this version of rootdeck does not know.",
        Cause::NoCode => "AWS refused it without an error code. Its message is all it says.",
    }
}

/// What it leaves behind. For a read that is what is known now: nothing new.
pub(crate) fn consequence(cause: Cause, error: &ApiError) -> &'static str {
    let read = is_read(error.operation);
    if error.operation == "sts:AssumeRoot" && cause.consequence(error.kind) != Consequence::MayBeDone {
        return "No root session was opened, and nothing in the account was touched.";
    }
    match (cause.consequence(error.kind), read) {
        (Consequence::NothingSent, true) => "Nothing was asked. What it would have told is not known.",
        (Consequence::NothingSent, false) => "Nothing was sent, so nothing was changed.",
        (Consequence::NothingChanged | Consequence::MayBeDone | Consequence::AlreadySo, true) => {
            "What it would have told is not known: neither that it is there nor that it is not."
        }
        (Consequence::NothingChanged, false) => "AWS changed nothing.",
        (Consequence::MayBeDone, false) => "It may have been done all the same. Look before it is repeated.",
        (Consequence::AlreadySo, false) => "Nothing had to be changed.",
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
            "Sign in with `{sso}` or `{login}`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID. To \
             look around without AWS: `rootdeck --demo`."
        ),
        Cause::SsoExpired => format!("Sign in again: key {i} in the dashboard, or `{sso}`."),
        Cause::LoginExpired => format!("Sign in again: key {i} in the dashboard, or `{login}`."),
        Cause::TokenExpired => {
            format!("Renew them: key {i} in the dashboard, `{sso}` or `{login}`.")
        }
        Cause::KeyUnknown | Cause::SecretWrong => {
            format!("Check them with `{}`; AWS_ENDPOINT_URL and the region count, too.", identity())
        }
        Cause::RegionNotEnabled => {
            "Enable the region for the account, or take one that is enabled (--region).".to_owned()
        }
        Cause::ClockSkewed => "Set the clock of this machine (`timedatectl`, or NTP), and try again.".to_owned(),
        Cause::RoleNotAssumed => format!(
            "Check the role's trust policy and `{}`. A role that wants an MFA code needs mfa_serial in its profile.",
            identity()
        ),
        Cause::SignInFailed => format!(
            "Try again with key {i}; with a browser elsewhere if this machine has none. It takes version 2 of the AWS CLI."
        ),
        Cause::ProcessFailed => "Run the command of credential_process by itself and see what it says.".to_owned(),
        Cause::MfaCodeNeeded => {
            format!("Type the code: key {i} in the dashboard; subcommands ask for it on a terminal.")
        }
        Cause::MfaCodeNotAccepted => "Wait for the next code and type that.".to_owned(),
        Cause::Configuration => format!("Check it with `{}`.", sign_in(&["aws", "configure", "list"])),
        Cause::CredentialLoop => {
            "Name the profile that it gets them with: credential_process = rootdeck --profile OTHER session ..."
                .to_owned()
        }
        Cause::Unsigned | Cause::Unreadable | Cause::NotFromAws => "Check HTTPS_PROXY and the endpoint.".to_owned(),
        Cause::NameUnknown => "Check the endpoint, the region and the name server of this machine.".to_owned(),
        Cause::ConnectionRefused => "Check the endpoint (AWS_ENDPOINT_URL, --endpoint-url) and HTTPS_PROXY.".to_owned(),
        Cause::Proxy => "Check HTTPS_PROXY and NO_PROXY, and whether the proxy wants a password.".to_owned(),
        Cause::TlsVersion => {
            "Check the endpoint and HTTPS_PROXY; whatever is there has to speak TLS 1.2 or 1.3.".to_owned()
        }
        Cause::NotTls => "Check the endpoint (http or https, the port) and HTTPS_PROXY.".to_owned(),
        Cause::CertificateUntrusted => {
            "If your proxy does that, give its certificate with AWS_CA_BUNDLE. If not, somebody else reads along."
                .to_owned()
        }
        Cause::Unreachable => "Check network, proxy (HTTPS_PROXY) and endpoint.".to_owned(),
        // No policy gives an ordinary member a say.
        Cause::OrganizationsDenied => format!(
            "Use credentials of the management account or of a delegated administrator, with {} allowed. `rootdeck \
             policy` prints what it needs.",
            error.operation
        ),
        Cause::OrganizationsChangeDenied => format!(
            "Use credentials of the management account, with {} allowed. `rootdeck policy` prints what it needs.",
            error.operation
        ),
        Cause::NoIdentityPolicy | Cause::Denied => format!(
            "Have {} allowed for this caller, or use another profile (--profile). `rootdeck policy` prints what it needs.",
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
        Cause::EndpointPolicy => format!("Have {} allowed in the policy of the VPC endpoint.", error.operation),
        Cause::NotAMemberToAsk => {
            "For the management account sign in as its root user in the console; for others see their state.".to_owned()
        }
        Cause::NotManagementOrDelegatedForAccount => format!(
            "Use credentials of the management account or of the delegated administrator for Account Management, with \
             {} allowed.",
            error.operation
        ),
        Cause::AssumeRootDenied => format!(
            "Check the target; have sts:AssumeRoot allowed for this caller (condition sts:TaskPolicyArn); see in \
             {organization} who is delegated for iam.amazonaws.com."
        ),
        Cause::AccountTrustOff | Cause::IamTrustOff | Cause::TrustOff => {
            format!("Turn it on: {organization}, select the service, press {toggle} (management account only).")
        }
        Cause::FeatureOff(feature) => {
            format!("Turn {feature} on: {organization}, select it, press {toggle} (management account only).")
        }
        Cause::NotManagementOrDelegated | Cause::NotManagement => {
            "Use credentials of the management account.".to_owned()
        }
        Cause::NotInOrganization => {
            "Use credentials of the management account of the organization, for example with --profile.".to_owned()
        }
        Cause::NotAllFeatures => match in_aws("organizations", "enable-all-features") {
            Some(run) => format!("Enable all features: `{run}`."),
            None => "Enable all features in the management account.".to_owned(),
        },
        Cause::DelegateExists | Cause::DelegateLimit => {
            match in_aws("organizations", "list-delegated-administrators") {
                Some(run) => {
                    format!("Deregister the present one first: {organization} lists them, and so does `{run}`.")
                }
                None => format!("Deregister the present one first: {organization} lists them."),
            }
        }
        Cause::ManagementAsDelegate | Cause::SuspendedAsDelegate => {
            "Take another account, an active member.".to_owned()
        }
        Cause::ServicePrincipalUnknown => {
            "Check the name; account.amazonaws.com and iam.amazonaws.com are meant here.".to_owned()
        }
        Cause::NotDelegate | Cause::NotFound => "Read the listing again.".to_owned(),
        Cause::OrganizationBusy | Cause::CredentialBusy => "Wait a moment and try again.".to_owned(),
        Cause::EmailConflict => {
            let (look, finish) = (key(CommandId::Verify), key(CommandId::EnterOtp));
            format!(
                "Look at the account's change with {look}. Wait for it, finish it with {finish}, or take another address."
            )
        }
        Cause::CodeNotAccepted => {
            "Take the code of the newest mail and try again, have it sent again, or do it later.".to_owned()
        }
        Cause::CodeExpired => {
            format!("Have a new one sent ({} in {}).", key(CommandId::SendAgain), view(CommandId::ViewEmailChanges))
        }
        Cause::NoPendingChange | Cause::NoEmailChange => format!("Start one with {}.", key(CommandId::ChangeEmail)),
        Cause::Invalid | Cause::TargetInvalid => "Correct it and try again.".to_owned(),
        Cause::Constraint => "Do what AWS's message asks for, then try again.".to_owned(),
        Cause::AlreadyExists | Cause::AlreadyDelegate => "Nothing needs to be done; look at what AWS shows.".to_owned(),
        Cause::OperationUnknown => {
            "Check the endpoint (AWS_ENDPOINT_URL, --endpoint-url) and the region, and whether the service is offered \
             there."
                .to_owned()
        }
        Cause::GlobalEndpoint => {
            "Give a region (--region), and see whether AWS_ENDPOINT_URL_STS or the profile names sts.amazonaws.com."
                .to_owned()
        }
        Cause::WrongRegion => "Ask in the region it is in; the list of buckets tells it.".to_owned(),
        Cause::Throttled => "Wait half a minute and try again.".to_owned(),
        Cause::Service => "Wait and look again before anything is repeated.".to_owned(),
        Cause::ConnectionLost | Cause::Timeout => "See what AWS shows before trying again.".to_owned(),
        Cause::Local => "See the message; rootdeck goes on without it where it can.".to_owned(),
        Cause::NotPermitted => "See the reason.".to_owned(),
        Cause::Other | Cause::NoCode => {
            "Read AWS's words above; the request id finds the call in CloudTrail.".to_owned()
        }
    }
}

/// What to do about a policy. Since 2026 AWS names it, so that it can be read and changed.
fn policy_fix(cause: Cause, error: &ApiError, caller: Option<&CallerOptions>) -> String {
    let operation = error.operation;
    let policy = NamedPolicy::in_message(&error.message);
    let arn = policy.as_ref().map(|policy| format!(" {}", policy.arn)).unwrap_or_default();
    let fix = match cause {
        Cause::DeniedByIdentityPolicy => {
            format!("Remove the Deny of {operation} from the caller's policy{arn}, or use another profile.")
        }
        Cause::PermissionsBoundary => {
            format!("Allow {operation} in the permissions boundary{arn} too, or use another profile.")
        }
        Cause::SessionPolicy => {
            format!("Start the session with a session policy that allows {operation}, or use another profile.")
        }
        Cause::TaskPolicy => "Take the task whose policy allows it.".to_owned(),
        Cause::RootsControlPolicy => {
            "Exempt root sessions in that policy with the condition \"Null\": {\"aws:AssumedRoot\": \"true\"} (Control \
             Tower: ExemptAssumeRoot)."
                .to_owned()
        }
        Cause::NotAllowedByRootsControlPolicy => {
            format!("Allow {operation} in the service control policies above the account.")
        }
        Cause::CallersControlPolicy => {
            format!("Have {operation} let through by the service control policies above the caller's account.")
        }
        Cause::ResourceControlPolicy => "Exempt the call in that resource control policy.".to_owned(),
        _ => "Change that policy, or use another profile.".to_owned(),
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
            assert!(named.ends_with(&format!("`{read} p-2kgnabcd --profile prod`.")), "{named}");
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
