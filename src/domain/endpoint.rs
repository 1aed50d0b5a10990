//! Endpoints other than AWS's own, as they are shown: one URL for all services, or `iam URL, sts URL`.

// Of core: an address is no connection.
use core::net::IpAddr;

/// The services that send or receive the credentials of a root session.
pub(crate) const ROOT_SESSIONS: [&str; 4] = ["sts", "iam", "s3", "sqs"];
/// The services that receive one-time passwords.
pub(crate) const CODES: [&str; 1] = ["account"];

/// Whether calls of one of `services` go to another machine without encryption.
pub(crate) fn is_unencrypted(shown: &str, services: &[&str]) -> bool {
    shown.split(", ").any(|part| match part.split_once(' ') {
        Some((service, url)) => services.contains(&service) && goes_in_the_clear(url),
        None => goes_in_the_clear(part),
    })
}

/// Puts first what must not be cut: endpoints on another machine without encryption.
pub(crate) fn unencrypted_first(shown: &str) -> String {
    let is_safe = |part: &&str| !goes_in_the_clear(part.split_once(' ').map_or(*part, |(_, url)| url));
    let (safe, clear): (Vec<&str>, Vec<&str>) = shown.split(", ").partition(is_safe);
    [clear, safe].concat().join(", ")
}

fn goes_in_the_clear(url: &str) -> bool {
    match url.split_once("://") {
        Some((scheme, rest)) => !scheme.eq_ignore_ascii_case("https") && !is_this_machine(rest),
        None => true,
    }
}

/// `rest` is what follows `scheme://`.
pub(crate) fn is_this_machine(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_to_another_machine_is_unencrypted_for_whom_it_concerns() {
        for clear in [
            "http://10.0.0.1:4566",
            "HTTP://aws.corp.example",
            "http://localhost.evil.example/",
            "http://127.0.0.1@10.0.0.1/",
            "http://sts.us-east-1.amazonaws.com",
            "iam https://10.0.0.1, sts http://10.0.0.1",
            "10.0.0.1",
        ] {
            assert!(is_unencrypted(clear, &ROOT_SESSIONS), "{clear}");
        }
        for safe in [
            "https://10.0.0.1",
            "http://127.0.0.1:4566",
            "http://[::1]:9/x",
            "http://localhost",
            "http://LOCALHOST:1",
            "account http://10.0.0.1, sts http://127.0.0.1",
            "organizations http://10.0.0.1",
        ] {
            assert!(!is_unencrypted(safe, &ROOT_SESSIONS), "{safe}");
        }
        assert!(is_unencrypted("account http://10.0.0.1, sts http://127.0.0.1", &CODES));
    }

    #[test]
    fn what_is_unencrypted_comes_first() {
        let shown = "iam http://127.0.0.1, sts http://10.0.0.1, s3 https://x.example, sqs http://10.0.0.1";
        let first = "sts http://10.0.0.1, sqs http://10.0.0.1, iam http://127.0.0.1, s3 https://x.example";
        assert_eq!(unencrypted_first(shown), first);
        assert_eq!(unencrypted_first("http://10.0.0.1"), "http://10.0.0.1");
        assert_eq!(unencrypted_first("http://127.0.0.1:4566"), "http://127.0.0.1:4566");
    }
}
