//! Alarms on what changes who controls root: `EventBridge` patterns over CloudTrail's events.

use serde_json::{Map, Value, json};

use super::word_enum::word_enum;

word_enum! {
    /// One rule: what it is about, as the logical id in the template.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Alarm {
        /// Somebody starts or accepts the change of a primary email.
        PrimaryEmailChange = "PrimaryEmailChange",
        /// Somebody opens a root session.
        RootSession = "RootSession",
        /// Trusted access or a delegated administrator changes.
        TrustedAccessChange = "TrustedAccessChange",
        /// A feature of centralized root access changes.
        RootFeatureChange = "RootFeatureChange",
        /// Root signs in to the console, or tries to.
        RootSignIn = "RootSignIn",
        /// An account joins or leaves the organization.
        MembershipChange = "MembershipChange",
    }
}

const API_CALL: &str = "AWS API Call via CloudTrail";
const SIGN_IN: &str = "AWS Console Sign In via CloudTrail";
const SERVICE_EVENT: &str = "AWS Service Event via CloudTrail";

impl Alarm {
    /// Where CloudTrail has its events: in the one region of a global service, or in each that is used (AWS documentation).
    /// STS serves `AssumeRoot` at its regional endpoints only; the console has sign-in endpoints in several regions.
    pub(crate) fn is_in_every_region(self) -> bool {
        matches!(self, Self::RootSession | Self::RootSignIn)
    }

    /// The event pattern of the rule, as `EventBridge` takes it.
    pub(crate) fn pattern(self) -> Value {
        let calls = |service: &str, events: &[&str]| {
            json!({
                "source": [format!("aws.{service}")],
                "detail-type": [API_CALL],
                "detail": { "eventSource": [format!("{service}.amazonaws.com")], "eventName": events },
            })
        };
        match self {
            Self::PrimaryEmailChange => calls("account", &["StartPrimaryEmailUpdate", "AcceptPrimaryEmailUpdate"]),
            Self::RootSession => calls("sts", &["AssumeRoot"]),
            Self::TrustedAccessChange => calls(
                "organizations",
                &[
                    "EnableAWSServiceAccess",
                    "DisableAWSServiceAccess",
                    "RegisterDelegatedAdministrator",
                    "DeregisterDelegatedAdministrator",
                ],
            ),
            Self::RootFeatureChange => calls(
                "iam",
                &[
                    "EnableOrganizationsRootCredentialsManagement",
                    "DisableOrganizationsRootCredentialsManagement",
                    "EnableOrganizationsRootSessions",
                    "DisableOrganizationsRootSessions",
                ],
            ),
            Self::RootSignIn => json!({
                "detail-type": [SIGN_IN],
                "detail": { "eventName": ["ConsoleLogin"], "userIdentity": { "type": ["Root"] } },
            }),
            // AWS does them itself; calls of people are beside them.
            Self::MembershipChange => json!({
                "source": ["aws.organizations"],
                "detail-type": [SERVICE_EVENT, API_CALL],
                "detail": {
                    "eventSource": ["organizations.amazonaws.com"],
                    "eventName": ["AccountJoinedOrganization", "AccountDepartedOrganization"],
                },
            }),
        }
    }
}

/// The region in which CloudTrail has the events of Organizations, Account Management and IAM (AWS documentation); `None`
/// for a partition of which that is not known. In China that of IAM is another, so that both are given.
pub(crate) fn global_regions(partition: &str) -> Option<&'static [&'static str]> {
    match partition {
        "aws" => Some(&["us-east-1"]),
        "aws-cn" => Some(&["cn-northwest-1", "cn-north-1"]),
        "aws-us-gov" => Some(&["us-gov-west-1"]),
        "aws-eusc" => Some(&["eusc-de-east-1"]),
        _ => None,
    }
}

/// The patterns by the names of their rules, as JSON.
pub(crate) fn patterns() -> String {
    let all: Map<String, Value> = Alarm::ALL.into_iter().map(|alarm| (alarm.to_string(), alarm.pattern())).collect();
    pretty(&Value::Object(all))
}

fn pretty(value: &Value) -> String {
    // Values of JSON can always be written.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
