//! STS `AssumeRole`, the MFA code it may want, and what its credentials are good for.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rootdeck::emulator::{Identity, MfaCode, Options};
use serde_json::json;

use crate::client::{Answer, Aws, between, request, signed};
use crate::root_sessions::{AUDIT, KENSHO, Root, form, refused};

const ALICE: &str = "arn:aws:iam::111122223333:user/ops/alice";
const ADMIN: &str = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo";
/// Wants MFA.
const ORG_ADMIN: &str = "arn:aws:iam::111122223333:role/OrgAdmin";
/// Wants nothing, and may do `account:Get*` and the like.
const READER: &str = "arn:aws:iam::111122223333:role/AWSAccountManagementReadOnlyAccess";
const DEVICE: &str = "arn:aws:iam::111122223333:mfa/alice";
const WRONG_CODE: &str = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
const HALF: &str = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";

fn not_authorized(who: &str, role: &str) -> String {
    format!("User: {who} is not authorized to perform: sts:AssumeRole on resource: {role}")
}

/// A code that is not the one shown.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// The credentials in an answer that must be one.
fn session_in(answer: &Answer) -> Root {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let value = |name: &str| between(&answer.body, &format!("<{name}>"), &format!("</{name}>")).to_owned();
    Root { key: value("AccessKeyId"), token: value("SessionToken") }
}

impl Aws {
    async fn assume_role(&self, who: Identity, role: &str, more: &[(&str, &str)]) -> Answer {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "work")];
        parameters.extend(more);
        self.ask(who, "sts", "AssumeRole", &parameters).await
    }

    async fn assume_with(&self, serial_number: &str, code: &str) -> Answer {
        let mfa = [("SerialNumber", serial_number), ("TokenCode", code)];
        self.assume_role(Identity::User, ORG_ADMIN, &mfa).await
    }

    /// What alice's device shows, as it is told to programs of this machine.
    async fn mfa(&self) -> MfaCode {
        let answer = self.send(&request("GET /_emulator/mfa", "", "")).await.unwrap();
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")));
        let reported = answer.json();
        let member = |name: &str| reported[name].as_str().unwrap().to_owned();
        MfaCode { serial_number: member("serial_number"), token_code: member("token_code") }
    }
}

