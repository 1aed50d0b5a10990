//! The codes of mails, matched to the open changes; and what came of accepting them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::super::Drawn;
use super::super::canvas::{span, wrap};
use super::super::root_access::progress;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::buttons::Button;
use super::email_change::advice;
use super::names::who;
use super::page::{Page, Typing, WIDEST};
use super::sheet::command_lines;
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::acceptances::Acceptances;
use crate::app::confirm::Focus;
use crate::app::mails::{LeftMail, MailsDialog};
use crate::app::notification::Trouble;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::emails::ChangeState;
use crate::domain::run::Acceptance;
use crate::domain::text::clean;
use crate::words::{api_error, board, notification, refusal, root_access, time};

pub(super) fn draw(app: &App, dialog: &MailsDialog, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(WIDEST)).saturating_sub(4);
    let content = Text { app, theme, room, lines: Vec::new() }.of(dialog);
    let token = dialog.token();
    let (title, reading) = (title(dialog), dialog.reading);
    let below = 1 + usize::from(token.is_some());
    let page =
        Page { theme, title: &title, role: TextStyle::Accent, content: &content, reading, below, widest: WIDEST };
    let below = page.draw(buf, area, drawn);
    let mut buttons = vec![Button::new("Cancel", dialog.focus == Focus::Cancel, true, TextStyle::Plain)];
    if !dialog.matches.is_empty() {
        buttons.push(Button::new("Accept", dialog.focus == Focus::Act, dialog.is_ready(), TextStyle::Accent));
    }
    below.buttons(&buttons, buf, drawn);
    let focused = dialog.focus == Focus::Field;
    if let Some(token) = &token
        && let Some(row) = below.typing_row(below.rows().next(), focused, buf)
    {
        let typing =
            Typing { token, is_count: true, typed: &dialog.typed, is_right: dialog.is_ready(), focused, reading };
        typing.draw(theme, buf, row, drawn);
    }
}

fn title(dialog: &MailsDialog) -> String {
    match dialog.matches.len() {
        0 => "No code of these mails can be used".to_owned(),
        1 => "Accept the change of this mail".to_owned(),
        count => format!("Accept the changes of {count} mails"),
    }
}

/// The text of the dialog and of the results.
struct Text<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Text<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn of(mut self, dialog: &MailsDialog) -> Vec<Line<'static>> {
        for item in &dialog.matches {
            self.matched(item);
        }
        if !dialog.left.is_empty() {
            if !dialog.matches.is_empty() {
                self.lines.push(Line::default());
            }
            self.paragraph(TextStyle::Plain, "Not taken:");
            dialog.left.iter().for_each(|mail| self.left(mail));
        }
        if !dialog.matches.is_empty() {
            self.lines.push(Line::default());
            self.paragraph(TextStyle::Plain, board::ACCEPT);
            self.lines.push(Line::default());
            let commands = self.app.model.commands(|caller| dialog.aws_commands(caller));
            for line in command_lines(self.app, &commands, self.room).into_iter().flatten() {
                self.lines.push(Line::from(span(self.theme, TextStyle::Quiet, line)));
            }
        }
        self.lines
    }

    fn matched(&mut self, item: &Acceptance) {
        let now = self.app.model.now;
        let change = self.app.model.emails.get(item.account.id).and_then(|facts| facts.open_to(item.new.as_str()));
        let left = change.map(|change| format!("  {}", time::left(change.time_left(now)))).unwrap_or_default();
        let name = format!("{} {} ({})", self.theme.glyph(Glyph::On), item.account.name, item.account.id);
        self.paragraph(TextStyle::On, &name);
        self.paragraph(TextStyle::Plain, &format!("  {} {}{left}", self.theme.glyph(Glyph::Arrow), item.new));
    }

    fn left(&mut self, mail: &LeftMail) {
        let account = mail.account.map(|id| format!(" {} {}", self.theme.glyph(Glyph::Dot), clean(&who(self.app, id))));
        let text = format!("{} {}{}", self.theme.glyph(Glyph::Attention), mail.address, account.unwrap_or_default());
        self.paragraph(TextStyle::Attention, &text);
        self.paragraph(TextStyle::Plain, &format!("  {}", board::problem(&mail.why)));
    }
}

