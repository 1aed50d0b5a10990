//! Beside the list: the account under the resting cursor, and the switches.

use ratatui::layout::{Constraint, Layout, Spacing};

use super::beside::details;
use super::canvas::Canvas;
use super::recovery::recovery_left_open;
use super::switches::{features_heading, line};
use super::text::Text;
use super::theme::{Glyph, TextStyle};
use crate::app::shell::App;
use crate::app::state::organization::switches as all_switches;
use crate::app::view::Pane;
use crate::domain::account::{Account, AccountState};
use crate::domain::address_finding::AddressFinding;
use crate::domain::contacts::{AlternateContact, Contact, ContactKind};
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::domain::remote_data::RemoteData;
use crate::domain::text::width;
use crate::words::contacts as words_of;
use crate::words::ui::views as says;
use crate::words::{address_finding, api_error, email, findings, refusal, time};

pub(super) fn account(app: &App, canvas: &mut Canvas<'_>) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let title = account.map_or("Account", |account| account.name.as_str());
    let top = account.map_or(0, |account| app.model.accounts.details_top(account.id));
    let place = (app.model.accounts.pane == Pane::Details, top);
    details(canvas, title, place, account, |text, account| account_lines(app, text, account));
}

fn account_lines(app: &App, text: &mut Text, account: &Account) {
    let zone = &app.model.start.time_zone;
    // The title of the frame has the name already, where it fits.
    if width(&account.name) + 2 > text.room {
        text.plain(&account.name);
    }
    let dot = text.theme.glyph(Glyph::Dot);
    let since = account.joined.map(|at| format!(" {dot} since {}", time::day(at, zone))).unwrap_or_default();
    text.quiet(&format!("{} {dot} {}{since}", account.id, app.model.accounts.path(account.id)));
    if app.model.organization.value().is_some_and(|organization| organization.management_account == account.id) {
        text.flagged(Glyph::Management, says::MANAGEMENT_ACCOUNT);
    }
    if account.state != AccountState::Active {
        text.flagged(Glyph::Attention, account.state.as_str());
        text.quiet(address_finding::NOT_REUSABLE);
    }
    text.blank();
    text.value(says::PRIMARY_EMAIL, &account.email);
    for finding in app.model.findings.of(account.id) {
        text.noted(Glyph::Differs, &findings::beside(finding, &account.email, zone));
    }
    for finding in app.model.findings.of_address(account.id) {
        let words = address_finding::sentence(*finding, app.model.findings.book(), account);
        match finding {
            // Many organizations want it so.
            AddressFinding::SharedMailbox => text.quiet(&format!("  {words}")),
            _ => text.noted(Glyph::Attention, &words),
        }
    }
    let facts = app.model.emails.get(account.id);
    verified(app, text, account, facts);
    text.blank();
    change(app, text, facts);
    text.blank();
    super::root_details::short(app, text, account);
    contacts(app, text, account);
    recovery_left_open(app, text, account.id);
    if let Err(reason) = permit_email_of(account.id, &app.model.facts(Some(account)))
        && !matches!(reason, Refusal::IdentityUnconfirmed)
    {
        text.blank();
        text.quiet(&says::no_email_change(refusal::refusal(&reason)));
    }
}

/// The alternate contacts, if AWS was asked.
fn contacts(app: &App, text: &mut Text, account: &Account) {
    text.blank();
    let known = app.model.contacts.of(account.id).and_then(RemoteData::value);
    let Some(contacts) = known else {
        return text.label(says::CONTACTS, TextStyle::Quiet, says::contacts_not_read());
    };
    text.plain(says::CONTACTS);
    let address =
        |contact: &Contact<_>| words_of::shown(contact, words_of::NONE, |it: &AlternateContact| it.email.clone());
    // All have the same form.
    let all_fit = contacts.alternates().into_iter().all(|(_, contact)| text.has_room_for(&address(contact)));
    for (kind, contact) in contacts.alternates() {
        let label = words_of::label_of(kind);
        match contact {
            Contact::Absent if kind == ContactKind::Security => text.state(label, Glyph::Danger, "none"),
            Contact::Unknown(error) => text.state(label, Glyph::Unknown, api_error::short(error.kind)),
            Contact::Present(contact) if !all_fit => {
                text.label(label, TextStyle::Quiet, "");
                text.plain(&format!("    {}", contact.email));
            }
            _ => text.value(label, &address(contact)),
        }
    }
}

fn verified(app: &App, text: &mut Text, account: &Account, facts: Option<&EmailFacts>) {
    let state = facts.map(|facts| &facts.primary);
    if let Some(error) = state.and_then(|state| state.error()) {
        return text.noted(Glyph::Unknown, &format!("GetPrimaryEmail: {}", api_error::short(error.kind)));
    }
    match state.and_then(|state| state.last()) {
        Some(known) if known.value == account.email => {
            let at = time::clock(known.at, &app.model.start.time_zone);
            text.quiet(&format!("  verified {at}"));
        }
        Some(known) => text.noted(Glyph::Attention, &says::get_primary_email_says(&known.value)),
        None if state.is_some_and(RemoteData::is_loading) => text.noted(Glyph::Waiting, "asking"),
        None => text.quiet(&says::as_listed()),
    }
}

