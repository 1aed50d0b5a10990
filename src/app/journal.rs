//! View 6: what this program did and was refused.

use super::asked::{Asked, ReadId};
use super::effect::{Effect, Read};
use super::list::List;
use super::{App, View};
use crate::domain::fault::Fault;
use crate::domain::journal::JournalEntry;

/// The journal as it was read last, and how view 6 shows it.
#[derive(Clone, Debug, Default)]
pub struct JournalView {
    /// The newest entries, newest first.
    pub entries: Asked<Vec<JournalEntry>>,
    /// The rows by number of the entry, and the selection.
    pub list: List<i64>,
}

impl App {
    /// Shows view 6, read anew.
    pub(super) fn show_journal(&mut self, effects: &mut Vec<Effect>) {
        self.view = View::Journal;
        self.read(Read::Journal, effects);
    }

    pub(super) fn take_journal(&mut self, id: ReadId, result: Result<Vec<JournalEntry>, Fault>) -> bool {
        let awaited = self.journal.entries.finish(id, result, self.now);
        let entries = self.journal.entries.value().map(Vec::as_slice).unwrap_or_default();
        self.journal.list.set_rows(entries.iter().map(|entry| entry.id).collect());
        awaited
    }
}
