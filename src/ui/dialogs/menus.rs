//! Lists to choose from: menus, and the search through all commands and accounts.

use super::super::Drawn;
use super::super::canvas::{cells, columns, cut_end, field, fit, span, wrap};
use super::super::switches;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::window::window;
use super::{plans as plan_dialogs, profiles, root_access as root_access_dialogs, root_tasks};
use crate::app::App;
use crate::app::asking::AskScope;
use crate::app::command::{Command, KeyContext};
use crate::app::layers::{Choice, Menu, MenuKind};
use crate::app::palette::{Palette, PaletteRow};
use crate::domain::account::AccountId;
use crate::domain::text::clean;
use crate::words::{board, change, dialogs, labels, refusal, root_access};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

pub(super) fn menu(app: &App, menu: &Menu, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let note = |role, text: &str| -> Vec<Line<'_>> {
        wrap(text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
    };
    let notes = match menu.kind {
        MenuKind::Audit => note(TextStyle::Attention, change::ALARMS),
        MenuKind::AskChanges => {
            let asked = app.asked_in(AskScope::Marked);
            let hidden = app.hidden_marks().into_iter().filter(|id| asked.contains(id));
            let hidden = root_access_dialogs::hidden_text(app, theme, hidden);
            let hidden = hidden.map(|text| note(TextStyle::Attention, &text)).unwrap_or_default();
            [hidden, note(TextStyle::Quiet, board::ASKING)].concat()
        }
        MenuKind::SignIn => profiles::notes_of_ways(menu, theme, room),
        _ => root_tasks::notes(app, menu, theme, room),
    };
    let title = labels::menu(menu.kind, |account| clean(&who(app, account)));
    let inner = window(theme, buf, area, &title, menu.items.len() + notes.len(), TextStyle::Accent, drawn);
    let rows = Rect { height: cells(menu.items.len()).min(inner.height), ..inner };
    drawn.geometry.dialog_rows = usize::from(rows.height);
    let below = Rect { y: rows.bottom(), height: inner.height - rows.height, ..inner };
    super::super::canvas::lines(buf, below, &notes);
    for (row, &index) in rows.rows().zip(menu.list.visible()) {
        let Some(item) = menu.items.get(index) else { continue };
        let selected = menu.list.index() == index;
        let line = match item {
            Choice::Switch(switch) => switches::line(app, theme, switch, columns(row), selected),
            Choice::Audit(depth, scope) => {
                let name = fit(theme, root_access::depth(*depth), 6);
                let text = root_access::scope(*scope, app.count_of(*scope));
                switches::row(theme, TextStyle::Quiet, " ", name, text, selected)
            }
            Choice::AskChanges(scope) => {
                let count = app.asked_in(*scope).len();
                let text = board::scope(*scope, count, &root_access::span(app.model.asking_takes(count)));
                switches::row(theme, TextStyle::Quiet, " ", text, String::new(), selected)
            }
            Choice::Text(kind, text) => {
                let name = fit(theme, text, columns(row).saturating_sub(20));
                switches::row(theme, TextStyle::Quiet, " ", name, labels::text_kind(*kind).to_owned(), selected)
            }
            Choice::SignIn(_, browser) => profiles::way(theme, *browser, selected),
            Choice::Plan(choice) => plan_dialogs::line(app, theme, *choice, columns(row), selected),
            Choice::Root(choice) => root_tasks::line(app, theme, *choice, columns(row), selected),
        };
        buf.set_line(row.x, row.y, &line, row.width);
        if selected {
            drawn.cursor = Some(Position { x: row.x, y: row.y });
        }
    }
}

pub(super) fn palette(app: &App, palette: &Palette, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let most = usize::from(area.height.saturating_sub(4)).min(16);
    let inner = window(theme, buf, area, "Commands and accounts", most + 1, TextStyle::Accent, drawn);
    let prompt = Rect { height: 1, ..inner };
    buf.set_line(prompt.x, prompt.y, &Line::from(span(theme, TextStyle::Accent, ":")), 1);
    let place = Rect { x: prompt.x + 1, width: prompt.width.saturating_sub(1), ..prompt };
    drawn.cursor = Some(field(buf, place, &palette.field, theme.style(TextStyle::Plain)));
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    drawn.geometry.dialog_rows = usize::from(rows.height);
    for (row, found) in rows.rows().zip(palette.list.visible()) {
        let selected = palette.list.selected() == Some(*found);
        let line = match found {
            PaletteRow::Command(_) => {
                found.command().map(|command| palette_line(app, theme, command, palette.place, columns(row), selected))
            }
            PaletteRow::Account(id) => Some(account_line(app, theme, *id, columns(row), selected)),
        };
        buf.set_line(row.x, row.y, &line.unwrap_or_default(), row.width);
    }
    if palette.list.rows().is_empty() {
        buf.set_line(rows.x, rows.y, &Line::from(span(theme, TextStyle::Quiet, "no matching command")), rows.width);
    }
}

/// The columns of the key, of the title, and of where it works.
const PALETTE: [usize; 3] = [10, 16, 8];

fn palette_line<'a>(
    app: &App,
    theme: Theme,
    command: &Command,
    from: KeyContext,
    room: usize,
    selected: bool,
) -> Line<'a> {
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

fn account_line<'a>(app: &App, theme: Theme, id: AccountId, room: usize, selected: bool) -> Line<'a> {
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

fn row_of_palette<'a>(
    theme: Theme,
    key: &str,
    (role, title): (TextStyle, &str),
    place: &str,
    (role_of_text, text): (TextStyle, &str),
    room: usize,
    selected: bool,
) -> Line<'a> {
    let [keys, titles, places] = PALETTE;
    let mark = if selected { theme.glyph(Glyph::Selected) } else { " " };
    let mut title = span(theme, role, fit(theme, title, titles));
    if selected {
        title = title.patch_style(Modifier::REVERSED);
    }
    let text = cut_end(theme, text, room.saturating_sub(1 + keys + titles + places + 2));
    Line::from(vec![
        span(theme, TextStyle::Accent, mark),
        span(theme, TextStyle::Accent, fit(theme, key, keys)),
        title,
        Span::raw(" "),
        span(theme, TextStyle::Quiet, fit(theme, place, places)),
        Span::raw(" "),
        span(theme, role_of_text, text),
    ])
}
