//! The codes of mails, matched to the open changes; and what came of accepting them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::super::Drawn;
use super::super::canvas::{span, wrap};
use super::super::look::{Look, Role, Sign};
use super::super::root_access::progress;
use super::buttons::Button;
use super::email_change::advice;
use super::names::who;
use super::page::{Page, Typing, WIDEST};
use super::sheet::command_lines;
use super::window::{scrolled, window};
use crate::app::App;
use crate::app::acceptances::Acceptances;
use crate::app::confirm::Spot;
use crate::app::mails::{LeftMail, MailsDialog};
use crate::app::notice::Trouble;
use crate::domain::account::AccountId;
use crate::domain::email::EmailAddress;
use crate::domain::emails::ChangeStanding;
use crate::domain::run::Acceptance;
use crate::domain::text::clean;
use crate::words::{board, fault, news, refusal, root_access, time};

pub(super) fn draw(app: &App, dialog: &MailsDialog, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let room = usize::from(area.width.min(WIDEST)).saturating_sub(4);
    let content = Text { app, look, room, lines: Vec::new() }.of(dialog);
    let token = dialog.token();
    let (title, reading) = (title(dialog), dialog.reading);
    let below = 1 + usize::from(token.is_some());
    let page = Page { look, title: &title, role: Role::Accent, content: &content, reading, below, widest: WIDEST };
    let below = page.draw(buf, area, drawn);
    let mut buttons = vec![Button::new("Cancel", dialog.spot == Spot::Cancel, true, Role::Plain)];
    if !dialog.matches.is_empty() {
        buttons.push(Button::new("Accept", dialog.spot == Spot::Act, dialog.is_ready(), Role::Accent));
    }
    below.buttons(&buttons, buf, drawn);
    let focused = dialog.spot == Spot::Field;
    if let Some(token) = &token
        && let Some(row) = below.typing_row(below.rows().next(), focused, buf)
    {
        let typing =
            Typing { token, is_count: true, typed: &dialog.typed, is_right: dialog.is_ready(), focused, reading };
        typing.draw(look, buf, row, drawn);
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
    look: Look,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Text<'_> {
    fn say(&mut self, role: Role, text: &str) {
        let look = self.look;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(look, role, line))));
    }

    fn of(mut self, dialog: &MailsDialog) -> Vec<Line<'static>> {
        for item in &dialog.matches {
            self.matched(item);
        }
        if !dialog.left.is_empty() {
            if !dialog.matches.is_empty() {
                self.lines.push(Line::default());
            }
            self.say(Role::Plain, "Not taken:");
            dialog.left.iter().for_each(|mail| self.left(mail));
        }
        if !dialog.matches.is_empty() {
            self.lines.push(Line::default());
            self.say(Role::Plain, board::ACCEPT);
            self.lines.push(Line::default());
            let commands = self.app.model.commands(|caller| dialog.aws_commands(caller));
            for line in command_lines(self.app, &commands, self.room).into_iter().flatten() {
                self.lines.push(Line::from(span(self.look, Role::Quiet, line)));
            }
        }
        self.lines
    }

    fn matched(&mut self, item: &Acceptance) {
        let now = self.app.model.now;
        let change = self.app.model.emails.get(item.account.id).and_then(|facts| facts.open_to(item.new.as_str()));
        let left = change.map(|change| format!("  {}", time::left(change.time_left(now)))).unwrap_or_default();
        let name = format!("{} {} ({})", self.look.sign(Sign::On), item.account.name, item.account.id);
        self.say(Role::On, &name);
        self.say(Role::Plain, &format!("  {} {}{left}", self.look.sign(Sign::Arrow), item.new));
    }

    fn left(&mut self, mail: &LeftMail) {
        let account = mail.account.map(|id| format!(" {} {}", self.look.sign(Sign::Dot), clean(&who(self.app, id))));
        let text = format!("{} {}{}", self.look.sign(Sign::Attention), mail.address, account.unwrap_or_default());
        self.say(Role::Attention, &text);
        self.say(Role::Plain, &format!("  {}", board::problem(&mail.why)));
    }
}

