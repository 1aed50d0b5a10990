//! View 1: the list of accounts; beside it, details and switches.

use std::collections::HashMap;

use ratatui::layout::{Constraint, Layout, Spacing};
use ratatui::text::Span;

use super::apps::Apps;
use super::beside::{NARROWEST, SIDE_BY_SIDE, side_of, split};
use super::board_details::glyph_of;
use super::canvas::Canvas;
use super::measure::{cut_end, fit, span};
use super::table::{Column, Head, Room, Row, Table, least, mostly_whole, whole};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use super::{details, root_details};
use crate::app::mouse::Target;
use crate::app::shell::App;
use crate::app::state::columns::Column as Sorting;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountId, AccountState, JoinedMethod};
use crate::domain::cut::{email as cut_email, emails};
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::finding::DifferenceKind;
use crate::domain::text::width;
use crate::words::findings::findings;
use crate::words::ui::views as says;
use crate::words::{api_error, board, labels, organizations, readiness, root_access, time};

/// What the table shows on any screen, unless a person chose otherwise.
const BASE: [Sorting; 4] = [Sorting::Id, Sorting::Name, Sorting::Email, Sorting::State];
/// What it shows where there is room, the most important first.
const MORE: [Sorting; 4] = [Sorting::Root, Sorting::Path, Sorting::Change, Sorting::Joined];
/// Of the columns that a person chose, those behind are hidden first.
const CHOSEN: [Sorting; 6] =
    [Sorting::State, Sorting::Root, Sorting::Path, Sorting::Change, Sorting::Joined, Sorting::Method];
/// From this width of the screen on, more columns come before wider details.
const WIDE: u16 = 160;
/// `!! PKC?`
const ROOT: usize = 7;
/// `2025-03-14`
const DAY: usize = 10;
/// `INVITED`, `CREATED`
const METHOD: usize = 8;
/// `ACTIVE`
const STATE: usize = 6;
/// So many columns of a name stay in a row whose address and state take more than others'.
const LEAST_NAME: usize = 8;
/// The columns of the details at most.
const DETAILS: u16 = 64;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let area = canvas.area;
    let (shown, side) = layout(canvas.apps_of(app), canvas.theme, area.width);
    let Some(side) = side else {
        canvas.drawn.geometry.one_pane = true;
        // The list's height is reported even while another pane covers it, so that it stays
        // correct.
        canvas.drawn.geometry.list_rows = canvas.rows().saturating_sub(3);
        match app.model.accounts.pane {
            Pane::List => list(app, &shown, canvas),
            Pane::Details => details::account(app, canvas),
            Pane::Switches => details::switches(app, canvas),
        }
        return;
    };
    let [left, right] = split(area, side);
    let switches = if area.height >= 20 { 8 } else { 6 };
    let [top, bottom] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(switches)]).spacing(Spacing::Overlap(1)).areas(right);
    let panes = [Pane::List, Pane::Details, Pane::Switches];
    // The one with the focus comes last: its style is that of the borders it shares.
    let focused = app.model.accounts.pane;
    for pane in panes.into_iter().filter(|pane| *pane != focused).chain([focused]) {
        match pane {
            Pane::List => list(app, &shown, &mut canvas.on(left)),
            Pane::Details => details::account(app, &mut canvas.on(top)),
            Pane::Switches => details::switches(app, &mut canvas.on(bottom)),
        }
    }
}

