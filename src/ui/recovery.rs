use super::text::Text;
use super::theme::{Glyph, TextStyle, Theme};
use crate::app::shell::App;
use crate::domain::account::AccountId;
use crate::words::time;
use crate::words::ui::views as says;

pub(super) fn recovery_left_open(app: &App, text: &mut Text, account: AccountId) {
    if let Some(open) = app.model.recovery.left_open(account) {
        let glyph = if open.is_expired(app.model.now) { Glyph::Danger } else { Glyph::Attention };
        text.flagged(glyph, &says::recovery_left_open(left_open(app, account)));
    }
}

/// The same for a list, where the end of a line may be cut off.
pub(super) fn left_open_short(app: &App, account: AccountId) -> String {
    let zone = &app.model.start.time_zone;
    let Some(open) = app.model.recovery.left_open(account) else { return String::new() };
    let near = |at| time::near(at, app.model.now, zone);
    let since = near(open.since);
    let Some(until) = open.until else { return left_open(app, account) };
    match open.left(app.model.now).filter(jiff::SignedDuration::is_positive) {
        Some(left) => says::recovery_listed_until(time::left(left), near(until), since),
        None => says::recovery_listed_expired(near(until), since),
    }
}

/// Since when an account is left open, and what was seen of it since.
pub(super) fn left_open(app: &App, account: AccountId) -> String {
    let zone = &app.model.start.time_zone;
    let Some(open) = app.model.recovery.left_open(account) else { return String::new() };
    let gone = app.model.login_profile(account).filter(|known| known.value.is_absent() && known.at >= open.since);
    let gone = gone.map(|known| says::no_login_profile(time::clock(known.at, zone)));
    let end = open.until.map(|until| {
        let at = time::moment(until, zone);
        match open.left(app.model.now).filter(jiff::SignedDuration::is_positive) {
            Some(left) => says::recovery_until(at, time::left(left)),
            None => says::recovery_expired_since(at),
        }
    });
    format!("since {}{}{}", time::moment(open.since, zone), end.unwrap_or_default(), gone.unwrap_or_default())
}

/// That the recovery of an account is allowed, and for how long, in seven columns.
pub(super) fn listed(app: &App, theme: Theme, account: AccountId) -> Option<(TextStyle, String)> {
    let open = app.model.recovery.left_open(account)?;
    let (glyph, text) = match open.left(app.model.now) {
        Some(left) if left.is_positive() => (Glyph::Waiting, time::largest(left)),
        Some(_) => (Glyph::Danger, says::RECOVERY_OPEN.to_owned()),
        None => (Glyph::Waiting, says::RECOVERY_OPEN.to_owned()),
    };
    Some((glyph.style(), format!("{} {text}", theme.glyph(glyph))))
}
