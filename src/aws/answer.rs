//! Which answers count as AWS's.
//!
//! A proxy, a captive portal or a wrong endpoint may answer in AWS's place. AWS names each request (a request id in the
//! headers) and answers in the protocol of the service, whole. Anything else is neither yes nor no: what was written or
//! read is unknown.

use std::error::Error;
use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::de::IgnoredAny;

use super::clock::AwsClock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Organizations, Account Management, SQS: an object.
    Json,
    /// IAM, STS: `<OperationResponse>`.
    Query,
    /// XML for lists, a policy as it is, nothing for writes.
    S3,
}

/// Why an answer with a success status does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doubtful {
    /// It does not come from AWS; what it is instead.
    NotAws(String),
    /// It comes from AWS, and is not what the operation answers, or not all of it.
    CutOff,
}

impl fmt::Display for Doubtful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAws(what) => write!(f, "not an answer of AWS: {what}"),
            Self::CutOff => f.write_str("the answer was cut off"),
        }
    }
}

impl Error for Doubtful {}

/// Refuses successes that are not surely AWS's, and reads AWS's clock from answers that are.
///
/// The SDK takes an empty body for an empty object, and a cut document for a whole one: root features that are on would
/// be shown as off, and an access key that is there as gone.
#[derive(Clone, Debug)]
pub(crate) struct Genuine {
    pub(super) protocol: Protocol,
    pub(super) clock: AwsClock,
}

#[dyn_dispatch_hint]
impl Intercept for Genuine {
    fn name(&self) -> &'static str {
        "Only answers of AWS count"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(attempts) = cfg.load::<RequestAttempts>() {
            context.response_mut().add_extension(Attempt(attempts.attempts()));
        }
        Ok(())
    }

    // After the SDK has read it, since only then the whole body is there.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        if response.request_id().is_some() && !is_page(response) {
            let date = response.headers().get("date").and_then(|date| rfc2822::parse(date).ok());
            if let Some(date) = date {
                self.clock.note(date.timestamp(), Timestamp::now());
            }
        }
        if response.status().is_success() {
            let operation = cfg.load::<Metadata>().map(Metadata::name).unwrap_or_default();
            judge(self.protocol, operation, response)?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug)]
struct Attempt(u32);

/// How often a call is tried that something other than AWS answers in a few words: a gateway that will recover.
const TRIES_ELSEWHERE: u32 = 2;

/// A call that something other than AWS answers is repeated once, and not at all after a page: who sends pages for
/// people in AWS's place does so the next time as well.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NotPatientElsewhere;

impl ClassifyRetry for NotPatientElsewhere {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let is_over = |response: &HttpResponse| {
            let attempt = response.extension::<Attempt>().map_or(1, |attempt| attempt.0);
            is_page(response) || !(is_named(response) || has_code(response)) && attempt >= TRIES_ELSEWHERE
        };
        match context.response() {
            Some(response) if is_over(response) => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Others than AWS are not asked patiently"
    }

    // Last, so that nothing takes it back.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// The operations whose success has an empty body (service models).
const EMPTY_ANSWERS: [&str; 9] = [
    "EnableAWSServiceAccess",
    "DisableAWSServiceAccess",
    "RegisterDelegatedAdministrator",
    "DeregisterDelegatedAdministrator",
    "SetQueueAttributes",
    "PutAlternateContact",
    "DeleteAlternateContact",
    "PutContactInformation",
    "PutAccountName",
];

fn judge(protocol: Protocol, operation: &str, response: &HttpResponse) -> Result<(), Doubtful> {
    // What was not read to its end has failed already, and says why.
    let Some(body) = response.body().bytes() else { return Ok(()) };
    if !is_named(response) {
        return Err(Doubtful::NotAws(describe(response)));
    }
    let body = body.trim_ascii();
    let whole = match protocol {
        Protocol::Json if body.is_empty() => EMPTY_ANSWERS.contains(&operation),
        Protocol::Json => is_object(body),
        Protocol::Query => is_document(body, &format!("{operation}Response")),
        Protocol::S3 if operation == "ListBuckets" => is_document(body, "ListAllMyBucketsResult"),
        // A policy is read to its end where it is taken in.
        Protocol::S3 if operation == "GetBucketPolicy" => true,
        Protocol::S3 => body.is_empty(),
    };
    if whole { Ok(()) } else { Err(Doubtful::CutOff) }
}

/// Whether the answer names the request, as all of AWS's do, and is no page for people.
pub(super) fn is_named(response: &HttpResponse) -> bool {
    response.request_id().is_some_and(|id| !id.is_empty()) && !is_page(response)
}

/// Whether an error is AWS's: it has a code, or names the request and has a message (AWS leaves the code out at times).
pub(super) fn is_refusal_of_aws(response: &HttpResponse, code: Option<&str>, message: Option<&str>) -> bool {
    let is_there = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    !is_page(response) && (is_there(code) || is_named(response) && is_there(message))
}

/// Whether an error has a code in the way of one of AWS's protocols, as those of emulators that name no requests.
fn has_code(response: &HttpResponse) -> bool {
    let in_json = || error_body(response).is_some_and(|body| body.get("__type").or(body.get("code")).is_some());
    let in_xml = || {
        let body = response.body().bytes().unwrap_or_default();
        body.trim_ascii_start().starts_with(b"<") && body.windows(CODE.len()).any(|part| part == CODE)
    };
    response.headers().get("x-amzn-errortype").is_some() || in_json() || in_xml()
}

const CODE: &[u8] = b"<Code>";

/// The largest body of an error that is read for its message.
const LARGEST_ERROR: usize = 16 * 1024;

/// The body of an error of a JSON service, for what the SDK does not keep of it.
pub(super) fn error_body(response: &HttpResponse) -> Option<serde_json::Value> {
    let body = response.body().bytes().filter(|body| body.len() <= LARGEST_ERROR)?;
    serde_json::from_slice(body).ok()
}

/// What answered in AWS's place, without its body, which can be of any size and say anything.
pub(super) fn describe(response: &HttpResponse) -> String {
    let status = response.status().as_u16();
    match content_type(response) {
        Some(kind) if is_page(response) => format!("HTTP status {status} with a page ({kind})"),
        _ if response.request_id().is_none() => format!("HTTP status {status} without a request id"),
        _ => format!("HTTP status {status} without an error code"),
    }
}

fn content_type(response: &HttpResponse) -> Option<&str> {
    response.headers().get("content-type").and_then(|kind| kind.split(';').next()).map(str::trim)
}

/// HTML is spoken by none of the services.
fn is_page(response: &HttpResponse) -> bool {
    content_type(response).is_some_and(|kind| {
        kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
    })
}

fn is_object(body: &[u8]) -> bool {
    body.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// Whether `xml` is one element of this name, from its beginning to its end.
fn is_document(xml: &[u8], name: &str) -> bool {
    let begins = |text: &[u8]| {
        text.strip_prefix(b"<")
            .and_then(|text| text.strip_prefix(name.as_bytes()))
            .is_some_and(|rest| matches!(rest.first(), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')))
    };
    let after_declaration = |text: &[u8]| {
        let end = text.windows(2).position(|two| two == b"?>")?;
        Some(text.get(end + 2..)?.trim_ascii_start().to_vec())
    };
    let root = if xml.starts_with(b"<?") { after_declaration(xml).unwrap_or_default() } else { xml.to_vec() };
    begins(&root) && root.ends_with(format!("</{name}>").as_bytes())
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
