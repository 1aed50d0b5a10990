//! A failure for a person: what was tried, what AWS said, why that is, what mends it.

use crate::domain::aws_command::shell_word;
use crate::domain::fault::{Fault, FaultKind};
use crate::domain::root_feature::RootFeature;

/// The four parts of an error message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultWords {
    /// What was tried and that it failed.
    pub tried: String,
    /// AWS's code and words, with the request id.
    pub said: String,
    /// Why that is, in plain words.
    pub cause: &'static str,
    /// What to do about it.
    pub mend: String,
}

/// The whole message. `profile` is the profile in use, for the commands that mend.
#[must_use]
pub fn fault(fault: &Fault, profile: Option<&str>) -> FaultWords {
    let request = fault.request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default();
    let said = match &fault.code {
        Some(code) => format!("{code}: {}{request}", fault.message),
        None => format!("{}{request}", fault.message),
    };
    FaultWords {
        tried: format!("{} did not work", fault.operation),
        said,
        cause: cause(fault),
        mend: mend(fault, profile),
    }
}

/// The failure in one line.
#[must_use]
pub fn headline(fault: &Fault) -> String {
    match &fault.code {
        Some(code) => format!("{}: {code}: {}", fault.operation, fault.message),
        None => format!("{}: {}", fault.operation, fault.message),
    }
}

/// Two or three words for a place where a value should stand.
#[must_use]
pub fn short(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::NoCredentials => "no credentials",
        FaultKind::ExpiredCredentials => "credentials expired",
        FaultKind::InvalidCredentials => "credentials not accepted",
        FaultKind::Configuration => "AWS configuration",
        FaultKind::AccessDenied | FaultKind::NotPermitted => "not permitted",
        FaultKind::DeniedByScp => "denied by an SCP",
        FaultKind::AssumeRootDenied => "no root session",
        FaultKind::UnknownOperation => "not served here",
        FaultKind::WrongRegion => "another region",
        FaultKind::RootFeatureOff(_) => "needs feature",
        FaultKind::AlreadyExists => "there already",
        FaultKind::TrustedAccessOff => "needs trust",
        FaultKind::NotManagementOrDelegated => "not management or delegated",
        FaultKind::NotManagement => "management account only",
        FaultKind::NotInOrganization => "no organization",
        FaultKind::NotAllFeatures => "needs all features",
        FaultKind::Conflict => "conflict",
        FaultKind::DelegateExists => "has delegated administrators",
        FaultKind::Invalid => "not accepted",
        FaultKind::NotFound => "not found",
        FaultKind::NoEmailChange => "no change known",
        FaultKind::Throttled => "throttled",
        FaultKind::Service => "AWS failed",
        FaultKind::Unreachable => "not reachable",
        FaultKind::ConnectionLost => "connection lost",
        FaultKind::Timeout => "no answer in time",
        FaultKind::Unreadable => "unreadable answer",
        FaultKind::Local => "this machine",
        FaultKind::Other => "failed",
    }
}

fn cause(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::NoCredentials => {
            "No credentials were found: not in the environment, the profile, SSO, a credential process, `aws login`, \
             the container or the instance."
        }
        FaultKind::ExpiredCredentials => "The credentials or the sign-in session have expired.",
        FaultKind::InvalidCredentials if is_regional(fault.operation) => {
            "AWS does not know the session in that region. Most often the region is not enabled for the account."
        }
        FaultKind::InvalidCredentials => {
            "AWS does not know these credentials, or their secret or the clock of this machine is wrong."
        }
        FaultKind::Configuration => "The AWS configuration of this machine could not be used.",
        FaultKind::AccessDenied if fault.operation.starts_with("organizations:") => {
            "Only the management account and delegated administrators are told this, and their callers need the \
             permission."
        }
        FaultKind::AccessDenied => {
            "The caller lacks the permission, an SCP or a condition denies it, or the account is not one that may be \
             asked about (the management account, a closed one)."
        }
        FaultKind::DeniedByScp => "A service control policy above the account denies this to its root user.",
        FaultKind::AssumeRootDenied => {
            "AWS has one text for three causes: the target is the management account; the caller lacks \
             sts:AssumeRoot for it; or the caller's account is no longer the delegated administrator for IAM."
        }
        FaultKind::UnknownOperation => {
            "This endpoint does not serve the operation. The global endpoint of STS serves no AssumeRoot."
        }
        FaultKind::WrongRegion => "It is in another region, and AWS answers for it only there.",
        FaultKind::RootFeatureOff(RootFeature::RootCredentialsManagement) => {
            "RootCredentialsManagement is off. It is the gate of auditing, deleting and recovering root credentials; \
             RootSessions does not imply it."
        }
        FaultKind::RootFeatureOff(RootFeature::RootSessions) => {
            "RootSessions is off. It is the gate of unlocking bucket and queue policies; RootCredentialsManagement \
             does not imply it."
        }
        FaultKind::AlreadyExists => "What was to be created is there already.",
        FaultKind::TrustedAccessOff => "Trusted access for this service is off in the organization.",
        FaultKind::NotManagementOrDelegated => {
            "Only the management account or the delegated administrator for IAM is told. That says nothing about \
             whether it is on."
        }
        FaultKind::NotManagement => "Only the management account may do this.",
        FaultKind::NotInOrganization => "The account of these credentials belongs to no organization.",
        FaultKind::NotAllFeatures => "The organization has consolidated billing only; this needs all features.",
        FaultKind::Conflict => {
            "The address is in use by another AWS account, or another change of this account is under way."
        }
        FaultKind::DelegateExists => "The service still has delegated administrators.",
        FaultKind::Invalid => "AWS does not accept what was given.",
        FaultKind::NotFound => "AWS does not know what was asked for.",
        FaultKind::NoEmailChange => "No email change of this account is known to AWS.",
        FaultKind::Throttled => "Too many requests: the quota is shared by everything that runs in this account.",
        FaultKind::Service => "AWS failed on its side.",
        FaultKind::Unreachable => "No connection could be made, so nothing was sent.",
        FaultKind::ConnectionLost => "The connection broke before the answer came. The request may have arrived.",
        FaultKind::Timeout => "No answer came in time. The request may have arrived.",
        FaultKind::Unreadable => "The answer was not one that AWS gives. A proxy may stand in between.",
        FaultKind::Local => "Something on this machine is in the way.",
        FaultKind::NotPermitted => "rootdeck did not let it out.",
        FaultKind::Other => "AWS answered with an error that rootdeck does not know.",
    }
}

