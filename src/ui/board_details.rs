//! The details of the selected change beside view 2: who, when, what it means, what can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Drawn;
use super::beside::scrolled;

use super::canvas::{columns, labelled, pane, span, text_area, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::text::width;
use crate::words::{api_error, board, email, refusal, time};

/// The details of the change whose row the cursor rests on, scrolled.
pub(super) fn pane_of(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let known = app.details.and_then(|id| Some((id, app.model.emails.get(id)?)));
    let known = known.filter(|(_, facts)| facts.is_on_board(app.model.now));
    let focused = app.model.board.reading;
    let name =
        known.and_then(|(id, _)| app.model.accounts.get(id)).map_or("Email change", |account| account.name.as_str());
    let inner = text_area(pane(theme, buf, area, name, focused, TextStyle::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    let Some((id, facts)) = known else { return };
    let content = Details { app, theme, room: columns(inner), lines: Vec::new() }.of(id, facts);
    scrolled(buf, inner, &content, app.model.board.top, drawn);
}

struct Details<'a> {
    app: &'a App,
    theme: Theme,
    room: usize,
    lines: Vec<Line<'static>>,
}

impl Details<'_> {
    fn paragraph(&mut self, role: TextStyle, text: &str) {
        let theme = self.theme;
        self.lines.extend(wrap(text, self.room).into_iter().map(|line| Line::from(span(theme, role, line))));
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A label and its value, the value on lines of its own where it does not fit beside it.
    fn value(&mut self, label: &str, text: &str) {
        if width(text) + 15 <= self.room {
            self.lines.push(labelled(self.theme, label, vec![Span::raw(text.to_owned())]));
        } else {
            self.lines.push(labelled(self.theme, label, Vec::new()));
            self.paragraph(TextStyle::Plain, &format!("  {text}"));
        }
    }

    fn of(mut self, id: AccountId, facts: &EmailFacts) -> Vec<Line<'static>> {
        let dot = self.theme.glyph(Glyph::Dot);
        let account = self.app.model.accounts.get(id);
        if let Some(account) = account.filter(|account| width(&account.name) + 2 > self.room) {
            self.paragraph(TextStyle::Plain, &account.name);
        }
        let place = account.map_or("not in the listing", |_| self.app.model.accounts.path(id)).to_owned();
        self.paragraph(TextStyle::Quiet, &format!("{id} {dot} {place}"));
        self.blank();
        let org_role = facts.org_role(self.app.model.now);
        let (role, glyph) = glyph(&org_role);
        let mut status = format!("{} {}", self.theme.glyph(glyph), email::org_role(&org_role));
        if org_role == ChangeState::Quiet {
            status = format!("{} not known", self.theme.glyph(glyph));
        }
        if let ChangeState::Pending(started) | ChangeState::Unconfirmed(started) = org_role {
            status = format!("{status}  {}", time::left(started.time_left(self.app.model.now)));
        }
        self.lines.push(labelled(self.theme, "Change", vec![span(self.theme, role, status)]));
        self.addresses(id, facts);
        self.blank();
        self.paragraph(
            if role == TextStyle::Danger { TextStyle::Attention } else { TextStyle::Plain },
            board::meaning(&org_role),
        );
        self.reported(facts);
        self.blank();
        for (key, text) in board::choices(facts, self.app.model.now) {
            self.choice(key, text);
        }
        if let Err(reason) = permit_email_of(id, &self.app.model.facts(account))
            && reason != Refusal::IdentityUnconfirmed
        {
            self.blank();
            self.paragraph(TextStyle::Attention, &format!("Nothing can be changed: {}.", refusal::refusal(&reason)));
        }
        self.lines
    }

    fn addresses(&mut self, id: AccountId, facts: &EmailFacts) {
        let listed = self.app.model.accounts.get(id).map(|account| account.email.clone());
        match facts.known_start(self.app.model.now) {
            Some(started) => {
                self.value("Old", &started.old);
                self.value("New", started.new.as_str());
                self.value("Started", &time::moment(started.started, &self.app.model.start.time_zone));
                self.by(started);
            }
            None => {
                self.value("Present email", &listed.unwrap_or_else(|| "?".to_owned()));
            }
        }
        for earlier in &facts.earlier {
            let when = time::moment(earlier.started, &self.app.model.start.time_zone);
            let text = format!(
                "Before it, {when}: {} {}. If the newest never came about, that one is pending.",
                self.theme.glyph(Glyph::Arrow),
                earlier.new
            );
            self.paragraph(TextStyle::Quiet, &text);
        }
    }

    fn by(&mut self, started: &StartedEmailChange) {
        match &started.by {
            Some(by) => self.value("By", &crate::domain::text::clean(by)),
            None => self.value("By", &email::starter(started)),
        }
    }

    /// What AWS said, when, and why it did not where it did not.
    fn reported(&mut self, facts: &EmailFacts) {
        let zone = &self.app.model.start.time_zone;
        let state = &facts.change;
        if let Some(known) = state.last() {
            let since = known.value.updated.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
            let asked = time::ago(known.at, self.app.model.now);
            self.blank();
            self.paragraph(
                TextStyle::Quiet,
                &format!("AWS said {}{since}; asked {asked}.", known.value.status.as_str()),
            );
        }
        if state.is_loading() {
            self.paragraph(TextStyle::Waiting, &format!("{} asking", self.theme.glyph(Glyph::Waiting)));
        }
        if let Some(why) = state.fault() {
            let words = api_error::fault(why, self.app.model.caller_to_mend(why).as_ref());
            self.blank();
            self.paragraph(TextStyle::Unknown, &format!("{} {}", self.theme.glyph(Glyph::Unknown), words.tried));
            self.paragraph(TextStyle::Plain, &words.said);
            self.paragraph(TextStyle::Quiet, words.cause);
            self.paragraph(TextStyle::Plain, &words.fix);
        }
    }

    fn choice(&mut self, key: &str, text: &str) {
        let theme = self.theme;
        for (index, line) in wrap(text, self.room.saturating_sub(3)).into_iter().enumerate() {
            let key = if index == 0 { key } else { " " };
            self.lines.push(Line::from(vec![span(theme, TextStyle::Accent, format!("{key}  ")), Span::raw(line)]));
        }
    }
}

/// How a standing looks.
pub(super) fn glyph(org_role: &ChangeState<'_>) -> (TextStyle, Glyph) {
    match org_role {
        ChangeState::Quiet => (TextStyle::Unknown, Glyph::Unknown),
        ChangeState::Pending(_) | ChangeState::Accepted => (TextStyle::Waiting, Glyph::Waiting),
        ChangeState::Unconfirmed(_) | ChangeState::OtherStatus(..) => (TextStyle::Unknown, Glyph::Unknown),
        ChangeState::Expired(_) | ChangeState::AddressForgotten => (TextStyle::Attention, Glyph::Attention),
        ChangeState::AddressUnknown | ChangeState::Failed => (TextStyle::Danger, Glyph::Danger),
        ChangeState::Completed => (TextStyle::On, Glyph::On),
    }
}
