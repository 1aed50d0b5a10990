//! View 2: the email changes that are known, what needs a person first.

use super::board_details::glyph;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::accounts::{Marks, hidden_marks, highlighter, mark, matched, shown_of};
use super::beside::{Panes, panes};
use super::canvas::{columns, cut_end, fit, lines, pane, span, wrap};
use super::root_access::progress;
use super::theme::{Glyph, TextStyle, Theme};
use super::{Drawn, board_details};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::emails::EmailFacts;
use crate::words::{api_error, board, email, labels, time};

const ID: usize = 12;
/// Sign, word and time left: `⧗ UNCONFIRMED 23h 59m`.
const STATUS: usize = 21;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    if app.model.board.list.rows().is_empty() {
        list(app, theme, buf, area, drawn);
        return;
    }
    let Panes { list: left, details: right } = panes(drawn, area, app.model.board.reading, 64);
    if let Some(area) = left {
        list(app, theme, buf, area, drawn);
    }
    if let Some(area) = right {
        board_details::pane_of(app, theme, buf, area, drawn);
    }
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = !app.model.board.reading || app.model.board.list.rows().is_empty();
    let mut inner = pane(theme, buf, area, &title(app, theme), focused, TextStyle::Accent);
    if let Some(line) = progress(app, theme, columns(inner)).filter(|_| inner.height > 2) {
        buf.set_line(inner.x, inner.y, &line, inner.width);
        inner = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    }
    inner = hidden_marks(app, theme, buf, inner);
    if inner.is_empty() {
        return;
    }
    if app.model.board.list.rows().is_empty() {
        let mut content = nothing(app, theme, columns(inner).saturating_sub(2));
        if content.len() > usize::from(inner.height) {
            content.retain(|line| line.width() > 0);
        }
        lines(buf, super::canvas::text_area(inner), &content);
        drawn.geometry.list_rows = usize::from(inner.height.saturating_sub(1));
        return;
    }
    let widths = Widths::of(columns(inner));
    buf.set_line(inner.x, inner.y, &head(theme, &widths), inner.width);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.list_rows = usize::from(rows.height);
    let mut marks = highlighter(app);
    for (row, id) in rows.rows().zip(app.model.board.list.visible()) {
        let Some(facts) = app.model.emails.get(*id) else { continue };
        let selected = app.model.board.list.selected() == Some(*id);
        buf.set_line(row.x, row.y, &change_row(app, &mut marks, theme, (*id, facts), &widths, selected), row.width);
        if selected && focused {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

fn title(app: &App, theme: Theme) -> String {
    let dot = theme.glyph(Glyph::Dot);
    let mut parts = vec!["Email changes".to_owned()];
    let (shown, known) = (app.model.board.list.rows().len(), app.model.board.known);
    let filter = app.model.board.filter.text();
    if known > 0 || !filter.is_empty() {
        parts.push(shown_of(theme, shown, known, filter));
    }
    if app.model.board.open > 0 {
        parts.push(format!("{} not over", app.model.board.open));
    }
    if !app.model.root.marks.is_empty() {
        parts.push(format!("{} marked", app.model.root.marks.len()));
    }
    parts.extend(board::asking_at_start(&app.model.start_asking));
    parts.join(&format!(" {dot} "))
}

/// What stands where no change does: what this view is for, and how to begin.
fn nothing(app: &App, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let paragraph = |role: TextStyle, text: &str| -> Vec<Line<'static>> {
        wrap(text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
    };
    if app.model.board.known > 0 {
        return paragraph(
            TextStyle::Plain,
            &labels::nothing_matches("known email change", app.model.board.filter.problem()),
        );
    }
    let mut content = Vec::new();
    if let Some(fault) = app.model.stored.fault() {
        let text =
            format!("What this machine keeps could not be read: {}. ! tells more.", api_error::short(fault.kind));
        content.extend(paragraph(TextStyle::Unknown, &format!("{} {text}", theme.glyph(Glyph::Unknown))));
    }
    for (index, text) in board::NOTHING.iter().enumerate() {
        content.extend(paragraph(if index == 1 { TextStyle::Quiet } else { TextStyle::Plain }, text));
        if index < 2 {
            content.push(Line::default());
        }
    }
    content
}

/// The columns that the parts of a row take beside the fixed ones.
struct Widths {
    name: usize,
    /// For the present address; 0 where there is no room.
    old: usize,
    new: usize,
    /// For who started it and when; 0 where there is no room.
    by: usize,
}

const WHEN: usize = 12;

impl Widths {
    fn of(room: usize) -> Self {
        let rest = room.saturating_sub(2 + STATUS + 1 + ID + 1);
        match rest {
            ..30 => Self { name: rest, old: 0, new: 0, by: 0 },
            30..80 => {
                let name = (rest * 2 / 5).min(24);
                Self { name, old: 0, new: rest - name - 1, by: 0 }
            }
            _ => {
                let by = 12 + 1 + WHEN;
                let addresses = rest - 22 - by;
                let old = (addresses / 2).saturating_sub(3).min(64);
                Self { name: 20, old, new: (addresses - old).saturating_sub(3).min(64), by }
            }
        }
    }
}

fn head(theme: Theme, widths: &Widths) -> Line<'static> {
    let mut text = format!("  {:<STATUS$} {:<ID$} {}", "CHANGE", "ACCOUNT", fit(theme, "NAME", widths.name));
    if widths.old > 0 {
        let arrow = theme.glyph(Glyph::Arrow);
        text = format!("{text} {} {arrow} {}", fit(theme, "OLD", widths.old), fit(theme, "NEW ADDRESS", widths.new));
    } else if widths.new > 0 {
        text = format!("{text} {}", fit(theme, "NEW ADDRESS", widths.new));
    }
    if widths.by > 0 {
        text = format!("{text} {:<12} {:<WHEN$}", "BY", "STARTED");
    }
    Line::from(span(theme, TextStyle::Quiet, text))
}

fn change_row(
    app: &App,
    marks: &mut Marks<'_>,
    theme: Theme,
    (id, facts): (AccountId, &EmailFacts),
    widths: &Widths,
    selected: bool,
) -> Line<'static> {
    let account = app.model.accounts.get(id);
    let name_style = if selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
    let (role, glyph) = glyph(&facts.org_role(app.model.now));
    let status = format!("{} {}", theme.glyph(glyph), board::status(facts, app.model.now));
    let mut spans = mark(app, theme, id, selected);
    spans.push(span(theme, role, fit(theme, &status, STATUS)));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, theme, &id.to_string(), ID, Style::new()));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, theme, account.map_or("not in the listing", |one| &one.name), widths.name, name_style));
    if widths.new == 0 {
        return Line::from(spans);
    }
    let started = facts.known_start(app.model.now);
    spans.push(Span::raw(" "));
    if widths.old > 0 {
        let old = started.map(|started| started.old.as_str()).or(account.map(|account| account.email.as_str()));
        spans.extend(matched(marks, theme, old.unwrap_or_default(), widths.old, Style::new()));
        spans.push(span(theme, TextStyle::Quiet, format!(" {} ", theme.glyph(Glyph::Arrow))));
    }
    spans.push(new_address(theme, facts, widths.new, app.model.now));
    if let Some(started) = started.filter(|_| widths.by > 0) {
        let by = email::starter_name(started).unwrap_or("elsewhere");
        let when = fit(theme, &time::ago(started.started, app.model.now), WHEN);
        spans.push(span(theme, TextStyle::Quiet, format!(" {} {when}", fit(theme, by, 12))));
    }
    Line::from(spans)
}

/// The new address, or why there is none.
fn new_address(theme: Theme, facts: &EmailFacts, room: usize, now: jiff::Timestamp) -> Span<'static> {
    match (facts.known_start(now), facts.change.fault()) {
        (Some(started), _) => Span::raw(fit(theme, started.new.as_str(), room)),
        (None, Some(fault)) => {
            let text = fit(theme, &cut_end(theme, api_error::short(fault.kind), room), room);
            span(theme, TextStyle::Unknown, text)
        }
        (None, None) if facts.is_kept() => {
            let asked = facts.kept_at.map(|at| format!("{} asked {}", theme.glyph(Glyph::Unknown), time::ago(at, now)));
            span(theme, TextStyle::Unknown, fit(theme, &asked.unwrap_or_default(), room))
        }
        // AWS tells of the change, and not of its address.
        (None, None) => span(theme, TextStyle::Unknown, fit(theme, theme.glyph(Glyph::Unknown), room)),
    }
}
