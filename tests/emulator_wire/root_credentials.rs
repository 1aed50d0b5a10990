//! IAM in a root session: what a root user has, and taking it away.

use jiff::{SignedDuration, Timestamp};
use rootdeck::emulator::Identity;

use crate::client::{Answer, Aws, between};
use crate::root_sessions::{AUDIT, DELETE, KENSHO, PASSWORD, Root, refused};

/// Has one of everything and more.
const NORTHWIND: &str = "555500000109";
/// Has keys that are in use.
const ARTIFACTS: &str = "333311110004";
/// Has a key that was never used.
const FABRIKAM: &str = "555500000110";

fn result<'a>(answer: &'a Answer, operation: &str) -> &'a str {
    assert_eq!(answer.status, 200, "{}", answer.body);
    between(&answer.body, &format!("<{operation}Result>"), &format!("</{operation}Result>"))
}

/// The names of the elements in a text, in order.
fn names(text: &str) -> Vec<&str> {
    let starts = text.split('<').skip(1).filter(|part| !part.starts_with('/'));
    starts.map(|part| part.split_once('>').unwrap().0).collect()
}

fn present(summary: &Answer) -> [String; 4] {
    ["AccountPasswordPresent", "AccountAccessKeysPresent", "AccountMFAEnabled", "AccountSigningCertificatesPresent"]
        .map(|key| between(&summary.body, &format!("<key>{key}</key><value>"), "</value>").to_owned())
}

async fn list(aws: &Aws, root: &Root, operation: &str) -> String {
    let answer = aws.as_root(root, "iam", operation, &[]).await;
    result(&answer, operation).to_owned()
}

#[tokio::test]
async fn the_user_is_root_without_a_name_or_a_path() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, AUDIT).await;
    assert_eq!(
        list(&aws, &root, "GetUser").await,
        "<User><UserId>444455558888</UserId><Arn>arn:aws:iam::444455558888:root</Arn>\
         <CreateDate>2022-12-08T08:10:36Z</CreateDate></User>"
    );
    let root = aws.root(NORTHWIND, AUDIT).await;
    let user = list(&aws, &root, "GetUser").await;
    assert_eq!(names(&user), ["User", "UserId", "Arn", "CreateDate", "PasswordLastUsed"]);
}

#[tokio::test]
async fn a_list_is_cut_into_no_page_that_is_none() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(NORTHWIND, AUDIT).await;
    for operation in ["ListAccessKeys", "ListMFADevices", "ListSigningCertificates"] {
        for (items, status, code) in
            [("0", 400, "ValidationError"), ("1001", 400, "ValidationError"), ("1.0", 400, "MalformedInput")]
        {
            let answer = aws.as_root(&root, "iam", operation, &[("MaxItems", items)]).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{operation} {items}");
        }
        assert_eq!(aws.as_root(&root, "iam", operation, &[("MaxItems", "1000")]).await.status, 200, "{operation}");
    }
    let summary = aws.as_root(&root, "iam", "GetAccountSummary", &[]).await;
    assert_eq!(between(&summary.body, "<key>AttachedPoliciesPerRoleQuota</key><value>", "</value>"), "20");
}

#[tokio::test]
async fn a_list_comes_in_pages_that_lead_to_the_end() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(NORTHWIND, AUDIT).await;
    let ask = async |operation, more: &[(&str, &str)]| aws.as_root(&root, "iam", operation, more).await;
    let all = ask("ListAccessKeys", &[]).await.body;
    assert!(all.contains("<IsTruncated>false</IsTruncated></ListAccessKeysResult>"), "{all}");
    let first = ask("ListAccessKeys", &[("MaxItems", "1")]).await.body;
    assert!(first.contains("AKIADEMONORTHWIND001") && !first.contains("AKIADEMONORTHWIND002"), "{first}");
    assert!(first.contains("<IsTruncated>true</IsTruncated><Marker>"), "{first}");
    let marker = between(&first, "<Marker>", "</Marker>");
    let second = ask("ListAccessKeys", &[("MaxItems", "1"), ("Marker", marker)]).await.body;
    assert!(!second.contains("AKIADEMONORTHWIND001") && second.contains("AKIADEMONORTHWIND002"), "{second}");
    assert!(second.contains("<IsTruncated>false</IsTruncated>") && !second.contains("<Marker>"), "{second}");
    // A marker belongs to its listing.
    for (operation, marker) in [("ListAccessKeys", "x"), ("ListMFADevices", marker)] {
        refused(&ask(operation, &[("Marker", marker)]).await, 400, "ValidationError", "Invalid Marker.");
    }
}

