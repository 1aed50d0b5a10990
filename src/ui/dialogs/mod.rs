//! Dialogs and readers, over the view.

mod buttons;
mod columns;
mod confirm;
mod contacts;
mod controls;
mod delegation;
mod email_change;
mod emails;
mod enter;
mod findings;
mod found;
mod mails;
mod managed_policies;
mod marked_plan;
mod menus;
mod names;
mod outcome;
mod page;
mod path;
mod plan_list;
mod plans;
mod policies;
mod profiles;
mod readers;
mod reason;
mod root_access;
mod root_tasks;
mod sheet;
mod units;
mod window;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::measure::{cells, cut_end, span};
use super::theme::{Glyph, TextStyle};
use crate::app::layers::Layer;
use crate::app::shell::App;
use crate::domain::text::width;
use crate::words::notification;

/// The answer to a key is on the layer's frame, and so is `message` where the frame covers the message line.
pub(super) fn draw(app: &App, layer: &Layer, canvas: &mut Canvas<'_>, message: Rect) {
    canvas.drawn.cursor = None;
    // What is behind it takes no clicks.
    canvas.drawn.targets.clear();
    let area = canvas.area;
    draw_layer(app, layer, &mut canvas.on(area));
    canvas.drawn.enter = canvas.drawn.enter.or_else(|| enter::of(app, layer));
    let Some(frame) = canvas.drawn.frame else { return };
    let covers = frame.bottom() > message.y;
    if let Some(posted) = app.notifications.current().filter(|posted| covers || posted.notification.answers_a_key()) {
        let below = Rect { y: frame.bottom() - 1, height: 1, ..frame };
        let mut below = canvas.on(below).inset().inset();
        let text = format!(" {} {} ", below.glyph(Glyph::Attention), notification::line(&posted.notification));
        let text = cut_end(below.theme, &text, below.room());
        let end = below.area.x.saturating_add(cells(width(&text)));
        below.line(span(below.theme, TextStyle::Attention, text));
        below.drawn.reported = true;
        clear_covered(canvas, frame, end);
    }
}

/// Takes away what a message has covered in part, from where it ends to where the frame goes on.
fn clear_covered(canvas: &mut Canvas<'_>, frame: Rect, end: u16) {
    let y = frame.bottom().saturating_sub(1);
    let Some(edge) = canvas.buf.cell((frame.x.saturating_add(1), y)).cloned() else { return };
    for x in end..frame.right().saturating_sub(1) {
        match canvas.buf.cell_mut((x, y)) {
            Some(cell) if cell.symbol() != edge.symbol() => *cell = edge.clone(),
            _ => return,
        }
    }
}

fn draw_layer(app: &App, layer: &Layer, canvas: &mut Canvas<'_>) {
    match layer {
        Layer::Confirm(dialog) => confirm::draw(app, dialog, canvas),
        Layer::Contacts(menu) => menus::menu(app, menu, canvas),
        Layer::EditAccount(dialog) => contacts::edit(app, dialog, canvas),
        Layer::Reason(dialog) => reason::draw(app, dialog, canvas),
        Layer::StartEmail(dialog) => email_change::start(app, dialog, canvas),
        Layer::EnterOtp(dialog) => email_change::otp(app, dialog, canvas),
        Layer::Help(reader) => readers::help(app, reader, canvas),
        Layer::Notification(reader) => readers::notification(app, reader, canvas),
        Layer::Switches(menu) => menus::menu(app, menu, canvas),
        Layer::Copy(menu) => menus::menu(app, menu, canvas),
        Layer::AuditMenu(menu) => menus::menu(app, menu, canvas),
        Layer::AskMenu(menu) => menus::menu(app, menu, canvas),
        Layer::ExportMenu(menu) => menus::menu(app, menu, canvas),
        Layer::ConsoleMenu(menu) => menus::menu(app, menu, canvas),
        Layer::Plans(menu) => menus::menu(app, menu, canvas),
        Layer::SignIn(menu) => menus::menu(app, menu, canvas),
        Layer::RootMenu(menu) => menus::menu(app, menu, canvas),
        Layer::SortMenu(menu) => menus::menu(app, menu, canvas),
        Layer::Columns(dialog) => columns::draw(dialog, canvas),
        Layer::Units(dialog) => units::draw(dialog, canvas),
        Layer::AskAudit(ask) => root_access::ask_audit(app, ask, canvas),
        Layer::Delete(dialog) => root_access::delete(app, dialog, canvas),
        Layer::AskDelegate(dialog) => delegation::ask(app, dialog, canvas),
        Layer::Findings(reader) => findings::draw(app, reader, canvas),
        Layer::Results(reader) => match app.model.acceptances.as_ref().filter(|all| all.run == reader.about) {
            Some(all) => mails::results(app, all, reader.top, canvas),
            None => root_access::results(app, reader, canvas),
        },
        Layer::ForgetChange(dialog) => emails::forget(app, dialog, canvas),
        Layer::Path(dialog) => path::draw(app, dialog, canvas),
        Layer::Mails(dialog) => mails::draw(app, dialog, canvas),
        Layer::ManagedPolicies(reader) => managed_policies::draw(reader, canvas),
        Layer::Controls(reader) => controls::draw(app, reader, canvas),
        Layer::Profiles(dialog) => profiles::choose(app, dialog, canvas),
        Layer::MfaCode(dialog) => profiles::code(app, dialog, canvas),
        Layer::Palette(palette) => menus::palette(app, palette, canvas),
        Layer::Plan(dialog) => plans::draw(app, dialog, canvas),
        Layer::PlanList(dialog) => plan_list::draw(app, dialog, canvas),
        Layer::PlanResults(reader) => plans::results(app, reader, canvas),
        Layer::FindQueues(dialog) => root_tasks::find_queues(app, dialog, canvas),
        Layer::OpenSession(dialog) => root_tasks::open_session(app, dialog, canvas),
        Layer::Session(view) => root_tasks::session(app, view, canvas),
        Layer::Policies(page) => policies::draw(app, page, canvas),
    }
}
