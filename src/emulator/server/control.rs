//! `/_emulator/*`: what an outside test may ask of the emulator itself.
//!
//! A web page could make a browser send requests here, also under a name of its own that
//! resolves to loopback (DNS rebinding). So the request must be for a loopback name, and must
//! not come from a page.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST, HeaderValue, ORIGIN};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use serde::Serialize;

use super::Shared;

const PREFIX: &str = "/_emulator/";

pub(super) fn is_for(head: &Parts) -> bool {
    head.uri.path().starts_with(PREFIX)
}

pub(super) fn answer(shared: &Shared, head: &Parts) -> Response<Body> {
    if !is_for_loopback(head) || head.headers.contains_key(ORIGIN) {
        return plain(StatusCode::FORBIDDEN, "this is for programs on this machine only\n");
    }
    match (&head.method, head.uri.path().strip_prefix(PREFIX)) {
        (&Method::GET, Some("mail")) => mail(shared),
        (&Method::GET, Some("mfa")) => mfa(shared),
        (&Method::POST, Some("advance")) => advance(shared, head.uri.query()),
        _ => plain(
            StatusCode::NOT_FOUND,
            "GET /_emulator/mail, GET /_emulator/mfa or POST /_emulator/advance?seconds=N\n",
        ),
    }
}

fn mail(shared: &Shared) -> Response<Body> {
    json(shared.world().mailbox.all())
}

/// What the user's MFA device shows.
fn mfa(shared: &Shared) -> Response<Body> {
    match shared.mfa_code() {
        Some(code) => json(&code),
        None => plain(StatusCode::NOT_FOUND, "nobody has an MFA device\n"),
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(text) => {
            let mut response = Response::new(Body::from(text));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, json);
            response
        }
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the answer cannot be written\n"),
    }
}

fn advance(shared: &Shared, query: Option<&str>) -> Response<Body> {
    let seconds = query.and_then(|query| query.strip_prefix("seconds=")).and_then(|seconds| seconds.parse().ok());
    match seconds {
        Some(seconds) => {
            shared.advance(Duration::from_secs(seconds));
            plain(StatusCode::OK, "")
        }
        None => plain(StatusCode::BAD_REQUEST, "seconds must be a whole number\n"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

fn is_for_loopback(head: &Parts) -> bool {
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(is_loopback_name) && head.uri.host().is_none_or(is_loopback_name)
}

/// Of `name`, `name:port` or `[address]:port`.
fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for good in ["localhost", "LOCALHOST:4566", "127.0.0.1:80", "127.9.9.9", "[::1]:80", "[::1]"] {
            assert!(is_loopback_name(good), "{good}");
        }
        for bad in ["", "evil.example", "localhost.evil.example:80", "10.0.0.1", "[::2]:80", "127.0.0.1.evil.example"] {
            assert!(!is_loopback_name(bad), "{bad}");
        }
    }
}
