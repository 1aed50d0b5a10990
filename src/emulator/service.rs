//! The services spoken, and the errors every one of them has in its own shape.

use jiff::{SignedDuration, Timestamp};

use super::{Caller, Denial, Detail, Refusal};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Service {
    Organizations,
    Account,
    Iam,
    Sts,
    S3,
    Sqs,
    /// The access portal of IAM Identity Center.
    Sso,
}

impl Service {
    const SIGNED: [Self; 6] = [Self::Organizations, Self::Account, Self::Iam, Self::Sts, Self::S3, Self::Sqs];

    pub(crate) fn from_signing_name(name: &str) -> Option<Self> {
        Self::SIGNED.into_iter().find(|service| service.name() == name)
    }

    /// The `SigV4` name, also the prefix of the service's IAM actions.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Organizations => "organizations",
            Self::Account => "account",
            Self::Iam => "iam",
            Self::Sts => "sts",
            Self::S3 => "s3",
            Self::Sqs => "sqs",
            Self::Sso => "sso",
        }
    }

    /// No token that is good came along (AWS's text, as people report it).
    fn no_portal_session() -> Refusal {
        Refusal::new(401, "UnauthorizedException", "Session token not found or invalid")
    }

    /// awsJson services answer 400, query services 403, and name the error differently. Account Management answers 403,
    /// in front of the service (general AWS convention, not captured).
    fn unauthenticated(self, (json, query): (&'static str, &'static str), message: impl Into<String>) -> Refusal {
        let status = if self == Self::Organizations { 400 } else { 403 };
        Refusal::new(status, if self.speaks_json() { json } else { query }, message)
    }

    fn speaks_json(self) -> bool {
        matches!(self, Self::Organizations | Self::Account | Self::Sqs | Self::Sso)
    }

    /// The request is not signed (general AWS convention).
    pub(crate) fn missing_credentials(self) -> Refusal {
        if self == Self::S3 {
            return Refusal::access_denied("Access Denied");
        }
        let codes = ("MissingAuthenticationTokenException", "MissingAuthenticationToken");
        self.unauthenticated(codes, "Missing Authentication Token")
    }

    /// Nobody has this access key (general AWS convention).
    pub(crate) fn unknown_credentials(self) -> Refusal {
        if self == Self::S3 {
            let message = "The AWS Access Key Id you provided does not exist in our records.";
            return Refusal::new(403, "InvalidAccessKeyId", message);
        }
        if self == Self::Sso {
            return Self::no_portal_session();
        }
        let codes = ("UnrecognizedClientException", "InvalidClientTokenId");
        self.unauthenticated(codes, "The security token included in the request is invalid.")
    }

    /// The session is over (general AWS convention).
    pub(crate) fn expired_token(self) -> Refusal {
        if self == Self::S3 {
            return Refusal::new(400, "ExpiredToken", "The provided token has expired.");
        }
        if self == Self::Sso {
            return Self::no_portal_session();
        }
        let codes = ("ExpiredTokenException", "ExpiredToken");
        self.unauthenticated(codes, "The security token included in the request is expired")
    }

    /// How far the clock of a client may be off (AWS documentation).
    pub(crate) fn largest_skew(self) -> SignedDuration {
        SignedDuration::from_mins(self.largest_skew_in_minutes())
    }

    fn largest_skew_in_minutes(self) -> i64 {
        if self == Self::S3 { 15 } else { 5 }
    }

    /// The client's clock is off (general AWS convention). `now` is the real time, as in the `Date` header, so that
    /// SDKs find the difference that there is.
    pub(crate) fn skewed(self, signed_at: Timestamp, now: Timestamp) -> Refusal {
        if self == Self::S3 {
            let message = "The difference between the request time and the current time is too large.";
            return Refusal::new(403, "RequestTimeTooSkewed", message);
        }
        let tolerance = self.largest_skew_in_minutes();
        let (signed, current) = (stamp(signed_at), stamp(now));
        let message = if signed_at > now {
            let limit = stamp(minutes(now, tolerance));
            format!("Signature not yet current: {signed} is still later than {limit} ({current} + {tolerance} min.)")
        } else {
            let limit = stamp(minutes(now, -tolerance));
            format!("Signature expired: {signed} is now earlier than {limit} ({current} - {tolerance} min.)")
        };
        self.invalid_signature(message)
    }

    /// Of a presigned request (general AWS convention).
    pub(crate) fn expired_signature(self, signed_at: Timestamp, now: Timestamp) -> Refusal {
        if self == Self::S3 {
            return Refusal::access_denied("Request has expired");
        }
        let (signed, current) = (stamp(signed_at), stamp(now));
        self.invalid_signature(format!("Signature expired: {signed} is now earlier than {current}"))
    }

    /// The secret or the request is another than the one that was signed (general AWS convention).
    pub(crate) fn wrong_signature(self) -> Refusal {
        if self == Self::S3 {
            let message = "The request signature we calculated does not match the signature you provided. Check your \
                           key and signing method.";
            return Refusal::new(403, "SignatureDoesNotMatch", message);
        }
        self.invalid_signature(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        )
    }

    pub(crate) fn invalid_signature(self, message: impl Into<String>) -> Refusal {
        self.unauthenticated(("InvalidSignatureException", "SignatureDoesNotMatch"), message)
    }

    /// A part of it is missing (general AWS convention).
    pub(crate) fn incomplete_signature(self, message: impl Into<String>) -> Refusal {
        let code = match self {
            Self::S3 => "AuthorizationHeaderMalformed",
            _ if self.speaks_json() => "IncompleteSignatureException",
            _ => "IncompleteSignature",
        };
        Refusal::new(400, code, message)
    }

    /// Codes and statuses are the service models'; `Type` and message of Organizations' error, and the messages of
    /// Account Management and the portal, are a guess.
    pub(crate) fn throttled(self) -> Refusal {
        match self {
            Self::Organizations => Refusal::new(
                400,
                "TooManyRequestsException",
                "You've exceeded the number of requests allowed for this operation. Try again later.",
            )
            .with(Detail::Type("RATE_LIMIT_EXCEEDED")),
            Self::Account | Self::Sso => Refusal::new(429, "TooManyRequestsException", "Rate exceeded"),
            Self::Iam | Self::Sts => Refusal::new(400, "Throttling", "Rate exceeded"),
            Self::S3 => Refusal::new(503, "SlowDown", "Please reduce your request rate."),
            Self::Sqs => Refusal::new(400, "RequestThrottled", "Request is throttled."),
        }
    }

    /// Service models, but for the portal, whose model has none; the messages are a guess.
    pub(crate) fn internal_error(self) -> Refusal {
        let code = match self {
            Self::Organizations => "ServiceException",
            Self::Account | Self::Sso => "InternalServerException",
            Self::Iam => "ServiceFailure",
            Self::Sts | Self::Sqs => "InternalFailure",
            Self::S3 => "InternalError",
        };
        Refusal::new(500, code, "The request failed because of an internal error. Try again later.")
    }

    /// The caller's policies do not allow the operation (captured).
    pub(crate) fn access_denied(self, caller: &Caller, operation: &str) -> Refusal {
        self.denied(caller, self.action(operation), "*", &Denial::NoIdentityPolicy)
    }

    /// The IAM action of an operation: S3 names some otherwise (AWS documentation).
    pub(crate) fn action(self, operation: &str) -> &str {
        match (self, operation) {
            (Self::S3, "ListBuckets") => "ListAllMyBuckets",
            (Self::S3, "HeadBucket" | "ListObjects") => "ListBucket",
            (Self::S3, "HeadObject") => "GetObject",
            (Self::S3, "GetPublicAccessBlock") => "GetBucketPublicAccessBlock",
            (_, same) => same,
        }
    }

    /// `action` is without the service's prefix.
    ///
    /// Captured: the texts of Organizations and Account Management, and IAM's about identity policies. S3's is AWS
    /// documentation; that SQS writes actions in lower case is what people report.
    pub(crate) fn denied(self, caller: &Caller, action: &str, resource: &str, denial: &Denial) -> Refusal {
        let mut action = format!("{}:{action}", self.name());
        if self == Self::Sqs {
            action = action.to_lowercase();
        }
        let user = format!("User: {} is not authorized to perform: {action}", caller.arn);
        let why = denial.words(&action);
        match self {
            Self::Organizations => {
                Refusal::new(400, "AccessDeniedException", "You don't have permissions to access this resource.")
            }
            Self::Account => Refusal::new(403, "AccessDeniedException", user),
            // AWS's text as people report it; the model does not have the code.
            Self::Sso => Refusal::new(403, "ForbiddenException", "No access"),
            Self::S3 if resource == "*" => Refusal::access_denied(format!("{user}{why}")),
            Self::S3 => Refusal::access_denied(format!("{user} on resource: \"{resource}\"{why}")),
            Self::Sqs => Refusal::new(403, "AccessDeniedException", format!("{user} on resource: {resource}{why}")),
            // AssumeRoot (captured) and AssumeRole (as people report it) do not say that no policy allows it.
            Self::Sts if *denial == Denial::NoIdentityPolicy => {
                Refusal::access_denied(format!("{user} on resource: {resource}"))
            }
            Self::Iam | Self::Sts => Refusal::access_denied(format!("{user} on resource: {resource}{why}")),
        }
    }

    /// No such operation. What people report: of JSON services a type and no message, of the others these texts. `version`
    /// is that of the request.
    pub(crate) fn unknown_operation(self, operation: &str, version: Option<&str>) -> Refusal {
        match self {
            Self::Organizations => Refusal::silent(400, "UnknownOperationException"),
            // In awsQuery it has a message, see `wire`.
            Self::Sqs => Refusal::silent(400, "UnknownOperationException"),
            Self::Account | Self::Sso => Refusal::silent(404, "UnknownOperationException"),
            Self::S3 => {
                let message = "The specified method is not allowed against this resource.";
                Refusal::new(405, "MethodNotAllowed", message)
            }
            Self::Iam | Self::Sts if operation.is_empty() => Refusal::new(400, "MissingAction", "Missing Action"),
            Self::Iam | Self::Sts => {
                let version = version.unwrap_or("NO_VERSION_SPECIFIED");
                let message = format!("Could not find operation {operation} for version {version}");
                Refusal::new(400, "InvalidAction", message)
            }
        }
    }
}

/// `20261130T203416Z`
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn minutes(at: Timestamp, minutes: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}
