//! Everything that the journal has of one entry, beside view 6.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::beside::scrolled;
use super::canvas::{columns, labelled, pane, span, text_area, wrap};

use super::look::{Look, Role, Sign};
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
pub(super) fn pane_of(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let entry = app.model.journal.details.and_then(|id| app.model.journal.get(id));
    let focused = app.model.journal.reading;
    let title = entry.map_or_else(|| "Entry".to_owned(), |entry| format!("Entry {}", entry.id));
    let inner = text_area(pane(look, buf, area, &title, focused, Role::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some(entry) = entry else { return };
    let content = Details { app, look, room: columns(inner), lines: Vec::new() }.of(entry);
    scrolled(buf, inner, &content, app.model.journal.top, drawn);
}

struct Details<'a> {
    app: &'a App,
    look: Look,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn say(&mut self, role: Role, text: &str) {
        let look = self.look;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(look, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A label and its value; one that is too long for a line of its own stands below, whole.
    fn field(&mut self, label: &str, value: &str) {
        if LABEL + width(value) <= self.room {
            self.lines.push(labelled(self.look, label, vec![Span::raw(value.to_owned())]));
            return;
        }
        self.lines.push(labelled(self.look, label, Vec::new()));
        self.say(Role::Plain, &format!("  {value}"));
    }

    fn optional(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(label, value);
        } else {
            self.lines.push(labelled(self.look, label, vec![span(self.look, Role::Quiet, "-")]));
        }
    }

    fn of(mut self, entry: &JournalEntry) -> Vec<Line<'static>> {
        let state = self.app.model.journal.state(entry, self.app.model.now);
        self.outcome(entry, state);
        self.blank();
        self.field("Change", &words::sentence(&entry.change));
        self.field("Operation", &entry.operation);
        if let Some(account) = entry.account {
            let dot = self.look.sign(Sign::Dot);
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
        let (role, text) = outcome(self.look, state);
        self.lines.push(labelled(self.look, "Outcome", vec![span(self.look, role, text)]));
        self.say(Role::Quiet, &format!("  {}", words::state(state)));
        if let Some(note) = &entry.note {
            self.say(Role::Plain, &format!("  {note}"));
        }
        let doubt = self.app.model.journal.doubt(entry, self.app.model.now);
        if state == EntryState::Elsewhere && !matches!(doubt, Some(Doubt::Recent(_))) {
            self.say(Role::Unknown, &format!("  {}", words::may_run(entry.at)));
        }
        if let Some(doubt) = doubt {
            self.say(Role::Unknown, &format!("  {}", words::doubt(&doubt)));
        }
        if self.app.model.can_resolve_entry(entry) {
            self.say(Role::Quiet, "  v asks AWS what it shows now.");
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
        self.say(Role::Quiet, &words::cloudtrail(entry));
        for command in commands {
            for line in command.lines(self.room) {
                self.say(Role::Quiet, &line);
            }
        }
    }
}

/// The name of an account, as far as it is listed.
pub(super) fn name_of(app: &App, account: Option<AccountId>) -> &str {
    account.and_then(|id| app.model.accounts.get(id)).map_or("", |account| account.name.as_str())
}

/// The sign and word of an outcome.
pub(super) fn outcome(look: Look, state: EntryState) -> (Role, String) {
    let (role, sign) = match state {
        EntryState::UnderWay => (Role::Waiting, Sign::Waiting),
        EntryState::Elsewhere | EntryState::CutOff => (Role::Unknown, Sign::Unknown),
        EntryState::Ended(outcome) => match outcome {
            JournalOutcome::Ok => (Role::On, Sign::On),
            JournalOutcome::Refused => (Role::Attention, Sign::Attention),
            JournalOutcome::Failed => (Role::Danger, Sign::Danger),
            JournalOutcome::Intended | JournalOutcome::Unknown => (Role::Unknown, Sign::Unknown),
        },
    };
    (role, format!("{:<2} {}", look.sign(sign), state.word()))
}
