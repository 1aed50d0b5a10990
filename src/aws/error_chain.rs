//! The SDK's errors, cause by cause.

use std::error::Error;
use std::io;

/// Whether the connection was never made: name, route, refusal, TLS, or too slow to connect.
///
/// The SDK hides hyper's error, so its text decides (a test notices if it changes). An unknown text counts as a lost
/// connection: the cautious side.
pub(crate) fn never_connected(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|cause| {
        let text = cause.to_string();
        text == "client error (Connect)" || text.starts_with("HTTP connect timeout")
    })
}

/// An `io::Error` gives the source of what it wraps as its own, so what it wraps would be skipped: that is where TLS
/// says what is wrong.
pub(crate) fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// What the causes say, without the SDK's words for its own layers and without repetitions.
pub(crate) fn readable(error: &(dyn Error + 'static)) -> String {
    const LAYERS: [&str; 15] = [
        "dispatch failure",
        "io error",
        "other",
        "timeout",
        "user error",
        "client error (Connect)",
        "client error (SendRequest)",
        "response error",
        "service error",
        "unhandled error",
        "failed to construct request",
        "an error occurred while loading credentials",
        "unexpected credentials error",
        "an error occurred while loading an access token",
        "the credential provider was not enabled",
    ];
    // Ends the names of interceptors, ours included.
    const INTERCEPTOR: &str = " interceptor encountered an error";
    let mut parts: Vec<String> = Vec::new();
    for cause in chain(error) {
        let part = one_line(&cause.to_string());
        let known = part.ends_with(INTERCEPTOR)
            || LAYERS.contains(&part.as_str())
            || parts.iter().any(|earlier| earlier.contains(&part));
        if !known {
            // A cause that quotes the ones before it replaces them.
            parts.retain(|earlier| !part.contains(earlier.as_str()));
            parts.push(part);
        }
    }
    if parts.is_empty() { error.to_string() } else { parts.join(": ") }
}

/// A text of several lines, as the SDK writes down each provider of credentials that it tried, as a list in one.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| {
        let between = match all.chars().last() {
            None => "",
            Some(':' | ';' | ',') => " ",
            Some(_) => "; ",
        };
        format!("{all}{between}{line}")
    })
}
