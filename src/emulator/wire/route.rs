//! Which service and operation a request is for, and whose key signed it.

use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::request::Parts;
use secrecy::SecretString;

use super::input::{Input, header};
use super::{json, query, rest, s3, sqs, sqs_query};
use crate::emulator::{Refusal, Service};

#[derive(Debug)]
pub(crate) struct Incoming {
    /// `None`: none of those spoken here.
    pub(crate) service: Option<Service>,
    /// Empty, or something no service knows, if the request names none.
    pub(crate) operation: String,
    pub(crate) access_key: Option<String>,
    /// A client with an endpoint of its own signs for its own region, so for S3 and SQS it says which endpoint was
    /// meant.
    pub(crate) region: Option<String>,
    /// The session token that came with it; for the portal, the token of whoever logged in.
    pub(crate) session_token: Option<SecretString>,
    /// For the global endpoint of STS, as far as a request to loopback can tell: by `Host` or the pseudo region
    /// `aws-global`. A client with the endpoint's address signs for `us-east-1` and cannot be told apart.
    pub(crate) global_endpoint: bool,
    /// In awsQuery, which SQS speaks beside JSON.
    pub(crate) is_form: bool,
    pub(crate) input: Result<Input, Refusal>,
}

/// The `SigV4` credential scope, `KEY/date/region/SERVICE/aws4_request`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scope<'a> {
    access_key: &'a str,
    region: &'a str,
    service: &'a str,
}

impl<'a> Scope<'a> {
    fn of_header(header: &'a str) -> Option<Self> {
        let (algorithm, parameters) = header.split_once(' ')?;
        if !algorithm.starts_with("AWS4-") {
            return None;
        }
        parameters
            .split(',')
            .find_map(|parameter| parameter.trim().strip_prefix("Credential="))
            .and_then(Self::of_credential)
    }

    fn of_credential(credential: &'a str) -> Option<Self> {
        let mut parts = credential.rsplitn(5, '/');
        parts.next().filter(|last| *last == "aws4_request")?;
        let service = parts.next()?;
        let (region, _date) = (parts.next()?, parts.next()?);
        let access_key = parts.next().filter(|key| !key.is_empty())?;
        Some(Self { access_key, region, service })
    }
}

/// Nothing is refused here; that takes the service's own words.
pub(crate) fn read(head: &Parts, body: &[u8]) -> Incoming {
    let form = parameters(head, body);
    let scope = header(head, AUTHORIZATION.as_str())
        .and_then(Scope::of_header)
        .or_else(|| Scope::of_credential(text(&form, "X-Amz-Credential")?));
    let target = header(head, "x-amz-target");
    let service = match scope {
        Some(scope) => Service::from_signing_name(scope.service),
        None => unsigned_service(head, target, &form),
    };
    let operation = match service {
        Some(Service::Organizations) => target.and_then(json::operation).map(str::to_owned),
        Some(Service::Account) => rest::operation(head.uri.path()),
        Some(Service::Iam | Service::Sts) => text(&form, "Action").map(str::to_owned),
        Some(Service::Sso) => rest::portal_operation(head).map(str::to_owned),
        Some(Service::S3) => Some(s3::operation(head, &form).to_owned()),
        Some(Service::Sqs) if target.is_none() => text(&form, "Action").map(str::to_owned),
        Some(Service::Sqs) => target.and_then(sqs::operation).map(str::to_owned),
        None => None,
    };
    let access_key = scope.map(|scope| scope.access_key.to_owned());
    let region = scope.map(|scope| scope.region.to_owned());
    let session_token = match service {
        Some(Service::Sso) => header(head, "x-amz-sso_bearer_token"),
        _ => header(head, "x-amz-security-token").or_else(|| text(&form, "X-Amz-Security-Token")),
    };
    let session_token = session_token.map(SecretString::from);
    let host = header(head, HOST.as_str()).unwrap_or_default();
    let global_endpoint =
        scope.is_some_and(|scope| scope.region == "aws-global") || host.eq_ignore_ascii_case("sts.amazonaws.com");
    let input = match service {
        Some(Service::Sqs) if target.is_none() => sqs_query::input(head, &form),
        Some(Service::Organizations | Service::Account | Service::Sqs) => json::input(body),
        Some(Service::S3) => s3::input(head, &form, body),
        // The portal has its parameters in the query string as well.
        Some(Service::Iam | Service::Sts | Service::Sso) | None => Ok(form),
    };
    let operation = operation.unwrap_or_default();
    let is_form = target.is_none();
    Incoming { service, operation, access_key, region, session_token, global_endpoint, is_form, input }
}

fn parameters(head: &Parts, body: &[u8]) -> Input {
    match head.uri.query() {
        Some(parameters) => query::input(parameters),
        None => std::str::from_utf8(body).map_or_else(|_| Input::default(), query::input),
    }
}

fn text<'a>(form: &'a Input, name: &str) -> Option<&'a str> {
    form.text(name).ok().flatten()
}

/// An unsigned request is refused in the words of the service it is meant for, but for the portal, whose never are
/// signed.
fn unsigned_service(head: &Parts, target: Option<&str>, form: &Input) -> Option<Service> {
    if rest::portal_operation(head).is_some() {
        return Some(Service::Sso);
    }
    if target.and_then(json::operation).is_some() {
        return Some(Service::Organizations);
    }
    if target.and_then(sqs::operation).is_some() {
        return Some(Service::Sqs);
    }
    if s3::operation(head, form).ends_with("BucketPolicy") {
        return Some(Service::S3);
    }
    match text(form, "Action") {
        Some(action) if action.contains("Queue") || sqs_query::is_queue(head.uri.path()) => Some(Service::Sqs),
        Some(action) if action.contains("Organizations") => Some(Service::Iam),
        Some(_) => Some(Service::Sts),
        None => rest::operation(head.uri.path()).map(|_| Service::Account),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_scope_is_found_whatever_the_region_and_the_order() {
        for (header, region) in [
            (
                "AWS4-HMAC-SHA256 Credential=AKIADEMO/20261122/us-east-1/account/aws4_request, \
                 SignedHeaders=host, Signature=00",
                "us-east-1",
            ),
            ("AWS4-HMAC-SHA256 SignedHeaders=host,Credential=AKIADEMO/20261122/x/account/aws4_request", "x"),
        ] {
            assert_eq!(Scope::of_header(header), Some(Scope { access_key: "AKIADEMO", region, service: "account" }));
        }
        assert_eq!(Scope::of_header("Basic Credential=a/b/c/d/aws4_request"), None);
        assert_eq!(Scope::of_credential("AKIADEMO/account/aws4_request"), None);
        assert_eq!(Scope::of_credential("/20261122/x/account/aws4_request"), None);
    }

    #[test]
    fn a_path_is_an_operation_of_account_management() {
        let operation = |path| rest::operation(path);
        assert_eq!(operation("/getPrimaryEmail").as_deref(), Some("GetPrimaryEmail"));
        for other in ["/", "", "/GetPrimaryEmail", "/getPrimaryEmail/", "/éa", "getPrimaryEmail"] {
            assert_eq!(operation(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_header_and_path_is_read(text in "\\PC*") {
            let signed = format!("AWS4-HMAC-SHA256 Credential={text}");
            for header in [&text, &signed] {
                let scope = Scope::of_header(header);
                prop_assert!(scope.is_none_or(|scope| !scope.access_key.is_empty() && header.contains("/aws4_request")));
            }
            if let Some(name) = rest::operation(&text) {
                prop_assert!(text.trim_start_matches('/').eq_ignore_ascii_case(&name));
            }
        }
    }
}
