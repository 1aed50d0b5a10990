//! View 1: the list of accounts; beside it, details and switches.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::canvas::{cells, columns, cut_end, fit, lines, pane, span, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use super::{Drawn, details};
use crate::app::accounts::Column;
use crate::app::filter::{Filter, Highlighter};
use crate::app::list::List;
use crate::app::{App, Pane};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::emails::ChangeState;
use crate::domain::text::{cut_middle, width};
use crate::words::findings::findings;
use crate::words::{labels, readiness, root_access};

const ID_COLUMNS: usize = 12;

pub(super) fn draw(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    if drawn.geometry.one_pane {
        // The list's height is told even while another pane covers it, so that it stays in order.
        drawn.geometry.list_rows = usize::from(area.height.saturating_sub(3));
        match app.pane {
            Pane::List => list(app, theme, buf, area, drawn),
            Pane::Details => details::account(app, theme, buf, area, drawn),
            Pane::Switches => details::switches(app, theme, buf, area, drawn),
        }
        return;
    }
    let side = (area.width * 2 / 5).clamp(44, 64);
    let [left, right] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(area);
    let switches = if area.height >= 20 { 8 } else { 6 };
    let [top, bottom] = Layout::vertical([Constraint::Min(0), Constraint::Length(switches)]).areas(right);
    list(app, theme, buf, left, drawn);
    details::account(app, theme, buf, top, drawn);
    details::switches(app, theme, buf, bottom, drawn);
}

fn list(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = app.pane == Pane::List;
    let inner = pane(theme, buf, area, &title(app, theme), focused, TextStyle::Accent);
    if inner.is_empty() {
        return;
    }
    let inner = hidden_marks(app, theme, buf, inner);
    let widths = Widths::of(columns(inner));
    buf.set_line(inner.x, inner.y, &head(app, theme, &widths), inner.width);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.list_rows = usize::from(rows.height);
    if app.model.accounts.list.rows().is_empty() {
        lines(buf, rows, &nothing(app, theme, columns(rows)));
        return;
    }
    let cursor = rows_of(app, &app.model.accounts.list, buf, rows, |marks, account, selected| {
        account_row(app, marks, theme, account, &widths, selected)
    });
    drawn.cursor = cursor.filter(|_| focused).or(drawn.cursor);
}

/// Draws the accounts of a list that are on its page, each as `line` has it, and tells where the
/// selected one stands.
pub(super) fn rows_of<'a>(
    app: &'a App,
    list: &List<AccountId>,
    buf: &mut Buffer,
    rows: Rect,
    mut line: impl FnMut(&mut Marks<'a>, &Account, bool) -> Line<'static>,
) -> Option<Position> {
    let mut marks = highlighter(app);
    let mut cursor = None;
    for (row, id) in rows.rows().zip(list.visible()) {
        let Some(account) = app.model.accounts.get(*id) else { continue };
        let selected = list.selected() == Some(*id);
        buf.set_line(row.x, row.y, &line(&mut marks, account, selected), row.width);
        if selected {
            cursor = Some(Position { x: row.x, y: row.y });
        }
    }
    cursor
}

/// What shows the matches of the view's filter, if it has one.
pub(super) fn highlighter(app: &App) -> Marks<'_> {
    app.account_filter().filter(|filter| !filter.is_empty()).map(Filter::highlighter)
}

