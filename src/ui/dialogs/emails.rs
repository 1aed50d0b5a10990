//! Forgetting an email change, and which file holds the mails.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{field, span};
use super::super::look::{Look, Role, Sign};
use super::names::who;
use super::sheet::{LABEL, Sheet, labelled};
use crate::app::App;
use crate::app::confirm::Spot;
use crate::app::email_dialog::{ForgetChange, OpenFile};
use crate::domain::fault::Fault;
use crate::domain::text::clean;
use crate::words::{board, news};

pub(super) fn forget(app: &App, dialog: &ForgetChange, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Forget the email change of {}", clean(&who(app, dialog.account)));
    let mut sheet = Sheet::new(look, area, title, Role::Attention);
    let started = app.model.emails.get(dialog.account).and_then(|facts| facts.started.as_ref());
    if let Some(started) = started {
        sheet.line(labelled(look, "New", Span::raw(started.new.to_string())));
        sheet.blank();
    }
    let [first, second] = board::FORGET;
    sheet.say(Role::Plain, first, 0);
    sheet.say(Role::Attention, second, 0);
    say_fault(&mut sheet, look, dialog.trouble.as_ref());
    if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} forgetting", look.sign(Sign::Waiting)), 0);
    }
    let label = if dialog.asked.is_some() { "Close" } else { "Cancel" };
    sheet.button(Spot::Cancel, dialog.spot, label, true, Role::Plain);
    if dialog.asked.is_none() {
        sheet.button(Spot::Act, dialog.spot, "Forget", true, Role::Attention);
    }
    sheet.draw(buf, area, drawn);
}

pub(super) fn open_file(dialog: &OpenFile, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = format!("Read {} from a file", news::text_use(dialog.purpose));
    let mut sheet = Sheet::new(look, area, title, Role::Accent);
    sheet.field_line(labelled(look, "File", Span::raw("")), LABEL);
    sheet.blank();
    sheet.say(
        Role::Plain,
        "Mails saved as text, as .eml or as a mailbox (.mbox), several in one file as well. Nothing is sent before you \
         have seen and confirmed what they match.",
        2,
    );
    say_fault(&mut sheet, look, dialog.trouble.as_ref());
    if dialog.asked.is_some() {
        sheet.say(Role::Waiting, &format!("{} reading", look.sign(Sign::Waiting)), 0);
    }
    let ready = !dialog.path.text().trim().is_empty() && dialog.asked.is_none();
    sheet.button(Spot::Cancel, dialog.spot, "Cancel", true, Role::Plain);
    sheet.button(Spot::Act, dialog.spot, "Read", ready, Role::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field {
        let role = if dialog.asked.is_none() { Role::Plain } else { Role::Quiet };
        let cursor = field(buf, place, &dialog.path, look.style(role));
        if dialog.spot == Spot::Field {
            drawn.cursor = Some(cursor);
        }
    }
}

fn say_fault(sheet: &mut Sheet<'_>, look: Look, fault: Option<&Fault>) {
    let Some(fault) = fault else { return };
    sheet.blank();
    sheet.line(Line::from(span(look, Role::Danger, format!("{} It did not work", look.sign(Sign::Danger)))));
    sheet.say(Role::Plain, &fault.message, 0);
}
