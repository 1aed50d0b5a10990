//! Who must sign rightly, and what happens to whom does not.

use jiff::{SignedDuration, Timestamp};
use rootdeck::emulator::{Identity, Options, VerifySignatures};
use serde_json::{Value, json};

use crate::client::{Answer, Aws, request, signed};
use crate::root_sessions::{KENSHO, form};
use crate::signing::{sign, signature, stamp};

const READER: &str = "arn:aws:iam::111122223333:role/AdministratorAccess";

/// Temporary credentials: key id, secret, token.
async fn session(aws: &Aws) -> [String; 3] {
    let parameters = [("RoleArn", READER), ("RoleSessionName", "work")];
    let answer = aws.ask(Identity::Management, "sts", "AssumeRole", &parameters).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(|name| {
        let (_, rest) = answer.body.split_once(&format!("<{name}>")).unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    })
}

/// One request of each service and protocol, without its signature.
fn requests(key: &str, more: &str) -> Vec<(&'static str, String)> {
    let target = |name: &str| format!("{more}X-Amz-Target: {name}\r\n");
    let organizations = signed(key, "organizations") + &target("AWSOrganizationsV20161128.DescribeOrganization");
    let sqs = signed(key, "sqs") + &target("AmazonSQS.ListQueues");
    let account = json!({ "AccountId": KENSHO }).to_string();
    vec![
        ("organizations", request("POST /", &organizations, "{}")),
        ("account", request("POST /getAccountInformation", &(signed(key, "account") + more), &account)),
        ("iam", form(key, more, "iam", "GetAccountSummary", &[])),
        ("sts", form(key, more, "sts", "GetCallerIdentity", &[])),
        ("s3", request("GET /?max-buckets=5&prefix=x", &(signed(key, "s3") + more), "")),
        ("sqs", request("POST /", &sqs, "{}")),
        ("sqs query", form(key, more, "sqs", "ListQueues", &[])),
    ]
}

fn outcome(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code().rsplit('#').next().unwrap().to_owned())
}

fn reported(answer: &Answer) -> String {
    match serde_json::from_str::<Value>(&answer.body) {
        Ok(body) => body["message"].as_str().or(body["Message"].as_str()).unwrap().to_owned(),
        Err(_) => crate::client::between(&answer.body, "<Message>", "</Message>").replace("&apos;", "'"),
    }
}

fn ready() -> Options {
    Options { delegates: vec![Identity::AccountDelegate], ..Options::default() }
}

