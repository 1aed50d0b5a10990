//! View 2: the known email changes, those that need a person first.

use super::accounts::{hidden_marks, not_listed, organization, organization_columns, shown_of};
use super::apps::Apps;
use super::beside::{beside, side_of};
use super::board_details::{self, glyph_of};
use super::canvas::Canvas;
use super::progress::progress;
use super::table::{Column, Head, Room, Row, Table, whole};
use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::histogram::Histogram;
use crate::app::shell::App;
use crate::app::state::board::Widths;
use crate::app::state::columns::Column as ListColumn;
use crate::domain::account::AccountId;
use crate::domain::emails::EmailFacts;
use crate::domain::text::width;
use crate::words::ui::views as says;
use crate::words::{api_error, board, email, labels, time};

/// From this width of the screen on, more columns come before details.
const WIDE: u16 = 160;

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    if app.model.board.pane.list.rows().is_empty() {
        return list(app, canvas);
    }
    let needed = |shown| whole(&columns(canvas.apps_of(app), canvas.theme, shown)) + 2;
    let screen = canvas.area.width;
    let all = Some(needed(Shown::All)).filter(|all| screen >= WIDE && side_of(screen, *all, 64).is_some());
    let needed = all.unwrap_or_else(|| needed(Shown::Most));
    beside(canvas, app.model.board.pane.reading, (needed, 64), |it| list(app, it), |it| board_details::draw(app, it));
}

fn list(app: &App, canvas: &mut Canvas<'_>) {
    let is_empty = app.model.board.pane.list.rows().is_empty();
    let focused = !app.model.board.pane.reading || is_empty;
    let apps = canvas.apps.unwrap_or(Apps::of(app));
    let mut inner = canvas.list_pane(&title(apps, canvas.theme), focused);
    progress(app, &mut inner);
    not_listed(apps, &mut inner);
    hidden_marks(app, &mut inner);
    if inner.area.is_empty() {
        return;
    }
    if is_empty {
        inner.drawn.geometry.list_rows = inner.rows().saturating_sub(1);
        let mut inner = inner.inset();
        let mut text = inner.text();
        nothing(app, &mut text);
        if text.lines.len() > inner.rows() {
            text.lines.retain(|line| line.width() > 0);
        }
        inner.lines(&text.lines);
        return;
    }
    let table = table(apps, inner.theme, inner.room());
    table.draw(
        &mut inner,
        (&app.model.board.pane.list, focused),
        app.account_filter(),
        |_| {},
        |row, id| {
            let app = apps.owner_of(id);
            change_row(app, row, id, app.model.emails.get(id)?);
            Some(())
        },
    );
}

fn title(apps: Apps<'_>, theme: Theme) -> String {
    let app = apps.app;
    let dot = theme.glyph(Glyph::Dot);
    let mut parts = vec![says::EMAIL_CHANGES.to_owned()];
    let (shown, known) = (app.model.board.pane.list.rows().len(), apps.sum(|app| app.model.board.known));
    let filter = app.model.board.filter.text();
    let unread = apps.sum(|app| app.model.board.unread);
    if !filter.is_empty() {
        parts.push(shown_of(theme, shown, known, filter));
    } else if known > unread {
        parts.push((known - unread).to_string());
    }
    let (open, marked) = (apps.sum(|app| app.model.board.open), apps.sum(|app| app.model.root.marks.len()));
    if open > 0 {
        parts.push(says::not_over(open));
    }
    if marked > 0 {
        parts.push(format!("{marked} marked"));
    }
    parts.extend((unread > 0).then(|| says::changes_unknown(unread)));
    parts.extend(board::asking_at_start(&app.model.start_asking));
    parts.join(&format!(" {dot} "))
}

fn nothing(app: &App, text: &mut Text) {
    if app.model.board.known > 0 {
        let said = labels::nothing_matches(says::KNOWN_EMAIL_CHANGE, app.model.board.filter.problem());
        return text.plain(&said);
    }
    if let Some(error) = app.model.stored.error() {
        let why = api_error::short(error.kind);
        text.flagged(Glyph::Unknown, &says::store_unread(why));
    }
    for (index, said) in board::nothing().iter().enumerate() {
        text.paragraph(if index == 1 { TextStyle::Quiet } else { TextStyle::Plain }, said);
        if index < 2 {
            text.blank();
        }
    }
}

/// Which columns there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// No address.
    Few,
    /// The new address.
    Most,
    /// Also the old address, who started it and when.
    All,
}

