//! Everything that the journal has of one entry, beside view 6.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::beside::scrolled;
use super::canvas::{columns, labelled, pane, span, text_area, wrap};

use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::app::journal::EntryState;
use crate::domain::account::AccountId;
use crate::domain::cloudtrail::{is_inside, lookup};
use crate::domain::journal::{JournalEntry, JournalOutcome, OutcomeCause};
use crate::domain::resolution::Doubt;
use crate::domain::text::width;
use crate::words::{journal as words, time};

/// The columns of the labels.
const LABEL: usize = 15;

/// The details of the entry whose row the cursor rests on, scrolled.
pub(super) fn pane_of(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let entry = app.model.journal.details.and_then(|id| app.model.journal.get(id));
    let focused = app.model.journal.reading;
    let title = entry.map_or_else(|| "Entry".to_owned(), |entry| format!("Entry {}", entry.id));
    let inner = text_area(pane(theme, buf, area, &title, focused, TextStyle::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some(entry) = entry else { return };
    let content = Details { app, theme, room: columns(inner), lines: Vec::new() }.of(entry);
    scrolled(buf, inner, &content, app.model.journal.top, drawn);
}

struct Details<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A label and its value; one that is too long for a line of its own stands below, whole.
    fn field(&mut self, label: &str, value: &str) {
        if LABEL + width(value) <= self.room {
            self.lines.push(labelled(self.theme, label, vec![Span::raw(value.to_owned())]));
            return;
        }
        self.lines.push(labelled(self.theme, label, Vec::new()));
        self.paragraph(TextStyle::Plain, &format!("  {value}"));
    }

    fn optional(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(label, value);
        } else {
            self.lines.push(labelled(self.theme, label, vec![span(self.theme, TextStyle::Quiet, "-")]));
        }
    }

    fn of(mut self, entry: &JournalEntry) -> Vec<Line<'static>> {
        let state = self.app.model.journal.state(entry, self.app.model.now);
        self.outcome(entry, state);
        self.blank();
        self.field("Change", &words::sentence(&entry.change));
        self.field("Operation", &entry.operation);
        if let Some(account) = entry.account {
            let dot = self.theme.glyph(Glyph::Dot);
            let name = name_of(self.app, entry.account);
            let name = if name.is_empty() { String::new() } else { format!(" {dot} {name}") };
            self.field("Account", &format!("{account}{name}"));
        } else {
            self.field("Account", "- (the organization)");
        }
        self.field("Time", &time::second(entry.at, &self.app.model.start.time_zone));
        self.utc("  UTC", Some(entry.at));
        self.utc("Finished UTC", entry.finished);
        self.field("Caller", &entry.caller);
        self.optional("Profile", entry.profile.as_deref());
        self.optional("Reason", entry.reason.as_deref());
        self.optional("AWS code", entry.code.as_deref());
        self.optional("Request id", entry.request_id.as_deref());
        self.blank();
        self.cloudtrail(entry, state);
        self.lines
    }

    fn outcome(&mut self, entry: &JournalEntry, state: EntryState) {
        let (role, text) = outcome(self.theme, state);
        self.lines.push(labelled(self.theme, "Outcome", vec![span(self.theme, role, text)]));
        self.paragraph(TextStyle::Quiet, &format!("  {}", words::state(state)));
        if let Some(note) = &entry.note {
            self.paragraph(TextStyle::Plain, &format!("  {note}"));
        }
        let doubt = self.app.model.journal.doubt(entry, self.app.model.now);
        if state == EntryState::Elsewhere && !matches!(doubt, Some(Doubt::Recent(_))) {
            self.paragraph(TextStyle::Unknown, &format!("  {}", words::may_run(entry.at)));
        }
        if let Some(doubt) = doubt {
            self.paragraph(TextStyle::Unknown, &format!("  {}", words::doubt(&doubt)));
        }
        if self.app.model.can_resolve_entry(entry) {
            self.paragraph(TextStyle::Quiet, "  v asks AWS what it shows now.");
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
        self.paragraph(TextStyle::Quiet, &words::cloudtrail(entry));
        for command in commands {
            for line in command.lines(self.room) {
                self.paragraph(TextStyle::Quiet, &line);
            }
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
