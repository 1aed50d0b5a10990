//! View 3: the root credentials of the accounts, findings first.

use super::root_details::{cell, mfa_cell};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::accounts::{Marks, hidden_marks, mark, matched, nothing, rows_of, shown_of};
use super::beside::{Panes, panes};
use super::canvas::{columns, cut_end, fit, lines, pane, span};
use super::theme::{Glyph, TextStyle, Theme};
use super::{Drawn, root_details};
use crate::app::App;
use crate::app::command::KeyContext;
use crate::app::root_access::RootState;
use crate::domain::account::{Account, AccountId};
use crate::domain::remote_data::Known;
use crate::domain::root_credentials::RootAudit;
use crate::domain::text::width;
use crate::words::{api_error, root_access, time};

const ID: usize = 12;
const PASSWORD: usize = 8;
const KEYS: usize = 4;
const MFA: usize = 3;
const CERTS: usize = 5;
/// The four cells with the blanks between them.
const CELLS: usize = PASSWORD + 1 + KEYS + 1 + MFA + 1 + CERTS;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let Panes { list: left, details: right } = panes(drawn, area, app.model.root.reading, 64);
    if let Some(area) = left {
        list(app, theme, buf, area, drawn);
    }
    if let Some(area) = right {
        root_details::pane_of(app, theme, buf, area, drawn);
    }
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = !app.model.root.reading;
    let mut inner = pane(theme, buf, area, &title(app, theme, columns(area)), focused, TextStyle::Accent);
    if let Some(line) = progress(app, theme, columns(inner)).filter(|_| inner.height > 2) {
        buf.set_line(inner.x, inner.y, &line, inner.width);
        inner = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
    }
    if inner.is_empty() {
        return;
    }
    inner = hidden_marks(app, theme, buf, inner);
    let widths = Widths::of(columns(inner));
    buf.set_line(inner.x, inner.y, &head(theme, &widths), inner.width);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.list_rows = usize::from(rows.height);
    if app.model.root.list.rows().is_empty() {
        lines(buf, rows, &nothing(app, theme, columns(rows)));
        return;
    }
    let cursor = rows_of(app, &app.model.root.list, buf, rows, |marks, account, selected| {
        account_row(app, marks, theme, account, &widths, selected)
    });
    drawn.cursor = cursor.filter(|_| focused).or(drawn.cursor);
}

/// How far the run under way is, in one line.
pub(super) fn progress(app: &App, theme: Theme, room: usize) -> Option<Line<'static>> {
    let run = app.model.under_way.as_ref()?;
    let steered = app.place() != KeyContext::Dialog;
    let words = root_access::progress(run, theme.glyph(Glyph::Dot), steered);
    let text = format!(" {} {words}", theme.glyph(Glyph::Waiting));
    Some(Line::from(span(theme, TextStyle::Waiting, cut_end(theme, &text, room))))
}

fn title(app: &App, theme: Theme, room: usize) -> String {
    use RootState as S;
    let dot = theme.glyph(Glyph::Dot);
    let mut parts = vec!["Root access".to_owned()];
    if app.model.accounts.read().value().is_some() || !app.model.accounts.is_empty() {
        let (shown, all) = (app.model.root.list.rows().len(), app.model.accounts.len());
        parts.push(shown_of(theme, shown, all, app.model.root.filter.text()));
    }
    if !app.model.root.marks.is_empty() {
        parts.push(format!("{} marked", app.model.root.marks.len()));
    }
    let between = format!(" {dot} ");
    let mut title = parts.join(&between);
    for state in [S::Finding, S::Unknown, S::NotAudited, S::Clean] {
        let hidden = if state == S::Finding { app.model.root.hidden_findings } else { 0 };
        let count = app.model.root.counts.get(&state).copied().unwrap_or(0) + hidden;
        if count == 0 {
            continue;
        }
        let mut words = root_access::state(state, count);
        if hidden > 0 {
            words = format!("{words} ({hidden} hidden)");
        }
        let longer = format!("{title}{between}{words}");
        if width(&longer) + 4 <= room {
            title = longer;
        }
    }
    title
}

/// The columns that the parts of a row take beside the fixed ones.
struct Widths {
    name: usize,
    audited: usize,
    /// For the cause of what is unknown, where there is room.
    note: usize,
}

impl Widths {
    fn of(room: usize) -> Self {
        let audited = if room >= 66 { 11 } else { 7 };
        let rest = room.saturating_sub(2 + ID + 1 + 1 + CELLS + 1 + audited);
        let note = if rest >= 48 { (rest / 2).min(40) } else { 0 };
        Self { name: rest.saturating_sub(note + usize::from(note > 0)).min(50), audited, note }
    }
}

