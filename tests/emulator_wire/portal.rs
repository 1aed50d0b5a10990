//! The access portal of IAM Identity Center: from a token to the credentials of a role.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rootdeck::emulator::{Identity, SSO_TOKEN};
use serde_json::json;

use crate::client::{Answer, Aws, between, request, signed};
use crate::root_sessions::{Root, refused};

const PATH: &str = "/federation/credentials";
const ASKED: &str = "role_name=OrgAdmin&account_id=111122223333";

fn bearer(token: &str) -> String {
    format!("x-amz-sso_bearer_token: {token}\r\n")
}

impl Aws {
    async fn portal(&self, parameters: &str, headers: &str) -> Answer {
        self.send(&request(&format!("GET {PATH}?{parameters}"), headers, "")).await.unwrap()
    }
}

fn reported(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!((answer.status, answer.header("x-amzn-ErrorType")), (status, Some(code)), "{}", answer.body);
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    answer.json()["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_token_is_worth_the_credentials_of_the_role() {
    let aws = Aws::demo().await;
    assert_eq!(SSO_TOKEN, "demo-sso-token");
    let answer = aws.portal(ASKED, &bearer(SSO_TOKEN)).await;
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")), "{}", answer.body);
    let given = answer.json();
    let mut members: Vec<_> = given["roleCredentials"].as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["accessKeyId", "expiration", "secretAccessKey", "sessionToken"]);
    let value = |name: &str| given["roleCredentials"][name].as_str().unwrap().to_owned();
    let end = given["roleCredentials"]["expiration"].as_i64().unwrap();
    let left = Timestamp::from_millisecond(end).unwrap().duration_since(Timestamp::now());
    assert!((left - SignedDuration::from_hours(1)).abs() < SignedDuration::from_secs(60), "{left}");

    let session = Root { key: value("accessKeyId"), token: value("sessionToken") };
    assert!(session.key.starts_with("ASIA"), "{}", session.key);
    let who = aws.as_root(&session, "sts", "GetCallerIdentity", &[]).await;
    let expected = aws.query_as(Identity::SingleSignOn, "sts", "GetCallerIdentity").await;
    let of = |answer: &Answer| between(&answer.body, "<GetCallerIdentityResult>", "</Get").to_owned();
    assert_eq!(of(&who), of(&expected));
    assert_eq!(aws.as_root(&session, "iam", "GetAccountSummary", &[]).await.status, 200);
    assert_eq!(aws.emulator.requests()[0], ("sso".to_owned(), "GetRoleCredentials".to_owned()));

    aws.emulator.advance(Duration::from_hours(1));
    let answer = aws.as_root(&session, "sts", "GetCallerIdentity", &[]).await;
    refused(&answer, 403, "ExpiredToken", "The security token included in the request is expired");
}

#[tokio::test]
async fn any_other_token_is_refused_before_anything_else() {
    let aws = Aws::demo().await;
    for headers in [bearer("demo-sso-token2"), bearer(""), String::new()] {
        for parameters in [ASKED, ""] {
            let answer = aws.portal(parameters, &headers).await;
            assert_eq!(answer.body, r#"{"message":"Session token not found or invalid"}"#);
            reported(&answer, 401, "UnauthorizedException");
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let aws = Aws::demo().await;
    for parameters in ["", "role_name=OrgAdmin", "account_id=111122223333", "role_name=&account_id=111122223333"] {
        reported(&aws.portal(parameters, &bearer(SSO_TOKEN)).await, 400, "InvalidRequestException");
    }
}

#[tokio::test]
async fn only_what_was_assigned_can_be_had() {
    let aws = Aws::demo().await;
    for parameters in [
        "role_name=OrgAdmin&account_id=444455558888",
        "role_name=Developer&account_id=111122223333",
        "role_name=AWSReservedSSO_OrgAdmin_0123456789abcdef&account_id=111122223333",
        "role_name=orgadmin&account_id=111122223333",
    ] {
        let answer = aws.portal(parameters, &bearer(SSO_TOKEN)).await;
        assert_eq!(reported(&answer, 403, "ForbiddenException"), "No access", "{parameters}");
    }
}

/// A signed request is for the service it was signed for; another method is for none.
#[tokio::test]
async fn its_requests_are_known_by_path_and_method_and_are_not_signed() {
    let aws = Aws::demo().await;
    let headers = signed("AKIADEMOMANAGEMENT00", "account") + &bearer(SSO_TOKEN);
    assert_eq!(aws.portal(ASKED, &headers).await.code(), "UnknownOperationException");
    let post = request(&format!("POST {PATH}?{ASKED}"), &bearer(SSO_TOKEN), "");
    assert_eq!(aws.send(&post).await.unwrap().status, 404);
    let roles = request("GET /assignment/roles?account_id=111122223333", &bearer(SSO_TOKEN), "");
    assert_eq!(aws.send(&roles).await.unwrap().status, 404);
}

#[tokio::test]
async fn faults_come_in_its_words() {
    let aws = Aws::demo().await;
    for (fault, status, code) in [
        ("throttle", 429, "TooManyRequestsException"),
        ("internal-error", 500, "InternalServerException"),
        ("expired-token", 401, "UnauthorizedException"),
        ("access-denied", 403, "ForbiddenException"),
    ] {
        aws.emulator.inject(format!("GetRoleCredentials:{fault}=1x").parse().unwrap());
        reported(&aws.portal(ASKED, &bearer(SSO_TOKEN)).await, status, code);
    }
    let answer = aws.portal(ASKED, &bearer(SSO_TOKEN)).await;
    assert!(answer.json()["roleCredentials"] != json!(null), "{}", answer.body);
}
