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
use super::window::{prompt, text_for, widest, window};
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
use crate::domain::text::clean;
use crate::words::ui::dialogs as says;
use crate::words::{self, board, change, console, dialogs, labels, refusal, root_access, sign_in};
use ratatui::text::{Line, Span};

/// How a menu with such choices is drawn.
pub(super) trait Picture: Choice {
    fn title(app: &App, kind: &Self::Kind) -> String;

    fn line(&self, app: &App, slot: Slot) -> Line<'static>;

    /// What stands below the choices.
    fn notes(_app: &App, _menu: &Menu<Self>, _notes: &mut Text) {}
}

pub(super) fn menu<C: Picture>(app: &App, menu: &Menu<C>, canvas: &mut Canvas<'_>) {
    let mut notes = text_for(canvas, widest(canvas));
    C::notes(app, menu, &mut notes);
    let title = C::title(app, &menu.kind);
    let mut inner = window(canvas, &title, TextStyle::Accent, menu.items.len() + notes.lines.len());
    let mut rows = inner.take(cells(menu.items.len()));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let cursor = rows.list(&menu.list, |index, slot| Some(menu.items.get(index)?.line(app, slot)));
    rows.drawn.cursor = cursor;
    inner.lines(&notes.lines);
}

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
        let text = root_access::scope(scope, app.accounts_of(scope).len(), &selected(app));
        let text = cut_title(slot.theme, &text, slot.room.saturating_sub(DEPTH + BESIDE));
        row(slot, fit(slot.theme, root_access::depth(depth), DEPTH), text)
    }

    fn notes(_app: &App, _menu: &Menu<Self>, notes: &mut Text) {
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

    fn notes(app: &App, _menu: &Menu<Self>, notes: &mut Text) {
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

    fn notes(app: &App, _menu: &Menu<Self>, notes: &mut Text) {
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
    fn notes(app: &App, menu: &Menu<Self>, notes: &mut Text) {
        let Some(Self(link, _)) = menu.chosen() else { return };
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

    fn notes(_app: &App, menu: &Menu<Self>, notes: &mut Text) {
        notes.plain(&menu.chosen().map(|(sign_in, browser)| sign_in.command(*browser)).unwrap_or_default());
        notes.quiet(sign_in::WAYS);
    }
}

impl Picture for RootChoice {
    fn title(app: &App, kind: &RootMenu) -> String {
        words::root_tasks::menu(*kind, |account| clean(&who(app, account)))
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        root_tasks::line(app, *self, slot)
    }

    fn notes(app: &App, menu: &Menu<Self>, notes: &mut Text) {
        root_tasks::notes(app, menu, notes);
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
const PALETTE: [usize; 3] = [11, 16, 8];

fn palette_line(app: &App, command: &CommandInfo, from: KeyContext, slot: Slot) -> Line<'static> {
    let key = app.keys().of(command).first().map(ToString::to_string).unwrap_or_default();
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
