//! restXml as S3 speaks it: the bucket in the path or the host, parameters in query string and headers.

use axum::http::Method;
use axum::http::header::HOST;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::element::{Element, escaped};
use super::input::{Input, header};
use super::query;
use super::reply::{Answer, Reply};
use crate::emulator::refusal::{BucketDetail, Detail, Refusal};

const XML: &str = "application/xml";
const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";
/// The parameters that make a request one about the policy, the region and so on of a bucket.
const SUBRESOURCES: &[(&str, &str, &str)] = &[
    ("GET", "policy", "GetBucketPolicy"),
    ("PUT", "policy", "PutBucketPolicy"),
    ("DELETE", "policy", "DeleteBucketPolicy"),
    ("GET", "location", "GetBucketLocation"),
    ("GET", "acl", "GetBucketAcl"),
    ("GET", "policyStatus", "GetBucketPolicyStatus"),
    ("GET", "publicAccessBlock", "GetPublicAccessBlock"),
    ("GET", "versioning", "GetBucketVersioning"),
];
/// Parameters of operations, beside those of signatures and of SDKs (`x-id`).
const PARAMETERS: &[(&str, &str)] = &[
    ("max-buckets", "MaxBuckets"),
    ("continuation-token", "ContinuationToken"),
    ("prefix", "Prefix"),
    ("bucket-region", "BucketRegion"),
];

#[derive(Debug, PartialEq, Eq)]
struct BucketPath {
    bucket: Option<String>,
    inside: bool,
}

impl BucketPath {
    fn of(head: &Parts) -> Self {
        let path = head.uri.path().strip_prefix('/').unwrap_or_default();
        let host = header(head, HOST.as_str()).or_else(|| head.uri.host()).unwrap_or_default();
        if let Some(bucket) = bucket_in_host(host) {
            return Self { bucket: Some(bucket.to_owned()), inside: !path.is_empty() };
        }
        let (bucket, inside) = path.split_once('/').unwrap_or((path, ""));
        let bucket = query::decoded_path(bucket);
        Self { bucket: Some(bucket).filter(|name| !name.is_empty()), inside: !inside.is_empty() }
    }
}

/// Of `bucket.localhost`, `bucket.s3.localhost` or `bucket.s3.REGION.localhost`, with any port. An address has none.
fn bucket_in_host(host: &str) -> Option<&str> {
    let name = host.split(':').next()?.strip_suffix(".localhost")?;
    if name == "s3" || name.starts_with("s3.") {
        return None;
    }
    let before_service = name.rsplit_once(".s3.").map(|(bucket, _)| bucket);
    Some(before_service.or_else(|| name.strip_suffix(".s3")).unwrap_or(name))
}

/// The operation of a request; empty if it is none we have a name for.
pub(super) fn operation(head: &Parts, parameters: &Input) -> &'static str {
    let place = BucketPath::of(head);
    let method = head.method.as_str();
    if place.bucket.is_none() {
        return if head.method == Method::GET { "ListBuckets" } else { "" };
    }
    if place.inside {
        return match method {
            "GET" => "GetObject",
            "HEAD" => "HeadObject",
            "PUT" => "PutObject",
            "DELETE" => "DeleteObject",
            _ => "",
        };
    }
    let subresource = SUBRESOURCES.iter().find(|(with, name, _)| *with == method && parameters.has(name));
    match (subresource, method) {
        (Some((.., operation)), _) => operation,
        (None, "HEAD") => "HeadBucket",
        (None, "GET") => "ListObjects",
        (None, "PUT") => "CreateBucket",
        (None, "DELETE") => "DeleteBucket",
        (None, _) => "",
    }
}

/// Under the names of the service model. `Checksum` is not one of them: it says that a header with a checksum was
/// there, whose value is not compared, as signatures are not.
pub(super) fn input(head: &Parts, parameters: &Input, body: &[u8]) -> Result<Input, Refusal> {
    let mut input = Input::default();
    let mut set = |name: &str, value: &str| input.0.insert(name.to_owned(), Value::String(value.to_owned()));
    if let Some(bucket) = BucketPath::of(head).bucket {
        set("Bucket", &bucket);
    }
    for (parameter, member) in PARAMETERS {
        if let Some(value) = parameters.text(parameter)? {
            set(member, value);
        }
    }
    if let Some(owner) = header(head, "x-amz-expected-bucket-owner") {
        set("ExpectedBucketOwner", owner);
    }
    if operation(head, parameters) == "PutBucketPolicy" {
        set("Policy", std::str::from_utf8(body).map_err(|_| Refusal::no_policy_document())?);
        let checksum = |name: &str| name == "content-md5" || name.starts_with("x-amz-checksum-");
        if let Some(name) = head.headers.keys().map(axum::http::HeaderName::as_str).find(|name| checksum(name)) {
            set("Checksum", name);
        }
    }
    Ok(input)
}

