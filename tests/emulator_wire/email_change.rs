//! AWS Account Management: the change of a root user's email address.

use std::time::Duration;

use serde_json::json;

use crate::client::{Aws, code_in};

const ACCOUNT: &str = "account.amazonaws.com";
const KENSHO: &str = "444455558888";
const SANDBOX: &str = "444455556666";
const NEW: &str = "root-x@corp.example";
const DELAY: Duration = Duration::from_secs(3);

async fn email_in_organizations(aws: &Aws, account: &str) -> String {
    let input = json!({ "AccountId": account });
    let answer = aws.organizations("DescribeAccount", &input).await;
    answer.json()["Account"]["Email"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_change_goes_its_whole_road() {
    let aws = Aws::trusting(ACCOUNT).await;
    let none = aws.account("getPrimaryEmailUpdateStatus", &json!({ "AccountId": KENSHO })).await;
    assert_eq!(none.status, 400);
    assert_eq!(none.header("x-amzn-ErrorType"), Some("ValidationException"));
    assert_eq!(none.body, r#"{"message":"No email update found for account"}"#);

    let mut mails = aws.emulator.mail_changed();
    let started = aws.start_change(KENSHO, NEW).await;
    assert_eq!((started.status, started.body.as_str()), (200, r#"{"Status":"PENDING"}"#));
    assert_eq!(aws.change_status(KENSHO).await, "PENDING");
    assert!(mails.has_changed().unwrap());
    assert_eq!(*mails.borrow_and_update(), 1);
    let mail = aws.last_mail();
    let code = aws.last_code();
    assert_eq!(mail.to, NEW);
    assert_eq!(mail.subject, "Verify the new email address for the AWS account root user");
    assert!(mail.body.contains("to use your email address (root-x@corp.example)"));
    let end = format!("please use the following code to verify your email address: {code}.");
    assert!(mail.body.ends_with(&end), "{}", mail.body);
    assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(!format!("{mail:?}").contains(&code));

    let accepted = aws.accept_change(KENSHO, NEW, &code).await;
    assert_eq!((accepted.status, accepted.body.as_str()), (200, r#"{"Status":"ACCEPTED"}"#));
    assert_eq!(aws.change_status(KENSHO).await, "ACCEPTED");
    assert_eq!(aws.primary_email(KENSHO).await, "aws+kensho@example.com");
    assert_eq!(email_in_organizations(&aws, KENSHO).await, "aws+kensho@example.com");
    let busy = aws.start_change(KENSHO, "other@corp.example").await;
    assert_eq!((busy.status, busy.code().as_str()), (409, "ConflictException"));

    aws.emulator.advance(DELAY);
    assert_eq!(aws.change_status(KENSHO).await, "COMPLETED");
    assert_eq!(aws.primary_email(KENSHO).await, NEW);
    assert_eq!(email_in_organizations(&aws, KENSHO).await, NEW);
    // The old address is free now.
    let reused = aws.start_change(SANDBOX, "aws+kensho@example.com").await;
    assert_eq!(reused.status, 200);
}

#[tokio::test]
async fn three_notices_follow_the_acceptance() {
    let aws = Aws::trusting(ACCOUNT).await;
    aws.start_change(KENSHO, NEW).await;
    aws.accept_change(KENSHO, NEW, &aws.last_code()).await;
    let mails = aws.emulator.mail();
    let notices: Vec<_> = mails[1..].iter().map(|m| (m.to.as_str(), m.subject.as_str())).collect();
    let plain = "The root user email address for AWS account ID 444455558888 has been updated";
    let telling = format!("{plain} to {NEW}");
    assert_eq!(
        notices,
        [("aws+kensho@example.com", plain), (NEW, telling.as_str()), ("aws+management@example.com", telling.as_str()),]
    );
}

#[tokio::test]
async fn a_code_must_be_the_right_one_for_the_right_address() {
    let aws = Aws::trusting(ACCOUNT).await;
    let early = aws.accept_change(KENSHO, NEW, "123456").await;
    assert_eq!(early.body, r#"{"message":"No email update found for account"}"#);
    aws.start_change(KENSHO, NEW).await;
    let code = aws.last_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let answer = aws.accept_change(KENSHO, NEW, wrong).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "ValidationException"));
    assert!(answer.body.contains("incorrect"), "{}", answer.body);
    let answer = aws.accept_change(KENSHO, "else@corp.example", &code).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "ResourceNotFoundException"));
    for shape in ["12345", "1234567", "12 456", "12345é", ""] {
        let answer = aws.accept_change(KENSHO, NEW, shape).await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.json()["fieldList"][0]["name"], "Otp", "{shape}");
    }
    assert_eq!(aws.change_status(KENSHO).await, "PENDING");
    assert_eq!(aws.accept_change(KENSHO, NEW, &code).await.status, 200);
    let again = aws.accept_change(KENSHO, NEW, &code).await;
    assert_eq!(again.status, 400, "an accepted change is not pending");
}

#[tokio::test]
async fn a_code_is_good_for_a_day() {
    let aws = Aws::trusting(ACCOUNT).await;
    aws.start_change(KENSHO, NEW).await;
    aws.start_change(SANDBOX, "root-y@corp.example").await;
    let code = aws.last_code();
    aws.emulator.advance(Duration::from_hours(24) - Duration::from_mins(1));
    let timely = aws.accept_change(SANDBOX, "root-y@corp.example", &code).await;
    assert_eq!(timely.status, 200, "{}", timely.body);
    aws.emulator.advance(Duration::from_mins(1));
    let code = code_in(&aws.emulator.mail()[0]);
    let late = aws.accept_change(KENSHO, NEW, &code).await;
    assert_eq!((late.status, late.code().as_str()), (400, "ValidationException"));
    assert!(late.body.contains("expired"), "{}", late.body);
}

#[tokio::test]
async fn a_second_start_replaces_the_first() {
    let aws = Aws::trusting(ACCOUNT).await;
    aws.start_change(KENSHO, NEW).await;
    let first = aws.last_code();
    let second_address = "root-y@corp.example";
    assert_eq!(aws.start_change(KENSHO, second_address).await.status, 200);
    assert_eq!(aws.last_mail().to, second_address);
    let second = aws.last_code();
    assert_eq!(aws.accept_change(KENSHO, NEW, &first).await.status, 404);
    assert_eq!(aws.accept_change(KENSHO, second_address, &second).await.status, 200);
}

#[tokio::test]
async fn addresses_are_checked() {
    let aws = Aws::trusting(ACCOUNT).await;
    let address = |length: usize| format!("{}@corp.example", "x".repeat(length - 13));
    let long = address(65);
    for address in ["a@b", "no-at.example", "two@@corp.example", "a b@corp.example", &long] {
        let answer = aws.start_change(KENSHO, address).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "ValidationException"), "{address}");
        assert_eq!(answer.json()["fieldList"][0]["name"], "PrimaryEmail");
    }
    for taken in ["aws+audit@example.com", "AWS+Audit@example.com", "aws+kensho@example.com"] {
        let answer = aws.start_change(KENSHO, taken).await;
        assert_eq!((answer.status, answer.code().as_str()), (409, "ConflictException"), "{taken}");
    }
    assert_eq!(aws.start_change(KENSHO, &address(64)).await.status, 200, "64 characters are fine");
}

#[tokio::test]
async fn accounts_out_of_use_are_not_changed() {
    let aws = Aws::trusting(ACCOUNT).await;
    for (account, status, code) in [
        ("777700000001", 403, "AccessDeniedException"),
        ("777700000002", 403, "AccessDeniedException"),
        ("666600000002", 403, "AccessDeniedException"),
        ("777700000003", 404, "ResourceNotFoundException"),
    ] {
        let answer = aws.start_change(account, NEW).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{account}");
        let answer = aws.accept_change(account, NEW, "123456").await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{account}");
    }
}

#[tokio::test]
async fn of_two_accounts_that_want_an_address_one_gets_it() {
    let aws = Aws::trusting(ACCOUNT).await;
    aws.start_change(KENSHO, NEW).await;
    let kensho = aws.last_code();
    aws.start_change(SANDBOX, NEW).await;
    let sandbox = aws.last_code();
    assert_eq!(aws.accept_change(KENSHO, NEW, &kensho).await.status, 200);
    let second = aws.accept_change(SANDBOX, NEW, &sandbox).await;
    assert_eq!((second.status, second.body.as_str()), (200, r#"{"Status":"ACCEPTED"}"#));
    aws.emulator.advance(DELAY);
    assert_eq!(aws.change_status(KENSHO).await, "COMPLETED");
    assert_eq!(aws.change_status(SANDBOX).await, "FAILED");
    assert_eq!(aws.primary_email(SANDBOX).await, "aws+sandbox07@example.com");
}

#[tokio::test]
async fn whoever_is_later_than_the_completion_meets_a_conflict() {
    let aws = Aws::trusting(ACCOUNT).await;
    aws.start_change(KENSHO, NEW).await;
    let kensho = aws.last_code();
    aws.start_change(SANDBOX, NEW).await;
    let sandbox = aws.last_code();
    aws.accept_change(KENSHO, NEW, &kensho).await;
    aws.emulator.advance(DELAY);
    let late = aws.accept_change(SANDBOX, NEW, &sandbox).await;
    assert_eq!((late.status, late.code().as_str()), (409, "ConflictException"));
}

#[tokio::test]
async fn one_change_is_pending_since_before_the_session() {
    let aws = Aws::trusting(ACCOUNT).await;
    let input = json!({ "AccountId": "555500000109" });
    let answer = aws.account("getPrimaryEmailUpdateStatus", &input).await.json();
    assert_eq!(answer["Status"], "PENDING");
    let age = jiff::Timestamp::now().as_duration().as_secs_f64() - answer["UpdatedAt"].as_f64().unwrap();
    assert!((17_900.0..18_100.0).contains(&age), "{age} s");
    assert!(aws.emulator.mail().is_empty());
}
