//! Root sessions that unlock buckets and queues.

use rootdeck::emulator::Identity;
use serde_json::{Value, json};

use crate::client::{Answer, Aws, between, request, signed};
use crate::root_sessions::{AUDIT, Root, refused};

const BUCKETS: &str = "S3UnlockBucketPolicy";
const QUEUES: &str = "SQSUnlockQueuePolicy";
/// `shop-prod`, which has a bucket and a queue that are locked by their policies.
const SHOP: &str = "555500000103";
const EXPORTS: (&str, &str) = ("shop-prod-order-exports", "ap-northeast-1");
const ORDERS: (&str, &str) = ("shop-prod-orders", "eu-west-1");
/// Under a service control policy that denies root everything.
const CANARY: &str = "666600000001";
/// Under the same with the exemption for root sessions.
const LOG_ARCHIVE: &str = "222233335555";

fn headers(root: &Root, service: &str, region: &str) -> String {
    signed(&root.key, service).replace("eu-north-1", region) + &format!("X-Amz-Security-Token: {}\r\n", root.token)
}

async fn s3(aws: &Aws, root: &Root, region: &str, line: &str, body: &str) -> Answer {
    let headers = headers(root, "s3", region) + "x-amz-checksum-crc32: AAAAAA==\r\n";
    aws.send(&request(line, &headers, body)).await.unwrap()
}

async fn sqs(aws: &Aws, root: &Root, region: &str, operation: &str, input: &Value) -> Answer {
    let headers = headers(root, "sqs", region) + &format!("X-Amz-Target: AmazonSQS.{operation}\r\n");
    aws.send(&request("POST /", &headers, &input.to_string())).await.unwrap()
}

fn orders(aws: &Aws) -> String {
    format!("{}/{SHOP}/{}", aws.emulator.endpoint_url(), ORDERS.0)
}

