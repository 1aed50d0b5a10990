//! View 6: what this program did and refused.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::app::derived::Derived;
use crate::app::filter::{EntryProperty, Filter};
use crate::app::list::ListPane;
use crate::app::state::resolving::Unresolved;
use crate::domain::journal::{Journal, JournalEntry, JournalOutcome};
use crate::domain::remote_data::RemoteData;
use crate::domain::resolution::{Doubt, Sought};

#[derive(Clone, Debug, Default)]
pub(crate) struct JournalView {
    pub(crate) journal: RemoteData<Journal>,
    pub(crate) pane: ListPane<i64>,
    pub(crate) filter: Filter<EntryProperty>,
    /// The entry that the details show: they follow the cursor once it rests.
    pub(crate) details: Option<i64>,
    pub(crate) unresolved: Unresolved,
    /// Whether it was written to since the read in progress began.
    pub(in crate::app) again: bool,
    pub(in crate::app) derived: Derived<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// In progress in this run of the program.
    InProgress,
    /// No outcome yet: it may be in progress in another rootdeck.
    Elsewhere,
    /// No outcome, and it can't be in progress any more: cut off between call and answer.
    CutOff,
    Ended(JournalOutcome),
}

impl EntryState {
    /// The word that is shown, and that the filter matches.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InProgress => "in progress",
            Self::Elsewhere | Self::CutOff => JournalOutcome::Unknown.as_str(),
            Self::Ended(outcome) => outcome.shown().as_str(),
        }
    }
}

impl JournalView {
    pub(crate) fn get(&self, id: i64) -> Option<&JournalEntry> {
        self.journal.value()?.entries.iter().find(|entry| entry.id == id)
    }

    pub(crate) fn selected(&self) -> Option<&JournalEntry> {
        self.get(self.pane.list.selected()?)
    }

    pub(crate) fn shown(&self) -> impl Iterator<Item = &JournalEntry> {
        let by_id: BTreeMap<i64, &JournalEntry> = self
            .journal
            .value()
            .into_iter()
            .flat_map(|journal| &journal.entries)
            .map(|entry| (entry.id, entry))
            .collect();
        self.pane.list.rows().iter().filter_map(move |id| by_id.get(id).copied())
    }

    pub(crate) fn state(&self, entry: &JournalEntry, now: Timestamp) -> EntryState {
        let in_progress = self.journal.value().is_some_and(|journal| journal.in_progress.contains(&entry.id));
        match entry.outcome {
            JournalOutcome::Intended if in_progress => EntryState::InProgress,
            JournalOutcome::Intended if entry.may_be_in_progress(now) => EntryState::Elsewhere,
            JournalOutcome::Intended => EntryState::CutOff,
            outcome => EntryState::Ended(outcome),
        }
    }

    /// Why the result of an entry can't be known: what a check found, or what is true for its kind.
    pub(crate) fn doubt(&self, entry: &JournalEntry, now: Timestamp) -> Option<Doubt> {
        let is_open = match self.state(entry, now) {
            EntryState::InProgress => false,
            EntryState::Elsewhere | EntryState::CutOff => true,
            EntryState::Ended(outcome) => outcome == JournalOutcome::Unknown,
        };
        if is_open {
            self.unresolved.doubts.get(&entry.id).cloned().or_else(|| Sought::of(entry).doubt())
        } else {
            None
        }
    }
}
