//! SQS in awsQuery, and requests that go to the URL of their queue.

use rootdeck::emulator::Identity;
use serde_json::{Value, json};

use crate::client::{Answer, Aws, between, request, signed};

const REGION: &str = "us-west-2";
const QUEUE: &str = "/555500000204/mobile-stg-push";

/// To `path`, as a form.
async fn ask(aws: &Aws, path: &str, action: &str, parameters: &[(&str, &str)]) -> Answer {
    let key = aws.emulator.access_key(Identity::Member).id;
    let headers = signed(&key, "sqs").replace("eu-north-1", REGION)
        + "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n";
    let encoded = |value: &str| value.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    let parameters = parameters.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
    let body = format!("Action={action}&Version=2012-11-05{}", parameters.collect::<String>());
    aws.send(&request(&format!("POST {path}"), &headers, &body)).await.unwrap()
}

/// To `path`, in JSON.
async fn ask_in_json(aws: &Aws, path: &str, operation: &str, input: &Value) -> Answer {
    let key = aws.emulator.access_key(Identity::Member).id;
    let headers =
        signed(&key, "sqs").replace("eu-north-1", REGION) + &format!("X-Amz-Target: AmazonSQS.{operation}\r\n");
    aws.send(&request(&format!("POST {path}"), &headers, &input.to_string())).await.unwrap()
}

/// Of a right answer, which is nothing else.
fn result(answer: &Answer, action: &str) -> String {
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("text/xml")), "{}", answer.body);
    let id = answer.header("x-amzn-RequestId").unwrap();
    let start =
        format!("<?xml version=\"1.0\"?><{action}Response xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">");
    let end = format!("<ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{action}Response>");
    between(&answer.body, &start, &end).to_owned()
}

fn url(aws: &Aws) -> String {
    format!("{}{QUEUE}", aws.emulator.endpoint_url())
}

#[tokio::test]
async fn queues_are_listed_and_found_by_forms() {
    let aws = Aws::demo().await;
    let listed = ask(&aws, "/", "ListQueues", &[("QueueNamePrefix", "mobile")]).await;
    let expected = format!("<ListQueuesResult><QueueUrl>{}</QueueUrl></ListQueuesResult>", url(&aws));
    assert_eq!(result(&listed, "ListQueues"), expected);
    let none = ask(&aws, "/", "ListQueues", &[("QueueNamePrefix", "x")]).await;
    assert_eq!(result(&none, "ListQueues"), "<ListQueuesResult></ListQueuesResult>");
    let found = ask(&aws, "/", "GetQueueUrl", &[("QueueName", "mobile-stg-push")]).await;
    let expected = format!("<GetQueueUrlResult><QueueUrl>{}</QueueUrl></GetQueueUrlResult>", url(&aws));
    assert_eq!(result(&found, "GetQueueUrl"), expected);
}

#[tokio::test]
async fn a_policy_is_set_and_read_at_the_queues_url_in_both_protocols() {
    let aws = Aws::demo().await;
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"arn:aws:sqs:us-west-2:555500000204:mobile-stg-push","Condition":{"StringEquals":{"a":"<b>&"}}}]}"#;
    let set = [("Attribute.1.Name", "Policy"), ("Attribute.1.Value", policy)];
    assert_eq!(result(&ask(&aws, QUEUE, "SetQueueAttributes", &set).await, "SetQueueAttributes"), "");
    let read = ask(&aws, QUEUE, "GetQueueAttributes", &[("AttributeName.1", "Policy")]).await;
    let escaped = policy.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    assert_eq!(
        result(&read, "GetQueueAttributes"),
        format!(
            "<GetQueueAttributesResult><Attribute><Name>Policy</Name><Value>{escaped}</Value></Attribute>\
             </GetQueueAttributesResult>"
        )
    );
    let of_queue = json!({ "QueueUrl": url(&aws), "AttributeNames": ["Policy"] });
    let read = ask_in_json(&aws, QUEUE, "GetQueueAttributes", &of_queue).await;
    assert_eq!(read.json()["Attributes"]["Policy"], policy);
    let taken = json!({ "QueueUrl": url(&aws), "Attributes": { "Policy": "" } });
    assert_eq!(ask_in_json(&aws, QUEUE, "SetQueueAttributes", &taken).await.status, 200);
    // The parameter counts, as with AWS's own endpoint.
    let read = ask(&aws, "/", "GetQueueAttributes", &[("QueueUrl", &url(&aws)), ("AttributeName.1", "Policy")]).await;
    assert_eq!(result(&read, "GetQueueAttributes"), "<GetQueueAttributesResult></GetQueueAttributesResult>");
}

#[tokio::test]
async fn forms_are_refused_in_the_words_of_awsquery() {
    let aws = Aws::demo().await;
    let nowhere = "/555500000204/nobody";
    for (path, action, parameters, status, code, message) in [
        (
            nowhere,
            "GetQueueAttributes",
            &[][..],
            400,
            "AWS.SimpleQueueService.NonExistentQueue",
            "The specified queue does not exist.",
        ),
        (
            "/",
            "GetQueueUrl",
            &[("QueueName", "x")],
            400,
            "AWS.SimpleQueueService.NonExistentQueue",
            "The specified queue does not exist.",
        ),
        ("/", "GetQueueUrl", &[], 400, "MissingParameter", "The request must contain the parameter QueueName."),
        ("/", "ListQueues", &[("MaxResults", "0")], 400, "InvalidParameterValue", "Value 0 for parameter MaxResults"),
        ("/", "SendMessage", &[], 400, "InvalidAction", "The action SendMessage is not valid for this endpoint."),
    ] {
        let answer = ask(&aws, path, action, parameters).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{action} {}", answer.body);
        let reported = between(&answer.body, "<Message>", "</Message>");
        assert!(reported.starts_with(message), "{action} {reported}");
        assert!(answer.body.contains("<Type>Sender</Type>") && answer.body.contains("<Detail/>"), "{}", answer.body);
    }
    let unsigned = request(&format!("POST {QUEUE}"), "", "Action=GetQueueAttributes");
    assert_eq!(aws.send(&unsigned).await.unwrap().code(), "MissingAuthenticationToken");
}
