//! restJson 1, the protocol of Account Management (`POST /lowerCamelOperation`) and of the portal of IAM Identity
//! Center.

use axum::http::Method;
use axum::http::request::Parts;
use serde::Serialize;

use super::json;
use super::reply::{Answer, Reply};
use crate::emulator::refusal::{Detail, FailedField, Refusal};

const CONTENT_TYPE: &str = "application/json";

/// For instance `GetPrimaryEmail` of `/getPrimaryEmail`.
pub(super) fn operation(path: &str) -> Option<String> {
    let name = path.strip_prefix('/')?;
    let first = name.chars().next().filter(char::is_ascii_lowercase)?;
    if !name.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = name.chars().skip(1);
    Some(std::iter::once(first.to_ascii_uppercase()).chain(rest).collect())
}

/// Only the operation that turns a token into credentials is there.
pub(super) fn portal_operation(head: &Parts) -> Option<&'static str> {
    (head.method == Method::GET && head.uri.path() == "/federation/credentials").then_some("GetRoleCredentials")
}

/// An error's body. Its type is in the header `x-amzn-ErrorType` (captured).
#[derive(Serialize)]
struct ErrorBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(rename = "fieldList", skip_serializing_if = "Option::is_none")]
    fields: Option<[&'a FailedField; 1]>,
}

pub(super) fn reply(outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    match outcome {
        Ok(answer) => Reply::new(200, CONTENT_TYPE, json::body(answer)).with_request_id(request_id),
        Err(Refusal { status, code, message, detail }) => {
            let field = if let Detail::Field(field) = &detail { Some(field) } else { None };
            let body = json::encode(&ErrorBody {
                message: message.as_deref(),
                reason: field.map(|_| "fieldValidationFailed"),
                fields: field.map(|field| [field]),
            });
            let reply = Reply::new(status, CONTENT_TYPE, body).with_request_id(request_id);
            if code.is_empty() { reply } else { reply.with_header("x-amzn-errortype", code) }
        }
    }
}