/// Which columns are shown, and how wide the details beside them are: none where a text of the listing would be cut.
fn layout(apps: Apps<'_>, theme: Theme, screen: u16) -> (Vec<Sorting>, Option<u16>) {
    let chosen = apps.app.model.accounts.columns.as_ref();
    let (base, more): (&[Sorting], Vec<Sorting>) = match (chosen, screen) {
        (Some(chosen), _) => (&Sorting::BASE, CHOSEN.into_iter().filter(|column| chosen.contains(column)).collect()),
        (None, ..SIDE_BY_SIDE) => (&BASE, Vec::new()),
        (None, SIDE_BY_SIDE..WIDE) => (&BASE, MORE.into_iter().take(1).collect()),
        (None, _) => (&BASE, MORE.to_vec()),
    };
    let always = &[base, if apps.has_several() { &[Sorting::Org] } else { &[] }].concat();
    // The frame takes two columns.
    let needed = |shown: &[Sorting]| whole(&columns(apps, theme, shown, widest_state(apps))) + 2;
    let narrower = |shown: &[Sorting], of: fn(&[Column]) -> usize| {
        of(&columns(apps, theme, shown, typical_state(apps, shown))) + 2
    };
    let alone = usize::from(screen);
    if chosen.is_some() {
        // What a person chose is not hidden for details.
        let all: Vec<Sorting> = fitting(always, &more, |_, _| true);
        let side = side_of(screen, needed(&all), DETAILS);
        let fits = |shown: &[Sorting], _| narrower(shown, least) <= alone;
        return if side.is_some() { (all, side) } else { (fitting(always, &more, fits), None) };
    }
    // What says something comes first.
    let (empty, more): (Vec<Sorting>, Vec<Sorting>) = more.into_iter().partition(|column| is_empty(apps, *column));
    let more = [more, empty].concat();
    // The details cost no column that a narrower screen shows without them.
    let first = more.iter().copied().filter(|column| MORE.first() == Some(column));
    let first: Vec<Sorting> = first.filter(|column| !is_empty(apps, *column)).collect();
    if side_of(screen, needed(&fitting(always, &first, |_, _| true)), DETAILS).is_some() {
        let room = usize::from(screen + 1 - NARROWEST);
        let shown = fitting(always, &more, |shown, _| needed(shown) <= room);
        let side = side_of(screen, needed(&shown), DETAILS);
        return (shown, side);
    }
    // A few long names are cut for a column that says something, and none for one that is empty.
    let fits = |shown: &[Sorting], column| {
        let columns = if is_empty(apps, column) { needed(shown) } else { narrower(shown, mostly_whole) };
        columns <= alone
    };
    (fitting(always, &more, fits), None)
}

/// Whether nothing is known yet of what a column shows.
fn is_empty(apps: Apps<'_>, column: Sorting) -> bool {
    match column {
        Sorting::Root => apps.sum(|app| app.model.root.audits.len() + app.model.recovery.all().len()) == 0,
        Sorting::Change => apps.sum(|app| app.model.board.known) == 0,
        _ => false,
    }
}

/// With those of `more` that have room beside the others, the first ones first.
fn fitting(always: &[Sorting], more: &[Sorting], fits: impl Fn(&[Sorting], Sorting) -> bool) -> Vec<Sorting> {
    let ordered = |shown: &[Sorting]| Sorting::ALL.into_iter().filter(|it| shown.contains(it)).collect::<Vec<_>>();
    let mut shown = ordered(always);
    for column in more {
        let wider = ordered(&[&shown[..], &[*column]].concat());
        if fits(&wider, *column) {
            shown = wider;
        }
    }
    shown
}

fn list(app: &App, shown: &[Sorting], canvas: &mut Canvas<'_>) {
    let focused = app.model.accounts.pane == Pane::List;
    let apps = canvas.apps.unwrap_or(Apps::of(app));
    let mut inner = canvas.list_pane(&title(apps, canvas.theme, shown), focused);
    if inner.area.is_empty() {
        return;
    }
    not_listed(apps, &mut inner);
    hidden_marks(app, &mut inner);
    let (list, theme) = (&app.model.accounts.list, inner.theme);
    let table = Table::new(theme, inner.room(), Head::Columns, columns_in(apps, theme, shown, inner.room()));
    let visible = || list.visible().iter().copied();
    let known = |id: AccountId| apps.owner_of(id).model.accounts.get(id);
    let addresses = visible().map(|id| known(id).map_or("", |account| reported(theme, &account.email)));
    let room = table.room_of(labels::column(Sorting::Email));
    let signs = signs(apps, theme);
    let state_room = table.room_of(&head_of(apps, theme, Sorting::State));
    let emails: HashMap<AccountId, String> = visible().zip(emails(addresses, room, theme.glyph(Glyph::Cut))).collect();
    let nothing = |text: &mut Text| nothing(app, text);
    table.draw(&mut inner, (list, focused), app.account_filter(), nothing, |row, id| {
        let app = apps.owner_of(id);
        let (account, email) = (app.model.accounts.get(id)?, emails.get(&id)?);
        row.marked(app.model.root.marks.contains(&id));
        let lent = if lends(shown) { (signs + width(account.state.as_str())).saturating_sub(state_room) } else { 0 };
        for column in shown {
            if lent > 0 && *column == Sorting::Name {
                // So does its name for the domain.
                let needed = domain_room(theme, &account.email) + lent;
                row.lend(needed.saturating_sub(room).min(row.room().saturating_sub(LEAST_NAME)));
            }
            if lent > 0 && *column == Sorting::Email {
                row.lend(lent);
                let cut = cut_email(reported(theme, &account.email), row.room(), theme.glyph(Glyph::Cut));
                cell(apps, app, row, *column, (account, &cut));
            } else {
                cell(apps, app, row, *column, (account, email));
            }
        }
        Some(())
    });
}