pub(super) fn reply(outcome: Result<Answer, Refusal>, request_id: &str) -> Reply {
    let id = short_id(request_id);
    let host_id = STANDARD.encode(request_id);
    let (reply, region) = match outcome {
        Ok(answer) => success(answer),
        Err(refusal) => failure(refusal, &id, &host_id),
    };
    let reply = reply.with_header("x-amz-request-id", id).with_header("x-amz-id-2", host_id);
    match region {
        Some(region) => reply.with_header("x-amz-bucket-region", region),
        None => reply,
    }
}

/// S3 names requests with 16 characters in upper case (general AWS convention).
fn short_id(request_id: &str) -> String {
    request_id.chars().filter(char::is_ascii_alphanumeric).take(16).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn success(answer: Answer) -> (Reply, Option<String>) {
    match answer {
        Answer::Xml(elements) => {
            let inside: String = elements.iter().map(Element::xml).collect();
            let all = format!("<ListAllMyBucketsResult xmlns=\"{NAMESPACE}\">{inside}</ListAllMyBucketsResult>");
            (document(200, &all), None)
        }
        Answer::Policy(policy) => (Reply::new(200, "application/json", policy.into_bytes()), None),
        Answer::BucketRegion(region) => (Reply::new(200, XML, Vec::new()), Some(region)),
        Answer::Empty | Answer::Json(_) => (Reply::new(204, XML, Vec::new()), None),
    }
}

/// The elements and their order are AWS documentation.
fn failure(refusal: Refusal, id: &str, host_id: &str) -> (Reply, Option<String>) {
    let mut more = String::new();
    let mut region = None;
    if let Detail::Bucket(BucketDetail { name, elsewhere }) = refusal.detail {
        more = match elsewhere {
            Some((there, endpoint)) => {
                region = Some(there);
                format!("<Endpoint>{}</Endpoint><Bucket>{}</Bucket>", escaped(&endpoint), escaped(&name))
            }
            None => format!("<BucketName>{}</BucketName>", escaped(&name)),
        };
    }
    let message = refusal.message.unwrap_or_default();
    let body = format!(
        "<Error><Code>{}</Code><Message>{}</Message>{more}<RequestId>{id}</RequestId><HostId>{host_id}</HostId></Error>",
        refusal.code,
        escaped(&message)
    );
    (document(refusal.status, &body), region)
}

fn document(status: u16, body: &str) -> Reply {
    Reply::new(status, XML, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}").into_bytes())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use proptest::prelude::*;

    use super::*;

    fn head(method: &str, uri: &str, host: &str) -> Option<Parts> {
        let request = Request::builder().method(method).uri(uri).header(HOST, host).body(()).ok()?;
        Some(request.into_parts().0)
    }

    #[test]
    fn a_bucket_is_in_the_path_or_in_the_host() {
        let bucket = |uri, host| head("GET", uri, host).and_then(|head| BucketPath::of(&head).bucket);
        assert_eq!(bucket("/data?policy", "127.0.0.1:4566").as_deref(), Some("data"));
        assert_eq!(bucket("/data/", "localhost:4566").as_deref(), Some("data"));
        assert_eq!(bucket("/?policy", "data.localhost:4566").as_deref(), Some("data"));
        assert_eq!(bucket("/?policy", "my.data.s3.localhost").as_deref(), Some("my.data"));
        assert_eq!(bucket("/?policy", "data.s3.eu-west-1.localhost:1").as_deref(), Some("data"));
        assert_eq!(bucket("/data?policy", "s3.eu-west-1.localhost:1").as_deref(), Some("data"));
        assert_eq!(bucket("/", "127.0.0.1"), None);
    }

    #[test]
    fn an_operation_is_told_by_method_place_and_parameters() {
        let operation = |method, uri| {
            let head = head(method, uri, "127.0.0.1")?;
            Some(operation(&head, &query::input(head.uri.query().unwrap_or_default())))
        };
        for (method, uri, expected) in [
            ("GET", "/?x-id=ListBuckets", "ListBuckets"),
            ("GET", "/b?policy", "GetBucketPolicy"),
            ("PUT", "/b/?policy=", "PutBucketPolicy"),
            ("DELETE", "/b?policy", "DeleteBucketPolicy"),
            ("GET", "/b?location", "GetBucketLocation"),
            ("HEAD", "/b", "HeadBucket"),
            ("GET", "/b?list-type=2", "ListObjects"),
            ("GET", "/b/policy", "GetObject"),
            ("POST", "/b?policy", ""),
            ("PUT", "/", ""),
        ] {
            assert_eq!(operation(method, uri), Some(expected), "{method} {uri}");
        }
    }

    proptest! {
        #[test]
        fn any_path_host_and_body_is_read(path in "/[ -~]{0,40}", host in "[ -~]{0,30}", body: Vec<u8>) {
            for method in ["GET", "PUT", "DELETE", "HEAD", "POST", "PATCH"] {
                let Some(head) = head(method, &path, &host) else { continue };
                let parameters = query::input(head.uri.query().unwrap_or_default());
                let _ = operation(&head, &parameters);
                let _ = input(&head, &parameters, &body);
            }
        }
    }
}
