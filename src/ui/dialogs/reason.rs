//! The reason or ticket of a change.

use super::super::canvas::Canvas;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::sheet::Sheet;
use crate::app::dialogs::reason::AskReason;
use crate::app::shell::App;
use crate::domain::reason::LONGEST_REASON;
use crate::domain::text::clean;
use crate::words::root_access;
use crate::words::ui::dialogs as says;

pub(super) fn draw(app: &App, dialog: &AskReason, canvas: &mut Canvas<'_>) {
    let title = match dialog.accounts.as_slice() {
        [] => says::REASON_OR_TICKET.to_owned(),
        [account] => says::reason_for(clean(&who(app, *account))),
        accounts => says::reason_for(root_access::accounts(accounts.len())),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    sheet.field(says::REASON, &dialog.field, false);
    match dialog.reason() {
        Ok(_) => sheet.part(0).blank(),
        Err(excess) => sheet.part(0).flagged(Glyph::Attention, &says::reason_too_long(LONGEST_REASON, excess)),
    }
    sheet.part(3).quiet(says::REASON_IS_KEPT);
    sheet.ask(canvas, says::SET_REASON, dialog.reason().is_ok());
}
