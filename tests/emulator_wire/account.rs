//! AWS Account Management: who may speak about which account.

use rootdeck::emulator::Identity;
use serde_json::json;

use crate::client::Aws;

const ACCOUNT: &str = "account.amazonaws.com";
const KENSHO: &str = "444455558888";
const SANDBOX: &str = "444455556666";
const NEW: &str = "root-x@corp.example";
const ARN: &str = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo";

#[tokio::test]
async fn without_trusted_access_nothing_is_told() {
    let aws = Aws::demo().await;
    let input = json!({ "AccountId": KENSHO, "PrimaryEmail": NEW, "Otp": "123456" });
    for (path, operation) in [
        ("getPrimaryEmail", "GetPrimaryEmail"),
        ("getPrimaryEmailUpdateStatus", "GetPrimaryEmailUpdateStatus"),
        ("startPrimaryEmailUpdate", "StartPrimaryEmailUpdate"),
        ("acceptPrimaryEmailUpdate", "AcceptPrimaryEmailUpdate"),
        ("getAccountInformation", "GetAccountInformation"),
    ] {
        let answer = aws.account(path, &input).await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.header("x-amzn-ErrorType"), Some("AccessDeniedException"));
        assert_eq!(
            answer.body,
            format!(
                "{{\"message\":\"User: {ARN} is not authorized to perform: account:{operation} \
                 (Your organization must first enable trusted access with AWS Account Management.)\"}}"
            )
        );
    }
    assert!(aws.emulator.mail().is_empty());
}

#[tokio::test]
async fn an_account_is_spoken_about_by_those_who_manage_it() {
    let aws = Aws::trusting(ACCOUNT).await;
    for path in ["getPrimaryEmail", "getPrimaryEmailUpdateStatus"] {
        let own = json!({ "AccountId": "111122223333" });
        let answer = aws.account(path, &own).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.ends_with(" (Access Denied)\"}"), "{}", answer.body);
        let itself = json!({ "AccountId": "555500000204" });
        let answer = aws.try_account(Identity::Member, path, &itself).await.unwrap();
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("account:GetPrimaryEmail"), "{}", answer.body);
        assert!(!answer.body.contains('('), "{}", answer.body);
    }
    let stranger = json!({ "AccountId": "999999999999" });
    let answer = aws.account("getPrimaryEmail", &stranger).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "ResourceNotFoundException"));
    let wrong = aws.account("getPrimaryEmail", &json!({ "AccountId": "1x" })).await;
    assert_eq!(wrong.header("x-amzn-ErrorType"), Some("ValidationException"));
    let message = r#"[ECMA 262 regex \"^\\d{12}$\" does not match input string \"1x\"]"#;
    assert_eq!(
        wrong.body,
        format!(
            r#"{{"message":"{message}","reason":"fieldValidationFailed","fieldList":[{{"name":"AccountId","message":"{message}"}}]}}"#
        )
    );

    let who = Identity::DelegatedAdministrator;
    let input = json!({ "AccountId": KENSHO });
    assert_eq!(aws.try_account(who, "getPrimaryEmail", &input).await.unwrap().status, 403);
    let delegation = json!({ "AccountId": "222233334444", "ServicePrincipal": ACCOUNT });
    aws.organizations("RegisterDelegatedAdministrator", &delegation).await;
    let answer = aws.try_account(who, "getPrimaryEmail", &input).await.unwrap();
    assert_eq!(answer.body, r#"{"PrimaryEmail":"aws+kensho@example.com"}"#);
}

#[tokio::test]
async fn information_about_an_account_has_its_date_as_text() {
    let aws = Aws::trusting(ACCOUNT).await;
    let answer = aws.account("getAccountInformation", &json!({ "AccountId": SANDBOX })).await;
    assert_eq!(
        answer.json(),
        json!({
            "AccountId": SANDBOX,
            "AccountName": "sandbox-07",
            "AccountCreatedDate": "2024-01-15T01:23:45Z",
            "AccountState": "ACTIVE",
        })
    );
    let own = aws.account("getAccountInformation", &json!({})).await;
    assert_eq!(own.json()["AccountId"], "111122223333");
}
