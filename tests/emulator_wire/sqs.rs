//! Queue policies, and the region every queue has.

use std::time::Duration;

use rootdeck::emulator::{Identity, InjectedFaultKind, InjectedFaultRule, Occurrence, Options};
use serde_json::{Value, json};

use crate::client::{Answer, Aws, request, signed};

/// The region of the queue `mobile-stg-push` of [`Identity::Member`]'s account, its only one.
const HOME: &str = "us-west-2";
const ARN: &str = "arn:aws:sqs:us-west-2:555500000204:mobile-stg-push";

async fn call_as(aws: &Aws, key: &str, region: &str, operation: &str, input: &Value) -> Answer {
    let headers = signed(key, "sqs").replace("eu-north-1", region)
        + &format!("X-Amz-Target: AmazonSQS.{operation}\r\n")
        + "Content-Type: application/x-amz-json-1.0\r\nx-amzn-query-mode: true\r\n";
    aws.send(&request("POST /", &headers, &input.to_string())).await.unwrap()
}

async fn call(aws: &Aws, region: &str, operation: &str, input: &Value) -> Answer {
    let key = aws.emulator.access_key(Identity::Member).id;
    call_as(aws, &key, region, operation, input).await
}

/// As the emulator writes it.
fn url(aws: &Aws) -> String {
    format!("{}/555500000204/mobile-stg-push", aws.emulator.endpoint_url())
}

async fn set(aws: &Aws, policy: &str) -> Answer {
    let input = json!({ "QueueUrl": url(aws), "Attributes": { "Policy": policy } });
    call(aws, HOME, "SetQueueAttributes", &input).await
}

/// The answer to a question for the policy alone.
async fn policy(aws: &Aws) -> Value {
    let input = json!({ "QueueUrl": url(aws), "AttributeNames": ["Policy"] });
    let answer = call(aws, HOME, "GetQueueAttributes", &input).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// Status, the code of old, and the code of today without its namespace.
fn error(answer: &Answer) -> (u16, String, String) {
    let code = answer.json()["__type"].as_str().unwrap().to_owned();
    let code = code.split_once('#').unwrap().1.to_owned();
    (answer.status, answer.header("x-amzn-query-error").unwrap().to_owned(), code)
}

fn is(status: u16, of_old: &str, code: &str) -> (u16, String, String) {
    (status, of_old.to_owned(), code.to_owned())
}

fn statement(effect: &str, principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Principal":"{principal}","Action":"sqs:*","Resource":"{ARN}"}}]}}"#
    )
}