fn table(apps: Apps<'_>, theme: Theme, room: usize) -> Table {
    let all = columns(apps, theme, Shown::All);
    let columns = match room {
        _ if whole(&all) <= room => all,
        ..67 => columns(apps, theme, Shown::Few),
        _ => columns(apps, theme, Shown::Most),
    };
    Table::new(theme, room, Head::Whole, columns)
}

fn columns(apps: Apps<'_>, theme: Theme, shown: Shown) -> Vec<Column> {
    let widths = |of: fn(&Widths) -> &Histogram| apps.widths(|app| of(&app.model.board.widths));
    let unlisted =
        if apps.sum(|app| app.model.board.widths.unlisted) > 0 { width(says::NOT_IN_THE_LISTING) } else { 0 };
    let mut columns = vec![
        // Sign, word and time left: `◷ UNCONFIRMED 23h 59m`.
        Column::new("CHANGE", Room::Fixed(21)).with_mark(),
        Column::new("ACCOUNT", Room::Fixed(12)),
    ];
    if apps.has_several() {
        columns.push(Column::new(labels::column(ListColumn::Org), Room::Fixed(organization_columns(apps).max(3))));
    }
    columns.push(Column::new("NAME", Room::of(&widths(|it| &it.names)).or_wider(unlisted)));
    if shown == Shown::All {
        columns.push(Column::new("OLD", Room::of_emails(&widths(|it| &it.old_addresses))));
    }
    let new = Room::of_emails(&widths(|it| &it.new_addresses)).or_wider(apps.most(|app| unaddressed(app, theme)));
    let new = Column::new("NEW ADDRESS", new);
    match shown {
        Shown::Few => {}
        Shown::Most => columns.push(new),
        Shown::All => columns.extend([
            new.behind(format!(" {} ", theme.glyph(Glyph::Arrow))),
            Column::new("BY", Room::Fixed(12)).behind(" "),
            Column::new("STARTED", Room::Fixed(12)).behind(" "),
        ]),
    }
    columns
}

fn change_row(app: &App, row: &mut Row<'_>, id: AccountId, facts: &EmailFacts) {
    let account = app.model.accounts.get(id);
    let glyph = glyph_of(&facts.state(app.model.now));
    row.marked(app.model.root.marks.contains(&id));
    row.filled(glyph.style(), &format!("{} {}", row.theme().glyph(glyph), board::status(facts, app.model.now)));
    row.text(TextStyle::Plain, &id.to_string());
    if app.model.start.place.is_some() {
        organization(app, row);
    }
    row.text(TextStyle::Plain, account.map_or(says::NOT_IN_THE_LISTING, |one| &one.name));
    let started = facts.known_start(app.model.now);
    if row.comes_to("OLD") {
        let old = started.map(|started| started.old.as_str()).or(account.map(|account| account.email.as_str()));
        row.email(old.unwrap_or_default());
    }
    new_address(app, row, facts);
    if let Some(started) = started {
        row.filled(TextStyle::Quiet, email::starter_name(started).unwrap_or("elsewhere"));
        row.filled(TextStyle::Quiet, &time::ago(started.started, app.model.now));
    }
}

fn new_address(app: &App, row: &mut Row<'_>, facts: &EmailFacts) {
    if let Some(started) = facts.known_start(app.model.now) {
        return row.email(started.new.as_str());
    }
    row.filled(TextStyle::Unknown, &without_address(app, row.theme(), facts));
}

/// What is known of a change whose new address is not.
fn without_address(app: &App, theme: Theme, facts: &EmailFacts) -> String {
    let unknown = theme.glyph(Glyph::Unknown);
    match facts.change.error() {
        Some(error) => api_error::short(error.kind).to_owned(),
        None if facts.is_kept() => {
            let asked = facts.cached_at.map(|at| format!("{unknown} asked {}", time::ago(at, app.model.now)));
            asked.unwrap_or_default()
        }
        // AWS reports the change, but not its address.
        None => unknown.to_owned(),
    }
}

/// What the changes without a known address take.
fn unaddressed(app: &App, theme: Theme) -> usize {
    if app.model.board.widths.unaddressed == 0 {
        return 0;
    }
    let rows =
        if app.model.start.place.is_some() { app.model.board.own.rows() } else { app.model.board.pane.list.rows() };
    let facts = rows.iter().filter_map(|id| app.model.emails.get(*id));
    let without = facts.filter(|facts| facts.known_start(app.model.now).is_none());
    without.map(|facts| width(&without_address(app, theme, facts))).max().unwrap_or_default()
}
