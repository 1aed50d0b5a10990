//! The audits of an account over time.

use jiff::Timestamp;

use super::audit_difference::AuditDifference;
use super::root_credentials::RootAudit;

/// One or more audits of an account in a row that had the same result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastAudit {
    /// When the first of them was made.
    pub(crate) at: Timestamp,
    /// When the last of them was made.
    pub(crate) until: Timestamp,
    /// How many they are.
    pub(crate) audits: u32,
    pub(crate) audit: RootAudit,
    /// The audit that the first of them was compared with; `None` for the first one of an account.
    pub(crate) since: Option<Timestamp>,
    /// What was different then.
    pub(crate) differences: Vec<AuditDifference>,
}
