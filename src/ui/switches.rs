//! How a switch of the organization is shown, wherever it is.

use ratatui::text::{Line, Span};

use super::canvas::{cut_end, fit, span};
use super::look::{Look, Role, Sign};
use crate::app::App;
use crate::domain::asked::Asked;
use crate::domain::change::Switch;
use crate::domain::root_feature::RootFeatures;
use crate::domain::text::width;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::{change, fault, time};

/// Sign, name and state of a switch in `room` columns.
pub(super) fn line(app: &App, look: Look, switch: &Switch, room: usize, selected: bool) -> Line<'static> {
    let (role, sign, state) = state(app, look, switch);
    let name = change::switch(switch);
    // The name comes first: a state that is too long is cut.
    let room = room.saturating_sub(5);
    let least = width(&name).min(room.saturating_sub(3)).max(1);
    let name_room = room.saturating_sub(width(&state)).clamp(least, 44.max(least));
    let name = fit(look, &name, name_room);
    let state = cut_end(look, &state, room.saturating_sub(name_room));
    row(look, role, sign, name, state, selected)
}

/// A row of sign, name and state, marked if it is selected.
pub(super) fn row(
    look: Look,
    role: Role,
    sign: &'static str,
    name: String,
    state: String,
    selected: bool,
) -> Line<'static> {
    let mark = if selected { look.sign(Sign::Selected) } else { " " };
    let mut name = Span::raw(name);
    if selected {
        name = name.style(ratatui::style::Modifier::REVERSED);
    }
    Line::from(vec![
        span(look, Role::Accent, mark),
        span(look, role, sign),
        Span::raw(" "),
        name,
        Span::raw("  "),
        span(look, if role == Role::On { Role::Quiet } else { role }, state),
    ])
}

/// What is known of a switch: the role and the sign of it, and the words.
pub(super) fn state(app: &App, look: Look, switch: &Switch) -> (Role, &'static str, String) {
    if let Some(awaited) = app.model.awaited.iter().find(|awaited| awaited.switch == *switch) {
        let text = if awaited.on { "turning on" } else { "turning off" };
        return (Role::Waiting, look.sign(Sign::Waiting), text.to_owned());
    }
    match switch {
        Switch::TrustedAccess(service) => service_state(app, look, service),
        Switch::RootFeature(feature) => {
            let asked = &app.model.switches.features;
            match asked.value().map(|features: &RootFeatures| features.is_on(*feature)) {
                Some(Some(on)) => known(look, asked, on, if on { "on" } else { "off" }.to_owned()),
                Some(None) => (Role::Unknown, look.sign(Sign::Unknown), "needs trust".to_owned()),
                None => unknown(look, asked),
            }
        }
    }
}

fn service_state(app: &App, look: Look, service: &ServicePrincipal) -> (Role, &'static str, String) {
    let asked = &app.model.switches.trusted;
    let Some(trusted) = asked.value() else { return unknown(look, asked) };
    match trusted.get(service) {
        Some(entry) => {
            let since = entry
                .enabled
                .map_or_else(|| "on".to_owned(), |at| format!("since {}", time::day(at, &app.model.start.time_zone)));
            let text = if asked.state().fault().is_some() { "on".to_owned() } else { since };
            known(look, asked, true, text)
        }
        None => known(look, asked, false, "off".to_owned()),
    }
}

fn known<T>(look: Look, asked: &Asked<T>, on: bool, text: String) -> (Role, &'static str, String) {
    let (role, sign) = if on { (Role::On, Sign::On) } else { (Role::Plain, Sign::Off) };
    match asked.state().fault() {
        // The last known state, said to be old.
        Some(fault) => {
            (Role::Attention, look.sign(Sign::Attention), format!("was {text}; {}", fault::short(fault.kind)))
        }
        None => (role, look.sign(sign), text),
    }
}

fn unknown<T>(look: Look, asked: &Asked<T>) -> (Role, &'static str, String) {
    match asked.state().fault() {
        Some(fault) => (Role::Unknown, look.sign(Sign::Unknown), fault::short(fault.kind).to_owned()),
        None if asked.state().is_loading() => (Role::Waiting, look.sign(Sign::Waiting), "asking".to_owned()),
        None => (Role::Unknown, look.sign(Sign::Unknown), "not asked".to_owned()),
    }
}