#[tokio::test]
async fn the_device_and_its_code_are_told_to_programs_of_this_machine() {
    let aws = Aws::demo().await;
    let reported = aws.mfa().await;
    assert_eq!(reported.serial_number, DEVICE);
    assert!(reported.token_code.len() == 6 && reported.token_code.bytes().all(|byte| byte.is_ascii_digit()), "a code");
    assert_eq!(aws.emulator.mfa_code(), Some(reported.clone()));
    assert!(!format!("{reported:?}").contains(&reported.token_code));
    for (line, headers) in [("GET /_emulator/mfa", "Origin: https://page.example\r\n"), ("POST /_emulator/mfa", "")] {
        let answer = aws.send(&request(line, headers, "")).await.unwrap();
        assert!(matches!(answer.status, 403 | 404) && !answer.body.contains(&reported.token_code), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_organization_that_is_generated_has_the_device_too() {
    let aws = Aws::with(Options { accounts: Some(3), ..Options::default() }).await;
    let caller = aws.query_as(Identity::User, "sts", "GetCallerIdentity").await;
    let account = between(&caller.body, "<Account>", "</Account>");
    let mfa = aws.mfa().await;
    assert_eq!(mfa.serial_number, format!("arn:aws:iam::{account}:mfa/alice"));
    let parameters = [("SerialNumber", &*mfa.serial_number), ("TokenCode", &*mfa.token_code)];
    let role = format!("arn:aws:iam::{account}:role/OrgAdmin");
    session_in(&aws.assume_role(Identity::User, &role, &parameters).await);
}

#[tokio::test]
async fn with_her_code_alice_becomes_the_administrator() {
    let aws = Aws::demo().await;
    let mfa = aws.mfa().await;
    let answer = aws.assume_with(&mfa.serial_number, &mfa.token_code).await;
    let session = session_in(&answer);
    assert!(session.key.starts_with("ASIA") && session.key.len() == 20, "{}", session.key);
    let result = between(&answer.body, "<AssumeRoleResult>", "</AssumeRoleResult>");
    assert_eq!(
        between(result, "<AssumedRoleUser>", "</AssumedRoleUser>"),
        "<AssumedRoleId>AROADEMOMANAGEMENT00:work</AssumedRoleId>\
         <Arn>arn:aws:sts::111122223333:assumed-role/OrgAdmin/work</Arn>"
    );
    let credentials = between(result, "<Credentials>", "</Credentials>");
    let names: Vec<_> = credentials.split("</").skip(1).map(|end| end.split_once('>').unwrap().0).collect();
    assert_eq!(names, ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]);
    let who = aws.as_root(&session, "sts", "GetCallerIdentity", &[]).await;
    assert_eq!(
        between(&who.body, "<GetCallerIdentityResult>", "</GetCallerIdentityResult>"),
        "<Arn>arn:aws:sts::111122223333:assumed-role/OrgAdmin/work</Arn>\
         <UserId>AROADEMOMANAGEMENT00:work</UserId><Account>111122223333</Account>"
    );
}

#[tokio::test]
async fn a_code_is_good_for_one_session_and_then_there_is_another() {
    let aws = Aws::demo().await;
    let first = aws.mfa().await;
    assert_eq!(aws.mfa().await, first);
    session_in(&aws.assume_with(DEVICE, &first.token_code).await);
    let second = aws.mfa().await;
    assert_ne!(second.token_code, first.token_code);
    refused(&aws.assume_with(DEVICE, &first.token_code).await, 403, "AccessDenied", WRONG_CODE);
    session_in(&aws.assume_with(DEVICE, &second.token_code).await);
}

#[tokio::test]
async fn a_wrong_code_or_device_or_half_of_it_is_refused_and_spends_nothing() {
    let aws = Aws::demo().await;
    let mfa = aws.mfa().await;
    let code = mfa.token_code.as_str();
    let (other_device, other_code) = ("arn:aws:iam::111122223333:mfa/bob", other_than(code));
    for (parameters, message) in [
        (vec![("SerialNumber", DEVICE), ("TokenCode", other_code)], WRONG_CODE),
        (vec![("SerialNumber", other_device), ("TokenCode", code)], WRONG_CODE),
        (vec![("SerialNumber", DEVICE)], HALF),
        (vec![("TokenCode", code)], HALF),
    ] {
        let answer = aws.assume_role(Identity::User, ORG_ADMIN, &parameters).await;
        refused(&answer, 403, "AccessDenied", message);
    }
    // The device is alice's, and nobody else's.
    let with_hers = [("SerialNumber", DEVICE), ("TokenCode", code)];
    refused(&aws.assume_role(Identity::Management, READER, &with_hers).await, 403, "AccessDenied", WRONG_CODE);
    // A role that her policies do not let her assume does not cost the code.
    let answer = aws.assume_role(Identity::User, READER, &with_hers).await;
    refused(&answer, 403, "AccessDenied", &not_authorized(ALICE, READER));
    session_in(&aws.assume_with(DEVICE, code).await);
}

#[tokio::test]
async fn whoever_may_not_and_whom_the_role_does_not_trust_is_told_alike() {
    let aws = Aws::demo().await;
    let sso = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/ap-northeast-1/\
               AWSReservedSSO_OrgAdmin_0123456789abcdef";
    let developer = "arn:aws:iam::555500000204:role/Developer";
    let member = "arn:aws:sts::555500000204:assumed-role/Developer/demo";
    for (who, name, role) in [
        // Without MFA, even an administrator does not assume a role that wants it.
        (Identity::User, ALICE, ORG_ADMIN),
        (Identity::Management, ADMIN, ORG_ADMIN),
        // Her policies do not say that she may.
        (Identity::User, ALICE, READER),
        // Other accounts are not trusted, neither this way nor that, and may be out of reach.
        (Identity::Management, ADMIN, developer),
        (Identity::Member, member, READER),
        (Identity::Management, ADMIN, "arn:aws:iam::999922220001:role/Admin"),
        // One becomes it through Identity Center alone.
        (Identity::Management, ADMIN, sso),
        // There is no such role: by its name, and by its path.
        (Identity::Management, ADMIN, "arn:aws:iam::111122223333:role/Gone"),
        (Identity::Management, ADMIN, "arn:aws:iam::111122223333:role/ops/AWSAccountManagementReadOnlyAccess"),
        (Identity::Management, ADMIN, "arn:aws:iam::111122223333:role/Operators"),
    ] {
        let answer = aws.assume_role(who, role, &[]).await;
        refused(&answer, 403, "AccessDenied", &not_authorized(name, role));
    }
    session_in(&aws.assume_role(Identity::Management, READER, &[]).await);
    session_in(&aws.assume_role(Identity::Member, developer, &[]).await);
}

#[tokio::test]
async fn root_assumes_no_role() {
    let aws = Aws::with_root_access().await;
    let message = "Roles may not be assumed by root accounts.";
    refused(&aws.assume_role(Identity::RootUser, READER, &[]).await, 403, "AccessDenied", message);
    let root = aws.root(KENSHO, AUDIT).await;
    let parameters = [("RoleArn", READER), ("RoleSessionName", "work")];
    let answer = aws.as_root(&root, "sts", "AssumeRole", &parameters).await;
    refused(&answer, 403, "AccessDenied", message);
}

#[tokio::test]
async fn a_session_lasts_as_long_as_was_asked_or_an_hour() {
    let aws = Aws::demo().await;
    let before = Timestamp::now();
    for (asked, seconds) in [(None, 3_600), (Some("900"), 900), (Some("43200"), 43_200)] {
        let code = aws.mfa().await.token_code;
        let mut parameters = vec![("SerialNumber", DEVICE), ("TokenCode", code.as_str())];
        parameters.extend(asked.map(|value| ("DurationSeconds", value)));
        let answer = aws.assume_role(Identity::User, ORG_ADMIN, &parameters).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let end: Timestamp = between(&answer.body, "<Expiration>", "</Expiration>").parse().unwrap();
        let beyond = end.duration_since(before) - SignedDuration::from_secs(seconds);
        assert!(beyond.abs() < SignedDuration::from_secs(60), "{end}");
    }
}

/// Role chaining, as AWS calls it.
#[tokio::test]
async fn from_one_role_to_the_next_it_is_an_hour_at_most_and_without_mfa() {
    let aws = Aws::demo().await;
    let message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    let longer = aws.assume_role(Identity::Management, READER, &[("DurationSeconds", "3601")]).await;
    refused(&longer, 400, "ValidationError", message);
    session_in(&aws.assume_role(Identity::Management, READER, &[("DurationSeconds", "3600")]).await);

    let admin = session_in(&aws.assume_with(DEVICE, &aws.mfa().await.token_code).await);
    let chained = async |role: &str| {
        let parameters = [("RoleArn", role), ("RoleSessionName", "next")];
        aws.as_root(&admin, "sts", "AssumeRole", &parameters).await
    };
    let next = session_in(&chained(READER).await);
    let who = aws.as_root(&next, "sts", "GetCallerIdentity", &[]).await;
    assert!(who.body.contains("assumed-role/AWSAccountManagementReadOnlyAccess/next"), "{}", who.body);
    let again = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/work";
    refused(&chained(ORG_ADMIN).await, 403, "AccessDenied", &not_authorized(again, ORG_ADMIN));
}

#[tokio::test]
async fn what_cannot_be_right_is_told_before_anything_else() {
    let aws = Aws::demo().await;
    let (role, name) = (("RoleArn", ORG_ADMIN), ("RoleSessionName", "work"));
    let at = |value: &str, name: &str, rule: &str| {
        format!("Value {value} at '{name}' failed to satisfy constraint: Member must {rule}")
    };
    let one = |value: &str, name: &str, rule: &str| format!("1 validation error detected: {}", at(value, name, rule));
    let (shorter, longer) = ("have length greater than or equal to", "have length less than or equal to");
    let long = "n".repeat(65);
    let session = r"satisfy regular expression pattern: [\w+=,.@-]*";
    let null = "not be null";
    for (parameters, message) in [
        (vec![role], one("null", "roleSessionName", null)),
        (vec![name], one("null", "roleArn", null)),
        (
            vec![],
            format!(
                "2 validation errors detected: {}; {}",
                at("null", "roleArn", null),
                at("null", "roleSessionName", null)
            ),
        ),
        (vec![("RoleArn", "role"), name], one("'role'", "roleArn", &format!("{shorter} 20"))),
        (vec![role, ("RoleSessionName", "n")], one("'n'", "roleSessionName", &format!("{shorter} 2"))),
        (vec![role, ("RoleSessionName", &long)], one(&format!("'{long}'"), "roleSessionName", &format!("{longer} 64"))),
        (vec![role, ("RoleSessionName", "a/b")], one("'a/b'", "roleSessionName", session)),
        (vec![role, ("RoleSessionName", "alicé")], one("'alicé'", "roleSessionName", session)),
        (
            vec![role, name, ("DurationSeconds", "899")],
            one("'899'", "durationSeconds", "have value greater than or equal to 900"),
        ),
        (
            vec![role, name, ("DurationSeconds", "43201")],
            one("'43201'", "durationSeconds", "have value less than or equal to 43200"),
        ),
        (
            vec![role, name, ("SerialNumber", DEVICE), ("TokenCode", "12345")],
            one("'12345'", "tokenCode", &format!("{shorter} 6")),
        ),
        (
            vec![role, name, ("SerialNumber", DEVICE), ("TokenCode", "1234567")],
            one("'1234567'", "tokenCode", &format!("{longer} 6")),
        ),
        (
            vec![role, name, ("SerialNumber", DEVICE), ("TokenCode", "12345a")],
            one("'12345a'", "tokenCode", r"satisfy regular expression pattern: [\d]*"),
        ),
        (
            vec![role, name, ("SerialNumber", "number"), ("TokenCode", "123456")],
            one("'number'", "serialNumber", &format!("{shorter} 9")),
        ),
        (
            vec![role, name, ("SerialNumber", "a serial number"), ("TokenCode", "123456")],
            one("'a serial number'", "serialNumber", r"satisfy regular expression pattern: [\w+=/:,.@-]*"),
        ),
        (vec![role, name, ("ExternalId", "x")], one("'x'", "externalId", &format!("{shorter} 2"))),
        (vec![("RoleArn", ALICE), name], "Request ARN is invalid".to_owned()),
        (vec![("RoleArn", "arn:aws:iam::1111:role/OrgAdmin"), name], "Request ARN is invalid".to_owned()),
        (vec![("RoleArn", "somebody who is an administrator"), name], "Request ARN is invalid".to_owned()),
    ] {
        let answer = aws.ask(Identity::User, "sts", "AssumeRole", &parameters).await;
        refused(&answer, 400, "ValidationError", &message);
    }
    let words = [("RoleArn", READER), ("RoleSessionName", "a_Z9+=,.@-"), ("ExternalId", "any:/id")];
    session_in(&aws.ask(Identity::Management, "sts", "AssumeRole", &words).await);
}

#[tokio::test]
async fn a_session_may_do_what_its_role_may() {
    let aws = Aws::trusting("account.amazonaws.com").await;
    let reader = session_in(&aws.assume_role(Identity::Management, READER, &[]).await);
    let account = async |session: &Root, operation: &str| {
        let headers = signed(&session.key, "account") + &format!("X-Amz-Security-Token: {}\r\n", session.token);
        let input = json!({ "AccountId": KENSHO, "PrimaryEmail": "root-x@corp.example" });
        aws.send(&request(&format!("POST /{operation}"), &headers, &input.to_string())).await.unwrap()
    };
    assert_eq!(account(&reader, "getPrimaryEmail").await.status, 200);
    let denied = account(&reader, "startPrimaryEmailUpdate").await;
    let name = "arn:aws:sts::111122223333:assumed-role/AWSAccountManagementReadOnlyAccess/work";
    assert_eq!(
        denied.json()["message"],
        format!("User: {name} is not authorized to perform: account:StartPrimaryEmailUpdate")
    );
    // Alice herself may not turn on what the administrator may.
    let features = aws.query_as(Identity::User, "iam", "DisableOrganizationsRootSessions").await;
    assert_eq!(features.code(), "AccessDenied");
    let admin = session_in(&aws.assume_with(DEVICE, &aws.mfa().await.token_code).await);
    aws.enable("iam.amazonaws.com").await;
    let features = aws.as_root(&admin, "iam", "EnableOrganizationsRootSessions", &[]).await;
    assert_eq!(features.status, 200, "{}", features.body);
}

#[tokio::test]
async fn the_key_is_good_with_its_token_only_and_until_it_expires_by_the_worlds_clock() {
    let aws = Aws::demo().await;
    let (reader, other) = (
        session_in(&aws.assume_role(Identity::Management, READER, &[]).await),
        session_in(&aws.assume_role(Identity::Management, READER, &[]).await),
    );
    let who = |header: String| form(&reader.key, &header, "sts", "GetCallerIdentity", &[]);
    for header in [String::new(), format!("X-Amz-Security-Token: {}\r\n", other.token)] {
        let answer = aws.send(&who(header)).await.unwrap();
        refused(&answer, 403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    aws.emulator.advance(Duration::from_mins(59));
    assert_eq!(aws.as_root(&reader, "sts", "GetCallerIdentity", &[]).await.status, 200);
    aws.emulator.advance(Duration::from_secs(61));
    let answer = aws.as_root(&reader, "sts", "GetCallerIdentity", &[]).await;
    refused(&answer, 403, "ExpiredToken", "The security token included in the request is expired");
}

#[tokio::test]
async fn the_global_endpoint_serves_it_too() {
    let aws = Aws::demo().await;
    let key = aws.emulator.access_key(Identity::Management).id;
    let regional = form(&key, "", "sts", "AssumeRole", &[("RoleArn", READER), ("RoleSessionName", "work")]);
    for text in [
        regional.clone(),
        regional.replace("/eu-north-1/", "/aws-global/"),
        regional.replace("Host: 127.0.0.1", "Host: sts.amazonaws.com"),
    ] {
        session_in(&aws.send(&text).await.unwrap());
    }
}

/// Their roles and sessions live in worlds of their own.
#[tokio::test]
async fn outside_of_the_organization_roles_are_assumed_as_well() {
    let aws = Aws::demo().await;
    let alone = Identity::WithoutOrganization;
    let session = session_in(&aws.assume_role(alone, "arn:aws:iam::999922220001:role/Admin", &[]).await);
    let who = aws.as_root(&session, "sts", "GetCallerIdentity", &[]).await;
    assert!(who.body.contains("arn:aws:sts::999922220001:assumed-role/Admin/work"), "{}", who.body);
    let headers = signed(&session.key, "organizations")
        + &format!("X-Amz-Security-Token: {}\r\n", session.token)
        + "X-Amz-Target: AWSOrganizationsV20161128.DescribeOrganization\r\n";
    let answer = aws.send(&request("POST /", &headers, "{}")).await.unwrap();
    assert_eq!(answer.code(), "AWSOrganizationsNotInUseException");
    aws.emulator.advance(Duration::from_hours(1));
    assert_eq!(aws.as_root(&session, "sts", "GetCallerIdentity", &[]).await.code(), "ExpiredToken");
}

#[tokio::test]
async fn the_summary_counts_alices_device() {
    let aws = Aws::demo().await;
    let summary = aws.iam("GetAccountSummary").await.body;
    assert!(summary.contains("<entry><key>MFADevices</key><value>1</value></entry>"), "{summary}");
}
