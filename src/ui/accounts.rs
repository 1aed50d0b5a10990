//! View 1: the list of accounts; beside it, details and switches.

use ratatui::layout::{Constraint, Layout};

use super::canvas::Canvas;
use super::details;
use super::measure::{cut_end, span};
use super::table::{Column, Head, Room, Row, Table};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::app::state::accounts::Column as Sorting;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountState};
use crate::domain::emails::ChangeState;
use crate::words::findings::findings;
use crate::words::ui::views as says;
use crate::words::{labels, readiness, root_access};

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let area = canvas.area;
    if canvas.drawn.geometry.one_pane {
        // The list's height is reported even while another pane covers it.
        canvas.drawn.geometry.list_rows = canvas.rows().saturating_sub(3);
        match app.model.accounts.pane {
            Pane::List => list(app, canvas),
            Pane::Details => details::account(app, canvas),
            Pane::Switches => details::switches(app, canvas),
        }
        return;
    }
    let side = (area.width * 2 / 5).clamp(44, 64);
    let [left, right] = Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).areas(area);
    let switches = if area.height >= 20 { 8 } else { 6 };
    let [top, bottom] = Layout::vertical([Constraint::Min(0), Constraint::Length(switches)]).areas(right);
    list(app, &mut canvas.on(left));
    details::account(app, &mut canvas.on(top));
    details::switches(app, &mut canvas.on(bottom));
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let focused = app.model.accounts.pane == Pane::List;
    let mut inner = canvas.pane(&title(app, canvas.theme), focused, TextStyle::Accent);
    if inner.area.is_empty() {
        return;
    }
    hidden_marks(app, &mut inner);
    let table = table(app, inner.theme, inner.room());
    let nothing = |text: &mut Text| nothing(app, text);
    table.draw(&mut inner, (&app.model.accounts.list, focused), app.account_filter(), nothing, |row, id| {
        account_row(app, row, app.model.accounts.get(id)?);
        Some(())
    });
}

pub(super) fn hidden_marks(app: &App, canvas: &mut Canvas<'_>) {
    let hidden = app.hidden_marks();
    if hidden.is_empty() || canvas.area.height < 2 {
        return;
    }
    let names: Vec<&str> =
        hidden.iter().filter_map(|id| app.model.accounts.get(*id)).map(|it| it.name.as_str()).collect();
    let hidden = root_access::hidden(hidden.len());
    let text = format!(" {} {hidden}: {}", canvas.glyph(Glyph::Attention), names.join(", "));
    let line = span(canvas.theme, TextStyle::Attention, cut_end(canvas.theme, &text, canvas.room()));
    canvas.take(1).line(line);
}

pub(super) fn shown_of(theme: Theme, shown: usize, all: usize, filter: &str) -> String {
    if filter.is_empty() { all.to_string() } else { format!("{shown} of {all} {} /{filter}", theme.glyph(Glyph::Dot)) }
}

fn title(app: &App, theme: Theme) -> String {
    let accounts = &app.model.accounts;
    let mut parts = vec!["Accounts".to_owned()];
    if !accounts.is_empty() || accounts.read().value().is_some() {
        parts.push(shown_of(theme, accounts.list.rows().len(), accounts.len(), accounts.filter.text()));
        let (found, marked) = (app.model.findings.all().len(), app.model.root.marks.len());
        parts.extend((found > 0).then(|| findings(found)));
        parts.extend((marked > 0).then(|| format!("{marked} marked")));
    }
    let wait = if accounts.read().is_loading() { format!(" {}", theme.glyph(Glyph::Waiting)) } else { String::new() };
    parts.join(&format!(" {} ", theme.glyph(Glyph::Dot))) + &wait
}

