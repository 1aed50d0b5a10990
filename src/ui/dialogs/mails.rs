//! The codes of mails, matched to the open changes, and the results of accepting them.

use super::super::canvas::Canvas;
use super::super::progress::progress_in;
use super::super::text::{Text, explained};
use super::super::theme::{Glyph, TextStyle};
use super::buttons::Button;
use super::email_change::advice;
use super::names::who;
use super::outcome::reason_line;
use super::page::{Page, Typing};
use super::window::{border, read, text_for, widest};
use crate::app::dialogs::mails::MailsDialog;
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::acceptances::Acceptances;
use crate::domain::account::AccountId;
use crate::domain::change::Danger;
use crate::domain::email::EmailAddress;
use crate::domain::emails::ChangeState;
use crate::domain::mail_match::LeftMail;
use crate::domain::run::Acceptance;
use crate::domain::text::clean;
use crate::domain::write::WriteOutcome;
use crate::words::ui::dialogs as says;
use crate::words::{board, notification, refusal, root_access, time};

pub(super) fn draw(app: &App, dialog: &MailsDialog, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    mail_lines(app, &mut text, dialog);
    let role = border(Danger::Mild.on(dialog.matches.len()));
    let mut buttons = vec![Button::new(Focus::Cancel, "Cancel", dialog.form.focus, true, TextStyle::Plain)];
    if !dialog.matches.is_empty() {
        let ready = dialog.is_ready() && !dialog.form.lacks_reason();
        buttons.push(Button::new(Focus::Act, "Accept", dialog.form.focus, ready, role));
    }
    let typing = dialog.token().map(|token| Typing {
        token,
        is_count: true,
        typed: &dialog.typed,
        is_right: dialog.is_ready(),
        focused: dialog.form.focus == Focus::Field,
    });
    let (title, reading) = (title(dialog), dialog.reading);
    Page {
        title: &title,
        role,
        text,
        reading,
        to_read: None,
        questions: Vec::new(),
        typing,
        buttons,
        widest: widest(canvas),
    }
    .draw(canvas);
}

fn title(dialog: &MailsDialog) -> String {
    match dialog.matches.len() {
        0 => says::NO_CODE.to_owned(),
        1 => says::ACCEPT_MAIL.to_owned(),
        count => says::accept_mails(count),
    }
}

fn mail_lines(app: &App, text: &mut Text, dialog: &MailsDialog) {
    for item in &dialog.matches {
        matched(app, text, item);
    }
    if !dialog.left.is_empty() {
        if !dialog.matches.is_empty() {
            text.blank();
        }
        text.plain(says::NOT_ACCEPTED);
        dialog.left.iter().for_each(|mail| left(app, text, mail));
    }
    if !dialog.matches.is_empty() {
        text.blank();
        text.plain(board::ACCEPT);
        reason_line(text, &dialog.form);
        text.blank();
        text.commands(app, &app.model.commands(|caller| dialog.aws_commands(caller)));
    }
}

fn matched(app: &App, text: &mut Text, item: &Acceptance) {
    let now = app.model.now;
    let change = app.model.emails.get(item.account.id).and_then(|facts| facts.open_to(item.new.as_str()));
    let left = change.map(|change| format!("  {}", time::left(change.time_left(now)))).unwrap_or_default();
    text.flagged(Glyph::On, &format!("{} ({})", item.account.name, item.account.id));
    text.noted_as(TextStyle::Plain, Glyph::Arrow, &format!("{}{left}", item.new));
}

fn left(app: &App, text: &mut Text, mail: &LeftMail) {
    let dot = text.theme.glyph(Glyph::Dot);
    let account = mail.account.map(|id| format!(" {dot} {}", clean(&who(app, id)))).unwrap_or_default();
    text.flagged(Glyph::Attention, &format!("{}{account}", mail.address));
    text.plain(&format!("  {}", board::problem(&mail.why)));
}

pub(super) fn results(app: &App, all: &Acceptances, top: usize, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, widest(canvas));
    if !all.ended {
        progress_in(app, &mut text);
    }
    for (account, new) in &all.items {
        text.paragraph(TextStyle::Accent, &clean(&who(app, *account)));
        text.noted_as(TextStyle::Quiet, Glyph::Arrow, new.as_str());
        match all.results.get(account) {
            Some(Ok(())) => taken(app, &mut text, *account),
            Some(Err(trouble)) => trouble_lines(app, &mut text, *account, new, trouble),
            None if all.ended => text.noted(Glyph::Attention, says::NOT_SENT),
            None => text.noted(Glyph::Waiting, says::WAITING_FOR_ITS_TURN),
        }
    }
    let title = says::accepting_changes(root_access::accounts(all.items.len()));
    read(canvas, &title, TextStyle::Accent, &text, top);
}

fn taken(app: &App, text: &mut Text, account: AccountId) {
    match app.model.emails.state(account, app.model.now) {
        ChangeState::Completed => text.noted(Glyph::On, says::COMPLETED),
        ChangeState::Failed => text.noted(Glyph::Danger, says::FAILED),
        ChangeState::OtherStatus(word, _) => text.noted(Glyph::Unknown, &says::code_taken_reports(word)),
        ChangeState::Accepted => text.noted(Glyph::Waiting, says::ACCEPTED),
        ChangeState::Pending(_)
        | ChangeState::Unconfirmed(_)
        | ChangeState::AddressUnknown
        | ChangeState::AddressForgotten
        | ChangeState::Expired(_)
        | ChangeState::Quiet => text.noted(Glyph::Waiting, &says::code_taken()),
    }
}

fn trouble_lines(app: &App, text: &mut Text, account: AccountId, new: &EmailAddress, trouble: &WriteOutcome) {
    let glyph = if matches!(trouble, WriteOutcome::Unknown(_)) { Glyph::Unknown } else { Glyph::Danger };
    text.noted(glyph, notification::trouble_title(trouble));
    match trouble {
        WriteOutcome::NotPermitted(reason) => text.plain(&format!("    {}", refusal::refusal(reason))),
        WriteOutcome::Refused(why) | WriteOutcome::Failed(why) | WriteOutcome::Unknown(why) => {
            let words = explained(app, why);
            let advice = advice(app, account, new, trouble).unwrap_or(words.fix);
            text.plain(&format!("    {}", words.said));
            text.quiet(&format!("    {advice}"));
        }
        WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => {}
    }
}