#[tokio::test]
async fn parameters_have_the_lengths_and_patterns_of_the_service_model() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(NORTHWIND, DELETE).await;
    let long = "x".repeat(129);
    let one = |value: &str, name: &str, rule: &str| {
        format!(
            "1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must {rule}"
        )
    };
    let shorter = |value: usize| format!("have length greater than or equal to {value}");
    let longer = |value: usize| format!("have length less than or equal to {value}");
    let pattern = |text: &str| format!("satisfy regular expression pattern: {text}");
    for (operation, name, value, message) in [
        ("DeleteAccessKey", "AccessKeyId", "AKIA", one("AKIA", "accessKeyId", &shorter(16))),
        ("GetAccessKeyLastUsed", "AccessKeyId", &*long, one(&long, "accessKeyId", &longer(128))),
        (
            "DeleteAccessKey",
            "AccessKeyId",
            "AKIADEMO-NORTHWIND001",
            one("AKIADEMO-NORTHWIND001", "accessKeyId", &pattern(r"[\w]+")),
        ),
        ("DeactivateMFADevice", "SerialNumber", "GAHT1", one("GAHT1", "serialNumber", &shorter(9))),
        ("DeleteSigningCertificate", "CertificateId", "A1", one("A1", "certificateId", &shorter(24))),
        ("ListAccessKeys", "Marker", "", one("", "marker", &shorter(1))),
    ] {
        let answer = aws.as_root(&root, "iam", operation, &[(name, value)]).await;
        refused(&answer, 400, "ValidationError", &message);
    }
    let names = [("GetRole", "RoleName", "roleName", 64), ("GetUser", "UserName", "userName", 128)];
    for (operation, name, in_lower_case, longest) in names {
        let value = "y".repeat(longest + 1);
        let answer = aws.ask(Identity::Management, "iam", operation, &[(name, &value)]).await;
        refused(&answer, 400, "ValidationError", &one(&value, in_lower_case, &longer(longest)));
        let answer = aws.ask(Identity::Management, "iam", operation, &[(name, &"y".repeat(longest))]).await;
        assert_eq!(answer.code(), "NoSuchEntity", "{operation}");
        let answer = aws.ask(Identity::Management, "iam", operation, &[(name, "a b")]).await;
        refused(&answer, 400, "ValidationError", &one("a b", in_lower_case, &pattern(r"[\w+=,.@-]+")));
    }
    let source = ("PolicySourceArn", "arn:aws:iam::111122223333:role/OrgAdmin");
    let actions = [source, ("ActionNames.member.1", "a"), ("ActionNames.member.2", "iam:GetUser")];
    let answer = aws.ask(Identity::Management, "iam", "SimulatePrincipalPolicy", &actions).await;
    let rule = "satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater \
                than or equal to 3]";
    refused(&answer, 400, "ValidationError", &one("[a, iam:GetUser]", "actionNames", rule));
    // A secret is not repeated.
    let password = aws.root(KENSHO, PASSWORD).await;
    let answer = aws.as_root(&password, "iam", "CreateLoginProfile", &[("Password", &*long)]).await;
    let message = "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have \
                   length less than or equal to 128";
    refused(&answer, 400, "ValidationError", message);
}

#[tokio::test]
async fn a_clean_account_has_nothing() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, AUDIT).await;
    for (operation, name) in [
        ("ListAccessKeys", "AccessKeyMetadata"),
        ("ListMFADevices", "MFADevices"),
        ("ListSigningCertificates", "Certificates"),
    ] {
        let expected = format!("<{name}></{name}><IsTruncated>false</IsTruncated>");
        assert_eq!(list(&aws, &root, operation).await, expected);
    }
    let answer = aws.as_root(&root, "iam", "GetLoginProfile", &[]).await;
    refused(&answer, 404, "NoSuchEntity", "Login Profile for User null cannot be found.");
    let summary = aws.as_root(&root, "iam", "GetAccountSummary", &[]).await;
    assert_eq!(present(&summary), ["0", "0", "0", "0"]);
}

#[tokio::test]
async fn the_summary_has_all_its_entries() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(NORTHWIND, AUDIT).await;
    let summary = aws.as_root(&root, "iam", "GetAccountSummary", &[]).await;
    let map = between(result(&summary, "GetAccountSummary"), "<SummaryMap>", "</SummaryMap>");
    let mut keys: Vec<_> = map.split("<key>").skip(1).map(|part| part.split_once("</key>").unwrap().0).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 34);
    assert_eq!(present(&summary), ["1", "1", "1", "1"]);
    for known in [("GlobalEndpointTokenVersion", 1), ("PoliciesQuota", 1500), ("RolesQuota", 1000)] {
        assert!(map.contains(&format!("<entry><key>{}</key><value>{}</value></entry>", known.0, known.1)));
    }
}

