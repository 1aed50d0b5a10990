//! How a request finds its service, and what every answer has.

use rootdeck::emulator::{Identity, Options, StartError, start};
use serde_json::{Value, json};
use std::time::Duration;

use crate::client::{Aws, between, request, send, signed};
use crate::root_sessions::refused;

const TARGET: &str = "X-Amz-Target: AWSOrganizationsV20161128.DescribeOrganization\r\n";
const MANAGEMENT: &str = "AKIADEMOMANAGEMENT00";

#[tokio::test]
async fn the_caller_is_known_by_its_key() {
    let aws = Aws::demo().await;
    let answer = aws.query_as(Identity::Management, "sts", "GetCallerIdentity").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("Content-Type"), Some("text/xml"));
    let id = answer.header("x-amzn-RequestId").unwrap();
    assert_eq!(
        answer.body,
        format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
             <GetCallerIdentityResult>\
             <Arn>arn:aws:sts::111122223333:assumed-role/OrgAdmin/demo</Arn>\
             <UserId>AROADEMOMANAGEMENT00:demo</UserId><Account>111122223333</Account>\
             </GetCallerIdentityResult>\
             <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata>\
             </GetCallerIdentityResponse>"
        )
    );
    for (who, account) in [(Identity::DelegatedAdministrator, "222233334444"), (Identity::Member, "555500000204")] {
        let answer = aws.query_as(who, "sts", "GetCallerIdentity").await;
        assert_eq!(between(&answer.body, "<Account>", "</Account>"), account);
    }
}

#[tokio::test]
async fn the_caller_can_be_asked_for_with_get() {
    let aws = Aws::demo().await;
    let line = "GET /?Action=GetCallerIdentity&Version=2011-06-15";
    let by_header = request(line, &signed(MANAGEMENT, "sts"), "");
    let presigned = format!("{line}&X-Amz-Credential={MANAGEMENT}%2F20261122%2Fus-east-1%2Fsts%2Faws4_request");
    for text in [by_header, request(&presigned, "", "")] {
        let answer = aws.send(&text).await.unwrap();
        assert_eq!(between(&answer.body, "<Account>", "</Account>"), "111122223333");
    }
}

#[tokio::test]
async fn every_answer_has_a_real_date_a_request_id_and_its_content_type() {
    let aws = Aws::demo().await;
    aws.emulator.advance(Duration::from_hours(1_000));
    let organizations = aws.organizations("DescribeOrganization", &json!({})).await;
    let account = aws.account("getAccountInformation", &json!({})).await;
    let iam = aws.iam("ListOrganizationsFeatures").await;
    let types = ["application/x-amz-json-1.1", "application/json", "text/xml"];
    for (answer, content_type) in [organizations, account, iam].iter().zip(types) {
        assert_eq!(answer.header("Content-Type"), Some(content_type));
        assert_eq!(answer.header("x-amzn-RequestId").unwrap().len(), 36);
        let date = answer.header("Date").unwrap();
        let date = jiff::fmt::rfc2822::parse(date).unwrap().timestamp();
        let off = jiff::Timestamp::now().duration_since(date);
        assert!(off.abs() < jiff::SignedDuration::from_secs(60), "{off}");
    }
}

#[tokio::test]
async fn unsigned_requests_are_refused_in_the_words_of_their_service() {
    let aws = Aws::demo().await;
    for (line, headers, body, status, code) in [
        ("POST /", TARGET, "{}", 400, "MissingAuthenticationTokenException"),
        ("POST /getPrimaryEmail", "", "{}", 403, "MissingAuthenticationTokenException"),
        ("POST /", "", "Action=ListOrganizationsFeatures", 403, "MissingAuthenticationToken"),
        ("POST /", "", "Action=GetCallerIdentity", 403, "MissingAuthenticationToken"),
    ] {
        let answer = aws.send(&request(line, headers, body)).await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{line} {body}");
    }
}

