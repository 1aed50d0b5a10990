//! Beside the list: the account whose row the cursor rests on, and the switches.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::canvas::{columns, labelled, lines, pane, span, text_area, wrap};
use super::look::{Look, Role, Sign};
use super::{Drawn, switches as switch_lines};
use crate::app::organization::switches as all_switches;
use crate::app::{App, Pane};
use crate::domain::account::{Account, AccountId, AccountState};
use crate::domain::email_change::StartedEmailChange;
use crate::domain::emails::{ChangeStanding, EmailFacts};
use crate::domain::permit::{Refusal, permit_email_of};
use crate::words::{email, fault, findings, refusal, time};

pub(super) fn account(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let account = app.details.and_then(|id| app.model.accounts.get(id));
    let focused = app.pane == Pane::Details;
    let title = account.map_or("Account", |account| account.name.as_str());
    let inner = text_area(pane(look, buf, area, title, focused, Role::Accent));
    if focused {
        drawn.cursor = Some(inner.as_position());
    }
    if let Some(account) = account {
        lines(buf, inner, &account_lines(app, look, account, columns(inner)));
    }
}

fn account_lines(app: &App, look: Look, account: &Account, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    // The frame's title says the name already, where it fits.
    let titled = crate::domain::text::width(&account.name) + 2 <= room;
    let mut content = if titled { Vec::new() } else { wrapped(look, Role::Plain, &account.name, room) };
    let dot = look.sign(Sign::Dot);
    let since = account.joined.map(|at| format!(" {dot} since {}", time::day(at, zone))).unwrap_or_default();
    content.extend(wrapped(
        look,
        Role::Quiet,
        &format!("{} {dot} {}{since}", account.id, app.model.accounts.path(account.id)),
        room,
    ));
    if app.model.organization.value().is_some_and(|organization| organization.management_account == account.id) {
        let text = format!("{} management account", look.sign(Sign::Management));
        content.push(Line::from(span(look, Role::Accent, text)));
    }
    if account.state != AccountState::Active {
        let text = format!("{} {}", look.sign(Sign::Attention), account.state.as_str());
        content.push(Line::from(span(look, Role::Attention, text)));
    }
    content.push(Line::default());
    content.extend(value(look, "Primary email", &account.email, Role::Plain, room));
    for finding in app.model.findings.of(account.id) {
        let text = format!("  {} {}", look.sign(Sign::Differs), findings::beside(finding, &account.email, zone));
        content.extend(wrapped(look, Role::Attention, &text, room));
    }
    let facts = app.model.emails.get(account.id);
    content.extend(verified(app, look, account, facts, room));
    content.push(Line::default());
    content.extend(change(app, look, facts, room));
    content.push(Line::default());
    content.extend(super::root_details::short(app, look, account));
    if let Some(text) = recovery_left_open(app, look, account.id) {
        content.extend(wrapped(look, Role::Attention, &text, room));
    }
    if let Err(reason) = permit_email_of(account.id, &app.model.facts(Some(account)))
        && !matches!(reason, Refusal::IdentityUnconfirmed)
    {
        content.push(Line::default());
        content.extend(wrapped(look, Role::Quiet, &format!("No email change: {}.", refusal::refusal(&reason)), room));
    }
    content
}

