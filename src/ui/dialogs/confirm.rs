//! The confirmation of a change.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::Drawn;
use super::super::canvas::span;
use super::super::look::{Look, Role, Sign};
use super::email_change::who;
use super::page::Typing;
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::{Confirm, Phase, Spot, Then};
use crate::app::notice::Trouble;
use crate::app::root_access::RootWish;
use crate::domain::change::Danger;
use crate::domain::fault::Fault;
use crate::domain::text::clean;
use crate::words::{change, fault, news, refusal, root_tasks};

pub(super) fn draw(app: &App, dialog: &Confirm, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let strong = dialog.change.danger() > Danger::Mild;
    let role = if strong { Role::Danger } else { Role::Accent };
    let mut sheet = Sheet::new(look, area, change::title(&dialog.change), role);
    // How it stands is seen before anything is scrolled.
    if dialog.phase != Phase::Asking {
        say_progress(&mut sheet, look, dialog.phase);
        sheet.blank();
    }
    if let Some(trouble) = &dialog.trouble {
        say_trouble(app, &mut sheet, look, trouble);
        sheet.blank();
    }
    if let Some(reason) = &dialog.refusal {
        let text = format!("{} Not now: {}.", look.sign(Sign::Attention), refusal::refusal(reason));
        sheet.say(Role::Attention, &text, 0);
        sheet.blank();
    }
    if let Some(account) = dialog.change.account() {
        sheet.say(Role::Plain, &clean(&who(app, account)), 4);
    }
    super::root_tasks::say_known(app, &mut sheet, look, &dialog.change);
    for sentence in change::consequences(&dialog.change) {
        sheet.say(if strong { Role::Attention } else { Role::Plain }, sentence, 0);
    }
    say_then(&mut sheet, dialog);
    sheet.blank();
    sheet.commands(app, &app.model.commands_of(&dialog.change));
    buttons(&mut sheet, dialog, role);
    let token = dialog.change.token().filter(|_| dialog.phase == Phase::Asking && dialog.refusal.is_none());
    let typing = token.as_ref().zip(dialog.typed.as_ref()).map(|(token, typed)| Typing {
        token,
        is_count: false,
        typed,
        is_right: dialog.is_typed(),
        focused: dialog.spot == Spot::Field,
        reading: dialog.reading,
    });
    sheet.draw_to_read(typing.as_ref(), dialog.reading, buf, area, drawn);
}

fn say_then(sheet: &mut Sheet<'_>, dialog: &Confirm) {
    match &dialog.then {
        Some(Then::Turn(switch)) => {
            sheet.say(Role::Plain, &format!("After that: {}.", change::switch(switch)), 4);
        }
        Some(Then::ChangeEmail(account)) => {
            sheet.say(
                Role::Plain,
                &format!("The primary email of {account} can only be changed with it; its dialog opens after that."),
                0,
            );
        }
        Some(Then::Wish(RootWish::Audit(..))) => {
            sheet.say(Role::Plain, "The audit can only be made with it; it goes on after that.", 0);
        }
        Some(Then::Wish(RootWish::Delete(_))) => {
            let text = "Root credentials can only be deleted with it; the dialog for that opens after that.";
            sheet.say(Role::Plain, text, 0);
        }
        Some(Then::Task(choice)) => {
            sheet.say(Role::Plain, &format!("After that: {}.", root_tasks::choice(*choice)), 0);
        }
        None => {}
    }
}

fn buttons(sheet: &mut Sheet<'_>, dialog: &Confirm, role: Role) {
    let focus = dialog.spot;
    if dialog.phase == Phase::Asking {
        sheet.button(Spot::Cancel, focus, "Cancel", true, Role::Plain);
        if dialog.refusal.is_none() {
            sheet.button(Spot::Act, focus, change::button(&dialog.change), dialog.is_ready(), role);
        } else if dialog.mend().is_some() {
            sheet.button(Spot::Other, focus, "Turn it on first", true, Role::Accent);
        }
    } else {
        sheet.button(Spot::Cancel, focus, "Close", true, Role::Plain);
    }
}

/// That a write is under way.
pub(super) fn say_progress(sheet: &mut Sheet<'_>, look: Look, phase: Phase) {
    let wait = look.sign(Sign::Waiting);
    match phase {
        Phase::Sending(_) => sheet.say(Role::Waiting, &format!("{wait} on its way to AWS; no answer yet"), 0),
        Phase::Waiting => {
            let text = format!("{wait} AWS took it; waiting until AWS shows it (up to 3 minutes). It can be closed.");
            sheet.say(Role::Waiting, &text, 0);
        }
        Phase::Asking => {}
    }
}

/// Why a write did not end well.
pub(super) fn say_trouble(app: &App, sheet: &mut Sheet<'_>, look: Look, trouble: &Trouble) {
    say_title(sheet, look, trouble);
    match trouble {
        Trouble::NotPermitted(reason) => sheet.say(Role::Plain, &refusal::refusal(reason), 0),
        Trouble::Refused(fault) | Trouble::Failed(fault) | Trouble::Unknown(fault) => say_fault(app, sheet, fault),
    }
}

/// That an attempt did not end well.
pub(super) fn say_title(sheet: &mut Sheet<'_>, look: Look, trouble: &Trouble) {
    let sign = look.sign(Sign::Danger);
    sheet.blank();
    sheet.line(Line::from(span(look, Role::Danger, format!("{sign} {}", news::trouble_title(trouble)))));
}

/// What AWS said, why, and what fixes it.
pub(super) fn say_fault(app: &App, sheet: &mut Sheet<'_>, fault: &Fault) {
    say_reason(app, sheet, fault);
    sheet.say(Role::Quiet, &fault::fault(fault, app.model.caller_to_mend(fault).as_ref()).mend, 4);
}

/// What AWS said, and why.
pub(super) fn say_reason(app: &App, sheet: &mut Sheet<'_>, fault: &Fault) {
    let words = fault::fault(fault, app.model.caller_to_mend(fault).as_ref());
    sheet.say(Role::Plain, &words.said, 0);
    sheet.say(Role::Quiet, words.cause, 4);
}
