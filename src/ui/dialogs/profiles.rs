//! Whose credentials are used: the choice of a profile, and the code of an MFA device.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::Drawn;
use super::super::canvas::{cells, columns, cut_end, field, fit, lines, span, wrap};
use super::super::switches::row;
use super::super::theme::{Glyph, TextStyle, Theme};
use super::code::code_line;
use super::outcome::error_lines;
use super::sheet::{LABEL, Sheet, labelled};
use super::window::window;
use crate::app::App;
use crate::app::confirm::Focus;
use crate::app::layers::{Choice, Menu};
use crate::app::profiles::{ChooseProfile, EnterMfaCode};
use crate::domain::profile::{Browser, CredentialSource, Profile};
use crate::domain::text::width;
use crate::words::api_error::headline;
use crate::words::{profiles as words, sign_in};

/// The most columns of a name; a longer one is cut.
const NAME: usize = 30;
/// The columns that the sources have before accounts and regions have any.
const SOURCE: usize = 48;

pub(super) fn choose(app: &App, dialog: &ChooseProfile, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let all = app.model.profiles.listed.value().map_or(&[][..], Vec::as_slice);
    let notes = notes(app, theme, usize::from(area.width.min(90)).saturating_sub(4));
    let inner = window(theme, buf, area, "Profiles", all.len().max(1) + 1 + notes.len(), TextStyle::Accent, drawn);
    let prompt = Rect { height: 1, ..inner };
    buf.set_line(prompt.x, prompt.y, &Line::from(span(theme, TextStyle::Accent, "/")), 1);
    let place = Rect { x: prompt.x + 1, width: prompt.width.saturating_sub(1), ..prompt };
    drawn.cursor = Some(field(buf, place, &dialog.field, theme.style(TextStyle::Plain)));
    // On a low screen the rows need the room more.
    let below = cells(notes.len()).min(inner.height.saturating_sub(4));
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
    drawn.geometry.dialog_rows = usize::from(rows.height);
    let table = Columns::of(all, columns(rows));
    for (row, index) in rows.rows().zip(dialog.list.visible()) {
        let Some(profile) = all.get(*index) else { continue };
        let selected = dialog.list.selected() == Some(*index);
        buf.set_line(row.x, row.y, &table.line(app, theme, profile, selected), row.width);
    }
    if dialog.list.rows().is_empty() {
        let (role, text) = match app.model.profiles.listed.fault() {
            Some(fault) => (TextStyle::Danger, headline(fault)),
            None if app.model.profiles.listed.is_loading() => {
                (TextStyle::Waiting, format!("{} reading the AWS configuration", theme.glyph(Glyph::Waiting)))
            }
            None => (TextStyle::Quiet, words::NOT_FOUND.to_owned()),
        };
        buf.set_line(rows.x, rows.y, &Line::from(span(theme, role, cut_end(theme, &text, columns(rows)))), rows.width);
    }
    lines(buf, Rect { y: rows.bottom(), height: below, ..inner }, &notes);
}

fn called(profile: &Profile) -> &str {
    let demo = matches!(profile.source, CredentialSource::Demo(_));
    profile.name.as_deref().unwrap_or(words::unnamed(demo))
}

fn notes(app: &App, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let mut notes = vec![(TextStyle::Quiet, words::ANEW.to_owned())];
    if !app.model.sessions.all().is_empty() {
        notes.push((TextStyle::Attention, words::sessions(app.model.sessions.all().len())));
    }
    let wrapped = |(role, text): (TextStyle, String)| {
        wrap(&text, room).into_iter().map(|line| Line::from(span(theme, role, line))).collect::<Vec<_>>()
    };
    std::iter::once(Line::default()).chain(notes.into_iter().flat_map(wrapped)).collect()
}

