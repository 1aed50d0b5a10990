//! The connection to AWS.

use super::caller::Caller;

/// A confirmed connection to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Who AWS says we are.
    pub caller: Caller,
    /// The profile that was named, on the command line or in `AWS_PROFILE`.
    pub profile: Option<String>,
    /// The region, as it was given.
    pub region: String,
    /// Whether the region was named nowhere and taken for granted.
    pub region_assumed: bool,
    /// `None` for AWS's own.
    pub endpoint: Option<String>,
    /// Whether calls are held back to AWS's quotas.
    pub paced: bool,
}
