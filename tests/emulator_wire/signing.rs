//! Signs requests that are written by hand, by Signature Version 4.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn code(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The access key in `Authorization`.
pub(crate) fn access_key(text: &str) -> Option<&str> {
    text.split_once("Credential=")?.1.split_once('/').map(|(key, _)| key)
}

/// The signature of a canonical request, in hexadecimal digits. `scope` is `date/region/service/aws4_request`.
pub(crate) fn signature(secret: &str, at: Timestamp, scope: &str, request: &str) -> String {
    let start = format!("AWS4{secret}").into_bytes();
    let key = scope.split('/').fold(start, |key, part| code(&key, part));
    let digest = hexadecimal(&Sha256::digest(request.as_bytes()));
    hexadecimal(&code(&key, &format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{digest}", stamp(at))))
}

fn sorted(query: &str) -> String {
    let pair = |pair: &str| if pair.contains('=') { pair.to_owned() } else { format!("{pair}=") };
    let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    pairs.sort();
    pairs.join("&")
}

/// A request as `client::request` and `client::signed` make it, with a date and with its true signature.
pub(crate) fn sign(text: &str, secret: &str, at: Timestamp) -> String {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let day = at.strftime("%Y%m%d").to_string();
    let head = format!("{head}\r\nX-Amz-Date: {}", stamp(at)).replace("/20261122/", &format!("/{day}/"));
    let header = |wanted: &str| {
        let mut lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then_some(value.trim()))
    };
    let names: Vec<_> =
        ["host", "x-amz-date", "x-amz-security-token"].into_iter().filter(|name| header(name).is_some()).collect();
    let (scope, _) = head.split_once("Credential=").unwrap().1.split_once(',').unwrap();
    let (_, scope) = scope.split_once('/').unwrap();
    let mut words = head.lines().next().unwrap().split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<_> = names.iter().map(|name| format!("{name}:{}\n", header(name).unwrap())).collect();
    let headers = headers.concat();
    let content = hexadecimal(&Sha256::digest(body.as_bytes()));
    let canonical = format!("{method}\n{path}\n{}\n{headers}\n{}\n{content}", sorted(query), names.join(";"));
    let signature = signature(secret, at, scope, &canonical);
    let head = head.replace("SignedHeaders=host;x-amz-date", &format!("SignedHeaders={}", names.join(";")));
    format!("{}\r\n\r\n{body}", head.replace("Signature=00", &format!("Signature={signature}")))
}
