//! Accounts whose password recovery was allowed from here and not closed again.

use jiff::Timestamp;

use super::account::AccountId;

/// An account that was left open, by the journal of this machine. Only an audit tells whether it still is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOpen {
    /// The member account.
    pub account: AccountId,
    pub(crate) since: Timestamp,
    /// The ARN of who allowed it.
    pub by: String,
}