fn change(app: &App, text: &mut Text, facts: Option<&EmailFacts>) {
    const LABEL: &str = says::EMAIL_CHANGE;
    let Some(facts) = facts else { return text.label(LABEL, TextStyle::Quiet, says::not_asked_yet()) };
    let state = facts.state(app.model.now);
    let word = email::state(&state);
    match &state {
        ChangeState::Quiet | ChangeState::Completed => quiet(app, text, LABEL, facts),
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            let left = time::left(started.time_left(app.model.now));
            text.state(LABEL, Glyph::Waiting, &format!("{word}  {left}"));
            started_lines(app, text, started);
        }
        ChangeState::Expired(started) => {
            text.state(LABEL, Glyph::Attention, word);
            started_lines(app, text, started);
        }
        ChangeState::AddressUnknown => {
            text.state(LABEL, Glyph::Danger, &format!("PENDING, {word}"));
            text.attention(&format!("  {}", email::NOT_STARTED_HERE));
        }
        ChangeState::AddressForgotten => {
            text.state(LABEL, Glyph::Attention, &format!("PENDING, {word}"));
            text.attention(&format!("  {}", email::ADDRESS_FORGOTTEN));
        }
        ChangeState::OtherStatus(_, started) => {
            text.state(LABEL, Glyph::Unknown, word);
            if let Some(started) = started {
                started_lines(app, text, started);
            }
        }
        ChangeState::Accepted => text.state(LABEL, Glyph::Waiting, &says::waiting_for_aws(word)),
        ChangeState::Failed => text.state(LABEL, Glyph::Danger, word),
    }
    // Where nothing else is known, its line has the cause already.
    let is_said = facts.change.last().is_none() && facts.started.is_none();
    if let Some(error) = facts.change.error().filter(|_| !is_said) {
        text.noted(Glyph::Unknown, &says::could_not_be_asked(api_error::short(error.kind)));
    }
}

fn quiet(app: &App, text: &mut Text, label: &str, facts: &EmailFacts) {
    let state = &facts.change;
    match state.last() {
        Some(known) => {
            let zone = &app.model.start.time_zone;
            let since = known.value.updated.map(|at| format!(" {}", time::moment(at, zone))).unwrap_or_default();
            text.label(label, TextStyle::Quiet, format!("{}{since}", known.value.status.as_str().to_lowercase()));
        }
        None if state.is_loading() => text.state(label, Glyph::Waiting, "asking"),
        None => match state.error().map(|error| error.kind) {
            // The email above could not be read for the same reason.
            Some(kind) if facts.primary.error().is_some_and(|error| error.kind == kind) => {
                text.label(label, TextStyle::Unknown, says::not_known(text.theme.glyph(Glyph::Unknown)));
            }
            Some(kind) => text.state(label, Glyph::Unknown, api_error::short(kind)),
            None => text.label(label, TextStyle::Quiet, says::not_asked_yet()),
        },
    }
}

fn started_lines(app: &App, text: &mut Text, started: &StartedEmailChange) {
    let when = time::moment(started.started, &app.model.start.time_zone);
    text.noted_as(TextStyle::Plain, Glyph::Arrow, started.new.as_str());
    text.quiet(&format!("  started {when} {}", email::starter(started)));
}

pub(super) fn switches(app: &App, canvas: &mut Canvas<'_>) {
    if canvas.area.height < 7 {
        // The corner of the details above, which share the edge, says whether they go on.
        let title = if canvas.room() < 45 { says::SWITCHES } else { says::ALL_SWITCHES };
        return some_switches(app, canvas, title, 0..4);
    }
    let features = features_heading(app, canvas.room().saturating_sub(2));
    let [above, below] =
        Layout::vertical([Constraint::Length(4), Constraint::Min(0)]).spacing(Spacing::Overlap(1)).areas(canvas.area);
    some_switches(app, &mut canvas.on(above), says::TRUSTED_ACCESS, 0..2);
    some_switches(app, &mut canvas.on(below), features, 2..4);
}

fn some_switches(app: &App, canvas: &mut Canvas<'_>, title: &str, range: std::ops::Range<usize>) {
    let at = app.model.switches.switches.index();
    let focused = app.model.accounts.pane == Pane::Switches;
    let mut inner = canvas.pane(title, focused && range.contains(&at), TextStyle::Accent);
    let all = all_switches();
    for (switch, index) in all.get(range.clone()).unwrap_or_default().iter().zip(range) {
        let selected = focused && at == index;
        let mut row = inner.take(1);
        if row.area.is_empty() {
            break;
        }
        let line = line(app, switch, 44, row.slot(selected));
        row.drawn.cursor = row.row(line, selected).or(row.drawn.cursor);
    }
}
