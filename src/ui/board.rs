//! View 2: the email changes that are known, what needs a person first.

use super::board_details::sign;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::accounts::{Marks, hidden_marks, highlighter, mark, matched, shown_of};
use super::beside::{Panes, panes};
use super::canvas::{columns, cut_end, fit, lines, pane, span, wrap};
use super::look::{Look, Role, Sign};
use super::root_access::progress;
use super::{Drawn, board_details};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::emails::EmailFacts;
use crate::words::{board, email, fault, labels, time};

const ID: usize = 12;
/// Sign, word and time left: `⧗ UNCONFIRMED 23h 59m`.
const STATUS: usize = 21;

pub(super) fn draw(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    if app.model.board.list.rows().is_empty() {
        list(app, look, buf, area, drawn);
        return;
    }
    let Panes { list: left, details: right } = panes(drawn, area, app.model.board.reading, 64);
    if let Some(area) = left {
        list(app, look, buf, area, drawn);
    }
    if let Some(area) = right {
        board_details::pane_of(app, look, buf, area, drawn);
    }
}

fn list(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = !app.model.board.reading || app.model.board.list.rows().is_empty();
    let mut inner = pane(look, buf, area, &title(app, look), focused, Role::Accent);
    if let Some(line) = progress(app, look, columns(inner)).filter(|_| inner.height > 2) {
        buf.set_line(inner.x, inner.y, &line, inner.width);
        inner = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    }
    inner = hidden_marks(app, look, buf, inner);
    if inner.is_empty() {
        return;
    }
    if app.model.board.list.rows().is_empty() {
        let mut content = nothing(app, look, columns(inner).saturating_sub(2));
        if content.len() > usize::from(inner.height) {
            content.retain(|line| line.width() > 0);
        }
        lines(buf, super::canvas::text_area(inner), &content);
        drawn.geometry.list_rows = usize::from(inner.height.saturating_sub(1));
        return;
    }
    let widths = Widths::of(columns(inner));
    buf.set_line(inner.x, inner.y, &head(look, &widths), inner.width);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.list_rows = usize::from(rows.height);
    let mut marks = highlighter(app);
    for (row, id) in rows.rows().zip(app.model.board.list.visible()) {
        let Some(facts) = app.model.emails.get(*id) else { continue };
        let selected = app.model.board.list.selected() == Some(*id);
        buf.set_line(row.x, row.y, &change_row(app, &mut marks, look, (*id, facts), &widths, selected), row.width);
        if selected && focused {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

fn title(app: &App, look: Look) -> String {
    let dot = look.sign(Sign::Dot);
    let mut parts = vec!["Email changes".to_owned()];
    let (shown, known) = (app.model.board.list.rows().len(), app.model.board.known);
    let filter = app.model.board.filter.text();
    if known > 0 || !filter.is_empty() {
        parts.push(shown_of(look, shown, known, filter));
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
fn nothing(app: &App, look: Look, room: usize) -> Vec<Line<'static>> {
    let say = |role: Role, text: &str| -> Vec<Line<'static>> {
        wrap(text, room).into_iter().map(|line| Line::from(span(look, role, line))).collect()
    };
    if app.model.board.known > 0 {
        return say(Role::Plain, &labels::nothing_matches("known email change", app.model.board.filter.problem()));
    }
    let mut content = Vec::new();
    if let Some(fault) = app.model.stored.state().fault() {
        let text = format!("What this machine keeps could not be read: {}. ! tells more.", fault::short(fault.kind));
        content.extend(say(Role::Unknown, &format!("{} {text}", look.sign(Sign::Unknown))));
    }
    for (index, text) in board::NOTHING.iter().enumerate() {
        content.extend(say(if index == 1 { Role::Quiet } else { Role::Plain }, text));
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

fn head(look: Look, widths: &Widths) -> Line<'static> {
    let mut text = format!("  {:<STATUS$} {:<ID$} {}", "CHANGE", "ACCOUNT", fit(look, "NAME", widths.name));
    if widths.old > 0 {
        let arrow = look.sign(Sign::Arrow);
        text = format!("{text} {} {arrow} {}", fit(look, "OLD", widths.old), fit(look, "NEW ADDRESS", widths.new));
    } else if widths.new > 0 {
        text = format!("{text} {}", fit(look, "NEW ADDRESS", widths.new));
    }
    if widths.by > 0 {
        text = format!("{text} {:<12} {:<WHEN$}", "BY", "STARTED");
    }
    Line::from(span(look, Role::Quiet, text))
}

fn change_row(
    app: &App,
    marks: &mut Marks<'_>,
    look: Look,
    (id, facts): (AccountId, &EmailFacts),
    widths: &Widths,
    selected: bool,
) -> Line<'static> {
    let account = app.model.accounts.get(id);
    let name_style = if selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
    let (role, sign) = sign(&facts.standing(app.model.now));
    let status = format!("{} {}", look.sign(sign), board::status(facts, app.model.now));
    let mut spans = mark(app, look, id, selected);
    spans.push(span(look, role, fit(look, &status, STATUS)));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, look, &id.to_string(), ID, Style::new()));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, look, account.map_or("not in the listing", |one| &one.name), widths.name, name_style));
    if widths.new == 0 {
        return Line::from(spans);
    }
    let started = facts.known_start(app.model.now);
    spans.push(Span::raw(" "));
    if widths.old > 0 {
        let old = started.map(|started| started.old.as_str()).or(account.map(|account| account.email.as_str()));
        spans.extend(matched(marks, look, old.unwrap_or_default(), widths.old, Style::new()));
        spans.push(span(look, Role::Quiet, format!(" {} ", look.sign(Sign::Arrow))));
    }
    spans.push(new_address(look, facts, widths.new, app.model.now));
    if let Some(started) = started.filter(|_| widths.by > 0) {
        let by = email::starter_name(started).unwrap_or("elsewhere");
        let when = fit(look, &time::ago(started.started, app.model.now), WHEN);
        spans.push(span(look, Role::Quiet, format!(" {} {when}", fit(look, by, 12))));
    }
    Line::from(spans)
}

/// The new address, or why there is none.
fn new_address(look: Look, facts: &EmailFacts, room: usize, now: jiff::Timestamp) -> Span<'static> {
    match (facts.known_start(now), facts.change.state().fault()) {
        (Some(started), _) => Span::raw(fit(look, started.new.as_str(), room)),
        (None, Some(fault)) => {
            let text = fit(look, &cut_end(look, fault::short(fault.kind), room), room);
            span(look, Role::Unknown, text)
        }
        (None, None) if facts.is_kept() => {
            let asked = facts.kept_at.map(|at| format!("{} asked {}", look.sign(Sign::Unknown), time::ago(at, now)));
            span(look, Role::Unknown, fit(look, &asked.unwrap_or_default(), room))
        }
        // AWS tells of the change, and not of its address.
        (None, None) => span(look, Role::Unknown, fit(look, look.sign(Sign::Unknown), room)),
    }
}