#[tokio::test]
async fn unknown_keys_are_refused_in_the_words_of_their_service() {
    let aws = Aws::demo().await;
    let organizations = signed("AKIANOBODY", "organizations") + TARGET;
    let answer = aws.send(&request("POST /", &organizations, "{}")).await.unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.body,
        r#"{"__type":"UnrecognizedClientException","Message":"The security token included in the request is invalid."}"#
    );
    let account = request("POST /getPrimaryEmail", &signed("AKIANOBODY", "account"), "{}");
    let answer = aws.send(&account).await.unwrap();
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("x-amzn-ErrorType"), Some("UnrecognizedClientException"));
    assert_eq!(answer.body, r#"{"message":"The security token included in the request is invalid."}"#);
    let iam = request("POST /", &signed("AKIANOBODY", "iam"), "Action=ListOrganizationsFeatures");
    let answer = aws.send(&iam).await.unwrap();
    assert_eq!((answer.status, answer.code().as_str()), (403, "InvalidClientTokenId"));
}

#[tokio::test]
async fn unknown_operations_are_refused_in_the_words_of_their_service() {
    let aws = Aws::demo().await;
    let organizations = aws.organizations("ListHandshakesForAccount", &json!({})).await;
    assert_eq!(organizations.status, 400);
    assert_eq!(organizations.body, r#"{"__type":"UnknownOperationException"}"#);
    let account = aws.account("listRegions", &json!({})).await;
    assert_eq!((account.status, account.code().as_str()), (404, "UnknownOperationException"));
    for (service, action, code, message) in [
        ("iam", "ListUsers", "InvalidAction", "Could not find operation ListUsers for version 2010-05-08"),
        ("sts", "ListUsers", "InvalidAction", "Could not find operation ListUsers for version 2010-05-08"),
        ("iam", "", "MissingAction", "Missing Action"),
    ] {
        let answer = aws.query_as(Identity::Management, service, action).await;
        refused(&answer, 400, code, message);
    }
    // Without the parameter `Version`.
    let sts = aws.ask(Identity::Management, "sts", "ListUsers", &[]).await;
    refused(&sts, 400, "InvalidAction", "Could not find operation ListUsers for version NO_VERSION_SPECIFIED");
    let elsewhere = request("POST /", &signed(MANAGEMENT, "ec2"), "Action=DescribeInstances");
    assert_eq!(aws.send(&elsewhere).await.unwrap().status, 404);
}

#[tokio::test]
async fn a_body_that_is_no_document_is_refused() {
    let aws = Aws::demo().await;
    let headers = signed(MANAGEMENT, "organizations") + TARGET;
    for body in ["{", "[]", "null", "\"x\""] {
        let answer = aws.send(&request("POST /", &headers, body)).await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (400, "SerializationException"));
    }
    let wrong_type = aws.organizations("DescribeAccount", &json!({ "AccountId": 5 })).await;
    assert_eq!(wrong_type.code(), "SerializationException");
}

#[tokio::test]
async fn the_emulators_own_endpoints_are_for_programs_of_this_machine() {
    let aws = Aws::demo().await;
    let ask = |host: &str, more: &str| {
        format!("GET /_emulator/mail HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
    };
    for host in ["localhost:80", "127.0.0.1", "[::1]:80"] {
        let answer = aws.send(&ask(host, "")).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "[]"), "{host}");
    }
    for (host, more) in [
        ("rebound.example", ""),
        ("localhost.rebound.example:80", ""),
        ("localhost", "Origin: https://page.example\r\n"),
    ] {
        assert_eq!(aws.send(&ask(host, more)).await.unwrap().status, 403, "{host}");
    }
    let advance = request("POST /_emulator/advance?seconds=x", "", "");
    assert_eq!(aws.send(&advance).await.unwrap().status, 400);
    let nothing = request("GET /_emulator/advance?seconds=1", "", "");
    assert_eq!(aws.send(&nothing).await.unwrap().status, 404);
}

