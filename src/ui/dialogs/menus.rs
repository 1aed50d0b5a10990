//! Lists to choose from: menus, and the search through all commands and accounts.

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::slot::Slot;
use super::super::switches;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::root_access::hidden_text;
use super::window::{WIDEST, prompt, text_for, window};
use super::{plans as plan_dialogs, profiles, root_tasks};
use crate::app::command::{CommandInfo, KeyContext, by_info};
use crate::app::dialogs::menu::Menu;
use crate::app::dialogs::palette::{Palette, PaletteRow};
use crate::app::model::asking::asking_takes;
use crate::app::shell::App;
use crate::app::state::choices::{AskScope, Choice, MenuKind};
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
            notes.quiet(&board::asking());
        }
        MenuKind::SignIn => profiles::notes_of_ways(menu, &mut notes),
        _ => root_tasks::notes(app, menu, &mut notes),
    }
    let title = labels::menu(menu.kind, |account| clean(&who(app, account)));
    let mut inner = window(canvas, &title, TextStyle::Accent, menu.items.len() + notes.lines.len());
    let mut rows = inner.take(cells(menu.items.len()));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let cursor = rows.list(&menu.list, |index, slot| Some(choice_line(app, menu.items.get(index)?, slot)));
    rows.drawn.cursor = cursor;
    inner.lines(&notes.lines);
}

fn choice_line(app: &App, choice: &Choice, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let row = |name, text| slot.row(TextStyle::Quiet, " ", name, text);
    match choice {
        Choice::Switch(switch) => switches::line(app, switch, slot),
        Choice::Audit(depth, scope) => {
            let text = root_access::scope(*scope, app.count_of(*scope));
            row(fit(theme, root_access::depth(*depth), 6), text)
        }
        Choice::AskChanges(scope) => {
            let count = app.asked_in(*scope).len();
            row(board::scope(*scope, count, &root_access::span(asking_takes(count))), String::new())
        }
        Choice::Text(kind, text) => {
            row(fit(theme, text, slot.room.saturating_sub(20)), labels::text_kind(*kind).to_owned())
        }
        Choice::SignIn(_, browser) => row(sign_in::way(*browser).to_owned(), String::new()),
        Choice::Plan(choice) => plan_dialogs::line(app, *choice, slot),
        Choice::Root(choice) => root_tasks::line(app, *choice, slot),
    }
}

pub(super) fn palette(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let most = canvas.rows().saturating_sub(4).min(16);
    let mut inner = window(canvas, says::COMMANDS_AND_ACCOUNTS, TextStyle::Accent, most + 1);
    prompt(&mut inner.take(1), ":", &palette.field);
    inner.drawn.geometry.dialog_rows = inner.rows();
    inner.list(&palette.list, |found, slot| match found {
        PaletteRow::Command(_) => Some(palette_line(app, found.command()?, palette.place, slot)),
        PaletteRow::Account(id) => Some(account_line(app, id, slot)),
    });
    if palette.list.rows().is_empty() {
        inner.line(span(inner.theme, TextStyle::Quiet, says::NO_MATCHING_COMMAND));
    }
}

/// The columns of the key, the title, and the place where it works.
const PALETTE: [usize; 3] = [10, 16, 8];

fn palette_line(app: &App, command: &CommandInfo, from: KeyContext, slot: Slot) -> Line<'static> {
    let key = command.keys.first().map(ToString::to_string).unwrap_or_default();
    let target = command.place_from(from);
    // Whether it is available in another view is unknown before that is shown.
    let available =
        by_info(command).filter(|_| target == Some(from)).map_or(Ok(()), |command| (command.available)(app));
    let (role, text) = match &available {
        Ok(()) => (TextStyle::Plain, command.help.to_owned()),
        Err(why) => (TextStyle::Quiet, format!("{} {}", slot.theme.glyph(Glyph::Attention), refusal::why(why))),
    };
    let place = match target {
        Some(target) if target == from => String::new(),
        Some(target) => dialogs::place(target),
        None => command.places.first().copied().map(dialogs::place).unwrap_or_default(),
    };
    let role_of_text = if available.is_ok() { TextStyle::Quiet } else { TextStyle::Attention };
    row_of_palette(slot, &key, (role, command.title), &place, (role_of_text, &text))
}

fn account_line(app: &App, id: AccountId, slot: Slot) -> Line<'static> {
    let name = app.model.accounts.get(id).map_or_else(String::new, |account| clean(&account.name));
    let place = dialogs::place(KeyContext::Accounts);
    row_of_palette(slot, "account", (TextStyle::Plain, &id.to_string()), &place, (TextStyle::Quiet, &name))
}

fn row_of_palette(
    slot: Slot,
    key: &str,
    (role, title): (TextStyle, &str),
    place: &str,
    (role_of_text, text): (TextStyle, &str),
) -> Line<'static> {
    let theme = slot.theme;
    let [keys, titles, places] = PALETTE;
    let title = span(theme, role, fit(theme, title, titles));
    let text = cut_end(theme, text, slot.room.saturating_sub(1 + keys + titles + places + 2));
    let key = span(theme, TextStyle::Accent, fit(theme, key, keys));
    let place = span(theme, TextStyle::Quiet, fit(theme, place, places));
    let text = span(theme, role_of_text, text);
    slot.item([key], title, [Span::raw(" "), place, Span::raw(" "), text])
}
