//! Whether a signature is right.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::canonical;
use super::parameters::Parameters;
use super::request::{ALGORITHM, Signed, code, digest, hexadecimal};
use crate::emulator::{Refusal, Service};

/// `now` is the real time, as in the `Date` header. Any region is good: a client with an endpoint of its own signs for
/// its own. The order of refusals is a guess.
pub(crate) fn verify(
    signed: Signed<'_>,
    service: Service,
    secret: &SecretString,
    now: Timestamp,
) -> Result<(), Refusal> {
    let parameters = Parameters::of(signed.head).map_err(|problem| service.incomplete_signature(problem))?;
    let signed_at = parameters.time().ok_or_else(|| {
        let date = &parameters.date;
        let message =
            format!("Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");
        service.incomplete_signature(message)
    })?;
    in_time(service, &parameters, signed_at, now)?;
    if parameters.scope_date() != parameters.day() {
        let (scope, day, date) = (parameters.scope_date(), parameters.day(), &parameters.date);
        return Err(service.invalid_signature(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' \
             != '{day}', from '{date}'."
        )));
    }
    if !parameters.signed_headers.iter().any(|name| name == "host") {
        let message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        return Err(service.invalid_signature(message));
    }
    let request = canonical::request(signed, &parameters, service);
    let text = format!("{ALGORITHM}\n{}\n{}\n{}", parameters.date, parameters.scope(), digest(request.as_bytes()));
    if hexadecimal(&code(&key(secret, &parameters), &text)) != parameters.signature {
        return Err(service.wrong_signature());
    }
    if service == Service::S3 && canonical::is_other_content(signed) {
        let message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
        return Err(Refusal::new(400, "XAmzContentSHA256Mismatch", message));
    }
    Ok(())
}

/// A presigned request is good until it expires (AWS documentation).
fn in_time(service: Service, parameters: &Parameters, signed_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let tolerance = service.largest_skew();
    let ahead = signed_at.duration_since(now);
    match parameters.expires {
        _ if ahead > tolerance => Err(service.skewed(signed_at, now)),
        Some(_) if -ahead > parameters.lifetime() => Err(service.expired_signature(signed_at, now)),
        None if -ahead > tolerance => Err(service.skewed(signed_at, now)),
        _ => Ok(()),
    }
}

fn key(secret: &SecretString, parameters: &Parameters) -> [u8; 32] {
    let first = format!("AWS4{}", secret.expose_secret());
    let mut scope = parameters.scope().split('/');
    let start = code(first.as_bytes(), scope.next().unwrap_or_default());
    scope.fold(start, |key, part| code(&key, part))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const SIGNED_AT: &str = "2015-08-30T12:36:00Z";

    /// Of a request from AWS's test suite for the version 4 of signatures.
    fn verify(method: &str, uri: &str, headers: &[(&str, &str)], body: &str, at: &str) -> Result<(), Refusal> {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let Ok(request) = request.body(()) else { unreachable!("a request") };
        let (head, ()) = request.into_parts();
        let signed = Signed { head: &head, body: body.as_bytes() };
        let now = at.parse().unwrap_or_default();
        super::verify(signed, Service::Iam, &SecretString::from(SECRET), now)
    }

    fn authorization(signed_headers: &str, signature: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={signed_headers}, Signature={signature}"
        )
    }

    fn code_of(outcome: Result<(), Refusal>) -> &'static str {
        outcome.err().map_or("", |refusal| refusal.code)
    }

    #[test]
    fn the_signatures_of_awss_test_suite_are_good() {
        let (host, date) = (("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z"));
        for (method, uri, more, body, signed_headers, signature) in [
            (
                "GET",
                "/",
                &[][..],
                "",
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
            (
                "GET",
                "/?Param2=value2&Param1=value1",
                &[],
                "",
                "host;x-amz-date",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                "POST",
                "/",
                &[("content-type", "application/x-www-form-urlencoded")],
                "Param1=value1",
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            ),
            (
                "GET",
                "/",
                &[("my-header1", " value1"), ("my-header2", " \"a   b   c\"")],
                "",
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
            ),
        ] {
            let authorization = authorization(signed_headers, signature);
            let mut headers = vec![host, date, ("authorization", authorization.as_str())];
            headers.extend(more);
            assert_eq!(verify(method, uri, &headers, body, SIGNED_AT), Ok(()), "{method} {uri} {signed_headers}");
            for (method, uri, body) in [("PUT", uri, body), (method, "/other", body), (method, uri, "other")] {
                let changed = code_of(verify(method, uri, &headers, body, SIGNED_AT));
                assert_eq!(changed, "SignatureDoesNotMatch", "{method} {uri} {body}");
            }
        }
    }

    #[test]
    fn a_signature_is_good_five_minutes_before_and_after() {
        let signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        let authorization = authorization("host;x-amz-date", signature);
        let at = |now: &str| {
            let headers = [
                ("host", "example.amazonaws.com"),
                ("x-amz-date", "20150830T123600Z"),
                ("authorization", authorization.as_str()),
            ];
            verify("GET", "/", &headers, "", now).err().and_then(|refusal| refusal.message)
        };
        assert_eq!(at("2015-08-30T12:31:00Z"), None);
        assert_eq!(at("2015-08-30T12:41:00Z"), None);
        assert_eq!(
            at("2015-08-30T12:30:59Z").as_deref(),
            Some(
                "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + \
                 5 min.)"
            )
        );
        assert_eq!(
            at("2015-08-30T12:41:01Z").as_deref(),
            Some(
                "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"
            )
        );
    }

    #[test]
    fn a_header_that_lacks_something_is_incomplete() {
        for (headers, code) in [
            (
                &[("authorization", "AWS4-HMAC-SHA256 Credential=A/20150830/x/iam/aws4_request")][..],
                "IncompleteSignature",
            ),
            (
                &[
                    (
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=A/20150830/x/iam/aws4_request, SignedHeaders=host, Signature=0",
                    ),
                    ("x-amz-date", "yesterday"),
                ],
                "IncompleteSignature",
            ),
            (
                &[
                    (
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=A/20150830/x/iam/aws4_request, SignedHeaders=x-amz-date, Signature=0",
                    ),
                    ("x-amz-date", "20150830T123600Z"),
                ],
                "SignatureDoesNotMatch",
            ),
            (
                &[
                    (
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=A/20150829/x/iam/aws4_request, SignedHeaders=host, Signature=0",
                    ),
                    ("x-amz-date", "20150830T123600Z"),
                ],
                "SignatureDoesNotMatch",
            ),
        ] {
            assert_eq!(code_of(verify("GET", "/", headers, "", SIGNED_AT)), code, "{headers:?}");
        }
    }
}
