//! Forgetting an email change, and which file holds the mails.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{field, span};
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::email_dialog::{ForgetChange, OpenFile};
use crate::domain::api_error::ApiError;
use crate::domain::text::clean;
use crate::words::{board, notification};

pub(super) fn forget(app: &App, dialog: &ForgetChange, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Forget the email change of {}", clean(&who(app, dialog.account)));
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Attention);
    let started = app.model.emails.get(dialog.account).and_then(|facts| facts.started.as_ref());
    if let Some(started) = started {
        sheet.line(labelled(theme, "New", Span::raw(started.new.to_string())));
        sheet.blank();
    }
    let [first, second] = board::FORGET;
    sheet.paragraph(TextStyle::Plain, first, 0);
    sheet.paragraph(TextStyle::Attention, second, 0);
    error_lines(&mut sheet, theme, dialog.trouble.as_ref());
    if dialog.asked.is_some() {
        sheet.paragraph(TextStyle::Waiting, &format!("{} forgetting", theme.glyph(Glyph::Waiting)), 0);
    }
    let label = if dialog.asked.is_some() { "Close" } else { "Cancel" };
    sheet.button(Focus::Cancel, dialog.focus, label, true, TextStyle::Plain);
    if dialog.asked.is_none() {
        sheet.button(Focus::Act, dialog.focus, "Forget", true, TextStyle::Attention);
    }
    sheet.draw(buf, area, drawn);
}

pub(super) fn open_file(dialog: &OpenFile, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Read {} from a file", notification::text_use(dialog.purpose));
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    sheet.field_line(labelled(theme, "File", Span::raw("")), LABEL);
    sheet.blank();
    sheet.paragraph(
        TextStyle::Plain,
        "Mails saved as text, as .eml or as a mailbox (.mbox), several in one file as well. Nothing is sent before you \
         have seen and confirmed what they match.",
        2,
    );
    error_lines(&mut sheet, theme, dialog.trouble.as_ref());
    if dialog.asked.is_some() {
        sheet.paragraph(TextStyle::Waiting, &format!("{} reading", theme.glyph(Glyph::Waiting)), 0);
    }
    let ready = !dialog.path.text().trim().is_empty() && dialog.asked.is_none();
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, dialog.focus, "Read", ready, TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.asked.is_none() { TextStyle::Plain } else { TextStyle::Quiet };
        let cursor = field(buf, place, &dialog.path, theme.style(role));
        if dialog.focus == Focus::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

fn error_lines(sheet: &mut Sheet<'_>, theme: Theme, fault: Option<&ApiError>) {
    let Some(fault) = fault else { return };
    sheet.blank();
    sheet.line(Line::from(span(theme, TextStyle::Danger, format!("{} It did not work", theme.glyph(Glyph::Danger)))));
    sheet.paragraph(TextStyle::Plain, &fault.message, 0);
}
