//! The dialog that saves the journal to a file.

use super::super::canvas::Canvas;
use super::super::theme::TextStyle;
use super::outcome::danger_line;
use super::sheet::Sheet;
use crate::app::effect::ExportForm;
use crate::app::journal_export::ExportJournal;

pub(super) fn draw(dialog: &ExportJournal, canvas: &mut Canvas<'_>) {
    let entries = if dialog.count == 1 { "1 entry".to_owned() } else { format!("{} entries", dialog.count) };
    let title = format!("Save the journal as shown: {entries}");
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.focus);
    let waits = dialog.asked.is_some();
    sheet.field("File", &dialog.path, waits);
    let (role, text) = match dialog.form() {
        Some(ExportForm::Csv) => (TextStyle::On, "CSV, for spreadsheets: no cell becomes a formula"),
        Some(ExportForm::Json) => (TextStyle::On, "JSON, for programs: one array of objects"),
        None => (TextStyle::Attention, "the name ends with .csv or .json, which decides"),
    };
    sheet.part(0).label("", role, text);
    if waits {
        sheet.waiting("writing it");
    }
    if let Some(why) = &dialog.trouble {
        danger_line(&mut sheet, "Not saved");
        sheet.paragraph(0, TextStyle::Plain, &why.message);
    } else {
        sheet.blank();
        sheet.paragraph(2, TextStyle::Quiet, crate::words::journal_form::OWNER_ONLY);
    }
    sheet.cancel("Cancel");
    if !waits {
        sheet.act("Save", dialog.form().is_some());
    }
    sheet.draw(canvas);
}