#[tokio::test]
async fn a_queue_is_listed_and_found_in_its_own_region_only() {
    let aws = Aws::demo().await;
    let listed = call(&aws, HOME, "ListQueues", &json!({})).await;
    assert_eq!(listed.header("Content-Type"), Some("application/x-amz-json-1.0"));
    assert_eq!(listed.header("x-amzn-RequestId").unwrap().len(), 36);
    assert_eq!(listed.json(), json!({ "QueueUrls": [url(&aws)] }));
    assert_eq!(call(&aws, "eu-west-1", "ListQueues", &json!({})).await.json(), json!({}));
    let name = json!({ "QueueName": "mobile-stg-push" });
    assert_eq!(call(&aws, HOME, "GetQueueUrl", &name).await.json(), json!({ "QueueUrl": url(&aws) }));
    let elsewhere = call(&aws, "eu-west-1", "GetQueueUrl", &name).await;
    assert_eq!(error(&elsewhere), is(400, "AWS.SimpleQueueService.NonExistentQueue;Sender", "QueueDoesNotExist"));
    assert_eq!(
        elsewhere.json(),
        json!({ "__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "The specified queue does not exist." })
    );
}

#[tokio::test]
async fn a_listing_can_be_narrowed_and_comes_in_pages_only_if_asked_to() {
    let aws = Aws::with(Options { accounts: Some(20), ..Options::default() }).await;
    let list = async |input: Value| call(&aws, "us-east-1", "ListQueues", &input).await;
    let everything = list(json!({})).await.json();
    assert_eq!(everything["QueueUrls"].as_array().unwrap().len(), 1);
    assert_eq!(everything["NextToken"], Value::Null);
    assert_eq!(list(json!({ "QueueNamePrefix": "x" })).await.json(), json!({}));
    assert_eq!(list(json!({ "QueueNamePrefix": "ev", "MaxResults": 1000 })).await.json(), everything);
    for input in [json!({ "MaxResults": 0 }), json!({ "MaxResults": 1001 }), json!({ "NextToken": "x" })] {
        let refused = error(&list(input).await);
        assert_eq!(refused, is(400, "InvalidParameterValue;Sender", "InvalidParameterValueException"));
    }
}

#[tokio::test]
async fn the_policy_of_a_queue_comes_back_byte_for_byte_and_an_empty_one_takes_it_away() {
    let aws = Aws::demo().await;
    assert_eq!(policy(&aws).await, json!({}));
    let text = statement("Allow", "*").replace("\"Statement\"", " \r\n\"Id\" : \"覚え書き\",\"Statement\"");
    let answer = set(&aws, &text).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(policy(&aws).await, json!({ "Attributes": { "Policy": text } }));
    assert_eq!(set(&aws, "").await.status, 200);
    assert_eq!(policy(&aws).await, json!({}));
}

#[tokio::test]
async fn attributes_come_as_they_are_asked_for() {
    let aws = Aws::demo().await;
    let ask = async |names: Value| {
        call(&aws, HOME, "GetQueueAttributes", &json!({ "QueueUrl": url(&aws), "AttributeNames": names })).await
    };
    assert_eq!(ask(Value::Null).await.json(), json!({}));
    assert_eq!(ask(json!(["QueueArn", "Policy"])).await.json(), json!({ "Attributes": { "QueueArn": ARN } }));
    let all = ask(json!(["All"])).await.json();
    assert_eq!(all["Attributes"]["QueueArn"], ARN);
    assert_eq!(all["Attributes"]["CreatedTimestamp"], "1654648829");
    let unknown = ask(json!(["Colour"])).await;
    assert_eq!(error(&unknown), is(400, "InvalidAttributeName;Sender", "InvalidAttributeName"));
}

#[tokio::test]
async fn a_policy_that_is_none_is_refused_and_the_old_one_stays() {
    let aws = Aws::demo().await;
    let kept = statement("Allow", "*");
    assert_eq!(set(&aws, &kept).await.status, 200);
    let elsewhere = kept.replace("mobile-stg-push", "other");
    for text in ["{}", "x", " ", "[]", elsewhere.as_str(), "{\"Statement\":[]}"] {
        let answer = set(&aws, text).await;
        assert_eq!(error(&answer), is(400, "InvalidAttributeValue;Sender", "InvalidAttributeValue"), "{text}");
        assert_eq!(answer.json()["message"], "Invalid value for the parameter Policy.");
    }
    for (attributes, of_old) in [
        (json!({ "QueueArn": "x" }), "InvalidAttributeName;Sender"),
        (json!({ "Policy": "", "VisibilityTimeout": "5" }), "AWS.SimpleQueueService.UnsupportedOperation;Sender"),
        (json!({}), "MissingParameter;Sender"),
        (Value::Null, "MissingParameter;Sender"),
    ] {
        let input = json!({ "QueueUrl": url(&aws), "Attributes": attributes });
        assert_eq!(error(&call(&aws, HOME, "SetQueueAttributes", &input).await).1, of_old);
    }
    assert_eq!(policy(&aws).await["Attributes"]["Policy"], kept);
}

#[tokio::test]
async fn a_queue_url_is_of_any_host_but_of_no_other_region() {
    let aws = Aws::demo().await;
    let ask = async |region: &str, url: &str| {
        let input = json!({ "QueueUrl": url, "AttributeNames": ["QueueArn"] });
        call(&aws, region, "GetQueueAttributes", &input).await
    };
    for good in [
        "https://sqs.us-west-2.amazonaws.com/555500000204/mobile-stg-push",
        "http://127.0.0.1:4566/555500000204/mobile-stg-push",
    ] {
        assert_eq!(ask(HOME, good).await.json()["Attributes"]["QueueArn"], ARN, "{good}");
    }
    for (region, bad) in [
        ("eu-west-1", "https://sqs.us-west-2.amazonaws.com/555500000204/mobile-stg-push"),
        (HOME, "mobile-stg-push"),
        (HOME, "http://127.0.0.1/5555/mobile-stg-push"),
    ] {
        assert_eq!(error(&ask(region, bad).await), is(400, "InvalidAddress;Sender", "InvalidAddress"), "{bad}");
    }
    let by_host_alone = ask("eu-west-1", &url(&aws)).await;
    assert_eq!(error(&by_host_alone).2, "QueueDoesNotExist");
    let none = call(&aws, HOME, "GetQueueAttributes", &json!({})).await;
    assert_eq!(error(&none), is(400, "MissingParameter;Sender", "MissingRequiredParameterException"));
}

#[tokio::test]
async fn a_policy_can_lock_out_those_of_its_own_account() {
    let aws = Aws::demo().await;
    assert_eq!(set(&aws, &statement("Deny", "*")).await.status, 200);
    let refused = set(&aws, "").await;
    assert_eq!(error(&refused), is(403, "AccessDenied;Sender", "AccessDeniedException"));
    assert_eq!(
        refused.json()["message"],
        "User: arn:aws:sts::555500000204:assumed-role/Developer/demo is not authorized to perform: \
         sqs:setqueueattributes on resource: arn:aws:sqs:us-west-2:555500000204:mobile-stg-push with an explicit \
         deny in a resource-based policy"
    );
    assert_eq!(call(&aws, HOME, "ListQueues", &json!({})).await.status, 200);
}

#[tokio::test]
async fn other_accounts_may_what_the_policy_allows_except_changing_it() {
    let aws = Aws::demo().await;
    let management = aws.emulator.access_key(Identity::Management).id;
    let whose = json!({ "QueueName": "mobile-stg-push", "QueueOwnerAWSAccountId": "555500000204" });
    let of_queue = json!({ "QueueUrl": url(&aws), "AttributeNames": ["QueueArn"], "Attributes": { "Policy": "" } });
    let hidden = call_as(&aws, &management, HOME, "GetQueueUrl", &whose).await;
    assert_eq!(error(&hidden).2, "QueueDoesNotExist");
    let closed = call_as(&aws, &management, HOME, "GetQueueAttributes", &of_queue).await;
    assert_eq!(error(&closed).2, "AccessDeniedException");
    assert_eq!(set(&aws, &statement("Allow", "*")).await.status, 200);
    assert_eq!(call_as(&aws, &management, HOME, "GetQueueUrl", &whose).await.status, 200);
    assert_eq!(call_as(&aws, &management, HOME, "GetQueueAttributes", &of_queue).await.status, 200);
    let change = call_as(&aws, &management, HOME, "SetQueueAttributes", &of_queue).await;
    assert_eq!(error(&change).2, "AccessDeniedException");
}

#[tokio::test]
async fn a_changed_policy_is_seen_when_its_delay_is_over() {
    let aws = Aws::with(Options { queue_policy_delay: Duration::from_mins(1), ..Options::default() }).await;
    let text = statement("Allow", "*");
    assert_eq!(set(&aws, &text).await.status, 200);
    assert_eq!(policy(&aws).await, json!({}));
    aws.emulator.advance(Duration::from_mins(1));
    assert_eq!(policy(&aws).await["Attributes"]["Policy"], text);
}

#[tokio::test]
async fn refusals_and_faults_come_in_the_words_of_sqs() {
    let aws = Aws::demo().await;
    let unsigned = request("POST /", "X-Amz-Target: AmazonSQS.ListQueues\r\n", "{}");
    let answer = aws.send(&unsigned).await.unwrap();
    assert_eq!(error(&answer), is(403, "MissingAuthenticationToken;Sender", "MissingAuthenticationTokenException"));
    let answer = call_as(&aws, "AKIANOBODY", HOME, "ListQueues", &json!({})).await;
    assert_eq!(error(&answer), is(403, "InvalidClientTokenId;Sender", "UnrecognizedClientException"));
    let answer = call(&aws, HOME, "CreateQueue", &json!({})).await;
    assert_eq!(error(&answer), is(400, "InvalidAction;Sender", "UnknownOperationException"));
    for (kind, expected) in [
        (InjectedFaultKind::Throttle, is(400, "RequestThrottled;Sender", "RequestThrottled")),
        (InjectedFaultKind::InternalError, is(500, "InternalFailure;Receiver", "InternalFailure")),
        (InjectedFaultKind::AccessDenied, is(403, "AccessDenied;Sender", "AccessDeniedException")),
        (InjectedFaultKind::ExpiredToken, is(403, "ExpiredToken;Sender", "ExpiredTokenException")),
    ] {
        let operation = Some("ListQueues".to_owned());
        aws.emulator.inject(InjectedFaultRule { operation, kind, when: Occurrence::Next(1) });
        assert_eq!(error(&call(&aws, HOME, "ListQueues", &json!({})).await), expected);
    }
    let wrong_type = call(&aws, HOME, "GetQueueUrl", &json!({ "QueueName": 5 })).await;
    assert_eq!(error(&wrong_type).2, "SerializationException");
}
