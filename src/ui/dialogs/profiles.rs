//! Whose credentials are used: choosing a profile, and the code of an MFA device.

use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, fit, span};
use super::super::slot::Slot;
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::outcome::error_lines;
use super::sheet::Sheet;
use super::window::{prompt, text_for, widest, window};
use crate::app::dialogs::mfa_code::EnterMfaCode;
use crate::app::dialogs::profiles::ChooseProfile;
use crate::app::shell::App;
use crate::domain::profile::{CredentialSource, Profile};
use crate::domain::text::width;
use crate::words::api_error::headline;
use crate::words::ui::dialogs as says;
use crate::words::{profiles as words, sign_in};

/// The most columns of a name where there is not room for all of each column; a longer one is cut.
const NAME: usize = 30;
/// The columns of the sources before accounts and regions get any.
const SOURCE: usize = 48;

pub(super) fn choose(app: &App, dialog: &ChooseProfile, canvas: &mut Canvas<'_>) {
    let listed = &app.model.profiles.listed;
    let all = listed.value().map_or(&[][..], Vec::as_slice);
    let mut notes = text_for(canvas, widest(canvas));
    say_notes(app, &mut notes);
    let mut inner = window(canvas, "Profiles", TextStyle::Accent, all.len().max(1) + 1 + notes.lines.len());
    prompt(&mut inner.take(1), "/", &dialog.field);
    // On a low screen the rows need the room more.
    let below = cells(notes.lines.len()).min(inner.area.height.saturating_sub(3));
    let mut rows = inner.take(inner.area.height.saturating_sub(below));
    rows.drawn.geometry.dialog_rows = rows.rows();
    let (theme, room) = (rows.theme, rows.room());
    let table = Columns::of(all, room);
    rows.list(&dialog.list, |index, slot| Some(table.line(app, all.get(index)?, slot)));
    if dialog.list.rows().is_empty() {
        let (role, text) = match listed.error() {
            Some(error) => (TextStyle::Danger, headline(error)),
            None if listed.is_loading() => {
                (TextStyle::Waiting, says::reading_configuration(theme.glyph(Glyph::Waiting)))
            }
            None => (TextStyle::Quiet, words::NOT_FOUND.to_owned()),
        };
        rows.line(span(theme, role, cut_end(theme, &text, room)));
    }
    inner.lines(&notes.lines);
}

fn called(profile: &Profile) -> &str {
    let demo = matches!(profile.source, CredentialSource::Demo(_));
    profile.name.as_deref().unwrap_or(words::unnamed(demo))
}

fn say_notes(app: &App, text: &mut Text) {
    text.blank();
    text.quiet(words::EVERYTHING_IS_RELOADED);
    if !app.model.sessions.all().is_empty() {
        text.attention(&words::sessions(app.model.sessions.all().len()));
    }
}

/// The widths of the columns, in cells.
struct Columns {
    name: usize,
    source: usize,
    account: usize,
    region: usize,
}

impl Columns {
    /// Where it is narrow, account and region give way to the source.
    fn of(all: &[Profile], room: usize) -> Self {
        let widest = |text: fn(&Profile) -> &str| all.iter().map(|profile| width(text(profile))).max().unwrap_or(0);
        let behind = |wide: usize| if wide == 0 { 0 } else { wide + 1 };
        let account = behind(widest(|profile| profile.account.as_deref().unwrap_or_default()));
        let region = behind(widest(|profile| profile.region.as_deref().unwrap_or_default()));
        let source = all.iter().map(|profile| width(&words::kind(profile))).max().unwrap_or(0).min(SOURCE);
        let beside = room.saturating_sub(account + region + source + 4);
        let name = widest(called).min(NAME.max(beside));
        let left = room.saturating_sub(name + 4);
        if left >= account + region + source {
            Self { name, source: left - account - region, account, region }
        } else {
            Self { name, source: left, account: 0, region: 0 }
        }
    }

    fn line(&self, app: &App, profile: &Profile, slot: Slot) -> Line<'static> {
        let theme = slot.theme;
        let in_use = app.model.profile_in_use().is_some_and(|used| used.name == profile.name);
        let glyph = span(theme, TextStyle::On, if in_use { theme.glyph(Glyph::On) } else { " " });
        let name = Span::raw(fit(theme, called(profile), self.name));
        let behind = |text: Option<&str>, room: usize| match room.checked_sub(1) {
            Some(room) => format!(" {}", fit(theme, text.unwrap_or_default(), room)),
            None => String::new(),
        };
        let source = Span::raw(format!(" {}", fit(theme, &words::kind(profile), self.source)));
        let account = Span::raw(behind(profile.account.as_deref(), self.account));
        let region = span(theme, TextStyle::Quiet, behind(profile.region.as_deref(), self.region));
        slot.item([glyph, Span::raw(" ")], name, [source, account, region])
    }
}

pub(super) fn code(app: &App, dialog: &EnterMfaCode, canvas: &mut Canvas<'_>) {
    let title = match &app.model.start.profile {
        Some(profile) => says::mfa_code_for(profile),
        None => "MFA code".to_owned(),
    };
    let mut sheet = Sheet::new(canvas, title, TextStyle::Accent, dialog.form.focus);
    sheet.top = dialog.form.top;
    if let Some(device) = app.model.profile_in_use().and_then(|profile| profile.mfa.as_ref()) {
        sheet.part(0).label("Device", TextStyle::Plain, device.serial.clone());
        sheet.part(0).label("Role", TextStyle::Plain, device.role.clone());
    }
    sheet.code("Code", &dialog.field, dialog.revealed, !dialog.form.waits());
    sheet.blank();
    sheet.part(3).plain(sign_in::CODE);
    if dialog.form.waits() {
        sheet.blank();
        sheet.waiting(sign_in::ASKING);
    }
    if let Some(error) = dialog.form.error() {
        sheet.blank();
        error_lines(app, &mut sheet, error, 4);
    }
    sheet.ask(canvas, says::SIGN_IN, dialog.code().is_some());
}