#[tokio::test]
async fn what_root_has_is_listed_without_a_user_name() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(NORTHWIND, AUDIT).await;
    let profile = list(&aws, &root, "GetLoginProfile").await;
    assert_eq!(names(&profile), ["LoginProfile", "CreateDate", "PasswordResetRequired"]);
    let keys = list(&aws, &root, "ListAccessKeys").await;
    let key = ["member", "AccessKeyId", "Status", "CreateDate"];
    assert_eq!(names(&keys), [&["AccessKeyMetadata"], &key[..], &key[..], &["IsTruncated"]].concat());
    assert!(keys.contains("<AccessKeyId>AKIADEMONORTHWIND001</AccessKeyId><Status>Active</Status>"), "{keys}");
    assert!(keys.contains("<AccessKeyId>AKIADEMONORTHWIND002</AccessKeyId><Status>Inactive</Status>"), "{keys}");
    let devices = list(&aws, &root, "ListMFADevices").await;
    assert_eq!(names(&devices), ["MFADevices", "member", "SerialNumber", "EnableDate", "IsTruncated"]);
    let certificates = list(&aws, &root, "ListSigningCertificates").await;
    assert_eq!(
        names(&certificates),
        ["Certificates", "member", "CertificateId", "CertificateBody", "Status", "UploadDate", "IsTruncated"]
    );
    assert!(certificates.contains("-----BEGIN CERTIFICATE-----"), "{certificates}");
}

#[tokio::test]
async fn a_key_tells_when_where_and_for_what_it_was_last_used() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(ARTIFACTS, AUDIT).await;
    let last = [("AccessKeyId", "AKIADEMOCIARTIFACTS0")];
    let answer = aws.as_root(&root, "iam", "GetAccessKeyLastUsed", &last).await;
    let used = result(&answer, "GetAccessKeyLastUsed");
    assert_eq!(names(used), ["AccessKeyLastUsed", "LastUsedDate", "ServiceName", "Region"]);
    assert!(used.contains("<ServiceName>s3</ServiceName><Region>ap-northeast-1</Region>"), "{used}");
    let at: Timestamp = between(used, "<LastUsedDate>", "</LastUsedDate>").parse().unwrap();
    let off = Timestamp::now().duration_since(at) - SignedDuration::from_hours(24);
    assert!(off.abs() < SignedDuration::from_secs(60), "{at} is not yesterday");

    let root = aws.root(FABRIKAM, AUDIT).await;
    let never = [("AccessKeyId", "AKIADEMOFABRIKAM0001")];
    let answer = aws.as_root(&root, "iam", "GetAccessKeyLastUsed", &never).await;
    assert_eq!(
        result(&answer, "GetAccessKeyLastUsed"),
        "<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>"
    );
    let elsewhere = aws.as_root(&root, "iam", "GetAccessKeyLastUsed", &last).await;
    refused(&elsewhere, 404, "NoSuchEntity", "The Access Key with id AKIADEMOCIARTIFACTS0 cannot be found.");
}

#[tokio::test]
async fn credentials_are_deleted_one_by_one_and_the_summary_follows() {
    let aws = Aws::with_root_access().await;
    let (root, audit) = (aws.root(NORTHWIND, DELETE).await, aws.root(NORTHWIND, AUDIT).await);
    let summary = async || present(&aws.as_root(&audit, "iam", "GetAccountSummary", &[]).await);
    let id = |answer: &Answer| answer.header("x-amzn-RequestId").unwrap().to_owned();
    for (operation, parameter, absent, after) in [
        ("DeleteLoginProfile", None, "Login Profile for User null cannot be found.", ["0", "1", "1", "1"]),
        (
            "DeleteAccessKey",
            Some(("AccessKeyId", "AKIADEMONORTHWIND001")),
            "The Access Key with id AKIADEMONORTHWIND001 cannot be found.",
            ["0", "1", "1", "1"],
        ),
        (
            "DeleteAccessKey",
            Some(("AccessKeyId", "AKIADEMONORTHWIND002")),
            "The Access Key with id AKIADEMONORTHWIND002 cannot be found.",
            ["0", "0", "1", "1"],
        ),
        (
            "DeleteSigningCertificate",
            Some(("CertificateId", "DEMONORTHWINDCERTIFICATE00000001")),
            "The Certificate with id DEMONORTHWINDCERTIFICATE00000001 cannot be found.",
            ["0", "0", "1", "0"],
        ),
        (
            "DeactivateMFADevice",
            Some(("SerialNumber", "GAHT20488317")),
            "MFA Device invalid for user.",
            ["0", "0", "0", "0"],
        ),
    ] {
        let parameters: Vec<_> = parameter.into_iter().collect();
        let answer = aws.as_root(&root, "iam", operation, &parameters).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        // No output, so no result element either.
        assert_eq!(
            answer.body,
            format!(
                "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ResponseMetadata>\
                 <RequestId>{}</RequestId></ResponseMetadata></{operation}Response>",
                id(&answer)
            )
        );
        assert_eq!(summary().await, after, "{operation}");
        refused(&aws.as_root(&root, "iam", operation, &parameters).await, 404, "NoSuchEntity", absent);
        assert_eq!(summary().await, after, "{operation}");
    }
}

