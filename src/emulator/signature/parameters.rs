//! Where the parts of a signature are: in the header `Authorization`, or in the query string of a presigned request.

use std::borrow::Cow;

use axum::http::header::{AUTHORIZATION, DATE, HeaderName};
use axum::http::request::Parts;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::request::ALGORITHM;

#[derive(Debug)]
pub(super) struct Parameters {
    /// `KEY/date/region/service/aws4_request`
    credential: String,
    /// In lower case.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
    /// As it was sent.
    pub(super) date: String,
    /// In seconds, of a presigned request.
    pub(super) expires: Option<i64>,
}

impl Parameters {
    /// What is missing, in AWS's words.
    pub(super) fn of(head: &Parts) -> Result<Self, String> {
        match header(head, &AUTHORIZATION) {
            Some(authorization) => Self::of_header(head, authorization),
            None => Self::of_query(head.uri.query().unwrap_or_default()),
        }
    }

    fn of_header(head: &Parts, authorization: &str) -> Result<Self, String> {
        let parts = authorization.strip_prefix(ALGORITHM).unwrap_or_default();
        let find = |name: &str| {
            let mut parts = parts.split([',', ' ']);
            parts.find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        let (credential, signature, signed) = (find("Credential"), find("Signature"), find("SignedHeaders"));
        let date = header(head, &HeaderName::from_static("x-amz-date")).or_else(|| header(head, &DATE));
        let missing = [
            (credential.is_none(), "Authorization header requires 'Credential' parameter."),
            (signature.is_none(), "Authorization header requires 'Signature' parameter."),
            (signed.is_none(), "Authorization header requires 'SignedHeaders' parameter."),
            (date.is_none(), "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."),
        ];
        Self::whole(credential, signature, signed.as_deref(), date, None).ok_or_else(|| reported(missing))
    }

    fn of_query(query: &str) -> Result<Self, String> {
        let find = |wanted: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find_map(|(name, value)| (name == wanted).then_some(value)).map(Cow::into_owned)
        };
        let (credential, signature) = (find("X-Amz-Credential"), find("X-Amz-Signature"));
        let (signed, date) = (find("X-Amz-SignedHeaders"), find("X-Amz-Date"));
        let missing = [
            (credential.is_none(), "AWS query-string parameters must include 'X-Amz-Credential'."),
            (signature.is_none(), "AWS query-string parameters must include 'X-Amz-Signature'."),
            (signed.is_none(), "AWS query-string parameters must include 'X-Amz-SignedHeaders'."),
            (date.is_none(), "AWS query-string parameters must include 'X-Amz-Date'."),
        ];
        // Without it, as long as one in a header.
        let expires = find("X-Amz-Expires").and_then(|seconds| seconds.parse().ok());
        let whole = Self::whole(credential, signature, signed.as_deref(), date.as_deref(), expires);
        whole.ok_or_else(|| reported(missing))
    }

    fn whole(
        credential: Option<String>,
        signature: Option<String>,
        signed: Option<&str>,
        date: Option<&str>,
        expires: Option<i64>,
    ) -> Option<Self> {
        Some(Self {
            credential: credential?,
            signature: signature?,
            signed_headers: signed?.split(';').map(str::to_ascii_lowercase).collect(),
            date: date?.to_owned(),
            expires,
        })
    }

    /// Without the access key.
    pub(super) fn scope(&self) -> &str {
        // A key id has no slash.
        self.credential.split_once('/').map_or("", |(_, scope)| scope)
    }

    pub(super) fn scope_date(&self) -> &str {
        self.scope().split('/').next().unwrap_or_default()
    }

    pub(super) fn day(&self) -> String {
        self.time().map(|time| time.strftime("%Y%m%d").to_string()).unwrap_or_default()
    }

    pub(super) fn time(&self) -> Option<Timestamp> {
        if let Ok(time) = DateTime::strptime("%Y%m%dT%H%M%SZ", &self.date) {
            return TimeZone::UTC.to_timestamp(time).ok();
        }
        jiff::fmt::rfc2822::parse(&self.date).ok().map(|time| time.timestamp())
    }

    pub(super) fn lifetime(&self) -> SignedDuration {
        SignedDuration::from_secs(self.expires.unwrap_or_default())
    }
}

fn header<'a>(head: &'a Parts, name: &HeaderName) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}

fn reported(missing: [(bool, &str); 4]) -> String {
    let missing: Vec<_> = missing.into_iter().filter_map(|(is, message)| is.then_some(message)).collect();
    missing.join(" ")
}
