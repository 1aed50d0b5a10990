use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use serde::Serialize;

use super::shared::Shared;

const PREFIX: &str = "/_emulator/";

pub(super) fn is_for(head: &Parts) -> bool {
    head.uri.path().starts_with(PREFIX)
}

pub(super) fn answer(shared: &Shared, head: &Parts) -> Response<Body> {
    match (&head.method, head.uri.path().strip_prefix(PREFIX)) {
        (&Method::GET, Some("mail")) => json(shared.world().mailbox.all()),
        (&Method::GET, Some("mfa")) => mfa(shared),
        (&Method::POST, Some("advance")) => advance(shared, head.uri.query()),
        _ => plain(
            StatusCode::NOT_FOUND,
            "GET /_emulator/mail, GET /_emulator/mfa or POST /_emulator/advance?seconds=N\n",
        ),
    }
}

fn mfa(shared: &Shared) -> Response<Body> {
    match shared.mfa_code() {
        Some(code) => json(&code),
        None => plain(StatusCode::NOT_FOUND, "nobody has an MFA device\n"),
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> Response<Body> {
    let Ok(text) = serde_json::to_vec(value) else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the answer cannot be written\n");
    };
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn advance(shared: &Shared, query: Option<&str>) -> Response<Body> {
    let seconds = query.and_then(|query| query.strip_prefix("seconds=")).and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds else { return plain(StatusCode::BAD_REQUEST, "seconds must be a whole number\n") };
    shared.advance(Duration::from_secs(seconds));
    plain(StatusCode::OK, "")
}

pub(super) fn refused() -> Response<Body> {
    plain(StatusCode::FORBIDDEN, "this is for programs on this machine only, by a name of this machine\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
