//! Alarms on what changes who controls root: EventBridge patterns over CloudTrail's events, and a CloudFormation template
//! that sends what matches to an SNS topic.

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

    /// What it is about, and in which accounts CloudTrail has the events.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::PrimaryEmailChange => {
                "A primary email change is started or accepted (in the management account or the delegated administrator)"
            }
            Self::RootSession => "A root session is opened (in the account of the caller)",
            Self::TrustedAccessChange => {
                "Trusted access or a delegated administrator changes (in the management account)"
            }
            Self::RootFeatureChange => {
                "A root feature changes (in the management account or the delegated administrator)"
            }
            Self::RootSignIn => "Root signs in to the console, or tries to (in the account itself)",
            Self::MembershipChange => "An account joins or leaves the organization (in the management account)",
        }
    }

    /// The event pattern of the rule, as EventBridge takes it.
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

/// A CloudFormation template with a rule for each, as JSON. It can be deployed in several regions: the rules about global
/// services are made in theirs alone.
pub(crate) fn template(partition: &str) -> String {
    const GLOBAL: &str = "HasGlobalServices";
    let regions = global_regions(partition);
    let here = |region: &&str| json!({ "Fn::Equals": [{ "Ref": "AWS::Region" }, region] });
    let conditions: Vec<Value> = regions.unwrap_or_default().iter().map(here).collect();
    let rule = |alarm: Alarm| {
        let mut rule = json!({
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": alarm.about(),
                "EventPattern": alarm.pattern(),
                "State": "ENABLED",
                "Targets": [{ "Id": "AlarmTopic", "Arn": { "Ref": "AlarmTopicArn" } }],
            },
        });
        if let (Some(rule), false, true) = (rule.as_object_mut(), alarm.is_in_every_region(), regions.is_some()) {
            rule.insert("Condition".to_owned(), json!(GLOBAL));
        }
        (alarm.to_string(), rule)
    };
    let mut template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Alarms on changes of who controls the root users of an AWS organization",
        "Parameters": {
            "AlarmTopicArn": {
                "Type": "String",
                "AllowedPattern": "arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+",
                "Description": "SNS topic in this region. Its policy must allow events.amazonaws.com to publish.",
            },
        },
        "Resources": Value::Object(Alarm::ALL.into_iter().map(rule).collect()),
    });
    let condition = match conditions.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(json!({ "Fn::Or": several })),
    };
    if let (Some(template), Some(condition)) = (template.as_object_mut(), condition) {
        template.insert("Conditions".to_owned(), json!({ GLOBAL: condition }));
    }
    pretty(&template)
}

fn pretty(value: &Value) -> String {
    // Values of JSON can always be written.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
