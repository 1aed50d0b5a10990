//! The results of accepting the codes of mails, change by change.

use std::collections::BTreeMap;

use crate::app::ids::RunId;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::write::WriteOutcome;

/// A batch of changes confirmed together, with its results so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Acceptances {
    pub(crate) run: RunId,
    /// The accounts and their new addresses, in the order of sending.
    pub(crate) items: Vec<(AccountId, EmailAddress)>,
    /// Of those sent: that AWS accepted it, or why it did not end well.
    pub(crate) results: BTreeMap<AccountId, Result<(), WriteOutcome>>,
    pub(crate) ended: bool,
}
