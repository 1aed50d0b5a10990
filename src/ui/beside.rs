//! A list with the details of its selected row: side by side, or one at a time where there is no room.

use ratatui::layout::{Constraint, Layout, Rect, Spacing};

use super::canvas::Canvas;
use super::measure::cells;
use super::text::Text;
use super::theme::TextStyle;

/// From this width of the screen on, panes can be side by side.
pub(super) const SIDE_BY_SIDE: u16 = 100;
/// The fewest columns of details beside a list.
pub(super) const NARROWEST: u16 = 36;

/// The columns of the details, if they are beside a list that takes `needed` columns. The list keeps
/// two thirds of the screen.
pub(super) fn side_of(screen: u16, needed: usize, widest: u16) -> Option<u16> {
    // The two share a border.
    let spare = (screen + 1).saturating_sub(cells(needed));
    let side = spare.min(screen / 3).min(widest);
    (screen >= SIDE_BY_SIDE && side >= NARROWEST).then_some(side)
}

/// The list, and the details beside it. They share a border, which has the style of the one with the
/// focus.
pub(super) fn split(area: Rect, side: u16) -> [Rect; 2] {
    Layout::horizontal([Constraint::Min(0), Constraint::Length(side)]).spacing(Spacing::Overlap(1)).areas(area)
}

/// Draws both, or the one with the focus: `reading` means the details have it. `needed` are the
/// columns in which the list is whole; beside it, the details take at most `widest`.
pub(super) fn beside(
    canvas: &mut Canvas<'_>,
    reading: bool,
    (needed, widest): (usize, u16),
    list: impl FnOnce(&mut Canvas<'_>),
    details: impl FnOnce(&mut Canvas<'_>),
) {
    let Some(side) = side_of(canvas.area.width, needed, widest) else {
        canvas.drawn.geometry.one_pane = true;
        // The list keeps its page while the details hide it.
        canvas.drawn.geometry.list_rows = canvas.rows().saturating_sub(3);
        return if reading { details(canvas) } else { list(canvas) };
    };
    let [left, right] = split(canvas.area, side);
    if reading {
        list(&mut canvas.on(left));
        details(&mut canvas.on(right));
    } else {
        details(&mut canvas.on(right));
        list(&mut canvas.on(left));
    }
}

pub(super) fn details_pane<'c>(canvas: &'c mut Canvas<'_>, title: &str, focused: bool) -> Canvas<'c> {
    let inner = canvas.pane(title, focused, TextStyle::Accent).inset();
    if focused {
        inner.drawn.cursor = Some(inner.area.as_position());
    }
    inner
}

/// From line `top` on; nothing where nothing is selected.
pub(super) fn details<T>(
    canvas: &mut Canvas<'_>,
    title: &str,
    (focused, top): (bool, usize),
    selected: Option<T>,
    paragraph: impl FnOnce(&mut Text, T),
) {
    let mut inner = details_pane(canvas, title, focused);
    let Some(selected) = selected else { return };
    let mut text = inner.text();
    paragraph(&mut text, selected);
    inner.scrolled(&text, top);
}
