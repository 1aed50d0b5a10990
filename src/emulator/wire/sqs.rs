//! awsJson 1.0, today's protocol of SQS: `POST`, the operation in `X-Amz-Target`.
//!
//! Errors also have the code of the former awsQuery in a header, which SDKs prefer. AWS sends it to clients that ask
//! for it (`x-amzn-query-mode: true`), here it comes always.

use serde_json::json;

use super::json as aws_json;
use super::reply::{Answer, Reply};
use crate::emulator::refusal::Refusal;

const CONTENT_TYPE: &str = "application/x-amz-json-1.0";
const TARGET_PREFIX: &str = "AmazonSQS.";

pub(super) fn operation(target: &str) -> Option<&str> {
    target.strip_prefix(TARGET_PREFIX)
}

pub(super) fn reply(outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    let reply = match outcome {
        Ok(answer) => Reply::new(200, CONTENT_TYPE, aws_json::body(answer)),
        Err(refusal) => failure(&refusal),
    };
    reply.with_request_id(request_id)
}

fn failure(refusal: &Refusal) -> Reply {
    let namespace = if is_modeled(refusal.code) { "com.amazonaws.sqs" } else { "com.amazon.coral.service" };
    let mut body = json!({ "__type": format!("{namespace}#{}", refusal.code) });
    if let (Some(members), Some(message)) = (body.as_object_mut(), &refusal.message) {
        members.insert("message".to_owned(), json!(message));
    }
    let blame = if refusal.status < 500 { "Sender" } else { "Receiver" };
    Reply::new(refusal.status, CONTENT_TYPE, aws_json::encode(&body))
        .with_header("x-amzn-query-error", format!("{};{blame}", query_code(refusal.code)))
}

/// Errors of the service model; the others are of the framework in front of all services.
fn is_modeled(code: &str) -> bool {
    matches!(
        code,
        "QueueDoesNotExist"
            | "InvalidAddress"
            | "InvalidAttributeName"
            | "InvalidAttributeValue"
            | "InvalidSecurity"
            | "OverLimit"
            | "RequestThrottled"
            | "UnsupportedOperation"
    )
}

/// The first two are the service model's; the framework's errors are those of query services.
pub(super) fn query_code(code: &str) -> &str {
    match code {
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        "UnsupportedOperation" => "AWS.SimpleQueueService.UnsupportedOperation",
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "IncompleteSignatureException" => "IncompleteSignature",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        "InvalidParameterValueException" => "InvalidParameterValue",
        "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
        "MissingRequiredParameterException" => "MissingParameter",
        "UnknownOperationException" => "InvalidAction",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        other => other,
    }
}
