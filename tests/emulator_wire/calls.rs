//! A call of each operation, and what it comes to.

use rootdeck::emulator::Identity;
use serde_json::{Value, json};

use crate::client::{Answer, Aws, request, signed};
use crate::root_sessions::KENSHO;

pub(crate) const MANAGEMENT: &str = "111122223333";
/// Its change of the root email is pending from the start.
const NORTHWIND: &str = "555500000109";

/// Condition keys and their values.
type Context = &'static [(&'static str, &'static str)];

/// An operation as somebody calls it, and what policies see of it.
pub(crate) struct Call {
    pub(crate) name: &'static str,
    service: &'static str,
    /// As the IAM action names it, which for Account Management begins in lower case here.
    operation: &'static str,
    input: Value,
    /// `*` for none.
    pub(crate) resource: String,
    pub(crate) context: Context,
}

impl Call {
    /// Sends it, and gives what comes of it one letter: `.` what it asks for, `D` denied without a
    /// reason, `I` no identity policy, `B` permissions boundary, `S` service control policy, `m` not
    /// the management account or a delegate, `n` no organization, `f` not all features, `t` no
    /// trusted access.
    pub(crate) async fn made_by(&self, aws: &Aws, who: Identity) -> char {
        let key = aws.emulator.access_key(who).id;
        let answer = match self.service {
            "organizations" => aws.try_organizations(who, self.operation, &self.input).await.unwrap(),
            "account" => aws.try_account(who, self.operation, &self.input).await.unwrap(),
            "s3" => aws.send(&request("GET /?max-buckets=1", &signed(&key, "s3"), "")).await.unwrap(),
            "sqs" => {
                let headers = signed(&key, "sqs") + "X-Amz-Target: AmazonSQS.ListQueues\r\n";
                aws.send(&request("POST /", &headers, "{}")).await.unwrap()
            }
            service => {
                let Value::Object(members) = &self.input else { unreachable!("parameters") };
                let parameters: Vec<_> =
                    members.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
                aws.ask(who, service, self.operation, &parameters).await
            }
        };
        letter(&answer)
    }

    pub(crate) fn action(&self) -> String {
        let (first, rest) = self.operation.split_at(1);
        format!("{}:{}{rest}", self.service, first.to_uppercase())
    }
}

fn letter(answer: &Answer) -> char {
    let said = |text: &str| answer.body.contains(text);
    match answer.code().rsplit('#').next().unwrap() {
        "" => '.',
        "AWSOrganizationsNotInUseException" | "OrganizationNotFoundException" => 'n',
        "AccountNotManagementOrDelegatedAdministratorException" | "CallerIsNotManagementAccountException" => 'm',
        "OrganizationNotInAllFeaturesModeException" => 'f',
        "ConstraintViolationException" if said("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE") => 'f',
        code if code.starts_with("AccessDenied") => {
            let reasons = [
                ("no identity-based policy", 'I'),
                ("no permissions boundary", 'B'),
                ("service control policy", 'S'),
                ("must first enable trusted access", 't'),
                ("Service not enabled", 't'),
            ];
            reasons.into_iter().find(|(reason, _)| said(reason)).map_or('D', |(_, letter)| letter)
        }
        // Refused for what it asks, not for who asks.
        "ResourceNotFoundException"
        | "ValidationException"
        | "NoSuchEntity"
        | "AccountNotRegisteredException"
        | "AccountNotFoundException" => '.',
        other => unreachable!("{other}: {}", answer.body),
    }
}

/// All of them, the reads before the writes.
pub(crate) fn calls() -> Vec<Call> {
    [organizations(), account(), iam(), sessions()].into_iter().flatten().collect()
}

fn organizations() -> Vec<Call> {
    let call = |operation, input, context| Call {
        name: operation,
        service: "organizations",
        operation,
        input,
        resource: "*".to_owned(),
        context,
    };
    let about = |operation, input, context| Call {
        resource: format!("arn:aws:organizations::{MANAGEMENT}:account/o-8j81brsjuj/{KENSHO}"),
        ..call(operation, input, context)
    };
    let trust = |name, principal: &str, context| {
        let input = json!({ "ServicePrincipal": principal });
        Call { name, ..call("EnableAWSServiceAccess", input, context) }
    };
    let delegation = json!({ "AccountId": KENSHO, "ServicePrincipal": "ram.amazonaws.com" });
    let for_sharing: Context = &[("organizations:ServicePrincipal", "ram.amazonaws.com")];
    vec![
        call("DescribeOrganization", json!({}), &[]),
        call("ListAccounts", json!({}), &[]),
        call("ListAWSServiceAccessForOrganization", json!({}), &[]),
        call("ListDelegatedAdministrators", json!({}), &[]),
        about("ListDelegatedServicesForAccount", json!({ "AccountId": KENSHO }), &[]),
        trust(
            "EnableAWSServiceAccess account",
            "account.amazonaws.com",
            &[("organizations:ServicePrincipal", "account.amazonaws.com")],
        ),
        trust(
            "EnableAWSServiceAccess iam",
            "iam.amazonaws.com",
            &[("organizations:ServicePrincipal", "iam.amazonaws.com")],
        ),
        about("RegisterDelegatedAdministrator", delegation.clone(), for_sharing),
        about("DeregisterDelegatedAdministrator", delegation, for_sharing),
    ]
}