#[tokio::test]
async fn no_web_page_can_ask_a_service() {
    let aws = Aws::demo().await;
    let credential = format!("{MANAGEMENT}/20261122/us-east-1/sts/aws4_request").replace('/', "%2F");
    let form = format!("Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential={credential}");
    // What a page can send without being asked whether it may: a form in text.
    let ask = |host: &str, more: &str| {
        request("POST /", &format!("Content-Type: text/plain\r\n{more}"), &form).replace("127.0.0.1", host)
    };
    assert_eq!(aws.send(&ask("127.0.0.1", "")).await.unwrap().status, 200, "a program");
    assert_eq!(aws.send(&ask("localhost:80", "Sec-Fetch-Site: none\r\n")).await.unwrap().status, 200);
    let asked = aws.emulator.requests().len();
    for (host, more) in [
        ("rebound.example", ""),
        ("localhost.rebound.example:80", ""),
        ("127.0.0.1", "Origin: https://page.example\r\n"),
        ("127.0.0.1", "Origin: null\r\n"),
        ("127.0.0.1", "Sec-Fetch-Site: cross-site\r\n"),
        ("localhost", "Sec-Fetch-Site: same-site\r\n"),
    ] {
        assert_eq!(aws.send(&ask(host, more)).await.unwrap().status, 403, "{host} {more}");
    }
    let nameless = ask("x", "").replace("Host: x\r\n", "");
    assert_ne!(aws.send(&nameless).await.map(|answer| answer.status), Some(200));
    assert_eq!(aws.emulator.requests().len(), asked, "nothing of it came to a service");
}

#[tokio::test]
async fn the_mail_and_the_clock_can_be_reached_from_outside() {
    let aws = Aws::trusting("account.amazonaws.com").await;
    aws.start_change("444455558888", "root-x@corp.example").await;
    let answer = aws.send(&request("GET /_emulator/mail", "", "")).await.unwrap();
    let mail: Value = answer.json();
    assert_eq!(mail[0]["to"], "root-x@corp.example");
    let mut members: Vec<_> = mail[0].as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["body", "sent_at", "subject", "to"]);

    let day = request("POST /_emulator/advance?seconds=86400", "", "");
    assert_eq!(aws.send(&day).await.unwrap().status, 200);
    let late = aws.accept_change("444455558888", "root-x@corp.example", &aws.last_code()).await;
    assert!(late.body.contains("expired"), "{}", late.body);
}

#[tokio::test]
async fn requests_are_logged_in_order() {
    let aws = Aws::demo().await;
    aws.organizations("ListRoots", &json!({})).await;
    aws.account("getPrimaryEmail", &json!({ "AccountId": "444455558888" })).await;
    let log = aws.emulator.requests();
    let names: Vec<_> = log.iter().map(|(at, what)| (at.as_str(), what.as_str())).collect();
    assert_eq!(names, [("organizations", "ListRoots"), ("account", "GetPrimaryEmail")]);
}

#[tokio::test]
async fn it_listens_on_loopback_only_and_until_it_is_dropped() {
    let everywhere = Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() };
    assert!(matches!(start(everywhere).await, Err(StartError::NotLoopback(_))));
    for accounts in [0, 50_001] {
        let options = Options { accounts: Some(accounts), ..Options::default() };
        assert!(matches!(start(options).await, Err(StartError::Accounts(_))));
    }
    let aws = Aws::demo().await;
    let address = aws.emulator.address();
    let answered = aws.send(&request("GET /_emulator/mail", "", "")).await;
    assert!(answered.is_some());
    // A connection that nothing asks to close ends as well.
    let idle = "GET /_emulator/mail HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let idle = tokio::spawn(send(address, idle));
    tokio::time::sleep(Duration::from_millis(20)).await;
    drop(aws);
    let stopped = async {
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        idle.await.unwrap()
    };
    let idle = tokio::time::timeout(Duration::from_secs(5), stopped).await;
    assert_eq!(idle.unwrap().unwrap().status, 200);
}

#[tokio::test]
async fn the_shell_lines_point_here() {
    let aws = Aws::demo().await;
    let url = format!("http://127.0.0.1:{}", aws.emulator.address().port());
    assert_eq!(aws.emulator.endpoint_url(), url);
    assert_eq!(
        aws.emulator.shell_lines(),
        [
            format!("export AWS_ENDPOINT_URL={url}"),
            "export AWS_ACCESS_KEY_ID=AKIADEMOMANAGEMENT00".to_owned(),
            "export AWS_SECRET_ACCESS_KEY=demo/not/a/secret/demo/not/a/secret/demo".to_owned(),
            "export AWS_REGION=us-east-1".to_owned(),
            "export AWS_DEFAULT_REGION=us-east-1".to_owned(),
        ]
    );
}
