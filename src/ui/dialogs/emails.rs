//! Forgetting an email change, and choosing the file of mails.

use super::super::canvas::Canvas;
use super::super::theme::TextStyle;
use super::names::who;
use super::outcome::danger_line;
use super::sheet::Sheet;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::dialogs::open_file::OpenFile;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::domain::api_error::ApiError;
use crate::domain::text::clean;
use crate::words::ui::dialogs as says;
use crate::words::{board, notification};

pub(super) fn forget(app: &App, dialog: &ForgetChange, canvas: &mut Canvas<'_>) {
    let title = says::forget_change(clean(&who(app, dialog.account)));
    let mut sheet = Sheet::new(canvas, title, TextStyle::Attention, dialog.focus);
    let started = app.model.emails.get(dialog.account).and_then(|facts| facts.started.as_ref());
    if let Some(started) = started {
        sheet.part(0).label("New", TextStyle::Plain, started.new.to_string());
        sheet.blank();
    }
    let [first, second] = board::FORGET;
    sheet.part(0).plain(first);
    sheet.part(0).attention(second);
    say_local(&mut sheet, dialog.trouble.as_ref());
    if dialog.asked.is_some() {
        sheet.waiting("forgetting");
        sheet.cancel("Close");
    } else {
        sheet.cancel("Cancel");
        sheet.button(Focus::Act, "Forget", true, TextStyle::Attention);
    }
    sheet.draw(canvas);
}

pub(super) fn open_file(dialog: &OpenFile, canvas: &mut Canvas<'_>) {
    let title = says::read_from_file(notification::text_use(dialog.purpose));
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.focus);
    let waits = dialog.asked.is_some();
    sheet.field("File", &dialog.path, waits);
    sheet.blank();
    sheet.part(2).plain(board::MAIL_FILES);
    say_local(&mut sheet, dialog.trouble.as_ref());
    if waits {
        sheet.waiting("reading");
    }
    sheet.ask(canvas, "Read", !dialog.path.text().trim().is_empty() && !waits);
}

fn say_local(sheet: &mut Sheet<'_>, fault: Option<&ApiError>) {
    let Some(fault) = fault else { return };
    danger_line(sheet, says::DID_NOT_WORK);
    sheet.part(0).plain(&fault.message);
}
