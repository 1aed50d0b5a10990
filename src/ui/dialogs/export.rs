//! The dialog that saves the journal to a file.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{field, span};
use super::super::look::{Look, Role, Sign};
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::confirm::Spot;
use crate::app::effect::ExportForm;
use crate::app::journal_export::ExportJournal;

pub(super) fn draw(dialog: &ExportJournal, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let entries = if dialog.count == 1 { "1 entry".to_owned() } else { format!("{} entries", dialog.count) };
    let mut sheet = Sheet::new(look, area, format!("Save the journal as shown: {entries}"), Role::Accent);
    sheet.field_line(labelled(look, "File", Span::raw("")), LABEL);
    let (role, text) = match dialog.form() {
        Some(ExportForm::Csv) => (Role::On, "CSV, for spreadsheets: no cell becomes a formula"),
        Some(ExportForm::Json) => (Role::On, "JSON, for programs: one array of objects"),
        None => (Role::Attention, "the name ends with .csv or .json, which decides"),
    };
    sheet.line(labelled(look, "", span(look, role, text)));
    if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} writing it", look.sign(Sign::Waiting)), 0);
    }
    if let Some(why) = &dialog.trouble {
        sheet.blank();
        sheet.line(Line::from(span(look, Role::Danger, format!("{} Not saved", look.sign(Sign::Danger)))));
        sheet.say(Role::Plain, &why.message, 0);
    } else {
        sheet.blank();
        sheet.say(
            Role::Quiet,
            "The file is for its owner only, and nothing is overwritten. It holds the addresses and reasons of the \
             journal.",
            2,
        );
    }
    sheet.button(Spot::Cancel, dialog.spot, "Cancel", true, Role::Plain);
    if dialog.asked.is_none() {
        sheet.button(Spot::Act, dialog.spot, "Save", dialog.form().is_some(), Role::Accent);
    }
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.asked.is_some() { Role::Quiet } else { Role::Plain };
        let cursor = field(buf, place, &dialog.path, look.style(role));
        if dialog.spot == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}
