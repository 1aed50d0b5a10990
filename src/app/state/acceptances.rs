//! What came of accepting the codes of mails, change by change.

use std::collections::BTreeMap;

use crate::app::ids::RunId;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::write::WriteOutcome;

/// The changes that were confirmed together, and what came of them so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptances {
    /// Their run.
    pub run: RunId,
    /// The accounts and their new addresses, in the order they are sent.
    pub items: Vec<(AccountId, EmailAddress)>,
    /// Of those that were sent: why it did not end well, or that AWS took it.
    pub results: BTreeMap<AccountId, Result<(), WriteOutcome>>,
    /// Whether nothing more comes.
    pub ended: bool,
}

impl Acceptances {
    pub(in crate::app) fn new(run: RunId, items: Vec<(AccountId, EmailAddress)>) -> Self {
        Self { run, items, results: BTreeMap::new(), ended: false }
    }
}
