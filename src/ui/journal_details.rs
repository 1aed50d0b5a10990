//! Everything that the journal has of one entry, beside view 6.

use super::beside::details;
use super::canvas::Canvas;
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::app::state::journal::EntryState;
use crate::domain::account::AccountId;
use crate::domain::cloudtrail::{is_inside, lookup};
use crate::domain::journal::{JournalEntry, JournalOutcome, OutcomeCause};
use crate::domain::resolution::Doubt;
use crate::words::ui::views as says;
use crate::words::{journal as words, time};
use jiff::Timestamp;

/// The details of the entry whose row the cursor rests on, scrolled.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let journal = &app.model.journal;
    let entry = journal.details.and_then(|id| journal.get(id));
    let title = entry.map_or_else(|| "Entry".to_owned(), |entry| format!("Entry {}", entry.id));
    details(canvas, &title, (journal.reading, journal.top), entry, |text, entry| Details { app, text }.of(entry));
}

struct Details<'a> {
    app: &'a App,
    text: &'a mut Text,
}

impl Details<'_> {
    fn field(&mut self, label: &str, value: &str) {
        self.text.value(label, TextStyle::Plain, value);
    }

    fn optional(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(label, value);
        } else {
            self.text.label(label, TextStyle::Quiet, "-");
        }
    }

    fn of(mut self, entry: &JournalEntry) {
        let state = self.app.model.journal.state(entry, self.app.model.now);
        self.outcome(entry, state);
        self.text.blank();
        self.field("Change", &words::sentence(&entry.change));
        self.field("Operation", &entry.operation);
        if let Some(account) = entry.account {
            let dot = self.text.theme.glyph(Glyph::Dot);
            let name = name_of(self.app, entry.account);
            let name = if name.is_empty() { String::new() } else { format!(" {dot} {name}") };
            self.field("Account", &format!("{account}{name}"));
        } else {
            self.field("Account", says::THE_ORGANIZATION);
        }
        self.field("Time", &time::second(entry.at, &self.app.model.start.time_zone));
        self.utc("  UTC", Some(entry.at));
        self.utc("Finished UTC", entry.finished);
        self.field("Caller", &entry.caller);
        self.optional("Profile", entry.profile.as_deref());
        self.optional("Reason", entry.reason.as_deref());
        self.optional("AWS code", entry.code.as_deref());
        self.optional(says::REQUEST_ID, entry.request_id.as_deref());
        self.text.blank();
        self.cloudtrail(entry, state);
    }

    fn outcome(&mut self, entry: &JournalEntry, state: EntryState) {
        let (role, text) = outcome(self.text.theme, state);
        self.text.label("Outcome", role, text);
        self.text.paragraph(TextStyle::Quiet, &format!("  {}", words::state(state)));
        if let Some(note) = &entry.note {
            self.text.paragraph(TextStyle::Plain, &format!("  {note}"));
        }
        let doubt = self.app.model.journal.doubt(entry, self.app.model.now);
        if state == EntryState::Elsewhere && !matches!(doubt, Some(Doubt::Recent(_))) {
            self.text.paragraph(TextStyle::Unknown, &format!("  {}", words::may_run(entry.at)));
        }
        if let Some(doubt) = doubt {
            self.text.paragraph(TextStyle::Unknown, &format!("  {}", words::doubt(&doubt)));
        }
        if self.app.model.can_resolve_entry(entry) {
            self.text.paragraph(TextStyle::Quiet, says::ASKS_AWS);
        }
    }

    fn utc(&mut self, label: &str, at: Option<Timestamp>) {
        self.optional(label, at.map(time::utc).as_deref());
    }

    fn cloudtrail(&mut self, entry: &JournalEntry, state: EntryState) {
        let is_unsent = entry.request_id.is_none() && entry.cause.is_some_and(OutcomeCause::is_unsent);
        if state == EntryState::UnderWay || is_unsent {
            return;
        }
        let commands = self.app.model.commands(|caller| lookup(entry, caller));
        if commands.is_empty() && !is_inside(entry) {
            return;
        }
        self.text.paragraph(TextStyle::Quiet, &words::cloudtrail(entry));
        let room = self.text.room;
        for line in commands.iter().flat_map(|command| command.lines(room)) {
            self.text.paragraph(TextStyle::Quiet, &line);
        }
    }
}

/// The name of an account, as far as it is listed.
pub(super) fn name_of(app: &App, account: Option<AccountId>) -> &str {
    account.and_then(|id| app.model.accounts.get(id)).map_or("", |account| account.name.as_str())
}

/// The sign and word of an outcome.
pub(super) fn outcome(theme: Theme, state: EntryState) -> (TextStyle, String) {
    let (role, glyph) = match state {
        EntryState::UnderWay => (TextStyle::Waiting, Glyph::Waiting),
        EntryState::Elsewhere | EntryState::CutOff => (TextStyle::Unknown, Glyph::Unknown),
        EntryState::Ended(outcome) => match outcome {
            JournalOutcome::Ok => (TextStyle::On, Glyph::On),
            JournalOutcome::Refused => (TextStyle::Attention, Glyph::Attention),
            JournalOutcome::Failed => (TextStyle::Danger, Glyph::Danger),
            JournalOutcome::Intended | JournalOutcome::Unknown => (TextStyle::Unknown, Glyph::Unknown),
        },
    };
    (role, format!("{:<2} {}", theme.glyph(glyph), state.word()))
}
