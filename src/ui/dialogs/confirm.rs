//! The confirmation of a change.

use super::outcome::{progress, trouble_lines};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Drawn;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::names::who;
use super::page::Typing;
use super::sheet::Sheet;
use crate::app::App;
use crate::app::confirm::{Confirm, Focus, Phase, Then};
use crate::app::root_access::RootWish;
use crate::domain::change::Danger;
use crate::domain::text::clean;
use crate::words::{change, refusal, root_tasks};

pub(super) fn draw(app: &App, dialog: &Confirm, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let strong = dialog.change.danger() > Danger::Mild;
    let role = if strong { TextStyle::Danger } else { TextStyle::Accent };
    let mut sheet = Sheet::new(theme, area, change::title(&dialog.change), role);
    // How it stands is seen before anything is scrolled.
    if dialog.phase != Phase::Asking {
        progress(&mut sheet, theme, dialog.phase);
        sheet.blank();
    }
    if let Some(trouble) = &dialog.trouble {
        trouble_lines(app, &mut sheet, theme, trouble);
        sheet.blank();
    }
    if let Some(reason) = &dialog.refusal {
        let text = format!("{} Not now: {}.", theme.glyph(Glyph::Attention), refusal::refusal(reason));
        sheet.paragraph(TextStyle::Attention, &text, 0);
        sheet.blank();
    }
    if let Some(account) = dialog.change.account() {
        sheet.paragraph(TextStyle::Plain, &clean(&who(app, account)), 4);
    }
    let policy = app.policy_view().and_then(|view| view.policy.current());
    let is_there = policy.map(Option::is_some);
    super::root_tasks::known_lines(app, &mut sheet, theme, &dialog.change);
    for sentence in change::consequences(&dialog.change) {
        let sentence = if sentence == change::put_replaces(None) { change::put_replaces(is_there) } else { sentence };
        sheet.paragraph(if strong { TextStyle::Attention } else { TextStyle::Plain }, sentence, 0);
    }
    then_lines(&mut sheet, dialog);
    sheet.blank();
    sheet.commands(app, &app.model.commands_of(&dialog.change));
    buttons(&mut sheet, dialog, role);
    let token = dialog.change.token().filter(|_| dialog.phase == Phase::Asking && dialog.refusal.is_none());
    let typing = token.as_ref().zip(dialog.typed.as_ref()).map(|(token, typed)| Typing {
        token,
        is_count: false,
        typed,
        is_right: dialog.is_typed(),
        focused: dialog.focus == Focus::Field,
        reading: dialog.reading,
    });
    sheet.draw_to_read(typing.as_ref(), dialog.reading, buf, area, drawn);
}

fn then_lines(sheet: &mut Sheet<'_>, dialog: &Confirm) {
    match &dialog.then {
        Some(Then::Turn(switch)) => {
            sheet.paragraph(TextStyle::Plain, &format!("After that: {switch}."), 4);
        }
        Some(Then::ChangeEmail(account)) => {
            sheet.paragraph(
                TextStyle::Plain,
                &format!("The primary email of {account} can only be changed with it; its dialog opens after that."),
                0,
            );
        }
        Some(Then::Wish(RootWish::Audit(..))) => {
            sheet.paragraph(TextStyle::Plain, "The audit can only be made with it; it goes on after that.", 0);
        }
        Some(Then::Wish(RootWish::Delete(_))) => {
            let text = "Root credentials can only be deleted with it; the dialog for that opens after that.";
            sheet.paragraph(TextStyle::Plain, text, 0);
        }
        Some(Then::Task(choice)) => {
            sheet.paragraph(TextStyle::Plain, &format!("After that: {}.", root_tasks::choice(*choice)), 0);
        }
        None => {}
    }
}

fn buttons(sheet: &mut Sheet<'_>, dialog: &Confirm, role: TextStyle) {
    let focus = dialog.focus;
    if dialog.phase == Phase::Asking {
        sheet.button(Focus::Cancel, focus, "Cancel", true, TextStyle::Plain);
        if dialog.refusal.is_none() {
            sheet.button(Focus::Act, focus, change::button(&dialog.change), dialog.is_ready(), role);
        } else if dialog.fix().is_some() {
            sheet.button(Focus::Other, focus, "Turn it on first", true, TextStyle::Accent);
        }
    } else {
        sheet.button(Focus::Cancel, focus, "Close", true, TextStyle::Plain);
    }
}