#[tokio::test]
async fn root_takes_away_a_bucket_policy_that_locks_everyone_out_and_puts_it_back() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(SHOP, BUCKETS).await;
    let listed = s3(&aws, &root, "us-east-1", "GET /?max-buckets=100", "").await;
    let (_, exports) = listed.body.split_once(EXPORTS.0).unwrap();
    assert_eq!(between(exports, "<BucketRegion>", "</BucketRegion>"), EXPORTS.1);
    let policy = format!("/{}?policy", EXPORTS.0);
    let locking = s3(&aws, &root, EXPORTS.1, &format!("GET {policy}"), "").await;
    assert_eq!(locking.status, 200);
    assert!(locking.body.contains(r#""Effect":"Deny","Principal":"*","Action":"s3:*""#), "{}", locking.body);
    for region in ["us-east-1", "eu-west-1"] {
        assert_eq!(s3(&aws, &root, region, &format!("DELETE {policy}"), "").await.status, 301);
    }
    assert_eq!(s3(&aws, &root, EXPORTS.1, &format!("DELETE {policy}"), "").await.status, 204);
    let gone = s3(&aws, &root, EXPORTS.1, &format!("GET {policy}"), "").await;
    refused(&gone, 404, "NoSuchBucketPolicy", "The bucket policy does not exist");
    assert_eq!(s3(&aws, &root, EXPORTS.1, &format!("PUT {policy}"), &locking.body).await.status, 204);
    assert_eq!(s3(&aws, &root, EXPORTS.1, &format!("GET {policy}"), "").await.body, locking.body);
}

#[tokio::test]
async fn root_takes_away_a_queue_policy_that_locks_everyone_out() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(SHOP, QUEUES).await;
    let listed = sqs(&aws, &root, ORDERS.1, "ListQueues", &json!({})).await.json();
    assert_eq!(listed["QueueUrls"], json!([orders(&aws), format!("{}-failed", orders(&aws))]));
    let found = sqs(&aws, &root, ORDERS.1, "GetQueueUrl", &json!({ "QueueName": ORDERS.0 })).await.json();
    assert_eq!(found["QueueUrl"], orders(&aws));
    let question = json!({ "QueueUrl": orders(&aws), "AttributeNames": ["Policy"] });
    let locking = sqs(&aws, &root, ORDERS.1, "GetQueueAttributes", &question).await.json();
    let policy = locking["Attributes"]["Policy"].as_str().unwrap();
    assert!(policy.contains(r#""Effect":"Deny","Principal":"*","Action":"sqs:*""#), "{policy}");
    for (policy, after) in [("", json!({})), (policy, locking.clone())] {
        let change = json!({ "QueueUrl": orders(&aws), "Attributes": { "Policy": policy } });
        assert_eq!(sqs(&aws, &root, ORDERS.1, "SetQueueAttributes", &change).await.status, 200);
        assert_eq!(sqs(&aws, &root, ORDERS.1, "GetQueueAttributes", &question).await.json(), after);
    }
}

#[tokio::test]
async fn pages_of_queues_lead_to_the_end() {
    let aws = Aws::with_root_access().await;
    let root = aws.root(SHOP, QUEUES).await;
    let page = async |token: Option<&str>| {
        let input = json!({ "MaxResults": 1, "NextToken": token });
        sqs(&aws, &root, ORDERS.1, "ListQueues", &input).await.json()
    };
    let first = page(None).await;
    assert_eq!(first["QueueUrls"], json!([orders(&aws)]));
    let second = page(first["NextToken"].as_str()).await;
    assert_eq!(second["QueueUrls"], json!([format!("{}-failed", orders(&aws))]));
    assert_eq!(second["NextToken"], Value::Null);
}

#[tokio::test]
async fn a_root_session_does_what_its_task_is_about_and_nothing_else() {
    let aws = Aws::with_root_access().await;
    let denied = |action: &str, on: &str| {
        format!(
            "User: arn:aws:iam::{SHOP}:root is not authorized to perform: {action}{on} with an explicit deny in \
             a session policy"
        )
    };
    let unquoted = |answer: &Answer| between(&answer.body, "<Message>", "</Message>").replace("&quot;", "\"");
    let buckets = aws.root(SHOP, BUCKETS).await;
    let on_exports = format!(" on resource: \"arn:aws:s3:::{}\"", EXPORTS.0);
    for (line, action) in [
        (format!("GET /{}?location", EXPORTS.0), "s3:GetBucketLocation"),
        (format!("GET /{}", EXPORTS.0), "s3:ListBucket"),
        (format!("GET /{}/key", EXPORTS.0), "s3:GetObject"),
        (format!("DELETE /{}", EXPORTS.0), "s3:DeleteBucket"),
    ] {
        let answer = s3(&aws, &buckets, EXPORTS.1, &line, "").await;
        assert_eq!((answer.status, unquoted(&answer)), (403, denied(action, &on_exports)), "{line}");
    }
    let head = s3(&aws, &buckets, EXPORTS.1, &format!("HEAD /{}", EXPORTS.0), "").await;
    assert_eq!((head.status, head.body.as_str()), (403, ""));
    let queues = sqs(&aws, &buckets, ORDERS.1, "ListQueues", &json!({})).await;
    let on = format!(" on resource: arn:aws:sqs:eu-west-1:{SHOP}:");
    assert_eq!((queues.status, queues.json()["message"].as_str()), (403, Some(&*denied("sqs:listqueues", &on))));

    for task in [QUEUES, AUDIT] {
        let other = aws.root(SHOP, task).await;
        let answer = s3(&aws, &other, EXPORTS.1, &format!("GET /{}?policy", EXPORTS.0), "").await;
        assert_eq!((answer.status, unquoted(&answer)), (403, denied("s3:GetBucketPolicy", &on_exports)), "{task}");
        let answer = s3(&aws, &other, "us-east-1", "GET /", "").await;
        assert_eq!((answer.status, unquoted(&answer)), (403, denied("s3:ListAllMyBuckets", "")), "{task}");
    }
    let queues = aws.root(SHOP, QUEUES).await;
    for operation in ["SendMessage", "PurgeQueue", "DeleteQueue"] {
        let answer = sqs(&aws, &queues, ORDERS.1, operation, &json!({ "QueueUrl": orders(&aws) })).await;
        assert_eq!(answer.status, 403, "{operation}");
    }
}

#[tokio::test]
async fn root_of_one_account_reaches_no_bucket_or_queue_of_another() {
    let aws = Aws::with_root_access().await;
    let buckets = aws.root(LOG_ARCHIVE, BUCKETS).await;
    let foreign = s3(&aws, &buckets, EXPORTS.1, &format!("DELETE /{}?policy", EXPORTS.0), "").await;
    refused(&foreign, 403, "AccessDenied", "Access Denied");
    let queues = aws.root(LOG_ARCHIVE, QUEUES).await;
    let question = json!({ "QueueUrl": orders(&aws), "AttributeNames": ["Policy"], "Attributes": { "Policy": "" } });
    for operation in ["GetQueueAttributes", "SetQueueAttributes"] {
        let answer = sqs(&aws, &queues, ORDERS.1, operation, &question).await;
        assert_eq!(answer.json()["__type"], "com.amazon.coral.service#AccessDeniedException", "{operation}");
    }
    let by_name = json!({ "QueueName": ORDERS.0, "QueueOwnerAWSAccountId": SHOP });
    let answer = sqs(&aws, &queues, ORDERS.1, "GetQueueUrl", &by_name).await;
    assert_eq!(answer.json()["__type"], "com.amazonaws.sqs#QueueDoesNotExist");
}

#[tokio::test]
async fn a_service_control_policy_that_denies_root_holds_here_too() {
    let aws = Aws::with_root_access().await;
    let by_scp = "with an explicit deny in a service control policy";
    let canary = aws.root(CANARY, BUCKETS).await;
    let answer = s3(&aws, &canary, "us-east-1", "GET /?max-buckets=10", "").await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains(by_scp), "{}", answer.body);
    let canary = aws.root(CANARY, QUEUES).await;
    let answer = sqs(&aws, &canary, "us-east-1", "ListQueues", &json!({})).await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains(by_scp), "{}", answer.body);
    let exempted = aws.root(LOG_ARCHIVE, BUCKETS).await;
    assert_eq!(s3(&aws, &exempted, "us-east-1", "GET /?max-buckets=10", "").await.status, 200);
}

#[tokio::test]
async fn only_root_is_let_past_the_policy_of_its_bucket() {
    let aws = Aws::with_root_access().await;
    let account = "555500000204";
    let locking = "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\
                   \"Resource\":\"arn:aws:s3:::mobile-stg-uploads\"}}";
    let root = aws.root(account, BUCKETS).await;
    assert_eq!(s3(&aws, &root, "us-west-2", "PUT /mobile-stg-uploads?policy", locking).await.status, 204);
    let key = aws.emulator.access_key(Identity::Member).id;
    let as_member = signed(&key, "s3").replace("eu-north-1", "us-west-2");
    let member = async |line: &str| aws.send(&request(line, &as_member, "")).await.unwrap();
    for line in ["GET /mobile-stg-uploads?policy", "DELETE /mobile-stg-uploads?policy"] {
        assert_eq!(member(line).await.status, 403, "{line}");
    }
    assert_eq!(s3(&aws, &root, "us-west-2", "DELETE /mobile-stg-uploads?policy", "").await.status, 204);
    assert_eq!(member("GET /mobile-stg-uploads?policy").await.status, 404);
}