/// What came of accepting changes, as far as it is.
pub(super) fn results(
    app: &App,
    all: &Acceptances,
    top: usize,
    theme: Theme,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let mut text = Text { app, theme, room, lines: Vec::new() };
    if !all.ended
        && let Some(line) = progress(app, theme, room)
    {
        text.lines.push(line);
    }
    for (account, new) in &all.items {
        text.paragraph(TextStyle::Accent, &clean(&who(app, *account)));
        text.paragraph(TextStyle::Quiet, &format!("  {} {new}", theme.glyph(Glyph::Arrow)));
        match all.results.get(account) {
            Some(Ok(())) => text.taken(*account),
            Some(Err(trouble)) => text.trouble(*account, new, trouble),
            None if all.ended => text.paragraph(TextStyle::Plain, "  not sent: it was stopped before this one"),
            None => {
                text.paragraph(TextStyle::Waiting, &format!("  {} waiting for its turn", theme.glyph(Glyph::Waiting)));
            }
        }
    }
    let title = format!("Accepting email changes of {}", root_access::accounts(all.items.len()));
    let inner = window(theme, buf, area, &title, text.lines.len(), TextStyle::Accent, drawn);
    let top = top.min(text.lines.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &text.lines, top, drawn);
    drawn.cursor = Some(Position { x: inner.x, y: inner.y });
}

impl Text<'_> {
    /// AWS took it; what it shows of it since.
    fn taken(&mut self, account: AccountId) {
        let (role, glyph, text) = match self.app.model.emails.org_role(account, self.app.model.now) {
            ChangeState::Completed => (TextStyle::On, Glyph::On, "COMPLETED: the account has the new address"),
            ChangeState::Failed => (TextStyle::Danger, Glyph::Danger, "FAILED after it was accepted: AWS says so"),
            ChangeState::OtherStatus(word, _) => {
                let text = format!("  {} AWS took the code and reports {word}", self.theme.glyph(Glyph::Unknown));
                return self.paragraph(TextStyle::Unknown, &text);
            }
            ChangeState::Accepted => {
                (TextStyle::Waiting, Glyph::Waiting, "ACCEPTED; waiting until AWS shows the new address")
            }
            ChangeState::Pending(_)
            | ChangeState::Unconfirmed(_)
            | ChangeState::AddressUnknown
            | ChangeState::AddressForgotten
            | ChangeState::Expired(_)
            | ChangeState::Quiet => {
                (TextStyle::Waiting, Glyph::Waiting, "AWS took the code and does not show it yet; ask again later (v)")
            }
        };
        let text = format!("  {} {text}", self.theme.glyph(glyph));
        self.paragraph(role, &text);
    }

    fn trouble(&mut self, account: AccountId, new: &EmailAddress, trouble: &Trouble) {
        let (role, glyph) = match trouble {
            Trouble::Unknown(_) => (TextStyle::Unknown, Glyph::Unknown),
            Trouble::NotPermitted(_) | Trouble::Refused(_) | Trouble::Failed(_) => (TextStyle::Danger, Glyph::Danger),
        };
        self.paragraph(role, &format!("  {} {}", self.theme.glyph(glyph), notification::trouble_title(trouble)));
        match trouble {
            Trouble::NotPermitted(reason) => {
                self.paragraph(TextStyle::Plain, &format!("    {}", refusal::refusal(reason)));
            }
            Trouble::Refused(why) | Trouble::Failed(why) | Trouble::Unknown(why) => {
                let words = api_error::fault(why, self.app.model.caller_to_mend(why).as_ref());
                self.paragraph(TextStyle::Plain, &format!("    {}", words.said));
                let advice = advice(self.app, account, new, trouble).unwrap_or(&words.fix);
                self.paragraph(TextStyle::Quiet, &format!("    {advice}"));
            }
        }
    }
}
