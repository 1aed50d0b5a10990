//! The details of the selected change beside view 2: who, when, what it means, what can be done.

use super::beside::details;
use super::canvas::Canvas;
use super::measure::span;
use super::text::Text;
use super::theme::{Glyph, TextStyle};
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::text::{clean, width};
use crate::words::keys::key;
use crate::words::ui::views as says;
use crate::words::{board, email, refusal, time};

pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let known = app.details.and_then(|id| Some((id, app.model.emails.get(id)?)));
    let known = known.filter(|(_, facts)| facts.is_on_board(app.model.now));
    let name = known
        .and_then(|(id, _)| app.model.accounts.get(id))
        .map_or(says::EMAIL_CHANGE, |account| account.name.as_str());
    let place = (app.model.board.pane.reading, app.model.board.pane.top);
    details(canvas, name, place, known, |text, (id, facts)| change_lines(app, text, id, facts));
}

fn change_lines(app: &App, text: &mut Text, id: AccountId, facts: &EmailFacts) {
    let dot = text.theme.glyph(Glyph::Dot);
    let account = app.model.accounts.get(id);
    if let Some(account) = account.filter(|account| width(&account.name) + 2 > text.room) {
        text.plain(&account.name);
    }
    let place = account.map_or(says::NOT_IN_THE_LISTING, |_| app.model.accounts.path(id)).to_owned();
    text.quiet(&format!("{id} {dot} {place}"));
    text.blank();
    let state = facts.state(app.model.now);
    let glyph = glyph_of(&state);
    let role = glyph.style();
    let mut status = format!("{} {}", text.theme.glyph(glyph), email::state(&state));
    if state == ChangeState::Quiet {
        status = says::not_known(text.theme.glyph(glyph));
    }
    if let ChangeState::Pending(started) | ChangeState::Unconfirmed(started) = state {
        status = format!("{status}  {}", time::left(started.time_left(app.model.now)));
    }
    text.label("Change", role, status);
    addresses(app, text, id, facts);
    text.blank();
    let loudness = if role == TextStyle::Danger { TextStyle::Attention } else { TextStyle::Plain };
    text.paragraph(loudness, &board::meaning(&state));
    reported(app, text, facts);
    text.blank();
    for (command, choice) in board::choices(facts, app.model.now) {
        let key = span(text.theme, TextStyle::Accent, format!("{}  ", key(command)));
        text.hanging(key, TextStyle::Accent, TextStyle::Plain, &choice);
    }
    if let Err(reason) = permit_email_of(id, &app.model.facts(account))
        && reason != Refusal::IdentityUnconfirmed
    {
        text.blank();
        text.attention(&says::nothing_can_be_changed(refusal::refusal(&reason)));
    }
}

fn addresses(app: &App, text: &mut Text, id: AccountId, facts: &EmailFacts) {
    let listed = app.model.accounts.get(id).map(|account| account.email.clone());
    match facts.known_start(app.model.now) {
        Some(started) => {
            text.value("Old", &started.old);
            text.value("New", started.new.as_str());
            text.value("Started", &time::moment(started.started, &app.model.start.time_zone));
            let by = started.by.as_ref().map_or_else(|| email::starter(started), |by| clean(by));
            text.value("By", &by);
        }
        None => text.value(says::PRESENT_EMAIL, &listed.unwrap_or_else(|| "?".to_owned())),
    }
    for earlier in &facts.earlier {
        let when = time::moment(earlier.started, &app.model.start.time_zone);
        text.quiet(&says::started_before(when, text.theme.glyph(Glyph::Arrow), &earlier.new));
    }
}

fn reported(app: &App, text: &mut Text, facts: &EmailFacts) {
    let zone = &app.model.start.time_zone;
    let state = &facts.change;
    if let Some(known) = state.last() {
        let since = known.value.updated.map(|at| format!(" since {}", time::moment(at, zone))).unwrap_or_default();
        let asked = time::ago(known.at, app.model.now);
        text.blank();
        text.quiet(&says::aws_said(known.value.status.as_str(), since, asked));
    }
    if state.is_loading() {
        text.flagged(Glyph::Waiting, "asking");
    }
    if let Some(why) = state.error() {
        text.unread(app, why);
    }
}

pub(super) fn glyph_of(state: &ChangeState<'_>) -> Glyph {
    match state {
        ChangeState::Quiet => Glyph::Unknown,
        ChangeState::Pending(_) | ChangeState::Accepted => Glyph::Waiting,
        ChangeState::Unconfirmed(_) | ChangeState::OtherStatus(..) => Glyph::Unknown,
        ChangeState::Expired(_) | ChangeState::AddressForgotten => Glyph::Attention,
        ChangeState::AddressUnknown | ChangeState::Failed => Glyph::Danger,
        ChangeState::Completed => Glyph::On,
    }
}
