//! Lists to choose from: menus, and the search through all commands and accounts.

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::switches;
use super::super::table::item;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::root_access::hidden_text;
use super::window::{WIDEST, prompt, text_for, window};
use super::{plans as plan_dialogs, profiles, root_tasks};
use crate::app::command::{Command, KeyContext};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::palette::{Palette, PaletteRow};
use crate::app::shell::App;
use crate::app::state::choices::AskScope;
use crate::app::state::choices::{Choice, MenuKind};
use crate::domain::account::AccountId;
use crate::domain::text::clean;
use crate::words::ui::dialogs as says;
use crate::words::{board, change, dialogs, labels, refusal, root_access, sign_in};
use ratatui::text::{Line, Span};

pub(super) fn menu(app: &App, menu: &Menu, canvas: &mut Canvas<'_>) {
    let mut notes = text_for(canvas, WIDEST);
    match menu.kind {
        MenuKind::Audit => notes.attention(change::ALARMS),
        MenuKind::AskChanges => {
            let asked = app.asked_in(AskScope::Marked);
            let hidden = app.hidden_marks().into_iter().filter(|id| asked.contains(id));
            if let Some(text) = hidden_text(app, hidden) {
                notes.flagged(Glyph::Attention, &text);
            }
            notes.quiet(board::ASKING);
        }
        MenuKind::SignIn => profiles::notes_of_ways(menu, &mut notes),
        _ => root_tasks::notes(app, menu, &mut notes),
    }
    let title = labels::menu(menu.kind, |account| clean(&who(app, account)));
    let mut inner = window(canvas, &title, TextStyle::Accent, menu.items.len() + notes.lines.len());
    let mut rows = inner.take(cells(menu.items.len()));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let (theme, room) = (rows.theme, rows.room());
    let cursor =
        rows.list(&menu.list, |index, selected| Some(choice_line(app, theme, menu.items.get(index)?, room, selected)));
    rows.drawn.cursor = cursor;
    inner.lines(&notes.lines);
}

fn choice_line(app: &App, theme: Theme, choice: &Choice, room: usize, selected: bool) -> Line<'static> {
    let row = |name, text| switches::row(theme, TextStyle::Quiet, " ", name, text, selected);
    match choice {
        Choice::Switch(switch) => switches::line(app, theme, switch, room, selected),
        Choice::Audit(depth, scope) => {
            let text = root_access::scope(*scope, app.count_of(*scope));
            row(fit(theme, root_access::depth(*depth), 6), text)
        }
        Choice::AskChanges(scope) => {
            let count = app.asked_in(*scope).len();
            row(board::scope(*scope, count, &root_access::span(app.model.asking_takes(count))), String::new())
        }
        Choice::Text(kind, text) => row(fit(theme, text, room.saturating_sub(20)), labels::text_kind(*kind).to_owned()),
        Choice::SignIn(_, browser) => row(sign_in::way(*browser).to_owned(), String::new()),
        Choice::Plan(choice) => plan_dialogs::line(app, theme, *choice, room, selected),
        Choice::Root(choice) => root_tasks::line(app, theme, *choice, room, selected),
    }
}

pub(super) fn palette(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let most = canvas.rows().saturating_sub(4).min(16);
    let mut inner = window(canvas, says::COMMANDS_AND_ACCOUNTS, TextStyle::Accent, most + 1);
    prompt(&mut inner.take(1), ":", &palette.field);
    inner.drawn.geometry.dialog_rows = inner.rows();
    let (theme, room) = (inner.theme, inner.room());
    inner.list(&palette.list, |found, selected| match found {
        PaletteRow::Command(_) => Some(palette_line(app, theme, found.command()?, palette.place, room, selected)),
        PaletteRow::Account(id) => Some(account_line(app, theme, id, room, selected)),
    });
    if palette.list.rows().is_empty() {
        inner.line(span(theme, TextStyle::Quiet, says::NO_MATCHING_COMMAND));
    }
}

/// The columns of the key, of the title, and of where it works.
const PALETTE: [usize; 3] = [10, 16, 8];

fn palette_line(
    app: &App,
    theme: Theme,
    command: &Command,
    from: KeyContext,
    room: usize,
    selected: bool,
) -> Line<'static> {
    let key = command.keys.first().map(ToString::to_string).unwrap_or_default();
    let elsewhere = command.place_from(from);
    // What another view would say of it is not known before it is shown.
    let available = if elsewhere == Some(from) { (command.available)(app) } else { Ok(()) };
    let (role, text) = match &available {
        Ok(()) => (TextStyle::Plain, command.help.to_owned()),
        Err(why) => (TextStyle::Quiet, format!("{} {}", theme.glyph(Glyph::Attention), refusal::why(why))),
    };
    let place = match elsewhere {
        Some(elsewhere) if elsewhere == from => "",
        Some(elsewhere) => dialogs::place(elsewhere),
        None => command.places.first().copied().map_or("", dialogs::place),
    };
    let role_of_text = if available.is_ok() { TextStyle::Quiet } else { TextStyle::Attention };
    row_of_palette(theme, &key, (role, command.title), place, (role_of_text, &text), room, selected)
}

fn account_line(app: &App, theme: Theme, id: AccountId, room: usize, selected: bool) -> Line<'static> {
    let name = app.model.accounts.get(id).map_or_else(String::new, |account| clean(&account.name));
    row_of_palette(
        theme,
        "account",
        (TextStyle::Plain, &id.to_string()),
        "view 1",
        (TextStyle::Quiet, &name),
        room,
        selected,
    )
}

fn row_of_palette(
    theme: Theme,
    key: &str,
    (role, title): (TextStyle, &str),
    place: &str,
    (role_of_text, text): (TextStyle, &str),
    room: usize,
    selected: bool,
) -> Line<'static> {
    let [keys, titles, places] = PALETTE;
    let title = span(theme, role, fit(theme, title, titles));
    let text = cut_end(theme, text, room.saturating_sub(1 + keys + titles + places + 2));
    let key = span(theme, TextStyle::Accent, fit(theme, key, keys));
    let place = span(theme, TextStyle::Quiet, fit(theme, place, places));
    let text = span(theme, role_of_text, text);
    item(theme, selected, [key], title, [Span::raw(" "), place, Span::raw(" "), text])
}
