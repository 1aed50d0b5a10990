//! From HTTP to a request of a service, and back.

mod json;
mod page;
mod query;
mod rest;
mod route;
mod s3;
mod sqs;

use std::collections::BTreeMap;
use std::fmt;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::service::Service;

pub(crate) use page::{Listing, Window};
pub(crate) use query::{Element, encoded};
pub(crate) use route::{Incoming, SessionToken, read};

/// What a service answers.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Done, and nothing to say.
    Empty,
    Json(Value),
    /// What is inside `<OperationResult>`.
    Xml(Vec<Element>),
    /// A bucket policy, as it was put.
    Policy(String),
    /// Nothing but the region a bucket is in.
    BucketRegion(String),
}

/// The members of a request, whatever the protocol.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Input(Map<String, Value>);

/// Names only: the values may hold addresses and codes.
impl fmt::Debug for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Input {
    /// The members of an object.
    #[cfg(test)]
    pub(crate) fn of(value: Value) -> Self {
        match value {
            Value::Object(members) => Self(members),
            _ => Self::default(),
        }
    }

    /// Whether there is such a member, whatever it is.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A string, if it is there.
    ///
    /// # Errors
    /// The member is something else.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::serialization()),
        }
    }

    /// A list of strings, if it is there.
    ///
    /// # Errors
    /// The member is something else.
    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(entries)) => {
                let texts: Option<Vec<_>> = entries.iter().map(Value::as_str).collect();
                texts.map(Some).ok_or_else(Refusal::serialization)
            }
            Some(_) => Err(Refusal::serialization()),
        }
    }

    /// A list of strings as a form has it: `NAME.member.1`, `NAME.member.2` and on, whatever zeros are before
    /// the number (captured).
    ///
    /// # Errors
    /// `MalformedInput` if they are numbered otherwise, or one is missing (captured).
    pub(crate) fn members(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let prefix = format!("{name}.member.");
        let mut numbered = BTreeMap::new();
        for (key, value) in &self.0 {
            let Some(number) = key.strip_prefix(&prefix) else { continue };
            let number: usize = number.parse().map_err(|_| Refusal::malformed())?;
            numbered.insert(number, value.as_str().ok_or_else(Refusal::serialization)?);
        }
        if numbered.keys().copied().eq(1..=numbered.len()) {
            Ok(numbered.into_values().collect())
        } else {
            Err(Refusal::malformed())
        }
    }

    /// A whole number as a form has it, if it is there.
    ///
    /// # Errors
    /// `MalformedInput` if it is none of 32 bits (captured).
    pub(crate) fn digits(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let number = |text: &str| text.parse::<i32>().map(i64::from).map_err(|_| Refusal::malformed());
        self.text(name)?.map(number).transpose()
    }

    /// The members of a map of strings, if it is there.
    ///
    /// # Errors
    /// The member is something else.
    pub(crate) fn map(&self, name: &str) -> Result<Option<Vec<(&str, &str)>>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(members)) => {
                let members: Option<Vec<_>> =
                    members.iter().map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect();
                members.map(Some).ok_or_else(Refusal::serialization)
            }
            Some(_) => Err(Refusal::serialization()),
        }
    }

    /// A whole number, if it is there.
    ///
    /// # Errors
    /// The member is something else.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or_else(Refusal::serialization),
        }
    }
}

/// An answer about to be sent.
#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    content_type: &'static str,
    /// The body; emptied or cut by faults.
    pub(crate) body: Vec<u8>,
    /// Names in lower case.
    headers: Vec<(&'static str, String)>,
}

impl Reply {
    fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, body, headers: Vec::new() }
    }

    fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The header under which all services but S3 name a request.
    fn with_request_id(self, request_id: &str) -> Self {
        self.with_header("x-amzn-requestid", request_id)
    }

    /// Half of what should have come. A body with nothing to cut becomes one that is no
    /// document either; only a 204 never has a body.
    pub(crate) fn cut_in_half(&mut self) {
        if self.status == 204 {
            return;
        }
        self.body.truncate(self.body.len() / 2);
        if self.body.is_empty() {
            self.body.push(b'{');
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// The `Date` header is added by hyper, from the real clock.
    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// Gives the outcome of an operation the shape of the service's protocol.
pub(crate) fn reply(service: Service, operation: &str, outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    match service {
        Service::Organizations => json::reply(outcome, request_id),
        Service::Account | Service::Sso => rest::reply(outcome, request_id),
        Service::Iam | Service::Sts => query::reply(service, operation, outcome, request_id),
        Service::S3 => s3::reply(outcome, request_id),
        Service::Sqs => sqs::reply(outcome, request_id),
    }
}

/// An answer of none of the services: nobody here speaks for the one that was asked for.
pub(crate) fn nobody(request_id: &str) -> Reply {
    let refusal = Refusal::silent(404, "UnknownOperationException");
    json::reply(Err(refusal), request_id)
}
