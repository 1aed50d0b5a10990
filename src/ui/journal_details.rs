//! Everything the journal has about one entry, beside view 6.

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
use crate::words::change::CUT;
use crate::words::ui::views as says;
use crate::words::{journal as words, record, time};
use jiff::Timestamp;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let journal = &app.model.journal;
    let entry = journal.details.and_then(|id| journal.get(id));
    let title = entry.map_or_else(|| "Entry".to_owned(), |entry| format!("Entry {}", entry.id));
    let place = (journal.pane.reading, journal.pane.top);
    details(canvas, &title, place, entry, |text, entry| entry_lines(app, text, entry));
}

fn optional(text: &mut Text, label: &str, value: Option<&str>) {
    if let Some(value) = value {
        text.value(label, value);
    } else {
        text.label(label, TextStyle::Quiet, "-");
    }
}

fn entry_lines(app: &App, text: &mut Text, entry: &JournalEntry) {
    let state = app.model.journal.state(entry, app.model.now);
    outcome_lines(app, text, entry, state);
    text.blank();
    text.value("Change", &arrowed(text.theme, &words::sentence(&entry.change)));
    text.value("Operation", &entry.operation);
    if let Some(account) = entry.account {
        let dot = text.theme.glyph(Glyph::Dot);
        let name = name_of(app, entry.account);
        let name = if name.is_empty() { String::new() } else { format!(" {dot} {name}") };
        text.value("Account", &format!("{account}{name}"));
    } else {
        text.value("Account", says::THE_ORGANIZATION);
    }
    text.value("Time", &time::second(entry.at, &app.model.start.time_zone));
    utc(text, "  UTC", Some(entry.at));
    utc(text, "Finished UTC", entry.finished);
    text.value("Caller", &entry.caller);
    optional(text, "Profile", entry.profile.as_deref());
    optional(text, "Reason", entry.reason.as_deref());
    optional(text, "AWS code", entry.code.as_deref());
    optional(text, says::REQUEST_ID, entry.request_id.as_deref());
    text.blank();
    cloudtrail(app, text, entry, state);
}

fn outcome_lines(app: &App, text: &mut Text, entry: &JournalEntry, state: EntryState) {
    let (role, word) = outcome(text.theme, state);
    text.label("Outcome", role, word);
    text.quiet(&format!("  {}", words::state_of(entry, state)));
    if let Some(note) = &entry.note {
        text.plain(&format!("  {}", record::note(note)));
    }
    let doubt = app.model.journal.doubt(entry, app.model.now);
    if state == EntryState::Elsewhere && !matches!(doubt, Some(Doubt::Recent(_))) {
        text.paragraph(TextStyle::Unknown, &format!("  {}", words::may_run(entry.at)));
    }
    if let Some(doubt) = doubt {
        text.paragraph(TextStyle::Unknown, &format!("  {}", words::doubt(&doubt)));
    }
    if app.model.can_resolve_entry(entry) {
        text.quiet(&says::asks_aws());
    }
}

fn utc(text: &mut Text, label: &str, at: Option<Timestamp>) {
    optional(text, label, at.map(time::utc_second).as_deref());
}

fn cloudtrail(app: &App, text: &mut Text, entry: &JournalEntry, state: EntryState) {
    let is_unsent = entry.request_id.is_none() && entry.cause.is_some_and(OutcomeCause::is_unsent);
    if state == EntryState::InProgress || is_unsent {
        return;
    }
    let commands = app.model.commands(|caller| lookup(entry, caller));
    if commands.is_empty() && !is_inside(entry) {
        return;
    }
    text.quiet(&words::cloudtrail(entry));
    let room = text.room;
    for line in commands.iter().flat_map(|command| command.lines(room, CUT)) {
        text.quiet(&line);
    }
}

/// With the arrow of the screen.
pub(super) fn arrowed(theme: Theme, sentence: &str) -> String {
    sentence.replace(" -> ", &format!(" {} ", theme.glyph(Glyph::Arrow)))
}

/// Empty where the account is not listed.
pub(super) fn name_of(app: &App, account: Option<AccountId>) -> &str {
    account.and_then(|id| app.model.accounts.get(id)).map_or("", |account| account.name.as_str())
}

pub(super) fn outcome(theme: Theme, state: EntryState) -> (TextStyle, String) {
    let glyph = match state {
        EntryState::InProgress => Glyph::Waiting,
        EntryState::Elsewhere | EntryState::CutOff => Glyph::Unknown,
        EntryState::Ended(outcome) => match outcome {
            JournalOutcome::Ok => Glyph::On,
            JournalOutcome::Refused => Glyph::Attention,
            JournalOutcome::Failed => Glyph::Danger,
            JournalOutcome::Intended | JournalOutcome::Unknown => Glyph::Unknown,
        },
    };
    (glyph.style(), format!("{:<2} {}", theme.glyph(glyph), state.word()))
}
