//! Beside the list: the account whose row the cursor rests on, and the switches.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::canvas::{columns, labelled, lines, pane, span, text_area, wrap};
use super::theme::{Glyph, TextStyle, Theme};
use super::{Drawn, switches as switch_lines};
use crate::app::organization::switches as all_switches;
use crate::app::{App, Pane};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::{ChangeState, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::words::{api_error, email, findings, refusal, time};

pub(super) fn account(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let focused = app.pane == Pane::Details;
    let title = account.map_or("Account", |account| account.name.as_str());
    let inner = text_area(pane(theme, buf, area, title, focused, TextStyle::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    if let Some(account) = account {
        lines(buf, inner, &account_lines(app, theme, account, columns(inner)));
    }
}

fn account_lines(app: &App, theme: Theme, account: &Account, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    // The frame's title says the name already, where it fits.
    let titled = crate::domain::text::width(&account.name) + 2 <= room;
    let mut content = if titled { Vec::new() } else { wrapped(theme, TextStyle::Plain, &account.name, room) };
    let dot = theme.glyph(Glyph::Dot);
    let since = account.joined.map(|at| format!(" {dot} since {}", time::day(at, zone))).unwrap_or_default();
    content.extend(wrapped(
        theme,
        TextStyle::Quiet,
        &format!("{} {dot} {}{since}", account.id, app.model.accounts.path(account.id)),
        room,
    ));
    if app.model.organization.value().is_some_and(|organization| organization.management_account == account.id) {
        let text = format!("{} management account", theme.glyph(Glyph::Management));
        content.push(Line::from(span(theme, TextStyle::Accent, text)));
    }
    if account.state != AccountState::Active {
        let text = format!("{} {}", theme.glyph(Glyph::Attention), account.state.as_str());
        content.push(Line::from(span(theme, TextStyle::Attention, text)));
    }
    content.push(Line::default());
    content.extend(value(theme, "Primary email", &account.email, TextStyle::Plain, room));
    for finding in app.model.findings.of(account.id) {
        let text = format!("  {} {}", theme.glyph(Glyph::Differs), findings::beside(finding, &account.email, zone));
        content.extend(wrapped(theme, TextStyle::Attention, &text, room));
    }
    let facts = app.model.emails.get(account.id);
    content.extend(verified(app, theme, account, facts, room));
    content.push(Line::default());
    content.extend(change(app, theme, facts, room));
    content.push(Line::default());
    content.extend(super::root_details::short(app, theme, account));
    if let Some(text) = recovery_left_open(app, theme, account.id) {
        content.extend(wrapped(theme, TextStyle::Attention, &text, room));
    }
    if let Err(reason) = permit_email_of(account.id, &app.model.facts(Some(account)))
        && !matches!(reason, Refusal::IdentityUnconfirmed)
    {
        content.push(Line::default());
        content.extend(wrapped(
            theme,
            TextStyle::Quiet,
            &format!("No email change: {}.", refusal::refusal(&reason)),
            room,
        ));
    }
    content
}

/// That password recovery of an account is left open, if it is.
pub(super) fn recovery_left_open(app: &App, theme: Theme, account: AccountId) -> Option<String> {
    app.model.recovery.left_open(account)?;
    let since = left_open(app, account);
    Some(format!("{} password recovery left open {since}; O closes it", theme.glyph(Glyph::Attention)))
}

/// Since when an account is left open, and what was seen of it since.
pub(super) fn left_open(app: &App, account: AccountId) -> String {
    let zone = &app.model.start.time_zone;
    let Some(open) = app.model.recovery.left_open(account) else { return String::new() };
    let gone = app.model.login_profile(account).filter(|known| known.value.is_absent() && known.at >= open.since);
    let gone = gone.map(|known| format!("; AWS showed no login profile at {}", time::clock(known.at, zone)));
    format!("since {}{}", time::moment(open.since, zone), gone.unwrap_or_default())
}

/// What `GetPrimaryEmail` says beside the listing.
fn verified(app: &App, theme: Theme, account: &Account, facts: Option<&EmailFacts>, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    let Some(state) = facts.map(|facts| &facts.primary) else {
        return wrapped(theme, TextStyle::Quiet, "  as listed; v asks GetPrimaryEmail", room);
    };
    if let Some(fault) = state.fault() {
        let text = format!("  {} GetPrimaryEmail: {}", theme.glyph(Glyph::Unknown), api_error::short(fault.kind));
        return wrapped(theme, TextStyle::Unknown, &text, room);
    }
    match state.last() {
        Some(known) if known.value == account.email => {
            wrapped(theme, TextStyle::Quiet, &format!("  verified {}", time::clock(known.at, zone)), room)
        }
        Some(known) => {
            let text = format!("  {} GetPrimaryEmail says {}", theme.glyph(Glyph::Attention), known.value);
            wrapped(theme, TextStyle::Attention, &text, room)
        }
        None if state.is_loading() => {
            wrapped(theme, TextStyle::Waiting, &format!("  {} asking", theme.glyph(Glyph::Waiting)), room)
        }
        None => wrapped(theme, TextStyle::Quiet, "  as listed; v asks GetPrimaryEmail", room),
    }
}

/// How the account's email change stands.
fn change(app: &App, theme: Theme, facts: Option<&EmailFacts>, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    let Some(facts) = facts else {
        return vec![labelled(theme, "Email change", vec![span(theme, TextStyle::Quiet, "not asked; v asks")])];
    };
    let org_role = facts.org_role(app.model.now);
    let word = email::org_role(&org_role);
    let state = &facts.change;
    let mut content = Vec::new();
    match &org_role {
        ChangeState::Quiet | ChangeState::Completed => content.extend(quiet(theme, facts, zone)),
        ChangeState::Pending(started) | ChangeState::Unconfirmed(started) => {
            let left = time::left(started.time_left(app.model.now));
            let text = format!("{} {word}  {left}", theme.glyph(Glyph::Waiting));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Waiting, text)]));
            content.extend(started_lines(app, theme, started, room));
        }
        ChangeState::Expired(started) => {
            let text = format!("{} {word}", theme.glyph(Glyph::Attention));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Attention, text)]));
            content.extend(started_lines(app, theme, started, room));
        }
        ChangeState::AddressUnknown | ChangeState::AddressForgotten => {
            let text = format!("{} PENDING, {word}", theme.glyph(Glyph::Attention));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Attention, text)]));
            let why = email::without_address(&org_role).unwrap_or_default();
            content.extend(wrapped(theme, TextStyle::Attention, &format!("  {why}"), room));
        }
        ChangeState::OtherStatus(_, started) => {
            let text = format!("{} {word}", theme.glyph(Glyph::Unknown));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Unknown, text)]));
            content.extend(started.iter().flat_map(|started| started_lines(app, theme, started, room)));
        }
        ChangeState::Accepted => {
            let text = format!("{} {word}; waiting for AWS", theme.glyph(Glyph::Waiting));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Waiting, text)]));
        }
        ChangeState::Failed => {
            let text = format!("{} {word}", theme.glyph(Glyph::Danger));
            content.push(labelled(theme, "Email change", vec![span(theme, TextStyle::Danger, text)]));
        }
    }
    if let Some(fault) = state.fault() {
        let text = format!("  {} could not be asked: {}", theme.glyph(Glyph::Unknown), api_error::short(fault.kind));
        content.extend(wrapped(theme, TextStyle::Unknown, &text, room));
    }
    content
}

