//! The codes of mails, matched to the open changes; and what came of accepting them.

use super::super::canvas::Canvas;
use super::super::progress::progress_line;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::buttons::Button;
use super::email_change::advice;
use super::names::who;
use super::page::{Page, Typing};
use super::window::{WIDEST, read, text_for};
use crate::app::dialogs::mails::{LeftMail, MailsDialog};
use crate::app::focus::Focus;
use crate::app::shell::App;
use crate::app::state::acceptances::Acceptances;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::emails::ChangeState;
use crate::domain::run::Acceptance;
use crate::domain::text::clean;
use crate::domain::write::WriteOutcome;
use crate::words::ui::dialogs as says;
use crate::words::{api_error, board, notification, refusal, root_access, time};

pub(super) fn draw(app: &App, dialog: &MailsDialog, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    Mails { app, text: &mut text }.of(dialog);
    let mut buttons = vec![Button::new("Cancel", dialog.focus == Focus::Cancel, true, TextStyle::Plain)];
    if !dialog.matches.is_empty() {
        buttons.push(Button::new("Accept", dialog.focus == Focus::Act, dialog.is_ready(), TextStyle::Accent));
    }
    let typing = dialog.token().map(|token| Typing {
        token,
        is_count: true,
        typed: &dialog.typed,
        is_right: dialog.is_ready(),
        focused: dialog.focus == Focus::Field,
    });
    let (title, role, reading) = (title(dialog), TextStyle::Accent, dialog.reading);
    Page { title: &title, role, text, reading, question: None, typing, buttons, widest: WIDEST }.draw(canvas);
}

fn title(dialog: &MailsDialog) -> String {
    match dialog.matches.len() {
        0 => says::NO_CODE.to_owned(),
        1 => says::ACCEPT_MAIL.to_owned(),
        count => says::accept_mails(count),
    }
}

/// The text of the dialog and of the results.
struct Mails<'a> {
    app: &'a App,
    text: &'a mut Text,
}

impl Mails<'_> {
    fn of(mut self, dialog: &MailsDialog) {
        for item in &dialog.matches {
            self.matched(item);
        }
        if !dialog.left.is_empty() {
            if !dialog.matches.is_empty() {
                self.text.blank();
            }
            self.text.paragraph(TextStyle::Plain, says::NOT_TAKEN);
            dialog.left.iter().for_each(|mail| self.left(mail));
        }
        if !dialog.matches.is_empty() {
            self.text.blank();
            self.text.paragraph(TextStyle::Plain, board::ACCEPT);
            self.text.blank();
            self.text.commands(self.app, &self.app.model.commands(|caller| dialog.aws_commands(caller)));
        }
    }

    fn matched(&mut self, item: &Acceptance) {
        let now = self.app.model.now;
        let change = self.app.model.emails.get(item.account.id).and_then(|facts| facts.open_to(item.new.as_str()));
        let left = change.map(|change| format!("  {}", time::left(change.time_left(now)))).unwrap_or_default();
        self.text.flagged(Glyph::On, &format!("{} ({})", item.account.name, item.account.id));
        self.text.noted_as(TextStyle::Plain, Glyph::Arrow, &format!("{}{left}", item.new));
    }

    fn left(&mut self, mail: &LeftMail) {
        let dot = self.text.theme.glyph(Glyph::Dot);
        let account = mail.account.map(|id| format!(" {dot} {}", clean(&who(self.app, id)))).unwrap_or_default();
        self.text.flagged(Glyph::Attention, &format!("{}{account}", mail.address));
        self.text.paragraph(TextStyle::Plain, &format!("  {}", board::problem(&mail.why)));
    }
}

/// What came of accepting changes, as far as it is.
pub(super) fn results(app: &App, all: &Acceptances, top: usize, canvas: &mut Canvas<'_>) {
    let mut text = text_for(canvas, WIDEST);
    let room = text.room;
    text.lines.extend(progress_line(app, text.theme, room).filter(|_| !all.ended).map(Into::into));
    for (account, new) in &all.items {
        text.paragraph(TextStyle::Accent, &clean(&who(app, *account)));
        text.noted_as(TextStyle::Quiet, Glyph::Arrow, new.as_str());
        let mut mails = Mails { app, text: &mut text };
        match all.results.get(account) {
            Some(Ok(())) => mails.taken(*account),
            Some(Err(trouble)) => mails.trouble(*account, new, trouble),
            None if all.ended => text.paragraph(TextStyle::Plain, says::NOT_SENT),
            None => text.noted(Glyph::Waiting, says::WAITING_FOR_ITS_TURN),
        }
    }
    let title = says::accepting_changes(root_access::accounts(all.items.len()));
    read(canvas, &title, TextStyle::Accent, &text, top);
}

impl Mails<'_> {
    /// AWS took it; what it shows of it since.
    fn taken(&mut self, account: AccountId) {
        match self.app.model.emails.org_role(account, self.app.model.now) {
            ChangeState::Completed => self.text.noted(Glyph::On, says::COMPLETED),
            ChangeState::Failed => self.text.noted(Glyph::Danger, says::FAILED),
            ChangeState::OtherStatus(word, _) => {
                self.text.noted(Glyph::Unknown, &says::code_taken_reports(word));
            }
            ChangeState::Accepted => {
                self.text.noted(Glyph::Waiting, says::ACCEPTED);
            }
            ChangeState::Pending(_)
            | ChangeState::Unconfirmed(_)
            | ChangeState::AddressUnknown
            | ChangeState::AddressForgotten
            | ChangeState::Expired(_)
            | ChangeState::Quiet => {
                self.text.noted(Glyph::Waiting, says::CODE_TAKEN);
            }
        }
    }

    fn trouble(&mut self, account: AccountId, new: &EmailAddress, trouble: &WriteOutcome) {
        let glyph = if matches!(trouble, WriteOutcome::Unknown(_)) { Glyph::Unknown } else { Glyph::Danger };
        self.text.noted(glyph, notification::trouble_title(trouble));
        match trouble {
            WriteOutcome::NotPermitted(reason) => {
                self.text.paragraph(TextStyle::Plain, &format!("    {}", refusal::refusal(reason)));
            }
            WriteOutcome::Refused(why) | WriteOutcome::Failed(why) | WriteOutcome::Unknown(why) => {
                let words = api_error::fault(why, self.app.model.caller_to_mend(why).as_ref());
                let advice = advice(self.app, account, new, trouble).unwrap_or(&words.fix);
                self.text.paragraph(TextStyle::Plain, &format!("    {}", words.said));
                self.text.paragraph(TextStyle::Quiet, &format!("    {advice}"));
            }
            WriteOutcome::Taken(_) | WriteOutcome::AlreadySo(_) => {}
        }
    }
}
