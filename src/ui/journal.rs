//! View 6: what this program did and was refused.

use super::journal_details::{name_of, outcome};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::accounts::{Marks, matched, shown_of};
use super::beside::{Panes, panes};
use super::canvas::{columns, cut_end, fit, lines, pane, span, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use super::{Drawn, journal_details};
use crate::app::App;
use crate::domain::journal::JournalEntry;
use crate::domain::text::width;
use crate::words::{journal as words, labels, time};

const ID: usize = 12;
/// A sign and the longest word.
const OUTCOME: usize = 12;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let Panes { list: left, details: right } = panes(drawn, area, app.model.journal.reading, 72);
    if let Some(area) = left {
        list(app, theme, buf, area, drawn);
    }
    if let Some(area) = right {
        journal_details::pane_of(app, theme, buf, area, drawn);
    }
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = !app.model.journal.reading;
    let mut inner = pane(theme, buf, area, &title(app, theme), focused, TextStyle::Accent);
    if let Some(line) = trouble(app, theme, columns(inner)).filter(|_| inner.height > 2) {
        buf.set_line(inner.x, inner.y, &line, inner.width);
        inner = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    }
    if inner.is_empty() {
        return;
    }
    let widths = Widths::of(columns(inner));
    buf.set_line(inner.x, inner.y, &head(theme, &widths), inner.width);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.list_rows = usize::from(rows.height);
    if app.model.journal.list.rows().is_empty() {
        lines(buf, rows, &nothing(app, theme, columns(rows)));
        return;
    }
    let mut marks = (!app.model.journal.filter.is_empty()).then(|| app.model.journal.filter.highlighter());
    for (row, id) in rows.rows().zip(app.model.journal.list.visible()) {
        let Some(entry) = app.model.journal.get(*id) else { continue };
        let selected = app.model.journal.list.selected() == Some(*id);
        buf.set_line(row.x, row.y, &entry_row(app, &mut marks, theme, entry, &widths, selected), row.width);
        if selected && focused {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

fn title(app: &App, theme: Theme) -> String {
    let state = &app.model.journal.journal;
    let wait = if state.is_loading() { format!(" {}", theme.glyph(Glyph::Waiting)) } else { String::new() };
    let dot = theme.glyph(Glyph::Dot);
    let Some(journal) = app.model.journal.journal.value() else { return format!("Journal{wait}") };
    let (shown, all) = (app.model.journal.list.rows().len(), journal.entries.len());
    let shown = shown_of(theme, shown, all, app.model.journal.filter.text());
    format!("Journal {dot} {shown}{wait}")
}

/// That what is written here ends with the program though it should not, or could not be read again.
fn trouble(app: &App, theme: Theme, room: usize) -> Option<Line<'static>> {
    let state = &app.model.journal.journal;
    let text = if let Some(fault) = state.fault().filter(|_| state.last().is_some()) {
        format!("this is as it was read before: {}", fault.message)
    } else {
        let fault = app.model.journal.journal.value()?.trouble.as_ref()?;
        format!("this journal ends with the program: {}", fault.message)
    };
    let text = format!(" {} {text}", theme.glyph(Glyph::Attention));
    Some(Line::from(span(theme, TextStyle::Attention, cut_end(theme, &text, room))))
}

/// What stands where no entry does.
fn nothing(app: &App, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let state = &app.model.journal.journal;
    let (role, text) = if let Some(fault) = state.fault() {
        let glyph = theme.glyph(Glyph::Unknown);
        let why = fault.message.trim_end_matches('.');
        (TextStyle::Unknown, format!("{glyph} The journal could not be read: {why}. r tries again."))
    } else if app.model.journal.journal.value().is_none() {
        (TextStyle::Waiting, format!("{} reading the journal", theme.glyph(Glyph::Waiting)))
    } else if !app.model.journal.filter.is_empty()
        && app.model.journal.journal.value().is_some_and(|it| !it.entries.is_empty())
    {
        (TextStyle::Plain, labels::nothing_matches("entry", app.model.journal.filter.problem()))
    } else if app.model.start.demo {
        (TextStyle::Plain, words::EMPTY_DEMO.to_owned())
    } else {
        (TextStyle::Plain, words::EMPTY.to_owned())
    };
    wrap(&text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
}

/// The columns that the parts of a row take; what matters less has none where room is short.
struct Widths {
    /// With the year.
    long_time: bool,
    name: usize,
    change: usize,
    code: usize,
    caller: usize,
}

impl Widths {
    fn of(room: usize) -> Self {
        let long_time = room >= 84;
        let fixed = 2 + if long_time { 16 } else { 11 } + 1 + OUTCOME + 1 + ID + 1;
        let mut rest = room.saturating_sub(fixed);
        // Each with the blank before it; the change keeps what tells it from others.
        let mut take = |wanted: usize, least: usize| {
            if rest > least + wanted {
                rest -= wanted + 1;
                wanted
            } else {
                0
            }
        };
        let name = take(14, 30);
        let code = take(20, 40);
        let caller = take(16, 40);
        Self { long_time, name, change: rest, code, caller }
    }
}

fn head(theme: Theme, widths: &Widths) -> Line<'static> {
    let time = if widths.long_time { 16 } else { 11 };
    let mut text = format!("  {:<time$} {:<OUTCOME$} {:<ID$} ", "TIME", "OUTCOME", "ACCOUNT");
    for (name, room) in
        [("NAME", widths.name), ("CHANGE", widths.change), ("AWS CODE", widths.code), ("CALLER", widths.caller)]
    {
        if room > 0 {
            text.push_str(&fit(theme, name, room));
            text.push(' ');
        }
    }
    Line::from(span(theme, TextStyle::Quiet, text.trim_end().to_owned()))
}

fn entry_row(
    app: &App,
    marks: &mut Marks<'_>,
    theme: Theme,
    entry: &JournalEntry,
    widths: &Widths,
    selected: bool,
) -> Line<'static> {
    let zone = &app.model.start.time_zone;
    // The year is told where there is room for it.
    let moment = if widths.long_time { time::moment(entry.at, zone) } else { time::moment_of_year(entry.at, zone) };
    let (role, text) = outcome(theme, app.model.journal.state(entry, app.model.now));
    let padding = " ".repeat((OUTCOME + 1).saturating_sub(width(&text)));
    let change_style = if selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
    let account = entry.account.map_or_else(|| "-".to_owned(), |account| account.to_string());
    let mark = if selected { theme.glyph(Glyph::Selected) } else { " " };
    let mut spans = vec![
        span(theme, TextStyle::Accent, mark),
        Span::raw(format!(" {moment} ")),
        span(theme, role, text),
        Span::raw(padding),
    ];
    spans.extend(matched(marks, theme, &account, ID, Style::new()));
    let (change, caller) = (words::change(entry, widths.change), words::caller(entry));
    for (text, room, style) in [
        (name_of(app, entry.account), widths.name, Style::new()),
        (change.as_str(), widths.change, change_style),
        (entry.code.as_deref().unwrap_or_default(), widths.code, Style::new()),
        (caller.as_str(), widths.caller, theme.style(TextStyle::Quiet)),
    ] {
        if room > 0 {
            spans.push(Span::raw(" "));
            spans.extend(matched(marks, theme, text, room, style));
        }
    }
    Line::from(spans)
}