fn quiet(theme: Theme, facts: &EmailFacts, zone: &jiff::tz::TimeZone) -> Vec<Line<'static>> {
    let state = &facts.change;
    let value = match state.last() {
        Some(known) => {
            let since = known.value.updated.map(|at| format!(" {}", time::moment(at, zone))).unwrap_or_default();
            span(theme, TextStyle::Quiet, format!("{}{since}", known.value.status.as_str().to_lowercase()))
        }
        None if state.is_loading() => {
            span(theme, TextStyle::Waiting, format!("{} asking", theme.glyph(Glyph::Waiting)))
        }
        None if state.fault().is_some() => span(theme, TextStyle::Unknown, theme.glyph(Glyph::Unknown)),
        None => span(theme, TextStyle::Quiet, "not asked; v asks"),
    };
    vec![labelled(theme, "Email change", vec![value])]
}

fn started_lines(app: &App, theme: Theme, started: &StartedEmailChange, room: usize) -> Vec<Line<'static>> {
    let by = email::starter(started);
    let when = time::moment(started.started, &app.model.start.time_zone);
    let mut content =
        wrapped(theme, TextStyle::Plain, &format!("  {} {}", theme.glyph(Glyph::Arrow), started.new), room);
    content.extend(wrapped(theme, TextStyle::Quiet, &format!("  started {when} {by}"), room));
    content
}

fn wrapped(theme: Theme, role: TextStyle, text: &str, room: usize) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect()
}

/// A label and its value, the value on lines of its own where it does not fit beside it.
fn value(theme: Theme, label: &str, text: &str, role: TextStyle, room: usize) -> Vec<Line<'static>> {
    if crate::domain::text::width(text) + 15 <= room {
        return vec![labelled(theme, label, vec![span(theme, role, text)])];
    }
    let mut content = vec![labelled(theme, label, Vec::<Span<'static>>::new())];
    content.extend(wrapped(theme, role, &format!("  {text}"), room));
    content
}

/// Trusted access and root features.
pub(super) fn switches(app: &App, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let focused = app.pane == Pane::Switches;
    let split = area.height >= 8;
    let areas = if split {
        let top = Rect { height: 4, ..area };
        let bottom = Rect { y: area.y + 4, height: area.height - 4, ..area };
        vec![(top, "Trusted access", 0..2), (bottom, "Root features", 2..4)]
    } else {
        vec![(area, "Trusted access and root features", 0..4)]
    };
    let all = all_switches();
    for (area, title, range) in areas {
        let here = focused && range.contains(&app.model.switches.switches.index());
        let inner = pane(theme, buf, area, title, here, TextStyle::Accent);
        for (row, index) in inner.rows().zip(range) {
            let Some(switch) = all.get(index) else { continue };
            let selected = focused && app.model.switches.switches.index() == index;
            buf.set_line(row.x, row.y, &switch_lines::line(app, theme, switch, columns(row), selected), row.width);
            if selected {
                drawn.cursor = Some(Position { x: row.x, y: row.y });
            }
        }
    }
}
