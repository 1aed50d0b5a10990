//! What goes out, and where to, for an organization outside this machine.

use std::sync::{Arc, Mutex};

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::SdkConfig;
use jiff::Timestamp;

use super::*;
use crate::aws::{s3, sqs, sts};
use crate::domain::policy_holder::PolicyHolder;
use crate::domain::request_limits::RequestLimits;
use crate::domain::root_change::RootChange;
use crate::domain::root_credentials::{AuditDepth, RootCredential};
use crate::domain::root_session::{SessionInfo, SessionKey};
use crate::domain::task_policy::TaskPolicy;

/// A request: its host and path, who signed it and for where, whose bucket it is for, and its body.
#[derive(Clone, Debug)]
struct Request {
    uri: String,
    authorization: String,
    token: Option<String>,
    owner: Option<String>,
    body: String,
}

/// Keeps what is sent and answers nothing.
#[derive(Clone, Debug, Default)]
struct Wire(Arc<Mutex<Vec<Request>>>);

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let header = |name: &str| request.headers().get(name).map(str::to_owned);
        self.0.lock().expect("a list").push(Request {
            uri: request.uri().to_owned(),
            authorization: header("authorization").unwrap_or_default(),
            token: header("x-amz-security-token"),
            owner: header("x-amz-expected-bucket-owner"),
            body: String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned(),
        });
        HttpConnectorFuture::ready(Err(ConnectorError::user("not sent".into())))
    }
}

impl Wire {
    fn clients(&self, region: &str, endpoint: Option<&str>) -> Clients {
        let connector = SharedHttpConnector::new(self.clone());
        let keys = Credentials::new("AKIACALLER", "callers-secret", None, None, "test");
        let mut config = SdkConfig::builder()
            .behavior_version(aws_config::BehaviorVersion::v2026_01_12())
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .http_client(http_client_fn(move |_, _| connector.clone()));
        config.set_endpoint_url(endpoint.map(str::to_owned));
        Clients::new(&config.build(), false, RequestLimits::default())
    }

    fn last(&self) -> Request {
        self.0.lock().expect("a list").last().cloned().expect("a request")
    }
}

fn key(task: TaskPolicy) -> SessionKey {
    SessionKey { account: "444455556666".parse().expect("an id"), task }
}

fn calls(clients: &Clients, task: TaskPolicy) -> RootCalls {
    let info = SessionInfo { key: key(task), expires: Timestamp::UNIX_EPOCH };
    let secret = || "sessions-secret".to_owned().into();
    let session = RootSession::new(info, "ASIASESSION".into(), secret(), "t0ken".to_owned().into());
    RootCalls::new(clients, &session, &Throttles::default())
}

