//! Forgetting an email change.

use super::super::canvas::Canvas;
use super::super::theme::TextStyle;
use super::names::who;
use super::outcome::danger_line;
use super::sheet::Sheet;
use super::window::border;
use crate::app::dialogs::forget_change::ForgetChange;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::domain::text::clean;
use crate::words::board;
use crate::words::record::message;
use crate::words::ui::dialogs as says;

pub(super) fn forget(app: &App, dialog: &ForgetChange, canvas: &mut Canvas<'_>) {
    let title = says::forget_change(clean(&who(app, dialog.account)));
    let role = border(dialog.danger(&app.model));
    let mut sheet = Sheet::new(canvas, title, role, dialog.form.focus);
    sheet.top = dialog.form.top;
    let started = app.model.emails.get(dialog.account).and_then(|facts| facts.started.as_ref());
    if let Some(started) = started {
        sheet.part(0).label("New", TextStyle::Plain, started.new.to_string());
        sheet.blank();
    }
    let [first, second] = board::forgets(&app.model.emails.state(dialog.account, app.model.now));
    sheet.part(0).plain(first);
    sheet.part(0).attention(second);
    if let Some(error) = dialog.form.error() {
        danger_line(&mut sheet, says::DID_NOT_WORK);
        sheet.part(0).plain(&message(&error.message));
    }
    if dialog.form.waits() {
        sheet.waiting("forgetting");
        sheet.cancel("Close");
    } else {
        sheet.cancel("Cancel");
        sheet.button(Focus::Act, "Forget", true, role);
    }
    sheet.draw(canvas);
}
