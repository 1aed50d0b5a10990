//! What a service answers, and the same about to be sent.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::Value;

use super::element::Element;

#[derive(Debug)]
pub(crate) enum Answer {
    Empty,
    Json(Value),
    /// What is inside `<OperationResult>`.
    Xml(Vec<Element>),
    /// A bucket policy, as it was put.
    Policy(String),
    /// Nothing but the region a bucket is in.
    BucketRegion(String),
}

#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    content_type: &'static str,
    pub(crate) body: Vec<u8>,
    /// Names in lower case.
    headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub(super) fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, body, headers: Vec::new() }
    }

    pub(super) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The header under which all services but S3 name a request.
    pub(super) fn with_request_id(self, request_id: &str) -> Self {
        self.with_header("x-amzn-requestid", request_id)
    }

    /// An empty body becomes one that is no document either; only a 204 never has a body.
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
