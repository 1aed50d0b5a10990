//! The confirmation of a change.

use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::theme::{Glyph, TextStyle};
use super::names::who;
use super::outcome::{progress, reason_line, trouble_lines};
use super::page::Typing;
use super::sheet::Sheet;
use super::window::border;
use crate::app::dialogs::confirm::Confirm;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::awaited::Then;
use crate::app::state::choices::RootWish;
use crate::domain::change::{Change, Danger};
use crate::domain::text::clean;
use crate::words::contacts::alternate;
use crate::words::ui::dialogs as says;
use crate::words::{change, refusal, root_tasks, time};

pub(super) fn draw(app: &App, dialog: &Confirm, canvas: &mut Canvas<'_>) {
    let strong = dialog.change.danger() > Danger::Mild;
    let role = border(dialog.change.danger());
    let mut sheet = Sheet::new(canvas, change::title(&dialog.change), role, dialog.form.focus);
    // The status is visible without scrolling.
    if dialog.form.waits() {
        progress(&mut sheet, dialog.form.phase);
        sheet.blank();
    }
    if let Some(trouble) = &dialog.form.trouble {
        trouble_lines(app, &mut sheet, trouble);
        sheet.blank();
    }
    if let Some(reason) = &dialog.refusal {
        sheet.part(0).flagged(Glyph::Attention, &says::not_now(refusal::refusal(reason)));
        sheet.blank();
    }
    if let Some(account) = dialog.change.account() {
        sheet.part(4).plain(&clean(&who(app, account)));
    }
    if let Change::Delegation { service, .. } = &dialog.change {
        // The title may be cut.
        sheet.part(0).value(says::SERVICE, service.as_str());
    }
    let policy = app.policy_view().and_then(|view| view.policy.current());
    let is_there = policy.map(Option::is_some);
    super::root_tasks::known_lines(app, &mut sheet, &dialog.change);
    if let Some(contact) = app.model.contact_to_delete(&dialog.change) {
        sheet.part(0).plain(&alternate(contact));
    }
    for sentence in change::consequences(&dialog.change) {
        let sentence = if sentence == change::put_replaces(None) { change::put_replaces(is_there) } else { sentence };
        sheet.part(0).paragraph(if strong { TextStyle::Attention } else { TextStyle::Plain }, sentence);
    }
    then_lines(app, &mut sheet, dialog);
    reason_line(sheet.part(0), &dialog.form);
    sheet.blank();
    sheet.commands(app, &dialog.form.reasoned(app.model.commands_of(&dialog.change)));
    buttons(&mut sheet, dialog, role);
    let token = dialog.change.token().filter(|_| !dialog.form.waits() && dialog.refusal.is_none());
    let typing = token.zip(dialog.typed.as_ref()).map(|(token, typed)| Typing {
        token,
        is_count: false,
        typed,
        is_right: dialog.is_typed(),
        focused: dialog.form.focus == Focus::Field,
    });
    let end = dialog.end().filter(|_| !dialog.form.waits()).map(|end| {
        let at = dialog.until(app.model.now).map(|at| time::moment(at, &app.model.start.time_zone));
        (Line::from(root_tasks::end(end, at.as_deref())), dialog.form.focus == Focus::Answer)
    });
    sheet.draw_to_read(end, typing, dialog.reading, canvas);
}

fn then_lines(app: &App, sheet: &mut Sheet<'_>, dialog: &Confirm) {
    match &dialog.then {
        Some(Then::Turn(switch)) => sheet.part(4).plain(&says::after_that(switch)),
        Some(Then::ChangeEmail(account)) => sheet.part(0).plain(&says::email_needs_it(clean(&who(app, *account)))),
        Some(Then::Wish(RootWish::Audit(..))) => sheet.part(0).plain(says::AUDIT_NEEDS_IT),
        Some(Then::Wish(RootWish::Delete(_))) => sheet.part(0).plain(says::DELETION_NEEDS_IT),
        Some(Then::Task(choice)) => sheet.part(0).plain(&says::after_that(root_tasks::choice(*choice))),
        None => {}
    }
}

fn buttons(sheet: &mut Sheet<'_>, dialog: &Confirm, role: TextStyle) {
    if dialog.form.waits() {
        return sheet.cancel("Close");
    }
    sheet.cancel("Cancel");
    if dialog.refusal.is_none() {
        sheet.button(Focus::Act, change::button(&dialog.change), dialog.is_ready(), role);
    } else if dialog.fix().is_some() {
        sheet.button(Focus::Other, says::TURN_IT_ON_FIRST, true, TextStyle::Accent);
    }
}