#[tokio::test]
async fn one_account_keeps_what_another_loses() {
    let aws = Aws::with_root_access().await;
    let (here, there) = (aws.root(ARTIFACTS, DELETE).await, aws.root(FABRIKAM, DELETE).await);
    let key = [("AccessKeyId", "AKIADEMOFABRIKAM0001")];
    assert_eq!(aws.as_root(&here, "iam", "DeleteAccessKey", &key).await.status, 404);
    assert!(list(&aws, &there, "ListAccessKeys").await.contains("AKIADEMOFABRIKAM0001"));
    assert_eq!(aws.as_root(&there, "iam", "DeleteAccessKey", &key).await.status, 200);
    assert!(list(&aws, &here, "ListAccessKeys").await.contains("AKIADEMOCIARTIFACTS0"));
}

#[tokio::test]
async fn password_recovery_is_allowed_once_and_closed_again() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(KENSHO, PASSWORD).await;
    let given = aws.as_root(&root, "iam", "CreateLoginProfile", &[("Password", "x")]).await;
    assert_eq!((given.status, given.code().as_str()), (400, "ValidationError"));
    let created = list(&aws, &root, "CreateLoginProfile").await;
    assert_eq!(names(&created), ["LoginProfile", "CreateDate", "PasswordResetRequired"]);
    assert!(created.contains("<PasswordResetRequired>false</PasswordResetRequired>"), "{created}");
    assert_eq!(list(&aws, &root, "GetLoginProfile").await, created);
    let again = aws.as_root(&root, "iam", "CreateLoginProfile", &[]).await;
    refused(&again, 409, "EntityAlreadyExists", "Login Profile for account 444455558888 already exists.");
    let audit = aws.root(KENSHO, AUDIT).await;
    let summary = async || present(&aws.as_root(&audit, "iam", "GetAccountSummary", &[]).await);
    assert_eq!(summary().await, ["1", "0", "0", "0"]);
    let delete = aws.root(KENSHO, DELETE).await;
    assert_eq!(aws.as_root(&delete, "iam", "DeleteLoginProfile", &[]).await.status, 200);
    assert_eq!(summary().await, ["0", "0", "0", "0"]);
}

#[tokio::test]
async fn a_missing_parameter_is_named() {
    let aws = Aws::with_root_access().await;
    let (root, audit) = (aws.root(NORTHWIND, DELETE).await, aws.root(NORTHWIND, AUDIT).await);
    for (root, operation, parameter) in [
        (&root, "DeleteAccessKey", "accessKeyId"),
        (&root, "DeactivateMFADevice", "serialNumber"),
        (&root, "DeleteSigningCertificate", "certificateId"),
        (&audit, "GetAccessKeyLastUsed", "accessKeyId"),
    ] {
        let message = format!(
            "1 validation error detected: Value null at '{parameter}' failed to satisfy constraint: Member must not \
             be null"
        );
        refused(&aws.as_root(root, "iam", operation, &[]).await, 400, "ValidationError", &message);
    }
}

#[tokio::test]
async fn the_session_of_a_role_has_no_user_to_ask_about() {
    let aws = Aws::with_root_access().await;
    let answer = aws.query_as(Identity::Member, "iam", "ListAccessKeys").await;
    refused(&answer, 400, "ValidationError", "Must specify userName when calling with non-User credentials");
    assert_eq!(aws.query_as(Identity::Member, "iam", "GetAccountSummary").await.status, 200);
}
