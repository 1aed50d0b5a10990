//! A switch of the organization, wherever it is shown.

use ratatui::text::Line;

use super::measure::{cut_end, fit};
use super::slot::Slot;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::change::Switch;
use crate::domain::remote_data::RemoteData;
use crate::domain::root_feature::{RootFeature, RootFeatures};
use crate::domain::text::width;
use crate::domain::trusted_access::ServicePrincipal;
use crate::words::ui::views as says;
use crate::words::{api_error, time};

/// So many columns of a name stay beside the longest state: they tell it from others.
const LEAST: usize = 7;

/// The selection, the sign, the blanks, and the one before the border.
pub(super) const BESIDE: usize = 6;

/// `names` is the room of the longest name beside it.
pub(super) fn line(app: &App, switch: &Switch, names: usize, slot: Slot) -> Line<'static> {
    let theme = slot.theme;
    let (role, glyph, mut state) = state(app, theme, switch);
    let name = switch.to_string();
    if state == says::NEEDS_TRUST && !has_room(&name, slot.room) {
        // The heading says it.
        state.clear();
    }
    // The sign says that it is on: its name stays whole, and since when is in the details of view 4.
    if role == TextStyle::On {
        let fits = |state: &str| width(&name) + width(state) + BESIDE <= slot.room;
        let shown = [state.as_str(), "on"].into_iter().find(|state| fits(state)).unwrap_or_default();
        state = shown.to_owned();
    }
    // A long name is cut for another state, down to what tells it from others.
    let room = slot.room.saturating_sub(BESIDE);
    let least = width(&name).min(LEAST).min(room.saturating_sub(3)).max(1);
    let name_room = room.saturating_sub(width(&state)).clamp(least, names.max(least));
    let name = fit(theme, &name, name_room);
    let state = cut_end(theme, &state, room.saturating_sub(name_room));
    slot.row(role, glyph, name, state)
}

/// Whether a feature has room in a row of so many columns together with what it lacks.
fn has_room(name: &str, room: usize) -> bool {
    width(name) + width(says::NEEDS_TRUST) + BESIDE <= room
}

/// The heading of the features, with what they lack where their rows have no room for it.
pub(super) fn features_heading(app: &App, room: usize) -> &'static str {
    let lack = matches!(app.model.switches.features.value(), Some(RootFeatures::NeedTrustedAccess));
    let all_fit = RootFeature::ALL.iter().all(|feature| has_room(&feature.to_string(), room));
    if lack && !all_fit { says::FEATURES_NEED_TRUST } else { says::ROOT_FEATURES }
}

pub(super) fn state(app: &App, theme: Theme, switch: &Switch) -> (TextStyle, &'static str, String) {
    if let Some(awaited) = app.model.awaited.iter().find(|awaited| awaited.switch == *switch) {
        let text = if awaited.on { says::TURNING_ON } else { says::TURNING_OFF };
        return (TextStyle::Waiting, theme.glyph(Glyph::Waiting), text.to_owned());
    }
    match switch {
        Switch::TrustedAccess(service) => service_state(app, theme, service),
        Switch::RootFeature(feature) => {
            let asked = &app.model.switches.features;
            match asked.value().map(|features: &RootFeatures| features.is_on(*feature)) {
                Some(Some(on)) => known(theme, asked, on, if on { "on" } else { "off" }.to_owned()),
                Some(None) => (TextStyle::Unknown, theme.glyph(Glyph::Unknown), says::NEEDS_TRUST.to_owned()),
                None => unknown(theme, asked),
            }
        }
    }
}

fn service_state(app: &App, theme: Theme, service: &ServicePrincipal) -> (TextStyle, &'static str, String) {
    let asked = &app.model.switches.trusted;
    let Some(trusted) = asked.value() else { return unknown(theme, asked) };
    match trusted.get(service) {
        Some(entry) => {
            let since = entry
                .enabled
                .map_or_else(|| "on".to_owned(), |at| format!("since {}", time::day(at, &app.model.start.time_zone)));
            let text = if asked.error().is_some() { "on".to_owned() } else { since };
            known(theme, asked, true, text)
        }
        None => known(theme, asked, false, "off".to_owned()),
    }
}

fn known<T>(theme: Theme, asked: &RemoteData<T>, on: bool, text: String) -> (TextStyle, &'static str, String) {
    let (role, glyph) = if on { (TextStyle::On, Glyph::On) } else { (TextStyle::Off, Glyph::Off) };
    match asked.error() {
        // The last known state, marked as outdated.
        Some(error) => (
            TextStyle::Attention,
            theme.glyph(Glyph::Attention),
            format!("was {text}; {}", api_error::short(error.kind)),
        ),
        None => (role, theme.glyph(glyph), text),
    }
}

fn unknown<T>(theme: Theme, asked: &RemoteData<T>) -> (TextStyle, &'static str, String) {
    match asked.error() {
        Some(error) => (TextStyle::Unknown, theme.glyph(Glyph::Unknown), api_error::short(error.kind).to_owned()),
        None if asked.is_loading() => (TextStyle::Waiting, theme.glyph(Glyph::Waiting), "asking".to_owned()),
        None => (TextStyle::Unknown, theme.glyph(Glyph::Unknown), says::NOT_CHECKED.to_owned()),
    }
}
