//! AWS Organizations: service and resource control policies.

use rootdeck::emulator::Identity;
use serde_json::{Value, json};

use crate::client::{Answer, Aws};

const SCP: &str = "SERVICE_CONTROL_POLICY";
const RCP: &str = "RESOURCE_CONTROL_POLICY";
const ROOT: &str = "r-8j81";
const STAGING: &str = "ou-8j81-v6mmqezr";
const CANARY: &str = "666600000001";
const DENY_ROOT: &str = "p-wunvqi1c";

fn code_and_reason(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 400, "{}", answer.body);
    (answer.code(), answer.json()["Reason"].as_str().unwrap_or_default().to_owned())
}

async fn attached(aws: &Aws, target: &str, filter: &str) -> Vec<Value> {
    let answer = aws.organizations("ListPoliciesForTarget", &json!({ "TargetId": target, "Filter": filter })).await;
    answer.json()["Policies"].as_array().unwrap().clone()
}

fn ids(policies: &[Value]) -> Vec<&str> {
    policies.iter().map(|policy| policy["Id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_policies_of_a_target_are_those_attached_right_there() {
    let aws = Aws::demo().await;
    let unit = attached(&aws, STAGING, SCP).await;
    assert_eq!(ids(&unit), ["p-FullAWSAccess", DENY_ROOT]);
    assert_eq!(
        unit[1],
        json!({
            "Id": DENY_ROOT,
            "Arn": format!("arn:aws:organizations::111122223333:policy/o-8j81brsjuj/service_control_policy/{DENY_ROOT}"),
            "Name": "DenyRootUser",
            "Description": "Nobody works as root",
            "Type": SCP,
            "AwsManaged": false,
        })
    );
    assert_eq!(unit[0]["Arn"], "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
    assert_eq!(ids(&attached(&aws, CANARY, SCP).await), ["p-FullAWSAccess"], "what is above is not listed");
    let resources = attached(&aws, ROOT, RCP).await;
    assert_eq!((resources.len(), &resources[0]["Id"]), (2, &"p-RCPFullAWSAccess".into()));
    assert_eq!(attached(&aws, ROOT, "TAG_POLICY").await, [Value::Null; 0]);

    let described = aws.organizations("DescribePolicy", &json!({ "PolicyId": DENY_ROOT })).await.json();
    assert_eq!(described["Policy"]["PolicySummary"], unit[1]);
    let content: Value = serde_json::from_str(described["Policy"]["Content"].as_str().unwrap()).unwrap();
    assert_eq!(content["Statement"][0]["Sid"], "DenyRootUser");
    let all = aws.organizations("ListPolicies", &json!({ "Filter": SCP })).await.json();
    assert_eq!(all["Policies"].as_array().map(Vec::len), Some(4));
    let first = json!({ "Filter": SCP, "MaxResults": 1 });
    let page = aws.organizations("ListPolicies", &first).await.json();
    assert!(page["NextToken"].is_string() && page["Policies"].as_array().unwrap().len() == 1, "{page}");
}

#[tokio::test]
async fn wrong_requests_are_refused_as_aws_refuses_them() {
    let aws = Aws::demo().await;
    for (operation, input, code, reason) in [
        ("ListPoliciesForTarget", json!({ "TargetId": "999999999999", "Filter": SCP }), "TargetNotFoundException", ""),
        (
            "ListPoliciesForTarget",
            json!({ "TargetId": "x", "Filter": SCP }),
            "InvalidInputException",
            "INVALID_PATTERN:TARGET_ID",
        ),
        (
            "ListPoliciesForTarget",
            json!({ "TargetId": ROOT, "Filter": "SCP" }),
            "InvalidInputException",
            "INVALID_ENUM_POLICY_TYPE",
        ),
        ("DescribePolicy", json!({ "PolicyId": "p-zzzzzzzz" }), "PolicyNotFoundException", ""),
        ("DescribePolicy", json!({ "PolicyId": "p-1" }), "InvalidInputException", "INVALID_PATTERN:POLICY_ID"),
        (
            "UpdatePolicy",
            json!({ "PolicyId": "p-FullAWSAccess", "Content": "{}" }),
            "InvalidInputException",
            "IMMUTABLE_POLICY",
        ),
        ("UpdatePolicy", json!({ "PolicyId": DENY_ROOT, "Content": "{}" }), "MalformedPolicyDocumentException", ""),
        (
            "AttachPolicy",
            json!({ "PolicyId": DENY_ROOT, "TargetId": STAGING }),
            "DuplicatePolicyAttachmentException",
            "",
        ),
        ("DetachPolicy", json!({ "PolicyId": DENY_ROOT, "TargetId": ROOT }), "PolicyNotAttachedException", ""),
        (
            "DetachPolicy",
            json!({ "PolicyId": "p-FullAWSAccess", "TargetId": ROOT }),
            "ConstraintViolationException",
            "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        ),
    ] {
        let answer = aws.try_organizations(Identity::Management, operation, &input).await.unwrap();
        assert_eq!(code_and_reason(&answer), (code.to_owned(), reason.to_owned()), "{operation} {input}");
    }
    let input = json!({ "TargetId": ROOT, "Filter": SCP });
    let answer = aws.try_organizations(Identity::Member, "ListPoliciesForTarget", &input).await.unwrap();
    assert_eq!(code_and_reason(&answer).0, "AccessDeniedException");
    let delegate = aws.try_organizations(Identity::DelegatedAdministrator, "ListPoliciesForTarget", &input).await;
    assert_eq!(delegate.unwrap().status, 200);
    let update = json!({ "PolicyId": DENY_ROOT, "Name": "x" });
    let answer = aws.try_organizations(Identity::DelegatedAdministrator, "UpdatePolicy", &update).await.unwrap();
    assert_eq!(code_and_reason(&answer).0, "AccessDeniedException");
}

#[tokio::test]
async fn a_policy_is_made_attached_and_detached() {
    let aws = Aws::demo().await;
    let content = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}"#;
    let input = json!({ "Name": "OnlyIam", "Description": "", "Content": content, "Type": SCP });
    let made = aws.organizations("CreatePolicy", &input).await.json();
    assert_eq!(made["Policy"]["Content"], content, "to the byte");
    let id = made["Policy"]["PolicySummary"]["Id"].as_str().unwrap().to_owned();
    let at = |policy: &str| json!({ "PolicyId": policy, "TargetId": CANARY });
    assert_eq!(aws.organizations("AttachPolicy", &at(&id)).await.status, 200);
    assert_eq!(aws.organizations("DetachPolicy", &at("p-FullAWSAccess")).await.status, 200);
    assert_eq!(ids(&attached(&aws, CANARY, SCP).await), [id.as_str()]);
    let again = aws.try_organizations(Identity::Management, "CreatePolicy", &input).await.unwrap();
    assert_eq!(code_and_reason(&again).0, "DuplicatePolicyException");
}
