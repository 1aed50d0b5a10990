//! An error as a service means it; `wire` gives it the shape of the service's protocol.

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// Empty where AWS sends none.
    pub(crate) code: &'static str,
    /// Absent where AWS sends none.
    pub(crate) message: Option<String>,
    pub(crate) detail: Detail,
}

/// What some errors carry beside a message (service models).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Detail {
    None,
    /// `Reason` of Organizations' `InvalidInputException` and `ConstraintViolationException`.
    Reason(&'static str),
    /// `Type` of Organizations' `TooManyRequestsException`.
    Type(&'static str),
    /// The one failed field of Account Management's `ValidationException`.
    Field(FailedField),
    Bucket(BucketDetail),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BucketDetail {
    pub(crate) name: String,
    /// The region to ask instead, and its endpoint.
    pub(crate) elsewhere: Option<(String, String)>,
}

/// An entry of `fieldList` in Account Management's `ValidationException`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FailedField {
    pub(crate) name: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: Some(message.into()), detail: Detail::None }
    }

    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        Self::new(403, "AccessDenied", message)
    }

    pub(crate) fn silent(status: u16, code: &'static str) -> Self {
        Self { status, code, message: None, detail: Detail::None }
    }

    /// AWS leaves out what kind of error it is at times (captured).
    pub(crate) fn untyped(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "", message)
    }

    pub(crate) fn with(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// A bucket policy that is no JSON object (AWS documentation).
    pub(crate) fn no_policy_document() -> Self {
        Self::new(400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")
    }

    /// As SQS says it (a guess).
    pub(crate) fn missing_parameter(name: &str) -> Self {
        let message = format!("The request must contain the parameter {name}.");
        Self::new(400, "MissingRequiredParameterException", message)
    }

    /// A parameter of a form that can't be read.
    pub(crate) fn malformed() -> Self {
        Self::silent(400, "MalformedInput")
    }

    /// A body that is no document of the protocol, or a member of the wrong type.
    pub(crate) fn serialization() -> Self {
        Self::silent(400, "SerializationException")
    }
}
