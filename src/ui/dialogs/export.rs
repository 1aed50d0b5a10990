//! The dialog that saves the journal to a file.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{field, span};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::confirm::Focus;
use crate::app::effect::ExportForm;
use crate::app::journal_export::ExportJournal;

pub(super) fn draw(dialog: &ExportJournal, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let entries = if dialog.count == 1 { "1 entry".to_owned() } else { format!("{} entries", dialog.count) };
    let mut sheet = Sheet::new(theme, area, format!("Save the journal as shown: {entries}"), TextStyle::Accent);
    sheet.field_line(labelled(theme, "File", Span::raw("")), LABEL);
    let (role, text) = match dialog.form() {
        Some(ExportForm::Csv) => (TextStyle::On, "CSV, for spreadsheets: no cell becomes a formula"),
        Some(ExportForm::Json) => (TextStyle::On, "JSON, for programs: one array of objects"),
        None => (TextStyle::Attention, "the name ends with .csv or .json, which decides"),
    };
    sheet.line(labelled(theme, "", span(theme, role, text)));
    if dialog.asked.is_some() {
        sheet.paragraph(TextStyle::Waiting, &format!("{} writing it", theme.glyph(Glyph::Waiting)), 0);
    }
    if let Some(why) = &dialog.trouble {
        sheet.blank();
        sheet.line(Line::from(span(theme, TextStyle::Danger, format!("{} Not saved", theme.glyph(Glyph::Danger)))));
        sheet.paragraph(TextStyle::Plain, &why.message, 0);
    } else {
        sheet.blank();
        sheet.paragraph(
            TextStyle::Quiet,
            "The file is for its owner only, and nothing is overwritten. It holds the addresses and reasons of the \
             journal.",
            2,
        );
    }
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    if dialog.asked.is_none() {
        sheet.button(Focus::Act, dialog.focus, "Save", dialog.form().is_some(), TextStyle::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.asked.is_some() { TextStyle::Quiet } else { TextStyle::Plain };
        let cursor = field(buf, place, &dialog.path, theme.style(role));
        if dialog.focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
