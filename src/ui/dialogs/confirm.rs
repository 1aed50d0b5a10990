//! The confirmation of a change.

use super::outcome::{say_progress, say_trouble};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Drawn;
use super::super::look::{Look, Role, Sign};
use super::names::who;
use super::page::Typing;
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::{Confirm, Phase, Spot, Then};
use crate::app::root_access::RootWish;
use crate::domain::change::Danger;
use crate::domain::text::clean;
use crate::words::{change, refusal, root_tasks};

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
    let policy = app.policy_view().and_then(|view| view.policy.state().current());
    let is_there = policy.map(Option::is_some);
    super::root_tasks::say_known(app, &mut sheet, look, &dialog.change);
    for sentence in change::consequences(&dialog.change) {
        let sentence = if sentence == change::put_replaces(None) { change::put_replaces(is_there) } else { sentence };
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
