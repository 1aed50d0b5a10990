//! awsJson 1.1, the protocol of Organizations: `POST /`, the operation in `X-Amz-Target`.

use serde::Serialize;
use serde_json::Value;

use super::input::Input;
use super::reply::{Answer, Reply};
use crate::emulator::refusal::{Detail, Refusal};

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
const TARGET_PREFIX: &str = "AWSOrganizationsV20161128.";

pub(super) fn operation(target: &str) -> Option<&str> {
    target.strip_prefix(TARGET_PREFIX)
}

/// An empty body counts as `{}`.
pub(super) fn input(body: &[u8]) -> Result<Input, Refusal> {
    if body.is_empty() {
        return Ok(Input::default());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(Input(members)),
        _ => Err(Refusal::serialization()),
    }
}

/// An error's body, in AWS's order (captured).
#[derive(Serialize)]
struct ErrorBody<'a> {
    #[serde(rename = "__type")]
    code: &'a str,
    #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(rename = "Reason", skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

pub(super) fn reply(outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    let (status, body) = match outcome {
        Ok(answer) => (200, body(answer)),
        Err(Refusal { status, code, message, detail }) => {
            let reason = if let Detail::Reason(reason) = detail { Some(reason) } else { None };
            let kind = if let Detail::Type(kind) = detail { Some(kind) } else { None };
            (status, encode(&ErrorBody { code, message: message.as_deref(), reason, kind }))
        }
    };
    Reply::new(status, CONTENT_TYPE, body).with_request_id(request_id)
}

/// Answers of JSON services are JSON or nothing.
pub(super) fn body(answer: Answer) -> Vec<u8> {
    match answer {
        Answer::Json(value) => encode(&value),
        Answer::Empty | Answer::Xml(_) | Answer::Policy(_) | Answer::BucketRegion(_) => Vec::new(),
    }
}

/// What is encoded here has only strings for keys, so it cannot fail.
pub(super) fn encode(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
