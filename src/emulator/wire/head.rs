//! The head of a request.

use axum::http::request::Parts;

/// A header, if it is there and is text.
pub(super) fn header<'a>(head: &'a Parts, name: &str) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}
