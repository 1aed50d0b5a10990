//! Throttling and faults.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rootdeck::emulator::{Identity, InjectedFaultKind, InjectedFaultRule, Occurrence, Options, Throttle};
use serde_json::json;

use crate::client::{Aws, between, request, signed};

const KENSHO: &str = "444455558888";
const NEW: &str = "root-x@corp.example";

fn once(kind: InjectedFaultKind) -> InjectedFaultRule {
    InjectedFaultRule { operation: None, kind, when: Occurrence::Next(1) }
}

async fn throttled() -> Aws {
    Aws::with(Options { throttle: Throttle::Aws, ..Options::default() }).await
}

#[tokio::test]
async fn organizations_throttles_in_its_shape() {
    let aws = throttled().await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let answer = aws.organizations("DescribeOrganization", &json!({})).await;
        statuses.push(answer.status);
        if answer.status == 400 {
            let body = answer.json();
            assert_eq!(body["__type"], "TooManyRequestsException");
            let mut members: Vec<_> = body.as_object().unwrap().keys().collect();
            members.sort();
            assert_eq!(members, ["Message", "Type", "__type"]);
        }
    }
    assert_eq!(statuses, [200, 200, 400]);
}

#[tokio::test]
async fn account_management_throttles_in_its_shape() {
    let aws = throttled().await;
    aws.enable("account.amazonaws.com").await;
    assert_eq!(aws.start_change(KENSHO, NEW).await.status, 200);
    let answer = aws.start_change("444455556666", "root-y@corp.example").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("x-amzn-ErrorType"), Some("TooManyRequestsException"));
    assert!(answer.json()["message"].is_string());
    assert_eq!(aws.emulator.mail().len(), 1);
}

#[tokio::test]
async fn faults_come_in_the_words_of_the_service() {
    let aws = Aws::demo().await;
    for (kind, organizations, account, iam) in [
        (
            InjectedFaultKind::Throttle,
            (400, "TooManyRequestsException"),
            (429, "TooManyRequestsException"),
            (400, "Throttling"),
        ),
        (
            InjectedFaultKind::InternalError,
            (500, "ServiceException"),
            (500, "InternalServerException"),
            (500, "ServiceFailure"),
        ),
        (
            InjectedFaultKind::AccessDenied,
            (400, "AccessDeniedException"),
            (403, "AccessDeniedException"),
            (403, "AccessDenied"),
        ),
        (
            InjectedFaultKind::ExpiredToken,
            (400, "ExpiredTokenException"),
            (403, "ExpiredTokenException"),
            (403, "ExpiredToken"),
        ),
        (
            InjectedFaultKind::ClockSkew,
            (400, "InvalidSignatureException"),
            (403, "InvalidSignatureException"),
            (403, "SignatureDoesNotMatch"),
        ),
    ] {
        aws.emulator.inject(once(kind));
        let answer = aws.organizations("ListRoots", &json!({})).await;
        assert_eq!((answer.status, answer.code().as_str()), organizations);
        aws.emulator.inject(once(kind));
        let answer = aws.account("getAccountInformation", &json!({})).await;
        assert_eq!((answer.status, answer.code().as_str()), account);
        aws.emulator.inject(once(kind));
        let answer = aws.iam("ListOrganizationsFeatures").await;
        assert_eq!((answer.status, answer.code().as_str()), iam);
        assert_eq!(aws.organizations("ListRoots", &json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn a_dropped_request_is_not_done_and_a_lost_reply_is() {
    let aws = Aws::trusting("account.amazonaws.com").await;
    let input = json!({ "AccountId": KENSHO, "PrimaryEmail": NEW });
    let start = async || aws.try_account(Identity::Management, "startPrimaryEmailUpdate", &input).await;
    aws.emulator.inject("StartPrimaryEmailUpdate:drop=1x".parse().unwrap());
    assert!(start().await.is_none());
    assert_eq!(aws.change_status(KENSHO).await, "ValidationException");
    aws.emulator.inject("StartPrimaryEmailUpdate:lose-reply=1x".parse().unwrap());
    assert!(start().await.is_none());
    assert_eq!(aws.change_status(KENSHO).await, "PENDING");
    assert_eq!(aws.emulator.mail().len(), 1);
    assert!(start().await.is_some());
}

#[tokio::test]
async fn a_malformed_answer_is_no_document() {
    let aws = Aws::demo().await;
    aws.emulator.inject(once(InjectedFaultKind::Malformed));
    let answer = aws.organizations("ListRoots", &json!({})).await;
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
    aws.emulator.inject(once(InjectedFaultKind::Malformed));
    let empty = json!({ "ServicePrincipal": "iam.amazonaws.com" });
    let answer = aws.organizations("EnableAWSServiceAccess", &empty).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "{"));
}

#[tokio::test]
async fn latency_and_delays_add_up() {
    let aws = Aws::with(Options {
        latency: Duration::from_millis(40),
        faults: vec!["ListRoots:delay(60ms)=100%".parse().unwrap()],
        ..Options::default()
    })
    .await;
    let before = Instant::now();
    aws.organizations("ListRoots", &json!({})).await;
    assert!(before.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_fault_keeps_to_its_operation() {
    let aws =
        Aws::with(Options { faults: vec!["ListRoots:internal-error=1".parse().unwrap()], ..Options::default() }).await;
    assert_eq!(aws.organizations("ListAccounts", &json!({})).await.status, 200);
    for _ in 0..3 {
        assert_eq!(aws.organizations("ListRoots", &json!({})).await.status, 500);
    }
}

/// From a wrong `Date` SDKs would conclude that their clock is wrong, and try every denial again.
#[tokio::test]
async fn a_skewed_clock_is_told_of_and_the_date_stays_true() {
    let aws = Aws::demo().await;
    aws.emulator.inject("ListRoots:clock-skew=1x".parse().unwrap());
    let before = Timestamp::now().as_second();
    let answer = aws.organizations("ListRoots", &json!({})).await;
    let date = answer.header("date").unwrap();
    let date = jiff::fmt::rfc2822::parse(date).unwrap().timestamp().as_second();
    assert!((before..before + 60).contains(&date), "{date}");
    let message = answer.json()["Message"].as_str().unwrap().to_owned();
    let stamp = |text: &str| jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text).unwrap();
    let signed = stamp(between(&message, "Signature expired: ", " is now earlier than "));
    let limit = stamp(between(&message, " is now earlier than ", " ("));
    let theirs = stamp(between(&message, " (", " - 5 min.)"));
    assert_eq!(((limit - signed).get_minutes(), (theirs - signed).get_minutes()), (5, 10), "{message}");
    assert_eq!(aws.organizations("ListRoots", &json!({})).await.status, 200);
}

#[tokio::test]
async fn s3_and_sqs_have_their_own_words_for_a_skewed_clock() {
    let aws = Aws::demo().await;
    let rule = "clock-skew=100%".parse::<InjectedFaultRule>().unwrap();
    aws.emulator.inject(rule);
    let key = aws.emulator.access_key(Identity::Member).id;
    let s3 = aws.send(&request("GET /", &signed(&key, "s3"), "")).await.unwrap();
    assert_eq!((s3.status, s3.code().as_str()), (403, "RequestTimeTooSkewed"));
    let headers = signed(&key, "sqs") + "X-Amz-Target: AmazonSQS.ListQueues\r\n";
    let sqs = aws.send(&request("POST /", &headers, "{}")).await.unwrap();
    assert_eq!(sqs.header("x-amzn-query-error"), Some("SignatureDoesNotMatch;Sender"));
}
