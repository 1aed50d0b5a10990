//! The frame in the middle of the screen, and the scrolling text in it.

use ratatui::layout::Rect;

use super::super::apps::Apps;
use super::super::canvas::Canvas;
use super::super::measure::{cells, cut_end, span};
use super::super::text::Text;
use super::super::theme::{Glyph, TextStyle};
use super::found;
use crate::app::field::TextField;
use crate::app::search::Search;
use crate::domain::change::Danger;
use crate::domain::text::{clean, width};
use crate::words::ui::dialogs as says;

/// The rows that a frame leaves free: one always sees as whom one acts.
const HEADER: u16 = 1;
/// The border of a dialog, and its button, by the danger of what it confirms.
pub(super) fn border(danger: Danger) -> TextStyle {
    if danger > Danger::Mild { TextStyle::Danger } else { TextStyle::Accent }
}

/// The columns of texts and lists: more on wide screens.
pub(super) fn widest(canvas: &Canvas<'_>) -> u16 {
    (canvas.area.width / 3 * 2).clamp(90, 120)
}

/// Clears the middle of the screen for `lines` lines of text and draws the frame.
pub(super) fn window<'c>(canvas: &'c mut Canvas<'_>, title: &str, role: TextStyle, lines: usize) -> Canvas<'c> {
    let widest = widest(canvas);
    window_of(canvas, title, role, lines, widest)
}

pub(super) fn window_of<'c>(
    canvas: &'c mut Canvas<'_>,
    title: &str,
    role: TextStyle,
    lines: usize,
    widest: u16,
) -> Canvas<'c> {
    let area = canvas.area;
    let (width, height) = (area.width.min(widest), cells(lines + 2).min(area.height.saturating_sub(HEADER)));
    let (x, y) = (area.x + (area.width - width) / 2, area.y + ((area.height - height) / 2).max(HEADER));
    canvas.area = Rect { x, y, width, height };
    canvas.clear();
    canvas.drawn.frame = Some(canvas.area);
    named_pane(canvas, title, role).inset()
}

/// The frame, with the name of the organization where there are several: that is never covered by a title.
fn named_pane<'c>(canvas: &'c mut Canvas<'_>, title: &str, role: TextStyle) -> Canvas<'c> {
    let Some((name, id)) = canvas.apps.and_then(organization) else { return canvas.pane(title, true, role) };
    let (theme, area, room) = (canvas.theme, canvas.area, canvas.room().saturating_sub(4));
    let beside = room.saturating_sub(width(title) + 3);
    let with_id = id.map(|id| format!("{name} {} {id}", theme.glyph(Glyph::Dot)));
    let named = with_id.filter(|named| width(named) <= beside);
    let named = named.unwrap_or_else(|| cut_end(theme, &name, beside.max(room / 2)));
    let title = cut_end(theme, title, room.saturating_sub(width(&named) + 3));
    let inner = canvas.pane(&title, true, role).area;
    let columns = cells(width(&named) + 2);
    let place = Rect { x: area.right().saturating_sub(columns + 1), width: columns, height: 1, ..area };
    canvas.on(place).line(span(theme, TextStyle::Plain, format!(" {named} ")));
    Canvas { frame: Some(area), ..canvas.on(inner) }
}

/// What the organization of the dialog is called, and its id, where there are several.
fn organization(apps: Apps<'_>) -> Option<(String, Option<String>)> {
    let model = &apps.app.model;
    let id = model.organization.value().map(|known| known.id.clone());
    apps.has_several().then(|| (clean(model.organization_name()), id))
}

/// The lines that have room in a frame.
pub(super) fn most_lines(canvas: &Canvas<'_>) -> usize {
    canvas.rows().saturating_sub(2 + usize::from(HEADER))
}

pub(super) fn text_for(canvas: &Canvas<'_>, widest: u16) -> Text {
    Text::new(canvas.theme, usize::from(canvas.area.width.min(widest)).saturating_sub(4))
}

pub(super) fn read(canvas: &mut Canvas<'_>, title: &str, role: TextStyle, text: &Text, top: usize) {
    let mut inner = window(canvas, title, role, text.lines.len());
    let top = top.min(text.lines.len().saturating_sub(inner.rows()));
    match inner.search.filter(|search| !search.text().is_empty()) {
        Some(search) => searched(&mut inner, search, text, top),
        None => inner.scrolled(text, top),
    }
    inner.drawn.cursor = Some(inner.area.as_position());
}

/// The same with the matches underlined, the shown one reversed, and its number on the frame.
fn searched(inner: &mut Canvas<'_>, search: &Search, text: &Text, top: usize) {
    let found = found::of(text, search);
    inner.drawn.geometry.matches = found.count;
    inner.drawn.geometry.match_line = found.line;
    inner.scrolled(&found.text, top);
    let said = match found.count {
        0 => says::NO_MATCH.to_owned(),
        count => says::match_of(search.at(count) + 1, count),
    };
    let role = if found.count == 0 { TextStyle::Attention } else { TextStyle::Plain };
    inner.left_corner(role, &format!(" {said} "));
}

/// A field after a sign that shows what it is for.
pub(super) fn prompt(row: &mut Canvas<'_>, glyph: &'static str, field: &TextField) {
    row.line(span(row.theme, TextStyle::Accent, glyph));
    let place = Rect { x: row.area.x + 1, width: row.area.width.saturating_sub(1), ..row.area };
    row.drawn.cursor = Some(row.on(place).field(field, TextStyle::Plain));
}
