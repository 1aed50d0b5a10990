use super::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn options(endpoint: String) -> SessionOptions {
    SessionOptions {
        endpoint_url: Some(endpoint),
        fixed: Some(FixedCredentials {
            access_key_id: "AKIAROOTDECKDEMO".into(),
            secret_access_key: SecretString::from("demo"),
        }),
        ..SessionOptions::default()
    }
}

/// Answers every request with `status` and `body`; the requests it got.
async fn serve(status: &'static str, body: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 16 * 1024];
        let length = stream.read(&mut request).await.expect("a request");
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/xml\r\nx-amzn-requestid: req-1\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + body).as_bytes()).await.expect("an answer");
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    (url, served)
}

#[tokio::test]
async fn the_caller_is_what_sts_says_and_the_program_says_its_name() {
    let (url, served) = serve(
        "200 OK",
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::111122223333:user/alice</Arn><UserId>AIDA</UserId><Account>111122223333</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>",
    )
    .await;
    let session = Session::connect(options(url.clone())).await.expect("a session");
    assert_eq!(session.caller().arn, "arn:aws:iam::111122223333:user/alice");
    assert_eq!(session.endpoint_override(), Some(url.as_str()));
    assert_eq!((session.connection().region.as_str(), session.connection().region_assumed), ("us-east-1", true));
    let request = served.await.expect("a request").to_lowercase();
    assert!(request.contains(concat!("app/rootdeck-", env!("CARGO_PKG_VERSION"))), "{request}");
    assert!(request.contains("credential=akiarootdeckdemo/"), "{request}");
}

#[tokio::test]
async fn keys_that_aws_does_not_know_are_invalid_credentials() {
    let (url, _served) = serve(
        "403 Forbidden",
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message>\
         </Error><RequestId>req-1</RequestId></ErrorResponse>",
    )
    .await;
    let error = Session::connect(options(url)).await.expect_err("unknown keys");
    assert_eq!(error.kind, ApiErrorKind::InvalidCredentials);
    assert_eq!(error.code.as_deref(), Some("InvalidClientTokenId"));
    assert_eq!(error.request_id.as_deref(), Some("req-1"));
}

#[test]
fn a_global_region_is_replaced_by_a_real_one() {
    assert_eq!(endpoint::real_region("aws-global"), "us-east-1");
    assert_eq!(endpoint::real_region("eu-central-1"), "eu-central-1");
}

#[test]
fn secrets_stay_out_of_debug_output() {
    let debug = format!("{:?}", options("http://127.0.0.1:1".into()));
    assert!(!debug.contains("\"demo\""), "{debug}");
}

#[test]
fn the_log_has_no_address_of_the_caller() {
    let role = "arn:aws:sts::111122223333:assumed-role/OrgAdmin/alice@corp.example";
    assert_eq!(without_addresses(role), "arn:aws:sts::111122223333:assumed-role/OrgAdmin/*");
    let user = "arn:aws:iam::111122223333:user/ops/alice";
    assert_eq!(without_addresses(user), user);
}
