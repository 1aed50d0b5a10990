//! Which account is to be a delegated administrator.

use super::super::canvas::Canvas;
use super::super::theme::{Glyph, TextStyle};
use super::sheet::Sheet;
use crate::app::App;
use crate::app::delegation::{AccountCheck, AskDelegate};
use crate::domain::text::clean;

pub(super) fn ask(app: &App, dialog: &AskDelegate, canvas: &mut Canvas<'_>) {
    let title = format!("Delegated administrator for {}", dialog.service);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.focus);
    sheet.paragraph(2, TextStyle::Plain, "Which member account? Its id, or its name if no other has it.");
    sheet.blank();
    sheet.field("", &dialog.field, false).lines = vec!["Account".into()];
    let check = dialog.check(&app.model.accounts);
    match check {
        AccountCheck::Empty => sheet.paragraph(0, TextStyle::Quiet, "the account is still to be typed"),
        AccountCheck::Nobody => sheet.part(0).flagged(Glyph::Attention, "no account of the organization is called so"),
        AccountCheck::Several => {
            sheet.part(0).flagged(Glyph::Attention, "several accounts are called so; type the id");
        }
        AccountCheck::Found(id) => {
            let name = app.model.accounts.get(id).map_or("", |account| account.name.as_str());
            sheet.paragraph(0, TextStyle::On, &format!("{id} {}", clean(name)));
        }
    }
    sheet.blank();
    sheet.paragraph(3, TextStyle::Quiet, "What that account can do then, and the confirmation, come next.");
    sheet.cancel("Cancel");
    sheet.act("Go on", matches!(check, AccountCheck::Found(_)));
    sheet.draw(canvas);
}
