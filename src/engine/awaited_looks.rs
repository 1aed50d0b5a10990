//! The open entries of the journal that a coming read may settle.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::journal::JournalEntry;
use crate::domain::resolution::{Evidence, Sought};

/// The entries that a read made anyway would settle: those of this run, and those of earlier runs that only a read in a
/// member account settles.
#[derive(Debug, Default)]
pub(super) struct AwaitedLooks {
    entries: Mutex<Vec<Awaited>>,
    /// Whether those of earlier runs are included.
    pub(super) all: tokio::sync::OnceCell<()>,
}

#[derive(Clone, Debug)]
pub(super) struct Awaited {
    pub(super) entry: JournalEntry,
    /// The change, if it was made in this run: the journal does not have the text of a policy.
    pub(super) change: Option<Change>,
}

impl AwaitedLooks {
    fn entries(&self) -> MutexGuard<'_, Vec<Awaited>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn of(&self, account: AccountId) -> Vec<Awaited> {
        self.entries().iter().filter(|awaited| awaited.entry.account == Some(account)).cloned().collect()
    }

    pub(super) fn reported_by(&self, evidence: &Evidence, account: Option<AccountId>) -> Vec<JournalEntry> {
        let is = |awaited: &&Awaited| Sought::of(&awaited.entry).is_reported_by(evidence, account);
        self.entries().iter().filter(is).map(|awaited| awaited.entry.clone()).collect()
    }

    /// A change that is known stays known: the look right after a write may find the entry before the write adds it.
    pub(super) fn add(&self, entry: &JournalEntry, change: Option<Change>) {
        let mut entries = self.entries();
        match entries.iter_mut().find(|known| known.entry.id == entry.id) {
            Some(known) => known.change = change.or(known.change.take()),
            None => entries.push(Awaited { entry: entry.clone(), change }),
        }
    }

    pub(super) fn remove(&self, id: i64) {
        self.entries().retain(|awaited| awaited.entry.id != id);
    }
}