fn account() -> Vec<Call> {
    let call = |name, operation, input: Value, context| Call {
        name,
        service: "account",
        operation,
        resource: match input["AccountId"].as_str() {
            Some(id) => format!("arn:aws:account::{MANAGEMENT}:account/o-8j81brsjuj/{id}"),
            None => "*".to_owned(),
        },
        input,
        context,
    };
    let start = |name, address, context| {
        call(name, "startPrimaryEmailUpdate", json!({ "AccountId": KENSHO, "PrimaryEmail": address }), context)
    };
    let about = |id| json!({ "AccountId": id });
    let security = json!({ "AccountId": KENSHO, "AlternateContactType": "SECURITY" });
    let for_security: Context = &[("account:AlternateContactTypes", "SECURITY")];
    let code = json!({ "AccountId": KENSHO, "PrimaryEmail": "x@corp.example", "Otp": "000000" });
    vec![
        call("GetPrimaryEmail", "getPrimaryEmail", about(KENSHO), &[]),
        call("GetPrimaryEmailUpdateStatus", "getPrimaryEmailUpdateStatus", about(NORTHWIND), &[]),
        call("GetAccountInformation", "getAccountInformation", about(KENSHO), &[]),
        call("GetAccountInformation own", "getAccountInformation", json!({}), &[]),
        call("GetAlternateContact", "getAlternateContact", security.clone(), for_security),
        call("GetContactInformation", "getContactInformation", about(KENSHO), &[]),
        call("GetContactInformation own", "getContactInformation", json!({}), &[]),
        start(
            "StartPrimaryEmailUpdate corp.example",
            "x@Corp.Example",
            &[("account:EmailTargetDomain", "Corp.Example")],
        ),
        start(
            "StartPrimaryEmailUpdate other.example",
            "x@other.example",
            &[("account:EmailTargetDomain", "other.example")],
        ),
        call(
            "AcceptPrimaryEmailUpdate corp.example",
            "acceptPrimaryEmailUpdate",
            code,
            &[("account:EmailTargetDomain", "corp.example")],
        ),
        call("DeleteAlternateContact", "deleteAlternateContact", security, for_security),
        call("PutAccountName", "putAccountName", json!({ "AccountId": KENSHO, "AccountName": "x" }), &[]),
    ]
}

fn query(service: &'static str, operation: &'static str, input: Value) -> Call {
    Call { name: operation, service, operation, input, resource: "*".to_owned(), context: &[] }
}

fn iam() -> Vec<Call> {
    let role = format!("arn:aws:iam::{MANAGEMENT}:role/OrgAdmin");
    vec![
        query("iam", "ListOrganizationsFeatures", json!({})),
        query("iam", "EnableOrganizationsRootSessions", json!({})),
        query("iam", "DisableOrganizationsRootSessions", json!({})),
        query("iam", "GetAccountSummary", json!({})),
        Call { resource: role, ..query("iam", "GetRole", json!({ "RoleName": "OrgAdmin" })) },
    ]
}

fn sessions() -> Vec<Call> {
    let session = |name, context: Context| Call {
        name,
        resource: format!("arn:aws:iam::{KENSHO}:root"),
        context,
        ..query("sts", "AssumeRoot", json!({ "TargetPrincipal": KENSHO, "TaskPolicyArn.arn": context[0].1 }))
    };
    let role = format!("arn:aws:iam::{MANAGEMENT}:role/AWSAccountActivityAccess");
    let input = json!({ "RoleArn": role, "RoleSessionName": "test" });
    vec![
        Call { resource: role, ..query("sts", "AssumeRole", input) },
        session(
            "AssumeRoot audit",
            &[("sts:TaskPolicyArn", "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials")],
        ),
        session(
            "AssumeRoot delete",
            &[("sts:TaskPolicyArn", "arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials")],
        ),
        query("s3", "ListAllMyBuckets", json!({})),
        query("sqs", "ListQueues", json!({})),
    ]
}
