//! View 6: what this program did and was refused.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::app::derived::Derived;
use crate::app::filter::{EntryProperty, Filter};
use crate::app::list::{List, Motion};
use crate::app::state::resolving::Unresolved;
use crate::domain::journal::{Journal, JournalEntry, JournalOutcome};
use crate::domain::remote_data::RemoteData;
use crate::domain::resolution::{Doubt, Sought};

/// The journal as it was read last, and how view 6 shows it.
#[derive(Clone, Debug, Default)]
pub struct JournalView {
    /// The newest entries, newest first.
    pub journal: RemoteData<Journal>,
    /// The rows by number of the entry, and the selection.
    pub list: List<i64>,
    /// What is shown of it.
    pub filter: Filter<EntryProperty>,
    /// Whether the details have the focus.
    pub reading: bool,
    /// The first line of the details on screen.
    pub top: usize,
    /// The entry that the details are about: they follow the cursor once it rests.
    pub details: Option<i64>,
    /// What is known of the changes that have no known end.
    pub unresolved: Unresolved,
    /// Whether a row was chosen: until then the first one is.
    pub(in crate::app) chosen: bool,
    /// Whether it was written to since the reading under way began.
    pub(in crate::app) again: bool,
    /// The accounts.
    pub(in crate::app) derived: Derived<u64>,
}

/// How an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// This run of the program has it under way.
    UnderWay,
    /// It has no end yet: another rootdeck may have it under way.
    Elsewhere,
    /// It has no end, and nobody can have it under way any more: cut off between call and answer.
    CutOff,
    /// It ended so.
    Ended(JournalOutcome),
}

impl EntryState {
    /// The word that is shown, and that the filter asks for.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::UnderWay => "under way",
            Self::Elsewhere | Self::CutOff => JournalOutcome::Unknown.as_str(),
            Self::Ended(outcome) => outcome.shown().as_str(),
        }
    }
}

impl JournalView {
    /// One entry.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&JournalEntry> {
        self.journal.value()?.entries.iter().find(|entry| entry.id == id)
    }

    /// The entry whose row has the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&JournalEntry> {
        self.get(self.list.selected()?)
    }

    /// The entries that the filter lets through, in the order of the rows.
    pub fn shown(&self) -> impl Iterator<Item = &JournalEntry> {
        let by_id: BTreeMap<i64, &JournalEntry> = self
            .journal
            .value()
            .into_iter()
            .flat_map(|journal| &journal.entries)
            .map(|entry| (entry.id, entry))
            .collect();
        self.list.rows().iter().filter_map(move |id| by_id.get(id).copied())
    }

    /// How an entry stands.
    #[must_use]
    pub fn state(&self, entry: &JournalEntry, now: Timestamp) -> EntryState {
        let under_way = self.journal.value().is_some_and(|journal| journal.under_way.contains(&entry.id));
        match entry.outcome {
            JournalOutcome::Intended if under_way => EntryState::UnderWay,
            JournalOutcome::Intended if entry.may_be_under_way(now) => EntryState::Elsewhere,
            JournalOutcome::Intended => EntryState::CutOff,
            outcome => EntryState::Ended(outcome),
        }
    }

    /// Why it can't be told what became of an entry: what was found out, or what holds of its kind.
    #[must_use]
    pub fn doubt(&self, entry: &JournalEntry, now: Timestamp) -> Option<Doubt> {
        let is_open = match self.state(entry, now) {
            EntryState::UnderWay => false,
            EntryState::Elsewhere | EntryState::CutOff => true,
            EntryState::Ended(outcome) => outcome == JournalOutcome::Unknown,
        };
        if is_open { self.unresolved.doubt(entry.id).or_else(|| Sought::of(entry).doubt()) } else { None }
    }

    /// Notes that order or filter have changed.
    pub(in crate::app) fn mark_dirty(&mut self) {
        self.derived.invalidate();
    }

    /// Moves the cursor, or the text of the details.
    pub(in crate::app) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.chosen = true;
            self.top = 0;
            self.list.go(motion);
        }
    }
}
