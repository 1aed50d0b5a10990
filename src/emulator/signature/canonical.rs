//! The canonical request, which is what is signed.

use axum::http::header::HOST;
use percent_encoding::percent_decode_str;

use super::parameters::Parameters;
use super::request::{Signed, digest};
use crate::emulator::Service;
use crate::emulator::wire::encoded;

const CONTENT: &str = "x-amz-content-sha256";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

pub(super) fn request(signed: Signed<'_>, parameters: &Parameters, service: Service) -> String {
    let uri = &signed.head.uri;
    let (path, query) = (path(uri.path(), service), query(uri.query().unwrap_or_default()));
    let names = &parameters.signed_headers;
    let headers: Vec<_> = names.iter().map(|name| format!("{name}:{}\n", header(signed, name))).collect();
    let content = content(signed, parameters, service);
    format!("{}\n{path}\n{query}\n{}\n{}\n{content}", signed.head.method, headers.concat(), names.join(";"))
}

/// All services but S3 encode what is encoded already.
fn path(path: &str, service: Service) -> String {
    let encoded = |segment: &str| match service {
        Service::S3 => encoded(&percent_decode_str(segment).decode_utf8_lossy()),
        _ => encoded(segment),
    };
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// Without the signature of a presigned request.
fn query(query: &str) -> String {
    let encoded = |text: &str| encoded(&percent_decode_str(text).decode_utf8_lossy());
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .filter(|(name, _)| name != "X-Amz-Signature")
        .collect();
    pairs.sort();
    pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Values of one name are joined, and blanks in a row are one.
fn header(signed: Signed<'_>, name: &str) -> String {
    let values = signed.head.headers.get_all(name).into_iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut values: Vec<String> = values.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if let (true, true, Some(host)) = (values.is_empty(), name == HOST, signed.head.uri.authority()) {
        values.push(host.to_string());
    }
    values.join(",")
}

/// Only S3 takes the client's word for it, also that the body is not signed.
fn content(signed: Signed<'_>, parameters: &Parameters, service: Service) -> String {
    let sent = signed.head.headers.get(CONTENT).and_then(|value| value.to_str().ok());
    match (service, sent) {
        (Service::S3, Some(sent)) => sent.to_owned(),
        (Service::S3, None) if parameters.expires.is_some() => UNSIGNED.to_owned(),
        _ => digest(signed.body),
    }
}

/// Whether a digest came along that is another body's.
pub(super) fn is_other_content(signed: Signed<'_>) -> bool {
    let sent = signed.head.headers.get(CONTENT).and_then(|value| value.to_str().ok());
    sent.is_some_and(|sent| is_digest(sent) && sent != digest(signed.body))
}

/// And not a word such as `UNSIGNED-PAYLOAD`.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