/// Names the marked accounts that the view does not show in a line of its own; gives what is left below.
pub(super) fn hidden_marks(app: &App, theme: Theme, buf: &mut Buffer, area: Rect) -> Rect {
    let hidden = app.hidden_marks();
    if hidden.is_empty() || area.height < 2 {
        return area;
    }
    let names: Vec<&str> =
        hidden.iter().filter_map(|id| app.model.accounts.get(*id)).map(|it| it.name.as_str()).collect();
    let text =
        format!(" {} {}: {}", theme.glyph(Glyph::Attention), root_access::hidden(hidden.len()), names.join(", "));
    let line = Line::from(span(theme, TextStyle::Attention, cut_end(theme, &text, columns(area))));
    buf.set_line(area.x, area.y, &line, area.width);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// How many rows a filter shows of how many, and the filter.
pub(super) fn shown_of(theme: Theme, shown: usize, all: usize, filter: &str) -> String {
    if filter.is_empty() { all.to_string() } else { format!("{shown} of {all} {} /{filter}", theme.glyph(Glyph::Dot)) }
}

fn title(app: &App, theme: Theme) -> String {
    let (shown, all) = (app.model.accounts.list.rows().len(), app.model.accounts.len());
    let reading = app.model.accounts.read().is_loading();
    let wait = if reading { format!(" {}", theme.glyph(Glyph::Waiting)) } else { String::new() };
    let filter = app.model.accounts.filter.text();
    let dot = theme.glyph(Glyph::Dot);
    let marked = match app.model.root.marks.len() {
        0 => String::new(),
        count => format!(" {dot} {count} marked"),
    };
    let marked = match app.model.findings.all().len() {
        0 => marked,
        count => format!(" {dot} {}{marked}", findings(count)),
    };
    let unread = all == 0 && app.model.accounts.read().value().is_none();
    if unread {
        format!("{}{wait}", labels::accounts())
    } else {
        let shown = shown_of(theme, shown, all, filter);
        format!("{} {dot} {shown}{marked}{wait}", labels::accounts())
    }
}

/// What stands where no account does.
pub(super) fn nothing(app: &App, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let filter = app.account_filter().filter(|filter| !filter.is_empty() && !app.model.accounts.is_empty());
    let (role, text) = if let Some(filter) = filter {
        (TextStyle::Plain, labels::nothing_matches("account", filter.problem()))
    } else if let Some(fault) = app.model.accounts.read().fault() {
        let why = readiness::accounts_unread(fault.kind, app.model.org_role.value());
        (TextStyle::Unknown, format!("{} The accounts could not be read: {why}", theme.glyph(Glyph::Unknown)))
    } else if app.model.accounts.read().value().is_some() {
        (TextStyle::Plain, "The organization lists no account.".to_owned())
    } else if app.model.connection.is_loading() {
        (TextStyle::Waiting, format!("{} connecting to AWS", theme.glyph(Glyph::Waiting)))
    } else {
        (TextStyle::Waiting, format!("{} reading the accounts", theme.glyph(Glyph::Waiting)))
    };
    wrap(&text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
}

/// Underlines what the filter matched, if there is a filter.
pub(super) type Marks<'a> = Option<Highlighter<'a>>;

/// The columns that each part of a row takes.
struct Widths {
    name: usize,
    email: usize,
    state: usize,
}

impl Widths {
    fn of(room: usize) -> Self {
        let state = if room >= 100 { 18 } else { 9 };
        // Mark, sign of a pending change, and a blank between all.
        let fixed = 2 + ID_COLUMNS + 1 + 1 + 1 + 2 + state;
        let rest = room.saturating_sub(fixed);
        let name = (rest * 2 / 5).min(50);
        Self { name, email: rest.saturating_sub(name).min(64), state }
    }
}

fn head(app: &App, theme: Theme, widths: &Widths) -> Line<'static> {
    let cell = |column: Column, room: usize| {
        let arrow = match (app.model.accounts.sort == column, app.model.accounts.reversed, theme.ascii) {
            (false, ..) => "",
            (true, false, false) => "↓",
            (true, true, false) => "↑",
            (true, false, true) => "v",
            (true, true, true) => "^",
        };
        let style = if arrow.is_empty() { theme.style(TextStyle::Quiet) } else { theme.style(TextStyle::Accent) };
        Span::styled(fit(theme, &format!("{}{arrow}", labels::column(column)), room), style)
    };
    let mut cells = vec![
        Span::raw("  "),
        cell(Column::Id, ID_COLUMNS),
        Span::raw(" "),
        cell(Column::Name, widths.name),
        Span::raw(" "),
        cell(Column::Email, widths.email),
        Span::raw("   "),
    ];
    // The path has no column of its own; sorting by it says so in the last head.
    let last = if app.model.accounts.sort == Column::Path { Column::Path } else { Column::State };
    cells.push(cell(last, widths.state));
    Line::from(cells)
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
    let org_role = app.model.emails.org_role(account.id, app.model.now);
    let found = app.model.findings.kinds_of(account.id);
    let (glyph, sign_role) = match org_role {
        // Louder than that an email change waits; what went wrong with one is as loud.
        _ if found.email => (theme.glyph(Glyph::Differs), TextStyle::Attention),
        ChangeState::Quiet | ChangeState::Completed if found.any() => {
            (theme.glyph(Glyph::Differs), TextStyle::Attention)
        }
        ChangeState::Quiet | ChangeState::Completed if is_management(app, account) => {
            (theme.glyph(Glyph::Management), TextStyle::Accent)
        }
        ChangeState::Quiet | ChangeState::Completed => (" ", TextStyle::Plain),
        ChangeState::AddressUnknown | ChangeState::AddressForgotten | ChangeState::Expired(_) | ChangeState::Failed => {
            (theme.glyph(Glyph::Attention), TextStyle::Attention)
        }
        ChangeState::OtherStatus(..) => (theme.glyph(Glyph::Unknown), TextStyle::Unknown),
        ChangeState::Pending(_) | ChangeState::Unconfirmed(_) | ChangeState::Accepted => {
            (theme.glyph(Glyph::Waiting), TextStyle::Waiting)
        }
    };
    let state_role = match account.state {
        AccountState::Active => TextStyle::Plain,
        AccountState::Unknown => TextStyle::Unknown,
        _ => TextStyle::Attention,
    };
    let mut spans = mark(app, theme, account.id, selected);
    spans.extend(matched(marks, theme, &account.id.to_string(), ID_COLUMNS, Style::new()));
    spans.push(Span::raw(" "));
    spans.extend(matched(marks, theme, told(theme, &account.name), widths.name, name_style));
    spans.push(Span::raw(" "));
    let email_style = if found.email { theme.style(TextStyle::Attention) } else { Style::new() };
    spans.extend(matched(marks, theme, told(theme, &account.email), widths.email, email_style));
    spans.push(Span::raw(" "));
    spans.push(span(theme, sign_role, glyph));
    spans.push(Span::raw(" "));
    spans.push(span(theme, state_role, fit(theme, account.state.as_str(), widths.state)));
    Line::from(spans)
}

/// What AWS tells, or the sign of what it does not.
fn told(theme: Theme, text: &str) -> &str {
    if text.is_empty() { theme.glyph(Glyph::Unknown) } else { text }
}

/// Before a row: whether it is selected, and whether its account is marked.
pub(super) fn mark(app: &App, theme: Theme, account: AccountId, selected: bool) -> Vec<Span<'static>> {
    let cursor = if selected { theme.glyph(Glyph::Selected) } else { " " };
    let marked = if app.model.root.marks.contains(&account) { theme.glyph(Glyph::Marked) } else { " " };
    vec![span(theme, TextStyle::Accent, cursor), span(theme, TextStyle::Accent, marked)]
}

/// Whether it is the organization's management account, as far as that is known.
fn is_management(app: &App, account: &Account) -> bool {
    app.model.organization.value().is_some_and(|organization| organization.management_account == account.id)
}

/// `text` in `room` columns, what the filter matched of what is shown underlined.
pub(super) fn matched(
    marks: &mut Marks<'_>,
    theme: Theme,
    text: &str,
    room: usize,
    style: Style,
) -> Vec<Span<'static>> {
    let shown = cut_middle(text, room, theme.glyph(Glyph::Cut));
    let padding = Span::raw(" ".repeat(room.saturating_sub(width(&shown))));
    let Some(highlighter) = marks.as_mut() else {
        return vec![Span::styled(shown, style), padding];
    };
    let found = highlighter.places(&shown);
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (index, c) in shown.chars().enumerate() {
        let hit = found.binary_search(&u32::from(cells(index))).is_ok();
        let style = if hit { style.add_modifier(Modifier::UNDERLINED) } else { style };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), style)),
        }
    }
    spans.push(padding);
    spans
}