#[tokio::test]
async fn temporary_credentials_must_sign_with_their_own_secret() {
    let aws = Aws::with(ready()).await;
    let [key, secret, token] = session(&aws).await;
    let now = Timestamp::now();
    for (service, text) in requests(&key, &format!("X-Amz-Security-Token: {token}\r\n")) {
        let right = aws.send_as_is(&sign(&text, &secret, now)).await;
        assert_eq!(right.status, 200, "{service} {}", right.body);
        let wrong = aws.send_as_is(&sign(&text, "another", now)).await;
        let expected = match service {
            "organizations" => (400, "InvalidSignatureException"),
            "account" | "sqs" => (403, "InvalidSignatureException"),
            _ => (403, "SignatureDoesNotMatch"),
        };
        assert_eq!(outcome(&wrong), (expected.0, expected.1.to_owned()), "{service} {}", wrong.body);
        let start = "The request signature we calculated does not match the signature you provided.";
        assert!(reported(&wrong).starts_with(start), "{service} {}", wrong.body);
        // What was signed is what counts.
        let changed = sign(&text, &secret, now).replace("host;x-amz-date;", "host;");
        assert_eq!(outcome(&aws.send_as_is(&changed).await), (expected.0, expected.1.to_owned()), "{service}");
        let unsigned = aws.send_as_is(&text).await;
        assert_eq!(unsigned.status, 400, "{service} {}", unsigned.body);
        assert!(unsigned.code().ends_with(match service {
            "s3" => "AuthorizationHeaderMalformed",
            "organizations" | "account" | "sqs" => "IncompleteSignatureException",
            _ => "IncompleteSignature",
        }));
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_told_with_both_times() {
    let aws = Aws::with(ready()).await;
    let [key, secret, token] = session(&aws).await;
    for (minutes, words) in [(-6, "Signature expired: "), (6, "Signature not yet current: ")] {
        let at = Timestamp::now() + SignedDuration::from_mins(minutes);
        for (service, text) in requests(&key, &format!("X-Amz-Security-Token: {token}\r\n")) {
            let answer = aws.send_as_is(&sign(&text, &secret, at)).await;
            // S3 tolerates 15 minutes.
            if service == "s3" {
                assert_eq!(answer.status, 200, "{}", answer.body);
                continue;
            }
            let json = matches!(service, "organizations" | "account" | "sqs");
            let code = if json { "InvalidSignatureException" } else { "SignatureDoesNotMatch" };
            assert_eq!(outcome(&answer).1, code, "{service}");
            assert!(reported(&answer).starts_with(&format!("{words}{} is", stamp(at))), "{}", answer.body);
        }
    }
    let at = Timestamp::now() - SignedDuration::from_mins(16);
    let text = request("GET /", &(signed(&key, "s3") + &format!("X-Amz-Security-Token: {token}\r\n")), "");
    let answer = aws.send_as_is(&sign(&text, &secret, at)).await;
    assert_eq!(outcome(&answer), (403, "RequestTimeTooSkewed".to_owned()));
}

#[tokio::test]
async fn signatures_of_access_keys_are_verified_if_asked_to_and_of_sessions_unless_asked_not_to() {
    let all = Aws::with(Options { verify_signatures: VerifySignatures::All, ..ready() }).await;
    let key = all.emulator.access_key(Identity::Management);
    for (service, text) in requests(&key.id, "") {
        let (right, wrong) = (sign(&text, &key.secret, Timestamp::now()), sign(&text, "any", Timestamp::now()));
        assert_eq!(all.send_as_is(&right).await.status, 200, "{service}");
        assert!(outcome(&all.send_as_is(&wrong).await).1.contains("Signature"), "{service}");
    }
    let never = Aws::with(Options { verify_signatures: VerifySignatures::Never, ..ready() }).await;
    let [key, _, token] = session(&never).await;
    for (service, text) in requests(&key, &format!("X-Amz-Security-Token: {token}\r\n")) {
        assert_eq!(never.send_as_is(&text).await.status, 200, "{service}");
    }
}

#[tokio::test]
async fn a_presigned_request_is_good_until_it_expires() {
    let aws = Aws::demo().await;
    let [key, secret, token] = session(&aws).await;
    let ask = async |ago: i64, secret: &str| {
        let at = Timestamp::now() - SignedDuration::from_secs(ago);
        let scope = format!("{}/us-east-1/sts/aws4_request", at.strftime("%Y%m%d"));
        let credential = format!("{key}/{scope}").replace('/', "%2F");
        let encoded = token.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let query = format!(
            "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}\
             &X-Amz-Date={}&X-Amz-Expires=60&X-Amz-Security-Token={encoded}&X-Amz-SignedHeaders=host",
            stamp(at)
        );
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let canonical = format!("GET\n/\n{query}\nhost:127.0.0.1\n\nhost\n{nothing}");
        let signature = signature(secret, at, &scope, &canonical);
        aws.send_as_is(&request(&format!("GET /?{query}&X-Amz-Signature={signature}"), "", "")).await
    };
    let good = ask(30, &secret).await;
    assert_eq!(good.status, 200, "{}", good.body);
    assert_eq!(outcome(&ask(30, "another").await), (403, "SignatureDoesNotMatch".to_owned()));
    let late = ask(90, &secret).await;
    assert_eq!(outcome(&late), (403, "SignatureDoesNotMatch".to_owned()));
    assert!(reported(&late).starts_with("Signature expired: "), "{}", late.body);
}
