//! AWS Account Management: contacts and names.

use rootdeck::emulator::{Identity, Options, Throttle};
use serde_json::{Value, json};

use crate::client::{Answer, Aws};
use crate::root_sessions::KENSHO;

const ACCOUNT: &str = "account.amazonaws.com";
const MANAGEMENT: &str = "111122223333";
/// It has a billing and a security contact.
const NORTHWIND: &str = "555500000109";
const CLOSED: &str = "777700000003";
const SUSPENDED: &str = "777700000001";

fn about(account: &str, kind: &str) -> Value {
    json!({ "AccountId": account, "AlternateContactType": kind })
}

fn with(mut input: Value, members: &Value) -> Value {
    let more = members.as_object().unwrap().clone();
    input.as_object_mut().unwrap().extend(more);
    input
}

fn contact() -> Value {
    json!({
        "Name": "佐藤 花子",
        "Title": "CISO",
        "EmailAddress": "soc+aws@example.com",
        "PhoneNumber": "+81 (3) 5550-0199",
    })
}

fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.body);
}

#[tokio::test]
async fn an_alternate_contact_is_put_replaced_and_deleted() {
    let aws = Aws::trusting(ACCOUNT).await;
    let asked = about(KENSHO, "SECURITY");
    let none = aws.account("getAlternateContact", &asked).await;
    refused(&none, 404, "ResourceNotFoundException");
    assert_eq!(none.body, r#"{"message":"No contact of the inputted alternate contact type found."}"#);
    refused(&aws.account("deleteAlternateContact", &asked).await, 404, "ResourceNotFoundException");

    let put = aws.account("putAlternateContact", &with(asked.clone(), &contact())).await;
    assert_eq!((put.status, put.body.as_str()), (200, ""));
    let read = aws.account("getAlternateContact", &asked).await;
    let expected = with(contact(), &json!({ "AlternateContactType": "SECURITY" }));
    assert_eq!(read.json(), json!({ "AlternateContact": expected }));
    // The other kinds are their own.
    refused(&aws.account("getAlternateContact", &about(KENSHO, "BILLING")).await, 404, "ResourceNotFoundException");

    let other = with(with(asked.clone(), &contact()), &json!({ "Title": "SOC" }));
    assert_eq!(aws.account("putAlternateContact", &other).await.status, 200);
    assert_eq!(aws.account("getAlternateContact", &asked).await.json()["AlternateContact"]["Title"], "SOC");
    assert_eq!(aws.account("deleteAlternateContact", &asked).await.status, 200);
    refused(&aws.account("getAlternateContact", &asked).await, 404, "ResourceNotFoundException");
}

#[tokio::test]
async fn members_of_contacts_are_checked() {
    let aws = Aws::trusting(ACCOUNT).await;
    let good = with(about(KENSHO, "SECURITY"), &contact());
    let long = |length: usize| "x".repeat(length);
    for (wrong, name, message) in [
        (
            json!({ "AlternateContactType": "PRIMARY" }),
            "AlternateContactType",
            r#"[instance value ("PRIMARY") not found in enum (possible values: ["BILLING","OPERATIONS","SECURITY"])]"#
                .to_owned(),
        ),
        (
            json!({ "AlternateContactType": null }),
            "AlternateContactType",
            r#"[object has missing required properties (["AlternateContactType"])]"#.to_owned(),
        ),
        (
            json!({ "Name": long(65) }),
            "Name",
            format!("[string \"{}\" is too long (length: 65, maximum allowed: 64)]", long(65)),
        ),
        (json!({ "Title": "" }), "Title", "[string \"\" is too short (length: 0, required minimum: 1)]".to_owned()),
        (
            json!({ "PhoneNumber": "03/1234" }),
            "PhoneNumber",
            r#"[ECMA 262 regex "^[\s0-9()+-]+$" does not match input string "03/1234"]"#.to_owned(),
        ),
        (
            json!({ "EmailAddress": "nobody" }),
            "EmailAddress",
            r#"[ECMA 262 regex "^[\s]*[\w+=.#|!&-]+@[\w.-]+\.[\w]+[\s]*$" does not match input string "nobody"]"#
                .to_owned(),
        ),
        (
            json!({ "EmailAddress": null }),
            "EmailAddress",
            r#"[object has missing required properties (["EmailAddress"])]"#.to_owned(),
        ),
    ] {
        let answer = aws.account("putAlternateContact", &with(good.clone(), &wrong)).await;
        refused(&answer, 400, "ValidationException");
        let body = answer.json();
        assert_eq!(body["message"], message, "{wrong}");
        assert_eq!(body["reason"], "fieldValidationFailed");
        assert_eq!(body["fieldList"][0]["name"], name);
    }
    refused(
        &aws.account("putAlternateContact", &with(good, &json!({ "Name": 5 }))).await,
        400,
        "SerializationException",
    );
    refused(&aws.account("getAlternateContact", &about(KENSHO, "SECURITY")).await, 404, "ResourceNotFoundException");
}

#[tokio::test]
async fn a_primary_contact_is_read_and_put_whole() {
    let aws = Aws::trusting(ACCOUNT).await;
    let asked = json!({ "AccountId": KENSHO });
    // A created account has the management account's.
    let inherited = aws.account("getContactInformation", &asked).await.json();
    let own = aws.account("getContactInformation", &json!({})).await.json();
    assert_eq!(inherited, own);
    assert_eq!(own["ContactInformation"]["CountryCode"], "JP");
    assert_eq!(own["VerificationStatus"], "UNVERIFIED");

    let contact = json!({
        "FullName": "山田 太郎",
        "AddressLine1": "4-5-6 Umeda",
        "City": "Osaka",
        "PostalCode": "530-0001",
        "CountryCode": "JP",
        "PhoneNumber": "+81 6-5550-0150",
        "WebsiteUrl": "https://example.co.jp",
    });
    let put = |contact: Value| json!({ "AccountId": KENSHO, "ContactInformation": contact });
    assert_eq!(aws.account("putContactInformation", &put(contact.clone())).await.status, 200);
    let read = aws.account("getContactInformation", &asked).await.json();
    assert_eq!(read["ContactInformation"], contact);
    assert_eq!(aws.account("getContactInformation", &json!({})).await.json(), own);

    for (wrong, name) in [
        (json!({ "PhoneNumber": "03-5550-0100" }), "PhoneNumber"),
        (json!({ "PhoneNumber": "+81 3-5550-0100-0100-0" }), "PhoneNumber"),
        (json!({ "CountryCode": "JPN" }), "CountryCode"),
        (json!({ "CountryCode": "J" }), "CountryCode"),
        (json!({ "City": null }), "City"),
        (json!({ "AddressLine2": "" }), "AddressLine2"),
    ] {
        let answer = aws.account("putContactInformation", &put(with(contact.clone(), &wrong))).await;
        refused(&answer, 400, "ValidationException");
        assert_eq!(answer.json()["fieldList"][0]["name"], name, "{wrong}");
    }
    let nothing = aws.account("putContactInformation", &asked).await;
    assert_eq!(nothing.json()["fieldList"][0]["name"], "ContactInformation");
}

#[tokio::test]
async fn a_name_is_trimmed_and_in_organizations_at_once() {
    let aws = Aws::trusting(ACCOUNT).await;
    let put =
        async |name: &str| aws.account("putAccountName", &json!({ "AccountId": KENSHO, "AccountName": name })).await;
    assert_eq!(put("  verification ").await.status, 200);
    let described = aws.organizations("DescribeAccount", &json!({ "AccountId": KENSHO })).await.json();
    assert_eq!(described["Account"]["Name"], "verification");
    let information = aws.account("getAccountInformation", &json!({ "AccountId": KENSHO })).await.json();
    assert_eq!(information["AccountName"], "verification");

    let wrong = put("検証環境").await;
    refused(&wrong, 400, "ValidationException");
    let message = r#"[ECMA 262 regex "^[ -;=?-~]+$" does not match input string "検証環境"]"#;
    assert_eq!(wrong.json()["message"], message);
    refused(&put("a<b").await, 400, "ValidationException");
    refused(&put(&"x".repeat(51)).await, 400, "ValidationException");
    // Captured: no type at all.
    let blank = put("   ").await;
    assert_eq!((blank.status, blank.header("x-amzn-ErrorType")), (400, None));

    // The management account names itself without an id.
    assert_eq!(aws.account("putAccountName", &json!({ "AccountName": "Payer" })).await.status, 200);
    let listed = aws.organizations("DescribeAccount", &json!({ "AccountId": MANAGEMENT })).await.json();
    assert_eq!(listed["Account"]["Name"], "Payer");
}

const OPERATIONS: [&str; 6] = [
    "getAlternateContact",
    "putAlternateContact",
    "deleteAlternateContact",
    "getContactInformation",
    "putContactInformation",
    "putAccountName",
];

fn any_input(account: Option<&str>) -> Value {
    let information = json!({
        "FullName": "A", "AddressLine1": "B", "City": "C", "PostalCode": "1", "CountryCode": "JP", "PhoneNumber": "+1",
    });
    let all = json!({ "AlternateContactType": "SECURITY", "AccountName": "x", "ContactInformation": information });
    let input = with(all, &contact());
    match account {
        Some(account) => with(input, &json!({ "AccountId": account })),
        None => input,
    }
}

#[tokio::test]
async fn contacts_are_open_to_who_manages_the_account_and_to_itself() {
    let aws = Aws::demo().await;
    for operation in OPERATIONS {
        let untrusted = aws.account(operation, &any_input(Some(NORTHWIND))).await;
        refused(&untrusted, 403, "AccessDeniedException");
        assert!(untrusted.body.contains("must first enable trusted access"), "{}", untrusted.body);
        // Its own need no trust, in the management account and in a member.
        for who in [Identity::Management, Identity::Member, Identity::WithoutOrganization] {
            let own = aws.try_account(who, operation, &any_input(None)).await.unwrap();
            assert!([200, 404].contains(&own.status), "{operation} {who:?} {}", own.body);
        }
    }
    let aws = Aws::with(Options { delegates: vec![Identity::AccountDelegate], ..Options::default() }).await;
    aws.enable(ACCOUNT).await;
    for operation in OPERATIONS {
        let own = aws.account(operation, &any_input(Some(MANAGEMENT))).await;
        refused(&own, 403, "AccessDeniedException");
        assert!(own.body.ends_with(" (Access Denied)\"}"), "{}", own.body);
        let of_member = any_input(Some(NORTHWIND));
        for (who, allowed) in
            [(Identity::AccountDelegate, true), (Identity::DelegatedAdministrator, false), (Identity::Member, false)]
        {
            let answer = aws.try_account(who, operation, &of_member).await.unwrap();
            // Somebody has deleted it by then.
            let is_there = answer.status != 403;
            assert_eq!(is_there, allowed, "{operation} {who:?} {}", answer.body);
        }
        refused(&aws.account(operation, &any_input(Some("999999999999"))).await, 404, "ResourceNotFoundException");
    }
    for operation in OPERATIONS.into_iter().filter(|operation| !operation.starts_with("get")) {
        refused(&aws.account(operation, &any_input(Some(CLOSED))).await, 404, "ResourceNotFoundException");
        refused(&aws.account(operation, &any_input(Some(SUSPENDED))).await, 403, "AccessDeniedException");
    }
}

#[tokio::test]
async fn contacts_have_the_quotas_that_aws_documents() {
    let aws = Aws::with(Options { throttle: Throttle::Aws, ..Options::default() }).await;
    aws.enable(ACCOUNT).await;
    for (operation, at_once) in [
        ("getAlternateContact", 15),
        ("getContactInformation", 15),
        ("putAlternateContact", 1),
        ("deleteAlternateContact", 1),
        ("putContactInformation", 1),
        ("putAccountName", 1),
    ] {
        let started = std::time::Instant::now();
        let mut admitted = 0;
        for _ in 0..40 {
            let answer = aws.account(operation, &any_input(Some(NORTHWIND))).await;
            if answer.status == 429 {
                assert_eq!(answer.code(), "TooManyRequestsException");
                break;
            }
            admitted += 1;
        }
        let rate = if at_once == 15 { 10 } else { 1 };
        let refilled = usize::try_from(started.elapsed().as_millis() * rate / 1000 + 1).unwrap();
        assert!((at_once..=at_once + refilled).contains(&admitted), "{operation}: {admitted}");
    }
}

#[tokio::test]
async fn the_demo_organization_has_gaps() {
    let aws = Aws::trusting(ACCOUNT).await;
    let listed = aws.organizations("ListAccounts", &json!({})).await.json();
    let mut security = 0;
    for account in listed["Accounts"].as_array().unwrap() {
        let id = account["Id"].as_str().unwrap();
        let answer = aws.account("getAlternateContact", &about(id, "SECURITY")).await;
        security += usize::from(answer.status == 200);
    }
    assert!((5..10).contains(&security), "{security}");
    let old = aws.account("getAlternateContact", &about(NORTHWIND, "SECURITY")).await.json();
    assert_eq!(old["AlternateContact"]["Title"], "Webmaster (left 2019)");
    // An invited account has its own primary contact.
    let own = aws.account("getContactInformation", &json!({ "AccountId": NORTHWIND })).await.json();
    assert_eq!(own["ContactInformation"]["CompanyName"], "Northwind Traders");
}
