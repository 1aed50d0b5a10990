//! Changes that have no known end: told at the start, looked for by reading.

use crate::app::model::Model;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::App;
use super::command::DisabledReason;
use super::effect::{Effect, Read, Wake};
use super::journal::EntryState;
use super::notification::Notification;
use crate::domain::api_error::ApiError;
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::remote_data::{ReadId, RemoteData};
use crate::domain::resolution::{Doubt, Resolution, Sought};

/// What is known of the changes that have no known end.
#[derive(Clone, Debug, Default)]
pub struct Unresolved {
    /// How many there are of the last days.
    pub count: usize,
    /// Looking what became of them.
    pub(super) resolving: RemoteData<()>,
    /// Why it can't be told what became of an entry, as far as that was looked for.
    doubts: BTreeMap<i64, Doubt>,
    /// Whether it was said how many there are.
    told: bool,
    /// Whether it was said what was found out about them first.
    announced: bool,
    /// Whether a timer for looking again runs.
    look_due: bool,
}

impl Unresolved {
    /// Why it can't be told what became of an entry, as far as that was looked for.
    #[must_use]
    pub fn doubt(&self, entry: i64) -> Option<Doubt> {
        self.doubts.get(&entry).cloned()
    }

    /// Lets go of those that have an end by now: a look into their account has told it, or another program.
    pub(super) fn forget_ended(&mut self, ended: impl Iterator<Item = i64>) {
        let known = ended.filter(|entry| self.doubts.remove(entry).is_some()).count();
        self.count = self.count.saturating_sub(known);
    }
}

impl Model {
    /// Notes how many changes of the last days have no known end, and has AWS asked about them once it is
    /// sure whose they are.
    pub(super) fn note_unresolved(&mut self, unresolved: usize) {
        if self.organization.current().is_none() {
            return;
        }
        self.journal.unresolved.count = unresolved;
        if unresolved > 0 {
            if !std::mem::replace(&mut self.journal.unresolved.told, true) {
                self.out.notify(Notification::CutOff(unresolved));
            }
            self.read(Read::Resolve(None));
        }
    }

    /// Asks to be woken when looking again may settle one of them. One timer at a time.
    fn look_again(&mut self, at: Option<Timestamp>) {
        let Some(at) = at else { return };
        if !std::mem::replace(&mut self.journal.unresolved.look_due, true) {
            let delay = at.duration_since(self.now).max(jiff::SignedDuration::from_secs(1));
            self.out.push(Effect::Wake(delay.unsigned_abs(), Wake::Resolve));
        }
    }

    pub(super) fn can_resolve(&self) -> Result<(), DisabledReason> {
        self.can_resolve_one(self.journal.selected().ok_or(DisabledReason::NoEntry)?)
    }

    /// Whether AWS can be asked what became of an entry.
    #[must_use]
    pub fn can_resolve_entry(&self, entry: &JournalEntry) -> bool {
        self.can_resolve_one(entry).is_ok() && Sought::of(entry).doubt().is_none()
    }

    fn can_resolve_one(&self, entry: &JournalEntry) -> Result<(), DisabledReason> {
        match self.journal.state(entry, self.now) {
            EntryState::UnderWay => Err(DisabledReason::UnderWay),
            EntryState::Ended(outcome) if outcome != JournalOutcome::Unknown => Err(DisabledReason::KnownEnd),
            _ if self.journal.unresolved.resolving.is_loading() => Err(DisabledReason::Asked),
            _ => Ok(()),
        }
    }

    /// Has AWS asked what became of the selected entry.
    pub(super) fn resolve_selected(&mut self) {
        if let Some(entry) = self.journal.list.selected() {
            self.read(Read::Resolve(Some(entry)));
        }
    }
}

impl App {
    /// Takes what was found out about changes whose end was not known; `only` is the one that a person
    /// asked for.
    pub(super) fn apply_resolution(
        &mut self,
        id: ReadId,
        only: Option<i64>,
        result: Result<Resolution, ApiError>,
    ) -> bool {
        let (done, resolution) = match result {
            Ok(resolution) => (Ok(()), Some(resolution)),
            Err(fault) => (Err(fault), None),
        };
        let awaited = self.model.journal.unresolved.resolving.finish(id, done, self.model.now);
        let Some(resolution) = resolution.filter(|_| awaited) else { return awaited };
        for (entry, _) in &resolution.settled {
            self.model.journal.unresolved.doubts.remove(entry);
        }
        self.model
            .journal
            .unresolved
            .doubts
            .extend(resolution.open.iter().map(|open| (open.entry, open.doubt.clone())));
        if let Some(entry) = only {
            self.model.journal.unresolved.count =
                self.model.journal.unresolved.count.saturating_sub(resolution.settled.len());
            self.model.out.notify(Notification::EntryResolved(entry, Box::new(resolution.clone())));
        } else {
            self.model.journal.unresolved.count = resolution.open.len();
            let first = !std::mem::replace(&mut self.model.journal.unresolved.announced, true);
            if resolution.count() > 0 && (first || !resolution.settled.is_empty()) {
                self.model.out.notify(Notification::Resolved(Box::new(resolution.clone())));
            }
        }
        self.model.look_again(resolution.again());
        if !resolution.settled.is_empty() {
            // A start that never came about is not pending any more.
            self.model.read_anew(Read::Stored);
            self.journal_grew();
        }
        true
    }

    /// The time to look again has come.
    pub(super) fn resolve_again(&mut self) {
        self.model.journal.unresolved.look_due = false;
        if self.model.organization.current().is_some() && !self.quitting {
            self.model.read(Read::Resolve(None));
        }
    }
}
