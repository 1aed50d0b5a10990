//! Lists to choose from: menus, and the search through all commands and accounts.

use super::super::accounts::sort_arrow;
use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, cut_title, fit, span};
use super::super::slot::Slot;
use super::super::switches;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::root_access::hidden_text;
use super::window::{most_lines, prompt, text_for, widest, window};
use super::{plans as plan_dialogs, root_tasks};
use crate::app::command::{CommandInfo, KeyContext, by_info};
use crate::app::dialogs::menu::{Choice, Menu};
use crate::app::dialogs::palette::{Palette, PaletteRow};
use crate::app::model::asking::asking_takes;
use crate::app::shell::App;
use crate::app::state::choices::{
    AskScope, AuditScope, ExportChoice, LinkChoice, PlanChoice, RootChoice, RootMenu, TextKind,
};
use crate::app::state::columns::Column;
use crate::domain::account::AccountId;
use crate::domain::change::Switch;
use crate::domain::console_link::ConsolePage;
use crate::domain::profile::{Browser, SignIn};
use crate::domain::root_credentials::AuditDepth;
use crate::domain::text::{clean, width};
use crate::words::ui::dialogs as says;
use crate::words::ui::root as says_of_root;
use crate::words::{self, board, change, console, dialogs, labels, refusal, root_access, sign_in};
use ratatui::text::{Line, Span};

/// How a menu with such choices is drawn.
pub(super) trait Picture: Choice {
    fn title(app: &App, kind: &Self::Kind) -> String;

    fn line(&self, app: &App, slot: Slot) -> Line<'static>;

    /// What stands below the choices.
    fn notes(_app: &App, _kind: &Self::Kind, _chosen: Option<&Self>, _notes: &mut Text) {}
}

/// It keeps its size while the cursor moves.
pub(super) fn menu<C: Picture>(app: &App, menu: &Menu<C>, canvas: &mut Canvas<'_>) {
    let notes_of = |chosen: Option<&C>| {
        let mut notes = text_for(canvas, widest(canvas));
        C::notes(app, &menu.kind, chosen, &mut notes);
        // A low screen has no room for the blank line above them.
        let is_low = menu.items.len() + notes.lines.len() > most_lines(canvas);
        let blanks = notes.lines.iter().take_while(|line| is_low && line.width() == 0).count();
        notes.lines.split_off(blanks)
    };
    let notes = notes_of(menu.chosen());
    let others = menu.items.iter().take(COMPARED).map(|item| notes_of(Some(item)).len());
    let below = others.max().unwrap_or(0).max(notes.len());
    let title = C::title(app, &menu.kind);
    let mut inner = window(canvas, &title, TextStyle::Accent, menu.items.len() + below);
    let room = inner.rows().saturating_sub(below).max(LEAST_ITEMS).min(menu.items.len());
    let mut rows = inner.take(cells(room));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let cursor = rows.list(&menu.list, |index, slot| Some(menu.items.get(index)?.line(app, slot)));
    rows.drawn.cursor = cursor;
    let hidden = notes.len().saturating_sub(inner.lines(&notes));
    if hidden > 0 {
        inner.left_corner(TextStyle::Attention, &says::lines_hidden(hidden));
    }
}

/// So many choices are compared for what stands below them.
const COMPARED: usize = 16;
/// So many choices have room before what stands below them.
const LEAST_ITEMS: usize = 6;

fn row(slot: Slot, name: String, text: String) -> Line<'static> {
    slot.row(TextStyle::Quiet, " ", name, text)
}

/// `quick` or `deep`.
const DEPTH: usize = 6;
/// The columns of a row beside its texts: the selection, a sign, and the blanks.
const BESIDE: usize = 5;

/// The account under the cursor, by name and id.
fn selected(app: &App) -> String {
    app.selected_id().map(|id| clean(&who(app, id))).unwrap_or_default()
}

impl Picture for Switch {
    fn title(_app: &App, _kind: &()) -> String {
        labels::SWITCHES.to_owned()
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        switches::line(app, self, 44, slot)
    }
}

impl Picture for (TextKind, String) {
    fn title(_app: &App, _kind: &()) -> String {
        labels::COPY.to_owned()
    }

    fn line(&self, _app: &App, slot: Slot) -> Line<'static> {
        let (kind, text) = self;
        row(slot, fit(slot.theme, text, slot.room.saturating_sub(20)), labels::text_kind(*kind).to_owned())
    }
}

impl Picture for (AuditDepth, AuditScope) {
    fn title(_app: &App, _kind: &()) -> String {
        labels::AUDIT.to_owned()
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        let (depth, scope) = *self;
        let text = root_access::scope(scope, app.audited_in(scope), &selected(app));
        let text = cut_title(slot.theme, &text, slot.room.saturating_sub(DEPTH + BESIDE));
        row(slot, fit(slot.theme, root_access::depth(depth), DEPTH), text)
    }

