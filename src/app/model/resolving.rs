use jiff::Timestamp;

use crate::app::command_id::DisabledReason;
use crate::app::effect::{Effect, Read, Wake};
use crate::app::model::Model;
use crate::app::notification::Notification;
use crate::app::state::journal::EntryState;
use crate::domain::journal::{JournalEntry, JournalOutcome};
use crate::domain::resolution::Sought;

impl Model {
    /// Records how many recent changes have an unknown outcome, and has AWS asked about them once
    /// the caller is confirmed.
    pub(in crate::app) fn note_unresolved(&mut self, unresolved: usize) {
        if self.organization.current().is_none() {
            return;
        }
        self.journal.unresolved.count = unresolved;
        if unresolved > 0 {
            if !std::mem::replace(&mut self.journal.unresolved.reported, true) {
                self.out.notify(Notification::CutOff(unresolved));
            }
            self.read(Read::Resolve(None));
        }
    }

    /// Asks to be woken when checking again may resolve one of them. One timer at a time.
    pub(in crate::app) fn look_again(&mut self, at: Option<Timestamp>) {
        let Some(at) = at else { return };
        if !std::mem::replace(&mut self.journal.unresolved.look_due, true) {
            let delay = at.duration_since(self.now).max(jiff::SignedDuration::from_secs(1));
            self.out.push(Effect::Wake(delay.unsigned_abs(), Wake::Resolve));
        }
    }

    pub(in crate::app) fn can_resolve(&self) -> Result<(), DisabledReason> {
        self.can_resolve_one(self.journal.selected().ok_or(DisabledReason::NoEntry)?)
    }

    pub(crate) fn can_resolve_entry(&self, entry: &JournalEntry) -> bool {
        self.can_resolve_one(entry).is_ok() && Sought::of(entry).doubt().is_none()
    }

    fn can_resolve_one(&self, entry: &JournalEntry) -> Result<(), DisabledReason> {
        match self.journal.state(entry, self.now) {
            EntryState::InProgress => Err(DisabledReason::InProgress),
            EntryState::Ended(outcome) if outcome != JournalOutcome::Unknown => Err(DisabledReason::KnownEnd),
            _ if self.journal.unresolved.resolving.is_loading() => Err(DisabledReason::Asked),
            _ => Ok(()),
        }
    }

    pub(in crate::app) fn resolve_selected(&mut self) {
        if let Some(entry) = self.journal.pane.list.selected() {
            self.read(Read::Resolve(Some(entry)));
        }
    }
}