pub(super) fn nothing(app: &App, text: &mut Text) {
    let filter = app.account_filter().filter(|filter| !filter.is_empty() && !app.model.accounts.is_empty());
    if let Some(filter) = filter {
        text.plain(&labels::nothing_matches("account", filter.problem()));
    } else if let Some(error) = app.model.accounts.read().error() {
        let why = readiness::accounts_unread(error.kind, app.model.org_role.value());
        text.flagged(Glyph::Unknown, &says::accounts_unread(why));
    } else if app.model.accounts.read().value().is_some() {
        text.plain(says::NO_ACCOUNT);
    } else if app.model.connection.is_loading() {
        text.flagged(Glyph::Waiting, says::CONNECTING_TO_AWS);
    } else {
        text.flagged(Glyph::Waiting, says::READING_THE_ACCOUNTS);
    }
}

fn table(app: &App, theme: Theme, room: usize) -> Table {
    let column = |sorting: Sorting, room| {
        let arrow = match (app.model.accounts.sort == sorting, app.model.accounts.reversed, theme.ascii) {
            (false, ..) => "",
            (true, false, false) => "↓",
            (true, true, false) => "↑",
            (true, false, true) => "v",
            (true, true, true) => "^",
        };
        let role = if arrow.is_empty() { TextStyle::Quiet } else { TextStyle::Accent };
        Column::new(format!("{}{arrow}", labels::column(sorting)), room).head_role(role)
    };
    // The path has no column of its own; when sorted by it, the last head says so.
    let last = if app.model.accounts.sort == Sorting::Path { Sorting::Path } else { Sorting::State };
    let columns = vec![
        column(Sorting::Id, Room::Fixed(12)),
        column(Sorting::Name, Room::Part(|left| (left * 2 / 5).min(50))),
        column(Sorting::Email, Room::Rest(64)),
        Column::new("", Room::Fixed(1)).head_role(TextStyle::Plain),
        column(last, Room::Fixed(if room >= 100 { 18 } else { 9 })),
    ];
    Table::new(theme, room, Head::Columns, columns)
}

fn account_row(app: &App, row: &mut Row<'_>, account: &Account) {
    let theme = row.theme();
    let (role, glyph) = sign_of(app, account).map_or((TextStyle::Plain, " "), |it| (it.style(), theme.glyph(it)));
    let state_role = match account.state {
        AccountState::Active => TextStyle::Plain,
        AccountState::Unknown => TextStyle::Unknown,
        _ => TextStyle::Attention,
    };
    let is_found = app.model.findings.kinds_of(account.id).email;
    row.marked(app.model.root.marks.contains(&account.id));
    row.text(TextStyle::Plain, &account.id.to_string());
    row.name(reported(theme, &account.name));
    row.text(if is_found { TextStyle::Attention } else { TextStyle::Plain }, reported(theme, &account.email));
    row.filled(role, glyph);
    row.filled(state_role, account.state.as_str());
}

fn sign_of(app: &App, account: &Account) -> Option<Glyph> {
    let found = app.model.findings.kinds_of(account.id);
    Some(match app.model.emails.state(account.id, app.model.now) {
        // More urgent than a pending email change, and as urgent as a failed one.
        _ if found.email => Glyph::Differs,
        ChangeState::Quiet | ChangeState::Completed if found.any() => Glyph::Differs,
        ChangeState::Quiet | ChangeState::Completed if is_management(app, account) => Glyph::Management,
        ChangeState::Quiet | ChangeState::Completed => return None,
        ChangeState::AddressUnknown | ChangeState::AddressForgotten | ChangeState::Expired(_) | ChangeState::Failed => {
            Glyph::Attention
        }
        ChangeState::OtherStatus(..) => Glyph::Unknown,
        ChangeState::Pending(_) | ChangeState::Unconfirmed(_) | ChangeState::Accepted => Glyph::Waiting,
    })
}

fn reported(theme: Theme, text: &str) -> &str {
    if text.is_empty() { theme.glyph(Glyph::Unknown) } else { text }
}

fn is_management(app: &App, account: &Account) -> bool {
    app.model.organization.value().is_some_and(|organization| organization.management_account == account.id)
}