    fn notes(_app: &App, _kind: &(), _chosen: Option<&Self>, notes: &mut Text) {
        notes.attention(change::ALARMS);
    }
}

impl Picture for AskScope {
    fn title(_app: &App, _kind: &()) -> String {
        labels::ASK_CHANGES.to_owned()
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        let count = app.asked_in(*self).len();
        let text = board::scope(*self, count, &root_access::span(asking_takes(count)), &selected(app));
        row(slot, cut_title(slot.theme, &text, slot.room.saturating_sub(BESIDE)), String::new())
    }

    fn notes(app: &App, _kind: &(), _chosen: Option<&Self>, notes: &mut Text) {
        let asked = app.asked_in(Self::Marked);
        let hidden = app.hidden_marks().into_iter().filter(|id| asked.contains(id));
        if let Some(text) = hidden_text(app, hidden) {
            notes.flagged(Glyph::Attention, &text);
        }
        notes.quiet(&board::asking());
    }
}

impl Picture for ExportChoice {
    fn title(app: &App, _kind: &()) -> String {
        labels::export(app.view, app.rows_shown())
    }

    fn line(&self, _app: &App, slot: Slot) -> Line<'static> {
        let (name, text) = labels::export_choice(*self);
        row(slot, fit(slot.theme, name, 14), text.to_owned())
    }

    fn notes(app: &App, _kind: &(), _chosen: Option<&Self>, notes: &mut Text) {
        if app.is_listing() {
            notes.flagged(Glyph::Waiting, says::STILL_LISTING);
        }
        let marked = app.model.root.marks.iter().count();
        if marked > 0 && app.exports_accounts() {
            notes.attention(&says::exports_all(root_access::accounts(marked)));
        }
    }
}

impl Picture for LinkChoice {
    fn title(_app: &App, _kind: &()) -> String {
        console::TITLE.to_owned()
    }

    fn line(&self, _app: &App, slot: Slot) -> Line<'static> {
        let Self(link, wanted) = self;
        row(slot, fit(slot.theme, console::verb(*wanted), 10), console::page(link.page).to_owned())
    }

    /// The link is there to be read, and selected with the mouse.
    fn notes(app: &App, _kind: &(), chosen: Option<&Self>, notes: &mut Text) {
        let Some(Self(link, _)) = chosen else { return };
        notes.plain(&link.url);
        notes.quiet(&match link.page {
            ConsolePage::Account => console::SIGNED_IN.to_owned(),
            ConsolePage::RootSignIn => match app.selected_account().map(|account| account.email.as_str()) {
                None | Some("") => console::SIGN_IN_WITH_EMAIL.to_owned(),
                Some(email) => console::sign_in_with(email),
            },
            ConsolePage::Event => match app.model.journal.selected().and_then(|entry| entry.request_id.as_ref()) {
                Some(id) => console::by_request_id(id),
                None => console::BY_NAME.to_owned(),
            },
        });
        if !app.model.start.opens_links {
            notes.quiet(console::NO_BROWSER);
        }
        if let Some(endpoint) = app.model.connection.value().and_then(|connection| connection.endpoint.as_ref()) {
            notes.attention(&console::other_endpoint(endpoint));
        }
    }
}

impl Picture for Column {
    fn title(_app: &App, _kind: &()) -> String {
        labels::SORT.to_owned()
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        let accounts = &app.model.accounts;
        let is_present = accounts.sort == *self;
        let arrow = if is_present { slot.theme.glyph(sort_arrow(accounts.reversed)) } else { " " };
        let name = fit(slot.theme, labels::column(*self), 13);
        slot.row(TextStyle::Accent, arrow, name, labels::first_in_order(*self).to_owned())
    }
}

impl Picture for PlanChoice {
    fn title(_app: &App, _kind: &()) -> String {
        labels::PLANS.to_owned()
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        plan_dialogs::line(app, *self, slot)
    }
}

impl Picture for (SignIn, Browser) {
    fn title(_app: &App, _kind: &()) -> String {
        labels::SIGN_IN.to_owned()
    }

    fn line(&self, _app: &App, slot: Slot) -> Line<'static> {
        row(slot, sign_in::way(self.1).to_owned(), String::new())
    }

    fn notes(_app: &App, _kind: &(), chosen: Option<&Self>, notes: &mut Text) {
        notes.plain(&chosen.map(|(sign_in, browser)| sign_in.command(*browser)).unwrap_or_default());
        notes.quiet(sign_in::WAYS);
    }
}

impl Picture for RootChoice {
    fn title(app: &App, kind: &RootMenu) -> String {
        let named = |account| clean(&who(app, account));
        match (kind, app.policy_view()) {
            (RootMenu::Policy(_), Some(view)) => says_of_root::policy_of(&view.holder, named(view.account)),
            _ => words::root_tasks::menu(*kind, named),
        }
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        root_tasks::line(app, *self, slot)
    }