/// What came of accepting changes, as far as it is.
pub(super) fn results(
    app: &App,
    all: &Acceptances,
    top: usize,
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let room = usize::from(area.width.min(90)).saturating_sub(4);
    let mut text = Text { app, look, room, lines: Vec::new() };
    if !all.ended
        && let Some(line) = progress(app, look, room)
    {
        text.lines.push(line);
    }
    for (account, new) in &all.items {
        text.say(Role::Accent, &clean(&who(app, *account)));
        text.say(Role::Quiet, &format!("  {} {new}", look.sign(Sign::Arrow)));
        match all.results.get(account) {
            Some(Ok(())) => text.taken(*account),
            Some(Err(trouble)) => text.trouble(*account, new, trouble),
            None if all.ended => text.say(Role::Plain, "  not sent: it was stopped before this one"),
            None => text.say(Role::Waiting, &format!("  {} waiting for its turn", look.sign(Sign::Waiting))),
        }
    }
    let title = format!("Accepting email changes of {}", root_access::accounts(all.items.len()));
    let inner = window(look, buf, area, &title, text.lines.len(), Role::Accent, drawn);
    let top = top.min(text.lines.len().saturating_sub(usize::from(inner.height)));
    scrolled(buf, inner, &text.lines, top, drawn);
    drawn.cursor = Some(Position { x: inner.x, y: inner.y });
}

impl Text<'_> {
    /// AWS took it; what it shows of it since.
    fn taken(&mut self, account: AccountId) {
        let (role, sign, text) = match self.app.model.emails.standing(account, self.app.model.now) {
            ChangeStanding::Completed => (Role::On, Sign::On, "COMPLETED: the account has the new address"),
            ChangeStanding::Failed => (Role::Danger, Sign::Danger, "FAILED after it was accepted: AWS says so"),
            ChangeStanding::OtherStatus(word, _) => {
                let text = format!("  {} AWS took the code and reports {word}", self.look.sign(Sign::Unknown));
                return self.say(Role::Unknown, &text);
            }
            ChangeStanding::Accepted => {
                (Role::Waiting, Sign::Waiting, "ACCEPTED; waiting until AWS shows the new address")
            }
            ChangeStanding::Pending(_)
            | ChangeStanding::Unconfirmed(_)
            | ChangeStanding::AddressUnknown
            | ChangeStanding::AddressForgotten
            | ChangeStanding::Expired(_)
            | ChangeStanding::Quiet => {
                (Role::Waiting, Sign::Waiting, "AWS took the code and does not show it yet; ask again later (v)")
            }
        };
        let text = format!("  {} {text}", self.look.sign(sign));
        self.say(role, &text);
    }

    fn trouble(&mut self, account: AccountId, new: &EmailAddress, trouble: &Trouble) {
        let (role, sign) = match trouble {
            Trouble::Unknown(_) => (Role::Unknown, Sign::Unknown),
            Trouble::NotPermitted(_) | Trouble::Refused(_) | Trouble::Failed(_) => (Role::Danger, Sign::Danger),
        };
        self.say(role, &format!("  {} {}", self.look.sign(sign), news::trouble_title(trouble)));
        match trouble {
            Trouble::NotPermitted(reason) => self.say(Role::Plain, &format!("    {}", refusal::refusal(reason))),
            Trouble::Refused(why) | Trouble::Failed(why) | Trouble::Unknown(why) => {
                let words = fault::fault(why, self.app.model.caller_to_mend(why).as_ref());
                self.say(Role::Plain, &format!("    {}", words.said));
                let advice = advice(self.app, account, new, trouble).unwrap_or(&words.mend);
                self.say(Role::Quiet, &format!("    {advice}"));
            }
        }
    }
}
