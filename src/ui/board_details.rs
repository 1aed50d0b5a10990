//! The details of the selected change beside view 2: who, when, what it means, what can be done.

use super::beside::details;
use super::canvas::Canvas;
use super::measure::span;
use super::text::Text;
use super::theme::{Glyph, TextStyle};
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::text::width;
use crate::words::ui::views as says;
use crate::words::{board, email, refusal, time};

/// The details of the change whose row the cursor rests on, scrolled.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let known = app.details.and_then(|id| Some((id, app.model.emails.get(id)?)));
    let known = known.filter(|(_, facts)| facts.is_on_board(app.model.now));
    let name = known
        .and_then(|(id, _)| app.model.accounts.get(id))
        .map_or(says::EMAIL_CHANGE, |account| account.name.as_str());
    let place = (app.model.board.reading, app.model.board.top);
    details(canvas, name, place, known, |text, (id, facts)| Details { app, text }.of(id, facts));
}

struct Details<'a> {
    app: &'a App,
    text: &'a mut Text,
}

impl Details<'_> {
    fn of(mut self, id: AccountId, facts: &EmailFacts) {
        let dot = self.text.theme.glyph(Glyph::Dot);
        let account = self.app.model.accounts.get(id);
        if let Some(account) = account.filter(|account| width(&account.name) + 2 > self.text.room) {
            self.text.paragraph(TextStyle::Plain, &account.name);
        }
        let place = account.map_or(says::NOT_IN_THE_LISTING, |_| self.app.model.accounts.path(id)).to_owned();
        self.text.paragraph(TextStyle::Quiet, &format!("{id} {dot} {place}"));
        self.text.blank();
        let org_role = facts.org_role(self.app.model.now);
        let (role, glyph) = glyph(&org_role);
        let mut status = format!("{} {}", self.text.theme.glyph(glyph), email::org_role(&org_role));
        if org_role == ChangeState::Quiet {
            status = says::not_known(self.text.theme.glyph(glyph));
        }
        if let ChangeState::Pending(started) | ChangeState::Unconfirmed(started) = org_role {
            status = format!("{status}  {}", time::left(started.time_left(self.app.model.now)));
        }
        self.text.label("Change", role, status);
        self.addresses(id, facts);
        self.text.blank();
        self.text.paragraph(
            if role == TextStyle::Danger { TextStyle::Attention } else { TextStyle::Plain },
            board::meaning(&org_role),
        );
        self.reported(facts);
        self.text.blank();
        for (key, text) in board::choices(facts, self.app.model.now) {
            self.text.hanging(
                span(self.text.theme, TextStyle::Accent, format!("{key}  ")),
                TextStyle::Accent,
                TextStyle::Plain,
                text,
            );
        }
        if let Err(reason) = permit_email_of(id, &self.app.model.facts(account))
            && reason != Refusal::IdentityUnconfirmed
        {
            self.text.blank();
            self.text.paragraph(TextStyle::Attention, &says::nothing_can_be_changed(refusal::refusal(&reason)));
        }
    }

    fn addresses(&mut self, id: AccountId, facts: &EmailFacts) {
        let listed = self.app.model.accounts.get(id).map(|account| account.email.clone());
        match facts.known_start(self.app.model.now) {
            Some(started) => {
                self.text.value("Old", TextStyle::Plain, &started.old);
                self.text.value("New", TextStyle::Plain, started.new.as_str());
                self.text.value(
                    "Started",
                    TextStyle::Plain,
                    &time::moment(started.started, &self.app.model.start.time_zone),
                );
                self.by(started);
            }
            None => {
                self.text.value(says::PRESENT_EMAIL, TextStyle::Plain, &listed.unwrap_or_else(|| "?".to_owned()));
            }
        }
        for earlier in &facts.earlier {
            let when = time::moment(earlier.started, &self.app.model.start.time_zone);
            let text = says::started_before(when, self.text.theme.glyph(Glyph::Arrow), &earlier.new);
            self.text.paragraph(TextStyle::Quiet, &text);
        }
    }

    fn by(&mut self, started: &StartedEmailChange) {
        match &started.by {
            Some(by) => self.text.value("By", TextStyle::Plain, &crate::domain::text::clean(by)),
            None => self.text.value("By", TextStyle::Plain, &email::starter(started)),
        }
    }

    /// What AWS said, when, and why it did not where it did not.
    fn reported(&mut self, facts: &EmailFacts) {
        let zone = &self.app.model.start.time_zone;
        let state = &facts.change;
        if let Some(known) = state.last() {
            let since = known.value.updated.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
            let asked = time::ago(known.at, self.app.model.now);
            self.text.blank();
            self.text.paragraph(TextStyle::Quiet, &says::aws_said(known.value.status.as_str(), since, asked));
        }
        if state.is_loading() {
            self.text.flagged(Glyph::Waiting, "asking");
        }
        if let Some(why) = state.fault() {
            self.text.unread(self.app, why);
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
