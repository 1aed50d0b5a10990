//! The dialog that saves the journal to a file.

use super::super::canvas::Canvas;
use super::super::theme::TextStyle;
use super::outcome::danger_line;
use super::sheet::Sheet;
use crate::app::dialogs::journal_export::ExportJournal;
use crate::app::effect::ExportForm;
use crate::words::ui::dialogs as says;

pub(super) fn draw(dialog: &ExportJournal, canvas: &mut Canvas<'_>) {
    let entries = if dialog.count == 1 { "1 entry".to_owned() } else { format!("{} entries", dialog.count) };
    let title = says::save_journal(entries);
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.focus);
    let waits = dialog.asked.is_some();
    sheet.field("File", &dialog.path, waits);
    let (role, text) = match dialog.form() {
        Some(ExportForm::Csv) => (TextStyle::On, says::CSV_FILE),
        Some(ExportForm::Json) => (TextStyle::On, says::JSON_FILE),
        None => (TextStyle::Attention, says::NAME_DECIDES),
    };
    sheet.part(0).label("", role, text);
    if waits {
        sheet.waiting(says::WRITING_IT);
    }
    if let Some(why) = &dialog.trouble {
        danger_line(&mut sheet, says::NOT_SAVED);
        sheet.part(0).plain(&why.message);
    } else {
        sheet.blank();
        sheet.part(2).quiet(crate::words::journal_form::OWNER_ONLY);
    }
    sheet.ask_once(canvas, "Save", dialog.form().is_some(), waits);
}