    fn notes(app: &App, _kind: &RootMenu, chosen: Option<&Self>, notes: &mut Text) {
        root_tasks::notes(app, chosen, notes);
    }
}

/// What the selected row does, whole.
const SELECTED: u16 = 2;

pub(super) fn palette(app: &App, palette: &Palette, canvas: &mut Canvas<'_>) {
    let most = canvas.rows().saturating_sub(4).min(16);
    let mut inner = window(canvas, says::COMMANDS_AND_ACCOUNTS, TextStyle::Accent, most + 1);
    prompt(&mut inner.take(1), ":", &palette.field);
    let rows = inner.area.height;
    // On the lowest screens the list needs all of it.
    let about = if rows > 3 * SELECTED { SELECTED } else { 0 };
    let mut list = inner.take(rows - about);
    list.drawn.geometry.dialog_rows = list.rows();
    let columns = palette_columns(app, palette);
    list.list(&palette.list, |found, slot| match found {
        PaletteRow::Command(_) => Some(palette_line(app, found.command()?, palette.place, columns, slot)),
        PaletteRow::Account(id) => Some(account_line(app, id, columns, slot)),
    });
    match palette.list.selected() {
        None => list.line(span(list.theme, TextStyle::Quiet, says::NO_MATCHING_COMMAND)),
        Some(PaletteRow::Command(command)) => {
            let mut inner = inner.inset();
            let mut text = inner.text();
            text.plain(&what_it_does(app, command, palette.place).1);
            inner.lines(&text.lines);
        }
        Some(PaletteRow::Account(_)) => {}
    }
}

/// The columns of the key, the title, and the place where it works: as wide as what they hold.
fn palette_columns(app: &App, palette: &Palette) -> [usize; 3] {
    let all = palette.commands();
    let keys = all.iter().filter_map(|command| app.keys().of(command).first().map(|key| width(&key.to_string())));
    let titles = all.iter().map(|command| width(command.title));
    let keys = keys.max().unwrap_or_default().max(width(says::ACCOUNT_ROW));
    [keys + 1, titles.max().unwrap_or_default().max(ID) + 1, PLACE]
}

/// `dialogs`, `view 2`
const PLACE: usize = 7;
const ID: usize = 12;

/// Whether a command can run now, and its help, or why not.
fn what_it_does(app: &App, command: &CommandInfo, from: KeyContext) -> (bool, String) {
    let target = command.place_from(from);
    // Whether it is available in another view is unknown before that is shown.
    let available =
        by_info(command).filter(|_| target == Some(from)).map_or(Ok(()), |command| (command.available)(app));
    match available {
        Ok(()) => (true, command.help.to_owned()),
        Err(why) => (false, refusal::why(&why)),
    }
}

fn palette_line(app: &App, command: &CommandInfo, from: KeyContext, columns: [usize; 3], slot: Slot) -> Line<'static> {
    let key = app.keys().of(command).first().map(ToString::to_string).unwrap_or_default();
    let target = command.place_from(from);
    let (is_available, text) = what_it_does(app, command, from);
    let (role, role_of_text, text) = if is_available {
        (TextStyle::Plain, TextStyle::Quiet, text)
    } else {
        (TextStyle::Quiet, TextStyle::Attention, format!("{} {text}", slot.theme.glyph(Glyph::Attention)))
    };
    let place = match target {
        Some(target) if target == from => String::new(),
        Some(target) => dialogs::place(target),
        None => command.places.first().copied().map(dialogs::place).unwrap_or_default(),
    };
    row_of_palette(slot, columns, &key, (role, command.title), &place, (role_of_text, &text))
}

fn account_line(app: &App, id: AccountId, columns: [usize; 3], slot: Slot) -> Line<'static> {
    let name = app.model.accounts.get(id).map_or_else(String::new, |account| clean(&account.name));
    let place = dialogs::place(KeyContext::Accounts);
    let name = (TextStyle::Quiet, name.as_str());
    row_of_palette(slot, columns, says::ACCOUNT_ROW, (TextStyle::Plain, &id.to_string()), &place, name)
}

fn row_of_palette(
    slot: Slot,
    [keys, titles, places]: [usize; 3],
    key: &str,
    (role, title): (TextStyle, &str),
    place: &str,
    (role_of_text, text): (TextStyle, &str),
) -> Line<'static> {
    let theme = slot.theme;
    let title = span(theme, role, fit(theme, title, titles));
    let text = cut_end(theme, text, slot.room.saturating_sub(1 + keys + titles + places + 2));
    let key = span(theme, TextStyle::Accent, fit(theme, key, keys));
    let place = span(theme, TextStyle::Quiet, fit(theme, place, places));
    let text = span(theme, role_of_text, text);
    slot.item([key], title, [Span::raw(" "), place, Span::raw(" "), text])
}