/// Which organizations have no accounts in the list, and why.
pub(super) fn not_listed(apps: Apps<'_>, canvas: &mut Canvas<'_>) {
    if !apps.has_several() || canvas.area.height < 3 {
        return;
    }
    let said: Vec<String> = apps.each().into_iter().filter_map(|app| why_not_listed(apps, app)).collect();
    if said.is_empty() {
        return;
    }
    let between = format!(" {} ", canvas.glyph(Glyph::Dot));
    let text = format!(" {} {}", canvas.glyph(Glyph::Unknown), said.join(&between));
    let line = span(canvas.theme, TextStyle::Unknown, cut_end(canvas.theme, &text, canvas.room()));
    canvas.take(1).line(line);
}

fn why_not_listed(apps: Apps<'_>, app: &App) -> Option<String> {
    let name = app.model.organization_name();
    if let Some(first) = apps.same_before(app) {
        return Some(organizations::same(name, first.model.organization_name()));
    }
    if let Some(error) = app.model.connection.error() {
        return Some(organizations::not_connected(name, api_error::short(error.kind)));
    }
    let error = app.model.accounts.read().error()?;
    Some(organizations::accounts_unread(name, api_error::short(error.kind)))
}

pub(super) fn hidden_marks(app: &App, canvas: &mut Canvas<'_>) {
    let each = canvas.apps_of(app).each();
    let hidden = each.into_iter().flat_map(|app| app.hidden_marks().into_iter().map(move |id| (app, id)));
    let hidden: Vec<(&App, AccountId)> = hidden.collect();
    if hidden.is_empty() || canvas.area.height < 2 {
        return;
    }
    let names = hidden.iter().filter_map(|(app, id)| app.model.accounts.get(*id));
    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
    let hidden = root_access::hidden(hidden.len());
    let text = format!(" {} {hidden}: {}", canvas.glyph(Glyph::Attention), names.join(", "));
    let line = span(canvas.theme, TextStyle::Attention, cut_end(canvas.theme, &text, canvas.room()));
    canvas.take(1).line(line);
}

pub(super) fn shown_of(theme: Theme, shown: usize, all: usize, filter: &str) -> String {
    if filter.is_empty() { all.to_string() } else { format!("{shown} of {all} {} /{filter}", theme.glyph(Glyph::Dot)) }
}

pub(super) fn sort_arrow(reversed: bool) -> Glyph {
    if reversed { Glyph::Descending } else { Glyph::Ascending }
}

/// Of shorter ones nobody sees how far they are read.
const LONG_LISTING: usize = 1000;

