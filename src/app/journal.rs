//! View 6: what this program did and was refused.

use crate::app::model::Model;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::command::{CommandId, DisabledReason};
use super::effect::Read;
use super::effect::StoreRequest;
use super::filter::{EntryCandidate, EntryProperty, Filter};
use super::list::{List, Motion};
use super::msg::{Answer, Msg};
use super::resolving::Unresolved;
use super::{App, View};
use crate::domain::account::AccountId;
use crate::domain::api_error::ApiError;
use crate::domain::cloudtrail::{is_inside, lookup};
use crate::domain::journal::{Journal, JournalEntry, JournalOutcome};
use crate::domain::remote_data::{ReadId, RemoteData};
use crate::domain::resolution::{Doubt, Sought};
use crate::domain::run::RunReport;

/// The journal as it was read last, and how view 6 shows it.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the view")]
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
    chosen: bool,
    /// Whether it was written to since the reading under way began.
    again: bool,
    unsettled: bool,
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
    pub(super) fn mark_dirty(&mut self) {
        self.unsettled = true;
    }

    /// Moves the cursor, or the text of the details.
    pub(super) fn go(&mut self, motion: Motion, rows: usize, lines: usize) {
        if self.reading {
            self.top = motion.apply(self.top, rows, lines).min(lines.saturating_sub(rows));
        } else {
            self.chosen = true;
            self.top = 0;
            self.list.go(motion);
        }
    }
}

impl Model {
    pub(super) fn can_read_entry(&self) -> Result<(), DisabledReason> {
        self.journal.selected().map(|_| ()).ok_or(DisabledReason::NoEntry)
    }

    /// Gives the details of the selected entry the focus.
    pub(super) fn open_entry(&mut self) {
        self.journal.details = self.journal.list.selected();
        (self.journal.reading, self.journal.top) = (true, 0);
    }

    pub(super) fn can_copy_request_id(&self) -> Result<(), DisabledReason> {
        let entry = self.journal.selected().ok_or(DisabledReason::NoEntry)?;
        if entry.request_id.is_some() { Ok(()) } else { Err(DisabledReason::NoRequestId) }
    }

    pub(super) fn copy_request_id(&mut self) {
        if let Some(request_id) = self.journal.selected().and_then(|entry| entry.request_id.clone()) {
            self.copy(request_id);
        }
    }

    pub(super) fn can_copy_lookup(&self) -> Result<(), DisabledReason> {
        let entry = self.journal.selected().ok_or(DisabledReason::NoEntry)?;
        if is_inside(entry) { Err(DisabledReason::MemberTrail) } else { Ok(()) }
    }
}

impl App {
    /// Shows view 6, read anew.
    pub(super) fn show_journal(&mut self) {
        self.view = View::Journal;
        self.model.read_anew(Read::Journal);
    }

    pub(super) fn apply_journal(&mut self, id: ReadId, result: Result<Journal, ApiError>) -> bool {
        let awaited = self.model.journal.journal.finish(id, result, self.model.now);
        if awaited {
            self.model.journal.mark_dirty();
            let entries = self.model.journal.journal.value().into_iter().flat_map(|journal| &journal.entries);
            self.model.journal.unresolved.forget_ended(entries.filter(|entry| !entry.is_open()).map(|entry| entry.id));
            if std::mem::take(&mut self.model.journal.again) {
                self.journal_grew();
            }
        }
        awaited
    }

    /// Reads the journal again while it is shown: something was written to it. One reading at a time.
    pub(super) fn journal_grew(&mut self) {
        if self.view == View::Journal {
            self.model.journal.again = self.model.journal.journal.is_loading();
            self.model.read(Read::Journal);
        }
    }

    /// Brings the rows of view 6 up to date.
    pub(super) fn recompute_journal(&mut self, accounts_settled: bool) {
        if self.view != View::Journal || !(self.model.journal.unsettled || accounts_settled) {
            return;
        }
        self.model.journal.unsettled = false;
        let (journal, accounts, now) = (&self.model.journal, &self.model.accounts, self.model.now);
        let name = |account: Option<AccountId>| {
            account.and_then(|id| accounts.get(id)).map_or("", |account| account.name.as_str())
        };
        let entries = journal.journal.value().map(|journal| journal.entries.as_slice()).unwrap_or_default();
        let rows = if journal.filter.is_empty() {
            entries.iter().map(|entry| entry.id).collect()
        } else {
            let candidates = entries.iter().map(|entry| {
                let outcome = journal.state(entry, now).word();
                EntryCandidate { entry, name: name(entry.account), outcome }
            });
            journal.filter.keep(candidates, now, &self.model.start.time_zone)
        };
        self.model.journal.list.set_rows(rows);
        if !self.model.journal.chosen {
            self.model.journal.list.go(Motion::First);
        }
        if !self.model.journal.chosen || self.model.journal.details.is_none() {
            self.model.journal.details = self.model.journal.list.selected();
        }
    }

    pub(super) fn copy_lookup(&mut self) {
        let Some(entry) = self.model.journal.selected() else { return };
        let commands = self.model.commands(|caller| lookup(entry, caller));
        self.copy_commands(CommandId::CopyLookup, &commands);
    }
}

/// Whether a message tells of something that the journal has by then.
pub(super) fn is_journaled(msg: &Msg) -> bool {
    match msg {
        Msg::Written(..) => true,
        Msg::Run(_, report) => {
            matches!(**report, RunReport::Deleted { .. } | RunReport::Written(..) | RunReport::Ended)
        }
        Msg::Answer(_, answer) => {
            matches!(answer, Answer::Buckets(..) | Answer::Queues(..) | Answer::Policy(..) | Answer::Session(..))
                || matches!(answer, Answer::Kept(store_request, _) if matches!(**store_request, StoreRequest::Refusal(..)))
        }
        _ => false,
    }
}
