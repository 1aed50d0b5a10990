//! View 6: what this program did and refused.

use super::accounts::shown_of;
use super::beside::beside;
use super::canvas::Canvas;
use super::journal_details::{self, arrowed, name_of, outcome};
use super::measure::{cut_end, span};
use super::table::{Column, Head, Room, Row, Table, whole};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::journal::JournalEntry;
use crate::words::record::message;
use crate::words::ui::views as says;
use crate::words::{journal as words, labels, time};

/// The columns in which most changes are told whole.
const CHANGE: usize = 40;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let needed = whole(&columns(app, false)) + CHANGE + 2;
    beside(
        canvas,
        app.model.journal.pane.reading,
        (needed, 72),
        |it| list(app, it),
        |it| journal_details::draw(app, it),
    );
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let journal = &app.model.journal;
    let focused = !journal.pane.reading;
    let mut inner = canvas.list_pane(&title(app, canvas.theme), focused);
    trouble(app, &mut inner);
    if inner.area.is_empty() {
        return;
    }
    // The year is shown where there is room.
    let long_time = inner.room() >= 84;
    let table = Table::new(inner.theme, inner.room(), Head::Words, columns(app, long_time));
    let nothing = |text: &mut Text| nothing(app, text);
    table.draw(&mut inner, (&journal.pane.list, focused), Some(&journal.filter), nothing, |row, id| {
        entry_row(app, row, journal.get(id)?, long_time);
        Some(())
    });
}

fn title(app: &App, theme: Theme) -> String {
    let state = &app.model.journal.journal;
    let wait = if state.is_loading() { format!(" {}", theme.glyph(Glyph::Waiting)) } else { String::new() };
    let dot = theme.glyph(Glyph::Dot);
    let Some(journal) = app.model.journal.journal.value() else { return format!("Journal{wait}") };
    let (shown, all) = (app.model.journal.pane.list.rows().len(), journal.entries.len());
    let shown = shown_of(theme, shown, all, app.model.journal.filter.text());
    format!("Journal {dot} {shown}{wait}")
}

/// Warns that the journal is lost when the program ends, or could not be read again.
fn trouble(app: &App, canvas: &mut Canvas<'_>) {
    let state = &app.model.journal.journal;
    let text = if let Some(error) = state.error().filter(|_| state.last().is_some()) {
        says::as_read_before(message(&error.message))
    } else if let Some(error) = app.model.journal.journal.value().and_then(|journal| journal.trouble.as_ref()) {
        says::journal_ends_with_program(message(&error.message))
    } else {
        return;
    };
    if canvas.area.height > 2 {
        let text = cut_end(canvas.theme, &format!(" {} {text}", canvas.glyph(Glyph::Attention)), canvas.room());
        let line = span(canvas.theme, TextStyle::Attention, text);
        canvas.take(1).line(line);
    }
}

fn nothing(app: &App, text: &mut Text) {
    let journal = &app.model.journal;
    let entries = journal.journal.value().map(|it| it.entries.len());
    if let Some(error) = journal.journal.error() {
        let why = message(&error.message);
        text.flagged(Glyph::Unknown, &says::journal_unread(why.trim_end_matches('.')));
    } else if entries.is_none() {
        text.flagged(Glyph::Waiting, says::READING_THE_JOURNAL);
    } else if !journal.filter.is_empty() && entries.is_some_and(|count| count > 0) {
        text.plain(&labels::nothing_matches("entry", journal.filter.problem()));
    } else {
        text.plain(if app.model.start.demo { words::EMPTY_DEMO } else { words::EMPTY });
    }
}

/// Without room, less important columns go.
fn columns(app: &App, long_time: bool) -> Vec<Column> {
    let name = app.model.accounts.widths().names.typical().clamp(4, 24);
    vec![
        Column::new("TIME", Room::Fixed(if long_time { 16 } else { 11 })),
        // A sign and the longest word.
        Column::new("OUTCOME", Room::Fixed(14)),
        Column::new("ACCOUNT", Room::Fixed(12)),
        Column::new("NAME", Room::Beside(name, CHANGE)),
        Column::new("CHANGE", Room::Rest(usize::MAX)),
        Column::new("AWS CODE", Room::Beside(20, CHANGE)),
        Column::new("CALLER", Room::Beside(16, CHANGE)),
    ]
}

fn entry_row(app: &App, row: &mut Row<'_>, entry: &JournalEntry, long_time: bool) {
    let zone = &app.model.start.time_zone;
    let moment = if long_time { time::moment(entry.at, zone) } else { time::moment_of_year(entry.at, zone) };
    row.filled(TextStyle::Plain, &moment);
    let (role, text) = outcome(row.theme(), app.model.journal.state(entry, app.model.now));
    row.cell(role, &text);
    row.text(TextStyle::Plain, &entry.account.map_or_else(|| "-".to_owned(), |account| account.to_string()));
    row.text(TextStyle::Plain, name_of(app, entry.account));
    row.text(TextStyle::Plain, &arrowed(row.theme(), &words::change(entry, row.room())));
    row.text(TextStyle::Plain, entry.code.as_deref().unwrap_or_default());
    row.text(TextStyle::Quiet, &words::caller(entry));
}
