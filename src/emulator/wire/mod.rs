//! From HTTP to a request of a service, and back.

mod json;
mod page;
mod query;
mod rest;
mod route;

use std::fmt;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::service::Service;

pub(crate) use page::{Listing, Window};
pub(crate) use query::Element;
pub(crate) use route::{Incoming, SessionToken, read};

/// What a service answers.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A 200 without a body.
    Empty,
    Json(Value),
    /// What is inside `<OperationResult>`.
    Xml(Vec<Element>),
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
    /// `x-amzn-ErrorType`, for restJson.
    error_type: Option<&'static str>,
    request_id: String,
}

impl Reply {
    fn new(status: u16, content_type: &'static str, body: Vec<u8>, request_id: &str) -> Self {
        Self { status, content_type, body, error_type: None, request_id: request_id.to_owned() }
    }

    /// Half of what should have come. A body with nothing to cut becomes one that is no
    /// document either.
    pub(crate) fn cut_in_half(&mut self) {
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
        if let Ok(id) = HeaderValue::from_str(&self.request_id) {
            headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
        }
        if let Some(code) = self.error_type {
            let name = HeaderName::from_static("x-amzn-errortype");
            headers.insert(name, HeaderValue::from_static(code));
        }
        response
    }
}

/// Gives the outcome of an operation the shape of the service's protocol.
pub(crate) fn reply(service: Service, operation: &str, outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    match service {
        Service::Organizations => json::reply(outcome, request_id),
        Service::Account => rest::reply(outcome, request_id),
        Service::Iam | Service::Sts => query::reply(service, operation, outcome, request_id),
    }
}

/// An answer of none of the services: nobody here speaks for the one that was asked for.
pub(crate) fn nobody(request_id: &str) -> Reply {
    let refusal = Refusal::silent(404, "UnknownOperationException");
    json::reply(Err(refusal), request_id)
}
