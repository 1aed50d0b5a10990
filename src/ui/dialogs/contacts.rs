//! The contacts and the name of an account: what is there, and the dialog that changes one.

use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::measure::{cut_end, fit};
use super::super::slot::Slot;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::menus::Picture;
use super::names::who;
use super::outcome::{progress, trouble_lines};
use super::sheet::Sheet;
use crate::app::dialogs::account_edit::EditAccount;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::choices::{ContactChoice, EditTarget};
use crate::domain::account::{AccountId, AccountState};
use crate::domain::change::Change;
use crate::domain::contact_edit::Wish;
use crate::domain::contacts::{AlternateKind, Contact, ContactFinding, Contacts};
use crate::domain::remote_data::RemoteData;
use crate::words::{api_error, change, contacts as says, time};

/// In columns.
const LABEL: usize = 12;

impl Picture for ContactChoice {
    fn title(app: &App, kind: &AccountId) -> String {
        says::heading(who(app, *kind))
    }

    fn line(&self, app: &App, slot: Slot) -> Line<'static> {
        let Self(account, target) = *self;
        let (label, glyph, text) = match target {
            EditTarget::Name => {
                let name = app.model.accounts.get(account).map(|account| account.name.clone());
                ("Name", None, name.unwrap_or_default())
            }
            EditTarget::Contact(kind) => {
                let (glyph, text) = contact(app, account, kind);
                (says::label(kind), glyph, text)
            }
        };
        let role = if glyph == Some(Glyph::Danger) { TextStyle::Danger } else { TextStyle::Plain };
        let sign = glyph.map_or(" ", |glyph| slot.theme.glyph(glyph));
        let name = fit(slot.theme, label, LABEL);
        // In a column of its own, whatever the sign.
        let text = cut_end(slot.theme, &format!("{sign:<2} {text}"), slot.room.saturating_sub(LABEL + 6));
        slot.row(role, " ", name, text)
    }

    fn notes(app: &App, account: &AccountId, chosen: Option<&Self>, notes: &mut Text) {
        let known = app.model.contacts.of(*account);
        if known.is_none_or(RemoteData::is_loading) {
            notes.noted(Glyph::Waiting, says::READING);
        }
        let Some(last) = known.and_then(RemoteData::last) else { return };
        if let Some(ContactChoice(_, EditTarget::Contact(kind))) = chosen
            && let Some(contact) = last.value.alternate(*kind).present()
        {
            notes.plain(&says::alternate(contact));
        }
        notes.plain(&says::primary_line(says::shown(&last.value.primary, says::NONE, says::primary)));
        if last.value.is_read() {
            notes.quiet(&format!("read {}", time::clock(last.at, &app.model.start.time_zone)));
        }
        let is_active = app.model.accounts.get(*account).is_some_and(|it| it.state == AccountState::Active);
        for finding in ContactFinding::of(&last.value).into_iter().filter(|_| is_active) {
            notes.flagged(Glyph::Attention, says::meaning(finding));
        }
        notes.quiet(says::PRIMARY_HINT);
    }
}

fn contact(app: &App, account: AccountId, kind: AlternateKind) -> (Option<Glyph>, String) {
    let known: Option<&Contacts> = app.model.contacts.of(account).and_then(|known| known.value());
    match known.map(|contacts| contacts.alternate(kind)) {
        None | Some(Contact::NotRead) => (None, says::NOT_READ.to_owned()),
        Some(Contact::Absent) if kind == AlternateKind::Security => (Some(Glyph::Danger), "none".to_owned()),
        Some(Contact::Absent) => (None, says::NONE.to_owned()),
        Some(Contact::Present(contact)) => (Some(Glyph::On), contact.email.clone()),
        Some(Contact::Unknown(error)) => (Some(Glyph::Unknown), api_error::short(error.kind).to_owned()),
    }
}

/// It keeps the size that a change with its consequences needs.
pub(super) fn edit(app: &App, dialog: &EditAccount, canvas: &mut Canvas<'_>) {
    let lines = edit_sheet(app, &dialog.filled(), canvas).lines();
    let mut sheet = edit_sheet(app, dialog, canvas);
    sheet.reserve(lines.max(sheet.lines()));
    sheet.draw(canvas);
}

fn edit_sheet<'a>(app: &App, dialog: &'a EditAccount, canvas: &Canvas<'_>) -> Sheet<'a> {
    let account = who(app, dialog.account);
    let (title, labels) = match dialog.target {
        EditTarget::Contact(kind) => (says::edit_title(kind, account), says::FIELDS.as_slice()),
        EditTarget::Name => (says::rename_title(account), says::NEW_NAME.as_slice()),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    let waits = dialog.form.waits();
    for (place, (label, field)) in labels.iter().zip(&dialog.fields).enumerate() {
        sheet.field_at(label, field, waits, Focus::Item(place));
    }
    let wish = dialog.wish(&app.model);
    let (role, text) = match &wish {
        _ if dialog.is_blank() => (TextStyle::Quiet, says::ALL_TEXTS.to_owned()),
        Some(Err(problem)) => (TextStyle::Attention, says::wish(problem)),
        Some(Ok(Wish::Already(_))) | None => (TextStyle::Quiet, says::SAME.to_owned()),
        Some(Ok(Wish::Change(_))) => (TextStyle::On, says::READY.to_owned()),
    };
    sheet.hint(role, if waits { "" } else { &text });
    progress(&mut sheet, dialog.form.phase);
    if let Some(trouble) = &dialog.form.trouble {
        trouble_lines(app, &mut sheet, trouble);
    } else {
        sheet.blank();
        let change = wish.and_then(Result::ok).map(|wish| wish.change().clone());
        if let Some(change) = change {
            explain(app, &mut sheet, &app.model.account_change(dialog.account, change));
        }
    }
    sheet.reason(&dialog.form);
    sheet.cancel(if waits { "Close" } else { "Cancel" });
    if !waits {
        if dialog.can_delete(&app.model) {
            sheet.button(Focus::Other, "Delete", true, TextStyle::Danger);
        }
        let label = if dialog.target == EditTarget::Name { "Rename" } else { "Set" };
        sheet.act(label, dialog.ready(&app.model).is_some());
    }
    sheet
}

fn explain(app: &App, sheet: &mut Sheet<'_>, proposed: &Change) {
    for sentence in change::consequences(proposed) {
        sheet.part(4).plain(sentence);
    }
    sheet.blank();
    sheet.commands(app, &app.model.commands_of(proposed));
}
