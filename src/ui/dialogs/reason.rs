//! The reason or ticket of a change.

use super::super::canvas::Canvas;
use super::super::theme::{Glyph, TextStyle};
use super::sheet::Sheet;
use crate::app::dialogs::reason::AskReason;
use crate::domain::reason::LONGEST_REASON;
use crate::words::ui::dialogs as says;

pub(super) fn draw(dialog: &AskReason, canvas: &mut Canvas<'_>) {
    let mut sheet = Sheet::new(canvas, says::REASON_OR_TICKET, TextStyle::Accent, dialog.form.focus);
    sheet.field(says::REASON, &dialog.field, false);
    match dialog.reason() {
        Ok(_) => sheet.part(0).blank(),
        Err(excess) => sheet.part(0).flagged(Glyph::Attention, &says::reason_too_long(LONGEST_REASON, excess)),
    }
    sheet.blank();
    sheet.ask(canvas, says::SET_REASON, dialog.reason().is_ok());
}
