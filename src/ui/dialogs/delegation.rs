//! Which account is to be a delegated administrator.

use super::super::canvas::Canvas;
use super::super::measure::cut_end;
use super::super::theme::{Glyph, TextStyle};
use super::sheet::{Sheet, takes_suggestion};
use crate::app::dialogs::delegation::{AccountCheck, AskDelegate};
use crate::app::shell::App;
use crate::domain::text::clean;
use crate::words::ui::dialogs as says;

pub(super) fn ask(app: &App, dialog: &AskDelegate, canvas: &mut Canvas<'_>) {
    let title = says::delegated_administrator_for(&dialog.service);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    sheet.part(2).plain(&says::which_account());
    sheet.blank();
    sheet.field("", &dialog.field, false).lines = vec!["Account".into()];
    let check = dialog.check(&app.model.accounts);
    let suggestions = dialog.suggestions(&app.model);
    match check {
        AccountCheck::Nobody if !suggestions.is_empty() => sheet.part(0).quiet(&says::choose_match()),
        AccountCheck::Empty => sheet.part(0).quiet(says::ACCOUNT_MISSING),
        AccountCheck::Nobody => sheet.part(0).flagged(Glyph::Attention, says::NO_SUCH_ACCOUNT),
        AccountCheck::Several => sheet.part(0).flagged(Glyph::Attention, says::SEVERAL_ACCOUNTS),
        AccountCheck::Found(id) => {
            let name = app.model.accounts.get(id).map_or("", |account| account.name.as_str());
            let text = cut_end(sheet.theme, &format!("{id} {}", clean(name)), sheet.room());
            sheet.part(0).paragraph(TextStyle::On, &text);
        }
    }
    sheet.suggestions(dialog.pick, &suggestions);
    sheet.part(3).quiet(says::CONFIRMATION_NEXT);
    sheet.ask(canvas, says::CONTINUE, matches!(check, AccountCheck::Found(_)));
    takes_suggestion(dialog.pick, canvas);
}