#[tokio::test]
async fn sessions_are_opened_in_a_region_whatever_the_profile_says_and_in_the_callers_partition() {
    for (region, partition, host) in [
        ("eu-west-1", "aws", "sts.eu-west-1.amazonaws.com"),
        ("aws-global", "aws", "sts.us-east-1.amazonaws.com"),
        ("aws-cn-global", "aws-cn", "sts.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "sts.us-gov-west-1.amazonaws.com"),
    ] {
        let wire = Wire::default();
        let clients = wire.clients(region, None);
        let task = TaskPolicy::UnlockBucketPolicy;
        let opened = sts::assume_root(&clients, key(task), partition, 900, &Throttles::default()).await;
        assert!(opened.is_err());
        let request = wire.last();
        assert_eq!(request.uri, format!("https://{host}/"), "{region}");
        assert!(request.authorization.contains("Credential=AKIACALLER/"), "{request:?}");
        let arn =
            format!("TaskPolicyArn.arn=arn%3A{partition}%3Aiam%3A%3Aaws%3Apolicy%2Froot-task%2FS3UnlockBucketPolicy");
        for part in [arn.as_str(), "TargetPrincipal=444455556666", "DurationSeconds=900"] {
            assert!(request.body.contains(part), "{part}: {}", request.body);
        }
    }
}

#[tokio::test]
async fn nothing_in_a_member_account_names_a_user_or_is_signed_by_the_caller() {
    let wire = Wire::default();
    let calls = calls(&wire.clients("eu-central-1", None), TaskPolicy::DeleteRootCredentials);
    audit::audit(&calls, AuditDepth::Deep).await;
    let bucket = || PolicyHolder::Bucket { name: "our-bucket".into(), region: "ap-northeast-1".into() };
    let queue = || PolicyHolder::Queue { url: "https://q/444455556666/jobs".into(), region: "eu-west-1".into() };
    for change in [
        RootChange::DeleteCredential(RootCredential::Password),
        RootChange::DeleteCredential(RootCredential::AccessKey("AKIA1".into())),
        RootChange::DeleteCredential(RootCredential::SigningCertificate("C".into())),
        RootChange::DeleteCredential(RootCredential::MfaDevice("M".into())),
        RootChange::AllowPasswordRecovery,
        RootChange::ClosePasswordRecovery,
        RootChange::DeletePolicy(bucket()),
        RootChange::DeletePolicy(queue()),
        RootChange::PutPolicy(bucket(), "{}".into()),
        RootChange::PutPolicy(queue(), "{}".into()),
    ] {
        assert!(change::make(&calls, &change).await.is_err(), "{change:?}");
    }
    let requests = wire.0.lock().expect("a list").clone();
    assert_eq!(requests.len(), 6 + 10, "{requests:#?}");
    for request in requests {
        assert!(request.authorization.contains("Credential=ASIASESSION/"), "{request:?}");
        assert_eq!(request.token.as_deref(), Some("t0ken"));
        assert!(!request.body.contains("UserName") && !request.body.contains("Password="), "{request:?}");
    }
}

#[tokio::test]
async fn policies_are_changed_in_their_own_region_and_only_in_buckets_of_the_account() {
    let wire = Wire::default();
    let calls = calls(&wire.clients("us-east-1", None), TaskPolicy::UnlockBucketPolicy);
    let bucket = || PolicyHolder::Bucket { name: "our-bucket".into(), region: "ap-northeast-1".into() };
    let queue = || PolicyHolder::Queue { url: "https://q/444455556666/jobs".into(), region: "eu-west-1".into() };
    for change in [RootChange::DeletePolicy(bucket()), RootChange::PutPolicy(bucket(), "{}".into())] {
        change::make(&calls, &change).await.expect_err("not sent");
        let request = wire.last();
        assert!(request.uri.starts_with("https://our-bucket.s3.ap-northeast-1.amazonaws.com/?policy"), "{request:?}");
        assert!(request.authorization.contains("/ap-northeast-1/s3/aws4_request"), "{request:?}");
        assert_eq!(request.owner.as_deref(), Some("444455556666"), "{change:?}");
    }
    for change in [RootChange::DeletePolicy(queue()), RootChange::PutPolicy(queue(), "{}".into())] {
        change::make(&calls, &change).await.expect_err("not sent");
        let request = wire.last();
        assert!(request.uri.starts_with("https://sqs.eu-west-1.amazonaws.com/"), "{request:?}");
        assert!(request.authorization.contains("/eu-west-1/sqs/aws4_request"), "{request:?}");
    }
}

#[tokio::test]
async fn buckets_and_queues_are_asked_in_their_own_region() {
    let wire = Wire::default();
    let clients = wire.clients("aws-global", None);
    let calls = calls(&clients, TaskPolicy::UnlockBucketPolicy);
    s3::buckets(&calls).await.expect_err("not sent");
    let request = wire.last();
    assert!(request.uri.starts_with("https://s3.us-east-1.amazonaws.com/?"), "{request:?}");
    assert!(request.uri.contains("max-buckets=1000"), "{request:?}");
    s3::policy(&calls, "our-bucket", "ap-northeast-1").await.expect_err("not sent");
    let request = wire.last();
    assert!(request.uri.starts_with("https://our-bucket.s3.ap-northeast-1.amazonaws.com/?policy"), "{request:?}");
    assert!(request.authorization.contains("/ap-northeast-1/s3/aws4_request"), "{request:?}");
    assert!(request.authorization.contains("x-amz-expected-bucket-owner"), "{request:?}");
    sqs::queues(&calls, "eu-west-1").await.expect_err("not sent");
    let request = wire.last();
    assert!(request.uri.starts_with("https://sqs.eu-west-1.amazonaws.com/"), "{request:?}");
    assert!(request.authorization.contains("/eu-west-1/sqs/aws4_request"), "{request:?}");
    assert!(request.body.contains("\"MaxResults\":1000"), "{request:?}");
}

#[tokio::test]
async fn only_stand_ins_for_aws_are_asked_for_buckets_by_path() {
    for (endpoint, uri) in [
        ("http://localhost:4566", "http://localhost:4566/our-bucket/?policy"),
        ("https://s3.us-east-1.amazonaws.com", "https://our-bucket.s3.us-east-1.amazonaws.com/?policy"),
    ] {
        let wire = Wire::default();
        let calls = calls(&wire.clients("us-east-1", Some(endpoint)), TaskPolicy::UnlockBucketPolicy);
        s3::policy(&calls, "our-bucket", "us-east-1").await.expect_err("not sent");
        let sent = wire.last().uri.replace("/?policy", "?policy");
        assert!(sent.starts_with(&uri.replace("/?policy", "?policy")), "{sent}");
    }
}

#[test]
fn debug_tells_no_secret() {
    let clients = Wire::default().clients("us-east-1", None);
    let text = format!("{:?}", calls(&clients, TaskPolicy::AuditRootCredentials));
    assert!(!text.contains("sessions-secret") && !text.contains("t0ken"), "{text}");
}