fn title(apps: Apps<'_>, theme: Theme, shown: &[Sorting]) -> String {
    let app = apps.app;
    let accounts = &app.model.accounts;
    let all = apps.sum(|app| app.model.accounts.len());
    let mut parts = vec!["Accounts".to_owned()];
    if all > 0 || accounts.read().value().is_some() {
        parts.push(shown_of(theme, accounts.list.rows().len(), all, accounts.filter.text()));
        let (found, marked) = (app.model.findings.all().len(), apps.sum(|app| app.model.root.marks.len()));
        parts.extend((found > 0).then(|| findings(found)));
        parts.extend((marked > 0).then(|| format!("{marked} marked")));
        let by = accounts.sort;
        let is_hidden = !shown.contains(&by);
        parts.extend(is_hidden.then(|| labels::sorted_by(by, theme.glyph(sort_arrow(accounts.reversed)))));
        let is_long = accounts.len() >= LONG_LISTING;
        parts.extend(accounts.read_so_far().filter(|_| is_long).map(says::accounts_read_so_far));
        let hidden = accounts.columns.iter().flatten().filter(|column| !shown.contains(column)).count();
        parts.extend((hidden > 0).then(|| labels::columns_hidden(hidden)));
    }
    let is_loading = apps.sum(|app| usize::from(app.model.accounts.read().is_loading())) > 0;
    let wait = if is_loading { format!(" {}", theme.glyph(Glyph::Waiting)) } else { String::new() };
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

/// Whether a long state takes room from the email of its own row: where nothing is between the two. One account that is
/// `PENDING_ACTIVATION` does not make the emails of all others shorter.
fn lends(shown: &[Sorting]) -> bool {
    shown.windows(2).any(|pair| pair == [Sorting::Email, Sorting::State])
}

fn typical_state(apps: Apps<'_>, shown: &[Sorting]) -> usize {
    let typical = || apps.widths(|app| &app.model.accounts.widths().states).typical().max(STATE);
    if lends(shown) { typical() } else { widest_state(apps) }
}

fn widest_state(apps: Apps<'_>) -> usize {
    apps.widths(|app| &app.model.accounts.widths().states).widest().max(STATE)
}

/// The columns in so much room: one long state is whole in a column of its own where nothing is cut for that.
fn columns_in(apps: Apps<'_>, theme: Theme, shown: &[Sorting], room: usize) -> Vec<Column> {
    let all = columns(apps, theme, shown, widest_state(apps));
    if whole(&all) <= room { all } else { columns(apps, theme, shown, typical_state(apps, shown)) }
}

/// `state` is the room of a state.
fn columns(apps: Apps<'_>, theme: Theme, shown: &[Sorting], state: usize) -> Vec<Column> {
    let app = apps.app;
    let room = |column: Sorting, head: usize| match column {
        Sorting::Id => Room::Fixed(12),
        Sorting::Org => Room::Fixed(organization_columns(apps).max(head)),
        Sorting::Name => Room::of(&apps.widths(|app| &app.model.accounts.widths().names)),
        Sorting::Email => {
            let mark = width(theme.glyph(Glyph::Cut));
            let domains = apps.widths(|app| &app.model.accounts.widths().domains);
            Room::of_emails(&apps.widths(|app| &app.model.accounts.widths().emails)).at_least(domains.typical() + mark)
        }
        Sorting::Path => Room::of(&apps.widths(|app| &app.model.accounts.widths().paths)),
        Sorting::Root => Room::Fixed(if is_empty(apps, column) { head } else { ROOT.max(head) }),
        Sorting::Change => Room::Fixed(apps.most(|app| change_columns(app, theme)).max(head)),
        Sorting::Joined => Room::Fixed(DAY.max(head)),
        Sorting::Method => Room::Fixed(METHOD.max(head)),
        // With the sign before it.
        Sorting::State => Room::Fixed((signs(apps, theme) + state).max(head)),
    };
    let column = |column: &Sorting| {
        let (by, reversed) = (app.model.accounts.sort, app.model.accounts.reversed);
        let arrow = if by == *column { format!(" {}", theme.glyph(sort_arrow(reversed))) } else { String::new() };
        let role = if arrow.is_empty() { TextStyle::Quiet } else { TextStyle::Accent };
        let head = format!("{}{arrow}", head_of(apps, theme, *column));
        let room = room(*column, width(&head));
        let shown = Column::new(head, room).head_role(role).target(Target::Head(*column));
        if *column == Sorting::Id { shown.with_mark() } else { shown }
    };
    shown.iter().map(column).collect()
}

/// The sign before a state has no head.
fn head_of(apps: Apps<'_>, theme: Theme, column: Sorting) -> String {
    let signs = if column == Sorting::State { signs(apps, theme) } else { 0 };
    format!("{}{}", " ".repeat(signs), labels::column(column))
}

/// What the signs before the states take, with a blank: a danger has a wider one.
fn signs(apps: Apps<'_>, theme: Theme) -> usize {
    let dangers = apps.sum(|app| app.model.board.dangers);
    let widest = if dangers > 0 { Glyph::Danger } else { Glyph::Attention };
    width(theme.glyph(widest)) + 1
}

fn cell(apps: Apps<'_>, app: &App, row: &mut Row<'_>, column: Sorting, (account, email): (&Account, &str)) {
    match column {
        Sorting::Id => row.text(TextStyle::Plain, &account.id.to_string()),
        Sorting::Org => organization(app, row),
        Sorting::Name => row.text(TextStyle::Plain, reported(row.theme(), &account.name)),
        Sorting::Email => {
            let is_found = app.model.findings.kinds_of(account.id).has(DifferenceKind::Email);
            row.text(if is_found { TextStyle::Attention } else { TextStyle::Plain }, email);
        }
        Sorting::Path => row.text(TextStyle::Quiet, app.model.accounts.path(account.id)),
        Sorting::Root => {
            let (role, text) = root_details::in_a_cell(app, row.theme(), account);
            row.filled(role, &text);
        }
        Sorting::Change => change(app, row, account.id),
        Sorting::Joined => {
            let day = account.joined.map_or_else(String::new, |at| time::day(at, &app.model.start.time_zone));
            row.filled(TextStyle::Quiet, &day);
        }
        Sorting::Method => {
            let method = account.joined_method.as_ref();
            row.filled(TextStyle::Quiet, method.map_or(row.theme().glyph(Glyph::Unknown), JoinedMethod::as_str));
        }
        Sorting::State => state(apps, app, row, account),
    }
}

/// What the names of the organizations take.
pub(super) fn organization_columns(apps: Apps<'_>) -> usize {
    /// In columns.
    const MOST: usize = 16;
    apps.most(|app| width(app.model.organization_name())).min(MOST)
}

pub(super) fn organization(app: &App, row: &mut Row<'_>) {
    row.filled(TextStyle::Plain, app.model.organization_name());
}

fn change(app: &App, row: &mut Row<'_>, id: AccountId) {
    let Some(facts) = app.model.emails.get(id).filter(|facts| is_open(app, facts)) else {
        return row.filled(TextStyle::Quiet, "");
    };
    row.filled(glyph_of(&facts.state(app.model.now)).style(), &change_text(app, row.theme(), facts));
}

fn is_open(app: &App, facts: &EmailFacts) -> bool {
    !matches!(facts.state(app.model.now), ChangeState::Quiet | ChangeState::Completed)
}

fn change_text(app: &App, theme: Theme, facts: &EmailFacts) -> String {
    let glyph = glyph_of(&facts.state(app.model.now));
    format!("{} {}", theme.glyph(glyph), board::status(facts, app.model.now))
}

/// What the changes of all accounts take.
fn change_columns(app: &App, theme: Theme) -> usize {
    let known = app.model.board.changing.iter().filter_map(|id| app.model.emails.get(*id));
    let open = known.filter(|facts| is_open(app, facts));
    open.map(|facts| width(&change_text(app, theme, facts))).max().unwrap_or_default()
}

fn state(apps: Apps<'_>, app: &App, row: &mut Row<'_>, account: &Account) {
    let theme = row.theme();
    let signs = signs(apps, theme);
    let (role, glyph) = sign_of(app, account).map_or((TextStyle::Plain, ""), |it| (it.style(), theme.glyph(it)));
    let state_role = match account.state {
        AccountState::Active => TextStyle::Plain,
        AccountState::Unknown => TextStyle::Unknown,
        _ => TextStyle::Attention,
    };
    let word = fit(theme, account.state.as_str(), row.room().saturating_sub(signs));
    let padding = Span::raw(" ".repeat(signs.saturating_sub(width(glyph))));
    row.spans([span(theme, role, glyph), padding, span(theme, state_role, word)]);
}

fn sign_of(app: &App, account: &Account) -> Option<Glyph> {
    let found = app.model.findings.kinds_of(account.id);
    Some(match app.model.emails.state(account.id, app.model.now) {
        state @ ChangeState::AddressUnknown => glyph_of(&state),
        // More urgent than a pending email change, and as urgent as a failed one.
        _ if found.has(DifferenceKind::Email) => Glyph::Differs,
        ChangeState::Quiet | ChangeState::Completed if found.any() => Glyph::Differs,
        ChangeState::Quiet | ChangeState::Completed if is_management(app, account) => Glyph::Management,
        ChangeState::Quiet | ChangeState::Completed => return None,
        // As in view 2.
        state => glyph_of(&state),
    })
}

/// What the domain of an address takes, cut before the `@`.
fn domain_room(theme: Theme, address: &str) -> usize {
    let domain = address.rfind('@').and_then(|at| address.get(at..)).unwrap_or_default();
    width(domain) + width(theme.glyph(Glyph::Cut))
}

fn reported(theme: Theme, text: &str) -> &str {
    if text.is_empty() { theme.glyph(Glyph::Unknown) } else { text }
}

fn is_management(app: &App, account: &Account) -> bool {
    app.model.organization.value().is_some_and(|organization| organization.management_account == account.id)
}