fn head(theme: Theme, widths: &Widths) -> Line<'static> {
    let name = fit(theme, "NAME", widths.name);
    let cells = format!("{:<PASSWORD$} {:<KEYS$} {:<MFA$} {:<CERTS$}", "PASSWORD", "KEYS", "MFA", "CERTS");
    let text = format!("  {:<ID$} {name} {cells} AUDITED", "ACCOUNT");
    Line::from(span(theme, TextStyle::Quiet, text))
}

fn account_row(
    app: &App,
    marks: &mut Marks<'_>,
    theme: Theme,
    account: &Account,
    widths: &Widths,
    selected: bool,
) -> Line<'static> {
    let name_style = if selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
    let mut spans = mark(app, theme, account.id, selected);
    spans.extend(matched(marks, theme, &account.id.to_string(), ID, Style::new()));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, theme, &account.name, widths.name, name_style));
    spans.push(Span::raw(" "));
    if let Some(reason) = app.model.left_out(account) {
        let text = format!("left out: {}", root_access::left_out(&reason));
        spans.push(span(theme, TextStyle::Quiet, cut_end(theme, &text, CELLS + 1 + widths.audited)));
        return Line::from(spans);
    }
    if let Some(known) = app.model.root.audits.get(&account.id) {
        audited(app, theme, (account.id, known), widths, &mut spans);
    } else {
        let dot = theme.glyph(Glyph::Dot);
        let cells = format!("{dot:<PASSWORD$} {dot:<KEYS$} {dot:<MFA$} {dot:<CERTS$} ");
        spans.push(span(theme, TextStyle::Quiet, cells));
        spans.push(if is_awaited(app, account) {
            span(theme, TextStyle::Waiting, theme.glyph(Glyph::Waiting))
        } else {
            span(theme, TextStyle::Quiet, cut_end(theme, "not yet", widths.audited))
        });
    }
    Line::from(spans)
}

/// Whether the run under way is about this account and has not reported on it.
fn is_awaited(app: &App, account: &Account) -> bool {
    app.model.under_way.as_ref().is_some_and(|run| run.awaited.contains(&account.id))
}

fn audited(
    app: &App,
    theme: Theme,
    (account, known): (AccountId, &Known<RootAudit>),
    widths: &Widths,
    spans: &mut Vec<Span<'static>>,
) {
    let audit = &known.value;
    let cells = [
        (PASSWORD, cell(theme, &audit.password, None, TextStyle::Danger)),
        (KEYS, cell(theme, &audit.access_keys, audit.access_keys.details().map(Vec::len), TextStyle::Danger)),
        (MFA, mfa_cell(theme, audit)),
        (
            CERTS,
            cell(
                theme,
                &audit.signing_certificates,
                audit.signing_certificates.details().map(Vec::len),
                TextStyle::Danger,
            ),
        ),
    ];
    let mut cause = audit.fault().map(|fault| api_error::short(fault.kind));
    let nothing_read = cells.iter().all(|(_, (role, _))| *role == TextStyle::Unknown);
    if let Some(cause) = cause.take_if(|_| nothing_read) {
        // One cause for everything stands in the place of four signs.
        let text = cut_end(theme, &format!("{} {cause}", theme.glyph(Glyph::Unknown)), CELLS);
        let padding = " ".repeat((CELLS + 1).saturating_sub(width(&text)));
        spans.extend([span(theme, TextStyle::Unknown, text), Span::raw(padding)]);
    } else {
        for (room, (role, text)) in cells {
            let padding = " ".repeat((room + 1).saturating_sub(width(&text)));
            spans.extend([span(theme, role, text), Span::raw(padding)]);
        }
    }
    let age = if widths.audited < 11 {
        root_access::short_age(known.at, app.model.now)
    } else {
        time::ago(known.at, app.model.now)
    };
    // What was changed from here since then is told in full in the details.
    spans.push(if app.model.root.changed_since(account, known.at).is_some() {
        let age = format!("{} {}", theme.glyph(Glyph::Attention), root_access::short_age(known.at, app.model.now));
        span(theme, TextStyle::Attention, fit(theme, &age, widths.audited))
    } else {
        span(theme, TextStyle::Quiet, fit(theme, &age, widths.audited))
    });
    if let Some(cause) = cause.filter(|_| widths.note > 0) {
        let text = cut_end(theme, &format!(" {} {cause}", theme.glyph(Glyph::Unknown)), widths.note);
        spans.push(span(theme, TextStyle::Unknown, text));
    }
}