/// Whether each region answers for itself, and only if it is enabled for the account.
fn is_regional(operation: &str) -> bool {
    operation.starts_with("s3:") || operation.starts_with("sqs:")
}

fn mend(fault: &Fault, profile: Option<&str>) -> String {
    let named = profile.map(|profile| format!(" --profile {}", shell_word(profile))).unwrap_or_default();
    match fault.kind {
        FaultKind::NoCredentials => format!(
            "Sign in with `aws sso login{named}` or `aws login{named}`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID. To \
             look around without AWS: `rootdeck --demo`."
        ),
        FaultKind::ExpiredCredentials => match fault.operation {
            "signin:CreateOAuth2Token" => format!("Sign in again with `aws login{named}`."),
            "sso:GetRoleCredentials" => format!("Sign in again with `aws sso login{named}`."),
            _ => format!("Renew them, for example with `aws sso login{named}` or `aws login{named}`."),
        },
        FaultKind::InvalidCredentials => {
            "Check the credentials with `aws sts get-caller-identity`, and the clock of this machine.".to_owned()
        }
        FaultKind::Configuration => {
            format!("Check it with `aws configure list{named}`.")
        }
        FaultKind::AccessDenied => {
            format!("Have {} allowed for this caller, or use another profile (--profile).", fault.operation)
        }
        FaultKind::DeniedByScp => {
            "Exempt root sessions in that policy with the condition \"Null\": {\"aws:AssumedRoot\": \"true\"} (Control \
             Tower: ExemptAssumeRoot)."
                .to_owned()
        }
        FaultKind::AssumeRootDenied => {
            "Check the target; have sts:AssumeRoot allowed for this caller (condition sts:TaskPolicyArn); see in view \
             4 who is delegated for iam.amazonaws.com."
                .to_owned()
        }
        FaultKind::UnknownOperation => {
            "Give a region (--region), and see whether AWS_ENDPOINT_URL_STS or the profile names sts.amazonaws.com."
                .to_owned()
        }
        FaultKind::WrongRegion => "Ask in the region it is in; the list of buckets tells it.".to_owned(),
        FaultKind::RootFeatureOff(feature) => {
            format!("Turn {feature} on: view 4, select it, press t (management account only).")
        }
        FaultKind::AlreadyExists => "Nothing needs to be done; look at what AWS shows.".to_owned(),
        FaultKind::TrustedAccessOff => {
            "Turn it on: view 4, select the service, press t (management account only).".to_owned()
        }
        FaultKind::NotManagementOrDelegated | FaultKind::NotManagement => {
            "Use credentials of the management account.".to_owned()
        }
        FaultKind::NotInOrganization => {
            "Use credentials of the management account of the organization, for example with --profile.".to_owned()
        }
        FaultKind::NotAllFeatures => "Enable all features: `aws organizations enable-all-features`.".to_owned(),
        FaultKind::Conflict => {
            "Look at the account's change with v. Wait for it, finish it with o, or take another address.".to_owned()
        }
        FaultKind::DelegateExists => {
            "Deregister them first: `aws organizations deregister-delegated-administrator`.".to_owned()
        }
        FaultKind::Invalid => "Correct it and try again.".to_owned(),
        FaultKind::NotFound => "Read the listing again.".to_owned(),
        FaultKind::NoEmailChange => "Start one with e.".to_owned(),
        FaultKind::Throttled => "Wait half a minute and try again.".to_owned(),
        FaultKind::Service => "Wait and look again before anything is repeated.".to_owned(),
        FaultKind::Unreachable => "Check network, proxy (HTTPS_PROXY) and endpoint.".to_owned(),
        FaultKind::ConnectionLost | FaultKind::Timeout => "See what AWS shows before trying again.".to_owned(),
        FaultKind::Unreadable => "Check HTTPS_PROXY and the endpoint.".to_owned(),
        FaultKind::Local => "See the message; rootdeck goes on without it where it can.".to_owned(),
        FaultKind::NotPermitted => "See the reason.".to_owned(),
        FaultKind::Other => "Read AWS's words above; the request id finds the call in CloudTrail.".to_owned(),
    }
}
