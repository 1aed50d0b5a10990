//! A failure for a person: what was tried, what AWS said, why that is, what follows, what mends it.

use super::cause::{cause, consequence, mend};
use crate::domain::aws_command::CallerOptions;
use crate::domain::cause::Cause;
use crate::domain::fault::{Fault, FaultKind};

/// The parts of an error message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultWords {
    /// What was tried and that it failed.
    pub tried: String,
    /// AWS's code and words, with the request id.
    pub said: String,
    /// Why that is, in plain words.
    pub cause: &'static str,
    /// What it leaves behind.
    pub consequence: &'static str,
    /// What to do about it.
    pub mend: String,
}

/// The whole message. `caller` is how the commands that mend reach AWS as this run does.
#[must_use]
pub fn fault(fault: &Fault, caller: Option<&CallerOptions>) -> FaultWords {
    let request = fault.request_id.as_ref().map(|id| format!(" (request id {id})")).unwrap_or_default();
    let said = match &fault.code {
        Some(code) => format!("{code}: {}{request}", fault.message),
        None => format!("{}{request}", fault.message),
    };
    let why = Cause::of(fault);
    FaultWords {
        tried: format!("{} did not work", fault.operation),
        said,
        cause: cause(why),
        consequence: consequence(why, fault),
        mend: mend(why, fault, caller),
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
        FaultKind::CredentialLoop => "credentials of itself",
        FaultKind::MfaCodeNeeded => "needs an MFA code",
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
        FaultKind::NotFromAws => "not AWS's answer",
        FaultKind::Local => "this machine",
        FaultKind::Other => "failed",
    }
}
