//! What came of accepting the codes of mails, change by change.

use crate::app::model::Model;
use crate::domain::write::WriteOutcome;
use std::collections::BTreeMap;

use super::App;
use super::command::DisabledReason;
use super::effect::RunId;
use super::layers::{Layer, Reader};
use super::runs::RunKind;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;

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
    pub(super) fn new(run: RunId, items: Vec<(AccountId, EmailAddress)>) -> Self {
        Self { run, items, results: BTreeMap::new(), ended: false }
    }
}

impl Model {
    /// Notes what came of one change of the run `id`.
    pub(super) fn note_acceptance(&mut self, id: RunId, account: AccountId, trouble: Option<WriteOutcome>) {
        if let Some(all) = self.acceptances.as_mut().filter(|all| all.run == id) {
            all.results.insert(account, trouble.map_or(Ok(()), Err));
        }
    }

    pub(super) fn has_acceptances(&self) -> Result<(), DisabledReason> {
        self.acceptances.as_ref().map(|_| ()).ok_or(DisabledReason::NothingAccepted)
    }

    /// What the results of this run are about.
    pub(super) fn kind_of_results(&self, id: RunId) -> RunKind {
        let accepted = self.acceptances.as_ref().is_some_and(|all| all.run == id);
        if accepted { RunKind::AcceptEmailChanges } else { RunKind::Deletion }
    }
}

impl App {
    /// Shows what came of the newest of them.
    pub(super) fn show_acceptances(&mut self) {
        if let Some(all) = &self.model.acceptances {
            self.layers.push(Layer::Results(Reader::new(all.run)));
        }
    }
}
