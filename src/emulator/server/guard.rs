//! Who may ask: programs on this machine, and no web page.
//!
//! A web page could make a browser send requests here, also under a name of its own that resolves to loopback (DNS
//! rebinding). So a request must be for a name of this machine, and without the `Origin` or `Sec-Fetch-Site` that
//! browsers send for pages.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;

/// The global endpoint of STS, for those who lead its name here. Nobody else can.
const GLOBAL_STS: &str = "sts.amazonaws.com";

pub(super) fn is_from_here(head: &Parts) -> bool {
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_for_here = host.is_some_and(is_ours) && head.uri.host().is_none_or(is_ours);
    // What is typed into a browser's address field comes from no page.
    let fetch = head.headers.get("sec-fetch-site");
    is_for_here && !head.headers.contains_key(ORIGIN) && fetch.is_none_or(|site| site == "none")
}

/// Of `name`, `name:port` or `[address]:port`. All names below `localhost` lead to this machine (RFC 6761); buckets
/// have such names.
fn is_ours(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == GLOBAL_STS
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        for good in [
            "localhost",
            "LOCALHOST:4566",
            "bkt.localhost:4566",
            "bkt.s3.eu-west-1.localhost",
            "127.0.0.1:80",
            "127.9.9.9",
            "[::1]:80",
            "[::1]",
            "sts.amazonaws.com",
        ] {
            assert!(is_ours(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example:80",
            "evillocalhost",
            "10.0.0.1",
            "[::2]:80",
            "127.0.0.1.evil.example",
            "bkt.127.0.0.1",
            "sts.amazonaws.com.evil.example",
        ] {
            assert!(!is_ours(bad), "{bad}");
        }
    }
}
