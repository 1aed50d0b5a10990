//! Dialogs and readers, over the view.

mod buttons;
mod code;
mod confirm;
mod delegation;
mod email_change;
mod emails;
mod export;
mod findings;
mod json;
mod mails;
mod managed_policies;
mod marked_plan;
mod menus;
mod names;
mod outcome;
mod page;
mod plans;
mod policies;
mod profiles;
mod readers;
mod root_access;
mod root_tasks;
mod sheet;
mod window;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Drawn;
use super::canvas::{cells, columns, cut_end, span};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::app::layers::Layer;
use crate::words::notification;

/// Draws the top layer; the cursor is its own now. What it answers to a key stands on its frame.
pub(super) fn draw(
    app: &App,
    layer: &Layer,
    theme: Theme,
    buf: &mut Buffer,
    [area, message]: [Rect; 2],
    drawn: &mut Drawn,
) {
    drawn.cursor = None;
    draw_layer(app, layer, theme, buf, area, drawn);
    let covers = drawn.frame.is_some_and(|frame| frame.bottom() > message.y);
    let answer = app.notifications.current().filter(|posted| covers || posted.notification.answers_a_key());
    if let (Some(frame), Some(posted)) = (drawn.frame, answer) {
        let room = columns(frame).saturating_sub(4);
        let text = cut_end(
            theme,
            &format!(" {} {} ", theme.glyph(Glyph::Attention), notification::line(&posted.notification)),
            room,
        );
        buf.set_span(frame.x + 2, frame.bottom() - 1, &span(theme, TextStyle::Attention, text), cells(room));
        drawn.told = true;
    }
}

fn draw_layer(app: &App, layer: &Layer, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    match layer {
        Layer::Confirm(dialog) => confirm::draw(app, dialog, theme, buf, area, drawn),
        Layer::StartEmail(dialog) => email_change::start(app, dialog, theme, buf, area, drawn),
        Layer::EnterOtp(dialog) => email_change::otp(app, dialog, theme, buf, area, drawn),
        Layer::Help(reader) => readers::help(app, reader, theme, buf, area, drawn),
        Layer::Notification(reader) => readers::notification(app, reader, theme, buf, area, drawn),
        Layer::Menu(menu) => menus::menu(app, menu, theme, buf, area, drawn),
        Layer::AskAudit(ask) => root_access::ask_audit(app, ask, theme, buf, area, drawn),
        Layer::Delete(dialog) => root_access::delete(app, dialog, theme, buf, area, drawn),
        Layer::AskDelegate(dialog) => delegation::ask(app, dialog, theme, buf, area, drawn),
        Layer::Findings(reader) => findings::draw(app, reader, theme, buf, area, drawn),
        Layer::Results(reader) => match app.model.acceptances.as_ref().filter(|all| all.run == reader.about) {
            Some(all) => mails::results(app, all, reader.top, theme, buf, area, drawn),
            None => root_access::results(app, reader, theme, buf, area, drawn),
        },
        Layer::ForgetChange(dialog) => emails::forget(app, dialog, theme, buf, area, drawn),
        Layer::OpenFile(dialog) => emails::open_file(dialog, theme, buf, area, drawn),
        Layer::Mails(dialog) => mails::draw(app, dialog, theme, buf, area, drawn),
        Layer::ManagedPolicies(reader) => managed_policies::draw(reader, theme, buf, area, drawn),
        Layer::Profiles(dialog) => profiles::choose(app, dialog, theme, buf, area, drawn),
        Layer::MfaCode(dialog) => profiles::code(app, dialog, theme, buf, area, drawn),
        Layer::Palette(palette) => menus::palette(app, palette, theme, buf, area, drawn),
        Layer::Plan(dialog) => plans::draw(app, dialog, theme, buf, area, drawn),
        Layer::Template(dialog) => plans::template(app, dialog, theme, buf, area, drawn),
        Layer::PlanResults(reader) => plans::results(app, reader, theme, buf, area, drawn),
        Layer::FindQueues(dialog) => {
            let form = Some((&dialog.field, dialog.focus, false));
            root_tasks::draw(root_tasks::find_queues(app, dialog, theme, area), form, theme, buf, area, drawn);
        }
        Layer::LoadPolicy(dialog) => {
            let form = Some((&dialog.path, dialog.focus, dialog.asked.is_some()));
            root_tasks::draw(root_tasks::load_policy(app, dialog, theme, area), form, theme, buf, area, drawn);
        }
        Layer::OpenSession(dialog) => {
            let form = Some((&dialog.seconds, dialog.focus, dialog.asked.is_some()));
            root_tasks::draw(root_tasks::open_session(app, dialog, theme, area), form, theme, buf, area, drawn);
        }
        Layer::Session(view) => {
            root_tasks::draw(root_tasks::session(app, *view, theme, area), None, theme, buf, area, drawn);
        }
        Layer::Export(dialog) => export::draw(dialog, theme, buf, area, drawn),
        Layer::Policies(page) => policies::draw(app, page, theme, buf, area, drawn),
    }
}