/// That password recovery of an account is left open, if it is.
pub(super) fn recovery_left_open(app: &App, look: Look, account: AccountId) -> Option<String> {
    app.model.recovery.left_open(account)?;
    let since = left_open(app, account);
    Some(format!("{} password recovery left open {since}; O closes it", look.sign(Sign::Attention)))
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
fn verified(app: &App, look: Look, account: &Account, facts: Option<&EmailFacts>, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    let Some(state) = facts.map(|facts| facts.primary.state()) else {
        return wrapped(look, Role::Quiet, "  as listed; v asks GetPrimaryEmail", room);
    };
    if let Some(fault) = state.fault() {
        let text = format!("  {} GetPrimaryEmail: {}", look.sign(Sign::Unknown), fault::short(fault.kind));
        return wrapped(look, Role::Unknown, &text, room);
    }
    match state.last() {
        Some(known) if known.value == account.email => {
            wrapped(look, Role::Quiet, &format!("  verified {}", time::clock(known.at, zone)), room)
        }
        Some(known) => {
            let text = format!("  {} GetPrimaryEmail says {}", look.sign(Sign::Attention), known.value);
            wrapped(look, Role::Attention, &text, room)
        }
        None if state.is_loading() => {
            wrapped(look, Role::Waiting, &format!("  {} asking", look.sign(Sign::Waiting)), room)
        }
        None => wrapped(look, Role::Quiet, "  as listed; v asks GetPrimaryEmail", room),
    }
}

/// How the account's email change stands.
fn change(app: &App, look: Look, facts: Option<&EmailFacts>, room: usize) -> Vec<Line<'static>> {
    let zone = &app.model.start.time_zone;
    let Some(facts) = facts else {
        return vec![labelled(look, "Email change", vec![span(look, Role::Quiet, "not asked; v asks")])];
    };
    let standing = facts.standing(app.model.now);
    let word = email::standing(&standing);
    let state = facts.change.state();
    let mut content = Vec::new();
    match &standing {
        ChangeStanding::Quiet | ChangeStanding::Completed => content.extend(quiet(look, facts, zone)),
        ChangeStanding::Pending(started) | ChangeStanding::Unconfirmed(started) => {
            let left = time::left(started.time_left(app.model.now));
            let text = format!("{} {word}  {left}", look.sign(Sign::Waiting));
            content.push(labelled(look, "Email change", vec![span(look, Role::Waiting, text)]));
            content.extend(started_lines(app, look, started, room));
        }
        ChangeStanding::Expired(started) => {
            let text = format!("{} {word}", look.sign(Sign::Attention));
            content.push(labelled(look, "Email change", vec![span(look, Role::Attention, text)]));
            content.extend(started_lines(app, look, started, room));
        }
        ChangeStanding::AddressUnknown | ChangeStanding::AddressForgotten => {
            let text = format!("{} PENDING, {word}", look.sign(Sign::Attention));
            content.push(labelled(look, "Email change", vec![span(look, Role::Attention, text)]));
            let why = email::without_address(&standing).unwrap_or_default();
            content.extend(wrapped(look, Role::Attention, &format!("  {why}"), room));
        }
        ChangeStanding::OtherStatus(_, started) => {
            let text = format!("{} {word}", look.sign(Sign::Unknown));
            content.push(labelled(look, "Email change", vec![span(look, Role::Unknown, text)]));
            content.extend(started.iter().flat_map(|started| started_lines(app, look, started, room)));
        }
        ChangeStanding::Accepted => {
            let text = format!("{} {word}; waiting for AWS", look.sign(Sign::Waiting));
            content.push(labelled(look, "Email change", vec![span(look, Role::Waiting, text)]));
        }
        ChangeStanding::Failed => {
            let text = format!("{} {word}", look.sign(Sign::Danger));
            content.push(labelled(look, "Email change", vec![span(look, Role::Danger, text)]));
        }
    }
    if let Some(fault) = state.fault() {
        let text = format!("  {} could not be asked: {}", look.sign(Sign::Unknown), fault::short(fault.kind));
        content.extend(wrapped(look, Role::Unknown, &text, room));
    }
    content
}

fn quiet(look: Look, facts: &EmailFacts, zone: &jiff::tz::TimeZone) -> Vec<Line<'static>> {
    let state = facts.change.state();
    let value = match state.last() {
        Some(known) => {
            let since = known.value.updated.map(|at| format!(" {}", time::moment(at, zone))).unwrap_or_default();
            span(look, Role::Quiet, format!("{}{since}", known.value.status.as_str().to_lowercase()))
        }
        None if state.is_loading() => span(look, Role::Waiting, format!("{} asking", look.sign(Sign::Waiting))),
        None if state.fault().is_some() => span(look, Role::Unknown, look.sign(Sign::Unknown)),
        None => span(look, Role::Quiet, "not asked; v asks"),
    };
    vec![labelled(look, "Email change", vec![value])]
}

fn started_lines(app: &App, look: Look, started: &StartedEmailChange, room: usize) -> Vec<Line<'static>> {
    let by = email::starter(started);
    let when = time::moment(started.started, &app.model.start.time_zone);
    let mut content = wrapped(look, Role::Plain, &format!("  {} {}", look.sign(Sign::Arrow), started.new), room);
    content.extend(wrapped(look, Role::Quiet, &format!("  started {when} {by}"), room));
    content
}

fn wrapped(look: Look, role: Role, text: &str, room: usize) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::from(span(look, role, line))).collect()
}

/// A label and its value, the value on lines of its own where it does not fit beside it.
fn value(look: Look, label: &str, text: &str, role: Role, room: usize) -> Vec<Line<'static>> {
    if crate::domain::text::width(text) + 15 <= room {
        return vec![labelled(look, label, vec![span(look, role, text)])];
    }
    let mut content = vec![labelled(look, label, Vec::<Span<'static>>::new())];
    content.extend(wrapped(look, role, &format!("  {text}"), room));
    content
}

/// Trusted access and root features.
pub(super) fn switches(app: &App, look: Look, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
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
        let inner = pane(look, buf, area, title, here, Role::Accent);
        for (row, index) in inner.rows().zip(range) {
            let Some(switch) = all.get(index) else { continue };
            let selected = focused && app.model.switches.switches.index() == index;
            buf.set_line(row.x, row.y, &switch_lines::line(app, look, switch, columns(row), selected), row.width);
            if selected {
                drawn.cursor = Some(Position { x: row.x, y: row.y });
            }
        }
    }
}