/// The columns of the table, in cells.
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
        let name = widest(called).min(NAME);
        let account = behind(widest(|profile| profile.account.as_deref().unwrap_or_default()));
        let region = behind(widest(|profile| profile.region.as_deref().unwrap_or_default()));
        let left = room.saturating_sub(name + 4);
        let source = all.iter().map(|profile| width(&words::kind(profile))).max().unwrap_or(0).min(SOURCE);
        if left >= account + region + source {
            Self { name, source: left - account - region, account, region }
        } else {
            Self { name, source: left, account: 0, region: 0 }
        }
    }

    /// A profile: whether it is in use, name, source, account, region.
    fn line<'a>(&self, app: &App, theme: Theme, profile: &Profile, selected: bool) -> Line<'a> {
        let in_use = app.model.profile_in_use().is_some_and(|used| used.name == profile.name);
        let mark = if selected { theme.glyph(Glyph::Selected) } else { " " };
        let glyph = if in_use { theme.glyph(Glyph::On) } else { " " };
        let mut name = span(theme, TextStyle::Plain, fit(theme, called(profile), self.name));
        if selected {
            name = name.patch_style(Modifier::REVERSED);
        }
        let behind = |text: Option<&str>, room: usize| match room.checked_sub(1) {
            Some(room) => format!(" {}", fit(theme, text.unwrap_or_default(), room)),
            None => String::new(),
        };
        Line::from(vec![
            span(theme, TextStyle::Accent, mark),
            span(theme, TextStyle::On, glyph),
            Span::raw(" "),
            name,
            Span::raw(" "),
            Span::raw(fit(theme, &words::kind(profile), self.source)),
            Span::raw(behind(profile.account.as_deref(), self.account)),
            span(theme, TextStyle::Quiet, behind(profile.region.as_deref(), self.region)),
        ])
    }
}

/// A way to sign in, as the row of a menu.
pub(super) fn way<'a>(theme: Theme, browser: Browser, selected: bool) -> Line<'a> {
    row(theme, TextStyle::Quiet, " ", sign_in::way(browser).to_owned(), String::new(), selected)
}

/// The whole command of the way that is selected, and what becomes of the terminal.
pub(super) fn notes_of_ways(menu: &Menu, theme: Theme, room: usize) -> Vec<Line<'static>> {
    let command = match menu.chosen() {
        Some(Choice::SignIn(sign_in, browser)) => sign_in.command(*browser),
        _ => String::new(),
    };
    let wrapped = |role, text: &str| {
        wrap(text, room).into_iter().map(move |line| Line::from(span(theme, role, line))).collect::<Vec<_>>()
    };
    [wrapped(TextStyle::Plain, &command), wrapped(TextStyle::Quiet, sign_in::WAYS)].concat()
}

pub(super) fn code(app: &App, dialog: &EnterMfaCode, theme: Theme, buf: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let title = match &app.model.start.profile {
        Some(profile) => format!("MFA code for the profile {profile}"),
        None => "MFA code".to_owned(),
    };
    let mut sheet = Sheet::new(theme, area, title, TextStyle::Accent);
    if let Some(device) = app.model.profile_in_use().and_then(|profile| profile.mfa.as_ref()) {
        sheet.line(labelled(theme, "Device", Span::raw(device.serial.clone())));
        sheet.line(labelled(theme, "Role", Span::raw(device.role.clone())));
    }
    sheet.field_line(code_line("Code", &dialog.field, dialog.revealed, theme), LABEL);
    sheet.blank();
    sheet.paragraph(TextStyle::Plain, sign_in::CODE, 3);
    if dialog.asked.is_some() {
        sheet.blank();
        sheet.paragraph(TextStyle::Waiting, &format!("{} {}", theme.glyph(Glyph::Waiting), sign_in::ASKING), 0);
    }
    if let Some(fault) = &dialog.trouble {
        sheet.blank();
        error_lines(app, &mut sheet, fault);
    }
    sheet.button(Focus::Cancel, dialog.focus, "Cancel", true, TextStyle::Plain);
    sheet.button(Focus::Act, dialog.focus, "Sign in", dialog.code().is_some(), TextStyle::Accent);
    let placed = sheet.draw(buf, area, drawn);
    if let Some(place) = placed.field.filter(|_| dialog.focus == Focus::Field && dialog.asked.is_none()) {
        drawn.cursor = Some(Position { x: place.x.saturating_add(cells(dialog.field.len())), y: place.y });
    }
}
